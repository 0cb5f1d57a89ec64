"""Which language a stretch of text is in, told by its commonest words."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from ligafix.lexicon.integrity import open_trie
from ligafix.lexicon.skeleton import has_ligature, skeleton
from ligafix.lexicon.tries import RecordTrie
from ligafix.lexicon.words import unpack_frequency

FLOOR = 3e-5
"""The probability of a word that is not among a language's commonest."""


def normal_form(word: str) -> str:
    """What a lower-case word is looked up by: the same before and after its ligatures were lost.

    >>> normal_form("first"), normal_form("rst"), normal_form("of")
    ('rst', 'rst', 'of')
    """
    return skeleton(word) if has_ligature(word) else word


_MOST_KEPT = 1 << 15
"""So many words are remembered, known or not: more than a long text has."""

_NO_WEIGHTS: Mapping[str, float] = {}

_WEIGHTS = [math.log(max(FLOOR, unpack_frequency(packed)) / FLOOR) for packed in range(256)]
_RATIOS = [*map(math.expm1, _WEIGHTS)]
"""What a packed frequency says for a language: in nats, and as how many times likelier, less one."""


class _Codes(dict[bytes, str]):
    """Language codes as the trie has them, and as they are."""

    def __missing__(self, packed: bytes) -> str:
        code = self[packed] = packed.decode().strip()
        return code


_CODES = _Codes()


class Vote(NamedTuple):
    """How many times likelier a word is in each language that has it, less one; and the sum over them."""

    ratios: Mapping[str, float]
    total: float

    def among(self, possible: Container[str]) -> Vote:
        """The same where only some languages are possible."""
        ratios = {code: ratio for code, ratio in self.ratios.items() if code in possible}
        return Vote(ratios, sum(ratios.values()))


class _Votes(dict[str, Vote | None]):
    """The votes of the words that were asked for; emptied when there are too many."""

    def __init__(self, find: Callable[[str], Vote | None]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> Vote | None:
        if len(self) >= _MOST_KEPT:
            self.clear()
        vote = self[word] = self._find(word)
        return vote


class LanguageTable:
    """The commonest words of all languages in Latin script that wordfreq covers, in their normal form."""

    def __init__(self, folder: Path) -> None:
        self._trie = open_trie(RecordTrie("<3sB"), folder / "languages.trie")
        self._weights = lru_cache(maxsize=_MOST_KEPT)(self._look_up)
        self._votes = _Votes(self._find_vote)

    @cached_property
    def letters(self) -> frozenset[str]:
        """What the commonest words of the languages are written with."""
        return frozenset[str]().union(*self._trie.keys())

    def weights(self, word: str) -> Mapping[str, float]:
        """For the languages that have a lower-case word among their commonest: how much it speaks for them.

        In nats, against a language that does not have it.
        """
        return self._weights(word)

    def _look_up(self, word: str) -> Mapping[str, float]:
        found = self._trie.get(normal_form(word))
        return {_CODES[code]: _WEIGHTS[packed] for code, packed in found} if found else _NO_WEIGHTS

    def votes(self, words: Iterable[str]) -> Iterator[Vote | None]:
        """The same for each of some words, small or not, as how many times likelier it is, less one.

        None where no language has the word.
        """
        return map(self._votes.__getitem__, words)

    def _find_vote(self, word: str) -> Vote | None:
        found = self._trie.get(normal_form(word.lower()))
        if not found:
            return None
        ratios = {_CODES[code]: _RATIOS[packed] for code, packed in found}
        return Vote(ratios, sum(ratios.values()))

    def scores(self, words: Iterable[str]) -> dict[str, float]:
        """The summed weights (nats) of each language that shares a word with the given lower-case ones."""
        total: dict[str, float] = {}
        for word in words:
            for language, weight in self._weights(word).items():
                total[language] = total.get(language, 0.0) + weight
        return total
