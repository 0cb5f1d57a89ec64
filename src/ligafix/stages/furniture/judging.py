"""Which lines at the boundaries of a text are furniture: by themselves, by their fellows, by what they interrupt.

Furniture is a block: from the boundary outwards it ends where text begins. So a block grows line by line, each judged
by how the text would read across it if it went too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ligafix.odds import to_probability
from ligafix.stages.furniture.context import BREAKS_OFF, RUNS_ON, STARTS_SMALL, weigh_gap
from ligafix.stages.furniture.edges import Boundary, Kind
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.likeness import is_long
from ligafix.stages.furniture.tables import is_imprint
from ligafix.stages.furniture.weighing import Weigher, Weight
from ligafix.stages.furniture.weights import MOSTLY_OUTER

APART = -3.0
"""Other text stands between the line and the boundary."""

TOGETHER = 1.0
"""Other furniture stands at the same boundary; twice that for a line that repeats."""

IMPRINT = 1.2
"""An imprint is never likelier than this: annotators count it as part of the article rather than of its pages."""

SHARED_CONTEXT = (-0.5, 2.5)
"""What the text around all lines of a kind says for each of them is within these bounds (nats)."""

WHOLE = -2.0
"""What each page that ends with a sentence says against lines that stand at the ends of such pages only (nats): of the
pages of prose two in three end within a sentence, and of letters, cases and lessons none."""

FEW_WHOLE, MOST_WHOLE = 3, -12.0
"""So many whole pages say nothing, and all of them no more than this."""

TEARS = 3.0
"""What it says for lines of a kind that sentences run on across them (nats) ..."""

FEWEST_TORN, TORN = 3, 0.2
"""... at so many ends of pages, and at this share of those where they stand: of pages of prose two in three do."""

_MOST = 50.0


@dataclass(frozen=True, slots=True)
class Judgement:
    """A line that may be furniture: the log odds that it is, the page number it bears, and why."""

    line: int
    odds: float
    rule: str
    page: str | None
    reasons: tuple[str, ...]

    @property
    def probability(self) -> float:
        """The probability that it is furniture."""
        return to_probability(self.odds, _MOST)


class Judge:
    """Judges the lines at the boundaries of one text."""

    def __init__(self, layout: Layout, boundaries: Sequence[Boundary], weigher: Weigher) -> None:
        """Take the text and what its lines say for themselves."""
        self._layout = layout
        self._boundaries = boundaries
        self._weigher = weigher
        self._contexts: dict[Boundary, float] = {}
        self._whole: dict[str, float] = {}
        self._torn: dict[str, float] = {}
        self._weights: dict[tuple[Boundary, int], Weight] = {}

    def _weigh(self, boundary: Boundary, line: int) -> Weight:
        """What a line says for itself, remembered: most are never asked for."""
        key = boundary, line
        if key not in self._weights:
            self._weights[key] = self._weigher.weigh(boundary, line)
        return self._weights[key]

    def judge(self, threshold: float) -> dict[int, Judgement]:
        """The lines that may be furniture; those above `threshold` (log odds) are taken to be gone."""
        shared = self._shared_context()
        found: dict[int, Judgement] = {}
        for boundary in self._boundaries:
            for judgement in self._judge(boundary, shared, threshold):
                known = found.get(judgement.line)
                if known is None or known.odds < judgement.odds:
                    found[judgement.line] = judgement
        return found

    def _core(self, boundary: Boundary, threshold: float) -> tuple[int, int]:
        """How many lines before a boundary and behind it are furniture by themselves."""
        above, below = (
            next((n for n, x in enumerate(side) if not self._is_sure(boundary, x, threshold)), len(side))
            for side in (boundary.above, boundary.below)
        )
        return above, below

    def _is_sure(self, boundary: Boundary, line: int, threshold: float) -> bool:
        weight = self._weigh(boundary, line)
        return self._layout.is_tagged(line) or weight.odds > threshold

    def _context(self, boundary: Boundary, above: int, below: int) -> float:
        """What the text around a boundary says, if so many lines before it and behind it are furniture."""
        return weigh_gap(self._layout, _behind(boundary.above, above), _behind(boundary.below, below))

    def _shared_context(self) -> dict[str, float]:
        """What the text around says on average, for lines that repeat: some pages end where a sentence does."""
        gathered: defaultdict[str, list[float]] = defaultdict(list)
        for boundary in self._boundaries:
            above, below = self._core(boundary, 0.0)
            for line in (*boundary.above[:above], *boundary.below[:below]):
                key = self._weigher.key(line)
                gathered[key].append(self._context(boundary, above, below))
        return {key: _share(contexts) for key, contexts in gathered.items() if len(contexts) > 1}

    def _weigh_whole(self, key: str) -> float:
        """The same as `_find_whole`, remembered."""
        if key not in self._whole:
            self._whole[key] = self._find_whole(key)
        return self._whole[key]

    def _find_whole(self, key: str) -> float:
        """What it says against lines of a kind that all pages where they stand end with a sentence.

        Of a kind that few pages have, all page breaks tell. A number by itself is of no kind.
        """
        breaks = [boundary for boundary in self._pages_of.get(key, ()) if boundary.kind is Kind.BREAK]
        across = [self._across(b) for b in (breaks if len(breaks) > FEW_WHOLE else self._breaks)]
        whole = sum(context < 0 for context in across)
        if key == "#" or whole <= FEW_WHOLE or max(across) >= STARTS_SMALL:
            return 0.0
        return max(MOST_WHOLE, WHOLE * whole)

    @cached_property
    def _breaks(self) -> Sequence[Boundary]:
        """The page breaks, and the edges of a text that has some."""
        return [boundary for boundary in self._boundaries if boundary.kind is Kind.BREAK]

    def _weigh_torn(self, key: str) -> float:
        """The same as `_find_torn`, remembered."""
        if key not in self._torn:
            self._torn[key] = self._find_torn(key)
        return self._torn[key]

    def _find_torn(self, key: str) -> float:
        """What it says for lines of a kind that they tear sentences, whatever they look like."""
        is_outer = is_long(key) and self._weigher.outer_share(key) >= MOSTLY_OUTER
        pages = self._pages_of.get(key, ()) if is_outer else ()
        torn = sum(self._across(boundary) >= RUNS_ON for boundary in pages) if len(pages) >= FEWEST_TORN else 0
        return TEARS if torn >= max(FEWEST_TORN, TORN * len(pages)) else 0.0

    @cached_property
    def _pages_of(self) -> Mapping[str, Sequence[Boundary]]:
        """The ends of pages at which lines of each kind stand."""
        found: defaultdict[str, list[Boundary]] = defaultdict(list)
        for boundary in self._boundaries:
            if boundary.kind not in (Kind.BREAK, Kind.NUMBER):
                continue
            for key in {self._weigher.key(line) for line in (*boundary.above, *boundary.below)}:
                found[key].append(boundary)
        return found

    def _across(self, boundary: Boundary) -> float:
        """What the text around a boundary says, if all goes that is sure to be furniture there, or repeats."""
        if boundary not in self._contexts:
            above, below = (
                next((x for x in side if not (self._is_sure(boundary, x, 0.0) or self._weigher.repeats(x))), None)
                for side in (boundary.above, boundary.below)
            )
            self._contexts[boundary] = weigh_gap(self._layout, above, below)
        return self._contexts[boundary]

    def _judge(self, boundary: Boundary, shared: Mapping[str, float], threshold: float) -> Iterable[Judgement]:
        above, below = self._grow(boundary, shared, threshold)
        together = above + below
        for side, core in ((boundary.above, above), (boundary.below, below)):
            for depth, line in enumerate(side):
                if depth > core and self._weigher.says_nothing(line):  # so far from the end of a page it is none
                    continue
                others = together - (1 if depth < core else 0)
                context = self._context_of(boundary, (above, below), side is boundary.below, depth)
                odds = self._odds(boundary, line, context, shared, others) + (0.0 if depth <= core else APART)
                weight = self._weigh(boundary, line)
                reasons = [*weight.reasons, *(["a sentence runs on across it"] if context > 1 else [])]
                yield Judgement(line, odds, weight.rule, weight.page, tuple(reasons))

    def _context_of(self, boundary: Boundary, core: tuple[int, int], is_below: bool, depth: int) -> float:
        """What the text around says for a line of the furniture at a boundary, or for the next one to become it."""
        if depth > core[is_below]:
            return 0.0
        with_it = max(core[is_below], depth + 1)
        return self._gain(boundary, (core[0], with_it) if is_below else (with_it, core[1]), is_below, depth)

    def _grow(self, boundary: Boundary, shared: Mapping[str, float], threshold: float) -> tuple[int, int]:
        """How many lines before a boundary and behind it are furniture, each judged by what it would leave."""
        counts = list(self._core(boundary, max(threshold, 0.0)))
        sides = (boundary.above, boundary.below)
        grown = True
        while grown:
            grown = False
            for side, lines in enumerate(sides):
                if counts[side] < len(lines):
                    trial = counts.copy()
                    trial[side] += 1
                    line = lines[counts[side]]
                    context = self._gain(boundary, (trial[0], trial[1]), bool(side), counts[side])
                    odds = self._odds(boundary, line, context, shared, sum(counts))
                    if odds > threshold or self._passes(line, odds):
                        counts, grown = trial, True
        return counts[0], counts[1]

    def _gain(self, boundary: Boundary, core: tuple[int, int], is_below: bool, depth: int) -> float:
        """What the text around says for one line of the furniture: how ill it would read if that stayed."""
        above, below = (self._beyond(boundary, side, core[side]) for side in (0, 1))
        context = weigh_gap(self._layout, above, below)
        line = (boundary.above, boundary.below)[is_below][depth]
        if below is None and self._weigh(boundary, line).rule != "page-number":
            context = min(context, BREAKS_OFF)
        kept = (core[0], depth) if is_below else (depth, core[1])
        if boundary.kind is not Kind.BREAK and sum(kept) == 0:
            return context
        stays = weigh_gap(self._layout, above, line) if is_below else weigh_gap(self._layout, line, below)
        return context - max(0.0, stays)

    def _beyond(self, boundary: Boundary, side: int, count: int) -> int | None:
        """The first line of the text beyond so many lines that go, and beyond those that are likely to go too."""
        lines = (boundary.above, boundary.below)[side][count:]
        return next((line for line in lines if not self._is_sure(boundary, line, 0.0)), None)

    def _passes(self, line: int, odds: float) -> bool:
        """Whether furniture may stand beyond a line that stays: an imprint, or what was marked before."""
        return self._layout.is_tagged(line) or (odds >= IMPRINT and self._is_imprint(line))

    def _is_imprint(self, line: int) -> bool:
        """Whether a line is an imprint, or the beginning of one that a sign cuts off."""
        content = self._layout.content(line)
        goes_on = content.endswith("|") and line + 1 < len(self._layout)
        return is_imprint(content) or (goes_on and is_imprint(self._layout.content(line + 1)))

    def _odds(self, boundary: Boundary, line: int, context: float, shared: Mapping[str, float], others: int) -> float:
        weight = self._weigh(boundary, line)
        key = self._weigher.key(line)
        together = (2 if self._weigher.repeats(line) else 1) * TOGETHER if others else 0.0
        whole = 0.0 if self._weigher.is_head_of_pages(line) else self._weigh_whole(key)
        odds = weight.odds + context + shared.get(key, 0.0) + whole + together + self._weigh_torn(key)
        if weight.rule == "running-head" and self._is_imprint(line):
            return min(odds, IMPRINT)
        return odds


def judge_number(layout: Layout, weigher: Weigher, boundary: Boundary, line: int) -> Judgement | None:
    """The page number before a line of the text; None where it bears none, or is no line of the text."""
    weight = weigher.weigh_number_before_text(boundary, line)
    if weight is None or layout.is_tagged(line):
        return None
    return Judgement(line, weight.odds, "page-number", weight.page, tuple(weight.reasons))


def _share(contexts: Sequence[float]) -> float:
    """What the text around some lines says for each of them: their average, the more the more there are."""
    least, most = SHARED_CONTEXT
    return max(least, min(most, sum(contexts) / len(contexts) * min(len(contexts), 5) / 2))


def _behind(lines: Sequence[int], count: int) -> int | None:
    return lines[count] if count < len(lines) else None
