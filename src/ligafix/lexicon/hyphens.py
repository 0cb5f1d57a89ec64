"""How often two words stand with a hyphen between them: `two-fold`, `self-`, `-like`.

A table of a language holds the pairs that its corpora have (`two-fold`), and how productive each word is as the
first (`self-`) and as the last part (`-like`) of a pair, all as frequencies (pairs per word of running text). It is
built by `dictionaries/build_words.py`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import marisa_trie

from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.words import unpack_frequency

_UNSEEN = 2e-3
"""The weight of a part's frequency as a word against its frequency as a part of pairs."""


class HyphenTable:
    """The hyphenated pairs of one language."""

    def __init__(self, path: Path) -> None:
        self._trie = marisa_trie.RecordTrie("<B").mmap(str(path))
        self._all = self._frequency("-")

    def frequency(self, first: str, second: str, first_word: float, second_word: float) -> float:
        """The frequency of a pair of lower-case words with a hyphen between them.

        A pair that the table lacks is as frequent as its parts make it, taken as independent; `first_word` and
        `second_word` are their frequencies as words by themselves.
        """
        seen = self._frequency(f"{first}-{second}")
        opening = (self._frequency(f"{first}-") + _UNSEEN * first_word) / (self._all + _UNSEEN)
        closing = (self._frequency(f"-{second}") + _UNSEEN * second_word) / (self._all + _UNSEEN)
        return seen + self._all * opening * closing

    def has(self, first: str, second: str) -> bool:
        """Whether the corpora have this pair of lower-case words."""
        return f"{first}-{second}" in self._trie

    def _frequency(self, key: str) -> float:
        found = self._trie.get(key)
        return unpack_frequency(found[0][0]) if found else 0.0


@cache
def load_hyphens(language: str) -> HyphenTable | None:
    """The hyphenated pairs of a language; None where no corpus of it was counted."""
    path = DICTIONARIES / "words" / f"{language}.hyphens.trie"
    return HyphenTable(path) if path.is_file() else None
