"""Changes as a unified diff, which `patch` takes, and as coloured words for a terminal.

The hunks come from the changes themselves, so that they are exact and a line of any length costs no search.
Lines end at line feeds only, as `patch` has it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from ligafix.changes import Change, Status

if TYPE_CHECKING:
    from rich.text import Text

Mark = Literal[" ", "-", "+"]

_LINE = re.compile(r"[^\n]*\n|[^\n]+\Z")
_NO_NEWLINE = "\n\\ No newline at end of file\n"
_STYLES: dict[Mark, str] = {"-": "red", "+": "green", " ": ""}
_VISIBLE_CONTROLS = {c: 0x2400 + c for c in range(0x20) if c not in b"\t\n"} | {0x7F: 0x2421}
_TURNING = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))  # what is read, right to left
_UNSEEN = dict.fromkeys((*range(0x80, 0xA0), *_TURNING), 0xFFFD)  # some terminals obey U+009B as ESC [


@dataclass(frozen=True, slots=True)
class DiffLine:
    """A line of a diff with its line feed, if it has one, and the spans of it that changed."""

    mark: Mark
    text: str
    changed: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hunk:
    """Lines that changed, with some around them; `old_start` and `new_start` count lines from 1."""

    old_start: int
    new_start: int
    lines: tuple[DiffLine, ...]

    def header(self) -> str:
        """The line that begins the hunk in a unified diff."""
        old = sum(line.mark != "+" for line in self.lines)
        new = sum(line.mark != "-" for line in self.lines)
        return f"@@ -{_range(self.old_start, old)} +{_range(self.new_start, new)} @@\n"


@dataclass(frozen=True, slots=True)
class _Side:
    """The lines of a block before or after, and where they changed."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def lines(self, mark: Mark) -> Iterator[DiffLine]:
        for line in _LINE.finditer(self.text):
            start, end = line.span()
            first = bisect_right(self.spans, start, key=lambda span: span[1])
            last = bisect_left(self.spans, end, key=lambda span: span[0])
            inside = ((max(a, start) - start, min(b, end) - start) for a, b in self.spans[first:last])
            yield DiffLine(mark, line.group(), tuple((a, b) for a, b in inside if a < b))


@dataclass(slots=True)
class _Block:
    """Whole lines of the source, from one place to another, and the changes in them."""

    start: int
    end: int
    changes: list[Change] = field(default_factory=list)
    new_line_next: bool = True  # whether the new text, up to the last change's end, ends with a line feed

    def add(self, change: Change, source: str) -> None:
        """Take in a change behind the others; where it ends in mid-line, the next line moves up into it."""
        if change.start > (self.changes[-1].end if self.changes else self.start):
            self.new_line_next = source[change.start - 1] == "\n"
        if change.after:
            self.new_line_next = change.after.endswith("\n")
        self.changes.append(change)
        self.end = max(self.end, _line_end(source, change.end - 1))
        if change.end == self.end and not self.new_line_next:
            self.end = _line_end(source, self.end)

    def old(self, source: str) -> _Side:
        spans = tuple((change.start - self.start, change.end - self.start) for change in self.changes)
        return _Side(source[self.start : self.end], spans)

    def new(self, source: str) -> _Side:
        pieces, spans = [], []
        at, longer = self.start, -self.start
        for change in self.changes:
            pieces += [source[at : change.start], change.after]
            start = change.start + longer
            spans.append((start, start + len(change.after)))
            longer += len(change.after) - len(change.before)
            at = change.end
        return _Side("".join([*pieces, source[at : self.end]]), tuple(spans))


class _Lines:
    """Where the lines of a text start."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = [match.start() for match in _LINE.finditer(text)]

    def number(self, position: int) -> int:
        """How many lines start before a position."""
        return bisect_left(self.starts, position)

    def between(self, first: int, last: int) -> Iterator[DiffLine]:
        """Unchanged lines, counted from 0, the last exclusive."""
        first, last = max(first, 0), min(last, len(self.starts))
        if first < last:
            end = self.starts[last] if last < len(self.starts) else len(self.text)
            yield from _Side(self.text[self.starts[first] : end], ()).lines(" ")


def make_hunks(source: str, changes: Iterable[Change], context: int = 3) -> Iterator[Hunk]:
    """The hunks that the applied ones of some changes make.

    Args:
        source: the text that the changes are of.
        changes: any changes.
        context: how many lines around a change to show.
    """
    lines = _Lines(source)
    longer = 0  # by how many lines the new text is longer so far
    for group in _group_blocks(_make_blocks(source, changes), lines, context):
        start = max(lines.number(group[0].start) - context, 0)
        hunk = Hunk(start + 1, start + 1 + longer, tuple(_hunk_lines(source, group, lines, context)))
        longer += sum({"+": 1, "-": -1, " ": 0}[line.mark] for line in hunk.lines)
        yield hunk


def unified_diff(name: str, hunks: Iterable[Hunk], *, bom: bool = False, git: bool = False) -> Iterator[str]:
    """The lines of a unified diff, each with its line feed; none where there are no hunks.

    Args:
        name: the name of the file, for both sides.
        hunks: what changed in it.
        bom: whether a byte order mark stands before the file's first line.
        git: name the sides `a/NAME` and `b/NAME`, as `git apply` and `patch -p1` want it; a file outside the working
            folder as seen from the root, for `patch -p1 -d /`.
    """
    sides = (f"a/{name.removeprefix('/')}", f"b/{name.removeprefix('/')}") if git else (name, name)
    for number, hunk in enumerate(hunks):
        if number == 0:
            yield from _file_header(*sides)
        yield hunk.header()
        for line in _with_bom(hunk.lines) if bom and hunk.old_start == 1 else hunk.lines:
            yield line.mark + line.text
            if not line.text.endswith("\n"):
                yield _NO_NEWLINE


def coloured_diff(name: str, hunks: Iterable[Hunk]) -> Text:
    """The same diff for a terminal, the changed words in colour and control characters made visible."""
    from rich.text import Text  # slow to load, for terminals only

    diff = Text()
    for number, hunk in enumerate(hunks):
        if number == 0:
            diff.append("".join(_file_header(name, name)), "bold")
        diff.append(hunk.header(), "cyan")
        for line in hunk.lines:
            start = len(diff) + 1
            diff.append(line.mark + make_visible(_strip_end(line.text)) + "\n", _STYLES[line.mark])
            for a, b in line.changed:
                diff.stylize("bold reverse", start + a, start + b)
    return diff


def _with_bom(lines: Sequence[DiffLine]) -> Iterator[DiffLine]:
    """The same lines with a byte order mark before the first of each side."""
    first_old = next((number for number, line in enumerate(lines) if line.mark != "+"), None)
    first_new = next((number for number, line in enumerate(lines) if line.mark != "-"), None)
    for number, line in enumerate(lines):
        yield replace(line, text="\ufeff" + line.text) if number in (first_old, first_new) else line


def encode_diff(diff: str, encoding: str) -> bytes:
    """A diff in the encoding of its file, so that `patch` takes it; UTF-16 is beyond `patch`."""
    if encoding.startswith(("utf-16", "utf-32")):
        return diff.encode("utf-8", "backslashreplace")
    return diff.encode(encoding, "surrogateescape")


def make_visible(text: str) -> str:
    """A text with a sign for each of its characters, those of control and direction too; tabs and line feeds stay."""
    return text.translate(_VISIBLE_CONTROLS | _UNSEEN)


def make_inline(text: str) -> str:
    """A text to stand in a line: line feeds as ⏎, a sign for each character of control and direction."""
    return make_visible(text).replace("\n", "⏎")


def make_editable(text: str) -> str:
    """A text to be edited in a line, of which every character can be told."""
    return text.translate(_VISIBLE_CONTROLS).replace("\n", "⏎")


def read_edited(shown: str) -> str:
    r"""The text that `make_editable` shows so.

    >>> read_edited(make_editable("signi-\n\x0ccant")) == "signi-\n\x0ccant"
    True
    """
    return shown.replace("⏎", "\n").translate({sign: c for c, sign in _VISIBLE_CONTROLS.items()})


def _file_header(old: str, new: str) -> tuple[str, str]:
    """The lines that name the file; a tab ends a name with blanks in it."""
    old, new = (make_visible(name) + ("\t" if " " in name else "") for name in (old, new))
    return f"--- {old}\n", f"+++ {new}\n"


def _strip_end(text: str) -> str:
    """A line without its end."""
    return text.removesuffix("\n").removesuffix("\r")


def _make_blocks(source: str, changes: Iterable[Change]) -> list[_Block]:
    """Blocks of changed lines, in order and apart."""
    blocks: list[_Block] = []
    for change in sorted(changes, key=lambda c: c.start):
        if change.status != Status.APPLIED:
            continue
        start = source.rfind("\n", 0, change.start) + 1
        if not blocks or start >= blocks[-1].end:
            blocks.append(_Block(start, start))
        blocks[-1].add(change, source)
    return blocks


def _line_end(source: str, position: int) -> int:
    return source.find("\n", position) + 1 or len(source)


def _group_blocks(blocks: Iterable[_Block], lines: _Lines, context: int) -> Iterator[list[_Block]]:
    """The blocks that share a hunk, since their contexts meet."""
    group: list[_Block] = []
    for block in blocks:
        if group and lines.number(block.start) - lines.number(group[-1].end) > 2 * context:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _hunk_lines(source: str, group: Sequence[_Block], lines: _Lines, context: int) -> Iterator[DiffLine]:
    done = lines.number(group[0].start) - context
    for block in group:
        yield from lines.between(done, lines.number(block.start))
        yield from block.old(source).lines("-")
        yield from block.new(source).lines("+")
        done = lines.number(block.end)
    yield from lines.between(done, done + context)


def _range(start: int, count: int) -> str:
    return f"{start if count else start - 1},{count}"
