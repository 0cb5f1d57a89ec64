"""What blank lines tell of heads: where they part these from the text, what stands with the text is none."""

from __future__ import annotations

from collections.abc import Iterable

from ligafix.stages.furniture.edges import Boundary
from ligafix.stages.furniture.layout import Layout

PARTED_BY = 3
"""So many line ends part them: two blank lines; paragraphs are parted by one."""

MOST_PARTED = 0.9
"""So many of the heads must be parted so from the text, if that is to tell what is none."""


def are_parted(layout: Layout, heads: Iterable[tuple[Boundary, int]]) -> bool:
    """Whether blank lines part nearly all of some heads from the text."""
    gaps = [_gaps(layout, *head)[1] for head in heads]
    return sum(gap >= PARTED_BY for gap in gaps) >= MOST_PARTED * len(gaps) > 0


def is_with_text(layout: Layout, boundary: Boundary, line: int) -> bool:
    """Whether a line is parted from what is nearer to the page's end, and not from what is farther."""
    inner, outer = _gaps(layout, boundary, line)
    return inner >= PARTED_BY > outer


def _gaps(layout: Layout, boundary: Boundary, line: int) -> tuple[int, int]:
    """How many line ends stand between a line and its neighbour towards the page's end, and the other one."""
    above, below = (_line_ends_behind(layout, place) for place in (line - 1, line))
    return (below, above) if line in boundary.above else (above, below)


def _line_ends_behind(layout: Layout, line: int) -> int:
    """How many line ends stand between a line and the next one; none before the first line."""
    return layout.gap(line).count(layout.newline) if line >= 0 else 0
