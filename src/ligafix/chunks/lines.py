"""The lines of a text, looked at where something stands in them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator


def outside(lines: Iterable[tuple[int, int]], found: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """The chunks that are found outside some lines; all are in order."""
    stretches = iter(lines)
    start, end = -1, -1
    for chunk, at in found:
        while at > end:
            start, end = next(stretches, (sys.maxsize, sys.maxsize))
        if at < start:
            yield chunk, at


class Lines:
    """The lines of a text that places lie in, which are asked for in order.

    Neither side is looked through farther than to the line before: a text may have one of the line ends only.
    """

    def __init__(self, text: str, line_ends: str) -> None:
        """Take a text and the characters that end its lines."""
        self._text = text
        self._ends = line_ends
        self._any_end = re.compile(f"[{line_ends}]")
        self._start = 0

    def around(self, position: int) -> tuple[int, int]:
        """Where the line starts and ends that a place lies in."""
        last = max([self._text.rfind(sign, self._start, position) for sign in self._ends])
        self._start = last + 1 or self._start
        found = self._any_end.search(self._text, position)
        return self._start, found.start() if found else len(self._text)
