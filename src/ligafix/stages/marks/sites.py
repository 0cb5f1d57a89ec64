"""Where marks stand: each with the spaces and the letters around it, and chained where they share a word."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ligafix.stages.marks.tables import (
    ANY_OF_MARKS,
    BELOW,
    LATIN,
    MARKS,
    OVER_SYMBOLS,
    SPACING,
    SYMBOLS,
    compose,
    is_usual,
)

_SPACES = " \t\u00a0"
LETTERS = re.compile(LATIN + "+")
LETTER = re.compile(LATIN)
_ALL_LETTERS = frozenset(LETTER.findall("".join(map(chr, range(0x2000)))))
_CODE = re.compile(r"(?<![^\W\d_]|`)(`{1,3})(?![`\s])[^`\f]{1,120}(?<!\s)\1(?![^\W\d_]|`)|(?:``|´´)+")
"""What stands between backticks, as programmers quote code; and quotation marks made of two accents."""

_ELISION = re.compile(f"['’](?:{LATIN}|[ \u00a0]?[{''.join(map(re.escape, sorted(ANY_OF_MARKS)))}])")

_JOINING = "'’-"
_PART = re.compile(f"(?<!{LATIN})({LATIN}{{1,20}}[{_JOINING}])([ \u00a0]?)(?={LATIN})")
"""A part of a word that ends in an apostrophe or a hyphen, and whether a space is behind it."""

_STOPS = re.compile(r"[.,;:!?…]")
"""What text has a space behind."""

_QUOTE_START = re.compile("[`´]")

_IN_LINE = "[^`´'’\r\n]{1,120}"
_QUOTATION = re.compile(f"(?<![^\\W\\d_])[`´]{_IN_LINE}(?:\r?\n{_IN_LINE})?['’´](?!\\w)")


class Site(NamedTuple):
    """Marks in a row, with the spaces around them.

    Attributes:
        start, end: the span in the text, spaces included.
        raw: the text of the span.
        marks: the marks, as combining characters.
        left, right: the letters that touch the span, empty where there are none (an edge of a word).
        left_spaces, right_spaces: how many spaces stand before and behind the marks.
        combining: whether the first mark is a combining character.
        quotes: whether the mark opens a quotation that is closed within the line, or the next.
        opens: whether the span follows the start of a line or an opening bracket.
        numeric: whether a digit or a letter that is not Latin touches the marks, as in a formula or a number.
        after_digit: whether a digit stands before the span.
        broken: whether the line ends behind the marks, and the next begins with a letter that may bear them.
        inserted: whether the space before is surely the extractor's (`l' ´eglise`).
        elides: whether the letters behind are followed by an apostrophe and more letters (`a` l'heure`).
        half: the letters that the line's end divides from those on the left (`con-⏎trarios ´a`).
    """

    start: int
    end: int
    raw: str
    marks: str
    left: str
    right: str
    left_spaces: int
    right_spaces: int
    combining: bool
    quotes: bool
    opens: bool
    numeric: bool
    after_digit: bool
    broken: bool = False
    elides: bool = False
    half: str = ""
    inserted: bool = False

    @property
    def attached(self) -> bool:
        """Whether a combining mark stands right behind a letter, as Unicode has it."""
        return self.combining and not self.left_spaces and bool(self.left)

    @property
    def piled(self) -> bool:
        """Whether one and the same mark stands here several times, of which most must come from elsewhere."""
        return len(self.marks) > 1 and len(set(self.marks)) < len(self.marks)

    @property
    def symbol(self) -> bool:
        """Whether the mark may be a quote, an apostrophe or a sign."""
        return bool(SYMBOLS.intersection(self.raw))

    @property
    def over_symbol(self) -> bool:
        """Whether the mark stands at what is hardly a word with it, but may be a symbol (`ˆv`, `(¯ui`, `S ¯`)."""
        if self.raw.strip() not in OVER_SYMBOLS:
            return False
        before = is_usual(compose(self.left[-1], self.marks)) if self.left else False
        if not self.right or self.right_spaces:
            return len(self.left) == 1 and not before
        behind = is_usual(compose(self.right[0], self.marks))
        if not self.left:
            return not behind or (len(self.right) < SHORTEST_WORD and self.marks != CARON)
        if not self.left_spaces:
            return not before and not behind and len(self.left + self.right) <= SHORTEST_WORD
        return not behind

    @property
    def shape(self) -> tuple[bool, ...]:
        """What sites have in common that are read alike: the kind of the mark, the spaces, the words' edges."""
        return (
            self.marks[0] in BELOW,
            self.attached,
            self.left_spaces > 0,
            self.left_spaces > 1,
            self.right_spaces > 0,
            bool(self.left),
            bool(self.right),
        )

    @property
    def rough_shape(self) -> tuple[bool, ...]:
        """The same without regard to where a space stands."""
        spaced = bool(self.left_spaces or self.right_spaces)
        return self.marks[0] in BELOW, self.attached, spaced, self.left_spaces > 1

    @property
    def kept_left(self) -> str:
        """The spaces before a word's first mark that are the text's and not the extractor's."""
        extra = self.left_spaces > 1 or self.opens or self.inserted
        return self.raw[: max(0, self.left_spaces - extra)]

    @property
    def kept_right(self) -> str:
        """The spaces behind a word's last mark."""
        return self.raw[len(self.raw) - self.right_spaces :]

    def hosts(self) -> tuple[bool, bool]:
        """Whether the marks compose with the letter before them, and with the one behind."""
        before = bool(self.left) and compose(self.left[-1], self.marks) is not None
        behind = bool(self.right) and compose(self.right[0], self.marks) is not None
        return before, behind

    @property
    def stray(self) -> bool:
        """Whether the marks must come from elsewhere: piled up, or with no letter that could bear them."""
        return self.piled or not any(self.hosts())


def find_sites(text: str) -> list[Site]:
    """All places of a text where marks stand, in order."""
    sites: list[Site] = []
    quotes_of_code = _ends_of_code(text)
    for match in MARKS.finditer(text):
        if match.end() - 1 in quotes_of_code or _is_spelling(text[match.start() - 1 : match.start()], match.group()):
            continue
        start = _skip_back(text, match.start(), sites[-1].end if sites else 0)
        end = _skip(text, match.end())
        raw = text[start:end]
        marks = _marks_in(raw)
        left, right = _letters_before(text, start), _letters_behind(text, end)
        if left and text[start - len(left) - 1 : start - len(left)] == "\\":  # a name of TeX
            continue
        spaces = match.start() - start, end - match.end()
        quotes = bool(_QUOTATION.match(text, match.start()))
        opens = not start or text[start - 1] in "\r\n\f([{"
        combining = match.group()[0] not in SPACING
        numeric = _is_foreign(text[match.start() - 1 : match.start()]) or _is_foreign(
            text[match.end() : match.end() + 1]
        )
        digit = text[start - 1 : start].isdigit()
        edges = _is_broken(text, end, marks), bool(right) and _is_elided(text, end + len(right))
        half = _half_before(text, start - len(left)) if left else ""
        sites.append(
            Site(start, end, raw, marks, left, right, *spaces, combining, quotes, opens, numeric, digit, *edges, half)
        )
    return _find_inserted(text, sites)


def _is_spelling(letter: str, marks: str) -> bool:
    """Whether combining marks stand on a letter that Unicode does not have with them, as languages write (`ǫ́`, `ẹ́`).

    An `i` with a dot is what becomes of the capital in small letters.
    """
    if marks[0] in SPACING or not LETTER.match(letter):
        return False
    is_own = not letter.isascii() or (letter, marks[0]) == ("i", _DOT)
    return is_own and marks[0] not in unicodedata.normalize("NFD", letter) and compose(letter, marks) is None


def _find_inserted(text: str, sites: list[Site]) -> list[Site]:
    """The sites, with what tells whether the one space before them is the extractor's.

    It is so behind an elided word, or another part of a word, that the text joins to the next letters elsewhere; and
    anywhere in a text that has two spaces before marks where one is its own.
    """
    single = [number for number, site in enumerate(sites) if site.left_spaces == 1]
    if not single:
        return sites
    always = _always_inserts(text, sites)
    joined = _find_joined(text)
    for number in single:
        site = sites[number]
        before = text[site.start - 1 : site.start]
        is_part = before in _JOINING and joined[_part_before(text, site.start)] > 0
        if is_part or (always and before and not before.isdigit()):
            sites[number] = site._replace(inserted=True)
    return sites


def _always_inserts(text: str, sites: Iterable[Site]) -> bool:
    """Whether the extractor sets a space before every mark, so that there are two where one is the text's."""
    single = sum(site.left_spaces == 1 for site in sites if _STOPS.match(text, max(0, site.start - 1)))
    return sum(site.left_spaces == 2 for site in sites) > _MOST_OTHERS * (single + 1)


def _find_joined(text: str) -> Counter[str]:
    """How much oftener the parts of words before an apostrophe or a hyphen are joined to letters than apart."""
    joined: Counter[str] = Counter()
    for match in _PART.finditer(text):
        joined[match[1].lower()] += -1 if match[2] else 1
    return joined


def _part_before(text: str, end: int) -> str:
    return (_letters_before(text, end - 1) + text[end - 1]).lower()


def _is_broken(text: str, end: int, marks: str) -> bool:
    if text[end : end + 1] != "\n":
        return False
    behind = text[end + 1 : end + 2]
    return behind.islower() and compose(behind, marks) is not None


def _is_elided(text: str, end: int) -> bool:
    """Whether an apostrophe parts the letters before from others behind, which may have marks before them."""
    return _ELISION.match(text, end) is not None


def _ends_of_code(text: str) -> frozenset[int]:
    """Where the backticks stand that quote code, and the accents that make quotation marks."""
    places: set[int] = set()
    for found in _find_code(text):
        width = len(found[1]) if found[1] else found.end() - found.start()
        places.update(range(found.start(), found.start() + width), range(found.end() - width, found.end()))
    return frozenset(places)


def _find_code(text: str) -> Iterator[re.Match[str]]:
    """What `_CODE` finds; looking for the sign that it begins with is fast."""
    at = 0
    while (start := _QUOTE_START.search(text, at)) is not None:
        found = _CODE.match(text, start.start())
        if found is not None:
            yield found
        at = (found or start).end()


def chain(sites: Sequence[Site]) -> Iterator[list[Site]]:
    """Sites that share a word, together: those between which there are letters only.

    Where more than `LONGEST_CHAIN` do, it is no word, and they are left out.
    """
    linked: list[Site] = []
    for site in sites:
        if linked and not _touch(linked[-1], site):
            if len(linked) <= LONGEST_CHAIN:
                yield linked
            linked = []
        linked.append(site)
    if linked and len(linked) <= LONGEST_CHAIN:
        yield linked


LONGEST_CHAIN = 30

_MOST_OTHERS = 10
"""How many times oftener there are two spaces before marks than one where text has one, if the extractor adds one."""

_DOT = "\u0307"
CARON = "\u030c"
"""The mark whose letters are those of transliterations: what speaks of `ˇz` and `ˇs` speaks of letters."""

SHORTEST_WORD = 3
"""What has fewer letters is a symbol rather than a word with an accent."""


def _touch(first: Site, second: Site) -> bool:
    return bool(first.right) and first.end + len(first.right) == second.start


def _is_foreign(character: str) -> bool:
    return character not in _ALL_LETTERS and character.isalnum()


@lru_cache(maxsize=1 << 10)
def _marks_in(raw: str) -> str:
    """The marks of a span, as combining characters."""
    return "".join(SPACING.get(c, c) for c in raw if c not in _SPACES)


def _skip(text: str, at: int) -> int:
    while at < len(text) and text[at] in _SPACES:
        at += 1
    return at


def _skip_back(text: str, at: int, limit: int) -> int:
    while at > limit and text[at - 1] in _SPACES:
        at -= 1
    return at


def _letters_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1] in _ALL_LETTERS:
        start -= 1
    return text[start:end]


def _half_before(text: str, start: int) -> str:
    """The letters before the hyphen that a line's end divides from those that begin here; none where there is none."""
    end = start - 1 if text[start - 1 : start] == "\n" else start
    is_divided = text[end - 1 : end] in (_DIVIDING if end < start else _DIVIDING_INSIDE)
    return _letters_before(text, end - 1) if end and is_divided else ""


_DIVIDING, _DIVIDING_INSIDE = frozenset("-‐\xad\ufffe"), frozenset("\xad\ufffe")
"""What divides a word at a line's end, and where extractors join the lines."""


def _letters_behind(text: str, start: int) -> str:
    letters = LETTERS.match(text, start)
    return letters.group() if letters else ""
