"""Page numbers that count through a text without page breaks: chains of numbers that grow by one, page by page."""

from __future__ import annotations

import itertools
import math
from collections import Counter, defaultdict, deque
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from statistics import median
from typing import NamedTuple

from ligafix.stages.furniture.context import BREAKS_OFF, SHORT_BEFORE, STARTS_SMALL, is_in_sentence, weigh_place
from ligafix.stages.furniture.counting import FIRST_INSIDE, SURE, Counted
from ligafix.stages.furniture.edges import DEPTH, count_all_skeletons, readings
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.numbers import Form, PageNumber
from ligafix.stages.furniture.repetition import are_entries, are_even

PAGE_LENGTHS = (900, 1500, 2400, 3800, 6000)
"""The lengths of pages that are tried (code points): from a small page to a large one in two columns."""

MOST_MISSING = 4
"""A chain goes on over fewer pages without a number than this."""

NEAREST = 12
"""Of the places where a number may have been printed, so many before a place are tried as the one it follows."""

NEIGHBOURS = 10
"""Numbers up to this much greater or less tell how often one like it stands in a text by chance."""

LEAST_PAGE = 700
"""Half the pages of a chain are longer than this, or the numbers count something else (code points)."""

SMALL_PAGE = 300
"""The same where nearly all of them stand in the middle of sentences ..."""

SURE_CONTEXT = 0.7
"""... so that the text around says this much, on average (nats)."""

IN_SENTENCE = 2.0
"""How much less the text around says so where a number seems to belong to its sentence (nats)."""

LEAST_CONTEXT = -0.1
"""The text around the numbers of a chain says this much for pages, on average, or they number entries of a list."""

UNLIKE = 4.5
"""How much it speaks against a step of a chain that its numbers stand in their lines in different ways (nats); a third
of it where one has its line for itself, as at the foot of a first page, and the other stands in a head."""

FARTHEST = 2.5
"""It speaks no more than this against a step of a chain that it is shorter or longer than a page (nats)."""

TOO_FAR = 12
"""What is more than so many times as far away as pages make it is no step of a chain."""

CHAIN_PRIOR = -8.0
"""The log odds that a chain of numbers is one of page numbers, before anything is known."""

DENSE = 0.7
"""So many of the pages that a chain goes over have their number ..."""

MANY_LINKS = 8
"""... unless these many have: every other number of a few may count something else."""

FEWEST_LINKS = 3
"""Fewer numbers than these count by chance."""

FIRST_NOTE = 3
"""Of the notes of a paper, one of the first is found."""

MANY_BARE, FEW_TORN = 5, 0.2
"""So many numbers are not those of pages, if fewer of them tear sentences: of the pages of prose two in three do."""

MOST_TURNS = 0.5
"""Stretches of two chains follow each other less often than this, for each of their numbers."""

TITLE_WIDTH, TITLE_WORDS = 0.9, 8
"""Titles are so short against the lines of the text, and have so many words at most; longer lines begin notes."""

COLUMN = 3
"""So many lines one behind the other that are numbers and nothing else are a column of a table."""

MOST_LOOKS = 8
"""How often the numbers that remain are looked at again: collected papers count one after the other, and what counts
surely in one of them may stand in the way of what counts in the next."""

LARGEST = 20_000
"""No page has a greater number than this."""


@dataclass(slots=True)
class _Link:
    """A place where a page number may be printed, and the best chain that ends there."""

    line: int
    at: int
    number: PageNumber
    context: float
    gain: float = 0.0
    score: float = 0.0
    before: _Link | None = None


def count_through(layout: Layout) -> dict[int, Counted]:
    """The page numbers of a text without page breaks, by their lines."""
    if not any(map(_may_count, itertools.chain.from_iterable(layout.page_numbers.values()))):
        return {}
    often = {content for content, times in zip(layout.contents, layout.times, strict=True) if times > 2}
    repeated = frozenset(layout.lines_with(often))
    links = list(_find_links(layout, repeated))
    sure: list[_Chain] = []
    for _ in range(MOST_LOOKS):
        taken = {link.line for chain in sure for link in chain.links}
        found = _choose_chains([link for link in links if link.line not in taken], sure, layout, repeated)
        more = [chain for chain in found if chain.odds >= SURE]
        sure += more
        if not more:
            break
    return {
        link.line: Counted(link.number, len(chain.links), min(SURE, chain.odds))
        for chain in (*found, *sure)
        for link in chain.links
    }


class _Chain(NamedTuple):
    """Numbers that count from page to page, and the log odds that they are page numbers."""

    odds: float
    links: Sequence[_Link]


def _choose_chains(
    links: Sequence[_Link], sure: Sequence[_Chain], layout: Layout, repeated: Container[int]
) -> list[_Chain]:
    """The likeliest chains of some links that can stand beside each other, and beside those that are sure."""
    found: list[_Chain] = []
    for roman in (False, True):
        mine = [link for link in links if link.number.roman == roman]
        for page in PAGE_LENGTHS if mine else ():
            _weigh_links(mine, page, len(layout.text))
            if _most_gained(mine) + CHAIN_PRIOR > 0:
                _join_links(mine, page)
                found += _unravel(mine, layout, repeated)
    chosen: list[_Chain] = []
    counted: set[int] = set()
    for chain in sorted(found, key=lambda chain: (-chain.odds, chain.links[0].line)):
        lines = {link.line for link in chain.links}
        if counted.isdisjoint(lines) and _fits(chain, [*sure, *chosen], layout, repeated):
            chosen.append(chain)
            counted |= lines
    return chosen


def _find_links(layout: Layout, repeated: Container[int]) -> Iterator[_Link]:
    """The places where page numbers may be printed; repeated lines around them are passed over."""
    numbers_of = {line: numbers for line, numbers in layout.page_numbers.items() if any(map(_may_count, numbers))}
    has_heads = any(n.form is Form.BESIDE and not n.parted for numbers in numbers_of.values() for n in numbers)
    heads = count_all_skeletons(layout) if has_heads else Counter[str]()
    columns = set(_columns(layout))
    for line in numbers_of:
        if line not in columns:
            for number in readings(layout, line, heads):
                if _may_count(number):
                    context = weigh_place(layout, line, repeated.__contains__, DEPTH) / 2
                    context -= IN_SENTENCE if is_in_sentence(layout, line) else 0.0
                    yield _Link(line, layout.start(line), number, context)


def _may_count(number: PageNumber) -> bool:
    return number.form is not Form.BRACKETED and 0 < number.value < LARGEST


def _columns(layout: Layout) -> Iterator[int]:
    """The lines of columns of numbers, arabic or roman."""
    bare = {line for line, numbers in layout.page_numbers.items() if any(n.form is Form.BARE for n in numbers)}
    digits = set(filter(str.isdigit, layout.contents))
    numbers = sorted(bare.union(filter(layout.is_number, layout.lines_with(digits))))
    for _, run in groupby(enumerate(numbers), key=lambda item: item[1] - item[0]):
        lines = [line for _, line in run]
        if len(lines) >= COLUMN:
            yield from lines


def _fits(chain: _Chain, others: Sequence[_Chain], layout: Layout, repeated: Container[int]) -> bool:
    """Whether a chain can stand beside those that were found: before or behind them, or at the same places."""
    lines = [link.line for link in chain.links]
    if not any(_alternate(chain, other) for other in others):
        return True
    counted = {link.line for other in others for link in other.links}
    near = [line for line in lines if _is_near(layout, line, counted, repeated)]
    return len(near) > 0.7 * len(lines)


def _alternate(chain: _Chain, other: _Chain) -> bool:
    """Whether the numbers of two chains stand among each other, rather than stretch by stretch."""
    places = sorted([(link.line, False) for link in chain.links] + [(link.line, True) for link in other.links])
    turns = sum(one[1] is not next_one[1] for one, next_one in pairwise(places)) - 1
    return turns > MOST_TURNS * min(len(chain.links), len(other.links))


def _is_near(layout: Layout, line: int, counted: Container[int], repeated: Container[int]) -> bool:
    """Whether a page number stands near a line, and no text between, unlike at the number of a note."""
    for step in (-1, 1):
        for near in range(line + step, line + step * (DEPTH + 1), step):
            if near in counted:
                return True
            if 0 <= near < len(layout) and near not in repeated and not layout.is_number(near):
                break
    return False


def _unravel(links: Sequence[_Link], layout: Layout, repeated: Container[int]) -> Iterator[_Chain]:
    """The chains that joined links make, with the log odds that they are page numbers; no link is in two of them."""
    taken: set[int] = set()
    for last in sorted(links, key=lambda link: (-link.score, link.line)):
        chain: list[_Link] = []
        link: _Link | None = last
        while link is not None and id(link) not in taken:
            taken.add(id(link))
            chain.append(link)
            link = link.before
        odds = last.score - (link.score if link and chain else 0.0) + CHAIN_PRIOR
        if len(chain) >= FEWEST_LINKS and odds > 0 and _goes_by_pages(chain[::-1], layout, repeated):
            yield _Chain(odds, chain[::-1])


def _goes_by_pages(chain: Sequence[_Link], layout: Layout, repeated: Container[int]) -> bool:
    """Whether a chain steps as pages do: far enough, and not from one entry of a list to the next."""
    steps = [(b.at - a.at) / (b.number.value - a.number.value) for a, b in pairwise(chain)]
    context = sum(link.context for link in chain) / len(chain)
    pages = chain[-1].number.value - chain[0].number.value + 1
    if len(chain) < min(MANY_LINKS, DENSE * pages):
        return False
    if (context < SURE_CONTEXT and not are_even(steps)) or _are_notes(chain, layout, repeated):
        return False
    if are_entries(layout, [link.line for link in chain], repeated) or _stand_in_text(chain, layout, repeated):
        return False
    return context >= LEAST_CONTEXT and median(steps) >= (SMALL_PAGE if context >= SURE_CONTEXT else LEAST_PAGE)


def _stand_in_text(chain: Sequence[_Link], layout: Layout, repeated: Container[int]) -> bool:
    """Whether bare numbers without heads are those of notes and sections: hardly any sentence runs on across them."""
    if chain[0].number.value > FIRST_INSIDE:
        return False
    bare = [link for link in chain if link.number.form is Form.BARE]
    alone = list(_find_alone(bare, repeated))
    if len(alone) >= MANY_BARE:
        return sum(_is_torn(link, layout) for link in alone) < FEW_TORN * len(alone)
    return len(bare) >= MANY_BARE and not any(_is_torn(link, layout) for link in bare)


def _find_alone(chain: Iterable[_Link], repeated: Container[int]) -> Iterator[_Link]:
    """The numbers that no repeated line stands beside, as heads do."""
    return (link for link in chain if link.line - 1 not in repeated and link.line + 1 not in repeated)


def _is_torn(link: _Link, layout: Layout) -> bool:
    """Whether the text behind a number begins with a small letter, or a head does, and a sentence breaks off before."""
    context = 2 * link.context
    is_small = context >= STARTS_SMALL or math.isclose(context, SHORT_BEFORE)
    return is_small or (context >= BREAKS_OFF and _is_title(layout, link.line + 1))


def _is_title(layout: Layout, line: int) -> bool:
    """Whether a line looks like a title: short, with a capital or number first, and no sentence's end last."""
    if line >= len(layout) or layout.width(line) > TITLE_WIDTH * layout.measure:
        return False
    content = layout.content(line)
    is_short = len(content.split()) <= TITLE_WORDS
    return is_short and not content[:1].islower() and content[-1:] not in ".,;:?!" and any(map(str.isalpha, content))


def _are_notes(chain: Sequence[_Link], layout: Layout, repeated: Container[int]) -> bool:
    """Whether bare numbers are those of notes: where a sentence breaks off before them, a new one begins behind.

    Behind a page's number the sentence goes on, mostly with a small letter. Notes count from 1.
    """
    if chain[0].number.value > FIRST_NOTE:
        return False
    alone = (link for link in _find_alone(chain, repeated) if not _is_title(layout, link.line + 1))
    bare = [2 * link.context for link in alone if link.number.form is Form.BARE]
    goes_on = sum(context >= STARTS_SMALL for context in bare)
    begins = sum(math.isclose(context, BREAKS_OFF) for context in bare)
    return begins > max(1, goes_on)


def _join_links(links: Sequence[_Link], page: int) -> None:
    """Give each place the best chain that ends there, for pages of one length; what each gains is known.

    A number follows another the worse, the less the distance between them is that of so many pages, and the less they
    are printed alike.
    """
    seen: defaultdict[int, _Nearest] = defaultdict(_Nearest)
    for link in links:
        link.score, link.before = link.gain, None
        for missing in range(MOST_MISSING):
            pages = missing + 1
            nearest = seen[link.number.value - pages]
            most = nearest.best_score + link.gain - missing
            if most <= link.score or most - nearest.least_strain(link.at, pages * page) <= link.score:
                continue
            farthest = link.at - TOO_FAR * pages * page
            for before in reversed(nearest.links):
                if before.at < farthest:
                    break
                most = before.score + link.gain - missing - _unlikeness(before.number.form, link.number.form)
                if most > link.score and before.line < link.line:  # few are, and only their distance must be known
                    score = most - _strain(link.at - before.at, pages * page)
                    if score > link.score:
                        link.score, link.before = score, before
        seen[link.number.value].add(link)


class _Nearest:
    """The last places where one number may be printed, and what the best of the chains that end there is worth."""

    def __init__(self) -> None:
        self.links: deque[_Link] = deque(maxlen=NEAREST)
        self.best_score = -math.inf

    def add(self, link: _Link) -> None:
        """One more place."""
        self.links.append(link)
        self.best_score = max([link.score for link in self.links])

    def least_strain(self, at: int, length: int) -> float:
        """What speaks at least against a step from any of them to a place behind them (nats)."""
        return _strain(at - self.links[0].at, length) if self.links and at - self.links[0].at < length else 0.0


def _strain(distance: int, length: int) -> float:
    """How much (nats) it speaks against a step that it is not as long as the pages that it goes over."""
    return min(FARTHEST, abs(math.log(max(1, distance) / length)))


def _weigh_links(links: Iterable[_Link], page: int, length: int) -> None:
    """Say of each place what it gains a chain: the more, the rarer its number is within a page by chance."""
    places: defaultdict[int, list[_Link]] = defaultdict(list)
    for link in links:
        places[link.number.value].append(link)
    for value, members in places.items():
        near = range(value - NEIGHBOURS, value + NEIGHBOURS + 1)
        stray = sum(len(places[v]) - 1 for v in near if v in places) / len(near)
        by_chance = (len(members) - 0.7 + stray) * page / max(length, page)
        for link in members:
            link.gain = link.context - math.log(1 - math.exp(-by_chance)) - (1.0 if link.number.damaged else 0.0)


def _most_gained(links: Iterable[_Link]) -> float:
    """What a chain of these places may gain at most: it has each number once."""
    best: defaultdict[int, float] = defaultdict(float)
    for link in links:
        best[link.number.value] = max(best[link.number.value], link.gain)
    return sum(best.values())


def _unlikeness(form: Form, other: Form) -> float:
    """How ill one number follows another by how both are printed."""
    if form is other:
        return 0.0
    return UNLIKE / 3 if form in _PLAIN and other in _PLAIN else UNLIKE


_PLAIN = (Form.BARE, Form.BESIDE)
