"""A text's lines measured: how wide each is, how wide its column, and whether the text around it is wrapped prose."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

from ligafix.stages.lines.flow import SPACE, Seam, inspect
from ligafix.stages.lines.layout import MARGIN, NARROWEST, WIDEST, Line, has_pages, print_width, quantile

BLOCK = 10
"""Lines that get their measure together."""

REACH = 20
"""So many lines before and behind a block are measured with it: about a page. A column's width changes from page to
page, not from line to line."""

FEWEST = 3
"""So many lines must go on in the next one for a passage to count as wrapped."""

MOST_CAPITALS = 0.6
"""Where more of the lines in the middle of a sentence than this are followed by a capital, it is verse or a list; in
German prose, with its nouns, it is a third."""

LEAST_FULL = 0.75
"""The share of the lines going on that must be full."""

ROW = (0.86, 1.03)
"""The pieces into which an extractor parts a justified line are together as wide as the measure, less what is missing
of the wide spaces at which it parts them."""

MOST_PIECES = 8
"""A row does not fall into more pieces than this."""


class Sheet:
    """The lines of a text that may belong to paragraphs; those in `fixed` never do."""

    def __init__(self, lines: Sequence[Line], fixed: Collection[int]) -> None:
        self.lines = lines
        self.has_pages = has_pages(lines)
        filled = [number for number, line in enumerate(lines) if not line.is_blank]
        free = [number for number in filled if number not in fixed]
        self._width = {number: print_width(lines[number].text.rstrip()) for number in free}
        self._next = {first: second for first, second in pairwise(filled) if {first, second} <= self._width.keys()}
        self._measure = self._find_measures(free)
        self._seams = {first: self._inspect(first, self._width[first]) for first in self._next}
        self._split = self._find_split_rows(free)
        self._wrapped = self._find_wrapped(free)

    def pairs(self) -> Iterable[tuple[int, int]]:
        """The lines that follow each other with nothing but blank lines or a page's end between."""
        return self._next.items()

    def seam(self, number: int) -> Seam:
        """What there is to see between a line and the next one."""
        return self._seams[number]

    def is_wrapped(self, number: int) -> bool:
        """Whether the text around a line is wrapped prose."""
        return number in self._wrapped

    def is_split(self, number: int) -> bool:
        """Whether a line and the next one are pieces of one justified line."""
        return number in self._split

    def is_title(self, number: int) -> bool:
        """Whether a line looks like a heading."""
        return number in self._seams and self._seams[number].is_title

    def is_dedent(self, number: int) -> bool:
        """Whether the next line leaves an indented block (an indented line by itself begins a paragraph)."""
        indent = self.lines[number].indent
        is_block = number > 0 and not self.lines[number - 1].is_blank and self.lines[number - 1].indent >= indent
        return is_block and self.lines[self._next[number]].indent < indent - 1

    def _inspect(self, number: int, width: float) -> Seam:
        texts = self.lines[number].text, self.lines[self._next[number]].text
        return inspect(*texts, width, max(1.0, self._measure[number]))

    def _find_measures(self, free: Sequence[int]) -> dict[int, float]:
        """How wide the column is in which each line stands."""
        measures: dict[int, float] = {}
        for block, window in _windows(free):
            measure = quantile((self._width[number] for number in window), MARGIN)
            measures.update(dict.fromkeys(block, measure))
        return measures

    def _find_wrapped(self, free: Sequence[int]) -> frozenset[int]:
        """The lines around which the text is wrapped prose; a paragraph that can tell by itself does so."""
        verdicts = [(paragraph, self._is_prose(paragraph)) for paragraph in _paragraphs(free)]
        other = {number for paragraph, is_prose in verdicts if is_prose is False for number in paragraph}
        wrapped = {number for paragraph, is_prose in verdicts if is_prose for number in paragraph}
        for block, window in _windows([number for number in free if number not in other]):
            if self._is_prose(window):
                wrapped.update(block)
        return frozenset(wrapped)

    def _is_prose(self, numbers: Sequence[int]) -> bool | None:
        """Whether lines are wrapped prose; None where too few of them go on to tell."""
        seams = [self._seams[number] for number in numbers if number in self._seams and number not in self._split]
        on = [seam.is_full for seam in seams if seam.goes_on]
        if len(on) < FEWEST:
            return None
        capitals = sum(not (seam.goes_on or seam.ends) for seam in seams)
        is_column = NARROWEST <= self._measure[numbers[len(numbers) // 2]] <= WIDEST
        return is_column and sum(on) >= LEAST_FULL * len(on) and capitals <= MOST_CAPITALS * (capitals + len(on))

    def _find_split_rows(self, free: Sequence[int]) -> frozenset[int]:
        """The lines that an extractor parted from the rest of their row, as PyMuPDF does at wide spaces.

        Only where this is what most lines are that go on although there was room for more.
        """
        split: set[int] = set()
        for number in free:
            if number - 1 not in split and self._begins_row(number, number - 2 in split):
                split.update(self._find_pieces(number))
        early = [number for number, seam in self._seams.items() if seam.goes_on and not seam.is_full]
        explained = sum(number in split or number - 1 in split for number in early)
        if explained < FEWEST or explained < len(early) / 2:
            return frozenset()
        self._measure_rows(split)
        return frozenset(split)

    def _begins_row(self, number: int, behind_row: bool) -> bool:
        """Whether a line is not full, but the one right before it is, or is the last piece of a row."""
        seam, before = self._seams.get(number), self._seams.get(number - 1)
        return seam is not None and before is not None and not seam.is_full and (before.is_full or behind_row)

    def _find_pieces(self, number: int) -> range:
        """The pieces of a row, but for the last; none where no row comes out."""
        least, most = (share * self._measure[number] for share in ROW)
        width, last = self._width[number], number
        while last - number < MOST_PIECES and self._next.get(last) == last + 1 and not self.lines[last].ends_page:
            last += 1
            width += SPACE + self._width[last]
            if width > most:
                break
            if width >= least:
                return range(number, last)
        return range(0)

    def _measure_rows(self, split: Collection[int]) -> None:
        """Look again at the last pieces of rows, which are as full as their rows."""
        width = 0.0
        for number in sorted(split):
            width = self._width[number] + (width + SPACE if number - 1 in split else 0.0)
            last = number + 1
            if last not in split and last in self._seams:
                self._seams[last] = self._inspect(last, width + SPACE + self._width[last])


def _windows(free: Sequence[int]) -> Iterator[tuple[Sequence[int], Sequence[int]]]:
    """The lines in blocks, each with the lines around it."""
    for start in range(0, len(free), BLOCK):
        yield free[start : start + BLOCK], free[max(0, start - REACH) : start + BLOCK + REACH]


def _paragraphs(free: Sequence[int]) -> Iterator[Sequence[int]]:
    """The lines in rows that nothing parts."""
    start = 0
    for place in range(1, len(free) + 1):
        if place == len(free) or free[place] != free[place - 1] + 1:
            yield free[start:place]
            start = place
