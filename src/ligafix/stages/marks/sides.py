"""On which side of its letter each mark stands, learned from the document, and the words that come of it.

A mark that stands at its letter has few readings: it belongs to the letter before or behind it, and spaces
around it are the text's or the extractor's. Which of them holds is the same over long stretches of a document,
so the readings that yield words decide for those that do not: each reading is weighed by how likely its words
are and by what happened at the sites of the same shape nearby.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ligafix.stages.marks.sites import Site
from ligafix.stages.marks.tables import CONTENT, compose
from ligafix.stages.marks.wording import Wording

_BEAM = 24
_ROUNDS = 3
_NEARNESS = 0.93  # how much less a site tells than its neighbour
_GLOBAL = 0.05  # how much a site tells about sites anywhere in the document
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")


class Label(NamedTuple):
    """How a site is read: which letter bears the marks, and whether the word goes on across the site."""

    side: str  # "before" its letter, "after" it, "between" two that share the marks, "none"
    glued: bool


LEAVE = Label("none", glued=False)

_PRIORS = {
    # a combining mark right behind a letter, where Unicode has it
    "attached": {Label("after", True): 0.96, Label("after", False): 0.96, Label("before", True): 0.03},
    "close": {Label("before", True): 0.7, Label("after", True): 0.3},
    "below": {Label("before", True): 0.25, Label("after", True): 0.75},
    "space before": {Label("before", True): 0.45, Label("before", False): 0.4, Label("after", True): 0.05,
                     Label("after", False): 0.1},
    "wide space before": {Label("before", True): 0.1, Label("before", False): 0.8, Label("after", False): 0.1},
    "space behind": {Label("before", True): 0.45, Label("after", False): 0.5, Label("after", True): 0.03,
                     Label("before", False): 0.02},
    "space around": {Label("before", True): 0.35, Label("before", False): 0.25, Label("after", True): 0.1,
                     Label("after", False): 0.3},
}  # fmt: skip
"""How a site of each shape is read where the document says nothing."""

_ELSE = 0.01


@dataclass(frozen=True, slots=True)
class _Path:
    """A reading of the first sites of a chain: the text so far, its open word, and how likely it is."""

    closed: str
    open: str
    log: float
    labels: tuple[Label, ...]


class Reading(NamedTuple):
    """One text for a whole chain, and its probability among all."""

    text: str
    probability: float
    labels: tuple[Label, ...]


Channel = Callable[[int, Site], dict[Label, float]]


def read_chains(chains: Sequence[Sequence[Site]], wording: Wording) -> list[list[Reading]]:
    """The readings of every chain of a document, the likeliest first."""
    tallies: list[Counter[Label]] = [Counter() for chain in chains for _ in chain]
    sites = [site for chain in chains for site in chain]
    readings: list[list[Reading]] = []
    for _ in range(_ROUNDS):
        odds = _learn(sites, tallies)
        readings, first = [], 0
        for chain in chains:
            found = _read_chain(chain, odds[first : first + len(chain)], wording)
            for i in range(len(chain)):
                tallies[first + i] = _tally(found, i)
            readings.append(found)
            first += len(chain)
    return readings


def _tally(readings: Iterable[Reading], index: int) -> Counter[Label]:
    tally: Counter[Label] = Counter()
    for reading in readings:
        if reading.labels[index] != LEAVE:
            tally[reading.labels[index]] += reading.probability  # type: ignore[assignment]
    return tally
