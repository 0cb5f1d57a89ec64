"""Read a trigram model as CMU Sphinx keeps it, and tell what it says about the words around a word.

The file is a trie of reversed n-grams with packed numbers: for each word the words before it, for each of these the
words before them. Debian's package pocketsphinx-en-us has one of English.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

MAGIC = b"Trie Language Model"
BINS = 1 << 16
"""How many values a table of probabilities or of back-off weights has."""
BASE = math.log(1.0001)
"""Logarithms are stored to the base 1.0001; here they are natural."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


@dataclass
class Opinion:
    """What stands around a word: how much likelier (nats) than a model without this word expects.

    Of several words each is told by its number. Where a word or two are not listed, nothing is added.

    Attributes:
        always: what holds wherever the word stands.
        before: the word before, and what it adds.
        two_before: the two words before, as they stand in the text, and what they add to the nearer one alone.
        behind: the same of the word behind.
        two_behind: and of the two words behind.
        both: of the word before with the word behind.
    """

    always: float
    before: tuple[Ints, Floats]
    two_before: tuple[Ints, Ints, Floats]
    behind: tuple[Ints, Floats]
    two_behind: tuple[Ints, Ints, Floats]
    both: tuple[Ints, Ints, Floats]


class Trigrams:
    """A trigram model that backs off (Katz 1987). Words are known by their numbers, probabilities are logarithms.

    Args:
        words: the words, in the order of their numbers.
        alone: how probable each is, and its back-off weight.
        pairs: word, the word before it, how probable the word is there, and the back-off weight of the two; in the
            order of the two words.
        triples: the place in `pairs` of the last two words, the word before them, how probable the last one is.
    """

    def __init__(
        self,
        words: Sequence[str],
        alone: tuple[Floats, Floats],
        pairs: tuple[Ints, Ints, Floats, Floats],
        triples: tuple[Ints, Ints, Floats],
    ) -> None:
        self.words = words
        self.numbers = {word: number for number, word in enumerate(words)}
        self.alone, self._weight_alone = alone
        self._word, self._previous, self._pair, self._weight = pairs
        self._of_triple, self._earlier, self._triple = triples
        size = len(words)
        self._keys = self._word * size + self._previous
        self._pairs_of, self._pairs_behind = _Index(self._word, size), _Index(self._previous, size)
        self._triples_of, self._triples_around, self._triples_behind = (
            _Index(numbers, size)
            for numbers in (self._word[self._of_triple], self._previous[self._of_triple], self._earlier)
        )

    def opinion(self, word: int) -> Opinion:
        """What the model says about the words around a word.

        All that applies to a place adds up to the logarithm of P(word | two before) P(behind | before, word)
        P(second behind | word, behind) / P(word), less what does not depend on the word.
        """
        backoff = float(self._weight_alone[word])
        pairs, triples = self._pairs_of[word], self._triples_of[word]
        previous = self._previous[pairs]
        # where two words are listed but no third with them, their back-off weight comes in
        before = self._pair[pairs] - self.alone[word] - self._weight_alone[previous] + self._weight[pairs]
        nearer, farther, two_before = self._beyond_pairs(triples)

        pairs, triples = self._pairs_behind[word], self._triples_behind[word]
        behind = self._word[pairs]
        followed = self._pair[pairs] - self.alone[behind] - backoff + self._weight[pairs]
        first, _, two_behind = self._beyond_pairs(triples)
        second = self._word[self._of_triple[triples]]

        triples = self._triples_around[word]
        _, left, both = self._beyond_pairs(triples)
        right = self._word[self._of_triple[triples]]
        return Opinion(
            backoff,
            (previous, before),
            (farther, nearer, two_before),
            (behind, followed),
            (first, second, two_behind),
            (left, right, both),
        )

    def _beyond_pairs(self, triples: Ints) -> tuple[Ints, Ints, Floats]:
        """The second and the first word of triples, and what they add to what the pairs of words say."""
        pairs = self._of_triple[triples]
        second, first = self._previous[pairs], self._earlier[triples]
        keys = second * len(self.words) + first
        found = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        backoff = np.where(self._keys[found] == keys, self._weight[found], 0.0)
        return second, first, self._triple[triples] - self._pair[pairs] - backoff


class _Index:
    """Where in a table each number stands."""

    def __init__(self, numbers: Ints, size: int) -> None:
        self._order = np.argsort(numbers, kind="stable")
        self._starts = np.searchsorted(numbers[self._order], np.arange(size + 1))

    def __getitem__(self, number: int) -> Ints:
        places: Ints = self._order[self._starts[number] : self._starts[number + 1]]
        return places


def read_trigrams(path: Path) -> Trigrams:
    """Read a model's file.

    Raises:
        ValueError: if it is no trigram model of this kind.
    """
    data = path.read_bytes()
    head = len(MAGIC) + 1
    if data[:head] != MAGIC + b"\x03":
        raise ValueError(f"{path} is no trigram model of CMU Sphinx")
    size, pairs, triples, _ = struct.unpack_from("<4I", data, head)
    place = head + 16
    bins = np.frombuffer(data, "<f4", 3 * BINS, place).astype(np.float64).reshape(3, BINS) * BASE
    place += 3 * BINS * 4
    layout = np.dtype([("probability", "<f4"), ("backoff", "<f4"), ("next", "<u4")])
    alone = np.frombuffer(data, layout, size + 1, place)
    place += alone.nbytes
    word_bits, place_bits = size.bit_length(), triples.bit_length()
    used = int(alone["next"][size])  # the model may have fewer pairs than it announces
    middle = _Packed(data, place, pairs, word_bits + 32 + place_bits)
    last = _Packed(data, middle.end, triples, word_bits + 16)
    words = data[last.end + 4 :].decode("utf-8").split("\0")[:size]
    return Trigrams(
        words,
        (alone["probability"][:size] * BASE, alone["backoff"][:size] * BASE),
        (
            np.repeat(np.arange(size), _lengths(alone["next"])),
            middle.read(0, word_bits, used),
            bins[0][middle.read(word_bits + 16, 16, used)],
            bins[1][middle.read(word_bits, 16, used)],
        ),
        (
            np.repeat(np.arange(used), _lengths(middle.read(word_bits + 32, place_bits, used + 1))),
            last.read(0, word_bits, triples),
            bins[2][last.read(word_bits, 16, triples)],
        ),
    )


def _lengths(starts: npt.NDArray[Any]) -> Ints:
    """How long each of a row of ranges is that follow each other."""
    places = starts.astype(np.int64)
    return places[1:] - places[:-1]


class _Packed:
    """A table whose entries have so many bits each, with one entry more at its end and 8 bytes behind it."""

    def __init__(self, data: bytes, start: int, entries: int, bits: int) -> None:
        size = ((entries + 1) * bits + 7) // 8 + 8
        self._bytes = np.frombuffer(data, np.uint8, size, start)
        self._bits = bits
        self.end = start + size

    def read(self, offset: int, width: int, entries: int) -> Ints:
        """A number of each of the first entries, by the bit it starts at and its width (at most 57 bits)."""
        start = np.arange(entries, dtype=np.int64) * self._bits + offset
        first = start >> 3
        value = np.zeros(len(start), np.uint64)
        for byte in range(8):
            value |= self._bytes[first + byte].astype(np.uint64) << np.uint64(8 * byte)
        return (value >> (start & 7).astype(np.uint64) & np.uint64((1 << width) - 1)).astype(np.int64)
