"""Which language the passages of a document are in, where it is none of the document's own."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from ligafix.document import LETTERS, LONGEST_WORD
from ligafix.lexicon import load_languages
from ligafix.lexicon.words import MOST_KEPT

FOREIGN_PASSAGE = 1e-3
"""How probable it is beforehand that a place is in a language that the document as a whole is not in."""

_WORD = re.compile(rf"[{LETTERS}]+")


def find_foreign_language(passage: str, languages: Mapping[str, float]) -> str:
    """The language of a passage, if it is none of a document's own; '' otherwise.

    Args:
        passage: some lines.
        languages: the document's languages and their shares.
    """
    if sum(map(lead_of(frozenset(languages)).__getitem__, passage.split())) > 0:
        return ""
    scores = load_languages().scores(_WORD.findall(passage.lower()))
    own = max((scores.get(c, 0.0) + math.log(s) for c, s in languages.items()), default=0.0)
    others = [(s + math.log(FOREIGN_PASSAGE), c) for c, s in scores.items() if c not in languages]
    score, language = max(others, default=(0.0, ""))
    return language if score > max(own, 0.0) else ""


class _Lead(dict[str, int]):
    """By how many words those among the commonest of some languages outnumber the others in a chunk.

    As far as it was asked; emptied when there are too many.
    """

    def __init__(self, languages: frozenset[str]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, chunk: str) -> int:
        weights = (load_languages().weights(word) for word in _WORD.findall(chunk.lower()))
        lead = sum(-1 if self._languages.isdisjoint(found) else 1 for found in weights)
        if len(chunk) <= LONGEST_WORD:  # megabytes are not remembered
            if len(self) >= MOST_KEPT:
                self.clear()
            self[chunk] = lead
        return lead


lead_of = lru_cache(maxsize=16)(_Lead)
"""The same for some languages, remembered from text to text."""
