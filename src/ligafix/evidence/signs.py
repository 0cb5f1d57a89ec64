"""Signs that may stand for letters, and the words they stand in.

A *sign* is what an extractor wrote where it did not know the letter: an escape (`(cid:12)`, `/G3`, `/uniFB01`), a
control or private-use character, U+FFFD, an odd symbol (`®`), punctuation or a digit inside a word.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from ligafix.document import LETTERS

_ESCAPE = (
    r"\(cid:\d{1,5}\)"
    r"|/uni[0-9A-Fa-f]{4}|/(?:f_f_[ijlt]|f_[fijlt]|t_[it]|T_h)|/suppress(?=[Ll])|/[GgCc]\d{1,3}(?!\d)|ï¬(?!\s)"
)
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]|\r(?!\n)"
_ODD = r"[®¯©™±´¨¸˝ˇ˘˙˚˛ˆ˜¡¿£¥¢¤¦ª¹º·†‡§¶°µÞßÐÑÒÓÔÕ]"
_ODD_INSIDE = "[ÿ÷»«¼½¾]"
_PUNCTUATION = r"[.?!\"#$%*<=>\\^_|~{}\[\];:,+&@`]"

ALWAYS = re.compile(f"{_ESCAPE}|{_CONTROL}")
"""Signs that never are what they look like."""

SOMETIMES = re.compile(
    rf"(?<=[a-z]){_ODD}|(?:(?<=[\s(\[“‘\"'])|^){_ODD}(?=[a-z])"
    rf"|(?<=[a-z]){_PUNCTUATION}(?=[a-z])|(?:(?<=[\s(“‘])|^)[.?!~^}}|](?=[a-z][a-z])"
    rf"|(?<=[a-zà-þ]){_ODD_INSIDE}(?=[a-zà-þ])"
    r"|(?<=[a-z])\d(?=[a-z])|(?<=\d)[{|±](?=\d)|(?<=[A-Za-z])\t(?=[a-z])",
    re.MULTILINE,
)
"""Characters in places where they are rare: odd symbols at words, punctuation and digits inside them."""


class Kind(Enum):
    """The kinds of signs."""

    ESCAPE = "escape"
    CONTROL = "control"
    BREAK = "break"
    ODD = "odd"
    PUNCTUATION = "punctuation"
    DIGIT = "digit"
    TAB = "tab"

    @property
    def is_code(self) -> float:
        """The chance that such a sign is a code, before anything is known."""
        return _CHANCES[self][0]

    @property
    def as_itself(self) -> float:
        """The probability of such a sign beside a word where it is what it looks like."""
        return _CHANCES[self][1]


_CHANCES = {
    Kind.ESCAPE: (0.5, 1e-4),
    Kind.CONTROL: (0.5, 1e-4),
    Kind.BREAK: (0.05, 0.3),
    Kind.ODD: (0.02, 1e-3),
    Kind.PUNCTUATION: (1e-4, 0.05),
    Kind.DIGIT: (1e-6, 1e-2),
    Kind.TAB: (1e-6, 0.3),
}

NEVER_THEMSELVES = (Kind.ESCAPE, Kind.CONTROL)
"""Signs that no author wrote."""


@lru_cache(maxsize=1 << 12)
def kind_of(sign: str) -> Kind:
    """The kind of a sign."""
    if len(sign) > 1:
        return Kind.ESCAPE
    if sign in "\x0c\r":
        return Kind.BREAK
    if sign == "\t":
        return Kind.TAB
    if sign.isdigit() and sign.isascii():
        return Kind.DIGIT
    if re.fullmatch(_CONTROL, sign):
        return Kind.CONTROL
    return Kind.ODD if re.fullmatch(f"{_ODD}|{_ODD_INSIDE}", sign) else Kind.PUNCTUATION


def is_place(sign: str, left: str, right: str) -> bool:
    """Whether a sign may be a code between these letters; punctuation and digits may only inside a word."""
    kind = kind_of(sign)
    if kind is Kind.DIGIT:
        return bool(left and right) and left[-1].islower() and right[0].islower()
    if kind is Kind.TAB:
        return left[-1:].isalpha() and right[:1].islower()
    if kind is Kind.PUNCTUATION and (left or right):
        return right[:1].islower() and (left[-1:].islower() or (not left and sign in ".?!~^}|" and len(right) > 1))
    return True


@dataclass(frozen=True, slots=True)
class CodedWord:
    """A word with signs in it: where it starts, its letters and signs in turn (letters at even places)."""

    start: int
    parts: tuple[str, ...]

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + sum(map(len, self.parts))

    @property
    def text(self) -> str:
        """The word as it stands."""
        return "".join(self.parts)


def find_signs(text: str) -> Counter[str]:
    """The signs of a text that may be codes, and how often they stand where they may."""
    found = Counter(ALWAYS.findall(text))
    found.update(SOMETIMES.findall(text))
    return found


def find_names(text: str, found: Mapping[str, int]) -> dict[str, str]:
    """Glyph names that may be longer than they look: where `/G0` always stands as `/G0x`, that may be the name."""
    ends: dict[str, Counter[str]] = {}
    for sign in [s for s in found if s[0] == "/" and s[-1].isdigit()]:
        ends[sign] = Counter(re.findall(re.escape(sign) + r"([A-Za-z]?)", text))
    return {s: s + next(iter(c)) for s, c in ends.items() if len(c) == 1 and "" not in c}


def find_coded_words(text: str, signs: frozenset[str]) -> Iterator[CodedWord]:
    """The words of a text in which one of the signs stands."""
    if not signs:
        return
    pattern = re.compile(_word_pattern(signs))
    for match in pattern.finditer(text):
        yield CodedWord(match.start(), tuple(_split(match.group(), signs)))


@lru_cache(maxsize=64)
def _word_pattern(signs: frozenset[str]) -> str:
    letters = f"[{LETTERS}]"
    own = "".join(sign for sign in sorted(signs) if re.fullmatch(letters, sign))
    if own:
        letters = f"(?:(?![{own}]){letters})"
    return rf"{letters}*(?:(?:{_any_of(signs)}){letters}*)+"


def _any_of(signs: frozenset[str]) -> str:
    """A pattern for any of the signs; the longest first, and none where it is part of something longer."""
    return "|".join(re.escape(sign) + _tail(sign) for sign in sorted(signs, key=lambda s: (-len(s), s)))


def _tail(sign: str) -> str:
    if sign == "\r":
        return r"(?!\n)"
    return r"(?!\d)" if sign[0] == "/" and sign[-1].isdigit() else ""


def _split(word: str, signs: frozenset[str]) -> list[str]:
    return re.split(f"({_any_of(signs)})", word)
