"""How likely a word is, in any language of Latin script, in romanized Japanese, and in this document."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import cache

from ligafix.lexicon.romanization import MACRONS, load_romanizations
from ligafix.stages.marks.tables import rarity

Frequency = Callable[[str], float]
"""The relative frequency (tokens per token) of a lower-case word over all languages; 0.0 where it is unknown."""

UNKNOWN = -9.5  # log10 of the frequency that a word has which nobody knows
_EXPLAINED = -8.0  # the same of one that is made of known ones
_INITIAL = -6.0  # a consonant by itself; word lists have them all, from formulas and initials
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ")
_CAMEL = -3.0  # a capital in the middle of a word
_LONG_VOWELS = frozenset(MACRONS.values())


class Wording:
    """Scores words; remembers them, and what the document itself writes."""

    def __init__(self, frequency: Frequency, own: Counter[str] | None = None) -> None:
        self._frequency = frequency
        self._own = own or Counter()
        self.score = cache(self._score)

    def known(self, word: str) -> float | None:
        """log10 of a word's frequency; None where no lexicon and nothing in the document knows it."""
        lower = word.lower()
        frequency = self._frequency(lower)
        found = math.log10(frequency) if frequency else None
        if found is None and not _LONG_VOWELS.isdisjoint(lower):
            found = load_romanizations().log_probability(lower)
            found = found and max(found, _EXPLAINED)
        if self._own[lower]:
            found = max(found or UNKNOWN, math.log10(1e-6 * self._own[lower]))
        return found

    def _score(self, word: str) -> float:
        """log10 of how likely a word is, known or not."""
        if not word:
            return 0.0
        if word in _CONSONANTS:
            return _INITIAL
        known = self.known(word)
        inner = word[1:]
        camel = _CAMEL if any(c.isupper() for c in inner) and not inner.isupper() and len(word) > 1 else 0.0
        if known is not None:
            return known + (camel if known > UNKNOWN else 0.0)
        return UNKNOWN + camel + sum(map(rarity, word))
