"""Where a draft no longer reads as its source does, and the way back from any of its places."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import starmap
from typing import Any, NamedTuple

from ligafix.changes import Step


class Patch(NamedTuple):
    """A stretch of the draft that no longer reads as the source does."""

    source_start: int
    source_end: int
    start: int
    end: int
    steps: tuple[Step, ...]


class Patches:
    """The patches of a draft, in order and apart.

    A long text has millions. So they are kept as columns, and these in blocks, which need no room to grow in and are
    given up one by one.
    """

    def __init__(self) -> None:
        self._blocks: list[_Columns] = []
        self._last: list[Patch] = []

    def __iter__(self) -> Iterator[Patch]:
        for block in self._blocks:
            yield from starmap(Patch, zip(*block, strict=True))

    def append(self, patch: Patch) -> None:
        """Put a patch behind the others; it counts once they are closed."""
        self._last.append(patch)
        if len(self._last) == _BLOCK:
            self.close()

    def close(self) -> None:
        """Make a block of the patches that are in none."""
        if self._last:
            *places, steps = zip(*self._last, strict=True)
            self._blocks.append((*(array("I", column) for column in places), steps))
            self._last = []

    def take(self) -> Iterator[Patch]:
        """Them in order, none of which is kept."""
        self._blocks.reverse()
        while self._blocks:
            yield from starmap(Patch, zip(*self._blocks.pop(), strict=True))

    def between(self, start: int, end: int) -> list[Patch]:
        """Those that overlap a stretch of the draft."""
        first = bisect_right(self._blocks, start, key=lambda block: block[_END][-1])
        last = bisect_left(self._blocks, end, key=lambda block: block[_START][0])
        found: list[Patch] = []
        for block in self._blocks[first:last]:
            places = slice(bisect_right(block[_END], start), bisect_left(block[_START], end))
            found += starmap(Patch, zip(*(column[places] for column in block), strict=True))
        return found

    def to_source(self, position: int, *, is_end: bool = False) -> int:
        """The source position of a draft position that lies outside patches or at the edge of one.

        Where something was removed, two source positions answer: a start lies behind it, an end before it.
        """
        column, find = (_START, bisect_left) if is_end else (_END, bisect_right)
        blocks = find(self._blocks, position, key=lambda block: block[column][0])
        if blocks == 0:
            return position
        block = self._blocks[blocks - 1]
        before = find(block[column], position) - 1
        return position + int(block[_SOURCE_END][before]) - int(block[_END][before])


_Columns = tuple[Sequence[Any], ...]
"""The fields of some patches: of each field a row."""

_SOURCE_END, _START, _END = (Patch._fields.index(name) for name in ("source_end", "start", "end"))

_BLOCK = 1 << 12
"""So many patches are kept together."""
