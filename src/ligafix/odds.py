"""Probabilities, their log odds, and sums of what only the logarithms are known of."""

from __future__ import annotations

import math
from collections.abc import Collection

MOST = 700.0
"""Log odds beyond this exceed what a number can hold."""


def to_probability(log_odds: float, most: float = MOST) -> float:
    """The probability that log odds (nats) stand for; beyond `most` they make nothing more certain.

    >>> to_probability(0.0), to_probability(-1e9) > 0
    (0.5, True)
    """
    return 1 / (1 + math.exp(-max(-most, min(most, log_odds))))


def log_sum(logs: Collection[float]) -> float:
    """The logarithm of a sum of which the logarithms are given.

    >>> log_sum([-1000.0, -1000.0]) == -1000 + math.log(2)
    True
    """
    top = max(logs)
    return top + math.log(sum([math.exp(log - top) for log in logs]))
