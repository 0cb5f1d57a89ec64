"""Marks that strayed from their letters, put back where the words of the line want them.

Extractors that sort characters by height hand out the marks of a line late: with the next mark, or at the end of
the line. Then the words of the line are weighed together: just as many marks as came go to letters of the line,
a mark most likely to the letter it stands at, and the surplus to letters before it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator, Sequence
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


Steps = dict[tuple[int, int, int], float]
"""Ways through one item: marks outstanding before and after it, the option; and how likely that is."""


def place_marks(items: Sequence[Word | Gap], habits: Habits) -> Placed | None:
    """Choose an option for every item so that all marks find a letter; None where they cannot.

    Marks outstanding are those of letters that were passed before the mark came; a gap has the one option 0.
    """
    steps: list[Steps] = []
    reached = {0}
    came, to_come = 0, sum(map(_count_marks, items))
    for item in items:
        came, to_come = came + _count_marks(item), to_come - _count_marks(item)
        ways = (way for start in reached for way in _steps(item, start, habits))
        steps.append({step: p for step, p in ways if -came <= step[1] <= to_come})  # others leave some outstanding
        reached = {after for _, after, _ in steps[-1]}
    if 0 not in reached:
        return None
    best = _best_way(steps)
    shares, log = _shares(steps)
    choices = (Choice(o, share, after) for (_, after, o), share in zip(best, shares, strict=True))
    return Placed(tuple(choices), log)


def _count_marks(item: Word | Gap) -> int:
    return item.marks if isinstance(item, Gap) else sum(count for _, _, count in item.sites)


def _steps(item: Word | Gap, start: int, habits: Habits) -> Iterator[tuple[tuple[int, int, int], float]]:
    """The ways from `start` outstanding marks through an item."""
    if isinstance(item, Gap):
        after = start - item.marks
        yield (start, after, 0), 10 ** _delay(after, habits)
        return
    if not item.sites:  # most words of a line
        for number, (bearers, log) in enumerate(item.options):
            if abs(after := start + len(bearers)) <= _MOST:
                yield (start, after, number), 10**log
        return
    for number, option in enumerate(item.options):
        after, log = _walk(item, option, start, habits)
        if abs(after) <= _MOST:
            yield (start, after, number), 10 ** (log + option.log)


def _walk(word: Word, option: Option, outstanding: int, habits: Habits) -> tuple[int, float]:
    """The marks outstanding after a word, and the log10 of how likely they are to come as they did."""
    log, read = 0.0, 0
    for behind, own, count in word.sites:
        outstanding += sum(read <= i < behind for i in option.bearers) - count
        read = behind
        if own == behind:  # the mark comes before its letter
            outstanding += own in option.bearers
            read = own + 1
        log += _delay(outstanding, habits) + (0.0 if own in option.bearers else habits.bypassed)
    return outstanding + sum(i >= read for i in option.bearers), log


def _delay(outstanding: int, habits: Habits) -> float:
    """log10 of how likely it is that marks are late, or come too early, where marks were handed out."""
    return habits.late * (outstanding > 0) + _EARLY * max(0, -outstanding)


def _best_way(steps: Sequence[Steps]) -> list[tuple[int, int, int]]:
    """The likeliest way through all items that begins and ends with nothing outstanding."""
    best: list[dict[int, tuple[float, tuple[int, int, int]]]] = [{0: (1.0, (0, 0, 0))}]
    for item in steps:
        layer: dict[int, tuple[float, tuple[int, int, int]]] = {}
        for step, p in item.items():
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


def _shares(steps: Sequence[Steps]) -> tuple[list[dict[int, float]], float]:
    """The probability of each option over all ways that leave nothing outstanding, and log10 of their sum."""
    ahead, log = [{0: 1.0}], 0.0
    for item in steps:
        mass, scale = _pass_on(ahead[-1], [(a, b, p) for (a, b, _), p in item.items()])
        ahead.append(mass)
        log += scale
    behind = [{0: 1.0}]
    for item in reversed(steps):
        behind.append(_pass_on(behind[-1], [(b, a, p) for (a, b, _), p in item.items()])[0])
    shares = []
    for item, before, after in zip(steps, ahead, behind[-2::-1], strict=False):
        share: defaultdict[int, float] = defaultdict(float)
        for (a, b, option), p in item.items():
            share[option] += before.get(a, 0.0) * p * after.get(b, 0.0)
        whole = sum(share.values())
        shares.append({option: p / whole for option, p in share.items()})
    return shares, log + math.log10(ahead[-1][0])


def _pass_on(mass: dict[int, float], steps: Sequence[tuple[int, int, float]]) -> tuple[dict[int, float], float]:
    """Carry probabilities over one item; scaled, so that long lines do not underflow, and log10 of the scale."""
    carried: defaultdict[int, float] = defaultdict(float)
    for start, end, p in steps:
        if start in mass:
            carried[end] += mass[start] * p
    whole = math.fsum(carried.values())
    return {state: p / whole for state, p in carried.items()}, math.log10(whole)
