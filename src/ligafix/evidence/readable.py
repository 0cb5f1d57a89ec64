"""Whether a text is writing in languages that we know at all.

In random letters, in data and in languages without a list, what words have the parts or the letters of a language says
nothing: whatever a list would make of them is chance. They also hold more distinct words than any writing of their
length, so that it takes time to find that out of each.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from itertools import compress

from ligafix.document import odd_characters
from ligafix.lexicon.readings import Vocabulary

MANY_FORMS, TELLING, MOST_UNLISTED = 60, 5, 0.5
"""A text with so many distinct words of so many letters, of which more than this share (by how often they stand) are in
no list, is no writing that we can read. In novels of five languages and in research papers, all their ligatures lost,
2 to 4 in a hundred are in none, in manuals in Turkish, Hungarian or Danish up to 24; in proverbs in Esperanto, of which
there is no list, 70 are."""

FEW_WORDS, MOST_LETTERS = 300, 0.25
"""A text of fewer words than these, of which more than this share are single letters and no words, is torn: the labels
of a figure, set wide. Longer ones with as many letters are full of formulas."""

WORD = 1e-3
"""A letter this frequent is a word, as a and I are."""


LATIN = frozenset(["ac", "atque", "autem", "enim", "nec", "quam", "quid", "quis", "quod", "sed", "sunt", "ut", "vel"])
FEWEST_LATIN, MOST_LATIN = 4, 0.04
"""Latin, and what typesetters fill pages with, is told by so many of these words, and this share of all: of its words
half are Italian or English. In Latin prose they are 5 to 9 in a hundred."""

_OTHER_SCRIPT = re.compile("[\u0370-\u1dff\u2e80-\ud7ff]+")


def is_readable(text: str, counts: Mapping[str, int], vocabulary: Vocabulary) -> bool:
    """Whether enough of the words of a text are in a list; those of short ones are if not torn, nor in other letters.

    Args:
        text: the text.
        counts: how often each of its words in Latin letters stands there.
        vocabulary: the words of its languages.
    """
    words = sum(counts.values())
    if is_latin(counts, words):
        return False
    if words < FEW_WORDS:
        letters = sum(n for form, n in counts.items() if len(form) == 1 and vocabulary.known(form) < WORD)
        if letters > MOST_LETTERS * words:
            return False
    is_telling = list(map(TELLING.__le__, map(len, counts)))
    if sum(is_telling) < MANY_FORMS:
        return not is_in_other_letters(text, counts)
    unlisted = vocabulary.rarer(frozenset(counts), math.nextafter(0.0, 1.0))
    number = sum(map(counts.__getitem__, (form for form in unlisted if len(form) >= TELLING)))
    return number <= MOST_UNLISTED * sum(compress(counts.values(), is_telling))


def is_latin(counts: Mapping[str, int], words: int) -> bool:
    """Whether a text is in Latin, of which there is no list."""
    found = [counts[form] for form in LATIN if form in counts]
    return len(found) >= FEWEST_LATIN and sum(found) > MOST_LATIN * words


def is_in_other_letters(text: str, counts: Mapping[str, int]) -> bool:
    """Whether most of a text is in Greek, Cyrillic, Chinese or other letters than Latin, as its few words are names."""
    if not _OTHER_SCRIPT.search("".join(odd_characters(text))):
        return False
    others = sum(map(len, _OTHER_SCRIPT.findall(text)))
    return others > sum(len(form) * number for form, number in counts.items())
