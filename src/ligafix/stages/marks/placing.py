"""Marks that strayed from their letters, put back where the words of the line want them.

Extractors that sort characters by height hand out the marks of a line late: with the next mark, or at the end of
the line. Then the words of the line are weighed together: just as many marks as came go to letters of the line,
a mark most likely to the letter it stands at, and the surplus to letters before it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

_EARLY = -3.0  # log10 of the odds that a mark comes before its letter by more than that letter
_MOST = 16  # marks outstanding at a time; more than that is no line of text


class Option(NamedTuple):
    """One way to set marks in a word: the letters (counted from 0) that bear one, and log10 of how likely."""

    bearers: tuple[int, ...]
    log: float


class Word(NamedTuple):
    """A word of a line: where its marks stand, and the ways to set marks in it.

    `sites` holds for each place of marks the index of the letter behind it, that of the letter it should belong
    to, and how many marks there are.
    """

    sites: tuple[tuple[int, int, int], ...]
    options: tuple[Option, ...]


class Gap(NamedTuple):
    """So many marks that stand apart from all words."""

    marks: int


class Habits(NamedTuple):
    """How marks stray in a document, as log10 of the odds at a place where marks stand.

    Attributes:
        late: that others are still to come for the letters before.
        bypassed: that the letter at which they stand bears none of them.
    """

    late: float
    bypassed: float


class Choice(NamedTuple):
    """What a word becomes: which option, how probable each option is, how many marks are outstanding after it."""

    option: int
    shares: dict[int, float]
    outstanding: int

    @property
    def probability(self) -> float:
        """How probable the option is that was chosen."""
        return self.shares[self.option]


class Placed(NamedTuple):
    """What became of each item, and log10 of how likely the line is with all its marks placed."""

    choices: tuple[Choice, ...]
    log: float


class _Way(NamedTuple):
    """Options of a word that differ in nothing but which letters bear marks, not in when these come; or a gap.

    Attributes:
        options: their numbers and how likely each is.
        likelihood: how likely all of them are.
        best: the likeliest of them, and log10 of how likely it is.
        after: how many more marks are outstanding behind the word than before it.
        places: of each place where marks stand the same, and whether its letter bears none.
    """

    options: tuple[tuple[int, float], ...]
    likelihood: float
    best: tuple[int, float]
    after: int
    places: tuple[tuple[int, bool], ...]


_Steps = dict[tuple[int, int, int], tuple[float, float]]
"""Ways through one item: marks outstanding before and after it, the number of the way; and how likely that is, by all
of its options and by the best."""


def place_marks(items: Sequence[Word | Gap], habits: Habits) -> Placed | None:
    """Choose an option for every item so that all marks find a letter; None where they cannot.

    Marks outstanding are those of letters that were passed before the mark came; a gap has the one option 0.
    """
    ways = [_find_gap_ways(item) if isinstance(item, Gap) else _find_ways(item) for item in items]
    steps: list[_Steps] = []
    reached = {0}
    came, to_come = 0, sum(map(_count_marks, items))
    for item, own in zip(items, ways, strict=True):
        came, to_come = came + _count_marks(item), to_come - _count_marks(item)
        within = range(max(-came, -_MOST), min(to_come, _MOST) + 1)  # others leave some outstanding
        steps.append(dict(_find_steps(own, reached, within, habits)))
        reached = {after for _, after, _ in steps[-1]}
    if 0 not in reached:
        return None
    best = _best_way(steps)
    shares, log = _shares(steps, ways)
    chosen = (own[way].best[0] for own, (_, _, way) in zip(ways, best, strict=True))
    choices = (Choice(o, share, after) for o, (_, after, _), share in zip(chosen, best, shares, strict=True))
    return Placed(tuple(choices), log)


def _count_marks(item: Word | Gap) -> int:
    return item.marks if isinstance(item, Gap) else sum(count for _, _, count in item.sites)


def _find_gap_ways(gap: Gap) -> tuple[_Way, ...]:
    return (_Way(((0, 1.0),), 1.0, (0, 0.0), -gap.marks, ((-gap.marks, False),)),)


@lru_cache(maxsize=1 << 12)
def _find_ways(word: Word) -> tuple[_Way, ...]:
    """The ways through a word: most options are alike in all but the letter, so they are taken together."""
    alike: defaultdict[tuple[int, tuple[tuple[int, bool], ...]], list[int]] = defaultdict(list)
    for number, option in enumerate(word.options):
        alike[_walk(word, option)].append(number)
    ways = []
    for key, numbers in alike.items():
        likely = tuple((number, 10 ** word.options[number].log) for number in numbers)
        best = max(numbers, key=lambda number: word.options[number].log)
        ways.append(_Way(likely, sum(p for _, p in likely), (best, word.options[best].log), *key))
    return tuple(ways)


def _walk(word: Word, option: Option) -> tuple[int, tuple[tuple[int, bool], ...]]:
    """How an option changes the number of marks outstanding in all, and up to each place; and what it bypasses."""
    outstanding, read = 0, 0
    places = []
    for behind, own, count in word.sites:
        outstanding += sum(read <= i < behind for i in option.bearers) - count
        read = behind
        if own == behind:  # the mark comes before its letter
            outstanding += own in option.bearers
            read = own + 1
        places.append((outstanding, own not in option.bearers))
    return outstanding + sum(i >= read for i in option.bearers), tuple(places)


def _find_steps(
    ways: Sequence[_Way], reached: Iterable[int], within: range, habits: Habits
) -> Iterator[tuple[tuple[int, int, int], tuple[float, float]]]:
    """The ways through an item from as many outstanding marks as may be reached, to as many as may be left."""
    for start in reached:
        for number, way in enumerate(ways):
            if (after := start + way.after) in within:
                log = 0.0
                for change, is_bypassed in way.places:
                    log += _delay(start + change, habits) + (habits.bypassed if is_bypassed else 0.0)
                yield (start, after, number), (10**log * way.likelihood, 10 ** (log + way.best[1]))


def _delay(outstanding: int, habits: Habits) -> float:
    """log10 of how likely it is that marks are late, or come too early, where marks were handed out."""
    return habits.late if outstanding > 0 else -_EARLY * outstanding


def _best_way(steps: Sequence[_Steps]) -> list[tuple[int, int, int]]:
    """The likeliest way through all items, by one option of each, that begins and ends with nothing outstanding."""
    best: list[dict[int, tuple[float, tuple[int, int, int]]]] = [{0: (1.0, (0, 0, 0))}]
    for item in steps:
        layer: dict[int, tuple[float, tuple[int, int, int]]] = {}
        for step, (_, p) in item.items():
            if step[0] in best[-1]:
                total = best[-1][step[0]][0] * p
                if total > layer.get(step[1], (-1.0,))[0]:
                    layer[step[1]] = (total, step)
        best.append(layer)
    way, at = [], 0
    for layer in reversed(best[1:]):
        way.append(layer[at][1])
        at = way[-1][0]
    return way[::-1]


def _shares(steps: Sequence[_Steps], ways: Sequence[Sequence[_Way]]) -> tuple[list[dict[int, float]], float]:
    """The probability of each option over all ways that leave nothing outstanding, and log10 of their sum."""
    ahead, log = [{0: 1.0}], 0.0
    for item in steps:
        mass, scale = _pass_on(ahead[-1], [(a, b, p) for (a, b, _), (p, _) in item.items()])
        ahead.append(mass)
        log += scale
    behind = [{0: 1.0}]
    for item in reversed(steps):
        behind.append(_pass_on(behind[-1], [(b, a, p) for (a, b, _), (p, _) in item.items()])[0])
    shares = []
    for item, own, before, after in zip(steps, ways, ahead, behind[-2::-1], strict=False):
        share: defaultdict[int, float] = defaultdict(float)
        for (a, b, way), (p, _) in item.items():
            share[way] += before.get(a, 0.0) * p * after.get(b, 0.0)
        whole = sum(share.values())
        each = ((own[way], p / whole) for way, p in share.items())
        shares.append({option: part * p / way.likelihood for way, part in each for option, p in way.options})
    return shares, log + math.log10(ahead[-1][0])


def _pass_on(mass: dict[int, float], steps: Sequence[tuple[int, int, float]]) -> tuple[dict[int, float], float]:
    """Carry probabilities over one item; scaled, so that long lines do not underflow, and log10 of the scale."""
    carried: defaultdict[int, float] = defaultdict(float)
    for start, end, p in steps:
        if start in mass:
            carried[end] += mass[start] * p
    whole = math.fsum(carried.values())
    return {state: p / whole for state, p in carried.items()}, math.log10(whole)
