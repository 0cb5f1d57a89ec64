"""Page numbers that count with the pages of a text that has page breaks.

There a page number differs from the number of its page by the same amount all through a stretch of pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from ligafix.evidence.pages import skeleton
from ligafix.stages.furniture.edges import Boundary, count_skeletons, readings
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.likeness import alike, commonest
from ligafix.stages.furniture.numbers import Form, PageNumber
from ligafix.stages.furniture.tables import is_like_text

SURE = 8.0
"""The log odds that a number which counts over many pages is one of a page are never more than this."""


FEWEST_BEFORE_TEXT = 5
"""Numbers before the text of fewer pages than this count by chance."""

FIRST_INSIDE = 12
"""Series of notes and sections that are found begin with no greater number: in real papers 18 and more were pages."""

NUMBERED = 0.7
"""Numbers of so many pages are those of the pages, wherever the extractor put them."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A page number that counts.

    Attributes:
        number: the number as it was printed.
        pages: over how many pages it counts.
        log_odds: what speaks for it.
        is_before_text: whether such numbers stand before the text of their pages here, not in heads.
    """

    number: PageNumber
    pages: int
    log_odds: float
    is_before_text: bool = False


def count_over_pages(layout: Layout, boundaries: Sequence[Boundary]) -> dict[int, Counted]:
    """The page numbers near page breaks that count with the pages."""
    lines = sorted({line for b in boundaries for line in (*b.above, *b.below)})
    skeletons = count_skeletons(layout, lines)
    repeated = _count_alike(skeletons)
    found = {line: [] if _is_in_column(layout, line) else list(readings(layout, line, repeated)) for line in lines}
    votes: defaultdict[tuple[bool, int], set[int]] = defaultdict(set)
    for line, numbers in found.items():
        for number in numbers:
            if number.form is not Form.BRACKETED and not number.damaged:
                votes[_series(layout, line, number)].add(layout.page(line))
    pages = {series: len(members) for series, members in votes.items()} | _count_before_text(layout, found)
    counted = {}
    for line in lines:
        weighed = [(pages.get(_series(layout, line, n), 0), n) for n in found[line] or _beside(layout, line)]
        best = max(weighed, key=lambda w: w[0], default=None)
        if best and best[0] >= (3 if best[1].damaged or not found[line] else 2):
            counted[line] = Counted(best[1], best[0], _for_pages(best[0]))
    often = {line for line in lines if skeletons[skeleton(layout.content(line))] > 2}
    counted = _without_notes(layout, _one_a_page(layout, counted), often)
    return _tell_text(layout, counted, {line for line in lines if found[line]})


def _without_notes(layout: Layout, counted: Mapping[int, Counted], repeated: Container[int]) -> dict[int, Counted]:
    """The same without the numbers of notes, or of sections, that count with the pages for a while.

    They stand inside of their pages, and there are others on most of the pages, or none on many.
    """
    series: defaultdict[tuple[bool, int], list[int]] = defaultdict(list)
    for line, one in counted.items():
        series[_series(layout, line, one.number)].append(line)
    most = max(map(len, series.values()), default=0)
    kept = dict(counted)
    for lines in series.values():
        inside = [n for n in lines if counted[n].number.form is Form.BARE and _is_inside(layout, n, counted, repeated)]
        is_page = len(lines) == most and most >= NUMBERED * (len(layout.breaks) + 1)
        is_page = is_page or min(counted[n].number.value for n in lines) > FIRST_INSIDE
        if not is_page and 2 * len(inside) >= len(lines):
            for line in lines:
                del kept[line]
    return kept


def _is_inside(layout: Layout, line: int, counted: Container[int], repeated: Container[int]) -> bool:
    """Whether text stands between a line and both ends of its page."""
    start, end = layout.page_starts[layout.page(line)], layout.page_starts[layout.page(line) + 1]
    sides = range(start, line), range(line + 1, end)
    return all(any(n not in counted and n not in repeated for n in side) for side in sides)


def _tell_text(layout: Layout, counted: Mapping[int, Counted], heads: Container[int]) -> dict[int, Counted]:
    """The same, and whether they stand before the text: where more of a series have text beside them than heads."""
    balance: Counter[tuple[bool, int]] = Counter()
    for line, one in counted.items():
        if one.number.form is Form.BESIDE:
            balance[_series(layout, line, one.number)] += -1 if line in heads else int(is_like_text(one.number.rest))
    return {n: replace(one, is_before_text=balance[_series(layout, n, one.number)] > 0) for n, one in counted.items()}


def _one_a_page(layout: Layout, counted: Mapping[int, Counted]) -> dict[int, Counted]:
    """The same without what only happens to be the page's number: a note's mark, a chapter's number.

    Where most pages bear their number twice, each of them does.
    """
    found: defaultdict[tuple[int, tuple[bool, int]], list[int]] = defaultdict(list)
    forms: Counter[tuple[tuple[bool, int], Form]] = Counter()
    for line, one in counted.items():
        series = _series(layout, line, one.number)
        found[layout.page(line), series].append(line)
        forms[series, one.number.form] += 1
    twice = Counter(series for (_, series), lines in found.items() if len(lines) > 1)
    pages = Counter(series for _, series in found)
    kept = dict(counted)
    for (_, series), lines in found.items():
        if len(lines) > 1 and 2 * twice[series] <= pages[series]:
            best = min(lines, key=lambda n: (-forms[series, counted[n].number.form], _depth(layout, n)))
            for line in lines:
                if line != best:
                    del kept[line]
    return kept


def _depth(layout: Layout, line: int) -> int:
    """How many lines stand between a line and the nearer end of its page."""
    start, end = layout.page_starts[layout.page(line)], layout.page_starts[layout.page(line) + 1]
    return min(line - start, end - 1 - line)


def _is_in_column(layout: Layout, line: int) -> bool:
    """Whether a number stands above or below another one, and not at the end of its page."""
    near = (n for n in (line - 1, line + 1) if 0 <= n < len(layout) and layout.page(n) == layout.page(line))
    return layout.is_number(line) and _depth(layout, line) > 0 and any(map(layout.is_number, near))


def _count_alike(counts: Mapping[str, int]) -> dict[str, int]:
    """The same counts, where lines like one that repeats count as often as that."""
    often = commonest(counts)
    like = {key: max((counts[o] for o in alike(key, often)), default=1) for key, n in counts.items() if n == 1}
    return {**counts, **like}


def _count_before_text(layout: Layout, found: Mapping[int, Sequence[PageNumber]]) -> dict[tuple[bool, int], int]:
    """Over how many pages numbers count that stand before text or headings, on half of the pages or more."""
    votes: defaultdict[tuple[bool, int], set[int]] = defaultdict(set)
    for line in found:
        for number in _beside(layout, line) if not found[line] else ():
            if is_like_text(number.rest) and not number.damaged:
                votes[_series(layout, line, number)].add(layout.page(line))
    least = max(FEWEST_BEFORE_TEXT, (len(layout.breaks) + 1) / 2)
    return {series: len(members) for series, members in votes.items() if len(members) >= least}


def _beside(layout: Layout, line: int) -> Iterable[PageNumber]:
    """The readings of a line whose words neither repeat nor are set apart."""
    return readings(layout, line, None) if len(layout.content(line)) < 100 else ()


def _series(layout: Layout, line: int, number: PageNumber) -> tuple[bool, int]:
    return number.roman, number.value - layout.page(line)


def _for_pages(pages: int) -> float:
    """What it says that a number counts over so many pages: one page is nothing, more than five are all alike."""
    return min(SURE, 2.4 * (pages - 1))
