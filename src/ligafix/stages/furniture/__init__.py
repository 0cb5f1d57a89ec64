r"""What belongs to the page and not to the text: running heads and feet, page numbers, watermarks, a site's own lines.

Furniture stands near the ends of pages, repeats from page to page, carries a number that counts, and interrupts a
sentence: `recon-⏎130 | The Harbour⏎sider`. What pages there are is told by form feeds, or, without them, by the page
numbers that count through the text. On a page alone there is only how a line looks, where it stands, and what it
interrupts. Every line is weighed; what is removed stands in the log with the page number that was printed there. The
numbers of a manuscript's lines go, too.

It refuses: programs, titles, headings (`8 Conclusion`), what heads letters, cases and lessons that fill their pages,
numbers of notes, rows of tables, and imprints, which are suggested only.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import NamedTuple

from ligafix.changes import Proposal
from ligafix.evidence.neighbours import Elsewhere
from ligafix.programs import is_program
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.stages.furniture.chains import count_through
from ligafix.stages.furniture.counting import count_over_pages
from ligafix.stages.furniture.edges import (
    Kind,
    boundaries_at_breaks,
    boundaries_at_lines,
    edges_of_text,
    interrupting_lines,
)
from ligafix.stages.furniture.judging import Judge, Judgement, judge_number
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.line_numbers import propose_line_numbers
from ligafix.stages.furniture.margins import find_margin_stamps
from ligafix.stages.furniture.removing import WORTH_SUGGESTING, join_pages, mark_lines, remove_lines, remove_numbers
from ligafix.stages.furniture.repetition import repeated_boundaries
from ligafix.stages.furniture.weighing import Weigher

FEWEST_LINES = 4
"""In a text of fewer lines nothing is furniture."""

PROGRAM = 0.5
"""Programs have heads that repeat and lines that count, and no pages, where so many of the lines are statements: the
pages of a manual or a paper with listings have fewer."""

LEAST_PAGE = 80
"""Pages of fewer code points than this, on average, hold not even a line of text: form feeds are something else."""


def propose(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:
    """The furniture of a text, removed or marked as the settings say; nothing where it is to be kept."""
    if settings.furniture == "keep":
        return []
    code = scorer.evidence.codes.get("\f")
    layout = Layout(text, letter_feeds="codes" not in settings.stages and code is not None and bool(code.meaning))
    if len(layout) < FEWEST_LINES or len(text) < LEAST_PAGE * len(layout.breaks):
        return []
    if settings.furniture == "remove" and (numbers := propose_line_numbers(text)):
        return [] if is_program(text, PROGRAM) else numbers
    least = max(settings.min_confidence, WORTH_SUGGESTING)
    found = find_furniture(layout, least, scorer.evidence.elsewhere)
    if settings.furniture == "mark":
        proposals = list(mark_lines(layout, found.lines))
    else:
        proposals = list(remove_lines(layout, found.lines, least))
        proposals += remove_numbers(layout, found.numbers)
        proposals += join_pages(layout, proposals)
    return [] if proposals and is_program(text, PROGRAM) else proposals


class Furniture(NamedTuple):
    """The lines of a text that may be furniture, and those of which but the number before them may be."""

    lines: Mapping[int, Judgement]
    numbers: Mapping[int, Judgement]


def find_furniture(layout: Layout, least: float, elsewhere: Callable[[str], Elsewhere]) -> Furniture:
    """The furniture of a text, each line with its probability.

    Args:
        layout: the text.
        least: the probability from which lines are taken to be gone, when those around them are judged.
        elsewhere: tells what other texts say of a line.
    """
    if layout.breaks:
        boundaries = boundaries_at_breaks(layout)
        counted = count_over_pages(layout, boundaries)
    else:
        counted = count_through(layout)
        boundaries = boundaries_at_lines(layout, counted, Kind.NUMBER)
        boundaries += repeated_boundaries(layout, boundaries)
        boundaries += boundaries_at_lines(layout, interrupting_lines(layout), Kind.INTERRUPTION)
        boundaries += edges_of_text(layout)
    threshold = math.log(least / (1 - least)) if 0 < least < 1 else math.copysign(50.0, least - 0.5)
    weigher = Weigher(layout, boundaries, counted, elsewhere)
    judged = Judge(layout, boundaries, weigher).judge(threshold)
    near = [(boundary, line) for boundary in boundaries for line in (*boundary.above, *boundary.below)]
    numbers = {line: found for boundary, line in near if (found := judge_number(layout, weigher, boundary, line))}
    return Furniture({**judged, **find_margin_stamps(layout)}, numbers)
