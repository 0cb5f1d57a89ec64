"""What the other places of a form say about it: a word that a document has, it has mostly in one sense.

Gale, Church and Yarowsky, One Sense per Discourse (1992).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

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
    shares = general
    for _ in range(SENSE_ROUNDS):
        gained = [firmness * math.exp(share) for share in general]
        for said_here, number in heard.items():
            parts = _normalize([share + nats for share, nats in zip(shares, said_here, strict=True)])
            gained = [gain + number * math.exp(part) for gain, part in zip(gained, parts, strict=True)]
        shares = _normalize([math.log(max(gain, 1e-30)) for gain in gained])
    found = zip(base, shares, general, strict=True)
    return {text: max(-MOST_SHIFT, min(MOST_SHIFT, share - usual)) for text, share, usual in found}


def _normalize(logs: Sequence[float]) -> list[float]:
    """Logarithms of shares that add up to one."""
    whole = log_sum(logs)
    return [value - whole for value in logs]
