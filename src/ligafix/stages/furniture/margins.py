"""Stamps that run down the margin of a page: extractors give them a line for each character, or a few."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from ligafix.chunks import find_chunks_of
from ligafix.stages.furniture.judging import Judgement
from ligafix.stages.furniture.layout import LONGEST_LINE, Layout
from ligafix.stages.furniture.tables import line_kind

LONGEST_PIECE = 2
"""A character of a stamp, or two (code points)."""

FEWEST_PIECES = 8
"""Fewer lines of single characters than this are no stamp."""

_SPELLINGS = ("rxiv", "rXiv", "RXIV")
"""How the end of the name is written."""

_ARXIV = "arxiv"  # the name of a kind of line, and what every such line says

STAMP = 6.0
"""The log odds that lines which together read as a stamp are one."""


def find_margin_stamps(layout: Layout) -> dict[int, Judgement]:
    """The lines that are known stamps: in a line of their own, or a character a line, downwards or upwards."""
    found: dict[int, Judgement] = {}
    chunks = find_chunks_of(layout.text).lines
    if any(end in chunks for end in _SPELLINGS):
        named = (content for content in layout.contents if _ARXIV in content.casefold())
        for line in layout.lines_with({content for content in named if line_kind(content) == _ARXIV}):
            found[line] = Judgement(line, STAMP, "stamp", None, ("arXiv stamps papers so",))
    for run in _short_runs(layout):
        pieces = [layout.content(line) for line in run]
        if any(line_kind("".join(order)) is not None for order in (pieces, pieces[::-1])):
            found.update({x: Judgement(x, STAMP, "stamp", None, ("read together it is a stamp",)) for x in run})
    return found


def _short_runs(layout: Layout) -> Iterator[range]:
    """Runs of lines of hardly a character each."""
    short = {content for content in layout.contents if len(content) <= LONGEST_PIECE}
    pieces = (line for line in layout.lines_with(short) if layout.width(line) <= LONGEST_PIECE)
    for _, run in groupby(enumerate(pieces), key=lambda item: item[1] - item[0]):
        lines = [line for _, line in run]
        if FEWEST_PIECES <= len(lines) <= LONGEST_LINE:
            yield range(lines[0], lines[-1] + 1)
