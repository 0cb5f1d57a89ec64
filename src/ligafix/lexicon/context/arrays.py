"""The context model for many places at once: the sums of `ContextModel.log_odds` in arrays of numpy.

All that is summed is whole numbers, so both ways come to the same weights to the last bit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ligafix.lexicon.context import Sides
from ligafix.lexicon.context.features import (
    CASE,
    DOUBLES,
    FIRST,
    NEAR_TOPIC,
    NEAR_WORD,
    SECOND,
    SINGLES,
    STOP_WORDS,
    THIRD,
    TRIPLES,
    Word,
)
from ligafix.lexicon.context.network import Around
from ligafix.lexicon.context.tables import OVERFLOW, Tables
from ligafix.lexicon.context.tokens import WINDOW, tokens_of

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Hashes = npt.NDArray[np.uint64]
Flags = npt.NDArray[np.bool_]
AT_ONCE = 2048
"""Places that are looked at at a time: what they take stays in the processor's cache."""

_FEW, _AHEAD = 1000, 32
"""Fewer features than this are looked for in so many slots at a time: slot by slot takes as long for few as for one."""

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

    def keys(self) -> Iterator[bytes]:
        """For each place a key that those have that have the same tokens around them."""
        data = self.rows.astype(np.int32).tobytes()
        size = len(data) // max(1, len(self.rows))
        return (data[at : at + size] for at in range(0, len(data), size))

    def of(self, places: Sequence[int]) -> Tokens:
        """The tokens around some of the places."""
        return Tokens(self.distinct, self.rows[places])


class _NumbersOf(dict[str, int]):
    """The numbers of tokens, as far as they were asked; emptied when there are too many."""

    def __init__(self, number: Callable[[str], int]) -> None:
        super().__init__()
        self._number = number

    def __missing__(self, token: str) -> int:
        number = self._number(token)
        if len(self) >= _MOST_KEPT:
            self.clear()
        self[token] = number
        return number


class ContextArrays:
    """The tables of one language's model as arrays. Safe to share between threads."""

    def __init__(self, tables: Tables, number: Callable[[str], int]) -> None:
        self._numbers_of = _NumbersOf(number)
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

    def count(self, words: Mapping[str, int]) -> Mapping[int, int]:
        """How often each word of the vocabulary that tells what a text is about stands in it.

        Args:
            words: the words of the text, and how often each of them stands there.
        """
        counts: defaultdict[int, int] = defaultdict(int)
        for word, count in words.items():
            for token in (word,) if word.isalpha() else filter(str.isalpha, tokens_of(word)):
                counts[self._numbers_of[token]] += count
        return {number: count for number, count in counts.items() if number >= STOP_WORDS}

    def one_by_one(self, number: int) -> list[Ints]:
        """So many places, each of a form of its own."""
        return list(np.arange(number)[:, np.newaxis])

    def see(self, tokens: Tokens, shapes: Sequence[int], places: Sequence[Ints]) -> tuple[Around, Ints]:
        """The numbers of the words around places and the capitals there, and how the form at each place is written.

        Args:
            tokens: the tokens around the places.
            shapes: how each form is written.
            places: the places of each, by number.
        """
        words = np.array([*map(self._numbers_of.__getitem__, tokens.distinct), -1])[tokens.rows]
        has_capital = np.array([*(token[0].isupper() for token in tokens.distinct), False])
        before, behind = has_capital[tokens.rows[:, [0, WINDOW]]].T
        written = np.zeros(len(words), np.int64)
        for at, each in zip(places, shapes, strict=True):
            written[at] = each
        capitals = np.stack([before, written > 0, behind], axis=1).astype(np.int64)
        return Around(words, words >= STOP_WORDS, capitals), written

    def totals(self, around: Around, shapes: Ints, asked: Sequence[tuple[Ints, Sequence[int]]]) -> list[Ints]:
        """The sums of the weights that the features of places have for pairs.

        Args:
            around: what is around the places.
            shapes: how the form at each is written.
            asked: for each form its places, by number, and what is added to the features for each of its pairs
                (`salt`).

        Returns: for each form a row for each place, with a sum for each pair.
        """
        cases = shapes * 4 + around.capitals @ np.array([2, 0, 1])
        sizes = [(len(at), len(salts)) for at, salts in asked]
        places = np.concatenate([np.zeros(0, np.int64), *(at.repeat(len(salts)) for at, salts in asked)])
        added = [np.tile(np.array(salts, np.uint64), len(at)) for at, salts in asked]
        found = self._sum_up(around.words, cases, places, np.concatenate([np.zeros(0, np.uint64), *added]))
        ends = np.cumsum([rows * columns for rows, columns in sizes])
        return [part.reshape(size) for part, size in zip(np.split(found, ends), sizes, strict=False)]

    def _sum_up(self, words: Ints, cases: Ints, asked: Ints, added: Hashes) -> Ints:
        """The sum for each place that is asked about.

        Args:
            words: the numbers of the words around all places, a row each.
            cases: the patterns of capitals.
            asked: the places.
            added: what is added to their features.
        """
        found = np.zeros(len(asked), np.int64)
        for start in range(0, len(asked), AT_ONCE):
            part = slice(start, start + AT_ONCE)
            places, columns = np.unique(asked[part], return_inverse=True)
            features, counts = self._find_features(words[places].T, cases[places])
            hashes = features[:, columns] + added[part]
            weights = np.zeros(hashes.shape, np.int64)
            is_asked = counts[:, columns]
            weights[is_asked] = self._look_up(hashes[is_asked])
            found[part] = weights.sum(axis=0)
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
            if len(sought) < _FEW:
                slots = self._skip(slots, checks)
            seen = self._checks.take(slots)
            hit = np.flatnonzero(seen == checks)
            found[sought.take(hit)] = self._weights.take(slots.take(hit))
            on = np.flatnonzero((seen != checks) & (seen != 0))
            sought, slots, checks = sought.take(on), slots.take(on) + 1, checks.take(on)
        return found

    def _skip(self, slots: Ints, checks: npt.NDArray[np.uint16]) -> Ints:
        """The next slots from these on that are empty or have what is sought, or how far is looked at a time."""
        seen = self._checks.take(slots[:, np.newaxis] + np.arange(_AHEAD), mode="clip")
        is_end = (seen == checks[:, np.newaxis]) | (seen == 0)
        is_end[:, -1] = True
        steps: Ints = is_end.argmax(axis=1)
        return slots + steps


def _sort_out(numbers: Ints) -> Ints:
    """Numbers of which each column has none twice: in their stead there is nothing."""
    ordered = np.sort(numbers, axis=0)
    ordered[1:][ordered[1:] == ordered[:-1]] = _NOTHING
    return ordered


def _hash(kind: int, numbers: Ints) -> Hashes:
    return np.array(kind & 0xFFFF_FFFF_FFFF_FFFF, np.uint64) + np.uint64(FIRST) * numbers.view(np.uint64)
