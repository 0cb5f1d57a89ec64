"""The chunks of a long text in order, as arrays of numbers: what is asked of all of them is asked at once."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from functools import cached_property
from itertools import chain, count, pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from ligafix.chunks.blocks import Span, find_again, find_blocks
from ligafix.document import LONG_TEXT, odd_characters

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]

_LAST_SPACE = 0x3000
_IS_SPACE = np.array([*(chr(code).isspace() for code in range(_LAST_SPACE + 1)), False])
_CONTROLS_AND_SPACES = (*map(chr, range(ord(" "))), *filter(str.isspace, map(chr, range(_LAST_SPACE + 1))))
_UNUSUAL_SPACES = frozenset(_CONTROLS_AND_SPACES) - frozenset("\t\n\r ")

_PART = 1 << 16
"""So many places are looked at together where each becomes an object, or a larger number."""

MOST_GROWN = 2
"""The numbers of a text serve the next one, until there are this many times as many as the text has chunks."""


class NumberedRows:
    """The chunks of a text in order.

    Attributes:
        counts: how often each stands there, in the order in which they come first.
        names: the chunks by their numbers; texts before this one may have had some more.
        numbers: the number of each chunk of the text.
    """

    def __init__(self, text: str, before: NumberedRows | None = None) -> None:
        """Take a text apart.

        Args:
            text: the text.
            before: those of a text that may be like it: what is the same in both is not taken apart again.
        """
        if before is not None and len(before._number_of) > MOST_GROWN * len(before.counts):
            before = None
        self.counts: Counter[str]
        self.text = text
        known = before._number_of if before else {}
        self._number_of: defaultdict[str, int] = defaultdict(count(len(known)).__next__, known)
        self._blocks: list[Span] = []
        self._starts: dict[int, Numbers] = {}
        numbers = array("i")  # it grows in its place; many rows, and then one of all, would take twice the memory
        self._ends = [0]
        blocks = find_again(before.text, before._blocks, text) if before else ((*b, None) for b in find_blocks(text))
        for start, end, same in blocks:
            row = self._split(start, end) if before is None or same is None else before._row(same)
            numbers.frombytes(row.tobytes())
            self._blocks.append((start, end))
            self._ends.append(len(numbers))
        self.numbers: Numbers = np.frombuffer(numbers, np.int32)
        self.names = list(self._number_of)
        self.counts = self._count(is_in_order=before is None)

    def _split(self, start: int, end: int) -> Numbers:
        return np.fromiter(map(self._number_of.__getitem__, self.text[start:end].split()), np.int32)

    def _row(self, block: int) -> Numbers:
        return self.numbers[self._ends[block] : self._ends[block + 1]]

    def _parts(self) -> Iterator[Numbers]:
        """The numbers part by part: numpy makes indices twice as large of them, which is too much of all at once."""
        return (self.numbers[at : at + _PART] for at in range(0, len(self.numbers), _PART))

    def _count(self, *, is_in_order: bool) -> Counter[str]:
        numbers = np.zeros(len(self.names), np.int64)
        for part in self._parts():
            numbers += np.bincount(part, minlength=len(numbers))
        if is_in_order:
            return Counter(dict(zip(self.names, numbers.tolist(), strict=True)))
        order = np.flatnonzero(numbers)
        first = np.full(len(self.names), len(self.numbers))
        for number, part in enumerate(self._parts()):
            np.minimum.at(first, part, np.arange(number * _PART, number * _PART + len(part)))
        order = order[np.argsort(first[order])]
        names = map(self.names.__getitem__, order.tolist())
        return Counter(dict(zip(names, numbers[order].tolist(), strict=True)))

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
        """Whether the text's only spaces and controls are those that most texts have."""
        return odd_characters(self.text).isdisjoint(_UNUSUAL_SPACES)

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
        number_of, known = self._number_of, self.counts
        pairs = [(number_of[a], number_of[b]) for a, b in wanted if a in known and b in known]
        if not pairs:
            return
        keys = [len(self.names) * first + second for first, second in pairs]
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
        is_wanted[[self._number_of[chunk] for chunk in wanted if chunk in self.counts]] = True
        return np.concatenate([np.zeros(0, np.bool_), *(is_wanted[part] for part in self._parts())])


class NumberedWords:
    """The words of the distinct chunks of a text.

    Attributes:
        counts: how often each stands in the text, in the order in which they come first.
    """

    def __init__(self, chunks: Mapping[str, int], words: Iterable[tuple[str, ...]]) -> None:
        """Take chunks, how often each stands in the text, and the words of each."""
        rows = list(words)
        number_of: defaultdict[str, int] = defaultdict(count().__next__)
        self._words = np.fromiter(map(number_of.__getitem__, chain.from_iterable(rows)), np.int32)
        self._chunks = np.arange(len(rows), dtype=np.int32).repeat(np.fromiter(map(len, rows), np.int64, len(rows)))
        self._names = list(chunks)
        self._number_of = number_of
        numbers = np.fromiter(chunks.values(), np.int64, len(rows))[self._chunks]
        counts = np.bincount(self._words, numbers, len(number_of)).astype(np.int64)
        self.counts = dict(zip(number_of, counts.tolist(), strict=True))

    def having(self, wanted: Set[str]) -> frozenset[str]:
        """The chunks that have one of some words."""
        is_wanted = np.zeros(len(self.counts), np.bool_)
        is_wanted[[self._number_of[word] for word in wanted & self.counts.keys()]] = True
        return frozenset(map(self._names.__getitem__, self._chunks[is_wanted[self._words]].tolist()))
