"""What is known of numbered chunks, as columns in the order of their numbers, which grow as chunks come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain, count

import numpy as np
import numpy.typing as npt

from ligafix.chunks.kinds import count_kinds, find_kinds
from ligafix.chunks.words import find_words_of

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]


class Column:
    """A number that is known of each chunk."""

    def __init__(self, find: Callable[[Sequence[str]], Sequence[int]]) -> None:
        """Take what finds it out of some distinct chunks."""
        self._find = find
        self._known = np.zeros(0, np.int64)

    def of(self, names: Sequence[str]) -> Ints:
        """What is known of all chunks."""
        if len(self._known) < len(names):
            new = np.array(self._find(names[len(self._known) :]), np.int64)
            self._known = np.concatenate([self._known, new])
        return self._known

    def clear(self) -> None:
        """Forget what is known."""
        self._known = self._known[:0]


class Kinds(Column):
    """The kinds of each chunk, as the sum of their bits."""

    def __init__(self) -> None:
        super().__init__(_find_kinds)
        self._number = 0

    def of(self, names: Sequence[str]) -> Ints:
        """The kinds of all chunks, of those kinds that there are by now."""
        if self._number != count_kinds():
            self._number = count_kinds()
            self.clear()
        return super().of(names)


def _find_kinds(chunks: Sequence[str]) -> list[int]:
    found = find_kinds(chunks)
    return list(map(found.__getitem__, chunks))


class WordRows:
    """The words of each chunk.

    Attributes:
        names: the words by numbers of their own.
        number_of: the number of each.
        numbers: the numbers of the words of the first chunk, then those of the next.
        ends: where those of each chunk end among them, behind 0.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.number_of: dict[str, int] = {}
        self.numbers = np.zeros(0, np.int32)
        self.ends = np.zeros(1, np.int64)

    def grow(self, chunks: Sequence[str]) -> None:
        """Take the words of those chunks that were not there the last time."""
        new_chunks = chunks[len(self.ends) - 1 :]
        if not new_chunks:
            return
        found = find_words_of(new_chunks)
        rows = list(map(found.__getitem__, new_chunks))
        new = [word for word in dict.fromkeys(chain.from_iterable(rows)) if word not in self.number_of]
        self.number_of.update(zip(new, count(len(self.names)), strict=False))
        self.names.extend(new)
        numbers = np.fromiter(map(self.number_of.__getitem__, chain.from_iterable(rows)), np.int32)
        lengths = np.fromiter(map(len, rows), np.int64, len(rows))
        self.numbers = np.concatenate([self.numbers, numbers])
        self.ends = np.concatenate([self.ends, self.ends[-1] + np.cumsum(lengths)])

    def of(self, chunks: Ints) -> tuple[Numbers, Numbers]:
        """The numbers of the words of some chunks, in order, and of each word which of the chunks has it."""
        lengths = self.ends[chunks + 1] - self.ends[chunks]
        owners = np.arange(len(chunks), dtype=np.int32).repeat(lengths)
        shifts = self.ends[chunks] - (np.cumsum(lengths) - lengths)
        return self.numbers[np.arange(len(owners)) + shifts[owners]], owners
