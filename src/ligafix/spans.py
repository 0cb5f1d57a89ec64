"""Spans of a text, and what comes in their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain


@dataclass(frozen=True, slots=True)
class Edit:
    """What to put in the place of a span (code points, end exclusive), how sure that is, and why."""

    start: int
    end: int
    after: str
    confidence: float
    evidence: str


class Spans:
    """Stretches of a text, to be asked whether others overlap them; in the order in which they stand, and apart."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(end, self._ends[-1])
            else:
                self._starts.append(start)
                self._ends.append(end)

    def __bool__(self) -> bool:
        return bool(self._starts)

    def meet(self, start: int, end: int) -> bool:
        """Whether a span overlaps one of them.

        >>> Spans([(2, 5), (3, 4)]).meet(4, 6), Spans([(2, 5)]).meet(5, 6)
        (True, False)
        """
        behind = bisect_left(self._starts, end)
        return behind > 0 and self._ends[behind - 1] > start


def widen(text: str, start: int, end: int, member: re.Pattern[str]) -> tuple[int, int]:
    """The span with the characters around it that are members: to its left and to its right, without a gap.

    Args:
        text: the text.
        start: where the span starts.
        end: where it ends, exclusive.
        member: matches one character.

    >>> widen("an Ã©cole there", 3, 5, re.compile("[^ ]"))
    (3, 9)
    """
    while start > 0 and member.match(text, start - 1):
        start -= 1
    while end < len(text) and member.match(text, end):
        end += 1
    return start, end


PART = 1 << 20
"""Code points that are put together at a time where a long text is rewritten."""


def replace_spans(text: str, edits: Iterable[tuple[int, int, str]]) -> str:
    """The text with something else in the place of some spans, which are sorted and do not overlap.

    A long text grows part by part, so that next to the old text and the new one there is no third.

    >>> replace_spans("a rst page", [(2, 5, "first")])
    'a first page'
    """
    done, at = "", 0
    pieces: list[str] = []
    size = 0
    for start, end, after in chain(edits, [(len(text), len(text), "")]):
        while size + start - at > PART:
            stop = min(start, at + PART)
            pieces.append(text[at:stop])
            done += "".join(pieces)  # CPython lengthens a string in its place where nothing else refers to it
            pieces, size, at = [], 0, stop
        pieces += (text[at:start], after)
        size += start - at + len(after)
        at = end
    done += "".join(pieces)
    return done
