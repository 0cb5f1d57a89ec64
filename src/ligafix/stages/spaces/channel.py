"""How readily a document's channel loses the space between two words, inferred from all its words together."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

SHARES = ((1e-7, 0.5), (1e-6, 0.2), (1e-5, 0.1), (1e-4, 0.08), (1e-3, 0.06), (0.01, 0.04), (0.1, 0.02))
"""The share of the spaces that a channel loses, and how many channels lose that many."""


def infer_share(ratios: Iterable[float], spaces: int) -> list[tuple[float, float]]:
    """The shares of the spaces that the channel may lose, each with its probability.

    Args:
        ratios: for each distinct form how much likelier it is as words of which the space was lost than as it stands.
        spaces: how many spaces the document has where it might have lost them.
    """
    ratios = tuple(ratios)
    logs = [
        math.log(prior) + spaces * math.log1p(-share) + sum(math.log1p(share * ratio) for ratio in ratios)
        for share, prior in SHARES
    ]
    top = max(logs)
    weights = [math.exp(log - top) for log in logs]
    whole = sum(weights)
    return [(share, weight / whole) for (share, _), weight in zip(SHARES, weights, strict=True)]


def weigh(ratio: float, shares: Sequence[tuple[float, float]]) -> float:
    """The probability that a form lost its space, over all shares that the channel may lose.

    >>> weigh(1e9, infer_share([1e9], 100)) > 0.99, weigh(100.0, infer_share([100.0], 10000)) < 0.1
    (True, True)
    """
    return sum(chance * share * ratio / (1 + share * ratio) for share, chance in shares)
