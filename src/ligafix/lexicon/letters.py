"""How probable a word that no list holds is by its letters: a model of the spelling of rare words.

An interpolated n-gram model of letters (Kneser and Ney 1995, with the discounts of Chen and Goodman 1998), written as a
back-off model (Katz 1987): of what was seen it has the probability, of what was not, how much to give to the shorter
context. How probable a letter is after a short context is told by how many letters stand before the two, not how often
they do: an ending that stands only behind `fl` is not expected behind anything else (`gatioxacin`). The model of a
language is two files, built by `dictionaries/build_words.py`:

    LANGUAGE.letters.trie   the n-grams, each written backwards, so that one look-up finds all that end at a letter
    LANGUAGE.letters        its alphabet (UTF-8, one line), then two bytes for each n-gram in the order of the trie: the
                            negative log probability of its last letter after the others, and of none that was seen
                            after it, in sixteenths of a nat
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path

from ligafix.lexicon.integrity import open_trie, opening
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.tries import Trie

EDGE, OTHER = "^", "?"
"""What stands for a word's beginning and end, and for any letter that is not in the alphabet."""

ORDER = 7
"""How many letters are looked at together."""

_STEPS = 16
_ALPHABET_SIZE = 44

_SURE_ORDER = 3
"""N-grams of so many letters are all kept."""

_LEAST_COUNT = 2
"""Longer ones have to be seen as often as this."""

_LEAST_DISCOUNT = 0.1
"""Something is always left to what was not seen."""

_LEAST_GAIN = 0.25
"""They have to be so much more or less probable (nats) than the shorter context says."""


class LetterModel:
    """The spelling of one language's rare words."""

    def __init__(self, grams: Trie, data: bytes) -> None:
        line, _, self._costs = data.partition(b"\n")
        self._alphabet = frozenset(line.decode("utf-8"))
        self._grams = grams
        if not self._alphabet or len(self._costs) != 2 * len(grams):
            raise ValueError("this is no model of letters, or its end is cut off")
        self._cost = lru_cache(maxsize=1 << 15)(self._find_cost)

    def log_probability(self, word: str) -> float:
        """The log probability (nats) of a lower-case word among all words that no list holds."""
        return -sum(self._letter_costs(self._signs(word), 1)) / _STEPS

    def insertions(self, word: str, strings: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """The words that one of some strings makes of a lower-case word, and their log probabilities (nats).

        Those that are less probable than `least` are left out, most of them after a look at a letter or two. Nothing is
        put between two that are the same: where a word looks as if it should be, a letter was copied.
        """
        signs = self._signs(word)
        costs = [0, *self._letter_costs(signs, 1)]
        total, most = sum(costs), -_STEPS * least
        for at in range(1, len(signs)):
            if signs[at] == signs[at - 1]:
                continue
            tail = signs[at : at + ORDER - 1]
            same = total - sum(costs[at : at + len(tail)])
            if same > most:
                continue
            for string in strings:
                cost = same
                for each in self._letter_costs(signs[:at] + string + tail, at):
                    cost += each
                    if cost > most:
                        break
                else:
                    yield word[: at - 1] + string + word[at - 1 :], -cost / _STEPS

    def _signs(self, word: str) -> str:
        """A word as the model sees it, with its edges."""
        return EDGE + "".join(sign if sign in self._alphabet else OTHER for sign in word) + EDGE

    def _letter_costs(self, signs: str, start: int) -> Iterator[int]:
        """What the letters from a place on cost, each after those before it."""
        return (self._cost(signs[max(0, end - ORDER) : end]) for end in range(start + 1, len(signs) + 1))

    def _find_cost(self, signs: str) -> int:
        """What the last of some letters costs after the others."""
        longest, number = self._grams.prefixes_with_numbers(signs[::-1])[-1]
        skipped = self._grams.prefixes_with_numbers(signs[-2::-1])
        rest = (self._costs[2 * each + 1] for context, each in skipped if len(context) >= len(longest))
        return self._costs[2 * number] + sum(rest)


def train(words: Iterable[str]) -> tuple[Trie, bytes]:
    """The two files of a model of these words, each counted once."""
    words = [unicodedata.normalize("NFC", w) for w in words]
    signs = Counter(sign for word in words for sign in word)
    alphabet = "".join(sorted(sign for sign, _ in signs.most_common(_ALPHABET_SIZE - 2)))
    chances, leftovers = _prune(_count(words, frozenset(alphabet)), len(alphabet) + 2)
    grams = Trie(sorted(gram[::-1] for gram in chances))
    costs = bytearray(2 * len(grams))
    for gram, chance in chances.items():
        at = 2 * grams[gram[::-1]]
        costs[at : at + 2] = bytes((_pack(chance), _pack(leftovers.get(gram, 1.0))))
    return grams, (EDGE + OTHER + alphabet).encode() + b"\n" + bytes(costs)


def _pack(chance: float) -> int:
    return max(0, min(255, round(-_STEPS * math.log(chance))))


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
    return 0.0, *(max(_LEAST_DISCOUNT, n - (n + 1) * share * often[n + 1] / max(1, often[n])) for n in (1, 2, 3))


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
                tells = counts[length][gram] >= _LEAST_COUNT and abs(math.log(chance / lower)) >= _LEAST_GAIN
                if length <= _SURE_ORDER or tells:
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


@cache
def load_letters(language: str) -> LetterModel | None:
    """The letter model of a language; None where there is none."""
    folder: Path = DICTIONARIES / "words"
    path = folder / f"{language}.letters"
    if not path.is_file():
        return None
    grams = open_trie(Trie(), folder / f"{language}.letters.trie")
    with opening(path):
        return LetterModel(grams, path.read_bytes())
