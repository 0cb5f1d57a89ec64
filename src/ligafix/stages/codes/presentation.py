"""Ligatures, digits and letters that came out as a character of their own, made plain: `ﬁrst` becomes first.

Where it comes from: a font names its glyphs as the Adobe Glyph List does, and the extractor writes the code point
that the list gives. For ligatures that is U+FB00 to U+FB06; for old-style digits, small capitals and a few signs it
is a private-use character, which no other program shows.

Superscripts, fractions, full-width forms and mathematical letters are content and stay. Private-use characters that
stand for no single letter (piled accents, superior and inferior letters) are left to the inferred table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ligafix.changes import Candidate, Proposal
from ligafix.document import odd_characters
from ligafix.lexicon.forms import LIGATURES, OLD_STYLE_DIGITS, PLAIN, SIGNS, SMALL_CAPITALS
from ligafix.spans import widen

_RULES = {"presentation-form": LIGATURES, "old-style-digit": OLD_STYLE_DIGITS, "small-capital": SMALL_CAPITALS | SIGNS}
_LIGATURES_ONLY = str.maketrans(LIGATURES)

_FORMS = frozenset((*LIGATURES, *OLD_STYLE_DIGITS, *SMALL_CAPITALS, *SIGNS))
_PRIVATE = _FORMS - LIGATURES.keys()
_FORM = re.compile("[" + "".join(sorted(_FORMS)) + "]")
_OF_WORD = re.compile(r"[\w\u0300-\u036f]|" + _FORM.pattern)
_OF_EXPERT_FONT = re.compile(f"[{''.join(SMALL_CAPITALS)}]{{2}}|[\uf730-\uf739]")

_CERTAIN = 0.999  # Unicode says so
_STANDARD = 0.99  # the glyph list says so, and the text has words or numbers of such characters
_ALONE = 0.5  # private use: other programs have the same code points for other things


_LETTER = re.compile(r"[^\W\d_]")
_LONGEST = 60
"""No more letters stand before a name in a word, or behind one."""

_FIGURES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_FIGURE_NAME = re.compile(rf"/({'|'.join(_FIGURES)})\.(?:(?:tab|prop)?(?:oldstyle|lining)|[lot]num|[lt]f|osf)")
_NUMBER = re.compile(rf"(?<!\d)(?:\d*(?:{_FIGURE_NAME.pattern}))+\d*")

_LIGATURE_NAME = re.compile(r"/((?:[A-Za-z]_){1,2}[A-Za-z]|ff[il]?|f[il]|[cs]t|Th)\.(?:liga|[dhc]lig)")
_NAMED_WORD = re.compile(rf"[^\W\d_]{{0,{_LONGEST}}}(?:{_LIGATURE_NAME.pattern}[^\W\d_]{{0,{_LONGEST}}})+")


def propose(text: str) -> list[Proposal]:
    r"""The words of a text that hold such characters, in plain letters.

    Small capitals and signs are certain only where the text also has two small capitals in a row or an old-style
    digit; by itself such a character is suggested.

    >>> [p.after for p in propose("the ﬁrst eﬃgy of \uf731\uf738\uf736\uf735")]
    ['first', 'effigy', '1865']
    """
    named = [_propose_number(found) for found in _NUMBER.finditer(text)] if _FIGURE_NAME.search(text) else []
    named += [_propose_named(found) for found in _find_named(text)]
    odd = odd_characters(text)
    if odd.isdisjoint(_FORMS):
        return named
    is_private = not odd.isdisjoint(_PRIVATE)
    private = _STANDARD if is_private and _OF_EXPERT_FONT.search(text) else _ALONE
    return named + [_propose_word(text, start, end, private) for start, end in _find_words(text)]


def _propose_number(found: re.Match[str]) -> Proposal:
    """A number that the names of its figures' glyphs stand for (`/one.oldstyle`, as pypdf writes them)."""
    after = _FIGURE_NAME.sub(lambda name: str(_FIGURES.index(name[1])), found.group())
    return Proposal(*found.span(), after, "figure-name", _CERTAIN, (Candidate(after, _CERTAIN),), "names of glyphs")


def _find_named(text: str) -> Iterator[re.Match[str]]:
    """The words that hold names of ligatures."""
    end = -1
    for name in _LIGATURE_NAME.finditer(text):
        if name.start() >= end:
            start = widen(text, *name.span(), _LETTER)[0]
            found = _NAMED_WORD.match(text, max(start, name.start() - _LONGEST))
            if found is not None:
                end = found.end()
                yield found


def _propose_named(found: re.Match[str]) -> Proposal:
    """A word with the name of a ligature's glyph in it (`/fi.ligarst`, as pypdf writes it)."""
    after = _LIGATURE_NAME.sub(lambda name: name[1].replace("_", ""), found.group())
    return Proposal(*found.span(), after, "ligature-name", _CERTAIN, (Candidate(after, _CERTAIN),), "names of glyphs")


def expand_ligatures(text: str) -> str:
    """The text with the ligatures of Unicode in plain letters.

    >>> expand_ligatures("ﬁrst")
    'first'
    """
    return text.translate(_LIGATURES_ONLY)


def _find_words(text: str) -> list[tuple[int, int]]:
    """The spans of the words that hold such a character."""
    words: list[tuple[int, int]] = []
    for form in _FORM.finditer(text):
        if not words or form.start() >= words[-1][1]:
            words.append(widen(text, *form.span(), _OF_WORD))
    return words


def _propose_word(text: str, start: int, end: int, private: float) -> Proposal:
    before = text[start:end]
    after = before.translate(PLAIN)
    rules = [rule for rule, table in _RULES.items() if not table.keys().isdisjoint(before)]
    confidence = private if "small-capital" in rules else _CERTAIN
    evidence = ", ".join(f"U+{ord(form):04X}" for form in dict.fromkeys(_FORM.findall(before)))
    return Proposal(start, end, after, "+".join(rules), confidence, (Candidate(after, confidence),), evidence)
