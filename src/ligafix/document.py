"""A document and the one view of its words that all parts share.

A word is a run of Latin letters, with combining marks and inner apostrophes. Words are looked at through the
document's *chunks* (what stands between white space): a long text has few distinct ones, and a chunk tells at
once whether it is an address, a formula or code, whose letters are no words.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LETTERS = "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ\u0300-\u036f"
"""The letters of the Latin script and the marks that belong to them, for a character class."""

ACCENTS = "´`¨¯¸ˆˇ˘˙˚˛˜˝"
"""Accents that stand by themselves: what they touch is not a whole word."""

MASK = "\ufffc"
"""Stands for a sign that may be a letter, where words are counted: what it touches is not a whole word."""

_WORD = re.compile(
    rf"(?<![\w\\@#$&%{{}}^~{ACCENTS}'’{MASK}])(?<!\w\.)[{LETTERS}]+(?:['’][{LETTERS}]+)*"
    rf"(?![\w\\@{{}}^{ACCENTS}{MASK}])(?!\.[a-z])"
)
_ADDRESS = re.compile(
    r"://|www\.|@|^10\.\d{4,}/|^doi:|\w\.[a-z]{2,4}/|^[~.]{0,2}/|/.*/|\(\)|::|->|[\w)]=[\w(]|[\[\]{}]\w*[\[\]{};]",
    re.IGNORECASE,
)
"""Chunks that are no prose: addresses, paths, code."""

_CODE_LINE = re.compile(
    r"\s*(?:\$ |>>> |#include|#!|//|/\*|<\?|def |import |from \w+ import |for ?\(|if ?\(|while ?\(|else\s*\{)"
    r"|(?=[^\n]*[(){}=])[^\n]*[;{}]\s*(?://[^\n]*|/\*[^\n]*)?\Z"
)

SEAM = re.compile(
    rf"(?P<left>[{LETTERS}]+(?:['’][{LETTERS}]+)*)(?P<mark>[-‐\xad\ufffe¬])"
    r"(?P<gap>[ \t]*(?:\r\n|\n|\r)(?:[ \t]*(?:\r\n|\n|\r)){0,3}[ \t]*|(?<=[\xad\ufffe¬]))"
    rf"(?P<right>[{LETTERS}]+)"
)
"""A word, a hyphen at the line's end, and the word that opens the next line (behind a few blank ones).

Soft hyphens, U+FFFE and `¬` once stood at a line's end, even where the line goes on."""


_TORN = re.compile(r"\S+[ \t]+[\u0300-\u036f\xa8\xaf\xb4\xb8\u02c6-\u02dd]\S*(?:[ \t]\S+)?")
"""Words that a loose diacritic tears apart (`Sabur ̄o`, `shob ̄ o`): their pieces are no words."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word and where it starts."""

    text: str
    start: int


@lru_cache(maxsize=1 << 16)
def words_in(chunk: str) -> tuple[Word, ...]:
    """The words of a chunk; none where it is an address or code.

    >>> [w.text for w in words_in("(ve-year)")], words_in("led@example.org"), words_in("x_led")
    (['ve', 'year'], (), ())
    """
    if _ADDRESS.search(chunk):
        return ()
    return tuple(Word(m.group(), m.start()) for m in _WORD.finditer(chunk))


def is_code(line: str) -> bool:
    """Whether a line looks like a line of a program.

    >>> is_code("int nd = open(path);"), is_code("the first (of two) led;")
    (True, False)
    """
    return _CODE_LINE.match(line) is not None


def count_words(text: str) -> Counter[str]:
    """How often each word stands in a text. The halves of words that a line's end divides do not count."""
    counts: Counter[str] = Counter()
    for chunk, number in _count_chunks(text).items():
        if number > 0:
            for word in words_in(chunk):
                counts[word.text] += number
    return counts


def _count_chunks(text: str) -> Counter[str]:
    """How often each chunk stands in a text, less the fragments at seams and loose marks."""
    counts = Counter(text.split())
    for torn in _TORN.finditer(text):
        for chunk in torn.group().split():
            counts[chunk] -= 1
    for seam in SEAM.finditer(text):
        start, end = seam.span()
        while start > 0 and not text[start - 1].isspace():
            start -= 1
        while end < len(text) and not text[end].isspace():
            end += 1
        for chunk in text[start:end].split():
            counts[chunk] -= 1
        for word in _outside(text[start:end], seam.start() - start, seam.end() - start):
            counts[word] += 1
    return counts


def _outside(text: str, start: int, end: int) -> Iterator[str]:
    """What stands before and behind the divided word, in the same chunks."""
    for piece in (text[:start], text[end:]):
        if piece:
            yield piece


def surroundings(text: str, start: int, end: int, reach: int = 120) -> tuple[str, str]:
    """The text before a place and behind it, within its paragraph and at most `reach` code points."""
    before, behind = text[max(0, start - reach) : start], text[end : end + reach]
    stop = _BREAK.search(behind)
    return before[_last_break(before) :], behind[: stop.start()] if stop else behind


def passage(text: str, position: int) -> str:
    """The few lines of text in which a place lies, the same for places close to each other."""
    block = position // _BLOCK * _BLOCK
    return text[max(0, block - _BLOCK // 2) : block + _BLOCK + _BLOCK // 2]


_BLOCK = 200


def partners(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that a hyphen joins to the one that stands at a place, before and behind it ('' for none).

    >>> partners("a ve-year plan", 2, 4)
    ('', 'year')
    """
    before = _PARTNER_BEFORE.search(text, max(0, start - 40), start)
    behind = _PARTNER_BEHIND.match(text, end)
    return before.group(1) if before else "", behind.group(1) if behind else ""


_PARTNER_BEFORE = re.compile(rf"(?<!\w)([{LETTERS}]+)[-‐]\Z")
_PARTNER_BEHIND = re.compile(rf"[-‐]([{LETTERS}]+)")


def is_fragment(text: str, start: int, end: int) -> bool:
    r"""Whether the word at a place is half of one that a line's end divides.

    >>> is_fragment("and-\nre (LIF)", 5, 7), is_fragment("led a", 0, 3)
    (True, False)
    """
    return bool(_SEAM_BEHIND.match(text, end) or _SEAM_BEFORE.search(text, max(0, start - 12), start))


_SEAM_BEHIND = re.compile(r"[-‐\xad\ufffe¬][ \t]*[\r\n]")
_SEAM_BEFORE = re.compile(rf"[{LETTERS}][-‐\xad\ufffe¬][ \t]*[\r\n]\s*\Z")
_BREAK = re.compile(r"\n[ \t]*\n|\f")


def _last_break(text: str) -> int:
    last = 0
    for match in _BREAK.finditer(text):
        last = match.end()
    return last
