"""Page numbers as they are printed: `12`, `- 12 -`, `[xii]`, `Page 12 of 30`, `130 | The Harbour`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, IntEnum
from functools import cache, lru_cache
from itertools import islice

from ligafix.stages.furniture.tables import of_words, page_words


class Form(Enum):
    """How a page number stands in its line."""

    BARE = "bare"
    BRACKETED = "bracketed"  # `(12)`, as equations are numbered too
    SET_OFF = "set off"  # `- 12 -`, `[12]`, `| 12`, `Page 12`, `12 / 30`
    NAMED = "named"  # `Page 12 of 30`
    BESIDE = "beside"  # with other text


class Parting(IntEnum):
    """What parts a page number from the other text of its line, by how seldom headings and lists have it there."""

    SPACE = 0
    RULE = 1  # `130 | The Harbour`, `The Harbour · 131`
    LETTER = 2  # `130 Ë The Harbour`: a rule that came out as a letter


@dataclass(frozen=True, slots=True)
class PageNumber:
    """One way to read a line as bearing a page number.

    Attributes:
        value: the number.
        printed: how it is printed.
        roman: whether in roman numerals.
        form: how it stands in the line.
        rest: the other text of the line.
        parted: what parts it from the rest.
        damaged: whether letters were read as digits (`l9`, `2O`).
        is_last: whether it stands behind the rest.
    """

    value: int
    printed: str
    roman: bool
    form: Form
    rest: str = ""
    parted: Parting = Parting.SPACE
    damaged: bool = False
    is_last: bool = False


_DIGITS_LIKE = str.maketrans("lIiOoSsBZz", "1110055822")
"""Letters that OCR reads for digits."""

_ROMAN = re.compile(r"(?=[mdclxvi])m{0,3}(?:c[md]|d?c{0,3})(?:x[cl]|l?x{0,3})(?:i[xv]|v?i{0,3})", re.IGNORECASE)
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
_NUMBER = r"(?:[0-9lIOoSsBZz]{1,5}|[ivxlcdm]{1,9}|[IVXLCDM]{1,9})"
_MIRRORED = {
    "-": "-",
    "–": "–",
    "—": "—",
    "[": "]",
    "{": "}",
    "<": ">",
    "«": "»",
    "*": "*",
    "•": "•",
    "~": "~",
    "_": "_",
}
RULES = "|·•■□▪◆▌│┃¦"
_PLAUSIBLE_START = re.compile(r"\W{0,4}(?:\d|[ivxlcdmIVXLCDM]{1,9}\b|[lIOoSsBZz]\d)")
_PLAUSIBLE_END = re.compile(r"(?:\d[\dlIOoSsBZz]{0,4}|I|\b[ivxlcdm]{1,9})\W{0,3}\Z")
_LONGEST_END = 12
"""What this matches is no longer."""

_SIGN = rf"(?:\s*[{RULES}/:]\s*|\s+(?:[–—-]{{1,2}}|[^\w\s]|(?![aAeEiIoOuUyYàÀèéÉòóùúôÔöÖ])[^\W\d_a-zA-Z])\s+)"
_RULE = re.compile(rf"[{RULES}\u25a0-\u25ff\u2700-\u27bf]")


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<open>[^\w\s]{{0,3}}) ?(?:(?P<word>{page_words()})[.:]? ?)?(?P<number>{_NUMBER})"
        rf"(?: ?(?P<of>{of_words()}|(?=\s\d)) ?(?P<total>\d{{1,5}}))? ?(?P<close>[^\w\s]{{0,3}})"
    )


@cache
def _first() -> re.Pattern[str]:
    return re.compile(rf"(?P<number>{_NUMBER})(?:(?P<sign>{_SIGN})|\s+)(?P<rest>.+)")


@cache
def _last() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<rest>.*?\S)(?:(?P<sign>{_SIGN})|\s+)(?:(?:{page_words()})[.:]? ?)?(?P<number>{_NUMBER})"
        rf"(?: ?(?:{of_words()}) ?\d{{1,5}})?"
    )


def read_page_numbers(line: str) -> tuple[PageNumber, ...]:
    """The ways to read a line (its white space made single spaces) as bearing a page number.

    >>> [(n.value, n.form.name, n.rest) for n in read_page_numbers("130 | The Harbour")]
    [(130, 'BESIDE', 'The Harbour')]
    >>> [n.value for n in read_page_numbers("Page 12 of 30")], [n.value for n in read_page_numbers("12. Item")]
    ([12], [])
    """
    return _find_all_readings(line) if len(line) <= 160 and _is_plausible(line) else ()


def _is_plausible(line: str) -> bool:
    return bool(_PLAUSIBLE_START.match(line) or _PLAUSIBLE_END.search(line, max(0, len(line) - _LONGEST_END)))


def find_plausible(lines: Iterable[str]) -> set[str]:
    """Those of some lines that may bear a number, and perhaps some more: faster than one by one.

    >>> find_plausible(["12 The Harbour", "The Harbour", "Page xii."]) == {"12 The Harbour", "Page xii."}
    True
    """
    rows, found = iter(lines), set[str]()
    while row := "\n".join(islice(rows, _AT_ONCE)):
        text = f"\n{row}\n"
        found.update(_PLAUSIBLE_STARTS.findall(text))
        found.update(line[::-1] for line in _PLAUSIBLE_ENDS.findall(text[::-1]))
    return found


_AT_ONCE = 1 << 12
"""So many lines are looked at together."""

_PLAUSIBLE_STARTS = re.compile(r"\n([^\w\n]{0,4}(?:\d|[ivxlcdmIVXLCDM]{1,9}\b|[lIOoSsBZz]\d)[^\n]*)")
_PLAUSIBLE_ENDS = re.compile(r"\n([^\w\n]{0,3}(?:[\dlIOoSsBZz]{0,4}\d|I|[ivxlcdm]{1,9}\b)[^\n]*)")
"""How such lines begin, and how they end, read backwards."""


@lru_cache(maxsize=1 << 14)
def _find_all_readings(line: str) -> tuple[PageNumber, ...]:
    """The readings of a line that may bear a number; remembered, unlike those that do not, which are most."""
    return tuple(_find_readings(line))


def _find_readings(line: str) -> Iterator[PageNumber]:
    whole = _match_whole(line)
    if whole is not None:
        yield whole
        return
    for is_last, found in enumerate((_first().fullmatch(line), _last().fullmatch(line))):
        rest = found["rest"].strip() if found else ""
        if found is None or sum(map(str.isalpha, rest)) < 3:
            continue
        sign = found["sign"] or ""
        number = _value(found["number"], beside=True)
        if number is not None:
            parted = Parting.LETTER if sign.strip().isalpha() else Parting(bool(_RULE.search(sign)))
            yield PageNumber(
                number[0], found["number"], number[1], Form.BESIDE, rest, parted, number[2], is_last=bool(is_last)
            )


def _match_whole(line: str) -> PageNumber | None:
    found = _whole().fullmatch(line) or _whole().fullmatch(line.casefold())
    if found is None:
        return None
    number, form = _value(found["number"], beside=False), _form(found)
    if number is None or form is None:
        return None
    return PageNumber(number[0], found["number"], number[1], form, damaged=number[2])


def _form(found: re.Match[str]) -> Form | None:
    """How a number stands that has its line for itself; None where page numbers do not stand so (`12.`, `+5`)."""
    opening, closing = found["open"], found["close"]
    if found["total"] and not (found["of"] or found["word"]):
        return None
    if opening == "(" and closing == ")":
        return Form.BRACKETED
    mirrored = bool(opening) and _MIRRORED.get(opening[0]) == closing[-1:]
    ruled = bool(opening + closing) and not (opening + closing).strip(RULES)
    if (opening or closing) and not (mirrored or ruled):
        return None
    if found["word"] and found["total"]:
        return Form.NAMED
    return Form.SET_OFF if opening or closing or found["word"] or found["total"] else Form.BARE


def _value(token: str, *, beside: bool) -> tuple[int, bool, bool] | None:
    """The number that a token is, whether it is roman, and whether damaged."""
    if token.isdigit():
        return (int(token), False, False) if token.isascii() else None
    if any(c.isdigit() for c in token) and token.isascii():
        repaired = token.translate(_DIGITS_LIKE)
        return (int(repaired), False, True) if repaired.isdigit() else None
    if _ROMAN.fullmatch(token) and not (beside and (token.isupper() or len(token) < 2)):
        return _roman_value(token.lower()), True, False
    return None


def _roman_value(numeral: str) -> int:
    values = [_ROMAN_VALUES[c] for c in numeral]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))
