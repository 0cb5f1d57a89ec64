"""Signs with two meanings: a ligature in words, and a bar or a hat over the variables of a formula (`¯A(t)`, `[¯at`).

What a sign stands for is settled by the words that it makes. It opens many of them (`¯ow`, `¯at`), and variables just
as well: so what it opens must be a word, or spelt like one. Where it stands over variables in the same document, a word
among the signs of a formula is none either.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from ligafix.document import LETTERS
from ligafix.evidence.meanings import ANY, SPACING_ACCENTS, CodeEvidence
from ligafix.evidence.signs import NEVER_THEMSELVES, CodedWord, find_coded_words, kind_of
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.scoring import Scorer

SHORT = 4
"""So many letters and fewer are a word if it is listed as more frequent than this:"""

LISTED = 3e-8

WELL_SPELT = -1.65
"""Words that no list holds have letters more probable than this on average (log10): *fibulin* -1.5, *flqiri* -1.9."""

OFTEN = 2
"""A sign that stands before so many different forms that are no words stands over variables, too."""

INDEXED = 3
"""No more letters than a variable with its index has."""

_BEFORE = re.compile(r"[\[{+=<>≤≥∈−·|∥]\s?\Z")
_BEHIND = re.compile(rf"\s?[=∈≤≥<>+−≡∪∩×]|[(\[]|\d|\s[b-hj-zB-HJ-Z](?![{LETTERS}\d'’.-])")


def opens_word(word: CodedWord) -> bool:
    """Whether a word begins with a sign that may be one over a symbol."""
    return len(word.parts) > 1 and not word.parts[0] and kind_of(word.parts[1]) not in NEVER_THEMSELVES


def is_opened(word: str, ligature: str, scorer: Scorer) -> bool:
    """Whether what a ligature opens is a word, or spelt like one.

    Args:
        word: the whole of it, with the ligature.
        ligature: the letters that the sign stands for.
        scorer: knows the words.
    """
    if word[len(ligature) : len(ligature) + 1].isupper():
        return False
    known, unknown = scorer.vocabulary.known(word), scorer.vocabulary.unknown(word)
    if len(word) <= SHORT:
        return known > LISTED
    if known or word.lower() in scorer.evidence.vocabulary or scorer.vocabulary.probability(word) > 2 * unknown:
        return True
    return math.log10(max(1e-300, unknown)) > WELL_SPELT * len(word)


def find_symbols(text: str, signs: frozenset[str], table: Mapping[str, CodeEvidence], scorer: Scorer) -> frozenset[str]:
    """The signs for ligatures that look like accents, and stand over variables, too.

    Args:
        text: the text.
        signs: those of the table that stand for something.
        table: the signs of the text and what they stand for.
        scorer: knows the words.
    """
    if signs.isdisjoint(SPACING_ACCENTS):
        return frozenset()
    found: dict[str, set[str]] = {}
    for word in find_coded_words(text, signs):
        if opens_word(word) and len(word.parts) == 3 and word.parts[1] in SPACING_ACCENTS:
            sign, letters = word.parts[1:]
            meaning = table[sign].meaning
            ligatures = LIGATURES if meaning == ANY else (meaning,) if meaning in LIGATURES else ()
            if ligatures and not any(is_opened(one + letters, one, scorer) for one in ligatures):
                found.setdefault(sign, set()).add(letters)
    return frozenset(sign for sign, forms in found.items() if len(forms) >= OFTEN)


def is_variable(word: CodedWord, symbols: frozenset[str]) -> bool:
    """Whether a word may be one of those signs over a variable and its index."""
    return opens_word(word) and word.parts[1] in symbols and sum(map(len, word.parts[2:])) <= INDEXED


def is_in_formula(left: str, right: str) -> bool:
    """Whether what stands beside a word are signs or variables of a formula."""
    return bool(_BEFORE.search(left) or _BEHIND.match(right))
