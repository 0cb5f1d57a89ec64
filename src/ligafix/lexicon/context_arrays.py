"""The context model for many places at once: the sums of `ContextModel.log_odds` in arrays of numpy.

All that is summed is whole numbers, so both ways come to the same weights to the last bit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain
from typing import NamedTuple

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
    Sides,
    Tables,
    Word,
)
from ligafix.lexicon.network import Around

Ints = npt.NDArray[np.int64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
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


class Tokens(NamedTuple):
    """The tokens around places.

    Attributes:
        distinct: the tokens.
        rows: for each place the numbers of the `WINDOW` tokens before it, nearest first, then of those behind it; -1
            where there is none.
    """

    distinct: Sequence[str]
    rows: Ints


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

    def gather(self, sides: Sequence[Sides]) -> Tokens:
        """The tokens around places.

        Args:
            sides: those before each place, nearest last, and those behind it, nearest first.
        """
        numbers: dict[str, int] = {}
        rows = np.full((len(sides), 2 * WINDOW), -1, np.int64)
        for row, (before, behind) in zip(rows, sides, strict=True):
            for start, tokens in ((0, before[: -WINDOW - 1 : -1]), (WINDOW, behind[:WINDOW])):
                row[start : start + len(tokens)] = [numbers.setdefault(token, len(numbers)) for token in tokens]
        return Tokens(list(numbers), rows)

    def see(self, tokens: Tokens, shapes: Sequence[int]) -> Around:
        """The numbers of the words around places, and the capitals there.

        Args:
            tokens: the tokens around the places.
            shapes: how the form at each is written.
        """
        words = np.array([*map(self._numbers_of.__getitem__, tokens.distinct), -1])[tokens.rows]
        has_capital = np.array([*(token[0].isupper() for token in tokens.distinct), False])
        before, behind = has_capital[tokens.rows[:, [0, WINDOW]]].T
        capitals = np.stack([before, np.array(shapes, np.int64) > 0, behind], axis=1)
        return Around(words, words >= STOP_WORDS, capitals.astype(np.int64))

    def totals(self, around: Around, shapes: Sequence[int], salts: Sequence[Sequence[int]]) -> list[int]:
        """The sums of the weights that the features of places have for pairs, one after the other.

        Args:
            around: what is around the places.
            shapes: how the form at each is written.
            salts: for each place what is added to its features for each of its pairs (`salt`).
        """
        cases = np.array(shapes, np.int64) * 4 + around.capitals @ np.array([2, 0, 1])
        asked = np.array([i for i, row in enumerate(salts) for _ in row], np.int64)
        added = np.array(list(chain.from_iterable(salts)), np.uint64)
        found: list[int] = []
        for start in range(0, len(asked), AT_ONCE):
            places, columns = np.unique(asked[start : start + AT_ONCE], return_inverse=True)
            features, counts = self._find_features(around.words[places].T, cases[places])
            hashes = features[:, columns] + added[start : start + AT_ONCE]
            weights = np.zeros(hashes.shape, np.int64)
            is_asked = counts[:, columns]
            weights[is_asked] = self._look_up(hashes[is_asked])
            found += weights.sum(axis=0).tolist()
        return found

    def _find_features(self, words: Ints, cases: Ints) -> tuple[Hashes, Flags]:
        """The features of places, a column each, and which of them count.

        Args:
            words: the numbers of the words around the places, a column each.
            cases: the patterns of capitals.
        """
        number = len(cases)
        around = np.stack([words, *(table[words] for table in self._classes)])  # a layer for each field of `Word`
        near = np.zeros((_NO_PART + 1, number), np.int64)
        near[:_NO_PART] = around[:, _NEXT].swapaxes(0, 1).reshape(_NO_PART, number)
        features = _KINDS.repeat(number, axis=1)
        for factor, part in zip(_FACTORS, _PARTS, strict=True):
            features += np.uint64(factor) * near[part].view(np.uint64)
        telling = words >= STOP_WORDS
        distinct = [_sort_out(np.where(telling, around[layer], _NOTHING)) for layer in (0, Word._fields.index("topic"))]
        asked = zip((CASE, NEAR_WORD, NEAR_TOPIC), (cases[np.newaxis], *distinct), strict=True)
        counts = np.concatenate([np.ones((len(features) + 1, number), bool), *(n != _NOTHING for n in distinct)])
        return np.concatenate([features, *(_hash(kind, numbers) for kind, numbers in asked)]), counts

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


def _sort_out(numbers: Ints) -> Ints:
    """Numbers of which each column has none twice: in their stead there is nothing."""
    ordered = np.sort(numbers, axis=0)
    ordered[1:][ordered[1:] == ordered[:-1]] = _NOTHING
    return ordered


def _hash(kind: int, numbers: Ints) -> Hashes:
    return np.array(kind & 0xFFFF_FFFF_FFFF_FFFF, np.uint64) + np.uint64(FIRST) * numbers.view(np.uint64)
