"""What the other places of a form say about it: a word that a document has, it has mostly in one sense.

Gale, Church and Yarowsky, One Sense per Discourse (1992).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ligafix.odds import log_sum
from ligafix.places import Reading

SENSE_TRUST = 0.5
"""How much of what neighbours say counts for the other places of a form: they err alike in one document."""

MOST_SHIFT = 3.0
"""Other places never speak louder than this (nats)."""

SENSE_ROUNDS = 5


def find_shift(
    base: Mapping[str, float], places: Iterable[tuple[Sequence[Reading], int]], firmness: float
) -> dict[str, float]:
    """How much likelier (nats) each reading is here than in general, as all places of the form tell.

    Args:
        base: how likely each reading is in general.
        places: the readings at a place, and how many such places there are.
        firmness: how many places the general shares weigh.
    """
    heard = Counter[tuple[float, ...]]()
    for readings, number in places:
        said = {r.text: SENSE_TRUST * max(0.0, r.context) for r in readings}
        heard[tuple(map(said.__getitem__, base))] += number
    general = _normalize(list(base.values()))
    held = [firmness * math.exp(share) for share in general]
    said_of_each, numbers = list(zip(*heard, strict=True)), list(heard.values())
    shares = general
    for _ in range(SENSE_ROUNDS):
        gained = map(sum, _expect(shares, said_of_each, numbers), held)
        shares = _normalize([math.log(max(gain, 1e-30)) for gain in gained])
    found = zip(base, shares, general, strict=True)
    return {text: max(-MOST_SHIFT, min(MOST_SHIFT, share - usual)) for text, share, usual in found}


def _expect(
    shares: Sequence[float], said_of_each: Sequence[Sequence[float]], numbers: Sequence[int]
) -> Iterator[list[float]]:
    """How many of the places where the same is said are those of each reading.

    Args:
        shares: the logarithm of each reading's share.
        said_of_each: what is said for each of them at the places.
        numbers: how many places there are of each kind.
    """
    logs = [[share + nats for nats in said] for share, said in zip(shares, said_of_each, strict=True)]
    wholes = list(map(log_sum, zip(*logs, strict=True)))
    for row in logs:
        yield [number * math.exp(log - whole) for number, log, whole in zip(numbers, row, wholes, strict=True)]


def _normalize(logs: Sequence[float]) -> list[float]:
    """Logarithms of shares that add up to one."""
    whole = log_sum(logs)
    return [value - whole for value in logs]
