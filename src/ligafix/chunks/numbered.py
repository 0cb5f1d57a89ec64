"""The chunks of a long text in order, as arrays of numbers: what is asked of all of them is asked at once."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Set
from functools import cached_property
from itertools import chain, islice, pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from ligafix.chunks.blocks import SIZE, Span, find_again, find_blocks
from ligafix.chunks.columns import Ints, Numbers
from ligafix.chunks.kinds import ChunkKind
from ligafix.chunks.numbering import Numbering
from ligafix.document import LONG_TEXT, odd_characters

_LAST_SPACE = 0x3000
_IS_SPACE = np.array([*(chr(code).isspace() for code in range(_LAST_SPACE + 1)), False])
_OTHER_SPACES = frozenset(filter(str.isspace, map(chr, range(0x80, _LAST_SPACE + 1))))
_UNUSUAL = _OTHER_SPACES | {sign for sign in map(chr, range(ord(" "))) if not sign.isspace()}

_PART = 1 << 16
"""So many places are looked at together where each becomes an object, or a larger number."""

_AT_ONCE = 1 << 16
"""Code points of which the chunks are numbered together."""

MOST_GROWN = 2
"""The numbers of a text serve the next one, until there are this many times as many as the text has chunks."""


class _Shared:
    """The numbering that texts share as they come, until it is full."""

    numbering = Numbering()


_SHARED = _Shared()


def _choose_numbering(before: NumberedRows | None) -> Numbering:
    """The numbering that a text goes on with: that of a text that may be like it, or of all before."""
    if before is not None and len(before.numbering.names) <= MOST_GROWN * len(before.counts):
        return before.numbering
    if _SHARED.numbering.is_full:
        _SHARED.numbering = Numbering()
    return _SHARED.numbering


class NumberedRows:
    """The chunks of a text in order.

    Attributes:
        counts: how often each stands there, in the order in which they come first.
        names: the chunks in this order: by their numbers in this text.
        numbers: the number of each chunk of the text.
        numbering: gives the chunks numbers that hold from text to text.
        distinct: these numbers of the chunks, in their order.
        times: how often each stands there, in the same order.
    """

    def __init__(self, text: str, before: NumberedRows | None = None) -> None:
        """Take a text apart.

        Args:
            text: the text.
            before: those of a text that may be like it: what is the same in both is not taken apart again.
        """
        self.text = text
        self._unusual = _UNUSUAL & odd_characters(text)
        self.numbering = _choose_numbering(before)
        if before is not None and before.numbering is not self.numbering:
            before = None
        self._blocks: list[Span] = []
        self._starts: dict[int, Numbers] = {}
        numbers = array("i")  # it grows in its place; many rows, and then one of all, would take twice the memory
        self._ends = [0]
        for start, end, row in self._number_blocks(before):
            numbers.frombytes(row.tobytes())
            self._blocks.append((start, end))
            self._ends.append(len(numbers))
        self.numbers: Numbers = np.frombuffer(numbers, np.int32)
        counts = self._count()
        self.distinct = _in_order(self.numbers, len(counts))
        self.times = counts[self.distinct]
        self._number_in_order()
        self.names = list(map(self.numbering.names.__getitem__, self.distinct.tolist()))
        self.counts: Counter[str] = Counter(dict(zip(self.names, self.times.tolist(), strict=True)))
        if _SHARED.numbering.is_full:  # a long text has more chunks than are remembered
            _SHARED.numbering = Numbering()

    def _number_blocks(self, before: NumberedRows | None) -> Iterator[tuple[int, int, Numbers]]:
        """The blocks of the text, each with the numbers of its chunks."""
        if before is None:
            yield from self._number(find_blocks(self.text))
            return
        new: list[Span] = []
        for start, end, same in find_again(before.text, before._blocks, self.text):
            if same is None:
                new.append((start, end))
            else:
                yield from self._number(new)
                yield start, end, before.distinct[before._row(same)].astype(np.int32)
                new = []
        yield from self._number(new)

    def _number(self, blocks: Iterable[Span]) -> Iterator[tuple[int, int, Numbers]]:
        """The blocks of a row of them, each with the numbers of its chunks."""
        blocks = iter(blocks)
        while some := list(islice(blocks, _AT_ONCE // SIZE)):
            rows = self.numbering.number([self._with_usual_spaces(start, end) for start, end in some])
            yield from ((start, end, row) for (start, end), row in zip(some, rows, strict=True))

    def _with_usual_spaces(self, start: int, end: int) -> str:
        part = self.text[start:end]
        for space in self._unusual & _OTHER_SPACES:
            part = part.replace(space, " ")
        return part

    def _row(self, block: int) -> Numbers:
        return self.numbers[self._ends[block] : self._ends[block + 1]]

    def _parts(self) -> Iterator[Numbers]:
        """The numbers part by part: numpy makes indices twice as large of them, which is too much of all at once."""
        return (self.numbers[at : at + _PART] for at in range(0, len(self.numbers), _PART))

    def _count(self) -> Ints:
        counts = np.zeros(len(self.numbering.names), np.int64)
        for part in self._parts():
            counts += np.bincount(part, minlength=len(counts))
        return counts

    def _number_in_order(self) -> None:
        """Number the chunks of the text in their order."""
        self._number_here = np.zeros(int(self.distinct.max(initial=0)) + 1, np.int32)
        self._number_here[self.distinct] = np.arange(len(self.distinct), dtype=np.int32)
        for part in self._parts():
            part[:] = self._number_here[part]

    def _numbers_of(self, chunks: Iterable[str]) -> Numbers:
        """The numbers of those of some chunks that stand in the text."""
        known, number_of = self.counts, self.numbering.number_of
        return self._number_here[[number_of[chunk] for chunk in chunks if chunk in known]]

    def between(self, start: int, end: int) -> tuple[Numbers, Numbers]:
        """The numbers of the chunks in some part of the text, or somewhat more, and where they start."""
        first = max(0, bisect_right(self._blocks, start, key=itemgetter(0)) - 1)
        last = max(first + 1, bisect_left(self._blocks, end, key=itemgetter(0)))
        starts = [*map(self._find_starts, range(first, last))]
        return self.numbers[self._ends[first] : self._ends[last]], np.concatenate(starts)

    def starts_of(self, places: Ints) -> Numbers:
        """Where some chunks of the text start, which are given by their places, in order."""
        if not len(places):
            return np.zeros(0, np.int32)
        begin, stop = (bisect_right(self._ends, int(place)) for place in (places[0], places[-1]))
        found = []
        bounds = np.searchsorted(places, self._ends[begin - 1 : stop + 1]).tolist()
        for block, (first, last) in enumerate(pairwise(bounds), begin - 1):
            if first < last:
                found.append(self._find_starts(block)[places[first:last] - self._ends[block]])
        return np.concatenate(found)

    def _find_starts(self, block: int) -> Numbers:
        if block in self._starts:
            return self._starts[block]
        start, end = self._blocks[block]
        codes = np.frombuffer(self.text[start:end].encode("utf-32-le", "surrogatepass"), "<u4")
        is_space = codes <= ord(" ") if self._has_usual_spaces else _IS_SPACE[np.minimum(codes, _LAST_SPACE + 1)]
        found = np.flatnonzero(is_space[:-1] > is_space[1:]) + (start + 1)
        starts = (found if is_space[0] else np.append(start, found)).astype(np.int32)
        if len(self.text) <= LONG_TEXT:
            self._starts[block] = starts
        return starts

    @cached_property
    def _has_usual_spaces(self) -> bool:
        """Whether the text's spaces are those of ASCII, and all its controls are spaces."""
        return not self._unusual

    def __iter__(self) -> Iterator[str]:
        """The chunks as they stand in the text, equal ones as one object."""
        for block in range(len(self._blocks)):
            yield from map(self.names.__getitem__, self._row(block).tolist())

    @property
    def last(self) -> str:
        """The one that ends the text; '' where there is none."""
        return self.names[self.numbers[-1]] if len(self.numbers) else ""

    def find(self, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
        """Where some chunks stand in the text, in order."""
        places = self._find_places(wanted)
        for at in range(0, len(places), _PART):
            part = places[at : at + _PART]
            yield from zip(self._names(part), self.starts_of(part).tolist(), strict=True)

    def occurrences(self, wanted: Collection[str]) -> Iterator[str]:
        """Some chunks as often as they stand in the text, in order."""
        return self._names(self._find_places(wanted))

    def find_pairs(self, wanted: Set[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Where some pairs of chunks stand side by side, in order: both, and where each starts."""
        pairs = [pair for pair in wanted if pair[0] in self.counts and pair[1] in self.counts]
        if not pairs:
            return
        firsts, seconds = (self._numbers_of(side).astype(np.int64) for side in zip(*pairs, strict=True))
        keys = len(self.names) * firsts + seconds
        places = self._find_places({a for a, _ in wanted})
        places = places[places < len(self.numbers) - 1]
        for at in range(0, len(places), _PART):
            first = places[at : at + _PART]
            pair = self.numbers[first] * np.int64(len(self.names)) + self.numbers[first + 1]
            first = first[np.isin(pair, keys)]
            starts = self.starts_of(first).tolist(), self.starts_of(first + 1).tolist()
            yield from zip(self._names(first), self._names(first + 1), *starts, strict=True)

    def has_row(self, wanted: Collection[str]) -> bool:
        """Whether three of some chunks stand one behind the other."""
        places = self._find_places(wanted)
        return bool((places[2:] - places[:-2] == 2).any())

    def pairs_with(self, wanted: Set[str]) -> Counter[tuple[str, str]]:
        """How often two stand side by side in the text where one of both is wanted; in order."""
        is_wanted = self._find_wanted(wanted)
        first = np.flatnonzero(is_wanted[1:] | is_wanted[:-1])
        return Counter(zip(self._names(first), self._names(first + 1), strict=True))

    def pairs_behind(self, wanted: Set[str]) -> Set[tuple[str, str]]:
        """The two that stand behind each of some chunks."""
        first = self._find_places(wanted) + 1
        first = first[first < len(self.numbers) - 1]
        return set(zip(self._names(first), self._names(first + 1), strict=True))

    def _names(self, places: Ints) -> Iterator[str]:
        parts = (self.numbers[places[at : at + _PART]].tolist() for at in range(0, len(places), _PART))
        return map(self.names.__getitem__, chain.from_iterable(parts))

    def _find_places(self, wanted: Collection[str]) -> Ints:
        """Which chunks of the text are some wanted ones."""
        return np.flatnonzero(self._find_wanted(wanted))

    def _find_wanted(self, wanted: Collection[str]) -> npt.NDArray[np.bool_]:
        """Of each chunk of the text whether it is wanted."""
        is_wanted = np.zeros(len(self.names), np.bool_)
        is_wanted[self._numbers_of(wanted)] = True
        return np.concatenate([np.zeros(0, np.bool_), *(is_wanted[part] for part in self._parts())])

    @cached_property
    def _kinds(self) -> Ints:
        """The kinds of each distinct chunk."""
        return self.numbering.kinds()[self.distinct]

    def of_kind(self, kind: ChunkKind) -> list[str]:
        """The distinct chunks of a kind, in order."""
        return list(map(self.names.__getitem__, np.flatnonzero(self._kinds & kind.bit).tolist()))

    def of_length(self, least: int, most: int) -> list[str]:
        """The distinct chunks of so many code points, in order."""
        lengths = self.numbering.lengths()[self.distinct]
        return list(map(self.names.__getitem__, np.flatnonzero((lengths >= least) & (lengths <= most)).tolist()))

    def count_edges(self, opening: str, closing: str) -> int:
        """How often chunks begin with one of some signs or end with one of some, in the text."""
        sides = (opening, self.numbering.first_characters()), (closing, self.numbering.last_characters())
        found = (np.isin(of_all[self.distinct], [*map(ord, signs)]) for signs, of_all in sides)
        return sum(int(self.times[is_found].sum()) for is_found in found)


def _in_order(numbers: Numbers, size: int) -> Ints:
    """The distinct ones of some numbers, which are less than `size`, in the order in which they come first."""
    first = np.zeros(size, np.int64)
    for at in reversed(range(0, len(numbers), _PART)):
        part = numbers[at : at + _PART]
        first[part[::-1]] = np.arange(at + len(part), at, -1)  # of several the last stays
    distinct = np.flatnonzero(first)
    return distinct[np.argsort(first[distinct])]


class NumberedWords:
    """The words of the distinct chunks of a text.

    Attributes:
        counts: how often each stands in the text, in the order in which they come first.
    """

    def __init__(self, rows: NumberedRows) -> None:
        """Take the chunks of a text."""
        known = rows.numbering.words()
        self._chunk_names = rows.names
        self._number_of = known.number_of
        self._words, self._chunks = known.of(rows.distinct)
        self._size = len(known.names)
        counts = np.bincount(self._words, rows.times[self._chunks], self._size).astype(np.int64)
        distinct = _in_order(self._words, self._size)
        names = map(known.names.__getitem__, distinct.tolist())
        self.counts = dict(zip(names, counts[distinct].tolist(), strict=True))

    def having(self, wanted: Set[str]) -> frozenset[str]:
        """The chunks that have one of some words."""
        is_wanted = np.zeros(self._size, np.bool_)
        is_wanted[[self._number_of[word] for word in wanted & self.counts.keys()]] = True
        return frozenset(map(self._chunk_names.__getitem__, self._chunks[is_wanted[self._words]].tolist()))
