"""Lines that repeat from page to page, though OCR may have read them differently."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from operator import sub
from statistics import median

from ligafix.evidence.pages import skeleton
from ligafix.programs import is_statement
from ligafix.stages.furniture.context import begins_sentence, runs_on, weigh_place
from ligafix.stages.furniture.counting import Counted
from ligafix.stages.furniture.edges import DEPTH, Boundary, Kind, boundaries_at_lines
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.likeness import alike, commonest, is_long
from ligafix.stages.furniture.tables import is_heading, line_kind

LEAST_ALIKE = 2
"""A line that is like one other line and the same as none is like it by chance, as entries of a bibliography are."""

LEAST_REPEATS = 3
"""Lines that nothing but repetition shows to be furniture repeat at least so often ..."""

LEAST_DISTANCE = 400
"""... most of them at such distances at least (code points) ..."""

LEAST_PAGE = 1000
"""... and at least this on the average ..."""

LEAST_EVEN = 0.55
"""... so many of which are about as great as most ..."""

LONGEST_HEAD = 6
"""Heads and feet that stand together have no more lines than this, where no page break parts them from the text."""

LEAST_CONTEXT = 1.0
"""... and the text around them runs on across them, on average (nats)."""


def key_of(layout: Layout, line: int, counted: Mapping[int, Counted]) -> str:
    """What repeats of a line: its words, without the page number that it bears."""
    number = counted.get(line)
    if number is not None:
        return skeleton(number.number.rest) or "#"
    content = layout.content(line).casefold()
    return "#" if content.isdigit() else content


def count_repeats(keys: Sequence[Mapping[str, int]]) -> dict[str, int]:
    """At how many boundaries a line like each stands, given what stands at each boundary, and in which line."""
    places: defaultdict[str, set[int]] = defaultdict(set)
    for here in keys:
        for key, line in here.items():
            places[key].add(line)
    counts = {key: len(lines) for key, lines in places.items()}
    often = commonest(counts)
    repeats = dict(counts)
    for number, here in enumerate(keys):
        single = [key for key in here if counts[key] == 1]
        if single:
            near = set(often).union(*keys[max(0, number - 2) : number + 3])
            compared = list(filter(is_long, near))
            for key in single:
                like = sum(counts[other] for other in alike(key, compared))
                repeats[key] = 1 + (like if like >= LEAST_ALIKE else 0)
    return repeats


def repeated_boundaries(layout: Layout, known: Iterable[Boundary]) -> list[Boundary]:
    """The boundaries of a text without page breaks that only repeated lines show, and lines known by their wording."""
    near = {line for boundary in known for line in (*boundary.above, *boundary.below)}
    keys = list(map(str.casefold, layout.contents))
    counts = Counter(keys)
    for key, times in zip(keys, layout.times, strict=True):
        if times > 1:
            counts[key] += times - 1
    known_kinds = set(filter(line_kind, counts))
    often = {key for key, number in counts.items() if number >= LEAST_REPEATS}
    shown = often | known_kinds
    wanted = {content: key for content, key in zip(layout.contents, keys, strict=True) if key in shown}
    places: defaultdict[str, list[int]] = defaultdict(list)
    for line in layout.lines_with(wanted):
        places[wanted[layout.content(line)]].append(line)
    repeated = Repeated(layout, {line for key in often for line in places[key]})
    lines = {places[key][0] for key in known_kinds}
    for key in often:
        if key in known_kinds or (is_long(key) and not is_heading(key) and repeated.are_spread(places[key])):
            lines.update(places[key])
    return boundaries_at_lines(layout, _one_a_block(lines - near), Kind.REPEAT)


def _one_a_block(lines: Iterable[int]) -> Iterator[int]:
    """The first of lines that stand close together."""
    last = -DEPTH
    for line in sorted(lines):
        if line - last >= DEPTH:
            yield line
            last = line


def are_even(distances: Sequence[float]) -> bool:
    """Whether most of some distances are about equal, as pages are and the entries of a log or a list are not."""
    middle = median(distances)
    return sum(0.5 * middle <= d <= 1.6 * middle for d in distances) >= LEAST_EVEN * len(distances)


class Repeated:
    """The lines of a text that repeat: those that stand among the text, and those that are a part of more such text."""

    def __init__(self, layout: Layout, lines: Container[int]) -> None:
        """Take a text and its lines that repeat."""
        self._layout = layout
        self._lines = lines

    def are_spread(self, members: Sequence[int]) -> bool:
        """Whether a repeated line interrupts the text again and again, at the distances of pages."""
        if 2 * self._count_amid(members) > len(members):  # a text that repeats itself is full of such lines
            return False
        distances = sorted(b - a for a, b in pairwise(map(self._layout.start, members)))
        few = distances[len(distances) // 5]
        far = few >= LEAST_DISTANCE and sum(distances) >= LEAST_PAGE * len(distances)
        if not far or not are_even(distances) or self._are_passages(members):
            return False
        torn = (line for line in members if not begins_sentence(self._layout, line))  # a sentence of its own tears none
        context = sum(weigh_place(self._layout, member, self._lines.__contains__, DEPTH) for member in torn)
        return context >= LEAST_CONTEXT * len(members)

    @cached_property
    def _amid(self) -> bytes:
        """Of each line of the text whether so many repeated ones stand around it that it is no head."""
        reach = 2 * LONGEST_HEAD + 1
        near = range(-LONGEST_HEAD, len(self._layout) + LONGEST_HEAD)
        before = array("q", accumulate(map(self._lines.__contains__, near), initial=0))
        return bytes(map(LONGEST_HEAD.__lt__, map(sub, before[reach:], before)))

    def _count_amid(self, members: Iterable[int]) -> int:
        """Around how many of some lines so many stand."""
        return sum(map(self._amid.__getitem__, members))

    def _are_passages(self, members: Sequence[int]) -> bool:
        """Whether a repeated line is a part of more text that repeats: licences and forms do, heads stand alone."""
        content = self._layout.content(members[0])
        if is_statement(content) or _SETTING.fullmatch(content) or _ITEM.match(content):
            return True
        alone = (member for member in members if not self._amid[member])
        inside = sum(_says_something(self._layout, _block(member, self._lines)) for member in alone)
        if 2 * (inside + self._count_amid(members)) > len(members):
            return True
        return _stand_below(self._layout, members) or are_entries(self._layout, members, self._lines)


_SETTING = re.compile(r"[\w.$-]*[^\W_]_[^\W_][\w.$-]*\s?[,;:=(\[]?")
"""A name that only programs give (`permit_mynetworks,`), with nothing else in its line."""

_ITEM = re.compile(r"\d{1,3}[.)] \S")
_ENDS_ENTRY = re.compile(r"[^\w\s.,;:!?\"'”’»)\]‐-]")


def _stand_below(layout: Layout, lines: Sequence[int]) -> bool:
    """Whether the text before most of some lines ends in one and the same sign that ends no clause, as in a dictionary.

    There the same gloss stands below many words, each with its pronunciation (`/pəʊl/`).
    """
    signs = Counter(layout.tail(line - 1)[-1:] for line in lines if line)
    sign, number = max(signs.items(), key=lambda item: item[1], default=("", 0))
    return _ENDS_ENTRY.match(sign) is not None and 2 * number > len(lines)


MOST_PASSED = 100
"""No more lines than this are passed over: where a text repeats itself, all of them would be, to its end."""


def are_entries(layout: Layout, lines: Sequence[int], passed: Container[int] = ()) -> bool:
    """Whether the text behind most of some lines begins with one and the same word, as the entries of a log do.

    Args:
        layout: the text.
        lines: the lines, several.
        passed: lines that are passed over, and are not the text behind.
    """
    followers = (range(x + 1, min(len(layout), x + 1 + MOST_PASSED)) for x in lines)
    behind = (next((n for n in following if n not in passed), None) for following in followers)
    words = Counter(layout.head(n).split(maxsplit=1)[0] for n in behind if n is not None)
    return 2 * max(words.values(), default=0) > len(lines) > 2


def _block(line: int, passed: Container[int]) -> range:
    """A line and the repeated ones around it."""
    first = last = line
    while line - first < LONGEST_HEAD and first - 1 in passed:
        first -= 1
    while last - line < LONGEST_HEAD and last + 1 in passed:
        last += 1
    return range(first, last + 1)


def _says_something(layout: Layout, block: range) -> bool:
    """Whether a sentence runs on between lines of a block, or one of them says one."""
    return any(runs_on(layout, line, line + 1) for line in block[:-1]) or any(_is_sentence(layout, n) for n in block)


def _is_sentence(layout: Layout, line: int) -> bool:
    """Whether a line says a sentence to its end, as warnings do, and is none that sites and archives put on pages."""
    content = layout.content(line)
    return _SENTENCE.search(content) is not None and line_kind(content) is None


_SENTENCE = re.compile(r"(?:\s[a-zß-öø-ÿ]+){4}[.!?][\"”’)]?\Z")
