"""Counts how rare words are spelt, for the models of letters that `ligafix.lexicon.letters` reads."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ligafix.lexicon.letters import EDGE, ORDER, OTHER, STEPS
from ligafix.lexicon.tries import Trie

ALPHABET_SIZE = 44
"""Of the letters the commonest are told apart, with both other signs so many."""

SURE_ORDER = 3
"""N-grams of so many letters are all kept."""

LEAST_COUNT = 2
"""Longer ones have to be seen as often as this."""

LEAST_DISCOUNT = 0.1
"""Something is always left to what was not seen."""

LEAST_GAIN = 0.25
"""They have to be so much more or less probable (nats) than the shorter context says."""


def train(words: Iterable[str]) -> tuple[Trie, bytes]:
    """The two files of a model of these words, each counted once."""
    words = [unicodedata.normalize("NFC", w) for w in words]
    signs = Counter(sign for word in words for sign in word)
    alphabet = "".join(sorted(sign for sign, _ in signs.most_common(ALPHABET_SIZE - 2)))
    chances, leftovers = _prune(_count(words, frozenset(alphabet)), len(alphabet) + 2)
    grams = Trie(sorted(gram[::-1] for gram in chances))
    costs = bytearray(2 * len(grams))
    for gram, chance in chances.items():
        at = 2 * grams[gram[::-1]]
        costs[at : at + 2] = bytes((_pack(chance), _pack(leftovers.get(gram, 1.0))))
    return grams, (EDGE + OTHER + alphabet).encode() + b"\n" + bytes(costs)


def _pack(chance: float) -> int:
    return max(0, min(255, round(-STEPS * math.log(chance))))


def _count(words: Iterable[str], alphabet: frozenset[str]) -> list[Counter[str]]:
    """How often each n-gram is seen, by its length; a word begins with one edge and ends with one."""
    counts: list[Counter[str]] = [Counter() for _ in range(ORDER + 1)]
    counts[1][OTHER] = 1
    for word in words:
        row = EDGE + "".join(sign if sign in alphabet else OTHER for sign in word) + EDGE
        for end in range(2, len(row) + 1):
            for length in range(1, min(ORDER, end) + 1):
                counts[length][row[end - length : end]] += 1
    return counts


def _count_different(counts: Sequence[Counter[str]]) -> list[Counter[str]]:
    """What stands for how often each n-gram is seen, where a longer one was not: before it, how many different letters.

    Nothing stands before the edge of a word.
    """
    found = [*counts]
    for length in range(1, ORDER):
        different = Counter(gram[1:] for gram in counts[length + 1])
        found[length] = Counter({g: n if g[0] == EDGE else max(1, different[g]) for g, n in counts[length].items()})
    return found


def _find_discounts(numbers: Iterable[int]) -> tuple[float, ...]:
    """How much of a number that is 0, 1, 2 or more is left to what was not seen (Chen and Goodman 1998)."""
    often = Counter(numbers)
    share = often[1] / max(1, often[1] + 2 * often[2])
    return 0.0, *(max(LEAST_DISCOUNT, n - (n + 1) * share * often[n + 1] / max(1, often[n])) for n in (1, 2, 3))


def _prune(counts: Sequence[Counter[str]], size: int) -> tuple[dict[str, float], dict[str, float]]:
    """The n-grams that are kept with their probabilities, and of contexts how much is left for the shorter one.

    Args:
        counts: how often each n-gram was seen, by its length.
        size: the number of different signs.
    """
    chances: dict[str, float] = {}
    leftovers: dict[str, float] = {}
    for length, numbers in enumerate(_count_different(counts)[1:], 1):
        discounts = _find_discounts(numbers.values())
        seen: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for gram, number in numbers.items():
            seen[gram[:-1]][gram[-1]] = number
        kept: dict[str, float] = {}
        for context, letters in seen.items():
            total, left = sum(letters.values()), sum(discounts[min(3, number)] for number in letters.values())
            for letter, number in letters.items():
                gram = context + letter
                lower = _chance(context[1:], letter, chances, leftovers) if context else 1 / size
                chance = (number - discounts[min(3, number)] + left * lower) / total
                tells = counts[length][gram] >= LEAST_COUNT and abs(math.log(chance / lower)) >= LEAST_GAIN
                if length <= SURE_ORDER or tells:
                    kept[gram] = chance
        for context in {gram[:-1] for gram in kept} - chances.keys() - {""}:
            chances[context] = _chance(context[:-1], context[-1], chances, leftovers)
        leftovers |= _find_leftovers(kept, chances, leftovers)
        chances |= kept
    return chances, leftovers


def _find_leftovers(
    kept: Mapping[str, float], chances: Mapping[str, float], leftovers: Mapping[str, float]
) -> dict[str, float]:
    """What the letters seen after each context leave, against what the shorter context leaves."""
    own, lower = defaultdict[str, float](float), defaultdict[str, float](float)
    for gram, chance in kept.items():
        context = gram[:-1]
        own[context] += chance
        lower[context] += _chance(context[1:], gram[-1], chances, leftovers) if context else 0.0
    return {context: max(1e-6, 1 - own[context]) / max(1e-6, 1 - lower[context]) for context in own if context}


def _chance(context: str, letter: str, chances: Mapping[str, float], leftovers: Mapping[str, float]) -> float:
    """The probability of a letter after a context, as far as it is known."""
    rest = 1.0
    while context and context + letter not in chances:
        rest *= leftovers.get(context, 1.0)
        context = context[1:]
    return rest * chances.get(letter if not context else context + letter, 1e-6)
