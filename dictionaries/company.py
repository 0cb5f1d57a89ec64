"""What the words beside a word tell about it, counted and smoothed: for words with few examples.

A word is known by the company it keeps (Firth 1957). How much oftener than by chance each word stands on either side of
it is estimated by a Dirichlet prior: first for the classes of words, then for the words themselves, each leaning on the
word's kin (affirma on affirmait, affirmer), and these on the whole text. Where a class or word was never seen beside a
frequent word that says much; a penalized regression says little there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from regressions import Floats, Ints, Regression, Rows, add_up

from ligafix.lexicon.context.features import multipliers
from ligafix.lexicon.ligatures import LIGATURE

BOTH_LEARNT, BOTH_COUNTED, COUNTED_ALONE = 0.7, 0.5, 0.4
"""How much the learnt opinion and the counted one count where there are both, and the counted one alone: there it has
few examples. Measured on held-out Italian and French novels."""

SHORTEST_STEM, PART_OF_STEM = 4, 5
"""Kin have at least so many first letters in common, and the ligature; a letter more if they are fewer than that."""

NEVER_SEEN = 0.5
"""How many words that were never seen count like one that was seen once."""

Kin = tuple[frozenset[str], frozenset[str]]
"""Forms, and their readings, of one stem."""


def find_kin(readings: Mapping[str, Sequence[str]]) -> dict[str, Kin]:
    """The kin of each reading with its stem."""
    forms, others = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for form, found in readings.items():
        for reading in found:
            forms[_stem(reading)].add(form)
            others[_stem(reading)].add(reading)
    return {stem: (frozenset(forms[stem]), frozenset(others[stem])) for stem in forms if stem}


def _stem(reading: str) -> str:
    """The letters up to the first ligature, or some more; '' for shorter words."""
    match = LIGATURE.search(reading)
    end = match.end() if match else 0
    size = max(SHORTEST_STEM, end + (end < PART_OF_STEM))
    return reading[:size] if end and len(reading) >= size else ""


@dataclass
class Company:
    """What stands beside words.

    Attributes:
        text: the text as numbers of words, -1 between documents.
        classes: the class of each word.
        places: where each of the words stands that are asked about.
        kin: words of one stem.
    """

    text: Ints
    classes: Ints
    places: Mapping[str, Ints]
    kin: Mapping[str, Kin]
    _known: dict[tuple[str, frozenset[str]], Regression | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        counts = np.bincount(self.text[self.text >= 0], minlength=len(self.classes)) + 0.1
        self._chances: Floats = counts / counts.sum()
        self._class_chances: Floats = np.bincount(self.classes, self._chances).astype(float)
        self._within: Floats = self._chances / self._class_chances[self.classes]

    def compare(self, form: str, reading: str) -> list[tuple[float, Regression]]:
        """What speaks for a reading and, if it is a word, against the form; nothing where the text has no such word."""
        forms, readings = self.kin.get(_stem(reading), (frozenset(), frozenset()))
        own, others = self._about(reading, readings - {reading}), self._about(form, forms - {form})
        if own is None:
            return []
        return [(1.0, own)] if others is None else [(1.0, own), (-1.0, others)]

    def _about(self, word: str, kin: frozenset[str]) -> Regression | None:
        """An estimate of ln(P(neighbours | word) / P(neighbours))."""
        if (word, kin) not in self._known:
            groups = [np.concatenate([self._of(w) for w in sorted(group)] or [self._of("")]) for group in (kin, {word})]
            groups = [group for group in groups if len(group)]
            self._known[word, kin] = self._estimate(groups) if groups else None
        return self._known[word, kin]

    def _of(self, word: str) -> Ints:
        return self.places.get(word, np.zeros(0, np.int64))

    def _estimate(self, groups: Sequence[Ints]) -> Regression:
        return add_up([(1.0, part) for n, side in ((-1, "l1"), (1, "r1")) for part in self._beside(groups, n, side)])

    def _beside(self, groups: Sequence[Ints], distance: int, side: str) -> Iterator[Regression]:
        """What the class of the word on one side says, then how much more that word itself says.

        What most classes say, those never seen there, is said once for all.
        """
        counts = [self._count(places + distance) for places in groups]
        classes = self._class_chances
        for found in counts:
            classes = _smooth(np.bincount(self.classes, found, len(classes)).astype(float), classes)
        words = classes[self.classes] * self._within
        for found in counts:
            words = _smooth(found, words)
        said = np.log(words / self._chances)
        seen = np.flatnonzero(sum(counts))
        unseen = np.setdiff1d(np.arange(len(said)), seen)
        by_class = _mean_by(self.classes, said, unseen)
        usual = float(np.median(by_class))
        yield Regression(usual, _features(f"{side}.class", np.arange(len(by_class))), by_class - usual)
        yield Regression(0.0, _features(f"{side}.word", seen), (said - by_class[self.classes])[seen])

    def _count(self, places: Ints) -> Floats:
        words = self.text[places]
        return np.bincount(words[words >= 0], minlength=len(self.classes)).astype(float)


def _smooth(counts: Floats, expected: Floats) -> Floats:
    """Shares that lean on expected ones as much as there is that was seen only once (Good 1953)."""
    firmness = np.count_nonzero(counts == 1) + NEVER_SEEN
    return np.asarray((counts + firmness * expected) / (counts.sum() + firmness))


def _mean_by(classes: Ints, values: Floats, chosen: Ints) -> Floats:
    """The mean of the chosen values by class, 0 for a class without."""
    size = int(classes.max()) + 1
    sums = np.bincount(classes[chosen], values[chosen], size)
    return np.asarray(sums / np.maximum(1, np.bincount(classes[chosen], minlength=size)))


def _features(template: str, numbers: Ints) -> Rows:
    start, factor = multipliers(template)
    return np.uint64(start) + np.uint64(factor) * numbers.astype(np.uint64)
