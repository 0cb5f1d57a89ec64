"""A text as lines on pages, and how wide they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_LINE_FEED_LINES = re.compile(r"(?P<content>[^\n\f]*?)\r?(?:\n(?P<feed>\f?)|(?P<bare>\f)|\Z)")
_CARRIAGE_RETURN_LINES = re.compile(r"(?P<content>[^\r\f]*)(?:\r(?P<feed>\f?)|(?P<bare>\f)|\Z)")

SHORTEST_PAGES = 3
"""Lines a page, on average, below which form feeds between other signs are no page breaks but lost letters."""

NARROWEST, WIDEST = 14.0, 90.0
"""Ems. A column for prose has room for about 30 signs at least; lines of 200 are paragraphs already."""

MARGIN = 0.85
"""The share of lines that are no wider than the measure; the rest may stick out."""

_WIDTHS = {
    **dict.fromkeys("ijlt.,/\\|'`’‘ ", 0.27),
    **dict.fromkeys('fIr!()[]{}-‐:;sJ“”"', 0.36),
    **dict.fromkeys("aceczéèêàâäçãāēș", 0.44),
    **dict.fromkeys("wABDGHKNOQRUVXYCÄÖÜÅ", 0.7),
    **dict.fromkeys("mMW—…", 0.88),
}
_WIDTH = 0.52
"""How wide (in ems) a letter is in a text face, roughly as in Times; what is not listed is as wide as an `n`."""


@dataclass(frozen=True, slots=True)
class Line:
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


def split_lines(text: str) -> list[Line]:
    r"""The lines of a text; `\n`, `\r\n` and form feeds end them, or `\r` where there is no `\n` at all.

    >>> [line.text for line in split_lines("one\r\n\ftwo\n\nthree")]
    ['one', 'two', '', 'three']
    """
    pattern = _CARRIAGE_RETURN_LINES if "\n" not in text and "\r" in text else _LINE_FEED_LINES
    lines, at = [], 0
    while at < len(text):
        found = pattern.match(text, at)
        assert found is not None  # noqa: S101 - the patterns match everywhere
        ends_page = bool(found["feed"] or found["bare"])
        lines.append(Line(found["content"], at, found.end(), ends_page))
        at = found.end()
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
    get = _WIDTHS.get
    return sum(get(letter, _WIDTH) for letter in text)


def quantile(values: Iterable[float], share: float) -> float:
    """The value that a share of some values does not exceed; 0 for none."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
