"""How probable a word that no list holds is by its letters: a model of the spelling of rare words.

An interpolated n-gram model of letters (Kneser and Ney 1995, with the discounts of Chen and Goodman 1998), written as a
back-off model (Katz 1987): of what was seen it has the probability, of what was not, how much to give to the shorter
context. How probable a letter is after a short context is told by how many letters stand before the two, not how often
they do: an ending that stands only behind `fl` is not expected behind anything else (`gatioxacin`). The model of a
language is two files, built by `dictionaries/build_words.py` (see `spelling.py` there):

    LANGUAGE.letters.trie   the n-grams, each written backwards, so that one look-up finds all that end at a letter
    LANGUAGE.letters        its alphabet (UTF-8, one line), then two bytes for each n-gram in the order of the trie: the
                            negative log probability of its last letter after the others, and of none that was seen
                            after it, in sixteenths of a nat
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path

from ligafix.lexicon.integrity import open_trie, opening
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.tries import Trie

EDGE, OTHER = "^", "?"
"""What stands for a word's beginning and end, and for any letter that is not in the alphabet."""

ORDER = 7
"""How many letters are looked at together."""

STEPS = 16
"""Parts of a nat."""


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
        return -sum(self._letter_costs(self._signs(word), 1)) / STEPS

    def insertions(self, word: str, strings: Iterable[str], least: float) -> Iterator[tuple[str, float]]:
        """The words that one of some strings makes of a lower-case word, and their log probabilities (nats).

        Those that are less probable than `least` are left out, most of them after a look at a letter or two. Nothing is
        put between two that are the same: where a word looks as if it should be, a letter was copied.
        """
        signs = self._signs(word)
        costs = [0, *self._letter_costs(signs, 1)]
        total, most = sum(costs), -STEPS * least
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
                    yield word[: at - 1] + string + word[at - 1 :], -cost / STEPS

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
