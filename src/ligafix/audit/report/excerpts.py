"""The parts of a source that a reader needs to judge its changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ligafix.changes import Change

AROUND = 160
"""Code points on each side of a change: two lines of a printed page. The page shows no more (`AROUND` in `context.js`),
and searches as much."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A stretch of a source, and from which place on (code points)."""

    start: int
    text: str


class Position(NamedTuple):
    """Where a change stands: in which excerpt, and how many UTF-16 code units from its start, as browsers count."""

    excerpt: int
    offset: int


def cut_excerpts(source: str, changes: Iterable[Change]) -> list[Excerpt]:
    """The surroundings of changes, joined where they touch, in the order of the source.

    One code point more belongs to each side, so that the page can tell whether a line is cut.
    """
    spans: list[tuple[int, int]] = []
    for change in sorted(changes, key=lambda c: c.start):
        start, end = max(0, change.start - AROUND - 1), min(len(source), change.end + AROUND + 1)
        if spans and start <= spans[-1][1]:
            first, last = spans.pop()
            start, end = first, max(last, end)
        spans.append((start, end))
    return [Excerpt(start, source[start:end]) for start, end in spans]


def find_positions(excerpts: Sequence[Excerpt], changes: Iterable[Change]) -> Iterator[Position]:
    """Where changes, in the order of their starts, stand in the excerpts that were cut around them."""
    number, at, offset = 0, excerpts[0].start if excerpts else 0, 0
    for change in changes:
        while change.start > excerpts[number].start + len(excerpts[number].text):
            number += 1
            at, offset = excerpts[number].start, 0
        excerpt = excerpts[number]
        offset += count_utf16(excerpt.text[at - excerpt.start : change.start - excerpt.start])
        at = change.start
        yield Position(number, offset)


def count_utf16(text: str) -> int:
    """How many UTF-16 code units a text has."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
