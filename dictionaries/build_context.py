"""Compute the context models in `dictionaries/context/` from a folder of corpora.

    python dictionaries/build_context.py CORPORA [--language en ...] [--output dictionaries/context]

CORPORA holds files such as `en-novels.txt.gz`, documents parted by two empty lines. Needs numpy, scipy and
scikit-learn, which ligafix itself does not. The same corpora and versions give the same data.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.utils.extmath import randomized_svd
from wordfreq import top_n_list, zipf_frequency

from ligafix.lexicon.context import (
    LAYOUT,
    LIGATURE,
    OVERFLOW,
    WINDOW,
    Vocabulary,
    context_features,
    locate,
    normal_form,
    salt,
    tokenize,
)

LANGUAGES = ("en", "de", "fr", "it", "es", "pt", "pl")
VOCABULARY = {"en": 20_000}
"""How many words a language's model knows; the others make do with `SMALL_VOCABULARY`."""
SMALL_VOCABULARY = 10_000
LEAST_COUNT = 6
"""Words seen less often than this are known by their last two letters only."""
CLASSES = 200
LEAST_EXAMPLES = 5
"""A pair needs this many examples of either word to be learnt."""
MOST_EXAMPLES = 15_000
"""Of a frequent form only so many examples are looked at, each weighted accordingly."""
LEAST_WEIGHT = 0.1
UNIT = 1 / 20
"""Weights are stored as multiples of this, from -127 to 127."""
LOAD = 0.8
"""The share of the hash table's slots that is used."""
BORROWED = 200_000
"""Frequencies of wordfreq count as much as a text of so many words."""
LEAST_ZIPF = 2.3
PENALTY = 5.0
"""The inverse strength of the regressions' L2 penalty, scikit-learn's C."""

_CODES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
_DAMAGE = re.compile(
    r"\b(?:rst|dened|specic|signicant(?:ly)?|e(?:f)?cient|dierent|dierence|classication|denitions?|of?ce"
    r"|suf?cient|dif?cult|identied|elds?|(?:speci|signi|identi|classi|con|de|ef|suf|dif) "
    r"(?:c|cally|cations?|cant|cantly|ned|nitions?|guration|ne|cient|ciency|culty|cult|ect))\b"
)
"""Words of documents that have lost ligatures themselves."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


def read_documents(path: Path, blocks: int = 30) -> list[str]:
    """The documents of a corpus file, without those that have lost ligatures.

    A file that does not part its documents is cut into blocks of paragraphs instead.
    """
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    for code, letters in _CODES.items():
        text = text.replace(code, letters)
    documents = text.split("\n\n\n")
    if len(documents) == 1:
        paragraphs = text.split("\n\n")
        size = len(paragraphs) // blocks + 1
        documents = ["\n\n".join(paragraphs[i : i + size]) for i in range(0, len(paragraphs), size)]
    return [d for d in documents if len(_DAMAGE.findall(d)) < max(3, len(d) / 50_000)]


@dataclass
class Corpus:
    """A tokenized text: the distinct tokens, and the text as numbers into them, -1 between documents."""

    surfaces: list[str]
    text: Ints

    @classmethod
    def from_documents(cls, documents: Iterable[str]) -> Corpus:
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


def drop(word: str) -> str:
    """A word without its ligatures."""
    return LIGATURE.sub("", word)


def count_words(corpus: Corpus) -> collections.Counter[str]:
    """How often each word occurs, in lower case."""
    counts: collections.Counter[str] = collections.Counter()
    for surface, count in zip(corpus.surfaces, corpus.counts().tolist(), strict=True):
        counts[surface.lower()] += count
    return counts


def find_readings(counts: collections.Counter[str], language: str) -> dict[str, list[str]]:
    """Forms that are words, each with the words that become that form when their ligatures are dropped."""
    known = {w for w, n in counts.items() if n >= 2 and w.isalpha()}
    known |= {
        w for w in top_n_list(language, 200_000) if zipf_frequency(w, language) >= LEAST_ZIPF and w.isalpha()
    }
    readings: dict[str, list[str]] = {}
    for word in sorted(known):
        form = drop(word)
        if form not in (word, "") and (counts[form] or zipf_frequency(form, language) >= 2):
            readings.setdefault(form, []).append(word)
    return readings


@dataclass
class Words:
    """The vocabulary in the making: keys with the numbers of their words, and each word's class."""

    numbers: dict[str, int]
    classes: Ints

    def build(self) -> tuple[marisa_trie.Trie, Ints]:
        """The trie of the keys, and the word's number for each key of the trie."""
        trie = marisa_trie.Trie(sorted(self.numbers))
        order = np.zeros(len(trie), np.int64)
        for key, number in self.numbers.items():
            order[trie[key]] = number
        return trie, order


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


def cluster_words(text: Ints, size: int, neighbours: int = 1500, dimensions: int = 48) -> Ints:
    """Put words into classes by the words that stand next to them.

    Positive pointwise mutual information with the most frequent words on either side, reduced by singular value
    decomposition, then k-means.
    """
    before, after = text[:-1], text[1:]
    inside = (before >= 0) & (after >= 0)
    before, after = before[inside], after[inside]
    sides = [_cooccurrences(after, before, size, neighbours), _cooccurrences(before, after, size, neighbours)]
    information = _positive_information(sp.hstack(sides).tocoo())
    left, values, _ = randomized_svd(information, dimensions, random_state=0)
    points = left * np.sqrt(values)
    points /= np.linalg.norm(points, axis=1, keepdims=True) + 1e-9
    means = MiniBatchKMeans(CLASSES, random_state=0, n_init=1, batch_size=4096, max_iter=60).fit(points)
    return np.asarray(means.labels_, np.int64)


def _cooccurrences(words: Ints, others: Ints, size: int, neighbours: int) -> Any:
    frequent = others < neighbours
    cells = (words[frequent], others[frequent])
    return sp.coo_matrix((np.ones(len(cells[0])), cells), shape=(size, neighbours)).tocsr()


def _positive_information(counts: Any) -> Any:
    counts = counts.tocsr().tocoo()
    rows = np.asarray(counts.sum(1)).ravel() + 1
    columns = np.asarray(counts.sum(0)).ravel() + 1
    values = np.log(counts.data * columns.sum() / (rows[counts.row] * columns[counts.col]))
    values = np.maximum(values, 0) * counts.data / (counts.data + 1)  # a single meeting says little
    return sp.coo_matrix((values, (counts.row, counts.col)), shape=counts.shape).tocsr()


@dataclass
class Examples:
    """Places of one form in the text: their features, what stands there, how much each counts."""

    words: list[str]
    capitals: list[bool]
    weights: list[float]
    features: list[list[int]]


def collect_examples(
    corpus: Corpus, vocabulary: Vocabulary, readings: dict[str, list[str]]
) -> dict[str, Examples]:
    """The places of all confusable words; of frequent forms, a fixed share."""
    words = [surface.lower() for surface in corpus.surfaces]
    keep = np.array([_confusable(surface, readings) for surface in corpus.surfaces] + [False])
    counts = count_words(corpus)
    draw = np.random.default_rng(0)
    examples: dict[str, Examples] = {}
    for position in np.flatnonzero(keep[corpus.text]).tolist():
        number = corpus.text[position]
        word = words[number]
        share = min(1.0, MOST_EXAMPLES / counts[word])
        if share < 1 and draw.random() >= share:
            continue
        form = drop(word)
        found = examples.setdefault(form, Examples([], [], [], []))
        surface = corpus.surfaces[number]
        found.words.append(word)
        found.capitals.append(surface[0].isupper())
        found.weights.append(1 / share)
        found.features.append(context_features(vocabulary, *corpus.around(position), drop(surface)))
    return examples


def _confusable(surface: str, readings: dict[str, list[str]]) -> bool:
    """Whether a token is one of the confusable forms, or a reading whose ligatures are not capitals."""
    word = surface.lower()
    return drop(word) in readings and (drop(surface).lower() == drop(word))


@dataclass
class Regression:
    """What was learnt about one pair: the features with their weights, and what holds without any."""

    bias: float
    features: npt.NDArray[np.uint64]
    weights: Floats


def learn_pair(
    examples: Examples, form: str, reading: str, counts: collections.Counter[str]
) -> Regression | None:
    """Fit a logistic regression of `reading` against `form`; None where examples are too few.

    Its bias is that of the likelihoods: what the frequencies of the two words say is taken out.
    """
    lower = LIGATURE.match(reading) is not None  # a ligature at the start is no ligature when capitalized
    chosen = [
        i
        for i, word in enumerate(examples.words)
        if word in (form, reading) and not (lower and examples.capitals[i])
    ]
    truth = np.array([examples.words[i] == reading for i in chosen], bool)
    if min(truth.sum(), (~truth).sum()) < LEAST_EXAMPLES:
        return None
    features, matrix = _design([examples.features[i] for i in chosen])
    model = LogisticRegression(
        C=PENALTY, solver="liblinear" if len(chosen) < 3000 else "lbfgs", max_iter=200, random_state=0
    )
    model.fit(matrix, truth, sample_weight=np.array([examples.weights[i] for i in chosen]))
    weights = model.coef_[0]
    strong = np.abs(weights) >= LEAST_WEIGHT
    bias = float(model.intercept_[0]) - math.log(counts[reading] / counts[form])
    return Regression(bias, features[strong], weights[strong])


def _design(rows: Sequence[Sequence[int]]) -> tuple[npt.NDArray[np.uint64], Any]:
    """The features that more than one of the places has, and the matrix of which place has which."""
    flat = np.array([feature & 0xFFFF_FFFF_FFFF_FFFF for row in rows for feature in row], np.uint64)
    places = np.repeat(np.arange(len(rows)), [len(row) for row in rows])
    features, column, counts = np.unique(flat, return_inverse=True, return_counts=True)
    shared = counts >= 2
    renumbered = np.cumsum(shared) - 1
    inside = shared[column]
    cells = (places[inside], renumbered[column[inside]])
    matrix = sp.csr_matrix((np.ones(int(inside.sum())), cells), shape=(len(rows), int(shared.sum())))
    return features[shared], matrix


def fill_table(regressions: Sequence[Regression]) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.int8]]:
    """The hash table of all weights, as `ContextModel` reads it."""
    slots = int(sum(len(r.features) for r in regressions) / LOAD) + 1
    checks = [0] * (slots + OVERFLOW)
    weights = [0] * (slots + OVERFLOW)
    for pair, regression in enumerate(regressions):
        for feature, weight in zip(regression.features.tolist(), regression.weights.tolist(), strict=True):
            slot, check = locate(feature + salt(pair), slots)
            while checks[slot] and checks[slot] != check:
                slot += 1
            checks[slot], weights[slot] = check, max(-127, min(127, round(weight / UNIT)))
    return np.array(checks, np.uint16), np.array(weights, np.int8)


def log_prior(word: str, counts: collections.Counter[str], total: int, language: str) -> float:
    """The logarithm of a word's share of running text, wordfreq's opinion mixed in."""
    borrowed = BORROWED * 10 ** (zipf_frequency(word, language) - 9)
    return math.log((counts[word] + borrowed + 0.001) / (total + BORROWED))


def build(documents: Iterable[str], language: str, output: Path) -> None:
    """Compute a language's model and write it into the folder `output`."""
    corpus = Corpus.from_documents(documents)
    counts = count_words(corpus)
    readings = find_readings(counts, language)
    numbers = number_words(corpus, VOCABULARY.get(language, SMALL_VOCABULARY))
    text = number_text(corpus, numbers)
    words = Words(numbers, cluster_words(text, max(numbers.values()) + 1))
    trie, order = words.build()
    vocabulary = Vocabulary(trie, order.tolist(), words.classes.tolist())
    examples = collect_examples(corpus, vocabulary, readings)
    learnt = {
        f"{form} {reading}": regression
        for form, found in sorted(examples.items())
        for reading in readings[form]
        if (regression := learn_pair(found, form, reading, counts))
    }
    pairs = marisa_trie.Trie(sorted(learnt))
    regressions = [learnt[name] for name in sorted(learnt, key=lambda name: pairs[name])]
    prior_words = marisa_trie.Trie(sorted({*readings, *(r for rs in readings.values() for r in rs)}))
    total = sum(counts.values())
    priors = [log_prior(prior_words.restore_key(n), counts, total, language) for n in range(len(prior_words))]
    checks, weights = fill_table(regressions)
    tables = {
        "words": order.astype(np.uint16),
        "classes": words.classes.astype(np.uint8),
        "priors": np.array(priors, np.float32),
        "biases": np.array([r.bias for r in regressions], np.float32),
        "checks": checks,
        "weights": weights,
    }
    output.mkdir(parents=True, exist_ok=True)
    write_tables(output / f"{language}.bin", tables)
    for kind, keys in {"words": trie, "pairs": pairs, "priors": prior_words}.items():
        keys.save(str(output / f"{language}.{kind}.trie"))


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
    arguments = parser.parse_args()
    for language in arguments.language:
        files = corpus_files(arguments.corpora, language)
        build((d for path in files for d in read_documents(path)), language, arguments.output)
        print(f"{language}: built from {', '.join(path.name for path in files)}")


if __name__ == "__main__":
    main()
