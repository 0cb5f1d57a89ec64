"""How many changes there are: by status, stage, rule and pair of words, and how certain they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.series import as_proposed, steps_in_question
from ligafix.changes import Change


@dataclass(slots=True)
class Tally:
    """A count and a mean confidence."""

    count: int = 0
    total: float = 0.0

    @property
    def mean_confidence(self) -> float:
        """The mean confidence of what was counted."""
        return self.total / self.count

    def add(self, confidence: float) -> None:
        """Count one more."""
        self.count += 1
        self.total += confidence


def _tallies() -> defaultdict[str, Tally]:
    return defaultdict(Tally)


@dataclass(slots=True)
class Statistics:
    """Counts of changes by status, and of their steps by stage, rule (`stage/rule`) and pair (`before → after`).

    A change of several steps counts for each of them, with the confidence of the step.
    """

    files: int = 0
    statuses: defaultdict[str, Tally] = field(default_factory=_tallies)
    stages: defaultdict[str, Tally] = field(default_factory=_tallies)
    rules: defaultdict[str, Tally] = field(default_factory=_tallies)
    pairs: defaultdict[str, Tally] = field(default_factory=_tallies)

    def add(self, change: Change) -> None:
        """Count a change."""
        self.statuses[change.status].add(change.confidence)
        steps = as_proposed(change).steps
        for number in steps_in_question(change):
            step = steps[number]
            self.stages[step.stage].add(step.confidence)
            self.rules[f"{step.stage}/{step.rule}"].add(step.confidence)
            self.pairs[f"{step.before} → {step.after}"].add(step.confidence)


def count_changes(documents: Iterable[LoggedDocument]) -> Statistics:
    """Count the changes of documents."""
    statistics = Statistics()
    for document in documents:
        statistics.files += bool(document.entries)
        for entry in document.entries:
            statistics.add(entry.change)
    return statistics


def commonest(tallies: dict[str, Tally], most: int | None = None) -> list[tuple[str, Tally]]:
    """Counts by name, the highest first; among equals the order of the alphabet decides."""
    return sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))[:most]
