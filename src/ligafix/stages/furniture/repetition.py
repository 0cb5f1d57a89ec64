"""Lines that repeat from page to page, though OCR may have read them differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from ligafix.evidence.pages import skeleton
from ligafix.stages.furniture.context import weigh_place
from ligafix.stages.furniture.counting import Counted
from ligafix.stages.furniture.edges import DEPTH, Boundary, Kind, boundaries_at_lines
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.likeness import alike, commonest, is_long
from ligafix.stages.furniture.tables import is_heading, line_kind

LEAST_ALIKE = 2
"""A line that is like one other line and the same as none is like it by chance, as entries of a bibliography are."""

LEAST_REPEATS = 3
"""Lines that nothing but repetition shows to be furniture repeat at least so often ..."""

LEAST_DISTANCE = 400
"""... most of them at such distances at least (code points) ..."""

LEAST_PAGE = 1000
"""... and at least this on the average ..."""

LEAST_CONTEXT = 1.0
"""... and the text around them runs on across them, on average (nats)."""


def key_of(layout: Layout, line: int, counted: Mapping[int, Counted]) -> str:
    """What repeats of a line: its words, without the page number that it bears."""
    number = counted.get(line)
    if number is not None:
        return skeleton(number.number.rest) or "#"
    content = layout.content(line).casefold()
    return "#" if content.isdigit() else content


def count_repeats(keys: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """At how many boundaries a line like each stands, given what stands at each boundary, and in which line."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for here in keys:
        for key, line in here.items():
            places[key].add(line)
    counts = {key: len(lines) for key, lines in places.items()}
    often = commonest(counts)
    repeats = dict(counts)
    for number, here in enumerate(keys):
        single = [key for key in here if counts[key] == 1]
        if single:
            near = set(often).union(*keys[max(0, number - 2) : number + 3])
            compared = list(filter(is_long, near))
            for key in single:
                like = sum(counts[other] for other in alike(key, compared))
                repeats[key] = 1 + (like if like >= LEAST_ALIKE else 0)
    return repeats


def repeated_boundaries(layout: Layout, known: Iterable[Boundary]) -> list[Boundary]:
    """The boundaries of a text without page breaks that only repeated lines show, and lines known by their wording."""
    near = {line for boundary in known for line in (*boundary.above, *boundary.below)}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line in layout.short_lines:
        places[layout.content(line).casefold()].append(line)
    often = {key: members for key, members in places.items() if len(members) >= LEAST_REPEATS}
    passed = {line for members in often.values() for line in members}
    lines = {members[0] for key, members in places.items() if line_kind(key) is not None}
    for key, members in often.items():
        known_line = line_kind(key) is not None
        if known_line or (is_long(key) and not is_heading(key) and _is_spread(layout, members, passed)):
            lines.update(members)
    return boundaries_at_lines(layout, _one_a_block(lines - near), Kind.REPEAT)


def _one_a_block(lines: Iterable[int]) -> Iterator[int]:
    """The first of lines that stand close together."""
    last = -DEPTH
    for line in sorted(lines):
        if line - last >= DEPTH:
            yield line
            last = line


def _is_spread(layout: Layout, members: Sequence[int], passed: Container[int]) -> bool:
    """Whether a repeated line interrupts the text again and again, at the distances of pages."""
    distances = sorted(layout.start(b) - layout.start(a) for a, b in pairwise(members))
    few = distances[len(distances) // 5]
    far = few >= LEAST_DISTANCE and sum(distances) >= LEAST_PAGE * len(distances)
    context = sum(weigh_place(layout, member, passed.__contains__, DEPTH) for member in members)
    return far and context >= LEAST_CONTEXT * len(members)
