"""Strayed marks are placed as if all ways to place them were weighed one by one."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterator
from itertools import product
from unittest.mock import Mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.stages.marks import propose, sides, steps
from ligafix.stages.marks.placing import Gap, Habits, Option, Word, place_marks
from ligafix.stages.marks.wording import Words

HABITS = Habits(-1.5, -1.2)
BEARERS = [(), (0,), (1,), (2,), (0, 2), (1, 2)]
SITES = [(), ((1, 0, 1),), ((1, 1, 1),), ((3, 2, 1),), ((2, 1, 2),), ((1, 0, 1), (3, 2, 1))]


@st.composite
def words(draw: st.DrawFn) -> Word:
    bearers = draw(st.lists(st.sampled_from(BEARERS), min_size=1, max_size=4, unique=True))
    logs = draw(st.lists(st.sampled_from((-0.1, -0.7, -1.9, -4.0)), min_size=len(bearers), max_size=len(bearers)))
    return Word(draw(st.sampled_from(SITES)), tuple(map(Option, bearers, logs)))


LINES = st.lists(words() | st.builds(Gap, st.integers(1, 2)), min_size=1, max_size=4)


def weigh(items: list[Word | Gap], chosen: tuple[int, ...]) -> float | None:
    """log10 of how likely a choice of options is; None where it leaves marks outstanding."""
    log, outstanding = 0.0, 0
    for item, number in zip(items, chosen, strict=True):
        bearers = item.options[number].bearers if isinstance(item, Word) else ()
        log += item.options[number].log if isinstance(item, Word) else 0.0
        read = 0
        for behind, own, count in item.sites if isinstance(item, Word) else ((0, -1, item.marks),):
            passed = max(behind, own + 1)
            outstanding += sum(read <= i < passed for i in bearers) - count
            read = passed
            log += HABITS.late if outstanding > 0 else 3.0 * outstanding
            log += HABITS.bypassed if isinstance(item, Word) and own not in bearers else 0.0
        outstanding += sum(i >= read for i in bearers)
    return None if outstanding else log


def all_ways(items: list[Word | Gap]) -> Iterator[tuple[tuple[int, ...], float]]:
    options = (range(len(item.options)) if isinstance(item, Word) else (0,) for item in items)
    for chosen in product(*options):
        if (log := weigh(items, chosen)) is not None:
            yield chosen, 10**log


@given(LINES)
def test_marks_are_placed_as_if_all_ways_were_weighed_one_by_one(items: list[Word | Gap]) -> None:
    ways = dict(all_ways(items))
    placed = place_marks(items, HABITS)
    if placed is None:
        assert not ways
        return
    whole = sum(ways.values())
    assert placed.log == pytest.approx(math.log10(whole))
    assert ways[tuple(choice.option for choice in placed.choices)] == pytest.approx(max(ways.values()))
    for place, choice in enumerate(placed.choices):
        shares: defaultdict[int, float] = defaultdict(float)
        for chosen, p in ways.items():
            shares[chosen[place]] += p / whole
        assert {o: p for o, p in choice.shares.items() if p > 1e-12} == pytest.approx(dict(shares))


def test_the_ways_to_read_a_mark_behind_a_word_are_found_once(monkeypatch: pytest.MonkeyPatch) -> None:
    find = Mock(wraps=steps.find_steps)
    monkeypatch.setattr(sides, "find_steps", find)
    propose("Ko\u00a8ln " * 50, Words(lambda _: 1e-5))
    assert 0 < find.call_count < 20
