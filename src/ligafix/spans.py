"""Spans of a text, and what comes in their place."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """What to put in the place of a span (code points, end exclusive), how sure that is, and why."""

    start: int
    end: int
    after: str
    confidence: float
    evidence: str


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
