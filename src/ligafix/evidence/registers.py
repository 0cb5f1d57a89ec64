"""Which registers a document is written in: words are not as frequent in a novel as in a paper."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import compress
from operator import itemgetter, mul, truediv

from ligafix.lexicon import load_words
from ligafix.odds import to_probability

MOST_WORDS = 300
"""How many of a document's commonest words are asked."""

LEAST_SHARE = 0.01
"""No register is ever ruled out: a novel quotes a letter. With more the symbols of papers would be words of novels."""

BEFORE = 100.0
"""How many words of all registers alike a document has before it is read: a line of text tells little."""

ROUNDS = 8

STEPS = 10
"""Shares are told in so many steps, so that texts of one kind have the same, and what is known of words in such texts
serves the next one."""

SPELLINGS = {"pt": (1, 2)}
"""Two registers of a language, by their numbers, that are one kind of text in today's spelling and in an earlier one,
which no other is in: what a document is about may be a mixture, but it is spelt in one way."""


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
            found[code] = in_steps(_spelt(shares, rows, *SPELLINGS[code]) if code in SPELLINGS else shares)
    return found


def _commonest(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """The commonest words, those that come first before others that stand as often."""
    least = sorted(counts.values(), reverse=True)[:MOST_WORDS][-1] if counts else 0
    often = compress(counts.items(), map(least.__le__, counts.values()))
    return sorted(often, key=itemgetter(1), reverse=True)[:MOST_WORDS]


def _spelt(shares: Sequence[float], rows: Sequence[_Row], today: int, earlier: int) -> Sequence[float]:
    """The shares of the registers in a document that is in the earlier spelling, or in that of all the others."""
    said = sum(number * math.log(row[today] / row[earlier]) for number, row in rows)
    is_today = to_probability(said, MOST_SAID)
    parts = [share * (1 - is_today if n == earlier else is_today) for n, share in enumerate(shares)]
    return [LEAST_SHARE + (1 - len(parts) * LEAST_SHARE) * part / sum(parts) for part in parts]


def _mixture(rows: Sequence[_Row]) -> Sequence[float]:
    width = len(rows[0][1])
    numbers = [number for number, _ in rows]
    frequencies = [row for _, row in rows]
    before = BEFORE * sum(numbers) / sum(map(mul, numbers, numbers))
    registers = list(zip(*frequencies, strict=True))
    shares = [1 / width] * width
    for _ in range(ROUNDS):
        weights = list(map(truediv, numbers, _weigh(shares, frequencies)))
        gained = [share * sum(map(mul, weights, register)) for share, register in zip(shares, registers, strict=True)]
        gained = [gain + before / width for gain in gained]
        total = sum(gained)
        shares = [LEAST_SHARE + (1 - width * LEAST_SHARE) * gain / total for gain in gained]
    return shares


def _weigh(shares: Sequence[float], rows: Sequence[Sequence[float]]) -> list[float]:
    """How frequent each word is in a mixture of registers."""
    if len(shares) == 5:  # English has as many, and written out it takes half the time
        a, b, c, d, e = shares
        return [a * v + b * w + c * x + d * y + e * z for v, w, x, y, z in rows]
    return [sum(map(mul, shares, row)) for row in rows]


def in_steps(shares: Sequence[float]) -> tuple[float, ...]:
    """Shares that add up to one, to the nearest steps: those that are left over go where most is wanting.

    >>> in_steps([0.5, 0.47, 0.03])
    (0.495, 0.495, 0.01)
    """
    wanted = [STEPS * (share - LEAST_SHARE) / (1 - len(shares) * LEAST_SHARE) for share in shares]
    steps = [math.floor(want) for want in wanted]
    order = sorted(range(len(shares)), key=lambda n: steps[n] - wanted[n])
    for n in order[: STEPS - sum(steps)]:
        steps[n] += 1
    return tuple(round(LEAST_SHARE + (1 - len(steps) * LEAST_SHARE) * step / STEPS, 4) for step in steps)
