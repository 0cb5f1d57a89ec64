"""Numbers of lines down the margin, as manuscripts have them: `in a long talk with the pi-12⏎lot of the ferry13`.

Where it comes from: each line has its number beside it, and the extractor writes it before the line, behind it, mostly
without a space, or in a line of its own.

They count by one from line to line, and sentences run on across them: verses, entries of lists and rows of tables count
as well, but each of these is a whole. Numbers before the lines are taken out only where they tear words: otherwise the
text may have been numbered on purpose (`nl`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ligafix.changes import Candidate, Proposal

FEWEST = 20
"""Fewer lines one behind the other are not numbered for sure."""

FARTHEST = 3
"""So many lines of a page may lack their number, or numbers their line: headings, formulas, feet."""

RUN_ON = 0.3
"""Across so many of the numbers a sentence runs on; of the lines of prose more do."""

FULL = 0.7
"""Lines that are so long against the middle one may break off a sentence; entries of lists are of any length."""

ENDS_INSIDE = 0.05
"""So many lines have a sentence's end inside them, as no entry of a list has; of the lines of prose one in three."""

TORN, FEWEST_TORN = 0.03, 2
"""So many lines end within a word, where they were printed; of justified lines one in ten does."""

NARROWEST = 30
"""The lines of a page are longer on the average (code points)."""

LONGEST = 1 << 22
"""No manuscript with numbered lines is longer (code points)."""

EDGE = 12
"""Numbers of lines stand within so many code points of a line's edge."""

SURE = 0.98
"""How sure it is that such numbers are none of the text."""

_PIECE = re.compile("[^\n\r\f\ufffe]+\ufffe?|\ufffe")
"""A line as it was printed: U+FFFE stands for a hyphen and the line's end behind it."""

_FIGURES_AT_EDGES = {
    end: re.compile(rf"{end}(?:(?<=[0-9]{end})|(?<=[0-9]\s{end})|\s?\s?[0-9])") for end in ("\n", "\r")
}
"""What the ends of lines with numbers look like, mostly: it is looked for first, since few texts have many."""

_SMALL = re.compile(r"\s*[^\W\d_A-Z]")
_SENTENCE_END = re.compile(r"[a-z][.!?][\"”’)]? {1,2}[\"“‘(]?[A-ZÀ-Þ]")
_DIVIDED = re.compile("[^\\W\\d_][-‐\xad\ufffe]\\Z")
_ENDS = re.compile(r"[.!?:;]\W*\Z")


class Piece(NamedTuple):
    """A line as it was printed, and where it starts."""

    start: int
    text: str


class Numbered(NamedTuple):
    """A line with its number: where that stands in the text, and the line without it."""

    start: int
    end: int
    rest: str


_Take = Callable[[Piece, str], Numbered | None]


def propose_line_numbers(text: str) -> list[Proposal]:
    """Proposals that take the numbers of lines out of a text."""
    if len(text) > LONGEST or len(_FIGURES_AT_EDGES["\n" if "\n" in text else "\r"].findall(text)) < FEWEST:
        return []
    pieces = [Piece(m.start(), m.group()) for m in _PIECE.finditer(text) if not m.group().isspace()]
    for take in (_take_behind, _take_before, _take_alone):
        found = [line for run in _find_runs(pieces, take) for line in run]
        if found:
            return [_remove(text, line, is_alone=take is _take_alone) for line in found]
    return []


def _find_runs(pieces: Sequence[Piece], take: _Take) -> Iterator[list[Numbered]]:
    """The runs of numbered lines."""
    at = 0
    while at < len(pieces):
        number = _first_number(pieces[at], take)
        run, end = _follow(pieces, at, number, take) if number else ([], at + 1)
        if len(run) < FEWEST:
            at += 1
            continue
        if _are_of_prose(pieces[at:end], run, take):
            yield run
        at = end


def _first_number(piece: Piece, take: _Take) -> int | None:
    """The number that a run may begin with."""
    edge = piece.text[:EDGE] if take is _take_before else piece.text.rstrip()[-EDGE:]
    found = _AT_EDGE[take].search(edge)
    return int(found[1]) if found else None


def _follow(pieces: Sequence[Piece], at: int, number: int, take: _Take) -> tuple[list[Numbered], int]:
    """The lines that are numbered one after the other from a place on, and the place behind the last."""
    run: list[Numbered] = []
    last = at
    step = 2 if take is _take_alone else 1
    while at < len(pieces) and at - last <= step * FARTHEST:
        for ahead in range(FARTHEST):
            if line := take(pieces[at], str(number + ahead)):
                run.append(line)
                number += ahead + 1
                last = at
                break
        at += 1
        if len(run) == 1 and at - last > step:
            break
    return run, last + 1


def _are_of_prose(pieces: Sequence[Piece], run: Sequence[Numbered], take: _Take) -> bool:
    """Whether sentences run on across the numbers, and nearly all lines have one."""
    texts = [p.text.strip() for p in pieces if not p.text.strip().isdigit()] if take is _take_alone else []
    texts = texts or [line.rest.strip() for line in run]
    width = median(map(len, texts))
    if width < NARROWEST or len(texts) > len(run) * 1.5 or len(pieces) > len(run) * 3:
        return False
    across = sum(
        len(one) >= FULL * width and _SMALL.match(other) is not None and _ENDS.search(one) is None
        for one, other in pairwise(texts)
    )
    inside = sum(_SENTENCE_END.search(one) is not None for one in texts)
    torn = sum(_DIVIDED.search(one) is not None and _SMALL.match(other) is not None for one, other in pairwise(texts))
    if take is _take_before and torn < max(FEWEST_TORN, TORN * len(texts)):
        return False
    return across >= RUN_ON * len(texts) and inside >= ENDS_INSIDE * len(texts)


def _take_behind(piece: Piece, number: str) -> Numbered | None:
    line = piece.text.rstrip()
    if not line.endswith(number) or line == number:
        return None
    end = piece.start + len(line)
    rest = line[: -len(number)].rstrip()
    return Numbered(piece.start + len(rest), end, rest)


def _take_before(piece: Piece, number: str) -> Numbered | None:
    line = piece.text.lstrip()
    rest = line[len(number) :].lstrip(" \t")
    is_longer = rest[:1].isdigit() and len(line) == len(number) + len(rest)
    if not line.startswith(number) or not rest.strip() or is_longer:
        return None
    start = piece.start + len(piece.text) - len(line)
    return Numbered(start, piece.start + len(piece.text) - len(rest), rest)


def _take_alone(piece: Piece, number: str) -> Numbered | None:
    return Numbered(piece.start, piece.start + len(piece.text), "") if piece.text.strip() == number else None


_AT_EDGE: dict[_Take, re.Pattern[str]] = {
    _take_behind: re.compile(r"[^\W\d_.,-](?:[.,;:)]|-|\ufffe)?\s?(\d{1,4})\s*\Z"),
    _take_before: re.compile(r"\A\s*(\d{1,4})[ \t]*[^\W\d_(]"),
    _take_alone: re.compile(r"\A\s*(\d{1,4})\s*\Z"),
}


def _remove(text: str, line: Numbered, *, is_alone: bool) -> Proposal:
    """Take a number out, with its line where that has nothing else."""
    end = line.end
    if is_alone:
        end += 2 if text.startswith("\r\n", end) else 1 if text[end : end + 1] in ("\n", "\r") else 0
    evidence = "counts from line to line"
    candidates = (Candidate("", SURE),)
    return Proposal(line.start, end, "", "line-number", SURE, candidates, evidence)
