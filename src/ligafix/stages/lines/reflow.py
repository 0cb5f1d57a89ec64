"""Wrapped paragraphs become one line each, when asked to.

Two lines become one where the second goes on in the paragraph of the first: the first is full (the next word did not
fit), and no indent, heading, list item, note or sentence that ends early says otherwise. A line-end hyphen is left to
the stage `hyphens`, which knows whether it stays.

It refuses: programs, settings and pages of markup as a whole, and of other texts verse (lines that begin with capitals,
or end where there was room), lists, tables, code, headings, captions, labels, title pages and footnotes. Page ends are
crossed only in the middle of a sentence.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from ligafix.changes import Proposal
from ligafix.odds import to_probability
from ligafix.programs import is_program, is_statement
from ligafix.stages.lines.flow import MOST_SAID, TIGHT, Seam, is_divided, weigh_continuation
from ligafix.stages.lines.layout import Line, split_lines
from ligafix.stages.lines.notes import find_note_lines
from ligafix.stages.lines.sheet import Sheet
from ligafix.stages.lines.wording import interrupts

SET_OFF = -6.0
"""How much (nats) an indent, a list item or a heading speaks against one paragraph."""

FEWEST_LABELS = 3
"""Two lines in a row that both stand so often in a text are labels."""

LOOSELY_FULL = 0.1
"""The share of last lines that look full because the next word is long: a word and its space, of a line of ten."""

SUGGEST = 0.6
"""A join at least this probable is worth a suggestion."""

_SMALL = r"[^\W\d_a-zß-öø-ÿ]"
_NUMBER = r"(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3}|[*†‡§])"
_ITEM = re.compile(
    r"\s*(?:[-–—•‣◦▪·○●■□►]\s|\(?(?:\d{1,3}|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]\s|[\[(]\d{1,3}[\])]\s"
    rf"|\d{{1,2}}(?:\.\d{{1,2}})+(?:\.?\s|\Z)|{_NUMBER}\s*(?:{_SMALL}|[\"“„«])|\d{{1,4}}\s*\Z|#{{1,6}}\s)"
)
"""How list items, numbered headings, notes and page numbers begin."""

_CELLS = re.compile(r"\S(?: {3,}|\t+ *| +\| +)\S|\A\s*\||\.{5}|(?: \.){4}")
_FENCES = ("```", "~~~")
_NUMERIC = re.compile(r"[-+−–]?[\d.,%()±/<>=*×:]+\Z")
_ADDRESS_END = re.compile(r"(?:://|www\.|@|\w/\w)\S*(?<![.,;:)\]>])\Z")
_MENDED = re.compile(r"(\S+)[ \t]*[\r\n]\s*")
_SUSPENDED = re.compile(r"(?:and|or|to|und|oder|bzw|et|ou|y|o|e|i|lub)\b")
_UNSPACED = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]")


def propose(text: str) -> list[Proposal]:
    """The line ends within paragraphs, as spaces."""
    if is_program(text):
        return []
    lines = split_lines(text)
    notes = find_note_lines(lines)
    fenced = _find_fenced(lines)
    known = notes | fenced | _find_labels(lines)
    fixed = {number for number, line in enumerate(lines) if number in known or _is_fixed(line)}
    sheet = Sheet(lines, fixed)
    rates = _Rates(sheet)
    joins = (_join(lines, *pair, to_probability(_weigh(sheet, rates, *pair), MOST_SAID)) for pair in sheet.pairs())
    return [join for join in joins if join is not None]


class _Rates:
    """How often a line that ends with a sentence and fills its column is the last of its paragraph, in one document.

    Last lines are of any length, so for each that is clearly short there is a certain number that look full. Where
    indents or blank lines part the paragraphs, no last line is followed by the next paragraph directly, and none does.
    """

    def __init__(self, sheet: Sheet) -> None:
        adjacent = [first for first, second in sheet.pairs() if second == first + 1 and sheet.is_wrapped(first)]
        endings = [sheet.seam(first) for first in adjacent if sheet.seam(first).is_ending and not sheet.is_split(first)]
        short = sum(not seam.is_full for seam in endings)
        tight = sum(seam.is_full and seam.is_tight for seam in endings)
        full = len(endings) - short - tight
        self._tight = _odds_of_going_on(short * 2 * TIGHT, tight)
        self._full = _odds_of_going_on(short * LOOSELY_FULL, full)

    def weigh(self, seam: Seam) -> float:
        """How much (nats) speaks for a paragraph going on behind a full line that ends a sentence."""
        return self._tight if seam.is_tight else self._full


def _odds_of_going_on(paragraphs: float, lines: int) -> float:
    """The log odds, of so many lines with so many paragraph ends among them; for few lines what is usual (0.9)."""
    ends = min(paragraphs + 0.2, lines + 1.6)
    return math.log((lines + 2 - ends) / ends)


def unwrap(mended: Proposal) -> Proposal:
    r"""A divided word that was mended, with a space behind it instead of the line end.

    What a line's end divides is of one paragraph.

    >>> unwrap(Proposal(0, 9, "signicant,\n", "joined", 0.99)).after
    'signicant, '
    """
    found = _MENDED.fullmatch(mended.after or "")
    return mended._replace(after=f"{found[1]} ") if found else mended


def _find_fenced(lines: Sequence[Line]) -> frozenset[int]:
    """The lines between two fences of Markdown, and the fences."""
    fences = [number for number, line in enumerate(lines) if line.text.lstrip().startswith(_FENCES)]
    pairs = zip(fences[::2], fences[1::2], strict=False)
    return frozenset(number for first, last in pairs for number in range(first, last + 1))


def _find_labels(lines: Sequence[Line]) -> frozenset[int]:
    """The lines that stand in the text again and again, as the one beside each does: labels of figures."""
    texts = [line.text.strip() for line in lines]
    often = {text for text, count in Counter(texts).items() if text and count >= FEWEST_LABELS}
    pairs = [number for number in range(1, len(texts)) if texts[number - 1] in often and texts[number] in often]
    return frozenset(pairs) | frozenset(number - 1 for number in pairs)


def _is_fixed(line: Line) -> bool:
    """Whether a line is part of a table or of a program."""
    text = line.text.strip()
    if _CELLS.search(text) or is_statement(text):
        return True
    chunks = text[:400].split()
    return len(chunks) > 2 and sum(bool(_NUMERIC.match(chunk)) for chunk in chunks) > len(chunks) / 2


def _weigh(sheet: Sheet, rates: _Rates, first: int, second: int) -> float:
    """How much (nats) speaks for two lines being of one paragraph."""
    line, following, seam = sheet.lines[first], sheet.lines[second], sheet.seam(first)
    if not sheet.is_wrapped(first):
        return 2 * SET_OFF
    if second > first + 1 or line.ends_page:
        return 4.0 if sheet.has_pages and seam.goes_on and seam.is_full else SET_OFF
    odds = _weigh_seam(sheet, rates, first)
    is_indent = following.indent > line.indent + 1 and not _ITEM.match(line.text)
    is_apart = _ITEM.match(following.text) or interrupts(line.text, following.text)
    if is_apart or is_indent or sheet.is_dedent(first):
        odds += SET_OFF
    if not seam.goes_on and sheet.is_title(second):
        odds += SET_OFF
    return odds


def _weigh_seam(sheet: Sheet, rates: _Rates, first: int) -> float:
    """How much (nats) the widths and the sentence speak for a line and the next one being of one paragraph."""
    seam = sheet.seam(first)
    if sheet.is_split(first):
        return _weigh_row(seam, sheet.lines[first + 1].text)
    return rates.weigh(seam) if seam.is_ending and seam.is_full else weigh_continuation(seam)


def _weigh_row(seam: Seam, following: str) -> float:
    """How much (nats) speaks for two lines being pieces of one row, if they are as wide together as a row.

    Short lines of a dialogue may be so by chance.
    """
    if seam.goes_on:
        return 5.0
    return 2.0 if following.lstrip()[:1].isalnum() else 0.0


def _join(lines: Sequence[Line], first: int, second: int, sure: float) -> Proposal | None:
    """Two lines as one; None where that is improbable, or a hyphen or an address must be looked at first."""
    line, following = lines[first].text.rstrip(), lines[second].text.lstrip()
    if sure < SUGGEST or _ADDRESS_END.search(line[-200:]):
        return None
    if is_divided(line) and following[:1].isalpha() and not _SUSPENDED.match(following):
        return None
    start, end = lines[first].end, lines[second].start + lines[second].indent
    rule = "page-joined" if second > first + 1 or lines[first].ends_page else "reflowed"
    return Proposal(start, end, _gap(line, following), rule, sure, evidence=f"paragraph goes on {sure:.2f}")


def _gap(line: str, following: str) -> str:
    """What stands between two lines of a paragraph: a space, but not beside a dash without spaces, nor in Chinese."""
    if _UNSPACED.match(line[-1]) and _UNSPACED.match(following):
        return ""
    is_range = line[-1] in "-–" and line[-2:-1].isdigit() and following[:1].isdigit()
    is_dash = (line[-1] == "—" and line[-2:-1] != " ") or (following[:1] == "—" and following[1:2] != " ")
    return "" if is_range or is_dash else " "
