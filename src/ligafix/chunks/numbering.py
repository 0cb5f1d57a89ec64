"""Numbers of chunks that hold from text to text, so that what is known of each is looked up of all at once.

Nearly all chunks of a long text stood in others, too. So no string is made of each to be numbered: most are so short
that their bytes are a key, and the keys of a piece of the text are looked up all at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, count, filterfalse
from operator import itemgetter
from threading import Lock

import numpy as np
import numpy.typing as npt

from ligafix.chunks.columns import Column, Ints, Kinds, Numbers, WordRows

_Keys = npt.NDArray[np.uint64]

MOST_CHUNKS = 1 << 17
"""The numbers of so many chunks serve the next text, as many as ten novels have ..."""

MOST_LETTERS = 16 * MOST_CHUNKS
"""... if the chunks have no more letters than this together."""

LONGEST_PARTS = 1 << 18
"""In more code points stands a chunk that is no word: looking for its key would take several times its memory."""

_HALF, _LONGEST_KEY = 8, 15
"""Bytes of the first half of a key, and of the longest chunk that has one; behind these a key tells the length."""

_FIRST_HALF, _SECOND_HALF = (
    np.array([(1 << 8 * max(0, min(size - start, _HALF))) - 1 for size in range(_LONGEST_KEY + 2)], "<u8")
    for start in (0, _HALF)
)
"""Which of the eight bytes at the beginning of a chunk of some length are its own, and which of the next eight."""

_SLOT_BITS = 18
_FIRST_MIX, _SECOND_MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)
_NONE = np.int32(-1)


class Numbering:
    """Numbers chunks as they come, text after text. Threads may share it.

    Attributes:
        names: the chunks by their numbers.
        number_of: the number of each.
    """

    def __init__(self) -> None:
        self.names: list[str] = []
        self.number_of: dict[str, int] = {}
        self._letters = 0
        self._slots = _Slots()
        self._lock = Lock()
        self._kinds = Kinds()
        self._lengths = Column(lambda names: [*map(len, names)])
        self._first_characters = Column(lambda names: [*map(ord, map(itemgetter(0), names))])
        self._last_characters = Column(lambda names: [*map(ord, map(itemgetter(-1), names))])
        self._words = WordRows()

    @property
    def is_full(self) -> bool:
        """Whether it has so many chunks that the next text should not go on with it."""
        return len(self.names) > MOST_CHUNKS or self._letters > MOST_LETTERS

    def number(self, parts: Sequence[str]) -> list[Numbers]:
        """The numbers of the chunks of some parts of a text, of which no two share a chunk."""
        if sum(map(len, parts)) > LONGEST_PARTS:
            with self._lock:
                return [self._look_up(part.split()) for part in parts]
        pieces = [part.encode("utf-8", "surrogatepass") for part in parts]
        data = b" ".join((b"", *pieces, bytes(2 * _HALF)))  # behind the last chunk there are bytes for its key, too
        starts, ends = _find_ends(np.frombuffer(data, np.uint8)[: -2 * _HALF])
        lengths = ends - starts
        first, second = _make_keys(data, starts, lengths)
        with self._lock:
            numbers, slots = self._slots.find(first, second)
            missed = np.flatnonzero(numbers == _NONE)
            if len(missed):
                spans = zip(starts[missed].tolist(), ends[missed].tolist(), strict=True)
                numbers[missed] = self._look_up([str(data[a:b], "utf-8", "surrogatepass") for a, b in spans])
                short = missed[lengths[missed] <= _LONGEST_KEY]
                self._slots.add(slots[short], first[short], second[short], numbers[short])
        bounds = list(accumulate(len(piece) + 1 for piece in pieces[:-1]))
        return np.split(numbers, np.searchsorted(starts, bounds)) if bounds else [numbers]

    def _look_up(self, chunks: Sequence[str]) -> Numbers:
        new = dict.fromkeys(filterfalse(self.number_of.__contains__, chunks))
        self.number_of.update(zip(new, count(len(self.names))))
        self.names.extend(new)
        self._letters += sum(map(len, new))
        return np.fromiter(map(self.number_of.__getitem__, chunks), np.int32, len(chunks))

    def kinds(self) -> Ints:
        """The kinds of each chunk, as the sum of their bits."""
        with self._lock:
            return self._kinds.of(self.names)

    def lengths(self) -> Ints:
        """The length of each chunk."""
        with self._lock:
            return self._lengths.of(self.names)

    def first_characters(self) -> Ints:
        """The character that each chunk begins with."""
        with self._lock:
            return self._first_characters.of(self.names)

    def last_characters(self) -> Ints:
        """The character that each chunk ends in."""
        with self._lock:
            return self._last_characters.of(self.names)

    def words(self) -> WordRows:
        """The words of each chunk; there may be more the next time."""
        with self._lock:
            self._words.grow(self.names)
            return self._words


class _Slots:
    """The numbers of chunks by their keys.

    Each key has one slot, which the first to come keeps: others are not found. The keys themselves stand in the order
    of the numbers: the commonest come first, so that a text mostly needs a small part of them.
    """

    def __init__(self) -> None:
        self._numbers = np.full(1 << _SLOT_BITS, _NONE)
        self._first = np.zeros(1, np.uint64)
        self._second = np.zeros(1, np.uint64)

    def find(self, first: _Keys, second: _Keys) -> tuple[Numbers, Ints]:
        """The numbers of some keys, given as their halves, `_NONE` where it is not found; and their slots."""
        mixed = (first * _FIRST_MIX) ^ (second * _SECOND_MIX)
        slots = (mixed >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        numbers = self._numbers.take(slots)
        is_same = (self._first.take(numbers) == first) & (self._second.take(numbers) == second)
        return np.where(is_same, numbers, _NONE), slots

    def add(self, slots: Ints, first: _Keys, second: _Keys, numbers: Numbers) -> None:
        """Add the keys whose slots are free."""
        missing = int(numbers.max(initial=0)) + 1 - len(self._first)
        if missing > 0:
            more = np.zeros(missing + len(self._first), np.uint64)
            self._first, self._second = np.append(self._first, more), np.append(self._second, more)
        is_free = self._numbers.take(slots) == _NONE
        self._numbers[slots[is_free]] = numbers[is_free]  # of several with one slot the last is kept
        self._first[numbers], self._second[numbers] = first, second


def _find_ends(codes: npt.NDArray[np.uint8]) -> tuple[Ints, Ints]:
    """Where chunks start and end in bytes that begin and end with white space, of which all is ASCII."""
    is_space = (codes - np.uint8(ord("\t")) <= ord("\r") - ord("\t")) | ((codes >= 0x1C) & (codes <= ord(" ")))
    changes = np.flatnonzero(is_space[1:] != is_space[:-1]) + 1
    return changes[::2], changes[1::2]


def _make_keys(data: bytes, starts: Ints, lengths: Ints) -> tuple[_Keys, _Keys]:
    """The keys of chunks, as two halves; a key that is too long is unlike any other."""
    sizes = np.minimum(lengths, _LONGEST_KEY + 1)
    eights = np.ndarray((len(data) - _HALF + 1,), "<u8", data, strides=(1,))
    first = eights[starts] & _FIRST_HALF[sizes]
    second = (eights[starts + _HALF] & _SECOND_HALF[sizes]) | (sizes.astype(np.uint64) << np.uint64(8 * (_HALF - 1)))
    return first, second
