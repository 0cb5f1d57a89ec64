"""Numbers of lines down the margin, as manuscripts have them: `in a long talk with the pi-12⏎lot of the ferry13`.

Where it comes from: each line has its number beside it, and the extractor writes it before the line, behind it, mostly
without a space, or in a line of its own.

They count by one from line to line, and sentences run on across them: verses, entries of lists and rows of tables count
as well, but each of these is a whole. Numbers before the lines are taken out only where they tear words: otherwise the
text may have been numbered on purpose (`nl`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import compress, pairwise
from statistics import median
from typing import NamedTuple

from ligafix.changes import Candidate, Proposal
from ligafix.document import odd_characters

FEWEST = 20
"""Fewer lines one behind the other are not numbered for sure."""

FIFTH, FEWEST_FIFTHS = 5, 10
"""Where every fifth line has its number, so many of them do, without a gap ..."""

FIFTHS = range(3, 12)
"""... at distances of so many lines: heads, feet, and numbers with lines of their own stand between, too."""

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

_LINE = re.compile("[^\n\r\f\ufffe]+\ufffe?|\ufffe")
"""A line as it was printed: U+FFFE stands for a hyphen and the line's end behind it."""

_OTHER_ENDS = frozenset("\r\f\ufffe")
"""What ends a line besides the line feed."""

_FIGURES_AT_EDGES = re.compile(r"\n(?:(?<=[0-9]\n)|(?<=[0-9]\s\n)|\s?\s?[0-9])")
"""What the ends of lines with numbers look like, mostly: it is looked for first, since few texts have many."""

_NUMBER = re.compile(r"\d{1,9}")
_SMALL = re.compile(r"\s*[^\W\d_A-Z]")
_SENTENCE_END = re.compile(r"[a-z][.!?][\"”’)]? {1,2}[\"“‘(]?[A-ZÀ-Þ]")
_DIVIDED = re.compile("[^\\W\\d_][-‐\xad\ufffe]\\Z")
_ENDS = re.compile(r"[.!?:;]\W*\Z")


class Numbered(NamedTuple):
    """A line with its number: which line, where in it the number starts and ends, and the line without it."""

    line: int
    start: int
    end: int
    rest: str


_Take = Callable[[str, str], tuple[int, int, str] | None]


def propose_line_numbers(text: str) -> list[Proposal]:
    """Proposals that take the numbers of lines out of a text."""
    if len(text) > LONGEST or len(_FIGURES_AT_EDGES.findall(text)) < FEWEST_FIFTHS:
        return []
    is_plain = odd_characters(text).isdisjoint(_OTHER_ENDS)
    every_line = text.split("\n") if is_plain else _LINE.findall(text)
    shown = list(map(str.strip, every_line))
    lines = list(compress(every_line, shown))
    shown = list(filter(None, shown))
    for take, read in _FIGURES.items():
        figures = read(shown)
        for every in (1, FIFTH):
            found = [numbered for run in _find_runs(lines, figures, take, every) for numbered in run]
            if found:
                starts = [line.start() for line in _LINE.finditer(text) if not line.group().isspace()]
                return [_remove(text, starts[one.line], one, is_alone=take is _take_alone) for one in found]
    return []


def _find_runs(lines: Sequence[str], figures: Mapping[int, int], take: _Take, every: int) -> Iterator[list[Numbered]]:
    """The runs of lines that are numbered, all of them or every fifth."""
    end = 0
    least = FEWEST if every == 1 else FEWEST_FIFTHS
    for at in _find_starts(figures, take) if every == 1 else _find_fifths(figures, take):
        number = _first_number(lines[at], take) if at >= end else None
        if not number:
            continue
        run, behind = _follow(lines, at, number, take) if every == 1 else _follow_fifths(lines, at, number, take)
        if len(run) >= least:
            end = behind
            if _are_of_prose(lines[at:end], run, take, every):
                yield run


def _find_starts(figures: Mapping[int, int], take: _Take) -> Iterator[int]:
    """The lines at which a run may begin, by the figures at their edges and at those of the lines behind them."""
    if len(figures) < FEWEST:
        return
    step = _step(take)
    places = [*figures]
    values = [*figures.values(), 0]
    behind = [*places[1:], places[-1] + step + 1]
    for n, last in enumerate(places[FEWEST - 1 :]):
        at = places[n]
        if behind[n] - at > step or last - at > (FEWEST - 1) * step * FARTHEST:
            continue
        counts = (values[n + 1] - values[n]) % TENS[take] in NEXT
        if counts or (step > 1 and behind[n + 1] - at <= step and values[n + 2] - values[n] in NEXT):
            yield at


def _find_fifths(figures: Mapping[int, int], take: _Take) -> Iterator[int]:
    """The same for runs of which every fifth line has its number."""
    places = [*figures] if len(figures) >= FEWEST_FIFTHS else []
    for at, last in zip(places, places[FEWEST_FIFTHS - 1 :], strict=False):
        if figures[at] % FIFTH or last - at > FEWEST_FIFTHS * FIFTHS[-1]:
            continue
        if any((figures.get(at + n, -1) - figures[at]) % TENS[take] == FIFTH for n in FIFTHS):
            yield at


def _read_behind(lines: Sequence[str]) -> dict[int, int]:
    """Of some lines without the white space around them those that end with figures.

    And the last of these, which tells whether they may count.
    """
    return {at: int(line[-1]) for at, line in enumerate(lines) if line[-1].isdecimal()}


def _read_before(lines: Sequence[str]) -> dict[int, int]:
    """The lines that begin with a number, and these."""
    found = ((at, _NUMBER.match(line)) for at, line in enumerate(lines) if line[0].isdecimal())
    return {at: int(number.group()) for at, number in found if number}


def _read_alone(lines: Sequence[str]) -> dict[int, int]:
    """The lines that are a number, and these."""
    return {at: int(line) for at, line in enumerate(lines) if len(line) < EDGE and line.isdecimal()}


def _step(take: _Take) -> int:
    """How many lines stand from one number to the next: two where each has one for itself."""
    return 2 if take is _take_alone else 1


def _first_number(line: str, take: _Take) -> int | None:
    """The number that a run may begin with."""
    edge = line[:EDGE] if take is _take_before else line.rstrip()[-EDGE:]
    found = _AT_EDGE[take].search(edge)
    return int(found[1]) if found else None


def _follow(lines: Sequence[str], at: int, number: int, take: _Take) -> tuple[list[Numbered], int]:
    """The lines that are numbered one after the other from a place on, and the place behind the last."""
    run: list[Numbered] = []
    last = at
    step = _step(take)
    while at < len(lines) and at - last <= step * FARTHEST:
        for ahead in range(FARTHEST):
            if found := take(lines[at], str(number + ahead)):
                run.append(Numbered(at, *found))
                number += ahead + 1
                last = at
                break
        at += 1
        if len(run) == 1 and at - last > step:
            break
    return run, last + 1


def _follow_fifths(lines: Sequence[str], at: int, number: int, take: _Take) -> tuple[list[Numbered], int]:
    """The same where every fifth line has its number; one after the other, but a single one may be lost."""
    run: list[Numbered] = []
    found = _find_number(lines, range(at, at + 1), number, take)
    while found is not None:
        run.append(found)
        at = found.line
        for lost in (0, 1):
            near = range(at + (1 + lost) * FIFTHS[0], min(len(lines), at + (1 + lost) * FIFTHS[-1]))
            found = _find_number(lines, near, number + (1 + lost) * FIFTH, take)
            if found is not None:
                number += (1 + lost) * FIFTH
                break
    return run, at + 1


def _find_number(lines: Sequence[str], near: Iterable[int], number: int, take: _Take) -> Numbered | None:
    """The first of some lines that has a number."""
    return next((Numbered(at, *taken) for at in near if (taken := take(lines[at], str(number)))), None)


def _are_of_prose(lines: Sequence[str], run: Sequence[Numbered], take: _Take, every: int) -> bool:
    """Whether sentences run on across the numbers, and nearly all lines have one."""
    texts = [line.strip() for line in lines if not line.strip().isdigit()] if take is _take_alone or every > 1 else []
    texts = texts or [numbered.rest.strip() for numbered in run]
    width = median(map(len, texts))
    if width < NARROWEST or len(texts) > len(run) * 1.5 * every or len(lines) > len(run) * 3 * every:
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


def _take_behind(line: str, number: str) -> tuple[int, int, str] | None:
    shown = line.rstrip()
    if not shown.endswith(number) or shown == number:
        return None
    rest = shown[: -len(number)].rstrip()
    return len(rest), len(shown), rest


def _take_before(line: str, number: str) -> tuple[int, int, str] | None:
    shown = line.lstrip()
    rest = shown[len(number) :].lstrip(" \t")
    is_longer = rest[:1].isdigit() and len(shown) == len(number) + len(rest)
    if not shown.startswith(number) or not rest.strip() or is_longer:
        return None
    return len(line) - len(shown), len(line) - len(rest), rest


def _take_alone(line: str, number: str) -> tuple[int, int, str] | None:
    return (0, len(line), "") if line.strip() == number else None


_AT_EDGE: dict[_Take, re.Pattern[str]] = {
    _take_behind: re.compile(r"[^\W\d_.,-](?:[.,;:)]|-|\ufffe)?\s?(\d{1,4})\s*\Z"),
    _take_before: re.compile(r"\A\s*(\d{1,4})[ \t]*[^\W\d_(]"),
    _take_alone: re.compile(r"\A\s*(\d{1,4})\s*\Z"),
}


_FIGURES: dict[_Take, Callable[[Sequence[str]], dict[int, int]]] = {
    _take_behind: _read_behind,
    _take_before: _read_before,
    _take_alone: _read_alone,
}
TENS: dict[_Take, int] = {_take_behind: 10, _take_before: 1 << 40, _take_alone: 1 << 40}
"""Of the numbers behind the lines only the last figure is compared at first: what stands before may be the text's."""

NEXT = range(1, FARTHEST + 1)
"""The next number is so much greater."""


def _remove(text: str, at: int, numbered: Numbered, *, is_alone: bool) -> Proposal:
    """Take a number out of the line at a place of a text, with the line where that has nothing else."""
    end = at + numbered.end
    if is_alone:
        end += 2 if text.startswith("\r\n", end) else text.startswith("\n", end)
    evidence = "counts from line to line"
    candidates = (Candidate("", SURE),)
    return Proposal(at + numbered.start, end, "", "line-number", SURE, candidates, evidence)
