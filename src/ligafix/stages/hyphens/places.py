"""Where words are divided: at a line's end, at a page's, and around notes or furniture between the halves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ligafix.chunks import find_chunks_of
from ligafix.document import LETTERS, Seam

MOST_BETWEEN = 6000
"""Code points. A page's notes are no longer than this."""

_SMALL = "a-zß-öø-ÿœšžąćęłńśźżășțčďěňřťůőű"
_BROKEN_OFF = re.compile(rf"[-‐\xad\ufffe¬](?<=[{LETTERS}]{{2}}.)(?=[ \t]{{0,20}}[\r\n\f]\s{{0,40}}[^\s{LETTERS}])")
_LEFT = re.compile(rf"[{LETTERS}]+\Z")
_CONTINUED = re.compile(rf"(?<=[\r\n\f])[ \t]{{0,60}}(?P<right>[{_SMALL}]{{2,60}})(?![\w'’@/\\])")
_ENDS = frozenset('.!?:;…”’»")]')
"""What a note ends with, where not with a digit."""


@dataclass(frozen=True, slots=True)
class Interruption:
    """A word whose halves stand apart, with notes or furniture between them.

    Attributes:
        start: where the first half starts.
        left: the first half.
        mark: the hyphen behind it.
        before_capital: whether the next line begins with a capital, as second halves of pairs may.
        rests: where the second half may stand, nearest first.
    """

    start: int
    left: str
    mark: str
    before_capital: bool
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


MOST_SEAMS = 8
"""A word is not divided more often than this, however narrow its column: there are names of chemicals, but what has
thousands of seams is no word."""


def find_chains(text: str) -> Iterator[list[Seam]]:
    """The seams of a text, those that follow each other in one word together; none of a word that has too many."""
    return (chain for chain in _find_chains(text) if len(chain) <= MOST_SEAMS)


def _find_chains(text: str) -> Iterator[list[Seam]]:
    chain: list[Seam] = []
    for seam in find_chunks_of(text).seams:
        if chain and seam.start != chain[-1].right_start:
            yield chain
            chain = []
        chain.append(seam)
    if chain:
        yield chain


NOT = "¬"
"""A hyphen at a line's end as some extractors write it, and the logical *not*."""

MOSTLY_HYPHENS = 0.9
"""Such a sign is a hyphen only in a text in which at least this share of them divides words."""


def uses_not_as_hyphen(text: str, is_word: Callable[[Seam], bool]) -> bool:
    """Whether the signs `¬` of a text are hyphens: they stand at line ends, or join halves to words."""
    number = text.count(NOT)
    seams = (seam for seam in find_chunks_of(text).seams if seam.mark == NOT) if number else ()
    return sum(_are_halves(seam) and (bool(seam.gap) or is_word(seam)) for seam in seams) >= MOSTLY_HYPHENS * number > 0


def _are_halves(seam: Seam) -> bool:
    """Whether a sign has halves of a word beside it, not variables."""
    return min(len(seam.left), len(seam.right)) > 1 and seam.right.islower()


def find_interruptions(text: str) -> Iterator[Interruption]:
    """The words that break off before a line which does not go on with them, since it begins with no small letter."""
    hyphens = find_chunks_of(text).hyphens_at_ends
    broken_off = [found for at in hyphens if (found := _BROKEN_OFF.match(text, at))]
    for number, found in enumerate(broken_off):
        nearest = found.end() + MOST_BETWEEN
        if number + 1 < len(broken_off):
            nearest = min(nearest, broken_off[number + 1].start())
        rests = tuple(
            Rest(m.start("right"), m["right"], _is_fresh(text[max(found.end(), m.start() - _FAR) : m.start()]))
            for m in _CONTINUED.finditer(text, found.end(), min(len(text), nearest))
        )
        if rests:
            left = _LEFT.search(text, max(0, found.start() - _LONGEST_HALF), found.start())
            assert left is not None  # noqa: S101 - the pattern has looked behind
            yield Interruption(
                left.start(),
                left.group(),
                found.group(),
                text[found.end() : found.end() + _FAR].lstrip()[:1].isalpha(),
                rests,
            )


_FAR = 80
_LONGEST_HALF = 60


def _is_fresh(before: str) -> bool:
    """Whether a line behind this text does not go on with it."""
    line = before.rstrip()
    return "\f" in before[len(line) :] or line[-1:] in _ENDS or line[-1:].isdigit()
