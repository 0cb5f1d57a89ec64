"""Log-linear models over the features of a place, as `build_context.py` learns, adds and stores them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Rows = npt.NDArray[np.uint64]
"""Places by their features, a row each, filled up with `NOTHING`."""

NOTHING = np.uint64(0)


@dataclass
class Regression:
    """What was learnt: features in ascending order, their weights, and what holds without any.

    `slope` is the weight of another regression's score, where there was one to lean on.
    """

    bias: float
    features: npt.NDArray[np.uint64]
    weights: Floats
    slope: float = 0.0

    def score(self, rows: Rows) -> Floats:
        """The score of each place."""
        if not len(self.features):
            return np.full(len(rows), self.bias)
        found = np.minimum(np.searchsorted(self.features, rows), len(self.features) - 1)
        weights = np.where(self.features[found] == rows, self.weights[found], 0.0)
        return np.asarray(weights.sum(1) + self.bias)


CERTAIN = Regression(1.0, np.zeros(0, np.uint64), np.zeros(0))
"""One everywhere."""


def add_up(parts: Sequence[tuple[float, Regression]]) -> Regression:
    """The regression whose score is the sum of the parts', each multiplied by its factor."""
    features = np.concatenate([part.features for _, part in parts])
    weights = np.concatenate([factor * part.weights for factor, part in parts])
    names, places = np.unique(features, return_inverse=True)
    bias = sum(factor * part.bias for factor, part in parts)
    return Regression(bias, names, np.bincount(places, weights, len(names)).astype(np.float64))
