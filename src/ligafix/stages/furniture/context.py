"""What the text around a place tells: whether a sentence, or a word, runs on across it."""

from __future__ import annotations

import re
from collections.abc import Callable, Container

from ligafix.document import LETTERS
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.tables import announces_number

DIVIDED = 4.0
"""What a word that runs on across a place says for furniture there (nats)."""

RUNS_ON = 2.8
"""The same of a sentence that breaks off in the middle of a line of full length and goes on with a small letter."""

STARTS_WITHIN = 4.5
"""The same where there is nothing before, since the text begins in the middle of a sentence ..."""

ENDS_WITHIN = 4.2
"""... and where there is nothing behind, since it ends there."""

STARTS_SMALL = 1.8
"""The same where the line behind begins with a small letter, but the one before is short, or a sentence's end."""

SHORT_BEFORE = 0.5
"""The same where the line before is short: it may be a heading or a verse."""

BREAKS_OFF = 0.6
"""The same where the line before breaks off, and what follows may go on with a capital."""

CLOSED = -0.6
"""The same where a sentence ends before and another begins behind."""

_DIVIDED = re.compile(rf"[{LETTERS}][-‐\xad\ufffe¬]\Z")
_CLOSED = re.compile(r"[.!?:;…][\"'”’»)\]\d⁰¹²³⁴-⁹*†‡]{0,4}\Z|[)\]”\"]\Z")
_COMMA = re.compile(r",[\d⁰¹²³⁴-⁹]{0,3}\Z")
_LETTER = re.compile(rf"[\"'“‘«(\[]?[{LETTERS}]")
_SMALL = re.compile(r"[\"'“‘«(\[]?[^\W\d_A-Z]")
_NOTE = re.compile(r"(?:\[?\d{1,3}\]?|[*†‡§¶]{1,2}|[⁰¹²³⁴-⁹]{1,3})[.)]?(?: {0,3}[\"“‘(]?[^\W\d_a-z]|\Z)")

NOTE_LINES = 15
"""So many lines above the foot of a page its notes are looked for."""


def is_divided(layout: Layout, before: int, behind: int) -> bool:
    """Whether a word is divided between two lines."""
    return bool(_DIVIDED.search(layout.tail(before)) and _starts_small(layout, behind))


def runs_on(layout: Layout, before: int | None, behind: int | None) -> bool:
    """Whether it is sure that a sentence runs on from one line to another."""
    if before is None or behind is None:
        return False
    return is_divided(layout, before, behind) or (
        _breaks_off(layout, before) and _starts_small(layout, behind) and _is_full(layout, before)
    )


def may_run_on(layout: Layout, before: int, behind: int) -> bool:
    """Whether a sentence may run on from a line of full length to another one, though no letter ends it.

    A figure or a bracket may end it, a colon, or what somebody asks or exclaims (`“Who is there?”⏎asked the man`).
    """
    is_full = _is_full(layout, before) and _starts_small(layout, behind)
    return is_full and not layout.tail(before).rstrip("\"'”’»)]").endswith(".")


def begins_sentence(layout: Layout, line: int) -> bool:
    """Whether a sentence goes on from a line to the next which did not come to it from the line before."""
    return line + 1 < len(layout) and runs_on(layout, line, line + 1) and not (line and _breaks_off(layout, line - 1))


def weigh_gap(layout: Layout, before: int | None, behind: int | None) -> float:
    """What the lines around a place say for its being a boundary of pages (nats)."""
    breaks_off = before is not None and _breaks_off(layout, before)
    is_full = before is not None and _is_full(layout, before)
    if behind is None:
        return ENDS_WITHIN if breaks_off and is_full else 0.0
    if _starts_small(layout, behind):
        return _weigh_small(layout, before, behind, breaks_off=breaks_off, is_full=is_full)
    if breaks_off and is_full and _LETTER.match(layout.head(behind)):
        return BREAKS_OFF
    return CLOSED if before is not None and _CLOSED.search(layout.tail(before)) else 0.0


def _weigh_small(layout: Layout, before: int | None, behind: int, *, breaks_off: bool, is_full: bool) -> float:
    """The same where the line behind begins with a small letter."""
    if before is None:
        return STARTS_WITHIN if _is_full(layout, behind) else 0.0
    if _DIVIDED.search(layout.tail(before)):
        return DIVIDED
    if breaks_off:
        return RUNS_ON if is_full else SHORT_BEFORE
    return STARTS_SMALL if _is_full(layout, behind) else 0.0


def weigh_place(layout: Layout, line: int, may_go: Callable[[int], bool], reach: int) -> float:
    """What the lines around a line say for a boundary there (nats).

    Args:
        layout: the text.
        line: the line.
        may_go: tells of a line whether it may be furniture too, and is to be passed over.
        reach: how many lines are passed over at most, on each side.
    """
    before, behind = line - 1, line + 1
    while before >= 0 and line - before <= reach and may_go(before):
        before -= 1
    while behind < len(layout) and behind - line <= reach and may_go(behind):
        behind += 1
    return weigh_gap(layout, before if before >= 0 else None, behind if behind < len(layout) else None)


def is_in_sentence(layout: Layout, line: int) -> bool:
    """Whether a number that has its line for itself belongs to what stands around: `see Figure⏎5⏎.`, `1⏎https://…`."""
    if not layout.is_number(line):
        return False
    if line + 1 < len(layout) and layout.page(line + 1) == layout.page(line) and _GOES_ON.match(layout.head(line + 1)):
        return True
    return line > 0 and layout.page(line - 1) == layout.page(line) and announces_number(layout.tail(line - 1))


_GOES_ON = re.compile(r"[.,;:)\]](?!\w)|https?://|www\.")
"""How a line begins that goes on behind a number, or that a note's number stands before."""


def ends_in_note(layout: Layout, line: int, gone: Container[int]) -> bool:
    """Whether a line may belong to the notes at the foot of its page; lines that are gone do not count."""
    least = max(0, line - NOTE_LINES)
    while least < line and layout.page(least) != layout.page(line):
        least += 1
    return any(_NOTE.match(layout.head(above)) for above in range(line, least, -1) if above not in gone)


def _breaks_off(layout: Layout, line: int) -> bool:
    """Whether a line ends within a sentence."""
    tail = layout.tail(line)
    return (
        bool(_COMMA.search(tail)) or (tail[-1:].isalpha() and not _CLOSED.search(tail)) or bool(_DIVIDED.search(tail))
    )


def _starts_small(layout: Layout, line: int) -> bool:
    """Whether a line begins with a small letter; a word of one is a symbol or a list's letter."""
    head = layout.head(line)
    return bool(_SMALL.match(head)) and head.lstrip("\"'“‘«([")[:1].islower() and len(head.split(maxsplit=1)[0]) > 1


def _is_full(layout: Layout, line: int) -> bool:
    """Whether a line is about as long as the lines of this text are."""
    return layout.width(line) > 0.6 * layout.measure
