"""Changes as marked words in their lines, for people: `the [-rst-]{+first+} of May`.

The brackets are those of `git diff --word-diff`; what was not applied has a sign of its own. On a terminal colours
take the place of the brackets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from ligafix.audit.collect import LoggedDocument, surroundings
from ligafix.audit.diff import make_inline
from ligafix.audit.log import LoggedChange
from ligafix.changes import Status

if TYPE_CHECKING:
    from rich.text import Text

MOST_CONTEXT = 100
"""How many code points of a line to show on each side of a change; a line may have millions."""

_BRACKETS = {
    "": ("", ""),
    "before": ("[-", "-]"),
    Status.APPLIED: ("{+", "+}"),
    Status.SUGGESTED: ("{?", "?}"),
    Status.REJECTED: ("{!", "!}"),
    Status.SUSPECTED: ("{?", "?}"),
}
_STYLES = {
    "": "",
    "before": "red strike",
    Status.APPLIED: "bold green",
    Status.SUGGESTED: "bold yellow",
    Status.REJECTED: "dim strike",
    Status.SUSPECTED: "bold magenta",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a line and what it is: '' for unchanged text, 'before', or the status of what comes instead."""

    text: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """A line of a document with its changes.

    Attributes:
        line: its number in the source, counted from 1.
        entries: the changes that begin in it.
        pieces: the line, or the parts of it around its changes.
    """

    line: int
    entries: tuple[LoggedChange, ...]
    pieces: tuple[Piece, ...]

    def to_plain(self) -> str:
        """The line with brackets around what changed."""
        return "".join(f"{_BRACKETS[p.kind][0]}{make_inline(p.text)}{_BRACKETS[p.kind][1]}" for p in self.pieces)

    def to_text(self) -> Text:
        """The line in colours."""
        return to_text(self.pieces)


def to_text(pieces: Iterable[Piece]) -> Text:
    """Pieces in colours, with an arrow between what was and what is, for those who see no colours."""
    from rich.text import Text  # slow to load, for terminals only

    line = Text()
    for piece in pieces:
        if line and piece.kind not in ("", "before") and piece.kind != Status.SUSPECTED:
            line.append("→", "dim")
        line.append(make_inline(piece.text), _STYLES[piece.kind])
    return line


def mark_lines(document: LoggedDocument, source: str | None) -> Iterator[MarkedLine]:
    """The lines of a document that have changes, each change marked; one that lies over another has its own line.

    Args:
        document: the document.
        source: the text of its source; None shows the changes without their lines.
    """
    row: list[LoggedChange] = []
    for entry in document.entries:
        if row and (entry.line != row[-1].line or entry.change.start < row[-1].change.end):
            yield _mark(row, source)
            row = []
        row.append(entry)
    if row:
        yield _mark(row, source)


def pieces_of(entry: LoggedChange) -> tuple[Piece, ...]:
    """What a change shows for itself."""
    change = entry.change
    if change.status == Status.SUSPECTED:
        return (Piece(change.before, Status.SUSPECTED),)
    pieces = (Piece(change.before, "before"), Piece(change.after, change.status))
    return tuple(piece for piece in pieces if piece.text)


def mark_entry(entry: LoggedChange, source: str | None) -> MarkedLine:
    """The line of one change, with it alone marked."""
    return _mark([entry], source)


def _mark(row: Sequence[LoggedChange], source: str | None) -> MarkedLine:
    pieces = []
    for gap, entry in zip(_gaps(row, source), [*row, None], strict=True):
        pieces += [Piece(gap), *(pieces_of(entry) if entry else ())]
    return MarkedLine(row[0].line, tuple(row), tuple(piece for piece in pieces if piece.text))


def _gaps(row: Sequence[LoggedChange], source: str | None) -> list[str]:
    """What stands before, between and behind the changes of a line."""
    if source is None:
        return ["", *[" … "] * (len(row) - 1), ""]
    left, _ = surroundings(source, row[0].change.start, row[0].change.end, MOST_CONTEXT)
    _, right = surroundings(source, row[-1].change.start, row[-1].change.end, MOST_CONTEXT)
    between = (_between(source, a.change.end, b.change.start) for a, b in pairwise(row))
    return [left, *between, right.removesuffix("\r")]


def _between(source: str, start: int, end: int) -> str:
    """What stands between two changes of a line, without its middle if it is long."""
    if end - start <= 2 * MOST_CONTEXT:
        return source[start:end]
    return f"{source[start : start + MOST_CONTEXT]} … {source[end - MOST_CONTEXT : end]}"
