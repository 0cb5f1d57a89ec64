"""Changes as series: `rst → first`, 214 times in 12 files. A series is judged once for all its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from statistics import fmean

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.decisions import PlaceKey, SeriesKey
from ligafix.audit.log import LoggedChange
from ligafix.changes import Change, Status, Step

REVIEW_STAGE = "review"
"""The stage of the step that a reviewer's own text adds to a change."""


class Order(StrEnum):
    """Which series come first."""

    COMMON = "common"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class SeriesPlace:
    """A place of a series: a change, and the document that it is in."""

    document: LoggedDocument
    entry: LoggedChange

    @property
    def key(self) -> PlaceKey:
        """What a decision about this place is known by."""
        return place_key(self.document.header.source.sha256, self.entry.change)


@dataclass(frozen=True)
class Series:
    """What a stage made of one word, wherever it did, in the order of the documents."""

    key: SeriesKey
    places: tuple[SeriesPlace, ...]

    @property
    def count(self) -> int:
        """How many places it has."""
        return len(self.places)

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The names of the documents that it is in."""
        return tuple(dict.fromkeys(place.document.name for place in self.places))

    @cached_property
    def rules(self) -> tuple[str, ...]:
        """How the stage explains the damage."""
        steps = (step for place in self.places for step in place.entry.change.steps)
        return tuple(dict.fromkeys(step.rule for step in steps if step_key(step) == self.key))

    @cached_property
    def mean_confidence(self) -> float:
        """The mean confidence of its changes."""
        return fmean(place.entry.change.confidence for place in self.places)

    @cached_property
    def least_confidence(self) -> float:
        """The confidence of its least certain change."""
        return min(place.entry.change.confidence for place in self.places)


def step_key(step: Step) -> SeriesKey:
    """The series that a step belongs to."""
    return SeriesKey(step.stage, step.before, step.after)


def series_of(change: Change) -> tuple[SeriesKey, ...]:
    """The series that a change belongs to: that of each step in question. What a reviewer wrote is no series."""
    steps = as_proposed(change).steps
    return tuple(dict.fromkeys(step_key(steps[number]) for number in steps_in_question(change)))


def steps_in_question(change: Change) -> range:
    """The numbers of the steps that a decision about a change is about.

    Of what is only suggested or suspected it is the last one alone: the steps before are those of the applied
    change beneath it.
    """
    number = len(as_proposed(change).steps)
    is_open = change.status in (Status.SUGGESTED, Status.SUSPECTED)
    return range(number - 1 if is_open else 0, number)


def as_proposed(change: Change) -> Change:
    """A change as the stages made it, before a reviewer wrote another text."""
    *steps, last = change.steps
    if last.stage != REVIEW_STAGE:
        return change
    return change._replace(after=last.before, steps=tuple(steps))


def place_key(source: str, change: Change) -> PlaceKey:
    """What a decision about a change is known by, given the SHA-256 of its source."""
    return PlaceKey(source, change.start, change.end, change.before, as_proposed(change).after)


def group_series(documents: Iterable[LoggedDocument], order: Order = Order.COMMON) -> list[Series]:
    """The series that the changes of documents make, the commonest or the least certain first."""
    places: defaultdict[SeriesKey, list[SeriesPlace]] = defaultdict(list)
    for document in documents:
        for entry in document.entries:
            for key in series_of(entry.change):
                places[key].append(SeriesPlace(document, entry))
    return sort_series((Series(key, tuple(found)) for key, found in places.items()), order)


def sort_series(series: Iterable[Series], order: Order) -> list[Series]:
    """Series in an order; among equals the order of the alphabet decides."""
    if order == Order.UNCERTAIN:
        return sorted(series, key=lambda s: (s.least_confidence, -s.count, _names(s)))
    return sorted(series, key=lambda s: (-s.count, s.least_confidence, _names(s)))


def _names(series: Series) -> tuple[str, str, str]:
    return series.key.before, series.key.after, series.key.stage
