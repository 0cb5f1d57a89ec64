"""Families of words: a document that has lost `ank` of *flank* has lost it of *flanking*, too."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ligafix.evidence.losses import LigatureEvidence
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import Vocabulary

MOSTLY_LOST = 0.3
"""The share of a ligature that must be lost before words, names and abbreviations are taken for remains."""

SURELY_WORD = 1e-7
"""A word this frequent is one for sure."""

_LIGATURE = re.compile("|".join(LIGATURES))


def family(text: str) -> str:
    """The beginning that the inflections of a word share, with its first ligature in it; '' for short words.

    >>> family("flanking"), family("Flanks"), family("fix")
    ('flank', 'flank', '')
    """
    match = _LIGATURE.search(text.lower())
    beginning = text.lower()[: match.end() + 3] if match else ""
    return beginning if match and len(beginning) == match.end() + 3 else ""


def find_families(counts: Iterable[str], vocabulary: Vocabulary, losses: Iterable[LigatureEvidence]) -> frozenset[str]:
    """The families of the words that damaged forms of a document surely were; none where it lost next to nothing."""
    if all(found.lost < MOSTLY_LOST for found in losses):
        return frozenset()
    found: set[str] = set()
    for form in counts:
        for reading in vocabulary.readings(form)[:1]:
            if not vocabulary.known(form) and reading.probability > SURELY_WORD and not reading.composed:
                found.add(family(reading.text))
    return frozenset(found - {""})
