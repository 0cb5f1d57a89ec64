"""Lines that repeat from text to text: what a folder or a corpus tells about the furniture of each of its texts."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from typing import Any

EDGE_LINES = 5
"""So many lines at the start of a page and at its end are counted: furniture stands there."""

LONGEST_LINE = 200
"""Longer lines are paragraphs (code points)."""

_ROWS = 4
_WIDTH = 1 << 16
_CELL = _WIDTH.bit_length() - 1

_LINE = re.compile(r"[^\n\f\r]+")


@dataclass(frozen=True, slots=True)
class RepeatedLines:
    """How many texts have each line at the edge of a page, numbers apart, and how often their text goes on beside it.

    The counts are those of a count-min sketch (Cormode and Muthukrishnan, 2005): merging two of them is the same in
    any order and grouping, and they never hold more than `_ROWS * _WIDTH` cells. Instances are never changed.

    Attributes:
        texts: how many texts were counted.
        lines: how many different lines each of them had, in total.
        cells: the sketch.
    """

    texts: int = 0
    lines: int = 0
    cells: Counter[int] = field(default_factory=Counter, repr=False)

    @classmethod
    def of_text(cls, text: str) -> RepeatedLines:
        """What one text has."""
        keys = {skeleton(line) for line in edge_lines(text)} | {_torn(line) for line in tearing_lines(text)}
        cells = Counter(cell for key in sorted(keys) for cell in _cells(key))
        return cls(1, len(keys), cells)

    def count(self, line: str) -> int:
        """How many texts have a line, numbers apart; rather too few than too many."""
        return self._count(skeleton(line))

    def count_torn(self, line: str) -> int:
        """In how many of them a sentence of the page's text begins, or ends, beyond the line."""
        return self._count(_torn(line))

    def _count(self, key: str) -> int:
        least = min(self.cells[cell] for cell in _cells(key))
        return max(0, least - round(self.lines / _WIDTH))

    def to_json(self) -> list[Any]:
        """The counts as plain values, of which equal ones have the same."""
        return [self.texts, self.lines, sorted(self.cells.items())]

    @classmethod
    def from_json(cls, record: Sequence[Any]) -> RepeatedLines:
        """The counts that `to_json` made plain values of."""
        texts, lines, cells = record
        return cls(texts, lines, Counter(dict(cells)))


class LineSum:
    """Sums up the repeated lines of a corpus, part by part."""

    def __init__(self) -> None:
        self._texts = self._lines = 0
        self._cells: Counter[int] = Counter()

    def add(self, part: RepeatedLines) -> None:
        """Add the lines of some texts."""
        self._texts += part.texts
        self._lines += part.lines
        self._cells.update(part.cells)

    def lines(self) -> RepeatedLines:
        """The lines of all texts that were added."""
        return RepeatedLines(self._texts, self._lines, self._cells.copy())


@lru_cache(maxsize=1 << 13)
def skeleton(line: str) -> str:
    """A line with its numbers abstracted, in one case and with single spaces: what repeats of a running head.

    >>> skeleton("The  Harbour, Vol. 12"), skeleton("130")
    ('the harbour, vol. #', '#')
    """
    return _NUMBER.sub("#", " ".join(line.split()).casefold())


def skeletons(lines: Iterable[str]) -> Iterator[str]:
    """The skeletons of many lines, of which each has its white space made single spaces: faster than one by one.

    >>> list(skeletons(["The Harbour 12", "130"]))
    ['the harbour #', '#']
    """
    rows = iter(lines)
    while batch := list(islice(rows, _AT_ONCE)):
        yield from _NUMBER.sub("#", "\n".join(batch).casefold()).split("\n")


_AT_ONCE = 1 << 12
"""So many lines are looked at together."""


def edge_lines(text: str) -> Iterator[str]:
    """The lines at the start and at the end of each page of a text."""
    for lines in _pages(text):
        inner = max(EDGE_LINES, len(lines) - EDGE_LINES)
        yield from (line for line in (*lines[:EDGE_LINES], *lines[inner:]) if len(line) <= LONGEST_LINE)


def tearing_lines(text: str) -> Iterator[str]:
    r"""Those of them at which the text of the page begins, or ends, within a sentence.

    >>> list(tearing_lines("The Harbour\nsidered what they had been told about the bar.\nNobody could say more."))
    ['The Harbour']
    """
    for lines in _pages(text):
        last = len(lines) - 1
        for n in range(min(EDGE_LINES, last)):
            if _GOES_ON.match(lines[n + 1]):
                yield lines[n]
        for n in range(max(1, last + 1 - EDGE_LINES), last + 1):
            if _BREAKS_OFF.search(lines[n - 1]):
                yield lines[n]


def _pages(text: str) -> Iterator[list[str]]:
    """The pages of a text, as the lines that hold anything."""
    for page in text.split("\f"):
        yield [found.group() for found in _LINE.finditer(page) if not found.group().isspace()]


_GOES_ON = re.compile(r"\s*[\"'“‘„«(]?[^\W\d_A-Z].{29}")
"""A line of text that begins within a sentence; what is short may be an entry, or a verse."""

_BREAKS_OFF = re.compile(r".{29}[^\W\d_A-Z][-‐\xad\ufffe¬]?\s*\Z")
"""One that ends within it."""


def _torn(line: str) -> str:
    """The key by which it is counted that a line tears a sentence."""
    return f"\n{skeleton(line)}"


def _cells(key: str) -> Iterator[int]:
    """The cells of a line, one in each row of the sketch."""
    digest = hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=4 * _ROWS).digest()
    for row in range(_ROWS):
        number = int.from_bytes(digest[4 * row : 4 * row + 4], "big") % _WIDTH
        yield row << _CELL | number


_NUMBER = re.compile(r"\d+")
