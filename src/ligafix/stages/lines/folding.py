"""Double-spaced text: the blank line after every line is folded, the breaks of its paragraphs stay.

A stretch is double-spaced when its lines, with one to three blank lines between each, go on in the middle of the
sentence and fill a common measure. Paragraphs with blank lines between them, verse, lists and tables do not: their
lines end with the sentence, or where there was room for more.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from operator import mul

from ligafix.changes import Proposal
from ligafix.document import HYPHENS
from ligafix.odds import to_probability
from ligafix.programs import LEAST, is_statement
from ligafix.stages.lines.flow import MOST_SAID, Seam, inspect, weigh_continuation
from ligafix.stages.lines.layout import (
    MARGIN,
    NARROWEST,
    NARROWEST_LETTER,
    WIDEST,
    Line,
    print_width,
    quantile,
    split_lines,
)

MOST_BLANK_LINES = 3
"""More blank lines than this after every line are not seen."""


FEWEST_LINES = 4
"""Fewer lines never tell."""

PRIOR = -4.0
"""How unlikely a double-spaced stretch is before its lines are looked at (nats)."""

MOST = 9.0
"""What all lines together may say (nats): they are not independent witnesses."""

STOP = 4.0
"""A stretch ends where as much (nats) speaks against its going on."""

NARROWED = 0.16
"""A line with this much room (as a share of the measure) may have been full before its ligatures were lost."""

SURE_STRETCH = 4.0
"""In a stretch that surely is double-spaced, so much (nats) speaks for a sentence going on over a blank line."""

NARROW = 0.7
"""A stretch narrower than this share of the lines that stand without blank lines between is a list ..."""

FEWEST_TIGHT, BEGINNING = 8, 1 << 16
"""... where so many of these are found among the first code points."""

CLEAR = 0.9
"""Where it is less probable that the paragraph goes on, a blank line is left if there are more."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line that is not blank, how many blank lines stand before it, and whether a page ends there."""

    line: Line
    blank: int
    opens_page: bool


@dataclass(frozen=True, slots=True)
class _Gap:
    """The blank lines between two lines; `before_title` tells that the second one looks like a heading."""

    line: Line
    following: _Row
    seam: Seam
    before_title: bool


def propose(text: str) -> list[Proposal]:
    """The blank lines of double-spaced stretches, folded."""
    parts = (split_lines(text, *span) for span in _find_parts(text) if not _is_row_of_paragraphs(text[slice(*span)]))
    runs = [gaps for part in parts for run in _runs(part) if (gaps := _make_gaps(run))]
    stretches = (stretch for gaps in _as_wide(text, runs) for stretch in _find_stretches(gaps))
    found = (_fold(text, *member) for member in stretches)
    return [proposal for proposal in found if proposal is not None]


def _as_wide(text: str, runs: Sequence[Sequence[_Gap]]) -> Iterator[Sequence[_Gap]]:
    """The runs that are about as wide as the text is elsewhere: lists and tables are narrower."""
    widths = [print_width(line) for line in _find_tight_lines(text)] if runs else []
    least = NARROW * quantile(widths, MARGIN) if len(widths) >= FEWEST_TIGHT else 0.0
    return (gaps for gaps in runs if quantile((print_width(g.line.text.rstrip()) for g in gaps), MARGIN) >= least)


def _find_tight_lines(text: str) -> Iterator[str]:
    """The lines of a text, or of its beginning, that have another one right behind them."""
    lines = text[:BEGINNING].split("\n")
    return (line.strip() for line, following in pairwise(lines) if line.strip() and following.strip())


def _find_parts(text: str) -> Iterator[tuple[int, int]]:
    """The parts of a text that may be double-spaced: around blank lines over which a sentence visibly goes on.

    They start and end where a line follows another without blank lines between. Most texts have none of them.
    """
    if "\n" not in text:
        yield 0, len(text)
        return
    end = 0
    for gap in _find_gaps(text):
        if gap.start() >= end:
            start, end = _start_of_part(text, gap.start(), end), _end_of_part(text, gap.end())
            yield start, end


def _find_gaps(text: str) -> Iterator[re.Match[str]]:
    """The blank lines, and behind them a small letter, or before them a hyphen and behind them a letter."""
    pattern = _GAP_AT_FEED if "\f" in text else _GAP
    return (gap for gap in pattern.finditer(text) if gap[1] is None or _ends_in_hyphen(text, gap.start()))


def _ends_in_hyphen(text: str, end: int) -> bool:
    """Whether a hyphen is the last sign that stands before a line's end."""
    while end and text[end - 1].isspace() and text[end - 1] not in "\n\f":
        end -= 1
    return end > 0 and text[end - 1] in HYPHENS


_BLANK_LINES = rf"(?:[^\S\n\f]*[\n\f]){{1,{2 * MOST_BLANK_LINES + 1}}}[^\S\n\f]*"
_BEHIND = rf"{_BLANK_LINES}(?:[\"'“‘„«(\[]*[^\W\d_A-Z]|([^\W\d_]))"
_GAP = re.compile(rf"\n{_BEHIND}")  # a single character at the start is what `re` looks for fastest
_GAP_AT_FEED = re.compile(rf"[\n\f]{_BEHIND}")
"""Blank lines, and a letter behind them: where it is no small one, it is the group."""


_BETWEEN_LINES = re.compile(r"\n(?:(?<=\S\n)|(?<=\S[^\S\n\f]\n))(?=[^\S\n\f]*\S)")
"""The end of a line, where the next one is not blank either."""


def _start_of_part(text: str, at: int, least: int) -> int:
    """Where the part starts in which a place lies, at the earliest at another."""
    end = text.rfind("\n", least, at)
    while end >= 0 and (text.startswith("\n", end + 1) or not _BETWEEN_LINES.match(text, end)):
        end = text.rfind("\n", least, end)
    return max(end + 1, least)


def _end_of_part(text: str, at: int) -> int:
    """Where the part ends in which a place lies."""
    found = _BETWEEN_LINES.search(text, at)
    return found.end() if found else len(text)


def _runs(lines: Sequence[Line]) -> Iterator[list[_Row]]:
    """The lines of a text in rows in which each line has blank lines behind it, or a page's end."""
    run: list[_Row] = []
    blank, opens_page = 0, True
    for line in lines:
        if line.is_blank:
            blank += 1
            opens_page |= line.ends_page
            continue
        if not blank and not opens_page:
            yield run
            run = []
        run.append(_Row(line, blank, opens_page))
        blank, opens_page = 0, line.ends_page
    yield run


def _make_gaps(run: Sequence[_Row]) -> list[_Gap]:
    """What stands between the lines of a run; nothing where they are no printed lines."""
    if len(run) < FEWEST_LINES or _are_paragraphs(run) or _is_program(run):
        return []
    widths = [print_width(row.line.text.rstrip()) for row in run]
    measure = quantile(widths, MARGIN)
    if not NARROWEST <= measure <= WIDEST:
        return []
    pairs = zip(run, run[1:], widths, strict=False)
    seams = [inspect(row.line.text, following.line.text, width, measure) for row, following, width in pairs]
    gaps = []
    for number, seam in enumerate(seams):
        before_title = number + 1 < len(seams) and seams[number + 1].is_title
        gaps.append(_Gap(run[number].line, run[number + 1], seam, before_title))
    return gaps


def _is_program(run: Sequence[_Row]) -> bool:
    """Whether so many lines are statements that it is a listing."""
    return sum(is_statement(row.line.text) for row in run) >= LEAST * len(run)


def _are_paragraphs(run: Sequence[_Row]) -> bool:
    """Whether most lines are so long that no column holds them, whatever their letters are."""
    return _are_long(len(row.line.text.rstrip()) for row in run)


def _are_long(lengths: Iterable[int]) -> bool:
    return quantile(lengths, MARGIN) * NARROWEST_LETTER > WIDEST


def _is_row_of_paragraphs(part: str) -> bool:
    """Whether a part of a text surely is one run of lines that are so long; fast."""
    if "\f" in part or "\n" not in part:
        return False
    lengths = list(map(len, map(str.rstrip, part.split("\n"))))
    return _are_long(filter(None, lengths)) and not any(map(mul, lengths, islice(lengths, 1, None)))


def _find_stretches(gaps: Sequence[_Gap]) -> Iterator[tuple[_Gap, int, float]]:
    """The gaps of double-spaced stretches, each with their spacing and the probability that its stretch is one.

    A stretch is a row of gaps whose weights have the greatest sum, as in maximal scoring subsequences (Ruzzo and
    Tompa 1999), cut where much speaks against it.
    """
    spacing = _find_spacing(gaps)
    start, total, best, best_end = 0, 0.0, 0.0, 0
    for number, gap in enumerate([*gaps, None] if spacing else []):
        total += _weigh(gap, spacing) if gap else -STOP
        if total > best:
            best, best_end = total, number + 1
        if gap is None and total > best - STOP / 2:
            best_end = number
        if gap is None or total <= max(0.0, best - STOP):
            sure = to_probability(PRIOR + min(best, MOST), MOST_SAID)
            yield from ((member, spacing, sure) for member in gaps[start:best_end])
            start, total, best, best_end = number + 1, 0.0, 0.0, number + 1


def _find_spacing(gaps: Sequence[_Gap]) -> int:
    """How many blank lines stand after every line; 0 where there is no such number."""
    counts = Counter(gap.following.blank for gap in gaps if gap.seam.goes_on and gap.seam.is_full)
    spacing, _ = max(counts.items(), key=lambda item: (item[1], -item[0]), default=(0, 0))
    return spacing if spacing <= MOST_BLANK_LINES else 0


def _weigh(gap: _Gap, spacing: int) -> float:
    """How much (nats) a gap speaks for double spacing.

    Lines that go on and are full are what wrapping leaves behind; a line that goes on although there was room for
    more is a verse or a list. Sentences end at a line's end in any text.
    """
    seam = gap.seam
    if gap.following.blank != spacing:
        return 0.0 if gap.following.opens_page else -0.5
    if seam.goes_on:
        return 1.5 if seam.is_full else 0.3 if seam.room <= NARROWED else -1.5
    if seam.ends:
        return -0.1 if seam.is_full else -0.5
    return 0.3 if seam.is_full else -1.0


def _fold(text: str, gap: _Gap, spacing: int, sure: float) -> Proposal | None:
    """What becomes of a gap: nothing of it is left inside a paragraph, one blank line between two."""
    blank = gap.following.blank
    weight = weigh_continuation(gap.seam)
    if gap.seam.goes_on and gap.seam.room <= NARROWED:
        weight = max(weight, SURE_STRETCH * (sure >= 0.95))
    goes_on = 0.0 if _is_set_off(gap, spacing) else to_probability(weight, MOST_SAID)
    if gap.following.opens_page or sure <= 0.5 or (goes_on <= 0.5 and blank == 1):
        return None
    start, end = gap.line.after, gap.following.line.start
    evidence = f"double-spaced stretch {sure:.2f}, paragraph goes on {goes_on:.2f}"
    if goes_on >= CLEAR or blank == 1:
        return Proposal(start, end, "", "folded", sure * goes_on, evidence=evidence)
    kept = text.index(text[start - 1], start) + 1
    return Proposal(kept, end, "", "paragraph-break", sure, evidence=evidence)


def _is_set_off(gap: _Gap, spacing: int) -> bool:
    """Whether more blank lines than usual, an indent or a heading begin something new."""
    is_wider = gap.following.blank != spacing and not gap.seam.goes_on
    return is_wider or gap.before_title or gap.following.line.indent > gap.line.indent + 1
