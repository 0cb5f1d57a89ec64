"""The context model for many places at once: the sums of `ContextModel.log_odds` in arrays of numpy.

All that is summed is whole numbers, so both ways come to the same weights to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import numpy as np
import numpy.typing as npt

from ligafix.lexicon.context import (
    CASE,
    DOUBLES,
    FIRST,
    NEAR_TOPIC,
    NEAR_WORD,
    OVERFLOW,
    SECOND,
    SINGLES,
    STOP_WORDS,
    THIRD,
    TRIPLES,
    WINDOW,
    Tables,
    Word,
)

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
Surroundings = tuple[Sequence[str], Sequence[str], int]
"""The tokens before a place, nearest last, those behind it, and its pattern of capitals."""

AT_ONCE = 2048
"""Places that are looked at at a time: what they take stays in the processor's cache."""

_MOST_KEPT = 1 << 16
_NOTHING = -2
"""A number that no word and no topic has."""

_NEXT = [side + n for side in (0, WINDOW) for n in range(3)]
"""Where the three tokens next to a place are, among all."""

_NO_PART = len(_NEXT) * len(Word._fields)
"""What stands for a part that a template has not."""

_TEMPLATES = [(*row, *[_NO_PART] * (4 - len(row))) for row in (*SINGLES, *DOUBLES, *TRIPLES)]
_KINDS = np.array([kind for kind, *_ in _TEMPLATES], np.uint64)[:, np.newaxis]
_PARTS = np.array([parts for _, *parts in _TEMPLATES]).T
_FACTORS = (FIRST, SECOND, THIRD)


class _NumbersOf(dict[str, int]):
    """The numbers of tokens, as far as they were asked; emptied when there are too many."""

    def __init__(self, look_up: Callable[[str], Word]) -> None:
        super().__init__()
        self._look_up = look_up

    def __missing__(self, token: str) -> int:
        number = self._look_up(token).word
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[token] = number
        return number


class ContextArrays:
    """The tables of one language's model as arrays. Safe to share between threads."""

    def __init__(self, tables: Tables, look_up: Callable[[str], Word]) -> None:
        self._numbers_of = _NumbersOf(look_up)
        self._classes = [np.append(np.asarray(table, np.int64), -1) for table in tables.word_classes()]
        self._checks, self._weights = np.asarray(tables.checks), np.asarray(tables.weights)
        self._slots = np.uint64(len(tables.checks) - OVERFLOW)

    def totals(self, places: Sequence[Surroundings], salts: Sequence[Sequence[int]]) -> list[int]:
        """The sums of the weights that the features of places have for pairs, one after the other.

        Args:
            places: what is around the places.
            salts: for each place what is added to its features for each of its pairs (`salt`).
        """
        found: list[int] = []
        for start in range(0, len(places), AT_ONCE):
            part = salts[start : start + AT_ONCE]
            features, counts = self._find_features(places[start : start + AT_ONCE])
            columns = np.arange(len(part)).repeat([len(row) for row in part])
            hashes = features[:, columns] + np.array(list(chain.from_iterable(part)), np.uint64)
            weights = np.zeros(hashes.shape, np.int64)
            asked = counts[:, columns]
            weights[asked] = self._look_up(hashes[asked])
            found += weights.sum(axis=0).tolist()
        return found

    def _find_features(self, places: Sequence[Surroundings]) -> tuple[Hashes, Flags]:
        """The features of places, a column each, and which of them count."""
        words = self._number(places)
        around = np.stack([words, *(table[words] for table in self._classes)])  # a layer for each field of `Word`
        near = np.zeros((_NO_PART + 1, len(places)), np.int64)
        near[:_NO_PART] = around[:, _NEXT].swapaxes(0, 1).reshape(_NO_PART, len(places))
        features = _KINDS.repeat(len(places), axis=1)
        for factor, part in zip(_FACTORS, _PARTS, strict=True):
            features += np.uint64(factor) * near[part].view(np.uint64)
        case = np.array([[pattern for *_, pattern in places]])
        telling = words >= STOP_WORDS
        distinct = [_sort_out(np.where(telling, around[layer], _NOTHING)) for layer in (0, Word._fields.index("topic"))]
        asked = zip((CASE, NEAR_WORD, NEAR_TOPIC), (case, *distinct), strict=True)
        counts = np.concatenate([np.ones((len(features) + 1, len(places)), bool), *(n != _NOTHING for n in distinct)])
        return np.concatenate([features, *(_hash(kind, numbers) for kind, numbers in asked)]), counts

    def _number(self, places: Sequence[Surroundings]) -> Ints:
        """The numbers of the words around places, a column each; -1 for those that are none."""
        number_of = self._numbers_of.__getitem__
        flat: list[int] = []
        for left, right, _ in places:
            row = [*map(number_of, left[: -WINDOW - 1 : -1])]
            row += _PADDING[len(row) :]
            row += map(number_of, right[:WINDOW])
            flat += row
            flat += _PADDING[len(row) - WINDOW :]
        return np.array(flat, np.int64).reshape(len(places), 2 * WINDOW).T

    def _look_up(self, hashes: Hashes) -> npt.NDArray[np.int8]:
        """The weights of hashed features; 0 for those that the table has not."""
        slots = ((hashes >> np.uint64(32)) * self._slots >> np.uint64(32)).astype(np.int64)
        checks = np.maximum((hashes & np.uint64(0xFFFF)).astype(np.uint16), 1)
        found = np.zeros(len(slots), np.int8)
        sought = np.arange(len(slots))
        while len(sought):
            seen = self._checks.take(slots)
            hit = np.flatnonzero(seen == checks)
            found[sought.take(hit)] = self._weights.take(slots.take(hit))
            on = np.flatnonzero((seen != checks) & (seen != 0))
            sought, slots, checks = sought.take(on), slots.take(on) + 1, checks.take(on)
        return found


_PADDING = [-1] * WINDOW


def _sort_out(numbers: Ints) -> Ints:
    """Numbers of which each column has none twice: in their stead there is nothing."""
    ordered = np.sort(numbers, axis=0)
    ordered[1:][ordered[1:] == ordered[:-1]] = _NOTHING
    return ordered


def _hash(kind: int, numbers: Ints) -> Hashes:
    return np.array(kind & 0xFFFF_FFFF_FFFF_FFFF, np.uint64) + np.uint64(FIRST) * numbers.view(np.uint64)
