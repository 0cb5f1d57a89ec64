#!/usr/bin/env python3
"""How well the context model tells words from words that have lost their ligatures.

    python benchmarks/context.py [--language en] [--model FOLDER] [--lm FILE] [--vectors FILE] [--show N]
        CORPORA

Every sixth document of the corpora is held out and the model is built from the rest (with --model, into that folder,
where it is found again the next time). Then all ligatures of the held-out text are dropped, neighbours included. Each
place where the form that remains is a word, and could be more than one, is decided by frequency, by a trigram model,
and by frequency and context, and printed are, for each corpus:

- recall: the share of damaged words whose damaged form is a frequent word that are restored, at a probability of
  10/11 (a wrong change costs as much as ten missed ones) and of 1/2
- spoiled: undamaged words changed, per million words of running text
- error: the expected calibration error of the changes made, in ten bins
"""

from __future__ import annotations

import argparse
import importlib.util
import math
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from reliability import calibration_error
from wordfreq import top_n_list

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.context.tokens import WINDOW, normal_form, tokenize
from ligafix.lexicon.ligatures import LIGATURE

CERTAIN = 10 / 11
Scores = dict[str, float]
"""Readings with their log probabilities, not normalized."""


def load_builder() -> ModuleType:
    """The module `dictionaries/build_context.py`."""
    path = Path(__file__).parents[1] / "dictionaries" / "build_context.py"
    sys.path.append(str(path.parent))  # the modules beside it
    spec = importlib.util.spec_from_file_location("build_context", path)
    if spec is None or spec.loader is None:
        raise ImportError(f"cannot load {path}")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def held_out(number: int) -> bool:
    """Whether a document is kept for testing."""
    return number % 6 == 2


@dataclass(frozen=True)
class Place:
    """A form in the damaged text, what stood there, and the tokens around it."""

    document: int
    truth: str
    form: str
    left: Sequence[str]
    right: Sequence[str]


@dataclass(frozen=True)
class Decision:
    """What became of a place: the readings with their probabilities."""

    place: Place
    scores: Scores

    def best(self) -> tuple[str, float]:
        """The most probable reading and its probability."""
        top = max(self.scores, key=lambda word: self.scores[word])
        return top, 1 / sum(math.exp(score - self.scores[top]) for score in self.scores.values())


def damaged_places(documents: Sequence[str], readings: dict[str, list[str]]) -> Iterator[Place]:
    """All places where a form stands that may be more than one word."""
    for number, document in enumerate(documents):
        tokens = tokenize(document)
        damaged = [LIGATURE.sub("", token) or token for token in tokens]
        for i, form in enumerate(damaged):
            if form.lower() in readings:
                left, right = damaged[max(0, i - WINDOW) : i], damaged[i + 1 : i + 1 + WINDOW]
                yield Place(number, tokens[i].lower(), form, left, right)


class Trigrams:
    """The baseline: interpolated trigrams over the word before, the word itself and the word behind."""

    def __init__(self, documents: Sequence[str], words: set[str]) -> None:
        self._counts: Counter[tuple[str, ...]] = Counter()
        self._words = words
        for document in documents:
            tokens = tokenize(document)
            forms = ["", "", *map(normal_form, tokens), "", ""]
            for i, token in enumerate(tokens, 2):
                if token.lower() in words:
                    self._counts.update(self._grams(token.lower(), forms[i - 2 : i], forms[i + 1 : i + 3]))

    def score(self, place: Place, word: str) -> float:
        """The logarithm of a word's probability at a place, up to a constant that all words share."""
        left = ["", "", *map(normal_form, place.left[-2:])][-2:]
        right = [*map(normal_form, place.right[:2]), "", ""][:2]
        grams = self._grams(word, left, right)
        alone = self._counts[grams[0]] + 0.5
        total = math.log(alone)
        for near, far in (grams[1:3], grams[3:5]):
            total += math.log(0.4 * self._counts[far] / alone + 0.4 * self._counts[near] / alone + 1e-5)
        return total

    @staticmethod
    def _grams(word: str, left: Sequence[str], right: Sequence[str]) -> list[tuple[str, ...]]:
        before, after = ("<", left[1], word), (word, right[0], ">")
        return [(word,), before, ("<", *left, word), after, (word, *right, ">")]


def decide(model: ContextModel, place: Place, readings: Sequence[str], context: bool) -> Decision:
    """The readings of a place, weighed by frequency and, if asked for, context."""
    form = place.form.lower()
    fitting = [form, *(r for r in readings if place.form[0].islower() or not LIGATURE.match(r))]
    odds = model.log_odds(place.left, place.right, place.form, fitting) if context else [0.0] * len(fitting)
    priors = [model.log_prior(word) or -math.inf for word in fitting]
    return Decision(place, {w: p + o for w, p, o in zip(fitting, priors, odds, strict=True)})


def report(name: str, decisions: Sequence[Decision], words: int, common: set[str], show: int) -> None:
    """Print the figures of one corpus, and the `show` most frequent errors."""
    best = [(decision.place, *decision.best()) for decision in decisions]
    real = [x for x in best if x[0].truth != x[0].form.lower() and x[0].form.lower() in common]
    cells = [f"{name:32}", f"{len(real):6}"]
    for threshold in (CERTAIN, 0.5):
        found = sum(place.truth == top and p >= threshold for place, top, p in real)
        spoiled = _spoiled(best, threshold)
        cells += [f"{found / max(1, len(real)):.4f}", f"{1e6 * len(spoiled) / words:6.1f}"]
    changes = [(p, top == place.truth) for place, top, p in best if top != place.form.lower()]
    cells.append(f"{calibration_error(changes, bins=10):.4f}")
    print("  ".join(cells))
    if show:
        missed = Counter(f"{place.form}>{place.truth}" for place, top, p in real if place.truth != top or p < CERTAIN)
        print("   missed", missed.most_common(show))
        print("   spoiled", Counter(f"{x.form}>{top}" for x, top, _ in _spoiled(best, CERTAIN)).most_common(show))


def _spoiled(best: Sequence[tuple[Place, str, float]], threshold: float) -> list[tuple[Place, str, float]]:
    return [x for x in best if x[0].truth == x[0].form.lower() and x[1] != x[0].truth and x[2] >= threshold]


def main() -> None:
    """Build, decide, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--language", default="en")
    parser.add_argument("--model", type=Path)
    parser.add_argument("--lm", type=Path, help="the trigram model of English that has a say in the build")
    parser.add_argument("--vectors", type=Path, help="the vectors of English words where its network begins")
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        model = arguments.model or Path(folder)
        measure(
            arguments.corpora, arguments.language, model, arguments.show, lm=arguments.lm, vectors=arguments.vectors
        )


def measure(
    corpora: Path, language: str, folder: Path, show: int, *, lm: Path | None = None, vectors: Path | None = None
) -> None:
    """Measure one language."""
    builder = load_builder()
    files = {p: builder.read_documents(p) for p in builder.corpus_files(corpora, language)}
    training = [d for documents in files.values() for n, d in enumerate(documents) if not held_out(n)]
    if not (folder / f"{language}.bin").exists():
        builder.build(training, language, folder, builder.borrow(language, lm, vectors))
    model = ContextModel.load(folder, language)
    if model is None:
        raise FileNotFoundError(folder / f"{language}.bin")
    readings = builder.find_readings(builder.count_words(builder.Corpus.from_documents(training)), language)
    trigrams = Trigrams(training, {*readings, *(r for rs in readings.values() for r in rs)})
    common = set(top_n_list(language, 30_000))
    print("corpus                              real  recall  spoiled  at 1/2  spoiled   error")
    for path, documents in files.items():
        test = [d for n, d in enumerate(documents) if held_out(n)]
        words = sum(token[0].isalpha() for d in test for token in tokenize(d))
        places = list(damaged_places(test, readings))
        decided = {c: [decide(model, p, readings[p.form.lower()], context=c) for p in places] for c in (False, True)}
        counted = [Decision(d.place, {w: trigrams.score(d.place, w) for w in d.scores}) for d in decided[False]]
        name = path.name.removesuffix(".txt.gz")
        report(f"{name}, frequency", decided[False], words, common, 0)
        report(f"{name}, trigrams", counted, words, common, 0)
        report(f"{name}, context", decided[True], words, common, show)


if __name__ == "__main__":
    main()
