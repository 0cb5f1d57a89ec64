"""How probable a word that no list holds is by its letters: a trigram model of the spelling of rare words.

The model of a language is one file, built by `dictionaries/build_words.py`: its alphabet (UTF-8, one line; the
first sign is the word's edge, the second any other letter), then a byte for every three signs in a row, the
negative log probability of the third after the first two in sixteenths of a nat.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ligafix.lexicon.integrity import opening
from ligafix.lexicon.places import DICTIONARIES

EDGE, OTHER = "^", "?"
_STEPS = 16
_ALPHABET_SIZE = 44


class LetterModel:
    """The spelling of one language's rare words."""

    def __init__(self, data: bytes) -> None:
        line, _, self._costs = data.partition(b"\n")
        alphabet = line.decode("utf-8")
        self._size = len(alphabet)
        self._numbers = {sign: i for i, sign in enumerate(alphabet)}
        if not alphabet or len(self._costs) != self._size**3:
            raise ValueError("this is no model of letters, or its end is cut off")

    def log_probability(self, word: str) -> float:
        """The log probability (nats) of a lower-case word among all words that no list holds."""
        numbers = [self._numbers.get(sign, 1) for sign in word]
        first = second = 0
        cost = 0
        for number in (*numbers, 0):
            cost += self._costs[(first * self._size + second) * self._size + number]
            first, second = second, number
        return -cost / _STEPS


def train(words: Iterable[str]) -> bytes:
    """The file of a model of these words, each counted once (interpolated trigrams, Witten and Bell 1991)."""
    words = [unicodedata.normalize("NFC", w) for w in words]
    signs = Counter(sign for word in words for sign in word)
    alphabet = EDGE + OTHER + "".join(sorted(s for s, _ in signs.most_common(_ALPHABET_SIZE - 2)))
    numbers = {sign: i for i, sign in enumerate(alphabet)}
    counts: list[Counter[tuple[int, ...]]] = [Counter(), Counter(), Counter()]
    for word in words:
        row = [0, 0, *(numbers.get(sign, 1) for sign in word), 0]
        for i in range(2, len(row)):
            for order in range(3):
                counts[order][tuple(row[i - order : i + 1])] += 1
    return alphabet.encode() + b"\n" + _costs(counts, len(alphabet))


def _costs(counts: list[Counter[tuple[int, ...]]], size: int) -> bytes:
    totals: Counter[tuple[int, ...]] = Counter()
    kinds: Counter[tuple[int, ...]] = Counter()
    for table in counts:
        for key, n in table.items():
            totals[key[:-1]] += n
            kinds[key[:-1]] += 1

    def chance(key: tuple[int, ...]) -> float:
        lower = chance(key[1:]) if len(key) > 1 else 1 / size
        total, new = totals[key[:-1]], kinds[key[:-1]]
        return (counts[len(key) - 1][key] + new * lower) / (total + new) if total else lower

    keys = ((i, j, k) for i in range(size) for j in range(size) for k in range(size))
    return bytes(min(255, round(-_STEPS * math.log(chance(key)))) for key in keys)


@cache
def load_letters(language: str) -> LetterModel | None:
    """The letter model of a language; None where there is none."""
    path: Path = DICTIONARIES / "words" / f"{language}.letters"
    if not path.is_file():
        return None
    with opening(path):
        return LetterModel(path.read_bytes())
