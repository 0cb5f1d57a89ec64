"""Families of words: a document that has lost `ank` of *flank* has lost it of *flanking*, too.

And what has lost `oxacin` of *ofloxacin* has lost it of *gatifloxacin*, though no list holds that.
"""

from __future__ import annotations

from collections.abc import Iterable

from ligafix.evidence.losses import LigatureEvidence
from ligafix.lexicon.ligatures import LIGATURE
from ligafix.lexicon.readings import Vocabulary

MOSTLY_LOST = 0.3
"""The share of a ligature that must be lost before words, names and abbreviations are taken for remains."""

SURELY_WORD = 1e-7
"""A word this frequent is one for sure."""

LEAST_BEHIND = 4
"""How many letters there are at least behind the ligature of an ending that tells anything: of the readings by parts or
letters with an ending that was surely lost in the document, 4 of 5 were right, with three letters 6 of 10."""


def family(text: str) -> str:
    """The beginning that the inflections of a word share, with its first ligature in it; '' for short words.

    >>> family("flanking"), family("Flanks"), family("fix")
    ('flank', 'flank', '')
    """
    match = LIGATURE.search(text.lower())
    beginning = text.lower()[: match.end() + 3] if match else ""
    return beginning if match and len(beginning) == match.end() + 3 else ""


def ending(text: str) -> str:
    """The ending that words of one make may share, from the last ligature on, behind a hyphen; '' for short ones.

    >>> ending("gatifloxacin"), ending("Floxacin"), ending("Bycliffe")
    ('-floxacin', '-floxacin', '')
    """
    *_, last = [None, *LIGATURE.finditer(text.lower())]
    return f"-{text[last.start() :].lower()}" if last and len(text) - last.end() >= LEAST_BEHIND else ""


def find_families(counts: Iterable[str], vocabulary: Vocabulary, losses: Iterable[LigatureEvidence]) -> frozenset[str]:
    """The families and endings of the words that damaged forms of a document surely were.

    None where it lost next to nothing.
    """
    if all(found.lost < MOSTLY_LOST for found in losses):
        return frozenset()
    found: set[str] = set()
    for form in vocabulary.readable_by_lists(frozenset(counts)):
        for reading in vocabulary.readings(form)[:1]:
            if not vocabulary.known(form) and not reading.composed:
                found.add(ending(reading.text))
                if reading.probability > SURELY_WORD:
                    found.add(family(reading.text))
    return frozenset(found - {""})
