"""Where furniture may stand: the lines near the boundaries of pages.

A page break is a boundary. Where a text has none, the page numbers that count through it show where its pages end.
The start and the end of a text are boundaries too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from ligafix.evidence.pages import skeleton, skeletons
from ligafix.stages.furniture.context import RUNS_ON, weigh_gap
from ligafix.stages.furniture.layout import LONGEST_LINE, Layout
from ligafix.stages.furniture.numbers import Form, PageNumber
from ligafix.stages.furniture.tables import is_heading, names_section

DEPTH = 9
"""Furniture is looked for among so many lines before a boundary and behind it."""


_NOTE_END = re.compile(r"\d\.\Z|.{40}[a-z]\.\Z")
"""How notes end, which are numbered too, but hardly ever heads."""


FEWEST_HEADS, LONG_HEAD = 3, 15
"""What ends as notes do, and stands beside so many numbers, is a head, if it has so many letters (`Ibid., p. 12`)."""


class Kind(Enum):
    """What makes a boundary."""

    BREAK = "page break"
    NUMBER = "page number"
    REPEAT = "repeated line"
    INTERRUPTION = "interrupted sentence"
    EDGE = "edge of the text"


@dataclass(frozen=True, slots=True)
class Boundary:
    """Where one page may end and the next begin.

    Attributes:
        kind: what makes it one.
        above: the lines before it, the nearest first.
        below: the lines behind it, the nearest first.
    """

    kind: Kind
    above: tuple[int, ...]
    below: tuple[int, ...]


def boundaries_at_breaks(layout: Layout) -> list[Boundary]:
    """The boundaries of a text that has page breaks, its start and end among them. Pages without lines are none."""
    starts = layout.page_starts
    pages = [range(a, b) for a, b in pairwise(starts) if b > a]
    before: list[range] = [range(0), *pages]
    behind: list[range] = [*pages, range(0)]
    return [
        Boundary(Kind.BREAK, _nearest(reversed(above)), _nearest(below))
        for above, below in zip(before, behind, strict=True)
    ]


def boundaries_at_lines(layout: Layout, lines: Iterable[int], kind: Kind) -> list[Boundary]:
    """The boundaries that lines show which belong to none of the text around them; each counts as standing above."""
    lines = sorted(lines)
    bounds = [-1, *lines, len(layout)]
    found = []
    for before, line, behind in zip(bounds, lines, bounds[2:], strict=False):
        above = range(line, max(before, line - DEPTH), -1)
        below = range(line + 1, min(behind, line + 1 + DEPTH))
        found.append(Boundary(kind, tuple(above), tuple(below)))
    return found


def interrupting_lines(layout: Layout) -> Iterator[int]:
    """The lines in the manner of running heads or feet with a page number, across which a sentence runs on.

    Bare and bracketed numbers are not among them: marks of notes and citations may have lines for themselves.
    """
    for line, numbers in layout.page_numbers.items():
        is_inside = 0 < line < len(layout) - 1
        if is_inside and any(map(_is_telling, numbers)) and weigh_gap(layout, line - 1, line + 1) >= RUNS_ON:
            yield line


def _is_telling(number: PageNumber) -> bool:
    return bool(number.parted) or number.form is Form.NAMED


def edges_of_text(layout: Layout) -> list[Boundary]:
    """The start and the end of a text."""
    lines = range(len(layout))
    return [
        Boundary(Kind.EDGE, (), tuple(lines[:DEPTH])),
        Boundary(Kind.EDGE, tuple(reversed(lines))[:DEPTH], ()),
    ]


def _nearest(lines: Iterable[int]) -> tuple[int, ...]:
    return tuple(line for _, line in zip(range(DEPTH), lines, strict=False))


def words_of(number: PageNumber) -> str:
    """What a line says beside its page number, for comparison."""
    return skeleton(number.rest)


def count_skeletons(layout: Layout, lines: Iterable[int]) -> Counter[str]:
    """How often each line stands there, without its page number where it may have one."""
    counts = Counter[str]()
    for line in lines:
        if layout.width(line) <= LONGEST_LINE:
            key = skeleton(layout.content(line))
            counts.update((key, *({*map(words_of, layout.page_numbers.get(line, ()))} - {key})))
    return counts


def count_all_skeletons(layout: Layout) -> Counter[str]:
    """The same of all lines of a text."""
    counts = Counter[str]()
    for key, times in zip(skeletons(layout.contents), layout.times, strict=True):
        counts[key] += times
    for line, numbers in layout.page_numbers.items():
        counts.update({*map(words_of, numbers)} - {skeleton(layout.content(line))})
    return counts


def readings(layout: Layout, line: int, repeated: Mapping[str, int] | None) -> Iterator[PageNumber]:
    """The page numbers that a line may bear: alone on it, or beside words that repeat or are set apart from it.

    Where `repeated` is None, any words will do.
    """
    for number in layout.page_numbers.get(line, ()):
        if number.form is not Form.BESIDE or _is_head(number, repeated):
            yield number


def _is_head(number: PageNumber, repeated: Mapping[str, int] | None) -> bool:
    """Whether the words beside a number may be those of a head."""
    often = repeated.get(words_of(number), 0) if repeated is not None else 0
    if _NOTE_END.search(number.rest) and (often < FEWEST_HEADS or sum(map(str.isalpha, number.rest)) < LONG_HEAD):
        return False
    if number.parted or repeated is None:
        return True
    return (often > 1 and not is_heading(number.rest)) or is_section_head(number)


def is_section_head(number: PageNumber) -> bool:
    """Whether a page number stands at the outer end of a head that names the chapter, or the section."""
    return number.form is Form.BESIDE and names_section(number.rest, is_first=number.is_last)
