"""How words stand hyphenated: pairs (`two-fold`), first parts (`self-`), last parts (`-like`).

The table of a language is one file, built by `dictionaries/build_hyphens.py` from its corpora. A record is two
bytes: how frequent the key is (pairs per word of running text, packed), and how much more often there is a hyphen
than a place inside a word where a line may break (log odds, packed):

    first-second    between these letters
    first-          behind these
    -second         before these
    -               all pairs together
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ligafix.lexicon.integrity import open_trie
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.tries import RecordTrie
from ligafix.lexicon.words import unpack_frequency

_UNSEEN = 2e-3
"""The weight of a part's frequency as a word against its frequency as a part of pairs."""

_STEPS = 12
"""Steps of packed odds per nat: ten nats each way."""


def pack_odds(odds: float) -> int:
    """Log odds (nats) as one byte."""
    return max(0, min(255, round(_STEPS * odds) + 128))


def unpack_odds(packed: int) -> float:
    """The log odds that a byte stands for.

    >>> unpack_odds(pack_odds(-2.5))
    -2.5
    """
    return (packed - 128) / _STEPS


class HyphenTable:
    """The hyphenated pairs of one language. Words are lower case."""

    def __init__(self, path: Path) -> None:
        self._trie = open_trie(RecordTrie("<BB"), path)
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

    def pair_odds(self, first: str, second: str) -> float | None:
        """How readily a hyphen stands between these letters, against a break (nats); None where there never is one."""
        return self._odds(f"{first}-{second}")

    def opening_odds(self, first: str) -> float | None:
        """How readily a hyphen follows these letters, against a break inside a word (nats); None for never."""
        return self._odds(f"{first}-")

    def closing_odds(self, second: str) -> float | None:
        """How readily a hyphen stands before these letters, against a break inside a word; None for never."""
        return self._odds(f"-{second}")

    def _odds(self, key: str) -> float | None:
        found = self._trie.get(key)
        return unpack_odds(found[0][1]) if found else None

    def _frequency(self, key: str) -> float:
        found = self._trie.get(key)
        return unpack_frequency(found[0][0]) if found else 0.0


@cache
def load_hyphens(language: str) -> HyphenTable | None:
    """The hyphenated pairs of a language; None where no corpus of it was counted."""
    path = DICTIONARIES / "hyphens" / f"{language}.trie"
    return HyphenTable(path) if path.is_file() else None
