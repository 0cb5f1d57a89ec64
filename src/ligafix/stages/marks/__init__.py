"""Loose diacritics, put back on their letters and composed.

PDF extraction writes an accent before its letter (`G¨odel`), behind it (`Go¨del`), apart from it (`M ¨unchen`), or
late (`kyokut ̄ ̄o`, of which one macron belongs to an earlier word). Marks at their letter are read by `sides`,
strayed ones by `strays`; what both leave undecided is reported as suspected.
"""

from __future__ import annotations

import re
import unicodedata

from ligafix.changes import Proposal
from ligafix.document import odd_characters
from ligafix.stages.marks.tables import ANY_MARK, ANY_OF_MARKS, MAY_HAVE_DOTS
from ligafix.stages.marks.wording import Words


def propose(text: str, words: Words, *, min_confidence: float = 0.9, restore_macrons: bool = False) -> list[Proposal]:
    """Propose a place for every loose diacritic of a text.

    Marks that are placed make those that remain easier to place. So this goes on with what it would itself make
    of the text, until nothing more comes of it: run on its own output it has nothing to apply.

    Args:
        text: the document.
        words: how frequent words are.
        min_confidence: the probability from which proposals are going to be applied.
        restore_macrons: also suggest macrons for romanized Japanese that has none.
    """
    if not restore_macrons and not has_marks(text):
        return []
    from ligafix.stages.marks.restoring import restore, restore_all  # slow to load, and most texts have none

    if restore_macrons:
        return restore_all(text, words, min_confidence)
    return restore(text, words, min_confidence)


def has_marks(text: str) -> bool:
    """Whether a text holds anything that this stage deals with; fast, and without loading any lexicon."""
    odd = odd_characters(text)
    if not odd.isdisjoint(ANY_OF_MARKS) and ANY_MARK.search(text):
        return True
    if any(map(_MAY_COMPOSE.match, odd)) and not unicodedata.is_normalized("NFC", text):
        return True
    return not odd.isdisjoint("āīū") and MAY_HAVE_DOTS.search(text) is not None


_MAY_COMPOSE = re.compile("[^\x00-\u02ff\u2010-\u205e]")
"""What may stand for something else in NFC, or compose with another character."""
