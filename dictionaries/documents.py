"""What documents are about: how often the words of their parts stand there, and the means of these words' points."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import sparse

from ligafix.lexicon.context.features import STOP_WORDS
from ligafix.lexicon.context.network import DOCUMENT_LEAN

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

PART = 4_000
"""Documents are looked at in parts of about so many tokens: of a novel, what is on some pages tells more."""


@dataclass
class Documents:
    """Parts of documents.

    Attributes:
        of_token: for each token of the text the part that it is in; -1 between documents.
        shares: a row for each part, with how much each word of the vocabulary counts there.
    """

    of_token: Ints
    shares: Any

    @classmethod
    def from_text(cls, text: Ints, is_word: npt.NDArray[np.bool_]) -> Documents:
        """The parts of the documents of a text.

        Args:
            text: the text as numbers of the vocabulary; -1 between documents.
            is_word: which of its tokens are words.
        """
        of_token = np.full(len(text), -1)
        rows, columns, shares, number = [], [], [], 0
        for start, end in _part(text):
            of_token[start:end] = number
            inside = text[start:end]
            words, counts = np.unique(inside[is_word[start:end] & (inside >= STOP_WORDS)], return_counts=True)
            rows.append(np.full(len(words), number))
            columns.append(words)
            shares.append(np.frexp(counts)[1])  # the length of the count in bits
            number += 1
        cells = (np.concatenate(shares).astype(np.float64), (np.concatenate(rows), np.concatenate(columns)))
        return cls(of_token, sparse.csr_matrix(cells, shape=(number, int(text.max()) + 1)))

    def means(self, embeddings: npt.NDArray[Any]) -> Floats:
        """The mean of the points of each part's words, as `ligafix.lexicon.context.network.document_vector` finds it.

        Args:
            embeddings: the points of the words, a row each, and one of nothing.
        """
        summed = self.shares @ embeddings[: self.shares.shape[1]].astype(np.float64)
        return np.asarray(summed / (np.asarray(self.shares.sum(axis=1)) + DOCUMENT_LEAN))


def _part(text: Ints) -> list[tuple[int, int]]:
    """Where the parts of the documents of a text start and end."""
    edges = np.flatnonzero(np.diff((text >= 0).astype(np.int8), prepend=0, append=0))
    found: list[tuple[int, int]] = []
    for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        bounds = np.linspace(start, end, max(1, round((end - start) / PART)) + 1).astype(int)
        found += pairwise(bounds.tolist())
    return found
