"""A text as lines on pages, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ligafix.recent import of_last_text

_LINE_FEEDS = re.compile(r"\n\f?|\f")

SHORTEST_PAGES = 3
"""Lines a page, on average, below which form feeds between other signs are no page breaks but lost letters."""

NARROWEST, WIDEST = 14.0, 90.0
"""Ems. A column for prose has room for about 30 signs at least; lines of 200 are paragraphs already."""

MARGIN = 0.85
"""The share of lines that are no wider than the measure; the rest may stick out."""

NARROWEST_LETTER = 0.27
"""No letter is narrower (ems)."""


class _Widths(dict[str, float]):
    """How wide letters are in a text face (ems), roughly as in Times; what is not listed is as wide as an `n`."""

    def __missing__(self, letter: str) -> float:
        return 0.52


_WIDTHS = _Widths(
    dict.fromkeys("ijlt.,/\\|'`’‘ ", NARROWEST_LETTER)
    | dict.fromkeys('fIr!()[]{}-‐:;sJ“”"', 0.36)
    | dict.fromkeys("aceczéèêàâäçãāēș", 0.44)
    | dict.fromkeys("wABDGHKNOQRUVXYCÄÖÜÅ", 0.7)
    | dict.fromkeys("mMW—…", 0.88)
)


class Line(NamedTuple):
    """A line: its text without the line end, where it stands, and where the next line starts.

    `ends_page` tells that a form feed stands between it and the next line.
    """

    text: str
    start: int
    after: int
    ends_page: bool

    @property
    def end(self) -> int:
        """Where the text of the line ends, without blanks behind it."""
        return self.start + len(self.text.rstrip())

    @property
    def is_blank(self) -> bool:
        """Whether there is nothing to see on it."""
        return not self.text or self.text.isspace()

    @property
    def indent(self) -> int:
        """How many blanks it begins with."""
        return len(self.text) - len(self.text.lstrip())


@of_last_text
def split_lines(text: str, start: int = 0, end: int | None = None) -> Sequence[Line]:
    r"""The lines of a text, kept for who asks again.

    `\n`, `\r\n` and form feeds end them.

    Args:
        text: the text.
        start: where the first of the lines starts.
        end: where the last one ends; None for the text's end.

    >>> [line.text for line in split_lines("one\r\n\ftwo\n\nthree")]
    ['one', 'two', '', 'three']
    """
    end = len(text) if end is None else end
    lines, at = [], start
    for found in _LINE_FEEDS.finditer(text, start, end):
        content = text[at : found.start()].removesuffix("\r")
        lines.append(Line(content, at, found.end(), "\f" in found.group()))
        at = found.end()
    if at < end:
        lines.append(Line(text[at:end].removesuffix("\r"), at, end, ends_page=False))
    return lines


def has_pages(lines: Sequence[Line]) -> bool:
    """Whether the form feeds of a text end pages."""
    feeds = sum(line.ends_page for line in lines)
    return 0 < feeds * SHORTEST_PAGES <= len(lines)


def print_width(text: str) -> float:
    """About how wide a text is in print, in ems.

    >>> print_width("million") < print_width("wombats")
    True
    """
    return sum(map(_WIDTHS.__getitem__, text))


def quantile(values: Iterable[float], share: float) -> float:
    """The value that a share of some values does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
