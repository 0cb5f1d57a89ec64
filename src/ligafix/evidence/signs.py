"""Signs that may stand for letters, and the words they stand in.

A *sign* is what an extractor wrote where it did not know the letter: an escape (`(cid:12)`, `/G3`, `/H11002`,
`/uniFB01`), a control or private-use character, U+FFFD, an odd symbol (`®`, a box, a dingbat), punctuation or a digit
inside a word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from os.path import commonprefix
from typing import NamedTuple, TypeVar

from ligafix.chunks import find_chunks_of
from ligafix.chunks.kinds import ChunkKind
from ligafix.document import LETTERS, odd_characters
from ligafix.recent import of_last_text

T = TypeVar("T")

_ESCAPE = (
    r"\(cid:\d{1,5}\)"
    r"|/uni[0-9A-Fa-f]{4}|/(?:f_f_[ijlt]|f_[fijlt]|t_[it]|T_h)|/suppress(?=[Ll])"
    r"|/(?:[GgCca]\d{1,3}|H\d{5}|(?:glyph|gid|cid)\d{1,5})(?!\d)|ï¬(?!\s)"
)
_CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff]|\r(?!\n)"
_MAY_BE_ALWAYS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\uffff\r(/ï]")
_ODD = r"[®¯©™±´¨¸˝ˇ˘˙˚˛ˆ˜¡¿£¥¢¤¦ª¹º·†‡§¶°µÞßÐÑÒÓÔÕ■□▯\u2701-\u27be]"
_ODD_INSIDE = "[ÿ÷»«¼½¾]"
_PUNCTUATION = r"[.?!\"#$%*<=>\\^_|~{}\[\];:,+&@`]"

ALWAYS = re.compile(f"{_ESCAPE}|{_CONTROL}")
"""Signs that never are what they look like."""

_ANY_OF_THEM = "[" + "".join(one[1:-1] for one in (_ODD, _ODD_INSIDE, _PUNCTUATION)) + r"\d\t]"
SOMETIMES = re.compile(  # the sign first, then what is before it: a class at the start is what `re` looks for fast
    rf"{_ANY_OF_THEM}(?:(?=[a-zà-þ\d])(?:(?:(?<=[\s(\[“‘\"']{_ODD})|(?<=^{_ODD}))(?=[a-z])"
    rf"|(?<=[a-z]{_PUNCTUATION})(?=[a-z])|(?:(?<=[\s(“‘][.?!~^}}|])|(?<=^[.?!~^}}|]))(?=[a-z][a-z])"
    rf"|(?<=[a-zà-þ]{_ODD_INSIDE})(?=[a-zà-þ])"
    rf"|(?<=[a-z]\d)(?<!\d[a-z]\d)(?=[a-z])|(?<=\d[{{|±])(?=\d)|(?<=[A-Za-z]\t)(?=[a-z]))|(?<=[a-z]{_ODD}))",
    re.MULTILINE,
)
"""Characters in places where they are rare: odd symbols at words, punctuation and digits inside them."""


_SIGNED = ChunkKind(lambda: (_MAY_BE_ALWAYS, SOMETIMES))


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


LONGEST_ENDING = 3
"""Behind a dot stand the endings of so many letters (`étudiant·e·s`)."""


def is_place(sign: str, left: str, right: str) -> bool:
    """Whether a sign may be a code between these letters; punctuation and digits may only inside a word.

    The dot of Catalan double l, and the one before an ending, as in French of our day, is what it looks like.

    >>> is_place("·", "intel", "ligent"), is_place("·", "lecteur", "s"), is_place("·", "signi", "cant")
    (False, False, True)
    """
    kind = kind_of(sign)
    if sign == "·" and left and right:
        return (left[-1] + right[0]).lower() != "ll" and len(right) > LONGEST_ENDING
    if kind is Kind.DIGIT:
        return bool(left and right) and left[-1].islower() and right[0].islower()
    if kind is Kind.TAB:
        return left[-1:].isalpha() and right[:1].islower()
    if kind is Kind.PUNCTUATION and (left or right):
        return right[:1].islower() and (left[-1:].islower() or (not left and sign in ".?!~^}|" and len(right) > 1))
    return True


class CodedWord(NamedTuple):
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


MOST_SIGNS = 5000
"""No fonts have more signs; of a text with more, those that stand less often than `OFTEN` are left alone: if the
commonest were taken, the next ones would be taken when the text is cleaned again."""

OFTEN = 20


class Sample:
    """Where the signs of a text are looked for: in its distinct pieces, one a line, and how often these stand there.

    A piece is what stands between white space that is surely no sign: one of its chunks, unless a form feed, a tab or
    a lone carriage return may be a sign in this text.

    Attributes:
        counts: how often each piece stands there, in the order in which they come first.
        text: the pieces as `as_lines` writes them.
    """

    def __init__(self, text: str, kind: ChunkKind | None = None) -> None:
        """Take a text.

        Args:
            text: the text.
            kind: the kind of chunks that are wanted; all of them where there is none.
        """
        if not odd_characters(text).isdisjoint(_SPACES) and _SPACE_AS_SIGN.search(text):
            self.counts: Mapping[str, int] = _count_pieces(text)
            self.text = as_lines(self.counts)
        else:
            chunks = find_chunks_of(text)
            self.counts = chunks.counts
            self.text = "\n".join(chunks.of_kind(kind)) if kind else chunks.lines

    def counted(self, places: Iterable[tuple[int, T]]) -> Iterator[tuple[T, int]]:
        """What stands at some places, in order, and how often it stands so in the whole text."""
        for piece, found in located(self.text, places):
            yield found, self.counts[piece]


@of_last_text
def _count_pieces(text: str) -> Counter[str]:
    """How often each piece of a text stands there; kept for who asks again."""
    return Counter(_PIECE.findall(text.replace("\r\n", "\n")))


_PIECE = re.compile("[^ \n\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""What stands between white space but for `_SPACE_AS_SIGN`."""


def as_lines(pieces: Iterable[str]) -> str:
    """Pieces of a text, each in a line of its own; a space ends it, lest a carriage return belong to the line's end."""
    return " \n".join(pieces)


def located(lines: str, places: Iterable[tuple[int, T]]) -> Iterator[tuple[str, T]]:
    """What stands at some places of a text, in order, with the lines that it stands in."""
    end, line = -1, ""
    for at, found in places:
        if at > end:
            start = lines.rfind("\n", max(0, end), at) + 1
            end = lines.find("\n", at)
            end = len(lines) if end < 0 else end
            line = lines[start:end].removesuffix(" ")
        yield line, found


_SPACES = frozenset("\t\r\x0b\x0c\x1c\x1d\x1e\x1f\x85")
_SPACE_AS_SIGN = re.compile(
    r"[\t\r\x0b\x0c\x1c-\x1f\x85](?:(?<=[\x0b\x0c\x1c-\x1f\x85])|(?<=\r)(?!\n)|(?<=[A-Za-z]\t)(?=[a-z]))"
)
"""White space that may be a sign."""


@of_last_text
def find_signs(text: str) -> Mapping[str, int]:
    """The signs of a text that may be codes, and how often they stand where they may; kept for who asks again."""
    found: Counter[str] = Counter()
    sample = Sample(text, _SIGNED)
    for places in (_find_always(sample.text), _find_sometimes(sample.text)):
        for sign, number in sample.counted(places):
            found[sign] += number
    if "\b" in found and 2 * len(_OVERSTRUCK.findall(text)) >= found["\b"]:
        del found["\b"]
    if len(found) <= MOST_SIGNS:
        return found
    return {sign: number for sign, number in found.items() if number >= OFTEN}


_OVERSTRUCK = re.compile(r"(?<=[_'`^\"~,\x08])\x08|\x08(?=\x08)|(?<=(.))\x08(?=\1)")
"""A backspace as typewriters and terminals have it: the letter behind it stands on the sign before it."""


def _find_always(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while (start := _MAY_BE_ALWAYS.search(text, at)) is not None:
        sign = ALWAYS.match(text, start.start())
        if sign:
            yield start.start(), sign.group()
        at = (sign or start).end()


def _find_sometimes(text: str) -> Iterator[tuple[int, str]]:
    return ((found.start(), found.group()) for found in SOMETIMES.finditer(text))


def find_names(text: str, found: Mapping[str, int]) -> dict[str, Counter[str]]:
    """Glyph names that may be longer than they look, each with the longer ones and how often these stand.

    Where `/G0` always stands as `/G0x`, that may be the name, and where it stands as `/G0B` and `/G0C`, the names may
    end in hexadecimal digits.
    """
    names: dict[str, Counter[str]] = {}
    for sign in [s for s in found if s[0] == "/" and s[-1].isdigit()]:
        ends = Counter(re.findall(re.escape(sign) + r"(?!\d)([A-Za-z]?)", text))
        if "" not in ends and (len(ends) == 1 or (sign[1:-1].isalpha() and _HEXADECIMAL.issuperset(ends))):
            names[sign] = Counter({sign + end: number for end, number in ends.items()})
    return names


_HEXADECIMAL = frozenset("ABCDEF")


@lru_cache(maxsize=64)
def as_one(signs: frozenset[str]) -> frozenset[str]:
    """The same signs; equal sets are one object, so that what is remembered of them is found without comparing all."""
    return signs


def find_coded_words(text: str, signs: frozenset[str]) -> Iterator[CodedWord]:
    """The words of a text in which one of the signs stands."""
    yield from _find_words(text, _patterns(signs)) if signs else ()


def find_words_of_places(text: str, signs: frozenset[str]) -> Iterator[CodedWord]:
    """The same without those in which no sign stands in a place (`is_place`): most full stops end a sentence."""
    yield from _find_words(text, _patterns(signs, only_places=True)) if signs else ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    """What finds the words of some signs: a sign, a word with signs from its start, and how it parts at them.

    `before` are the characters by which a word may begin before the sign that is found.
    """

    sign: re.Pattern[str]
    word: re.Pattern[str]
    part: re.Pattern[str]
    before: frozenset[str]


def _find_words(text: str, patterns: _Patterns) -> Iterator[CodedWord]:
    at = 0
    while (found := patterns.sign.search(text, at)) is not None:
        start = found.start()
        while start > at and text[start - 1] in patterns.before:
            start -= 1
        word = patterns.word.match(text, start)
        assert word is not None  # noqa: S101 - a sign stands there
        yield CodedWord(start, tuple(patterns.part.split(word.group())))
        at = word.end()


@lru_cache(maxsize=64)
def _patterns(signs: frozenset[str], *, only_places: bool = False) -> _Patterns:
    own = "".join(sign for sign in sorted(signs) if sign in _letters())
    letter = f"(?:(?![{own}])[{LETTERS}])" if own else f"[{LETTERS}]"
    any_sign = _any_of(signs)
    passed = frozenset(s for s in signs if only_places and kind_of(s) in _SELDOM)
    return _Patterns(
        _finder(signs, passed, letter),
        re.compile(rf"{letter}*(?:(?:{any_sign}){letter}*)+"),
        re.compile(f"({any_sign})"),
        _letters() - set(own) | passed,
    )


_SELDOM = (Kind.PUNCTUATION, Kind.DIGIT, Kind.TAB)
"""Signs that stand in a place only before a letter, or, punctuation, away from letters."""


def _finder(signs: Iterable[str], passed: Iterable[str], letter: str) -> re.Pattern[str]:
    """A pattern that finds where a sign begins; the signs passed only where they may stand in a place."""
    plain, others = _part_plain(set(signs) - set(passed))
    ways = [
        f"(?<={re.escape(first)}){_any_in([(sign[1:], _tail(sign)) for sign in row])}"
        for first, row in groupby(others, itemgetter(0))
    ]
    if plain:
        ways.append(f"(?<={_class_of(plain)})")
    if passed:
        seldom = _class_of(passed)
        ways += [f"(?<={seldom})(?={letter})", f"(?<={seldom})(?<!{letter}.)"]
    return re.compile(f"{_class_of(sign[0] for sign in signs)}(?:{'|'.join(ways)})", re.DOTALL)


def _class_of(characters: Iterable[str]) -> str:
    """A character class; at the start of a pattern it is what `re` looks for fast."""
    found = sorted(set(characters))
    return re.escape(found[0]) if len(found) == 1 else f"[{''.join(map(re.escape, found))}]"


@cache
def _letters() -> frozenset[str]:
    return frozenset(re.findall(f"[{LETTERS}]", "".join(map(chr, range(0x2000)))))


def _any_of(signs: frozenset[str]) -> str:
    """A pattern for any of the signs; the longest first, and none where it is part of something longer."""
    plain, others = _part_plain(signs)
    ways = [_any_in([(sign, _tail(sign)) for sign in others])] if others else []
    return "|".join([*ways, _class_of(plain)] if plain else ways)


def _any_in(signs: Sequence[tuple[str, str]]) -> str:
    """A pattern for the longest of some signs that fits, each with its tail; they are in order.

    What many begin with is looked at once, and what many end in is written once (`a[bc]d`), so that a text may have
    thousands of them.
    """
    (first, tail), (last, _) = signs[0], signs[-1]
    if first == last:
        return re.escape(first) + tail
    shared = commonprefix((first, last))  # noqa: RUF071 - these are no paths
    rows: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for sign, tail in signs:
        rest = sign[len(shared) :]
        rows[rest[:1]].append((rest[1:], tail))
    ends = [tail for _, tail in rows.pop("", ())]
    ways: defaultdict[str, list[str]] = defaultdict(list)
    for begin, row in rows.items():
        ways[_any_in(row)].append(begin)
    found = [_class_of(begins) + rest for rest, begins in ways.items()] + ends
    return f"{re.escape(shared)}(?:{'|'.join(found)})"


def _part_plain(signs: Iterable[str]) -> tuple[list[str], list[str]]:
    """The signs of one character, for one class (a text may have thousands), and the others, in order."""
    ordered = sorted(signs)
    plain = [sign for sign in ordered if len(sign) == 1 and not _tail(sign)]
    return plain, [sign for sign in ordered if len(sign) > 1 or _tail(sign)]


def _tail(sign: str) -> str:
    if sign == "\r":
        return r"(?!\n)"
    return r"(?!\d)" if sign[0] == "/" and sign[-1].isdigit() else ""
