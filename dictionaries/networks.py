"""Trains the networks of the context models (`ligafix.lexicon.context.network`) and turns them into whole numbers.

Minibatches, AdamW (Loshchilov and Hutter 2019) and dropout (Srivastava et al. 2014). What a word is near to is told
beforehand by vectors: of English by those that others learnt on far more text, of other languages by those of the same
corpora. Needs PyTorch.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from documents import Documents
from torch import nn

from ligafix.lexicon.context.features import STOP_WORDS
from ligafix.lexicon.context.network import (
    DOCUMENT_MOST,
    DOCUMENT_UNIT,
    EXACT,
    HIDDEN_MOST,
    NEAR,
    REDUCED_MOST,
    Around,
    Shapes,
    see,
)
from ligafix.lexicon.context.tokens import WINDOW

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Plan(NamedTuple):
    """How a network is made.

    Attributes:
        embedded: how many numbers a word is.
        hidden: how many the hidden layer is.
        reduced: how many a place is.
        learnt: how much what the weights of the language say counts beside it.
        said: how much it counts itself.
        epochs: how many times it looks at all examples.
        others: how many words that cannot be confused it learns to tell as well; they are no part of it in the end.
        documents: whether it sees what the document is about.
    """

    embedded: int
    hidden: int
    reduced: int
    learnt: float
    said: float
    epochs: int
    others: int
    documents: bool = False


SMALL = Plan(32, 192, 48, 0.5, 0.5, 16, 8_000)
PLANS = {
    "en": Plan(48, 256, 64, 0.6, 0.6, 8, 0, documents=True),
    **dict.fromkeys(("de", "pl"), Plan(32, 192, 48, 0.7, 0.3, 8, 0)),
    "it": SMALL,
    **dict.fromkeys(("es", "fr", "pt"), SMALL._replace(said=0.7)),
}
"""The networks of all languages. For those with a million words or less a larger one knows no more, and too few places
have words that can be confused to learn from these alone what stands where. German has three million words, and Polish
next to no words that can be confused.

The shares were fitted on held-out books. Both opinions say too little, so together they count for more than one, but
not in Italian, where too much is spoiled for what is restored."""
CAPITALS = 3
SUM_SHARE = 1 / 4
"""How large the sum of the words around is beside the words themselves, when learning begins."""
BATCH = 1024
RATE, LEAST_RATE = 2e-3, 0.02
"""The rate of learning at the beginning, and the share of it that is left at the end."""
DECAY = 0.05
"""How firmly what is a word's own is held small, beside what its vector says."""
SEEN_DROPOUT, DOCUMENT_DROPOUT, HIDDEN_DROPOUT = 0.15, 0.2, 0.2
"""The shares of what is seen, of what the document is about, and of the hidden layer, that are left out at random."""
DOCUMENT_SPREAD = 0.02
"""How far the weights of what the document is about are from nothing at the beginning."""
LOOKED_AT_AGAIN = 400
"""After so many steps it is looked at again what the documents are about, since the words have moved."""
COMMON = 3_000
"""Of a word with more places only some are looked at in each epoch: the square root of how much more."""
OTHERS = 512
"""Words that each is told from in a step, drawn by their frequency to the power of 3/4 (Mikolov et al. 2013)."""
CONFUSED = 2.0
"""How much it counts to tell a word from those it can be confused with, beside telling it from all."""
SPREAD = 1 / 3
"""How far the numbers of an embedding are from nothing at the beginning."""
MAIN_WORDS = 8_000
"""Words by whose vectors the axes are chosen along which they differ most."""
SAMPLE = 20_000
"""Places by which the numbers are measured before they are made whole."""
NEARLY_ALL = 0.9999
"""The share of the numbers that whole ones have room for; the rest are cut off."""
EMBEDDING_MOST, OUTPUT_MOST = 63, 127


@dataclass
class Examples:
    """Places of words that can be confused, and of others that are told as well.

    Attributes:
        text: the text as numbers of the vocabulary; -1 between documents, `WINDOW` of them or more.
        capitals: whether each token has a capital.
        documents: what is counted of the documents that they are from.
        places: where the words are.
        words: which word each is, as a number of its own.
        confused: for each word the words that it can be confused with, itself first; -1 fills the rows.
    """

    text: Ints
    capitals: npt.NDArray[np.bool_]
    documents: Documents
    places: Ints
    words: Ints
    confused: Ints

    def around(self, places: Ints) -> Around:
        """What the network sees of some places."""
        steps = np.arange(1, WINDOW + 1)
        words = self.text[places[:, np.newaxis] + np.concatenate([-steps, steps])]
        for side in (words[:, :WINDOW], words[:, WINDOW:]):  # what is beyond an edge does not count
            side[np.logical_or.accumulate(side < 0, axis=1)] = -1
        capitals = np.stack([self.capitals[places + step] for step in (-1, 0, 1)], axis=1)
        capitals[:, [0, 2]] &= words[:, [0, WINDOW]] >= 0
        return Around(words, words >= STOP_WORDS, capitals.astype(np.int64))


@dataclass
class Vectors:
    """What words are near to, by vectors of other text; rows of zeros where it has none.

    Attributes:
        vocabulary: a row for each word of the vocabulary.
        words: a row for each word that can be confused.
    """

    vocabulary: Floats
    words: Floats

    def embeddings(self, size: int) -> Floats:
        """The vectors of the vocabulary, made shorter by principal components, and one of nothing."""
        known = self.vocabulary[self.vocabulary.any(axis=1)][:MAIN_WORDS]
        _, _, axes = np.linalg.svd(known, full_matrices=False)
        points = self.vocabulary @ axes[:size].T
        return np.vstack([points * (SPREAD / points.std()), np.zeros((1, size))])


class Layers:
    """The network while it learns.

    Args:
        vectors: what is known of the words from other text.
        chances: the share of each word that can be confused among the examples.
        plan: the sizes of its layers.
    """

    def __init__(self, vectors: Vectors, chances: Floats, plan: Plan) -> None:
        points = _tensor(vectors.embeddings(plan.embedded))
        self.embeddings = nn.Embedding(len(points), plan.embedded, _weight=points)
        self.hidden = nn.Linear((2 * NEAR + 1) * plan.embedded + CAPITALS, plan.hidden)
        self.reduced = nn.Linear(plan.hidden, plan.reduced)
        self.borrowed = nn.Linear(vectors.words.shape[1], plan.reduced, bias=False)
        self.own = (0.02 * torch.randn(len(chances), plan.reduced)).requires_grad_()
        self.bias = _tensor(np.log(chances)).requires_grad_()
        self.document = nn.Linear(plan.embedded, plan.reduced, bias=False) if plan.documents else None
        self._vectors = _tensor(vectors.words / vectors.words.std())
        nn.init.uniform_(self.borrowed.weight, -0.03, 0.03)
        if self.document:
            nn.init.uniform_(self.document.weight, -DOCUMENT_SPREAD, DOCUMENT_SPREAD)

    def shared(self) -> list[torch.Tensor]:
        """All that is learnt but what is a word's own."""
        layers = (self.embeddings, self.hidden, self.document, self.reduced, self.borrowed)
        return [self.bias, *(parameter for layer in layers if layer for parameter in layer.parameters())]

    def points(self, around: Around, about: torch.Tensor) -> torch.Tensor:
        """The points of places in documents that are about something."""
        words = self.embeddings(torch.from_numpy(around.words % self.embeddings.num_embeddings))  # -1 is the last one
        near = torch.cat([words[:, :NEAR], words[:, WINDOW : WINDOW + NEAR]], 1).flatten(1)
        summed = (words * torch.from_numpy(around.telling)[..., None]).sum(1) * SUM_SHARE
        seen = torch.cat([near, summed, torch.from_numpy(around.capitals).float()], 1)
        hidden = torch.relu(self.hidden(nn.functional.dropout(seen, SEEN_DROPOUT)))
        points: torch.Tensor = self.reduced(nn.functional.dropout(hidden, HIDDEN_DROPOUT))
        return points + self.document(nn.functional.dropout(about, DOCUMENT_DROPOUT)) if self.document else points

    def outputs(self) -> torch.Tensor:
        """The points of the words: what their vectors say, and what is their own."""
        outputs: torch.Tensor = self.own + self.borrowed(self._vectors)
        return outputs


class Trainer:
    """Learns a network from examples; the same examples and versions give the same network."""

    def __init__(self, examples: Examples, vectors: Vectors, plan: Plan) -> None:
        torch.manual_seed(0)
        torch.set_num_threads(1)
        self._examples = examples
        self._draw = np.random.default_rng(0)
        counts = np.bincount(examples.words, minlength=len(examples.confused))
        self._kept = np.minimum(1.0, np.sqrt(COMMON / np.maximum(1, counts)))
        seen = np.maximum(1.0, counts * self._kept)
        self._chances = seen / seen.sum()
        self._drawn = self._chances**0.75 / (self._chances**0.75).sum()
        self._plan = plan
        self._layers = Layers(vectors, self._chances, plan)

    def train(self) -> None:
        """Learn from all examples, as often as planned."""
        layers = self._layers
        groups = [
            {"params": layers.shared(), "weight_decay": 0.0},
            {"params": [layers.own], "weight_decay": DECAY},
        ]
        optimizer = torch.optim.AdamW(groups, lr=RATE)
        batches = [batch for _ in range(self._plan.epochs) for batch in self._batches()]
        for number, batch in enumerate(batches):
            if number % LOOKED_AT_AGAIN == 0:
                self._look_at_documents()
            for group in optimizer.param_groups:
                group["lr"] = RATE * max(LEAST_RATE, 1 - number / len(batches))
            optimizer.zero_grad()
            torch.autograd.backward(self._loss(batch))
            optimizer.step()

    def _look_at_documents(self) -> None:
        """See what the documents are about, by the points that their words have by now."""
        means = self._examples.documents.means(_array(self._layers.embeddings.weight))
        self._mean, self._spread = means.mean(axis=0), float(means.std())
        self._about = _tensor((means - self._mean) / self._spread)

    def _batches(self) -> Iterator[Ints]:
        """The examples of an epoch in disorder, as rows of their tables."""
        chosen = np.flatnonzero(self._draw.random(len(self._examples.words)) < self._kept[self._examples.words])
        self._draw.shuffle(chosen)
        yield from (chosen[start : start + BATCH] for start in range(0, len(chosen) - BATCH + 1, BATCH))

    def _loss(self, batch: Ints) -> torch.Tensor:
        """How badly the words of some places are told from others, and from those they can be confused with."""
        examples, layers = self._examples, self._layers
        truth, confused = examples.words[batch], examples.confused[examples.words[batch]]
        places = examples.places[batch]
        about = self._about[torch.from_numpy(examples.documents.of_token[places])]
        points, outputs = layers.points(examples.around(places), about), layers.outputs()
        drawn = self._draw.choice(len(self._drawn), OTHERS, p=self._drawn)
        rarity = -_tensor(np.log(self._drawn))
        own = (points * outputs[truth]).sum(1) + layers.bias[truth]
        scores = points @ outputs[drawn].T + layers.bias[drawn] + rarity[drawn]
        scores = scores.masked_fill(torch.from_numpy(truth[:, None] == drawn), -torch.inf)
        from_all = (
            torch.logsumexp(torch.cat([(own + rarity[truth])[:, None], scores], 1), 1) - own - rarity[truth]
        ).mean()
        rivals = torch.from_numpy(np.maximum(confused, 0))
        scores = (outputs[rivals] * points[:, None, :]).sum(2) + layers.bias[rivals]
        scores = scores.masked_fill(torch.from_numpy(confused < 0), -torch.inf)
        from_confused = (torch.logsumexp(scores, 1) - own).mean()
        return from_all + CONFUSED * from_confused

    def whole(self, words: int) -> tuple[dict[str, npt.NDArray[np.generic]], Shapes]:
        """The network in whole numbers, as `save_network` takes it, for the first words.

        What a word's frequency among the examples says is taken out of its bias.
        """
        layers = self._layers
        places = self._draw.choice(self._examples.places, SAMPLE)
        embeddings, scale = _scale(_array(layers.embeddings.weight), EMBEDDING_MOST)
        weights, inputs = _array(layers.hidden.weight).T, np.full(layers.hidden.in_features, float(EMBEDDING_MOST))
        sum_part, capital_part = slice(2 * NEAR * layers.embeddings.embedding_dim, -CAPITALS), slice(-CAPITALS, None)
        inputs[sum_part], inputs[capital_part] = 2 * WINDOW * EMBEDDING_MOST, 1
        weights[sum_part] *= SUM_SHARE
        weights[:-CAPITALS] /= scale
        hidden, hidden_bias, factor = _fit(weights, _array(layers.hidden.bias), inputs)
        sums = see(self._examples.around(places), embeddings).astype(np.float64) @ hidden + hidden_bias
        hidden_shift = _shift(sums, HIDDEN_MOST)
        said = np.clip(np.floor(sums * 2.0**-hidden_shift), 0, HIDDEN_MOST)
        weights = _array(layers.reduced.weight).T * (2.0**hidden_shift / factor)
        of_documents, mean = self._whole_documents(scale)
        inputs = np.repeat([HIDDEN_MOST, DOCUMENT_MOST], [len(weights), len(of_documents)]).astype(np.float64)
        both, reduced_bias, factor = _fit(np.vstack([weights, of_documents]), _array(layers.reduced.bias), inputs)
        reduced, document = np.split(both, [len(weights)])
        sums = said @ reduced + reduced_bias + self._see_documents(places, embeddings, mean) @ document
        reduced_shift = _shift(sums, REDUCED_MOST)
        outputs, scale = _scale(_array(layers.outputs()), OUTPUT_MOST)
        tables: dict[str, npt.NDArray[np.generic]] = {
            "embeddings": embeddings,
            "hidden": hidden,
            "hidden_bias": hidden_bias,
            "reduced": reduced,
            "reduced_bias": reduced_bias,
            "document": document,
            "document_mean": mean,
            "outputs": outputs[:words],
            "output_bias": (_array(layers.bias) - np.log(self._chances))[:words],
        }
        unit = float(2.0**reduced_shift / factor / scale)
        return tables, Shapes(hidden_shift, reduced_shift, unit, self._plan.learnt, self._plan.said)

    def _whole_documents(self, scale: float) -> tuple[Floats, Ints]:
        """The weights of what a document is about, for whole numbers, and these for a document of no kind.

        Args:
            scale: by how much the points of words grow.
        """
        if not self._layers.document:
            return np.zeros((0, self._plan.reduced)), np.zeros(0, np.int64)
        self._look_at_documents()
        unit = DOCUMENT_UNIT * scale
        weights = _array(self._layers.document.weight).T / (unit * self._spread)
        return weights, np.round(unit * self._mean).astype(np.int64)

    def _see_documents(self, places: Ints, embeddings: Ints, mean: Ints) -> Ints:
        """The vectors of the documents of places, as `document_vector` finds them."""
        documents = self._examples.documents
        means = np.floor(DOCUMENT_UNIT * documents.means(embeddings[:, : len(mean)])).astype(np.int64)
        vectors: Ints = (means - mean).clip(-DOCUMENT_MOST, DOCUMENT_MOST)[documents.of_token[places]]
        return vectors


def _tensor(numbers: Floats) -> torch.Tensor:
    return torch.from_numpy(numbers.astype(np.float32))


def _array(numbers: torch.Tensor) -> Floats:
    return np.asarray(numbers.detach().numpy(), np.float64)


def _round(numbers: Floats, most: int) -> Ints:
    return np.clip(np.round(numbers), -most, most).astype(np.int64)


def _scale(numbers: Floats, most: int) -> tuple[Ints, float]:
    """Numbers as whole ones up to `most`, and by what they grew."""
    scale = float(most / np.quantile(np.abs(numbers), NEARLY_ALL))
    return _round(numbers * scale, most), scale


def _fit(weights: Floats, bias: Floats, inputs: Floats) -> tuple[Ints, Ints, float]:
    """Weights and bias of a layer as whole numbers whose sums stay exact whatever comes in, and by what they grew.

    Args:
        weights: the weights, a row for each input.
        bias: what is added.
        inputs: how large each input can be.
    """
    most = (np.abs(weights) * inputs[:, np.newaxis]).sum(0) + np.abs(bias)
    factor = float(min(0.9 * EXACT / most.max(), 32_000 / np.abs(weights).max()))
    return _round(weights * factor, 32_767), _round(bias * factor, EXACT), factor


def _shift(sums: Floats | Ints, most: int) -> int:
    """By how many bits sums must become smaller to be at most this, but for a few."""
    return max(0, int(np.ceil(np.log2(np.quantile(np.abs(sums), NEARLY_ALL) / most))))


def confusions(sets: Mapping[int, Sequence[int]], words: int) -> Ints:
    """For each word the words that it can be confused with, itself first; -1 fills the rows.

    Args:
        sets: the forms, each with its readings.
        words: how many words there are.
    """
    found: list[list[int]] = [[word] for word in range(words)]
    for form, readings in sets.items():
        for word in (form, *readings):
            found[word] += (form, *readings)
    rows = [list(dict.fromkeys(row)) for row in found]
    return np.array([row + [-1] * (max(map(len, rows)) - len(row)) for row in rows])
