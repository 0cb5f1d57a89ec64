"""Where words are divided: at a line's end, at a page's, and around notes or furniture between the halves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ligafix.document import LETTERS, Seam, find_seams

MOST_BETWEEN = 6000
"""Code points. A page's notes are no longer than this."""

_BROKEN_OFF = re.compile(
    rf"(?P<left>[{LETTERS}]{{2,60}})(?P<mark>[-‐\xad\ufffe¬])[ \t]{{0,20}}(?=[\r\n\f][\s]{{0,40}}[^\s{LETTERS}])"
)
_CONTINUED = re.compile(r"(?<=[\r\n\f])[ \t]{0,60}(?P<right>[a-zß-öø-ÿœšžąćęłńóśźżăâîșțčďěňřťůőű]{2,60})(?![\w'’@/\\])")
_ENDS = frozenset('.!?:;…”’»")]')
"""What a note ends with, where not with a digit."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A word whose halves stand apart, with notes or furniture between them.

    Attributes:
        start: where the first half starts.
        left: the first half.
        mark: the hyphen behind it.
        rests: where the second half may stand, nearest first.
    """

    start: int
    left: str
    mark: str
    rests: tuple[Rest, ...]


@dataclass(frozen=True, slots=True)
class Rest:
    """A line that may begin with the second half of a word.

    Attributes:
        start: where the half starts.
        right: the half.
        is_fresh: whether it stands behind a page's end, or behind a line that ends as notes do.
    """

    start: int
    right: str
    is_fresh: bool


def find_chains(text: str) -> Iterator[list[Seam]]:
    """The seams of a text; those that follow each other in one word together."""
    chain: list[Seam] = []
    for seam in find_seams(text):
        if chain and seam.start != chain[-1].right_start:
            yield chain
            chain = []
        chain.append(seam)
    if chain:
        yield chain


def find_interruptions(text: str) -> Iterator[Interruption]:
    """The words that break off before a line which cannot go on with them, since it begins with no letter."""
    broken_off = list(_BROKEN_OFF.finditer(text))
    for number, found in enumerate(broken_off):
        nearest = found.end() + MOST_BETWEEN
        if number + 1 < len(broken_off):
            nearest = min(nearest, broken_off[number + 1].start())
        rests = tuple(
            Rest(m.start("right"), m["right"], _is_fresh(text[max(found.end(), m.start() - _FAR) : m.start()]))
            for m in _CONTINUED.finditer(text, found.end(), min(len(text), nearest))
        )
        if rests:
            yield Interruption(found.start(), found["left"], found["mark"], rests)


_FAR = 80


def _is_fresh(before: str) -> bool:
    """Whether a line behind this text does not go on with it."""
    line = before.rstrip()
    return "\f" in before[len(line) :] or line[-1:] in _ENDS or line[-1:].isdigit()
