"""What stands around a place of a text: its line, its paragraph, the other half of a word that a line's end divides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from ligafix.recent import of_last_text

LETTERS = "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ\u0300-\u036f"
"""The letters of the Latin script and the marks that belong to them, for a character class."""

ACCENTS = "´`¨¯¸ˆˇ˘˙˚˛˜˝"
"""Accents that stand by themselves: what they touch is not a whole word."""

Number = TypeVar("Number", int, Any)
"""A number or an array of numbers."""

MASK = "\ufffc"
"""Stands for a sign that may be a letter, where words are counted: what it touches is not a whole word."""

_BEFORE_CONDITIONS = ("for", "if", "while")

_CODE_START = re.compile(
    r"\s*(?:\$ |>>> |#include|#!|//|/\*|<\?|def |import |from \w+ import |"
    rf"(?:{'|'.join(_BEFORE_CONDITIONS)}) ?\(|else\s*\{{)"
)
_CODE_END = re.compile(r"(?=[^\n]*(?:[{}=]|\w\())[^\n]*[;{}]\s*(?://[^\n]*|/\*[^\n]*)?\Z")
_COMPARISON = re.compile(r"[^\n]*==")

CODE_IN_CHUNKS = re.compile(r"[${}=]|>>>|^#(?:include|!)|//|/\*|<\?|\w\(", re.MULTILINE)
"""What stands in a chunk of each line that `is_code` takes for one of a program, but for those that begin so:"""

CODE_LIKE_PROSE = frozenset({"def", "import"})
"""Chunks that such lines hold, and lines of prose as well ..."""

BEFORE_BRACKETS = tuple(f"{word} (" for word in _BEFORE_CONDITIONS)
"""... and what else they begin with."""

HYPHENS = "-‐\xad\ufffe¬"
"""What stands where a line's end divides a word."""

SOFT_HYPHENS = "\xad\ufffe¬"
"""Those of them that stood at a line's end even where the line goes on."""

LONGEST_WORD = 60
"""What has more letters is no word. It bounds the time that any one takes, and fits the longest compounds."""

LONG_TEXT = 1 << 24
"""Of longer texts (code points) no more is kept in memory than has to be, though it takes more time."""

LONGEST_CHUNK = 200
"""How far the ends of a chunk are looked for."""

_SEAM = re.compile(  # the mark first: a class at the start is what `re` looks for fast
    rf"(?P<mark>[-‐\xad\ufffe¬])(?<=[{LETTERS}].)"
    r"(?P<gap>[ \t]{0,20}(?:\r\n|[\n\r\f])(?:[ \t]{0,20}(?:\r\n|[\n\r\f])){0,3}[ \t]{0,60}|(?<=[\xad\ufffe¬]))"
    rf"(?P<right>[{LETTERS}]{{1,60}})"
)
_LAST_WORD = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*\Z")


@dataclass(frozen=True, slots=True)
class Seam:
    """A word that a line's end divides, or a page's: its halves, the hyphen between them, and the gap behind it.

    Soft hyphens, U+FFFE and `¬` once stood at a line's end, even where the line goes on (then `gap` is empty).
    """

    start: int
    left: str
    mark: str
    gap: str
    right: str

    @property
    def right_start(self) -> int:
        """Where the second half starts."""
        return self.start + len(self.left) + len(self.mark) + len(self.gap)

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.right_start + len(self.right)


def find_seams(text: str, hyphens: Iterable[int] | None = None) -> Iterator[Seam]:
    """The divided words of a text; of one that is divided twice both seams, one after the other.

    Args:
        text: the text.
        hyphens: where the hyphens are that may divide words, in order, if that is known.
    """
    found = _SEAM.finditer(text) if hyphens is None else filter(None, (_SEAM.match(text, at) for at in hyphens))
    for match in found:
        at = match.start()
        left = _LAST_WORD.search(text[max(0, at - 60) : at])
        if left is not None:
            yield Seam(at - len(left.group()), left.group(), match["mark"], match["gap"], match["right"])


def chunk_start(text: str, position: int) -> int:
    """Where the chunk starts in which a place lies, as far as `LONGEST_CHUNK` code points before it."""
    before = text[max(0, position - LONGEST_CHUNK) : position]
    return position if not before or before[-1].isspace() else position - len(before.rsplit(None, 1)[-1])


def chunk_end(text: str, position: int) -> int:
    """Where the chunk ends in which a place lies, as far as `LONGEST_CHUNK` code points behind it."""
    behind = text[position : position + LONGEST_CHUNK]
    return position if not behind or behind[0].isspace() else position + len(behind.split(None, 1)[0])


def is_code(line: str) -> bool:
    """Whether a line looks like a line of a program.

    >>> is_code("int nd = open(path);"), is_code("the first (of two) led;")
    (True, False)
    """
    if _CODE_START.match(line):
        return True
    if "==" in line and _COMPARISON.match(line):
        return True
    may_end = line.rstrip()[-1:] in (";", "{", "}") or "//" in line or "/*" in line
    return may_end and _CODE_END.match(line) is not None


_USUAL = bytes({*range(0x20, 0x7F), 0x0A} - set(b"^`~"))
"""The bytes of plain English text in UTF-8."""


@of_last_text
def odd_characters(text: str) -> frozenset[str]:
    """The characters of a text but for letters, digits and common signs of ASCII.

    It is found in the time of copying the text, and tells most stages at once that they have nothing to do there.

    >>> sorted(odd_characters("naïve (^) ideas"))
    ['^', 'ï']
    """
    return frozenset().union(*(_odd_of(text[at : at + _PART]) for at in range(0, len(text), _PART)))


_PART = 1 << 20
"""Code points that are looked at together: a copy of all of a long text is too much."""


def _odd_of(text: str) -> frozenset[str]:
    odd = text.encode("utf-8", "surrogatepass").translate(None, _USUAL)
    return frozenset(odd.decode("utf-8", "surrogatepass"))


_NO_WRITING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd\uffff]+")
MOST_UNREADABLE = 0.1
"""In writing, however damaged, fewer characters than this are codes that stand for none."""

FEWEST_OF_BINARY = 2000
"""So short a text (code points) may hold as many."""


def is_writing(text: str) -> bool:
    r"""Whether a text is writing, and not the bytes of a program, an image or a PDF file that were taken for one.

    >>> is_writing("speci\x03cation of the e\x04ect"), is_writing("\x93\x00\x1f\ufffd\x02xK" * 999)
    (True, False)
    """
    if len(text) < FEWEST_OF_BINARY or not _NO_WRITING.search("".join(odd_characters(text))):
        return True
    return sum(map(len, _NO_WRITING.findall(text))) <= MOST_UNREADABLE * len(text)


REACH = 120
"""So many code points before a place and behind it are its surroundings."""


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The text before a place and behind it, within its paragraph and `REACH`."""
    before, behind = text[max(0, start - REACH) : start], text[end : end + REACH]
    stop = PARAGRAPH_BREAK.search(behind)
    return before[_last_break(before) :], behind[: stop.start()] if stop else behind


def find_breaks(text: str) -> Iterator[int]:
    """Where the breaks between paragraphs are."""
    pattern = PARAGRAPH_BREAK if "\f" in text else _BREAK_OF_LINES
    return (found.start() for found in pattern.finditer(text))


def passage(text: str, position: int) -> str:
    """The few lines of text in which a place lies, the same for places close to each other."""
    start, end = passage_span(position)
    return text[max(0, start) : end]


def passage_span(position: Number) -> tuple[Number, Number]:
    """Where the passage of a place starts and ends, as far as the text goes."""
    block = position // _BLOCK * _BLOCK
    return block - _BLOCK // 2, block + _BLOCK + _BLOCK // 2


_BLOCK = 200


def partners(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that a hyphen joins to the one that stands at a place, before and behind it ('' for none).

    >>> partners("a ve-year plan", 2, 4)
    ('', 'year')
    """
    is_joined_before = text[start - 1 : start] in JOINING_HYPHENS
    before = _PARTNER_BEFORE.search(text, max(0, start - 40), start) if is_joined_before else None
    behind = _PARTNER_BEHIND.match(text, end) if text[end : end + 1] in JOINING_HYPHENS else None
    return before.group(1) if before else "", behind.group(1) if behind else ""


JOINING_HYPHENS = frozenset("-‐")
"""What joins words within a line."""

_PARTNER_BEFORE = re.compile(rf"(?<!\w)([{LETTERS}]+)[-‐]\Z")
_PARTNER_BEHIND = re.compile(rf"[-‐]([{LETTERS}]+)")


def is_fragment(text: str, start: int, end: int) -> bool:
    r"""Whether the word at a place is half of one that a line's end divides.

    >>> is_fragment("and-\nre (LIF)", 5, 7), is_fragment("hy\xad\nphen", 0, 2), is_fragment("led a", 0, 3)
    (True, True, False)
    """
    if text[end : end + 1] in _DIVIDING_HYPHENS and _SEAM_BEHIND.match(text, end):
        return True
    before = text[max(0, start - 12) : start]
    return ("\n" in before or "\r" in before) and _SEAM_BEFORE.search(before) is not None


_DIVIDING_HYPHENS = frozenset(HYPHENS)
_SEAM_BEHIND = re.compile(r"[-‐\xad\ufffe¬][ \t]*[\r\n]")
_SEAM_BEFORE = re.compile(rf"[{LETTERS}][-‐\xad\ufffe¬][ \t]*[\r\n]\s*\Z")
PARAGRAPH_BREAK = re.compile(r"[\f\n](?:(?<=\f)|[ \t\r]*\n)")  # a class at the start is what `re` looks for fast
"""The break between two paragraphs."""

_BREAK_OF_LINES = re.compile(r"\n[ \t\r]*\n")  # a single character is found faster


def _last_break(text: str) -> int:
    last = 0
    for match in PARAGRAPH_BREAK.finditer(text):
        last = match.end()
    return last
