"""The marks, what they compose with, and how usual the letters are that come of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

SPACING = {
    "`": "\u0300", "ˋ": "\u0300", "´": "\u0301", "ˊ": "\u0301", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303",
    "˜": "\u0303", "¯": "\u0304", "ˉ": "\u0304", "˘": "\u0306", "˙": "\u0307", "¨": "\u0308", "˚": "\u030a",
    "˝": "\u030b", "ˇ": "\u030c", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
"""Accents that stand by themselves, and the combining mark that each of them is when it is on a letter."""

MACRON = "\u0304"
BELOW = frozenset("\u0323\u0325\u0326\u0327\u0328\u032d\u032e\u0330\u0331")
"""Marks under the letter: TeX and many fonts set them after it, those above before it."""

DOTLESS = {"ı": "i", "ȷ": "j"}
"""Letters that lost their dot to a mark above."""

SYMBOLS = frozenset("`´^~")
"""Marks that texts also use as what they look like: quotes, apostrophes, signs of a formula."""

CONTENT_ODDS = {
    "`": 0.05, "´": 0.02, "^": 0.02, "~": 0.05, "ˆ": 0.003, "˜": 0.003, "˙": 0.003, "¯": 0.003, "¨": 0.0005,
}  # fmt: skip
"""How often a mark inside a word is content; 0.0005 for those not named."""

_COMBINING = "\u0300-\u036f"
_SPACES = "[ \t\u00a0]"
_FREE = "´ˆ˜¯˘˙¨˚˝ˇ¸˛ˋˊˉ" + _COMBINING

ANY_MARK = re.compile(f"[{_FREE}ıȷ\u3099\u309a]|[^\\W\\d_][`^~]|[`^~][^\\W\\d_]|\\w[\u0483-\u1dff]\u0301?(?<=[^\\w\\s])")

SITE = re.compile(
    f"{_SPACES}*(?:[{_FREE}]|(?<=[^\\W\\d_])[\\^~](?=[^\\W\\d_])|(?<![`/\\\\])`(?!`))"
    f"(?:{_SPACES}*[{_FREE}])*{_SPACES}*"
)
"""Marks with the spaces around them; `^` and `~` only between letters."""
