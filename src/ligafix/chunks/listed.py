"""The chunks of a short text in order, found by searching it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterator, Set
from functools import cached_property, lru_cache
from itertools import compress, count
from operator import not_

from ligafix.chunks.kinds import MET_KINDS, ChunkKind
from ligafix.chunks.words import MET_WORDS


class ListedRows:
    """The chunks of a short text in order.

    Attributes:
        counts: how often each stands there, in the order in which they come first.
        last: the one that ends the text; '' where there is none.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        chunks = text.split()
        self._chunks = list(map(dict[str, str]().setdefault, chunks, chunks))  # equal ones as one object: found faster
        self.counts = Counter(self._chunks)
        self.last = self._chunks[-1] if self._chunks else ""

    @cached_property
    def _telling(self) -> list[tuple[str, int]]:
        """The distinct chunks of any kind, in order, each with its kinds."""
        kinds = MET_KINDS.of(self.counts)
        return list(zip(compress(self.counts, kinds), filter(None, kinds), strict=True))

    def of_kind(self, kind: ChunkKind) -> list[str]:
        """The distinct chunks of a kind, in order."""
        return [chunk for chunk, kinds in self._telling if kinds & kind.bit]

    def of_length(self, least: int, most: int) -> list[str]:
        """The distinct chunks of so many code points, in order."""
        return [chunk for chunk in self.counts if least <= len(chunk) <= most]

    def count_edges(self, opening: str, closing: str) -> int:
        """How often chunks begin with one of some signs or end with one of some, in the text."""
        first = sum(number for chunk, number in self.counts.items() if chunk[0] in opening)
        return first + sum(number for chunk, number in self.counts.items() if chunk[-1] in closing)

    def __iter__(self) -> Iterator[str]:
        return iter(self._chunks)

    def find(self, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
        """Where some chunks stand in the text, in order."""
        at = 0
        for chunk in filter(wanted.__contains__, self._chunks):
            start = _find_chunk(self._text, chunk, at)
            yield chunk, start
            at = start + len(chunk)

    def occurrences(self, wanted: Container[str]) -> Iterator[str]:
        """Some chunks as often as they stand in the text, in order."""
        return filter(wanted.__contains__, self._chunks)

    def find_pairs(self, wanted: Set[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Where some pairs of chunks stand side by side, in order: both, and where each starts."""
        if not wanted:
            return
        firsts = {first for first, _ in wanted}
        places = compress(count(), map(firsts.__contains__, self._chunks))
        for place, (first, start) in zip(places, self.find(firsts), strict=True):
            second = self._chunks[place + 1] if place + 1 < len(self._chunks) else ""
            if (first, second) in wanted:
                yield first, second, start, self._text.find(second, start + len(first))

    def has_row(self, wanted: Collection[str]) -> bool:
        """Whether three of some chunks stand one behind the other."""
        places = list(compress(count(), map(wanted.__contains__, self._chunks)))
        return any(last - first == 2 for first, last in zip(places, places[2:], strict=False))

    def pairs_with(self, wanted: Container[str]) -> Counter[tuple[str, str]]:
        """How often two stand side by side in the text where one of both is wanted; in order."""
        behind = set(compress(count(), map(wanted.__contains__, self._chunks)))
        places = behind.union(map((-1).__add__, behind))
        places -= {-1, len(self._chunks) - 1}
        first = sorted(places)
        second = map(self._chunks.__getitem__, map((1).__add__, first))
        return Counter(zip(map(self._chunks.__getitem__, first), second, strict=True))

    def pairs_behind(self, wanted: Container[str]) -> Set[tuple[str, str]]:
        """The two that stand behind each of some chunks."""
        rows = zip(self._chunks, self._chunks[1:], self._chunks[2:], strict=False)
        return {(second, third) for first, second, third in rows if first in wanted}


class ListedWords:
    """The words of the distinct chunks of a short text.

    Attributes:
        counts: how often each stands in the text, in the order in which they come first.
    """

    def __init__(self, rows: ListedRows) -> None:
        """Take the chunks of a text."""
        self._chunks = list(rows.counts)
        self._words = MET_WORDS.of(rows.counts)
        self.counts: dict[str, int] = {}
        counts, get = self.counts, self.counts.get
        for number, words in zip(rows.counts.values(), self._words, strict=True):
            for word in words:
                counts[word] = get(word, 0) + number

    def having(self, wanted: Set[str]) -> frozenset[str]:
        """The chunks that have one of some words."""
        lacks = map(frozenset(wanted).isdisjoint, self._words)
        return frozenset(compress(self._chunks, map(not_, lacks))) if wanted else frozenset()


def _find_chunk(text: str, chunk: str, at: int) -> int:
    """Where a chunk stands next, that is known to stand there."""
    start = text.find(chunk, at)
    if _is_chunk(text, start, start + len(chunk)):
        return start
    found = _whole(chunk).search(text, start + 1)
    assert found is not None  # noqa: S101 - it is known to stand there
    return found.start()


def _is_chunk(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace())


@lru_cache(maxsize=256)
def _whole(chunk: str) -> re.Pattern[str]:
    """Finds a chunk where it is not part of another; what it begins with is what `re` looks for fast."""
    return re.compile(rf"{re.escape(chunk)}(?<!\S.{{{len(chunk)}}})(?!\S)", re.DOTALL)
