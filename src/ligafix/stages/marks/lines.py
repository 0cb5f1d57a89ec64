"""Which lines have marks that strayed, and what their document tells about where marks stand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ligafix.stages.marks.edits import Edit
from ligafix.stages.marks.hosts import Hosts
from ligafix.stages.marks.sites import LETTERS, Site
from ligafix.stages.marks.strays import Line, Placer, Solved
from ligafix.stages.marks.wording import Wording

_LINE = re.compile("[^\r\n\f]+")
_MOST_WITNESSES = 2000  # lines without stray marks that are asked how the document writes its words
_DOUBTFUL = 0.5


def restore_strays(text: str, sites: Sequence[Site], wording: Wording) -> tuple[list[Edit], frozenset[Site]]:
    """Edits for the lines in which marks strayed, and the sites that they deal with."""
    edits: list[Edit] = []
    taken: set[Site] = set()
    for mark in sorted({site.marks[0] for site in sites if _strayed(text, site)}):
        own = [site for site in sites if set(site.marks) == {mark}]
        for line, solved, placer in _solve_lines(text, mark, own, wording):
            taken.update(line.sites)
            edits += placer.edits(solved)
    return edits, frozenset(taken)


def _strayed(text: str, site: Site) -> bool:
    """Whether marks must come from elsewhere: no letter bears them, and they stand like no sign of a formula."""
    if not site.stray or len(set(site.marks)) > 1 or (site.symbol and (site.piled or not site.left_spaces)):
        return False
    around = text[site.start - 1 : site.start], text[site.end : site.end + 1]
    spaces = site.left_spaces, site.right_spaces
    return site.raw.strip()[0] not in "`^~" and not any(
        c.isalnum() and not LETTERS.match(c) and not space for c, space in zip(around, spaces, strict=True)
    )


def _solve_lines(
    text: str, mark: str, sites: Sequence[Site], wording: Wording
) -> Iterator[tuple[Line, Solved, Placer]]:
    """The lines with strays that could be solved: once to learn from them, then for good."""
    lines = list(_lines(text, sites))
    strayed = [line for line in lines if any(_strayed(text, site) for site in line.sites)]
    settled = [site for site in sites if not site.stray]
    placer = Placer(text, _hosts(mark, sites, settled, wording), spaced=_spaced(settled), after=_after(settled))
    quiet = [line for line in lines if line not in strayed]
    for line in [*quiet[:_MOST_WITNESSES], *strayed]:
        if solved := placer.solve(line):
            placer.learn(solved)
    for line in strayed:
        solved = placer.solve(line)
        if solved is None or solved.certainty < _DOUBTFUL:
            line = _with_line_before(text, line)
            solved = placer.solve(line)
        if solved is not None:
            yield line, solved, placer


def _lines(text: str, sites: Sequence[Site]) -> Iterator[Line]:
    """The lines that hold sites; a line of nothing but marks belongs to the one behind it."""
    found: defaultdict[tuple[int, int], list[Site]] = defaultdict(list)
    for span, site in _located(text, sites):
        found[span].append(site)
    for (start, end), inside in found.items():
        yield Line(start, end, tuple(inside))


def _located(text: str, sites: Sequence[Site]) -> Iterator[tuple[tuple[int, int], Site]]:
    lines = _LINE.finditer(text)
    start = end = 0
    for site in sites:
        while end <= site.start:
            line = next(lines)
            start, end = line.start(), line.end()
            while not LETTERS.search(text, start, end) and (line := next(lines, None)):
                end = line.end()
        yield (start, end), site


def _with_line_before(text: str, line: Line) -> Line:
    """The line together with the one before it, whose last words its marks may belong to."""
    start = line.start
    while start and text[start - 1] in "\r\n":
        start -= 1
    while start and text[start - 1] not in "\r\n\f":
        start -= 1
    return Line(start, line.end, line.sites)


def _hosts(mark: str, sites: Sequence[Site], settled: Sequence[Site], wording: Wording) -> Hosts:
    """The hosts of a mark; where small letters keep theirs, only the higher ones of capitals go astray."""
    capitals = any((s.left[-1:] if s.hosts()[0] else s.right[:1]).isupper() for s in settled)
    return Hosts(mark, wording, only_capitals=not capitals and not any(s.piled for s in sites))


def _spaced(settled: Sequence[Site]) -> bool:
    """Whether marks usually have a space beside them, which must be the extractor's."""
    inside = [site for site in settled if site.left and site.right]
    return 2 * sum(bool(s.left_spaces or s.right_spaces) for s in inside) > len(inside)


def _after(settled: Sequence[Site]) -> bool:
    """Whether marks usually stand behind their letters."""
    sides = [site.hosts() for site in settled]
    return sides.count((True, False)) > sides.count((False, True))
