"""The context model: how much the words around a place speak for one reading of it against another.

`led` may be what stood there, or what is left of `filed`. For each such pair, a form and one reading with its
ligatures put back, the model holds the weights of a log-linear classifier over the neighbours: the words next to
the place and the classes they belong to, alone and together, a wider window and its topics, numbers, punctuation
and case.

The neighbours of a damaged word may be damaged too, so words are looked up in a normal form that is the same
with and without ligatures (`first` and `rst` are both `rst`).

The data is computed by `dictionaries/build_context.py`; its card is `dictionaries/context/README.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import marisa_trie

from ligafix.lexicon.context.features import Vocabulary, context_features, salt, shape
from ligafix.lexicon.context.tables import OVERFLOW, Tables, Weights, read_tables
from ligafix.lexicon.integrity import open_trie, opening
from ligafix.lexicon.tries import Trie

if TYPE_CHECKING:
    from ligafix.lexicon.context.arrays import ContextArrays, Floats, Ints, Tokens
    from ligafix.lexicon.context.network import Around, Network

Question = tuple[str, tuple[str, ...]]
"""A form that stands in a text, and its readings."""

Sides = tuple[Sequence[str], Sequence[str]]
"""The tokens before a place, nearest last, and behind it, nearest first."""

MANY = 200
"""So many places take as long one by one as it takes to load numpy."""

MANY_WITH_NUMPY = 30
"""So many take as long one by one as together, once it is loaded."""


def are_many(places: int) -> bool:
    """Whether so many places are looked at together faster than one by one; both ways give the same answers."""
    return places >= (MANY_WITH_NUMPY if "numpy" in sys.modules else MANY)


class ContextModel:
    """What a language's contexts say about words that can be confused. Safe to share between threads.

    Use `load`. A place takes some 60 microseconds by itself, and some 10 among many. What a language's network says is
    heard beside the weights.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        pairs: marisa_trie.Trie,
        priors: marisa_trie.Trie,
        tables: Tables,
        unit: float,
        *,
        network: Path | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._pairs = pairs
        self._prior_words = priors
        self._tables = tables
        self._network_file = network
        self._pairs_of = lru_cache(maxsize=1 << 14)(self._find_pairs)
        self._rivals_of = lru_cache(maxsize=1 << 14)(self._find_rivals)
        self._weights = Weights(tables.checks, tables.weights, len(tables.checks) - OVERFLOW)
        self._unit = unit

    @classmethod
    def load(cls, folder: Path, language: str) -> ContextModel | None:
        """The model of a language, mapped into memory; None where `folder` has none."""
        path = folder / f"{language}.bin"
        if not path.exists():
            return None
        with opening(path):
            tables, unit = read_tables(path)
        words, pairs, priors = (
            open_trie(Trie(), folder / f"{language}.{kind}.trie") for kind in ("words", "pairs", "priors")
        )
        network = folder / f"{language}.network"
        vocabulary = Vocabulary(words, tables.words, tables.word_classes())
        return cls(vocabulary, pairs, priors, tables, unit, network=network if network.exists() else None)

    def log_prior(self, word: str) -> float | None:
        """The natural logarithm of a word's share of running text; None for words outside the confusable sets.

        Taken from the training text, with the frequencies of wordfreq where that is thin.
        """
        number = self._prior_words.get(word.lower())
        return None if number is None else self._tables.priors[number]

    def log_odds(
        self, left: Sequence[str], right: Sequence[str], observed: str, candidates: Sequence[str]
    ) -> list[float]:
        """For each candidate ln(P(context | candidate) / P(context | observed)), in nats.

        Args:
            left: the tokens before the place as `tokenize` makes them, nearest last; `WINDOW` of them are looked at.
            right: the tokens behind the place, nearest first.
            observed: the form that stands in the text.
            candidates: its readings; `observed` itself, and what the model has never seen, get 0.
        """
        return self.log_odds_each([(left, right)], [(observed, tuple(candidates))])[0]

    def describe(self, words: Mapping[str, int]) -> Ints | None:
        """What a document is about, as `log_odds_each` takes it; None where that says nothing of its words.

        Args:
            words: how often each word stands in it.
        """
        return self._network.describe(self._arrays.count(words)) if self._network else None

    def log_odds_each(
        self, sides: Sequence[Sides], asked: Sequence[Question], document: Ints | None = None
    ) -> list[list[float]]:
        """What `log_odds` says of some places.

        Args:
            sides: the tokens before and behind each place.
            asked: the form at each place, and its readings.
            document: what the document is about, if that is known (`describe`).
        """
        if not self._network_file:
            return [self._weigh_one(*side, *question) for side, question in zip(sides, asked, strict=True)]
        arrays = self._arrays
        said = self.log_odds_in(arrays.gather(sides), asked, arrays.one_by_one(len(asked)), document=document)
        return [row for rows in said for row in rows.tolist()]

    def log_odds_in(
        self,
        tokens: Tokens,
        asked: Sequence[Question],
        places: Sequence[Ints],
        least: Sequence[Sequence[float]] | None = None,
        document: Ints | None = None,
    ) -> list[Floats]:
        """The same of many places.

        Args:
            tokens: the tokens around the places.
            asked: some forms, and the readings of each.
            places: the places of each, by number.
            least: for each form how much (nats) must be said of each of its readings to matter. At a place where
                that is out of reach for all of them, any numbers below may come back.
            document: what the document is about, if that is known (`describe`).

        Returns: for each form a row for each place, with a column for each reading.
        """
        pairs = [self._pairs_of(*question) for question in asked]
        salts = [[salt(pair) for pair in row if pair is not None] for row in pairs]
        around, shapes = self._arrays.see(tokens, [shape(observed) for observed, _ in asked], places)
        totals = self._arrays.totals(around, shapes, list(zip(places, salts, strict=True)))
        learnt = [self._weigh_all(*rows) for rows in zip(totals, pairs, strict=True)]
        if not self._network:
            return learnt
        return self._consult(self._network, learnt, around, asked, places, least=least, document=document)

    def _consult(
        self,
        network: Network,
        learnt: Sequence[Floats],
        around: Around,
        asked: Sequence[Question],
        places: Sequence[Ints],
        *,
        least: Sequence[Sequence[float]] | None,
        document: Ints | None,
    ) -> list[Floats]:
        """What the weights say, together with what the network says where it knows both words and may still matter."""
        import numpy as np

        known = [self._known_rivals(*question) for question in asked]
        for said, (columns, _) in zip(learnt, known, strict=True):
            said[:, columns] *= network.learnt
        open_rows = (
            [np.arange(len(at)) for at in places] if least is None else _find_open(learnt, known, least, network.said)
        )
        open_places = [at[rows] for at, rows in zip(places, open_rows, strict=True)]
        seen = np.unique(np.concatenate([np.zeros(0, np.int64), *open_places]))
        numbers = [np.searchsorted(seen, at) for at in open_places]
        questions = list(zip(numbers, (pairs for _, pairs in known), strict=True))
        heard = network.log_odds(around.of(seen), questions, document)
        for said, rows, (columns, _), more in zip(learnt, open_rows, known, heard, strict=True):
            said[rows[:, np.newaxis], columns] += network.said * more
        return list(learnt)

    def _known_rivals(self, observed: str, candidates: tuple[str, ...]) -> tuple[list[int], list[tuple[int, int]]]:
        """The readings that the network is asked about, by number, and the words that it is asked for."""
        rivals = self._rivals_of(observed, candidates)
        return [column for column, pair in enumerate(rivals) if pair], [pair for pair in rivals if pair]

    def _weigh_one(
        self, left: Sequence[str], right: Sequence[str], observed: str, candidates: tuple[str, ...]
    ) -> list[float]:
        """What the weights say of one place."""
        if not self.knows(observed, candidates):
            return [0.0] * len(candidates)
        features = context_features(self._vocabulary, left, right, observed)
        pairs = self._pairs_of(observed, candidates)
        return [0.0 if pair is None else self._weigh(self._weights.total(features, pair), pair) for pair in pairs]

    def _weigh_all(self, totals: Ints, pairs: Sequence[int | None]) -> Floats:
        """The same as `_weigh` for a row for each place."""
        import numpy as np

        said = np.zeros((len(totals), len(pairs)))
        known = [column for column, pair in enumerate(pairs) if pair is not None]
        biases = [self._tables.biases[pair] for pair in pairs if pair is not None]
        said[:, known] = np.array(biases) + totals * self._unit
        return said

    def knows(self, observed: str, candidates: tuple[str, ...]) -> bool:
        """Whether the model has seen a form beside one of its readings; if not, `log_odds` says nothing."""
        return any(pair is not None for pair in self._pairs_of(observed, candidates))

    @cached_property
    def _arrays(self) -> ContextArrays:
        from ligafix.lexicon.context.arrays import ContextArrays  # numpy is slow to load

        return ContextArrays(self._tables, self._vocabulary.number)

    @cached_property
    def _network(self) -> Network | None:
        from ligafix.lexicon.context.network import Network

        return Network.load(self._network_file) if self._network_file else None

    def _find_pairs(self, observed: str, candidates: tuple[str, ...]) -> tuple[int | None, ...]:
        """The numbers of the pairs of a form and its readings; None for those that the model has never seen."""
        return tuple(self._pairs.get(f"{observed.lower()} {candidate.lower()}") for candidate in candidates)

    def _find_rivals(self, observed: str, candidates: tuple[str, ...]) -> tuple[tuple[int, int] | None, ...]:
        """The words that the network is asked for, a reading and its form; None where it is not asked."""
        form = self._prior_words.get(observed.lower())
        words = [self._prior_words.get(candidate.lower()) for candidate in candidates]
        pairs = self._pairs_of(observed, candidates)
        return tuple(
            None if None in (pair, form, word) or word == form else (word, form)
            for pair, word in zip(pairs, words, strict=True)
        )

    def _weigh(self, total: int, pair: int) -> float:
        return self._tables.biases[pair] + total * self._unit


def _find_open(
    learnt: Sequence[Floats], known: Sequence[tuple[Sequence[int], Any]], least: Sequence[Sequence[float]], share: float
) -> list[Ints]:
    """The places of each form at which the network may say enough of a reading for it to matter.

    Args:
        learnt: what the weights say.
        known: of each form the readings that the network is asked about, by number.
        least: what is enough.
        share: how much what the network says counts.
    """
    import numpy as np

    from ligafix.lexicon.context.network import MOST_SAID

    found = []
    for said, (columns, _), enough in zip(learnt, known, least, strict=True):
        most = said.copy()
        most[:, columns] += share * MOST_SAID
        found.append(np.flatnonzero((most >= np.array(enough)).any(axis=1)))
    return found
