#!/usr/bin/env python3
"""Build what tells real hyphens from those of line ends: tables of hyphenated words, and a model's weights.

    python dictionaries/build_hyphens.py CORPORA

CORPORA holds gzipped UTF-8 text named LANGUAGE-KIND.txt.gz; the word tables (`build_words.py`) must be there. For
each language two files are written to dictionaries/hyphens/: LANGUAGE.trie (laid out as ligafix.lexicon.hyphens says)
and LANGUAGE.weights.trie (ligafix.lexicon.divisions); und.weights.trie serves languages without corpora.

The last part of every corpus (HELD_OUT) goes into neither, so that `benchmarks/hyphens.py` measures what ships. The
weights come from logistic regression over words divided at their hyphens and at the breaks that hyphenation patterns
allow (pyphen, with some breaks anywhere, as hand-set pages have). Each part of a corpus is described by the tables of
the other parts. A weight is the sum of one that all languages share and one of the language, both held small, so that
languages with few hyphens learn from the others (Daumé, Frustratingly Easy Domain Adaptation, ACL 2007).

The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import math
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import marisa_trie
import numpy as np
import pyphen
import wordfreq
from replacing import replacing
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from weights import save_weights

from ligafix.evidence import Evidence
from ligafix.evidence.registers import find_registers
from ligafix.lexicon.divisions import ANY_LANGUAGE
from ligafix.lexicon.hyphens import HyphenTable, pack_odds
from ligafix.lexicon.readings import UNSEEN_PAIR, Vocabulary
from ligafix.lexicon.words import pack_frequency
from ligafix.scoring import Scorer
from ligafix.stages.hyphens.features import Division, OwnHyphens, describe
from ligafix.stages.hyphens.weighing import EXPECTED

OUT = Path(__file__).resolve().parent / "hyphens"
PATTERNS = {"de": "de_DE", "en": "en_GB", "es": "es", "fr": "fr", "it": "it_IT", "pl": "pl_PL", "pt": "pt_PT"}
"""The languages that have corpora, and their hyphenation patterns."""
HELD_OUT = 0.15
FOLDS = 5
MOST_TEXT = 30_000_000
"""Code points of a language that examples are taken from; more makes the fit slow and not better."""
DOCUMENTS = (30_000, 120_000, 500_000)
"""The sizes of documents (code points): an article, a long one, a book."""
DIVIDED = 25_000
"""About how many words of a language are divided inside that the model finds easy, and as many again of those whose
halves are words too. Those that also stand hyphenated somewhere, or that no list holds, are all divided: there are
few, and from them most is to be learnt."""
SPACING = (12, 30)
"""How far apart the two kinds stand in running text, roughly (code points)."""
ANYWHERE = 0.02
"""The share of breaks that obey no pattern."""
IN_COMPOUNDS = 0.3
"""How readily a part of a hyphenated word is divided, against a word by itself: many typesetters never do it."""
PART = 1e-7
"""Parts of hyphenated pairs are words at least this frequent, or their closed spelling is no word: else the pair is a
word that a line's end once divided (`effec-tively`)."""
LISTED = 3
"""How often corpora must have a word that wordfreq lacks for the word tables to hold it (build_words.py)."""
LEAST_EXAMPLES = 4
"""Features of fewer examples are noise."""
PENALTY = 1.0
"""Inverse strength of the L2 penalty; chosen from 0.03, 0.1, 0.3 and 1."""

WORD = re.compile(r"[^\W\d_]+")
COMPOUND = re.compile(r"(?<![\w-])[^\W\d_]+(?:[-‐][^\W\d_]+)+(?![\w-])")
BEFORE = frozenset(" \n(\"“„«»'’-‐")

Features = dict[str, float]
Known = Callable[[str], float]
Breaks = Callable[[str], Sequence[int]]


@dataclass
class Counts:
    """The words and the hyphenated words of a stretch of text, lower case."""

    words: Counter[str] = field(default_factory=Counter)
    compounds: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, text: str) -> Counts:
        """Those of a text."""
        compounds = Counter(c.lower().replace("‐", "-") for c in COMPOUND.findall(text))
        return cls(Counter(w.lower() for w in WORD.findall(text)), compounds)

    def add(self, other: Counts) -> None:
        """Count another stretch as well."""
        self.words.update(other.words)
        self.compounds.update(other.compounds)


class MaskedVocabulary(Vocabulary):
    """The words of a language less those that our lists hold only because of the text at hand, and other hyphens."""

    def __init__(self, evidence: Evidence, hidden: frozenset[str], table: HyphenTable) -> None:
        self._hidden = hidden
        self._table = table
        super().__init__(evidence.languages, registers=evidence.registers)

    def hyphenated(self, first: str, second: str) -> float:
        """How probable two words are with a hyphen between them, by the table given."""
        small = first.lower(), second.lower()
        frequency = self._table.frequency(*small, *(self._tables[0][1].frequency(word) for word in small))
        return max(frequency, UNSEEN_PAIR * self.probability(first) * self.probability(second))

    def _known(self, form: str) -> float:
        return 0.0 if form.lower() in self._hidden else super()._known(form)

    def begins_word(self, beginning: str) -> bool:
        """Whether a word that is not hidden begins so."""
        found = self._tables[0][1].starting_with(beginning.lower())
        return any(word not in self._hidden for word in itertools.islice(found, 12))


def split_text(text: str) -> list[str]:
    """The folds of a text, less what is held out."""
    kept = round(len(text) * (1 - HELD_OUT))
    cuts = [round(kept * i / FOLDS) for i in range(FOLDS + 1)]
    return [text[a:b] for a, b in itertools.pairwise(cuts)]


def count_pairs(compounds: Mapping[str, int], known: Known) -> Counter[tuple[str, str]]:
    """How often two words stand with a hyphen between them."""
    pairs: Counter[tuple[str, str]] = Counter()
    for compound, number in compounds.items():
        for first, second in itertools.pairwise(compound.split("-")):
            if is_pair(first, second, known):
                pairs[first, second] += number
    return pairs


def is_pair(first: str, second: str, known: Known) -> bool:
    """Whether two lower-case parts are what a hyphen of the word holds together, and no leftover of a line's end."""
    return min(known(first), known(second)) > PART or not known(first + second)


def is_leftover(features: Features) -> bool:
    """Whether the document writes a pair closed everywhere else, more than once: a line's end once divided it."""
    return features["only joined"] > 0 and features["own joined"] > math.log1p(1)


def table_records(counts: Counts, known: Known, breaks: Breaks) -> list[tuple[str, tuple[int, int]]]:
    """The records of a hyphen table."""
    pairs = count_pairs(counts.compounds, known)
    openings: Counter[str] = Counter()
    closings: Counter[str] = Counter()
    for (first, second), number in pairs.items():
        openings[first] += number
        closings[second] += number
    broken_behind, broken_before = count_breaks(counts.words, openings, closings, breaks)
    total = counts.words.total()
    records = {"-": (pack_frequency(pairs.total() / total), 0)}
    for (first, second), number in pairs.items():
        closed = counts.words[first + second] * (1.0 if len(first) in breaks(first + second) else ANYWHERE)
        records[f"{first}-{second}"] = pack_frequency(number / total), pack_odds(_odds(number, closed))
    for first, number in openings.items():
        records[f"{first}-"] = pack_frequency(number / total), pack_odds(_odds(number, broken_behind[first]))
    for second, number in closings.items():
        records[f"-{second}"] = pack_frequency(number / total), pack_odds(_odds(number, broken_before[second]))
    return sorted(records.items())


def count_breaks(
    words: Mapping[str, int], openings: Mapping[str, int], closings: Mapping[str, int], breaks: Breaks
) -> tuple[Counter[str], Counter[str]]:
    """How often breaks inside words may follow the letters of openings, and come before those of closings."""
    behind: Counter[str] = Counter()
    before: Counter[str] = Counter()
    for word, number in words.items():
        for at in breaks(word):
            if word[:at] in openings:
                behind[word[:at]] += number
            if word[at:] in closings:
                before[word[at:]] += number
    return behind, before


def _odds(hyphens: float, breaks: float) -> float:
    return math.log((hyphens + 0.5) / (breaks + 0.5))


@dataclass(frozen=True)
class Example:
    """A divided word: whether the line's end has divided it, how many such ones it stands for, its features."""

    broken: bool
    weight: float
    features: Features


@dataclass
class Teacher:
    """Divides the words of documents and describes them."""

    language: str
    hidden: frozenset[str]
    table: HyphenTable
    breaks: Breaks
    rates: tuple[float, float]
    """How many of the breaks that are easy become examples, and of those whose halves are words."""
    random: random.Random

    def teach(self, text: str) -> Iterator[Example]:
        """Divided words of a text."""
        sizes = itertools.cycle(DOCUMENTS)
        start = 0
        while start < len(text):
            end = start + next(sizes)
            yield from self._teach_document(text[start:end])
            start = end

    def _teach_document(self, text: str) -> Iterator[Example]:
        counts = Counter(WORD.findall(text))
        languages = {self.language: 1.0}
        registers = find_registers(counts, languages)
        scorer = Scorer(Evidence(counts.total(), languages, {}, counts, registers=registers))
        scorer.vocabulary = MaskedVocabulary(scorer.evidence, self.hidden, self.table)
        own = OwnHyphens.of(text, scorer)
        yield from (Example(False, 1.0, features) for features in self._divide_compounds(text, scorer, own))
        for division, word, weight in self._divide_words(text, scorer.vocabulary):
            counts[word] -= 1  # the document does not show what its line's end divides
            yield Example(True, weight, describe(division, scorer, own, [self.table]))
            counts[word] += 1

    def _divide_compounds(self, text: str, scorer: Scorer, own: OwnHyphens) -> Iterator[Features]:
        for match in COMPOUND.finditer(text):
            parts = re.split("[-‐]", match.group())
            for i, (first, second) in enumerate(itertools.pairwise(parts)):
                small = first.lower(), second.lower()
                if not is_pair(*small, scorer.vocabulary.known):
                    continue
                shown = min(1, own.pairs["-".join(small)])
                own.add(*small, -shown, scorer)
                features = describe(Division(first, second, i > 0, i < len(parts) - 2), scorer, own, [self.table])
                if not is_leftover(features):
                    yield features
                own.add(*small, shown, scorer)

    def _divide_words(self, text: str, vocabulary: Vocabulary) -> Iterator[tuple[Division, str, float]]:
        """Words divided inside, and how many such breaks each stands for."""
        for match in WORD.finditer(text):
            word = match.group()
            cuts = self._cuts(word)
            if not cuts:
                continue
            beside = (text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])
            before, behind = (sign in ("-", "‐") for sign in beside)
            is_free = not (before or behind) or self.random.random() < IN_COMPOUNDS
            cut = self.random.choice(cuts)
            rate = self._rate(word[:cut].lower(), word[cut:].lower(), vocabulary)
            if is_free and (not beside[0] or beside[0] in BEFORE) and self.random.random() < rate:
                yield Division(word[:cut], word[cut:], before, behind), word, 1 / rate

    def _rate(self, first: str, second: str, vocabulary: Vocabulary) -> float:
        """How many of such breaks become examples."""
        if self.table.has(first, second) or not vocabulary.known(first + second):
            return 1.0
        are_words = min(map(vocabulary.known, (first, second))) > PART
        return self.rates[are_words]

    def _cuts(self, word: str) -> Sequence[int]:
        if len(word) > 5 and self.random.random() < ANYWHERE:
            return [self.random.randrange(2, len(word) - 2)]
        return self.breaks(word)


@dataclass
class Corpus:
    """The texts of a language, cut into folds, less what is held out."""

    language: str
    folds: list[list[str]]

    @classmethod
    def read(cls, folder: Path, language: str) -> Corpus:
        """Those of a folder."""
        folds: list[list[str]] = [[] for _ in range(FOLDS)]
        for path in sorted(folder.glob(f"{language}-*.txt.gz")):
            text = unicodedata.normalize("NFC", gzip.decompress(path.read_bytes()).decode("utf-8"))
            for fold, piece in zip(folds, split_text(text), strict=True):
                fold.append(piece)
        return cls(language, folds)


def save_table(records: list[tuple[str, tuple[int, int]]], path: Path) -> None:
    """Write a hyphen table."""
    marisa_trie.RecordTrie("<BB", records).save(str(path))


def find_breaks(language: str) -> Breaks:
    """The breaks that the language's patterns allow in a word of at least five letters."""
    patterns = pyphen.Pyphen(lang=PATTERNS[language])
    return cache(lambda word: tuple(patterns.positions(word)) if len(word) >= 5 else ())


def build_language(corpus: Corpus) -> list[Example]:
    """Write the table of a language, and divide its words for the model."""
    language, breaks = corpus.language, find_breaks(corpus.language)
    counts = [Counts() for _ in corpus.folds]
    for fold, texts in zip(counts, corpus.folds, strict=True):
        for text in texts:
            fold.add(Counts.of(text))
    with replacing(OUT) as folder:
        records = table_records(_sum(counts), Vocabulary({language: 1.0}).known, breaks)
        save_table(records, folder / f"{language}.trie")
    length = sum(len(text) for fold in corpus.folds for text in fold)
    share = min(1.0, MOST_TEXT / length)
    often, seldom = (min(1.0, DIVIDED * spacing / (share * length)) for spacing in SPACING)
    examples: list[Example] = []
    for number, texts in enumerate(corpus.folds):
        others = _sum(counts[:number] + counts[number + 1 :])
        table = _make_table(table_records(others, Vocabulary({language: 1.0}).known, breaks))
        hidden = _only_here(language, counts[number], others)
        teacher = Teacher(language, hidden, table, breaks, (often, seldom), random.Random(number))  # noqa: S311 - a sample
        for text in texts:
            examples += teacher.teach(text[: round(share * len(text))])
    print(f"{language}: {len(examples)} divided words, {sum(not e.broken for e in examples)} of them at hyphens")
    return examples


def _sum(counts: Sequence[Counts]) -> Counts:
    whole = Counts()
    for part in counts:
        whole.add(part)
    return whole


def _only_here(language: str, here: Counts, others: Counts) -> frozenset[str]:
    """The words that the word tables hold only because of a stretch of text."""
    general = wordfreq.get_frequency_dict(language, "large")
    return frozenset(w for w in here.words if w not in general and others.words[w] < LISTED)


def _make_table(records: list[tuple[str, tuple[int, int]]]) -> HyphenTable:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "table.trie"
        save_table(records, path)
        return HyphenTable(path)


def fit(examples: Mapping[str, list[Example]]) -> dict[str, dict[str, float]]:
    """The weights of each language, and of all others."""
    rows = [(language, example) for language, found in examples.items() for example in found]
    vectorizer = DictVectorizer()
    table = vectorizer.fit_transform(
        e.features | {f"{language}:{name}": value for name, value in e.features.items()} for language, e in rows
    )
    often = np.flatnonzero(np.asarray((table != 0).sum(axis=0)).ravel() >= LEAST_EXAMPLES)
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    model.fit(table[:, often], [e.broken for _, e in rows], sample_weight=_weights(examples))
    names = vectorizer.get_feature_names_out()[often]
    found = dict(zip(names, model.coef_[0], strict=True))
    found["bias"] += model.intercept_[0]
    shared = {name: weight for name, weight in found.items() if name.partition(":")[0] not in examples}
    weights = {ANY_LANGUAGE: shared}
    for language in examples:
        own = {n.removeprefix(f"{language}:"): w for n, w in found.items() if n.startswith(f"{language}:")}
        weights[language] = {name: shared.get(name, 0.0) + own.get(name, 0.0) for name in shared | own}
    return weights


def _weights(examples: Mapping[str, list[Example]]) -> list[float]:
    """The weight of each example: in every language as many breaks among the hyphens as most documents have."""
    weights = []
    for found in examples.values():
        breaks = sum(e.weight for e in found if e.broken)
        factor = EXPECTED / (1 - EXPECTED) * sum(e.weight for e in found if not e.broken) / breaks
        weights += [e.weight * factor if e.broken else e.weight for e in found]
    return weights


def main() -> None:
    """Build all tables and the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    corpora = parser.parse_args().corpora
    examples = {language: build_language(Corpus.read(corpora, language)) for language in PATTERNS}
    with replacing(OUT) as folder:
        for language, weights in fit(examples).items():
            save_weights(weights, folder / f"{language}.weights.trie")


if __name__ == "__main__":
    main()
