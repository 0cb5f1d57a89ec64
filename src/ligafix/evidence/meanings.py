"""What a sign may stand for, and what a document tells about one."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import Vocabulary

ANY = "*"
"""The meaning of a sign that stands for every ligature."""

ITSELF = None
"""The meaning of a sign that is what it looks like."""

LETTERS = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿœßąćčďęěłńňřśšťůźżžőűğışāēīōūȷÆŒØĄĆČĎĘĚŁŃŇŘŚŠŤŮŹŻŽŐŰŞİ"
DOTTED_I, LONGEST_PARTICLE = "İ", 2
OTHER_LIGATURES = ("ft", "fj", "tt", "ti", "tf", "Th", "ct", "st", "sp")
STROKE = "\u0335"
"""The stroke of Ł, which some fonts set as a glyph before its letter."""

ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327\u0328" + STROKE
MARKS = {
    **dict.fromkeys("“‘„«", "open"),
    **dict.fromkeys("”»", "close"),
    **dict.fromkeys("–—", "dash"),
    "’": "apostrophe",
}
"""Marks that a sign may stand for, and the shape of the places where they stand."""

MEANINGS: tuple[str | None, ...] = (*LIGATURES, *OTHER_LIGATURES, *LETTERS, *ACCENTS, *MARKS, "", ANY, ITSELF)
"""All that a sign may stand for."""

NUMBERS = {meaning: number for number, meaning in enumerate(MEANINGS)}
"""Where each of them is among all."""

_WRITTEN_OUT = frozenset((*LIGATURES, *OTHER_LIGATURES))
_SINGLE_LETTERS, _ACCENTS = frozenset(LETTERS), frozenset(ACCENTS)
_LETTER_LIKE = (*LIGATURES, *OTHER_LIGATURES, *LETTERS, *ACCENTS)

SPACING_ACCENTS = dict(zip("`´ˆ˜¯˘˙¨˚˝ˇ¸˛", ACCENTS, strict=False))
"""Signs that the stage `marks` understands, and the combining mark that each of them is."""

OWN_LETTERS = {
    "de": "äöüß",
    "en": "",
    "es": "áéíóúüñ",
    "fr": "àâçèéêëîïôœùûü",
    "it": "àèéìíòóùú",
    "nl": "ëéïöü",
    "pl": "ąćęńóśźż",
    "pt": "áâãàçéêíóôõú",
}
"""The letters beyond a to z of languages that write them in common words."""


@dataclass(frozen=True, slots=True)
class CodeEvidence:
    """What a document tells about one sign.

    Attributes:
        count: how often it stands where it may be a code.
        meaning: what it most likely stands for; an accent belongs to the letter behind it; None for itself.
        probability: how sure that is.
        examples: words with it, and what they are read as.
    """

    count: int
    meaning: str | None
    probability: float
    examples: tuple[tuple[str, str], ...] = ()


def readings_of(left: str, right: str) -> Iterable[tuple[str, str]]:
    """What each letter-like meaning makes of the letters before and behind a sign."""
    for meaning in _LETTER_LIKE:
        if (word := _read_one(meaning, left, right)) is not None:
            yield meaning, word


def _read_one(meaning: str, left: str, right: str) -> str | None:
    """What one meaning makes of them; None where it is no letter, an accent that finds none, or a capital inside."""
    if meaning in _WRITTEN_OUT:
        return left + meaning + right
    if meaning.isupper() and left[-1:].islower():
        return None
    if meaning == DOTTED_I:  # lists have it as an I, and In, It and Is are no Turkish
        return left + "I" + right if len(right) > LONGEST_PARTICLE else None
    if meaning in _SINGLE_LETTERS:
        return left + (meaning.upper() if not left and right[:1].isupper() else meaning) + right
    if meaning in _ACCENTS and right and (meaning != STROKE or right[0] in "Ll"):
        return left + put_accent(meaning, right)
    return None


def put_accent(accent: str, word: str) -> str:
    """A word with an accent on its first letter, composed where Unicode has the letter.

    >>> put_accent("\u0308", "odel")
    'ödel'
    """
    if accent == STROKE:
        return _STROKED.get(word[0], word[0]) + word[1:]
    base = {"ı": "i", "ȷ": "j"}.get(word[0], word[0])
    return unicodedata.normalize("NFC", base + accent) + word[1:]


_STROKED = {"l": "ł", "L": "Ł"}


def read_by(meaning: str | None, left: str, right: str, vocabulary: Vocabulary) -> str | None:
    """The listed word that a meaning makes of the letters before and behind a sign, if it makes one."""
    if meaning == ANY:
        meaning = max(LIGATURES, key=lambda ligature: vocabulary.probability(left + ligature + right))
    word = _read_one(meaning, left, right) if meaning is not ITSELF else None
    return word if word is not None and vocabulary.known(word) else None
