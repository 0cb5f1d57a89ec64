"""Romanized Japanese and its long vowels: where the macrons belong in letters that lost them.

The table comes from the readings of EDICT and ENAMDICT, see `dictionaries/romanizations/README.md`. It is memory
mapped, and opened only when a text asks for it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ligafix.document import LONGEST_WORD
from ligafix.lexicon import DICTIONARIES
from ligafix.lexicon.integrity import open_trie
from ligafix.lexicon.tries import RecordTrie

MACRONS = {"a": "ā", "e": "ē", "i": "ī", "o": "ō", "u": "ū"}
VOWELS = frozenset(MACRONS)

_BARE = str.maketrans({long: short for short, long in MACRONS.items()})
_SYLLABLES = re.compile("(?:(?:[kgsztdnhbpmrfwyvj]|[kgnhbpmrd]y|[sc]h|t?ts|tch|([kgsztdpmbnhrf])\\1y?|ssh)?[aiueo]|n)+")
_NASAL = re.compile("m(?=[bpm])")

_JOIN = -2.0  # log10 of the odds that two words are written as one
_SHORT_PIECE = -3.0  # the same for each part of two letters, which fits in too easily
_MAX_PLACEMENTS = 24
_LONG_ODDS = {"o": -0.5, "u": -0.8, "a": -1.8, "e": -1.8, "i": -2.5}
"""log10 of how much rarer a vowel is long than short, in a word that no dictionary has."""

_CAPITAL_WORD, _CAPITAL_NAME, _SMALL_NAME = 0.3, 10.0, 0.1
"""How much more often than on the whole a capitalised word is a word, is a name, and a small one is a name."""

_FAR_FETCHED = -13.0  # log10 of the probability below which a word is not made of those that spell it

_UNLISTED = -9.0  # log10 of the probability of a word that only looks Japanese


class Placement(NamedTuple):
    """One way to set the macrons of a word: the letters (counted from 0) that bear one, and how likely it is.

    `log_probability` is the decimal logarithm of the word's relative frequency, so that it compares with
    the words of other languages.
    """

    long: tuple[int, ...]
    log_probability: float


class Romanizations:
    """Hepburn romanizations with their long vowels. Looking up is safe from several threads."""

    def __init__(self, path: Path | None = None) -> None:
        self._trie = open_trie(RecordTrie("<HB"), path or DICTIONARIES / "romanizations" / "hepburn.marisa")
        self._placements = lru_cache(maxsize=1 << 16)(self._find_placements)
        self._explanations = lru_cache(maxsize=1 << 16)(self._explain)

    def placements(self, letters: str) -> tuple[Placement, ...]:
        """The ways to set macrons in a word given without them, the likeliest first.

        A capital makes it more likely a name. A word of several listed ones is taken apart; one that no dictionary
        explains but that reads as Japanese gets the odds of its vowels; anything else has no placements.
        """
        return self._placements(letters)

    def log_probability(self, word: str) -> float | None:
        """log10 of the frequency of a word with its macrons set; None where it is not listed nor composed."""
        small = word.lower()
        bare = small.translate(_BARE)
        explained = self._explanations(bare.capitalize() if word[:1].isupper() else bare)
        if not explained:
            return None
        return explained.get(tuple(i for i, (a, b) in enumerate(zip(small, bare, strict=True)) if a != b))

    def is_listed(self, letters: str) -> bool:
        """Whether a word given without macrons stands in the dictionaries, with or without long vowels."""
        return bool(self._listed(letters.lower(), name=False))

    def is_explained(self, letters: str) -> bool:
        """Whether a word given without macrons is listed or made of listed ones."""
        return bool(self._explanations(letters))

    def _find_placements(self, word: str) -> tuple[Placement, ...]:
        if len(word) > LONGEST_WORD:
            return ()
        found = self._explanations(word) or _guess_placements(word.lower())
        return tuple(Placement(*p) for p in _likeliest(found))

    def _explain(self, word: str) -> dict[tuple[int, ...], float]:
        if len(word) > LONGEST_WORD:
            return {}
        letters, name = word.lower(), word[:1].isupper()
        return self._listed(letters, name) or self._composed(letters, name)

    def _listed(self, letters: str, name: bool) -> dict[tuple[int, ...], float]:
        """The placements that the dictionaries have; `shimbun` is looked up as `shinbun`."""
        if not letters.isascii():
            return {}
        records = self._trie.get(letters) or self._trie.get(_NASAL.sub("n", letters)) or ()
        vowels = [i for i, letter in enumerate(letters) if letter in VOWELS]
        return {
            tuple(i for bit, i in enumerate(vowels) if mask >> bit & 1): _log_frequency(weights, name)
            for mask, weights in records
        }

    def _composed(self, letters: str, name: bool) -> dict[tuple[int, ...], float]:
        """The placements of a word made of listed ones, by the likeliest way to take it apart."""
        if not _SYLLABLES.fullmatch(letters):
            return {}
        best: list[dict[tuple[int, ...], float]] = [{(): -_JOIN}, *({} for _ in letters)]
        for start in range(len(letters)):
            for end in range(start + 2, len(letters) + 1) if best[start] else ():
                if end - start == 2 and start and end < len(letters):
                    continue  # so short a word fits in anywhere
                piece = self._listed(letters[start:end], name)
                cost = _JOIN + (_SHORT_PIECE if end - start == 2 else 0)
                _extend(best[end], best[start], piece, start, cost)
            best[start + 1] = _likeliest_dict(best[start + 1])
        return best[-1] if max(best[-1].values(), default=-math.inf) > _FAR_FETCHED else {}


def _extend(
    into: dict[tuple[int, ...], float],
    heads: dict[tuple[int, ...], float],
    piece: dict[tuple[int, ...], float],
    start: int,
    cost: float,
) -> None:
    """Add to `into` each of `heads` followed by each reading of a piece that begins at `start`."""
    for head, head_log in heads.items():
        for long, piece_log in piece.items():
            whole = head + tuple(start + i for i in long)
            into[whole] = max(into.get(whole, -math.inf), head_log + piece_log + cost)


def _guess_placements(letters: str) -> dict[tuple[int, ...], float]:
    """Placements by the odds of single vowels, for a word that reads as Japanese and is in no dictionary."""
    if len(letters) < 2 or not _SYLLABLES.fullmatch(letters):
        return {}
    found: dict[tuple[int, ...], float] = {(): _UNLISTED}
    for i, letter in enumerate(letters):
        if letter in VOWELS:
            longer = {(*long, i): p + _LONG_ODDS[letter] for long, p in found.items()}
            found = _likeliest_dict(found | longer)
    return found


def _likeliest(found: dict[tuple[int, ...], float]) -> list[tuple[tuple[int, ...], float]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MAX_PLACEMENTS]


def _likeliest_dict(found: dict[tuple[int, ...], float]) -> dict[tuple[int, ...], float]:
    return found if len(found) <= _MAX_PLACEMENTS else dict(_likeliest(found))


def _log_frequency(weights: int, name: bool) -> float:
    """log10 of a frequency, from the weights that the table packs: as a word (four bits), as a name (four)."""
    as_word, as_name = weights >> 4, weights & 15
    frequency = 10 ** (-7.7 + (as_word - 1) / 1.8) * (_CAPITAL_WORD if name else 1) if as_word else 0.0
    if as_name:
        frequency += 10 ** (-6.5 + 0.15 * (as_name - 1)) * (_CAPITAL_NAME if name else _SMALL_NAME)
    return math.log10(min(frequency, 0.05))


def set_macrons(word: str, long: Iterable[int]) -> str:
    """The word with macrons on the letters named.

    >>> set_macrons("Tokyo", (1, 4))
    'Tōkyō'
    """
    letters = list(word)
    for i in long:
        macron = MACRONS[letters[i].lower()]
        letters[i] = macron.upper() if letters[i].isupper() else macron
    return "".join(letters)


@lru_cache(maxsize=1)
def load_romanizations() -> Romanizations:
    """The romanizations that ship with ligafix, opened on first use."""
    return Romanizations()
