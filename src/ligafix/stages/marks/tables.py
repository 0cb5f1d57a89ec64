"""The marks, what they compose with, and how usual the letters are that come of it."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

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
"""Marks that texts also use as what they look like: quotes, apostrophes, signs."""

CONTENT = {"`": 0.05, "´": 0.02, "^": 0.02, "~": 0.05, "ˆ": 0.003, "˜": 0.003, "˙": 0.003, "¯": 0.003}
"""How often such a mark between two letters belongs there; a thousandth for the others."""

OVER_SYMBOLS = frozenset("ˆ˜¯˙ˇ˘")
"""Marks that authors set over the symbols of formulas: estimates, means, derivatives."""

_FREE = "´ˆ˜¯˘˙¨˚˝ˇ¸˛ˋˊˉ\u0300-\u036f"
LATIN = "[A-Za-zÀ-ÖØ-öø-ʯḀ-ỿ]"
"""A letter of the Latin script; marks such as `ˆ` count as letters in Unicode, and are not among them."""

ANY_OF_MARKS = frozenset("´ˆ˜¯˘˙¨˚˝ˇ¸˛ˋˊˉ`^~").union(map(chr, range(0x300, 0x370)))
ANY_MARK = re.compile(f"[{_FREE}`^~](?:(?<=[{_FREE}])|(?={LATIN}))")
"""What a text must hold for this stage to have work, when it is in NFC."""

MARKS = re.compile(  # a class at the start is what `re` looks for fast
    f"[{_FREE}`^~](?:(?<=[{_FREE}])|(?<={LATIN}[\\^~])(?={LATIN})|(?<=(?<![`/\\\\])`)(?!`))"
    f"(?:[ \t\u00a0]{{0,2}}[{_FREE}])*"
)
"""Marks in a row; `^` and `~` only between letters, which elsewhere are signs."""

_OVER = "\u0300-\u036f\u0653-\u0655\u093c\u3099\u309a"

COMPOSABLE = re.compile(f"[^\\W\\d_][{_OVER}]+")
"""A letter followed by combining marks that may compose with it, in any script."""

DECOMPOSED = re.compile(f"(?<![^\\W\\d_])[^\\W\\d_]+[{_OVER}](?:[^\\W\\d_]|[{_OVER}])*")
"""A word that holds such a letter."""

OVER = re.compile(f"[{_OVER}]")
OF_DECOMPOSED = re.compile(f"[^\\W\\d_]|[{_OVER}]")
"""What such a word is written with, and what it is told by; fast to search for."""

ACCENTED = re.compile("[À-ÖØ-öø-ʯḀ-ỿ]")
"""A letter of the Latin script that is not plain."""

DOT_BEARERS = "dhlmnrstzDHLMNRSTZ"
"""The letters under which transliterations set a dot."""

MAY_HAVE_DOTS = re.compile(  # a full stop at the start is what `re` looks for fast
    rf"\.(?:(?<=[{DOT_BEARERS}]\.)|(?<=[{DOT_BEARERS}] \.) ?)(?=[a-zà-öø-ÿāīūś¯´˜])"
)
"""What a text must hold for full stops in it to be dots below: fast to look for."""

_RARE = re.compile("[ḧẅẍẗẘẙḰḱǴǵṔṕḾḿẂẃǸǹẀẁȨȩḐḑḨḩŸȲȳẼẽỸỹǦǧǨǩȞȟǰḃḊḋḞḟḢḣṖṗẆẇẊẋẎẏⱯḠḡŜŝĤĥĴĵŴŵŶŷẐẑŘřŬŭĞğĂăȮȯȦȧĠġ]")
_EVERYDAY = re.compile("[À-ÖØ-öø-ÿĀ-ſȘ-ț]")


@lru_cache(maxsize=1 << 13)
def compose(letter: str, marks: str) -> str | None:
    """The letter with the marks on it as one character, or None where Unicode has none.

    >>> compose("o", "\u0304"), compose("ı", "\u0308"), compose("G", "\u0308")
    ('ō', 'ï', None)
    """
    base = DOTLESS.get(letter, letter) if not set(marks) & BELOW else letter
    for order in (marks, marks[::-1]):
        composed = unicodedata.normalize("NFC", base + order)
        if len(composed) == 1:
            return composed
    return None


@cache
def rarity(letter: str) -> float:
    """The decimal logarithm of how much rarer an accented letter makes a word that is not known.

    >>> rarity("ü"), rarity("ẅ"), rarity("e")
    (-0.3, -2.5, 0.0)
    """
    if letter.isascii():
        return 0.0
    if _RARE.match(letter):
        return -2.5
    return -0.3 if _EVERYDAY.match(letter) else -1.2


def is_usual(letter: str | None) -> bool:
    """Whether words are written with an accented letter in more than a few languages.

    >>> is_usual("ê"), is_usual("ŷ"), is_usual(None)
    (True, False, False)
    """
    return letter is not None and rarity(letter) > -1
