"""Which forms are rarer than some frequency, told fast: nearly all forms of a text were met before.

How frequent a form is depends on the mixture of languages and registers that a text is written in. So there are two
memories: that of one mixture, which is exact, and that of all mixtures *near* it (in one cell of a grid), of the forms
that are rarer, or no rarer, in every one of them. The second serves the texts to come.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from functools import lru_cache

from ligafix.lexicon.words import Words

MOST_FORMS = 1 << 16
"""So many forms are remembered for all mixtures near one, at each frequency that is asked for."""

CELLS = 10
"""Into so many parts the share of a language or register is divided."""

_ROUNDING = 1e-9
"""Frequencies this close, in proportion, may be in either order."""

Shares = tuple[tuple[str, float, tuple[float, ...]], ...]
"""The languages of a text, with their shares and those of their registers (none where there is but one)."""


class Rarity:
    """Tells which forms are rarer than some frequency in one mixture of languages and registers."""

    def __init__(self, least: float, known: Callable[[str], float], near: Nearby | None) -> None:
        """Take what tells how frequent a form is.

        Args:
            least: the frequency.
            known: how frequent a form is in this mixture.
            near: what is known of all mixtures near it, if that holds for this one.
        """
        self._least = least
        self._known = known
        self._near = near
        self._frequent: set[str] = set()
        self._rare: set[str] = set()

    def rarer(self, forms: Set[str]) -> Set[str]:
        """Those of some forms that are rarer."""
        frequent, rare = self._near.memory(self._least) if self._near else (frozenset[str](), frozenset[str]())
        forms = forms - frequent - self._frequent
        new = forms - rare - self._rare
        for form in self._near.note(new, self._least) if self._near else new:
            (self._rare if self._known(form) < self._least else self._frequent).add(form)
        return forms - frequent - self._frequent if new else forms


class Nearby:
    """The mixtures near one: in each of them a form is at least as frequent as in `low`, at most as in `high`."""

    def __init__(self, low: Sequence[tuple[float, Words]], high: Sequence[tuple[float, Words]]) -> None:
        self._low, self._high = low, high
        self._memory: dict[float, tuple[set[str], set[str]]] = {}
        self._bounds = lru_cache(maxsize=MOST_FORMS)(self._find_bounds)

    def memory(self, least: float) -> tuple[set[str], set[str]]:
        """The forms that are surely no rarer than this, and those that surely are, of those that were met."""
        return self._memory.setdefault(least, (set(), set()))

    def _find_bounds(self, form: str) -> tuple[float, float]:
        """How frequent a form is at least and at most."""
        small = form.lower().replace("’", "'")
        low = high = 0.0
        for (least, rarest), (most, commonest) in zip(self._low, self._high, strict=True):
            if frequency := commonest.as_written(form, small):
                low += least * rarest.as_written(form, small)
                high += most * frequency
        return low, high

    def note(self, forms: Iterable[str], least: float) -> list[str]:
        """Remember of some forms whether they are rarer; those of which that cannot be told come back."""
        frequent, rare = self.memory(least)
        enough, few = least * (1 + _ROUNDING), least * (1 - _ROUNDING)
        unsure = []
        for form in forms:
            if len(rare) >= MOST_FORMS:  # nearly all new forms are rare: what is not remembered need not be bounded
                unsure.append(form)
                continue
            low, high = self._bounds(form)
            if high < few:
                rare.add(form)
            elif low >= enough and len(frequent) < MOST_FORMS:
                frequent.add(form)
            else:
                unsure.append(form)
        return unsure


def nearby(shares: Shares, tables: Mapping[str, Words]) -> Nearby:
    """What is known of the mixtures near one; the same object for all that are near each other.

    Args:
        shares: the mixture.
        tables: the words of its languages, in any mixture of their registers.
    """
    cell = tuple((code, _cell(share), tuple(map(_cell, registers))) for code, share, registers in shares)
    return _make_nearby(cell, tuple(tables[code] for code, _, _ in shares))


def _cell(share: float) -> int:
    return math.floor(share * CELLS)


@lru_cache(maxsize=4)
def _make_nearby(cell: tuple[tuple[str, int, tuple[int, ...]], ...], tables: tuple[Words, ...]) -> Nearby:
    low, high = [], []
    for (_, share, registers), table in zip(cell, tables, strict=True):
        low.append((share / CELLS, _weighed(table, registers, 0)))
        high.append((min(1.0, (share + 1) / CELLS), _weighed(table, registers, 1)))
    return Nearby(low, high)


def _weighed(table: Words, registers: Sequence[int], step: int) -> Words:
    return table.weighed([(number + step) / CELLS for number in registers]) if registers else table
