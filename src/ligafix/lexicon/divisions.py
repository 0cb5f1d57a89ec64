"""What tells a line's end hyphen from one that belongs to the word: a logistic model over named features.

The weights of a language are one file, `dictionaries/hyphens/LANGUAGE.weights.trie`: each feature's weight in
hundredths of a nat, positive where it speaks for joining. `und.weights.trie` serves all other languages.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from ligafix.lexicon.integrity import open_trie
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.tries import RecordTrie

ANY_LANGUAGE = "und"
"""The language code (ISO 639-2: undetermined) of the weights that all languages share."""

STEPS = 100
"""Parts of a nat."""

FORMAT = "<h"
"""How a weight is written."""


class DivisionModel:
    """The weights of one language."""

    def __init__(self, path: Path) -> None:
        self._weights = open_trie(RecordTrie(FORMAT), path)
        self._look_up = lru_cache(maxsize=1 << 15)(self._find)

    def log_odds(self, features: Mapping[str, float]) -> float:
        """The log odds (nats) of joining being right, for a divided word with these features."""
        return sum(self._look_up(name) * value for name, value in features.items())

    def _find(self, name: str) -> float:
        found = self._weights.get(name)
        return found[0][0] / STEPS if found else 0.0


@cache
def load_divisions(language: str) -> DivisionModel:
    """The weights of a language, or those that all languages share."""
    path = DICTIONARIES / "hyphens" / f"{language}.weights.trie"
    return DivisionModel(path if path.is_file() else path.with_name(f"{ANY_LANGUAGE}.weights.trie"))
