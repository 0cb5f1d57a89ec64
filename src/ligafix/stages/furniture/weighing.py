"""How probable it is that a line is furniture: what speaks for it and against it, added up as log odds.

The weights are in nats. They were set by hand for the kinds of evidence the field knows, and checked for what their
sum means on pages that `benchmarks/pages.py` makes.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ligafix.stages.furniture.context import BREAKS_OFF, runs_on, weigh_gap
from ligafix.stages.furniture.counting import Counted
from ligafix.stages.furniture.edges import DEPTH, Boundary, Kind
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.numbers import Form, Parting, read_page_numbers
from ligafix.stages.furniture.repetition import count_repeats, key_of
from ligafix.stages.furniture.tables import is_heading, is_imprint, line_kind

PRIOR = {Kind.BREAK: -3.0, Kind.NUMBER: -3.0, Kind.REPEAT: -4.0, Kind.INTERRUPTION: -4.0, Kind.EDGE: -3.5}
"""Lines near a boundary, before anything is known: one in twenty is furniture where there may be none at all."""

KNOWN_LINE = 7.5
"""A line that sites and archives put on pages, word for word."""

AS_PRINTED = {Form.BARE: 1.5, Form.BRACKETED: 0.0, Form.SET_OFF: 3.5, Form.NAMED: 6.5, Form.BESIDE: 0.0}
"""A number in the manner of page numbers that has nothing to count with."""

PARTED = {Parting.SPACE: 0.0, Parting.RULE: 4.5, Parting.LETTER: 5.7}
"""A number that a sign parts from a title (`130 | The Harbour`, `130 Ë The Harbour`)."""

HEADING = -5.0
"""A word that heads parts of a text, or such a word and a number."""

REPEATED_HEADING = -1.0
"""Such a word where it stands on more than three pages, as a running head would."""

SENTENCE = -3.0
"""A line that ends as sentences do."""

LONG = -1.5
"""A line longer than heads are: this many code points and more."""
LONG_LINE = 110

SMALL = -1.5
"""A line that begins with a small letter."""

OTHER_TEXTS = 4.5
"""A line that stands in other texts too, however many: letters have their greetings, and reports their headings."""

IN_MOST_TEXTS = 2.0
"""It stands in most of them ..."""

FEW_TEXTS = 5
"""... and they are so many at least."""

TITLE = -5.0
"""The first of the lines of its kind, at the start of the text, where no text of full length follows."""

FLOWS = -4.0
"""A line that a sentence runs through, to or from the text of its page."""

COLUMNS = -3.0
"""A row of columns with another below it."""

ELSEWHERE = -5.0
"""All lines like it stand where no page ends; in proportion, and twice that for mere signs."""

APART = -3.0
"""Other text stands between the line and the boundary."""

TOGETHER = 1.0
"""Other furniture stands at the same boundary; twice that for a line that repeats."""

IMPRINT = 1.2
"""An imprint is never likelier than this: annotators count it as part of the article rather than of its pages."""

_SENTENCE = re.compile(r"[a-zß-öø-ÿ]{2}[.!?][\"”’)]?\Z")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")


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
        return 1 / (1 + math.exp(-max(-50.0, min(50.0, self.odds))))


@dataclass(slots=True)
class _Weight:
    """What speaks for a line, so far."""

    odds: float
    rule: str = "running-head"
    page: str | None = None
    reasons: list[str] = field(default_factory=list)

    def add(self, odds: float, reason: str = "") -> None:
        self.odds += odds
        if reason:
            self.reasons.append(reason)


class Weigher:
    """Weighs the lines at the boundaries of one text."""

    def __init__(
        self,
        layout: Layout,
        boundaries: Sequence[Boundary],
        counted: Mapping[int, Counted],
        elsewhere: Callable[[str], tuple[int, int]],
    ) -> None:
        """Take the text's evidence.

        Args:
            layout: the text.
            boundaries: where its pages may end.
            counted: its page numbers that count.
            elsewhere: tells in how many other texts a line stands, and how many others there are.
        """
        self.layout = layout
        self.boundaries = boundaries
        self.counted = counted
        self.elsewhere = elsewhere
        keys = [self._keys(boundary) for boundary in boundaries if boundary.kind is not Kind.EDGE]
        self.repeats = count_repeats(keys)
        self.weights = {(b, line): self._weigh(b, line) for b in boundaries for line in (*b.above, *b.below)}

    def judge(self, threshold: float) -> dict[int, Judgement]:
        """The lines that may be furniture; those above `threshold` (log odds) are taken to be gone."""
        shared = self._shared_context()
        found: dict[int, Judgement] = {}
        for boundary in self.boundaries:
            for judgement in self._judge(boundary, shared, threshold):
                known = found.get(judgement.line)
                if known is None or known.odds < judgement.odds:
                    found[judgement.line] = judgement
        return found

    @cached_property
    def _is_counted(self) -> bool:
        """Whether the pages of this text are numbered: then a number that does not count is none of a page."""
        return any(c.pages >= 4 for c in self.counted.values())

    @cached_property
    def _totals(self) -> Mapping[str, int]:
        """How often each repeated line stands anywhere in the text."""
        totals: defaultdict[str, int] = defaultdict(int)
        for line in range(len(self.layout)):
            if self.layout.width(line) <= LONG_LINE:
                key = key_of(self.layout, line, self.counted)
                if key in self.repeats:
                    totals[key] += 1
        return totals

    def _keys(self, boundary: Boundary) -> dict[str, int]:
        keys = {key_of(self.layout, line, self.counted): line for line in (*boundary.above, *boundary.below)}
        return {key: line for key, line in keys.items() if key != "#"}

    def _weigh(self, boundary: Boundary, line: int) -> _Weight:
        """What a line says for itself, without the text around it."""
        content = self.layout.content(line)
        weight = _Weight(PRIOR[boundary.kind])
        kind = line_kind(content)
        if kind is not None:
            weight.rule = {"sharing": "site-line"}.get(kind, "stamp")
            weight.add(KNOWN_LINE, "such lines are put on pages")
            return weight
        self._weigh_number(weight, line, content)
        self._weigh_repeats(weight, boundary, line)
        self._weigh_shape(weight, line, content)
        if weight.rule == "running-head" and self._flows(boundary, line):
            weight.add(FLOWS, "is part of a sentence")
        return weight

    def _weigh_number(self, weight: _Weight, line: int, content: str) -> None:
        counted = self.counted.get(line)
        if counted is not None:
            number = counted.number
            weight.page = number.printed
            weight.add(counted.log_odds, f"{number.printed} counts over {counted.pages} pages")
        else:
            numbers = read_page_numbers(content)
            number = next((n for n in numbers if n.parted or n.form is not Form.BESIDE), None)
            if number is None:
                return
            weight.page = number.printed
            shape = PARTED[number.parted] if number.parted else AS_PRINTED[number.form]
            shape = min(shape, 1.0) if self._is_counted else shape
            weight.add(shape, "stands as page numbers do" if shape > 1 else "")
        if number.form is not Form.BESIDE:
            weight.rule = "page-number"

    def _weigh_repeats(self, weight: _Weight, boundary: Boundary, line: int) -> None:
        key = key_of(self.layout, line, self.counted)
        pages = self.repeats.get(key, 1)
        if pages > 1 and key and key != "#":
            weight.add(for_repeats(pages - 1) - self._thin(pages), f"stands on {pages} pages")
            there = 1 - min(1.0, pages / max(1, self._totals.get(key, 0)))
            weight.add((ELSEWHERE if any(map(str.isalnum, key)) else 2 * ELSEWHERE) * there)
            if self._is_title(boundary, line):
                weight.add(TITLE, "may be the title")
        texts, others = self.elsewhere(self.layout.content(line))
        if texts > 0:
            in_most = IN_MOST_TEXTS if 2 * texts >= others and others >= FEW_TEXTS else 0.0
            weight.add(min(OTHER_TEXTS, for_repeats(texts)) + in_most, f"stands in {texts} other texts")

    def _thin(self, pages: int) -> float:
        """What it says against a repetition that it is thin: lines repeat by chance on a few of very many pages."""
        return max(-1.2, 0.8 * math.log2(len(self.boundaries) / (4 * pages)))

    def _weigh_shape(self, weight: _Weight, line: int, content: str) -> None:
        if is_heading(content):
            is_bare = (
                not any(map(str.isdigit, content)) and self.repeats.get(key_of(self.layout, line, self.counted), 1) > 3
            )
            weight.add(REPEATED_HEADING if is_bare else HEADING, "heads a part")
        if line in self.counted:
            return
        if _SENTENCE.search(content):
            weight.add(SENTENCE)
        if len(content) >= LONG_LINE:
            weight.add(LONG)
        if content[:1].islower():
            weight.add(SMALL)
        if _is_row(self.layout, line) and _is_row(self.layout, line + 1):
            weight.add(COLUMNS, "is a row of a table")

    def _is_title(self, boundary: Boundary, line: int) -> bool:
        """Whether a line that repeats may be the title itself: above all others, and no text of full length follows."""
        if line in self.counted or line >= DEPTH or any(x not in self.counted for x in range(line)):
            return False
        below = (x for x in boundary.below if x > line and x not in self.counted and not self._repeats(x))
        behind = next((x for x in below if sum(map(str.isalpha, self.layout.content(x))) > 3), None)
        return behind is None or self.layout.width(behind) < 0.7 * self.layout.measure

    def _repeats(self, line: int) -> bool:
        return self.repeats.get(key_of(self.layout, line, self.counted), 1) > 1

    def _flows(self, boundary: Boundary, line: int) -> bool:
        """Whether a sentence runs on between a line and the text of its own page, as it may seem to below a long head."""
        if line in boundary.above:
            return line > 0 and runs_on(self.layout, line - 1, line)
        return line + 1 < len(self.layout) and not self._repeats(line) and runs_on(self.layout, line, line + 1)

    def _core(self, boundary: Boundary, threshold: float) -> tuple[int, int]:
        """How many lines before a boundary and behind it are furniture by themselves."""
        return tuple(  # type: ignore[return-value]
            next((n for n, x in enumerate(side) if not self._is_sure(boundary, x, threshold)), len(side))
            for side in (boundary.above, boundary.below)
        )

    def _is_sure(self, boundary: Boundary, line: int, threshold: float) -> bool:
        weight = self.weights[boundary, line]
        return self.layout.is_tagged(line) or weight.odds > threshold

    def _context(self, boundary: Boundary, above: int, below: int) -> float:
        """What the text around a boundary says, if so many lines before it and behind it are furniture."""
        return weigh_gap(self.layout, _behind(boundary.above, above), _behind(boundary.below, below))

    def _shared_context(self) -> dict[str, float]:
        """What the text around says on average, for lines that repeat: some pages end where a sentence does."""
        gathered: defaultdict[str, list[float]] = defaultdict(list)
        for boundary in self.boundaries:
            above, below = self._core(boundary, 0.0)
            for line in (*boundary.above[:above], *boundary.below[:below]):
                key = key_of(self.layout, line, self.counted)
                gathered[key].append(self._context(boundary, above, below))
        return {k: max(-0.5, min(2.5, sum(v) / len(v) * min(len(v), 5) / 2)) for k, v in gathered.items() if len(v) > 1}

    def _judge(self, boundary: Boundary, shared: Mapping[str, float], threshold: float) -> Iterable[Judgement]:
        above, below = self._grow(boundary, shared, threshold)
        together = above + below
        for side, core in ((boundary.above, above), (boundary.below, below)):
            for depth, line in enumerate(side):
                others = together - (1 if depth < core else 0)
                context = self._context_of(boundary, (above, below), side is boundary.below, depth)
                odds = self._odds(boundary, line, context, shared, others) + (0.0 if depth <= core else APART)
                weight = self.weights[boundary, line]
                if context > 1:
                    weight.reasons.append("a sentence runs on across it")
                yield Judgement(line, odds, weight.rule, weight.page, tuple(weight.reasons))

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
                    if odds > threshold or self._passes(boundary, line, odds):
                        counts, grown = trial, True
        return counts[0], counts[1]

    def _gain(self, boundary: Boundary, core: tuple[int, int], is_below: bool, depth: int) -> float:
        """What the text around says for one line of the furniture at a boundary: how ill it would read if that stayed."""
        above, below = (self._beyond(boundary, side, core[side]) for side in (0, 1))
        context = weigh_gap(self.layout, above, below)
        line = (boundary.above, boundary.below)[is_below][depth]
        if below is None and self.weights[boundary, line].rule != "page-number":
            context = min(context, BREAKS_OFF)
        kept = (core[0], depth) if is_below else (depth, core[1])
        if boundary.kind is not Kind.BREAK and sum(kept) == 0:
            return context
        stays = weigh_gap(self.layout, above, line) if is_below else weigh_gap(self.layout, line, below)
        return context - max(0.0, stays)

    def _beyond(self, boundary: Boundary, side: int, count: int) -> int | None:
        """The first line of the text beyond so many lines that go, and beyond those that are likely to go too."""
        lines = (boundary.above, boundary.below)[side][count:]
        return next((line for line in lines if not self._is_sure(boundary, line, 0.0)), None)

    def _passes(self, boundary: Boundary, line: int, odds: float) -> bool:
        """Whether furniture may stand beyond a line that stays: an imprint, or what was marked before."""
        return self.layout.is_tagged(line) or (odds >= IMPRINT and self._is_imprint(line))

    def _is_imprint(self, line: int) -> bool:
        """Whether a line is an imprint, or the beginning of one that a sign cuts off."""
        content = self.layout.content(line)
        goes_on = content.endswith("|") and line + 1 < len(self.layout)
        return is_imprint(content) or (goes_on and is_imprint(self.layout.content(line + 1)))

    def _odds(self, boundary: Boundary, line: int, context: float, shared: Mapping[str, float], others: int) -> float:
        weight = self.weights[boundary, line]
        key = key_of(self.layout, line, self.counted)
        together = (2 if self._repeats(line) else 1) * TOGETHER if others else 0.0
        odds = weight.odds + context + shared.get(key, 0.0) + together
        if weight.rule == "running-head" and self._is_imprint(line):
            return min(odds, IMPRINT)
        return odds


def for_repeats(others: int) -> float:
    """What it says that a line stands on so many other pages too: 3.3 nats for one, 5.5 for four, never more than 6.5."""
    return min(6.5, 1.6 + 1.7 * math.log2(1 + others))


def _behind(lines: Sequence[int], count: int) -> int | None:
    return lines[count] if count < len(lines) else None


def _is_row(layout: Layout, line: int) -> bool:
    return line < len(layout) and len(_COLUMNS.findall(layout.raw(line))) > 1
