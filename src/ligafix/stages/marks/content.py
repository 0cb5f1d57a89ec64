"""How likely a mark is what it looks like: a quotation mark, an apostrophe, a sign over a symbol, a ligature's code."""

from __future__ import annotations

import math

from ligafix.stages.marks.sites import Site
from ligafix.stages.marks.tables import CONTENT
from ligafix.stages.marks.wording import Wording

_RARELY = -2.0  # log10 of the odds that a mark between letters is an apostrophe or a ligature
_NEVER_CONTENT = 1e-5  # how often a mark is content that nobody sets by itself: a caron, a cedilla
_INDEXED = 0.5  # how often a mark between two single letters is that of a quantity with an index
_OPENS_NOTHING = 0.1  # how much rarer an acute before a word is a quotation mark where none closes it
_APOSTROPHES = frozenset("´`")
_ELIDED = frozenset({"c", "d", "dell", "j", "l", "m", "n", "o", "qu", "s", "t", "un", "all", "nell", "sull"})
_LETTER_WORDS = frozenset("aeou")  # with an acute they are words, as in older Spanish, and nobody quotes them
_CLITICS = frozenset({"d", "ll", "m", "n", "re", "s", "t", "ve"})
_LIGATURES = ("fi", "fl", "ff", "ffi", "ffl")


def as_other(word: str, site: Site, wording: Wording) -> float:
    """log10 of how likely a mark between letters is an apostrophe, or a ligature that the fonts call so.

    A document that has apostrophes seldom writes one in another way.
    """
    ligated = max(wording.known(word + ligature + site.right) or -99.0 for ligature in _LIGATURES)
    written = -math.log10(1 + wording.own.apostrophes)
    if word and site.raw in _APOSTROPHES and word.lower() in _ELIDED:
        ligated = max(ligated, wording.score(site.right) + written)
    if word and site.raw in _APOSTROPHES and site.right.lower() in _CLITICS:
        ligated = max(ligated, wording.score(word) + written)
    return ligated + _RARELY


def content_odds(word: str, site: Site) -> float:
    """How probable it is that a mark is content: often at single letters, and quotes at the edge of a word."""
    mark = site.raw.strip()[0]
    if site.combining and not site.attached:
        return 1e-6  # nobody sets a combining mark on a space
    odds: float = CONTENT.get(mark, _NEVER_CONTENT) ** len(site.marks)
    is_word = mark == "´" and site.right in _LETTER_WORDS and not site.right_spaces
    is_alone = len(word) + len(site.right) == 1 or (len(word) == 1 and site.right_spaces)
    if mark in CONTENT and mark != "`" and is_alone and not is_word:
        return 0.9
    if _is_indexed(word, site):
        return max(odds, _INDEXED)
    if site.quotes or (site.numeric and (site.symbol or not site.right)):
        return 0.95
    if mark == "´" and (rarer := _OPENS_NOTHING if is_word else _how_acute(word, site)) < 1:
        return odds * rarer
    return max(odds, 0.1) if site.symbol and site.left_spaces and not site.right_spaces else odds


def _how_acute(word: str, site: Site) -> float:
    """How much rarer an acute is a quotation mark or an apostrophe here than elsewhere."""
    if _is_in_name(word, site):
        return _OPENS_NOTHING**2
    opens = len(site.right) > 3 and not site.right_spaces and not (word and not site.left_spaces)
    return _OPENS_NOTHING if opens else 1.0


def _is_in_name(word: str, site: Site) -> bool:
    """Whether marks stand behind a capital that no language elides (`P´al`, but `D´Arcy`, `L´eau`)."""
    behind = site.right[:1].islower() and len(site.right) > 1 and site.right.lower() not in _CLITICS
    is_capital = len(word) == 1 and word.isupper() and word.lower() not in _ELIDED
    return is_capital and behind and not site.left_spaces and not site.right_spaces


def _is_indexed(word: str, site: Site) -> bool:
    """Whether marks stand on a single letter that another follows, as a mean with its index (`y¯f`)."""
    joined = not site.left_spaces and not site.right_spaces
    return joined and len(word) == len(site.right) == 1 and site.raw.strip()[0] in CONTENT
