"""Characters that are a letter, a digit or several letters in another form.

Sources: the Unicode Character Database (FB00-FB06); Adobe Glyph List 2.0 (the private-use characters).
"""

from __future__ import annotations

import re

from ligafix.document import odd_characters

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

_ALL = LIGATURES | OLD_STYLE_DIGITS | SMALL_CAPITALS | SIGNS

PLAIN = str.maketrans(_ALL)
"""All of them, as `str.translate` takes it."""

ANY_FORM = re.compile("[" + "".join(sorted(_ALL)) + "]")
"""Finds one of them."""


def to_plain(text: str) -> str:
    """A text with all of them in plain letters; fast where there are none.

    >>> to_plain("ﬁrst"), to_plain("first")
    ('first', 'first')
    """
    if odd_characters(text).isdisjoint(_ALL):
        return text
    return ANY_FORM.sub(lambda found: _ALL[found.group()], text)
