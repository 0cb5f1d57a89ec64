"""The lines of a text that hold anything, numbered, and the pages they stand on."""

from __future__ import annotations

import re
import statistics
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, compress, count
from operator import add, sub

from ligafix.document import odd_characters
from ligafix.evidence.pages import skeleton
from ligafix.formats.text import LineEnds, find_line_ends
from ligafix.stages.furniture.numbers import Form, PageNumber, find_plausible, read_page_numbers

LONGEST_LINE = 200
"""Longer lines are paragraphs, and never furniture (code points)."""

SHORT_LINE = 25
"""Lines that are no longer tell nothing of the width of the page (code points)."""

PARAGRAPH = -1
"""The number of the contents of all paragraphs, which are not kept."""

LOST_END = "\ufffe"
"""What some extractors write for a hyphen and the line's end behind it."""

LONGEST_FOOT = 60
"""A page's foot behind it is no longer (code points)."""

_FOOT = re.compile(rf"{LOST_END}(?=[^\W\d_a-zß-öø-ÿ]|\d)([^{LOST_END}\n\f]{{1,{LONGEST_FOOT}}}?)\s*\f")
"""One that begins as no other half of a word does."""

TAG = ("<furniture>", "</furniture>")
"""What stands around a line of furniture that is kept in the text and marked."""

ROW = 3
"""So many lines one behind the other that count are a listing or a list."""

PART = 1 << 20
"""Code points that are split into lines at a time."""

_ODD_SPACES = frozenset(filter(str.isspace, map(chr, range(0x3001)))) - {" ", "\n"}
"""The white space but for the usual."""

_FEED = re.compile("\f")
_LETTER_FEED = re.compile("\f(?=(.))", re.DOTALL)


class Layout:
    """A text as the row of its lines that hold anything.

    Lines end where `find_line_ends` says, and at page breaks. They are called by their number.

    Attributes:
        text: the text.
        newline: what ends its lines.
        breaks: where its pages end.
        page_starts: the first line of each page, and the number of lines.
        contents: what its lines hold that are no paragraphs, equal ones once, in the order in which they come first.
    """

    def __init__(self, text: str, *, letter_feeds: bool = False) -> None:
        """Take a text apart.

        Args:
            text: the text.
            letter_feeds: whether a form feed beside a letter may stand for a ligature here.
        """
        self.text = text
        self.newline = "\r\n" if find_line_ends(text) is LineEnds.CRLF else "\n"
        shown = _LETTER_FEED.sub(_hide_feed, text) if letter_feeds else text
        self.breaks = [found.start() for found in _FEED.finditer(shown)] if "\f" in text else []
        self._starts = array("q")
        self._ends = array("q")
        self._pages = array("q")
        self._numbers = array("q")
        number_of: defaultdict[str | None, int] = defaultdict(count().__next__, {None: PARAGRAPH})
        self._feet = Counter(map(skeleton, _FOOT.findall(text))) if LOST_END in text else Counter[str]()
        start = 0
        self._has_usual_spaces = odd_characters(text).isdisjoint(_ODD_SPACES)
        self.page_starts = [0]
        for page, end in enumerate([*self.breaks, len(shown)]):
            for lines in _split_lines(shown, start, end):
                self._add_lines(lines, start, page, number_of)
                start += sum(map(len, lines)) + len(lines)
            self._part_foot(page, number_of)
            self.page_starts.append(len(self))
        self.contents = [content for content in number_of if content is not None]

    def _add_lines(self, lines: Sequence[str], at: int, page: int, number_of: Mapping[str | None, int]) -> None:
        """Note lines of a page, the first of which starts at a place: all at once, since most texts have many."""
        shown = list(map(str.rstrip, lines))
        contents = list(map(str.lstrip, shown))
        ends = list(map(add, accumulate(map((1).__add__, map(len, lines)), initial=at), map(len, shown)))
        self._ends.extend(compress(ends, contents))
        self._starts.extend(compress(map(sub, ends, map(len, contents)), contents))
        held = list(filter(None, contents))
        self._pages.extend(array("q", [page]) * len(held))
        self._numbers.extend(map(number_of.__getitem__, self._make_contents(held)))

    def _make_contents(self, lines: Sequence[str]) -> Iterable[str | None]:
        """The contents of lines; None for paragraphs."""
        if not self._has_usual_spaces:
            return map(_make_short, lines)
        sign = TAG[0][0]
        return [x if len(x) <= LONGEST_LINE and "  " not in x and x[0] != sign else _make_short(x) for x in lines]

    def _part_foot(self, page: int, number_of: Mapping[str | None, int]) -> None:
        """Part the foot of a page from its last line where a hyphen took the place of the line's end between them."""
        if not self._pages or self._pages[-1] != page:
            return
        start, end = self._starts[-1], self._ends[-1]
        foot = self.text.rfind(LOST_END, max(start, end - LONGEST_FOOT), end) + 1
        if not start < foot < end:
            return
        if read_page_numbers(self.text[foot:end]) or self._feet[skeleton(self.text[foot:end])] > 1:
            self._ends[-1] = foot
            self._starts.append(foot)
            self._ends.append(end)
            self._pages.append(page)
            parts = map(_make_short, (self.text[start:foot], self.text[foot:end]))
            self._numbers[-1:] = array("q", map(number_of.__getitem__, parts))

    def __len__(self) -> int:
        return len(self._starts)

    def start(self, line: int) -> int:
        """Where the content of a line starts, behind its indent."""
        return self._starts[line]

    def end(self, line: int) -> int:
        """Where the content of a line ends, before trailing spaces and the line's end."""
        return self._ends[line]

    def page(self, line: int) -> int:
        """The number of the page of a line, counted from 0."""
        return self._pages[line]

    def width(self, line: int) -> int:
        """The length of a line in code points."""
        return self._ends[line] - self._starts[line]

    def raw(self, line: int) -> str:
        """A line as it stands, or the beginning of a long one."""
        start = self._starts[line]
        return self.text[start : min(self._ends[line], start + LONGEST_LINE + 1)]

    def content(self, line: int) -> str:
        """A line without the tag that may be around it, its white space made single spaces."""
        number = self._numbers[line]
        return _make_content(self.raw(line)) if number == PARAGRAPH else self.contents[number]

    @cached_property
    def times(self) -> Sequence[int]:
        """How often each of the contents stands there."""
        times = array("q", [0]) * (len(self.contents) + 1)  # the last is that of paragraphs
        for number in self._numbers:
            times[number] += 1
        return times[:PARAGRAPH]

    def lines_with(self, contents: Container[str]) -> Iterator[int]:
        """The lines that have one of some contents, in order; paragraphs have none."""
        is_wanted = bytes((*map(contents.__contains__, self.contents), False))
        return compress(count(), map(is_wanted.__getitem__, self._numbers)) if any(is_wanted) else iter(())

    def lines_up_to(self, width: int) -> Iterator[int]:
        """The lines of so many code points at most."""
        return compress(count(), map(width.__ge__, map(sub, self._ends, self._starts)))

    @cached_property
    def page_numbers(self) -> dict[int, tuple[PageNumber, ...]]:
        """The lines that may bear a page number, in order, each with the ways to read it so."""
        readings = {content: read_page_numbers(content) for content in find_plausible(self.contents)}
        bearing = {content: numbers for content, numbers in readings.items() if numbers}
        found = {line: bearing[self.content(line)] for line in self.lines_with(bearing)}
        rows = set(self._rows(found))
        return {line: found[line] for line in found if line not in rows and not self._is_item(line, found[line])}

    def _rows(self, lines: Iterable[int]) -> Iterator[int]:
        """The lines of rows that begin with numbers one behind the other, some of which are numbers and nothing else.

        So programs are listed, whose empty lines have a number, too.
        """
        row: list[int] = []
        last = 0
        for line in lines:
            found = _FIRST_NUMBER.match(self.content(line))
            number = int(found[1]) if found else 0
            goes_on = row and line - row[-1] == 1 and self.page(line) == self.page(row[-1]) and 0 < number - last <= 2
            if not goes_on:
                yield from row if self._is_row(row) else ()
                row = []
            if number:
                row.append(line)
            last = number
        yield from row if self._is_row(row) else ()

    def _is_row(self, lines: Sequence[int]) -> bool:
        return len(lines) >= ROW and not all(map(self.is_number, lines))

    def _is_item(self, line: int, numbers: Sequence[PageNumber]) -> bool:
        """Whether a line is one of a list, a program's numbered lines or a form, beside another, or a heading."""
        if not any(number.form is Form.BESIDE for number in numbers):
            return False
        near = [self.content(n) for n in (line - 1, line + 1) if 0 <= n < len(self)]
        if (
            line + 1 < len(self)
            and _UNDERLINE.fullmatch(self.raw(line + 1))
            and self.gap(line).count(self.newline) == 1
        ):
            return True
        if _BULLET.match(self.content(line)):
            return any(map(_BULLET.match, near))
        number = _item_number(self.content(line))
        if number is None:
            return bool(_COUNT.match(self.content(line))) and any(map(_LABEL.match, near))
        return any(abs(number - (_item_number(content) or -1)) == 1 for content in near)

    def is_number(self, line: int) -> bool:
        """Whether a line is a number and nothing else."""
        return self.text[self._starts[line] : self._ends[line]].isdigit() if self.width(line) < 6 else False

    def is_tagged(self, line: int) -> bool:
        """Whether a line was marked as furniture before."""
        return self.text.startswith(TAG[0], self._starts[line])

    def tail(self, line: int) -> str:
        """The last characters of a line."""
        return self.text[max(self._starts[line], self._ends[line] - 40) : self._ends[line]]

    def head(self, line: int) -> str:
        """The first characters of a line."""
        return self.text[self._starts[line] : min(self._ends[line], self._starts[line] + 40)]

    def gap(self, line: int) -> str:
        """The white space between a line and the next."""
        behind = self._starts[line + 1] if line + 1 < len(self) else len(self.text)
        return self.text[self._ends[line] : behind]

    @cached_property
    def measure(self) -> float:
        """How long a full line is: the middle length of those that are not short (code points)."""
        prose = [width for width in map(sub, self._ends[:4000], self._starts[:4000]) if width > SHORT_LINE]
        return statistics.median(prose) if prose else float(SHORT_LINE)


def _split_lines(text: str, start: int, end: int) -> Iterator[list[str]]:
    """The lines of a stretch of a text, so many at a time: as strings all of them take more memory than the text."""
    while start <= end:
        stop = text.find("\n", min(start + PART, end), end) if end - start > PART else -1
        stop = end if stop < 0 else stop
        yield text[start:stop].split("\n")
        start = stop + 1


def _make_short(line: str) -> str | None:
    """The content of a line; None for a paragraph."""
    return _make_content(line) if len(line) <= LONGEST_LINE else None


def _make_content(line: str) -> str:
    """A line without the tag that may be around it, its white space made single spaces."""
    if line.startswith(TAG[0]):
        line = line.removeprefix(TAG[0]).removesuffix(TAG[1])
    return " ".join(line.split())


_UNDERLINE = re.compile(r"([*=~^#.+-])\1{2,}")
"""What stands below a heading."""

_BULLET = re.compile(r"[*•+-] \S")

_LABEL = re.compile(r"[^\W\d_][^:=\n]{0,40}[:=]\s*\S")
_COUNT = re.compile(r"[^\W\d_][^:=\n]{0,40}[:=]\s*\d{1,5}\Z")
"""A line of a form or of settings, whose label stands before a sign, and one that tells a number."""

_FIRST_NUMBER = re.compile(r"(\d{1,5})(?:[.)]? |\Z)")
_ITEM = re.compile(r"(\d{1,5})[.)]? \S")


def _item_number(content: str) -> int | None:
    """The number before the other text of a line."""
    found = _ITEM.match(content)
    return int(found[1]) if found else None


def _hide_feed(found: re.Match[str]) -> str:
    """A space for a form feed that a lower-case letter follows, as where it stands for a ligature."""
    return " " if found[1].islower() else found.group()
