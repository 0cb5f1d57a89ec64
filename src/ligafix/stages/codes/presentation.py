"""Ligatures, digits and letters that came out as a character of their own, made plain: `ﬁrst` becomes first.

Where it comes from: a font names its glyphs as the Adobe Glyph List does, and the extractor writes the code point
that the list gives. For ligatures that is U+FB00 to U+FB06; for old-style digits, small capitals and a few signs it
is a private-use character, which no other program shows.

Superscripts, fractions, full-width forms and mathematical letters are content and stay. Private-use characters that
stand for no single letter (piled accents, superior and inferior letters) are left to the inferred table.
"""

from __future__ import annotations

import re

from ligafix.changes import Candidate, Proposal
from ligafix.stages.codes.spans import widen

LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
"""The ligatures of Unicode, in plain letters. The long s of U+FB05 is a matter of the font as well."""

OLD_STYLE_DIGITS = {chr(0xF730 + digit): str(digit) for digit in range(10)}
"""`zerooldstyle` to `nineoldstyle` of the Adobe Glyph List."""

_IN_LATIN_1 = "abcdefghijklmnopqrstuvwxyzàáâãäåæçèéêëìíîïðñòóôõöøùúûüýþÿ"

SMALL_CAPITALS = {chr(0xF700 + ord(letter)): letter for letter in _IN_LATIN_1} | {
    "\uf6f9": "ł", "\uf6fa": "œ", "\uf6fd": "š", "\uf6ff": "ž",
}  # fmt: skip
"""`Asmall` to `Ydieresissmall` of the same list, as the small letters at whose places such fonts keep them."""

SIGNS = {
    "\uf6d9": "©", "\uf6da": "®", "\uf6db": "™", "\uf6dc": "1", "\uf721": "!", "\uf724": "$", "\uf726": "&",
    "\uf73f": "?", "\uf7a1": "¡", "\uf7a2": "¢", "\uf7bf": "¿",
}  # fmt: skip
"""Signs of the same list: `copyrightserif` and the like, `onefitted`, and what goes with small capitals."""

_RULES = {"presentation-form": LIGATURES, "old-style-digit": OLD_STYLE_DIGITS, "small-capital": SMALL_CAPITALS | SIGNS}
_PLAIN = str.maketrans(LIGATURES | OLD_STYLE_DIGITS | SMALL_CAPITALS | SIGNS)
_LIGATURES_ONLY = str.maketrans(LIGATURES)

_FORM = re.compile("[\ufb00-\ufb06" + "".join({*OLD_STYLE_DIGITS, *SMALL_CAPITALS, *SIGNS}) + "]")
_OF_WORD = re.compile(r"[\w\u0300-\u036f]|" + _FORM.pattern)
_OF_EXPERT_FONT = re.compile(f"[{''.join(SMALL_CAPITALS)}]{{2}}|[\uf730-\uf739]")

_CERTAIN = 0.999  # Unicode says so
_STANDARD = 0.99  # the glyph list says so, and the text has words or numbers of such characters
_ALONE = 0.5  # private use: other programs have the same code points for other things


def propose(text: str) -> list[Proposal]:
    r"""The words of a text that hold such characters, in plain letters.

    Small capitals and signs are certain only where the text also has two small capitals in a row or an old-style
    digit; by itself such a character is suggested.

    >>> [p.after for p in propose("the ﬁrst eﬃgy of \uf731\uf738\uf736\uf735")]
    ['first', 'effigy', '1865']
    """
    if text.isascii() or not _FORM.search(text):
        return []
    private = _STANDARD if _OF_EXPERT_FONT.search(text) else _ALONE
    return [_propose_word(text, start, end, private) for start, end in _find_words(text)]


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
    after = before.translate(_PLAIN)
    rules = [rule for rule, table in _RULES.items() if not table.keys().isdisjoint(before)]
    confidence = private if "small-capital" in rules else _CERTAIN
    evidence = ", ".join(f"U+{ord(form):04X}" for form in dict.fromkeys(_FORM.findall(before)))
    return Proposal(start, end, after, "+".join(rules), confidence, (Candidate(after, confidence),), evidence)
