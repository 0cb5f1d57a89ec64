"""Which registers a document is written in: words are not as frequent in a novel as in a paper."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from itertools import repeat
from operator import add, itemgetter, mul, truediv

from ligafix.lexicon import load_words

MOST_WORDS = 1000
"""How many of a document's commonest words are asked."""

LEAST_SHARE = 0.03
"""No register is ever ruled out: a novel quotes a letter."""

ROUNDS = 8

SPELLINGS = {"pt": (1, 2)}
"""Two registers of a language, by their numbers, that are one kind of text in two spellings: what is about something
else may be a mixture, but a document is spelt in one way."""


MOST_SAID = 100.0
"""Nats; beyond this nothing changes."""

_Row = tuple[float, tuple[float, ...]]
"""How much a word counts, and its frequency in each register."""


def find_registers(counts: Mapping[str, int], languages: Mapping[str, float]) -> dict[str, tuple[float, ...]]:
    """The shares of each language's registers, as its word tables order them; languages of one are left out.

    A mixture fitted by expectation maximisation; repeats of a word tell less than new ones.
    """
    common = _commonest(counts)
    found = {}
    for code in languages:
        words = load_words(code)
        rows = [(math.sqrt(n), row) for word, n in common if words and (row := words.in_registers(word.lower()))]
        if rows:
            shares = _mixture(rows)
            found[code] = _spelt(shares, rows, *SPELLINGS[code]) if code in SPELLINGS else shares
    return found


def _commonest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The commonest words, those that come first before others that stand as often."""
    least = sorted(counts.values(), reverse=True)[:MOST_WORDS][-1] if counts else 0
    often = [item for item in counts.items() if item[1] >= least]
    return sorted(often, key=itemgetter(1), reverse=True)[:MOST_WORDS]


def _spelt(shares: Sequence[float], rows: Sequence[_Row], first: int, second: int) -> tuple[float, ...]:
    """The shares of the registers, where two of them share out what both have by which of them the document is."""
    said = sum(number * math.log(row[first] / row[second]) for number, row in rows)
    both = shares[first] + shares[second]
    found = list(shares)
    found[first] = max(LEAST_SHARE, both / (1 + math.exp(max(-MOST_SAID, min(MOST_SAID, -said)))))
    found[first] = min(found[first], both - LEAST_SHARE)
    found[second] = both - found[first]
    return tuple(round(share, 4) for share in found)


def _mixture(rows: Sequence[_Row]) -> tuple[float, ...]:
    width = len(rows[0][1])
    numbers = [number for number, _ in rows]
    registers = list(zip(*(row for _, row in rows), strict=True))
    shares = [1 / width] * width
    for _ in range(ROUNDS):
        likely: Iterable[float] = repeat(0.0)
        for share, register in zip(shares, registers, strict=True):  # register by register, which is fast
            likely = map(add, likely, map(mul, repeat(share), register))
        weights = list(map(truediv, numbers, likely))
        gained = [share * sum(map(mul, weights, register)) for share, register in zip(shares, registers, strict=True)]
        total = sum(gained)
        shares = [LEAST_SHARE + (1 - width * LEAST_SHARE) * gain / total for gain in gained]
    return tuple(round(share, 4) for share in shares)
