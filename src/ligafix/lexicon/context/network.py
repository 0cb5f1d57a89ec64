"""The second opinion on words that can be confused: a feed-forward network over the words around a place.

The words around are points, and what stands near them says much the same; so what the network has learnt of a word
holds for its like, where the weights of `context` know only what they have seen. One hidden layer (Bengio et al., A
Neural Probabilistic Language Model, 2003), then a linear one that leaves few numbers, held against the point of each
word. What the whole document is about is added to these: the mean of its words' points, through a linear layer of its
own (as the topics of Mikolov and Zweig, Context Dependent Recurrent Neural Network Language Model, 2012). All its
numbers are whole, and no sum is larger than 32 bits of floating point hold exactly: on every machine, and for one place
as for many, it says the same to the last bit.

Computed by `dictionaries/build_context.py`; its card is `dictionaries/context/README.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from ligafix.lexicon.integrity import damaged, map_bytes, opening

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

NEAR = 5
"""How many tokens on each side the network sees in their places; all others only as a sum."""

LAYOUT: Mapping[str, str] = {
    "embeddings": "int8",
    "hidden": "int16",
    "hidden_bias": "int32",
    "reduced": "int16",
    "reduced_bias": "int32",
    "document": "int16",
    "document_mean": "int32",
    "outputs": "int8",
    "output_bias": "float32",
}
"""The tables of a data file and their types; little-endian."""

EXACT = 1 << 24
"""Whole numbers below this, and their sums, are exact in 32 bits of floating point."""

HIDDEN_MOST, REDUCED_MOST = 255, 1023
"""What a unit of each layer says at most."""

DOCUMENT_MOST = 1023
"""What a number of a document's vector is at most."""

DOCUMENT_UNIT, DOCUMENT_LEAN = 64, 50
"""In how many steps between whole numbers such a mean is told, and how many more words of nothing are among them: what
is about a few words is about nothing much."""

AT_ONCE = 1024
"""Places that are looked at at a time: what they take stays in the processor's cache."""


class Shapes(NamedTuple):
    """How the numbers of a network are to be read.

    Attributes:
        hidden_shift: by how many bits the sums of the hidden layer are made smaller.
        reduced_shift: the same of the layer behind it.
        unit: what a unit of the last sums is worth, in nats.
        learnt: how much the weights of the language count, where both know a form and its reading.
        said: how much the network counts there.
    """

    hidden_shift: int
    reduced_shift: int
    unit: float
    learnt: float
    said: float


MOST_SAID = 10.0
"""Nats. It says no more than this for a word, or against it: who knows what is needed need not always ask."""


class Around(NamedTuple):
    """What the network sees of places.

    Attributes:
        words: for each place the numbers of the tokens before it, nearest first, then of as many behind it; -1 where
            there is none.
        telling: which of them count in the wider window.
        capitals: whether the token before, the form itself, and the token behind have a capital (0 or 1).
    """

    words: Ints
    telling: npt.NDArray[np.bool_]
    capitals: Ints

    def of(self, places: Ints) -> Around:
        """What is seen of some of the places."""
        return Around(self.words[places], self.telling[places], self.capitals[places])


class Network:
    """The network of one language. Safe to share between threads.

    Args:
        tables: its numbers, as `LAYOUT` names them.
        shapes: how they are to be read.
    """

    def __init__(self, tables: Mapping[str, npt.NDArray[Any]], shapes: Shapes) -> None:
        self._embeddings = tables["embeddings"]
        self._hidden = tables["hidden"].astype(np.float32)
        self._reduced = tables["reduced"].astype(np.float32)
        self._hidden_bias = tables["hidden_bias"].astype(np.float32)
        self._document = tables["document"].astype(np.float32)
        self._document_mean = tables["document_mean"].astype(np.int64)
        self._reduced_bias = tables["reduced_bias"].astype(np.float32)
        self._outputs = tables["outputs"].astype(np.int64)
        self._output_bias = tables["output_bias"].astype(np.float64)
        self._shapes = shapes
        self.learnt = shapes.learnt
        """How much the weights of the language count beside it."""
        self.said = shapes.said
        """How much it counts itself."""

    @classmethod
    def load(cls, path: Path) -> Network:
        """The network of a file, mapped into memory.

        Raises:
            DataError: the file is missing or damaged.
        """
        with opening(path):
            return cls(*read(path))

    def describe(self, counts: Mapping[int, int]) -> Ints | None:
        """What a document is about, as `log_odds` takes it; None where the network does not ask.

        Args:
            counts: how often each word stands in it.
        """
        if not self._document.size:
            return None
        return document_vector(counts, self._embeddings, self._document_mean)

    def log_odds(
        self,
        around: Around,
        asked: Sequence[tuple[Ints, Sequence[tuple[int, int]]]],
        document: Ints | None = None,
    ) -> list[npt.NDArray[np.float64]]:
        """How much (nats) the words around speak for a word against another: ln(P(around | a) / P(around | b)).

        Args:
            around: the words around places.
            asked: some places, by number, and the pairs of words that are asked about there, by number.
            document: what the document is about (`describe`); None for one that is about nothing in particular.

        Returns: for each of these a row for each place, with a column for each pair.
        """
        points = self._points(around, document)
        return [self._compare(points[places], pairs) for places, pairs in asked]

    def _compare(self, points: Ints, pairs: Sequence[tuple[int, int]]) -> npt.NDArray[np.float64]:
        first, second = np.asarray(pairs, np.int64).reshape(-1, 2).T
        sums = points @ (self._outputs[first] - self._outputs[second]).T
        nats = sums * self._shapes.unit + (self._output_bias[first] - self._output_bias[second])
        return nats.clip(-MOST_SAID, MOST_SAID)

    def _points(self, around: Around, document: Ints | None) -> Ints:
        """The points that places make, a row each."""
        bias = self._reduced_bias
        if document is not None:
            bias = bias + document.astype(np.float32) @ self._document
        found = [np.zeros((0, self._reduced.shape[1]), np.int64)]
        for start in range(0, len(around.words), AT_ONCE):
            rows = np.arange(start, min(start + AT_ONCE, len(around.words)))
            hidden = see(around.of(rows), self._embeddings) @ self._hidden + self._hidden_bias
            hidden = np.clip(np.floor(hidden * 2.0**-self._shapes.hidden_shift), 0, HIDDEN_MOST)
            reduced = np.floor((hidden @ self._reduced + bias) * 2.0**-self._shapes.reduced_shift)
            found.append(np.clip(reduced, -REDUCED_MOST, REDUCED_MOST).astype(np.int64))
        return np.concatenate(found)


def see(around: Around, embeddings: npt.NDArray[Any]) -> Floats:
    """What places put into the network, a row each: the nearest words, the sum of the telling ones, the capitals.

    The last row of `embeddings` stands for what is beyond the edge of the text.
    """
    points = embeddings[around.words].astype(np.float32)
    window = around.words.shape[1] // 2
    near = np.concatenate([points[:, :NEAR], points[:, window : window + NEAR]], axis=1)
    summed = np.einsum("nwd,nw->nd", points, around.telling.astype(np.float32))
    return np.concatenate([near.reshape(len(near), -1), summed, around.capitals.astype(np.float32)], axis=1)


def document_vector(counts: Mapping[int, int], embeddings: npt.NDArray[Any], mean: npt.NDArray[Any]) -> Ints:
    """What a document is about: how far the mean of its words' points is from that of others.

    A word counts once more each time that it is twice as frequent.

    Args:
        counts: how often each telling word stands in it.
        embeddings: the points of the words, a row each.
        mean: what this is for a document of no kind.
    """
    numbers = np.fromiter(counts, np.int64, len(counts))
    shares = np.fromiter(map(int.bit_length, counts.values()), np.int64, len(counts))
    summed = shares @ embeddings[numbers].astype(np.int64)
    found: Ints = DOCUMENT_UNIT * summed // (shares.sum() + DOCUMENT_LEAN) - mean
    return found.clip(-DOCUMENT_MOST, DOCUMENT_MOST)


def read(path: Path) -> tuple[dict[str, npt.NDArray[Any]], Shapes]:
    """Map a network that `dictionaries/weights.py` wrote.

    Raises:
        DataError: its end is cut off.
        ValueError: it is no such file.
    """
    mapped = map_bytes(path)
    header = json.loads(mapped[: max(0, mapped.find(b"\n", 0, 1024))])
    return dict(_map_tables(path, mapped, header["tables"])), Shapes(*(header[name] for name in Shapes._fields))


def _map_tables(path: Path, mapped: Any, places: Mapping[str, Any]) -> Iterator[tuple[str, npt.NDArray[Any]]]:
    for name, kind in LAYOUT.items():
        start, shape = places[name]
        numbers = np.dtype(kind).newbyteorder("<")
        size = int(np.prod(shape))
        if start + size * numbers.itemsize > len(mapped):
            raise damaged(path, "its end is cut off")
        yield name, np.frombuffer(mapped, numbers, size, start).reshape(shape)
