"""Which lines have marks that strayed, and what their document tells about where marks stand."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from ligafix.changes import Proposal
from ligafix.spans import Spans
from ligafix.stages.marks.hosts import Hosts
from ligafix.stages.marks.sites import LETTERS, Site
from ligafix.stages.marks.strays import DOUBTFUL, SURE, Line, Part, Placer, Solved
from ligafix.stages.marks.wording import Wording

_LINE = re.compile(r"[^\r\n\f]{1,500}(?!\S)|[^\r\n\f]{1,500}")
"""A line, or a piece of one that is a paragraph long: no mark strays farther."""

_LONGEST_WAY_BACK = 500
_MOST_KINDS = 4
"""The marks of no more kinds than this stray in one document: in data that is no writing all of them seem to."""

_MOST_WITNESSES = 2000  # lines without stray marks that are asked how the document writes its words
_TRIED, _CLEAR = 500, 0.2
"""Of so many lines with strays at least this share must be clear at the first look, or these marks are no accents that
went astray. In bibliographies with displaced macrons nine in ten are."""

_RING = "\u030a"  # also the sign of degrees


def restore_strays(text: str, sites: Sequence[Site], wording: Wording) -> tuple[list[Proposal], frozenset[Site]]:
    """Proposals for the lines in which marks strayed, and the sites that they deal with."""
    proposals: list[Proposal] = []
    taken: set[Site] = set()
    kinds = Counter(site.marks[0] for site in sites if _may_stray(site))
    for mark in sorted(sorted(kinds, key=lambda mark: (-kinds[mark], mark))[:_MOST_KINDS]):
        survey = _Survey(mark, [site for site in sites if mark in site.marks])
        others = Spans((p.start, p.end) for p in proposals)
        for line, solved, placer in _solve_lines(text, survey, wording):
            found = list(placer.proposals(solved))
            if not any(others.meet(p.start, p.end) for p in found):
                taken.update(line.sites)
                proposals += found
    return proposals, frozenset(taken)


class _Survey:
    """How one kind of mark stands in a document, by the sites where a letter can bear it.

    Where it is piled up with other kinds, lines do not add up: of which kind the letter at the pile is, is not known.
    """

    def __init__(self, mark: str, sites: Sequence[Site]) -> None:
        self._mixed = [site.start for site in sites if set(site.marks) != {mark}]
        sites = [site for site in sites if set(site.marks) == {mark}]
        settled = [site for site in sites if not site.stray]
        sides = Counter(site.hosts() for site in settled)
        inside = [site for site in settled if site.left and site.right and site.left_spaces < 2]
        letters = Counter(s.left[-1] if s.hosts() == (True, False) else s.right[:1] for s in settled)
        self.mark = mark
        self.sites = sites
        self.after = sides[True, False] > sides[False, True]
        self.spaced = sum(bool(s.left_spaces or s.right_spaces) for s in inside) / max(1, len(inside))
        self.borne = Counter(letter.lower() for letter in letters.elements())
        self.only_capitals = not any(map(str.isupper, letters)) and not any(s.piled for s in sites)

    def adds_up(self, line: Line) -> bool:
        """Whether a line has no piles of this mark and others."""
        at = bisect_left(self._mixed, line.start)
        return at == len(self._mixed) or self._mixed[at] >= line.end

    def strayed(self, site: Site) -> bool:
        """Whether marks must come from elsewhere, or do so where marks stand before their letters."""
        return _may_stray(site) and (site.stray or not self.after)


def _may_stray(site: Site) -> bool:
    """Whether marks can come from elsewhere: no letter behind bears them, and they are no sign of a formula."""
    late = site.left_spaces > 0 and not site.right
    over_symbol = site.attached and len(site.left) == 1 and not site.right  # as p̄
    if not (site.stray or late) or over_symbol or len(set(site.marks)) > 1:
        return False
    if site.symbol and (site.piled or not site.left_spaces or site.raw.strip() != "´"):
        return False
    return not site.numeric and not (site.marks[0] == _RING and site.after_digit)


def _solve_lines(text: str, survey: _Survey, wording: Wording) -> Iterator[tuple[Line, Solved, Placer]]:
    """The lines with strays that could be solved: once to learn from them, then for good."""
    quiet: list[Line] = []
    strayed: list[Line] = []
    for line in filter(survey.adds_up, _lines(text, survey.sites)):
        (strayed if any(map(survey.strayed, line.sites)) else quiet).append(line)
    if not strayed:
        return
    hosts = Hosts(survey.mark, wording, survey.borne, only_capitals=survey.only_capitals)
    placer = Placer(text, hosts, spaced=survey.spaced, after=survey.after)
    for line in quiet[:_MOST_WITNESSES]:
        placer.learn(placer.solve(line, placer.take_apart(line)))
    first: list[tuple[Line, tuple[Part, ...], Solved | None]] = []
    most_unclear = (1 - _CLEAR) * _TRIED if len(strayed) >= _TRIED else math.inf
    for line in strayed:
        parts = placer.take_apart(line)
        solved = placer.learn(placer.solve(line, parts))
        first.append((line, parts, solved))
        most_unclear -= len(first) <= _TRIED and not _is_clear(solved)
        if most_unclear < 0:
            return
    for line, parts, learned in first:
        placer.unlearn(learned)  # no line bears witness for itself
        stretch, solved = line, placer.solve(line, parts)
        if not _is_likely(solved):
            stretch = _with_line_before(text, line)
            solved = placer.solve(stretch, placer.take_apart(stretch))
        if solved is not None and _is_likely(solved):
            yield stretch, solved, placer
        placer.learn(learned)


def _is_clear(solved: Solved | None) -> bool:
    """Whether it is sure of all words with marks which letters bear them."""
    marked = [choice for part, choice, bearers in solved.chosen() if part.marks or bearers] if solved else []
    return _is_likely(solved) and all(choice.probability > SURE for choice in marked)


def _is_likely(solved: Solved | None) -> bool:
    return solved is not None and solved.certainty > DOUBTFUL


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
            start, end = line.span()
            while not LETTERS.search(text, *line.span()) and (more := next(lines, None)):
                line, end = more, more.end()
        yield (start, end), site


def _with_line_before(text: str, line: Line) -> Line:
    """The line together with the one before it, whose last words its marks may belong to."""
    start = line.start
    while start and text[start - 1] in "\r\n":
        start -= 1
    least = max(0, start - _LONGEST_WAY_BACK)
    while start > least and text[start - 1] not in "\r\n\f":
        start -= 1
    return Line(start, line.end, line.sites)
