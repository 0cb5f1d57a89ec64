"""A form where it stands in a text, and how it can be read there."""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from ligafix.document import JOINING_HYPHENS, partners, passage, surroundings
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.context.tokens import tokens_before, tokens_behind

APOSTROPHES = ("'", "’")

LONGEST_UNIT = 3
"""What has more letters is no unit."""

LONGEST_PIECE = 2
"""What has more letters is no piece of another word that an apostrophe leaves (`o' clock`, `don 't`)."""


class Place(NamedTuple):
    """A form where it stands in a text. What is around it is looked at only when it is asked for.

    Attributes:
        text: the text.
        start: where the form starts (code points).
        end: where it ends.
    """

    text: str
    start: int
    end: int

    @classmethod
    def between(cls, left: str, form: str, right: str) -> Place:
        """A form between two texts, either of which may be ''."""
        return cls(left + form + right, len(left), len(left) + len(form))

    @property
    def form(self) -> str:
        """The form."""
        return self.text[self.start : self.end]

    @property
    def surroundings(self) -> tuple[str, str]:
        """The text before and behind it."""
        return surroundings(*self)

    def tokens(self, head: str) -> tuple[list[str], list[str]]:
        """The tokens before it, nearest last, and behind it; `head` is the elided word that it begins with, or ''."""
        before, behind = self.surroundings
        return tokens_before(before) + ([head] if head else []), tokens_behind(behind)

    @property
    def passage(self) -> str:
        """The lines around it."""
        return passage(self.text, self.start)

    @property
    def is_joined(self) -> bool:
        """Whether a hyphen touches it."""
        text, start, end = self
        return text[end : end + 1] in JOINING_HYPHENS or text[max(0, start - 1) : start] in JOINING_HYPHENS

    @property
    def partners(self) -> tuple[str, str]:
        """The words that a hyphen joins to it ('' for none)."""
        return partners(*self)

    @property
    def is_like_unit(self) -> bool:
        """Whether a short form may belong to the number before it (`2 nd`, `12 ll.`) or is in brackets (`(rst)`)."""
        if self.end - self.start > LONGEST_UNIT:
            return False
        text, start, end = self
        before = text[max(0, start - 2) : start]
        if before[-1:] in (" ", "\xa0"):
            return before[:1].isdecimal() and text[end : end + 1] not in ("-", "‐")
        return before[-1:] in ("(", "[") and text[start - 1] + text[end : end + 1] in ("()", "[]")

    @property
    def is_elided(self) -> bool:
        """Whether an apostrophe touches a form short enough to be what is left of another word (`cup o' tea`)."""
        text, start, end = self
        if end - start > LONGEST_PIECE:
            return False
        return text[end : end + 1] in APOSTROPHES or text[max(0, start - 1) : start] in APOSTROPHES

    @property
    def is_abbreviated(self) -> bool:
        """Whether a full stop behind a short form ends no sentence (`ś. p. rodziców`)."""
        if self.end - self.start > LONGEST_UNIT or self.text[self.end : self.end + 1] != ".":
            return False
        behind = self.text[self.end + 1 : self.end + 3]
        return behind[:1] in (",", ";", ":") or (behind[:1].isspace() and behind[1:].islower())

    @property
    def is_repeated(self) -> bool:
        """Whether the form stands twice in a row, as cries do (`ja, ja`)."""
        text, start, end = self
        size, form = end - start, self.form.lower()
        before, behind = text[max(0, start - _LONGEST_GAP) : start], text[end : end + _LONGEST_GAP]
        last = start - len(before) + len(before.rstrip(_GAP))
        following = end + len(behind) - len(behind.lstrip(_GAP))
        return (last < start and _is_word(text, last - size, last, form)) or (
            following > end and _is_word(text, following, following + size, form)
        )


_LONGEST_GAP = 5
_GAP = ",;!?…¡¿ "


def _is_word(text: str, start: int, end: int, form: str) -> bool:
    """Whether just this word, in lower case, stands between two places."""
    edges = text[max(0, start - 1) : max(0, start)] + text[end : end + 1]
    return start >= 0 and text[start:end].lower() == form and not any(x.isalpha() or x in "'’" for x in edges)


class Places:
    """Many places of one text, in order and in little memory: a long one may have millions.

    Attributes:
        text: the text.
        starts: where the form at each starts.
        ends: where it ends.
    """

    def __init__(self, text: str, spans: Iterable[tuple[int, int]]) -> None:
        """Take a text, and where the form at each place starts and ends."""
        self.text = text
        both = array("I", chain.from_iterable(spans))  # two that grow in turn leave holes of their size behind
        self.starts, self.ends = both[::2], both[1::2]

    def __len__(self) -> int:
        return len(self.starts)

    def __iter__(self) -> Iterator[Place]:
        return map(Place, repeat(self.text), self.starts, self.ends)

    def __getitem__(self, index: int) -> Place:
        return Place(self.text, self.starts[index], self.ends[index])

    @property
    def forms(self) -> Iterator[str]:
        """The form at each."""
        return (self.text[start:end] for start, end in zip(self.starts, self.ends, strict=True))

    def parts(self, size: int) -> Iterator[range]:
        """Rows of places that are less than so many code points apart, as ranges of their numbers."""
        first = 0
        while first < len(self.starts):
            behind = bisect_left(self.starts, self.starts[first] + size, first)
            yield range(first, behind)
            first = behind


class Reading(NamedTuple):
    """A reading of a form, and what was made of it. Weights are natural logarithms.

    Attributes:
        text: the reading; the form itself stands for leaving it alone.
        language: how likely the text is: its frequency, here or in the language at large (tokens per token).
        channel: how likely the document's channel turned it into the form.
        context: how much more or less the words around speak for it than for the form.
        losses: what the channel lost.
        probability: its share among all readings of the place; 0 as long as they were not compared.
        preference: how much the user speaks for it.
    """

    text: str
    language: float
    channel: float
    context: float = 0.0
    losses: tuple[Loss, ...] = ()
    probability: float = 0.0
    preference: float = 0.0

    @property
    def weight(self) -> float:
        """All that speaks for it, in nats."""
        return self.language + self.channel + self.context + self.preference

    def in_context(self, context: float) -> Reading:
        """The same reading with what the words around say."""
        return Reading(self.text, self.language, self.channel, context, self.losses, self.probability, self.preference)

    def shifted(self, by: float) -> Reading:
        """The same reading where the document's other places speak for it."""
        language = self.language + by
        return Reading(self.text, language, self.channel, self.context, self.losses, self.probability, self.preference)


def compare(readings: Sequence[Reading], heard: Iterable[float] | None = None) -> tuple[Reading, ...]:
    """Readings with their probabilities, the most probable first.

    Args:
        readings: the readings.
        heard: how much (nats) the words around speak for each; None where they were asked before, or not at all.
    """
    if not readings:
        return ()
    contexts = [r.context for r in readings] if heard is None else list(heard)
    weights = [r.language + r.channel + nats + r.preference for r, nats in zip(readings, contexts, strict=True)]
    top = max(weights)
    shares = [math.exp(weight - top) for weight in weights]
    whole = sum(shares)
    found = [
        Reading(r.text, r.language, r.channel, nats, r.losses, share / whole, r.preference)
        for r, nats, share in zip(readings, contexts, shares, strict=True)
    ]
    found.sort(key=_rank)
    return tuple(found)


def _rank(reading: Reading) -> tuple[float, str]:
    return -reading.probability, reading.text
