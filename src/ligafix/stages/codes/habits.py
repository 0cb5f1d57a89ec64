"""What a document's channel does at its ligatures: how probable each habit is, from all that was sighted.

The model is that of dropped ligatures. A habit is either open or not; where it is, it hits some share of the ligature's
occurrences, told by the weight of the words that look hit against those that are intact. Ligatures that suffer one
kind of damage vouch for each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ligafix.odds import log_sum, to_probability

SHARES = ((0.02, 0.1), (0.15, 0.2), (0.5, 0.3), (0.95, 0.4))
"""How much of a ligature is hit where some of it is: share, and how probable this share is beforehand."""

DENSITIES = ((0.05, 0.3), (0.3, 0.4), (0.8, 0.3))
"""How many of the ligatures are hit where some are: the part of them, and how probable this part is beforehand."""

PRIORS: Mapping[str, float] = {
    "ligature-as-space": 0.005,
    "spaced-ligature": 0.002,
    "line-end-after-ligature": 0.001,
    "space-lost-after-ligature": 0.001,
    "neighbour-for-ligature": 0.0005,
}
"""The kinds of damage, by the names of their rules, and how many documents suffer them."""


class Damage(NamedTuple):
    """What happens to one ligature.

    `form` is the ligature as it comes out: by itself, or with the space or line end beside it (`"ffi "`, `" ffi"`).
    """

    rule: str
    form: str


class Habit(NamedTuple):
    """How probable it is that the channel does a damage at all, and the share of the ligature that it hits if so."""

    open: float
    share: float


def infer_habits(ratios: Mapping[Damage, Sequence[float]], intact: Mapping[Damage, float]) -> dict[Damage, Habit]:
    """The habits of a channel.

    Args:
        ratios: for each damage how much likelier each distinct word is that looks hit, against what stands there.
        intact: for each damage that is possible, the weight of the words that did not suffer it.
    """
    habits: dict[Damage, Habit] = {}
    for rule, prior in PRIORS.items():
        damages = [damage for damage in intact if damage.rule == rule]
        if any(damage in ratios for damage in damages):
            weighed = {d: _weigh_shares(ratios.get(d, ()), intact[d]) for d in damages}
            habits |= _weigh_together(weighed, math.log(prior))
    return habits


def may_be_open(ratios: Mapping[Damage, Sequence[float]], damages: Iterable[Damage], least: float) -> bool:
    """Whether any habit may be more probable than `least`, however few words did not suffer the damages; fast."""
    most = infer_habits(ratios, dict.fromkeys(damages, 0.0))
    return any(habit.open > least for habit in most.values())


def _weigh_shares(ratios: Iterable[float], intact: float) -> tuple[float, float]:
    """The log likelihood ratio of 'some of it is hit' against 'none is', and the mean share if some is."""
    ratios = tuple(ratios)
    logs = [
        math.log(prior) + sum(math.log1p(share * ratio) for ratio in ratios) + intact * math.log1p(-share)
        for share, prior in SHARES
    ]
    whole = log_sum(logs)
    return whole, sum(math.exp(log - whole) * share for log, (share, _) in zip(logs, SHARES, strict=True))


def _weigh_together(weighed: Mapping[Damage, tuple[float, float]], log_prior: float) -> dict[Damage, Habit]:
    """The habits of one kind, given the log likelihood ratio and share of each alone."""
    logs = {d: [math.log(part) + log - _log_hit(log, part) for part, _ in DENSITIES] for d, (log, _) in weighed.items()}
    densities = [math.log(prior) + sum(_log_hit(log, part) for log, _ in weighed.values()) for part, prior in DENSITIES]
    whole = log_sum(densities)
    is_open = to_probability(whole + log_prior)
    weights = [math.exp(density - whole) for density in densities]
    return {
        d: Habit(is_open * sum(w * math.exp(log) for w, log in zip(weights, logs[d], strict=True)), share)
        for d, (_, share) in weighed.items()
    }


def _log_hit(log: float, part: float) -> float:
    """The log likelihood ratio of a ligature that is hit with probability `part`."""
    return log_sum([math.log1p(-part), math.log(part) + log])
