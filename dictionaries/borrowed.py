"""What a trigram model of a far larger text says about pairs of words, in the features of the context model.

The logarithm of what it says about a place is a sum over the word before, the two words before, the word behind, the
two words behind and the words on both sides, and these are features of a place. So nothing is lost, and nothing has to
be asked of the trigram model when a text is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from regressions import CERTAIN, Floats, Ints, Regression, Rows, add_up
from trigrams import Opinion, Trigrams

from ligafix.lexicon.context.features import multipliers
from ligafix.lexicon.context.tokens import normal_form, tokenize
from ligafix.lexicon.ligatures import LIGATURE

LEARNT, BORROWED_BOTH, LISTED = 0.78, 0.45, 0.25
"""How much the two opinions count where the trigram model knows both words, our own and its, and how much more (nats)
there is to be said for a reading then. Fitted on one half of the held-out text, and no worse on the other."""
BORROWED_ALONE = 0.8
"""How much the trigram model counts where it knows the reading only, beside the whole of our own."""
SENTENCE_ENDS = ".!?;:"
"""The signs that stand for the trigram model's marks of a sentence, which knows no signs itself."""
TRANSPARENT_SIGN = ","
"""The word on the other side of it counts as if it were next."""
SILENT_SIGNS = ",\"()[]-'"
"""Behind these the trigram model has nothing to say."""


def drop(word: str) -> str:
    """A word without its ligatures."""
    return LIGATURE.sub("", word)


class Borrowed:
    """What a trigram model says about words, as regressions over the features of a place.

    Args:
        model: the trigram model.
        numbers: the words of the vocabulary by their normal forms.
    """

    def __init__(self, model: Trigrams, numbers: Mapping[str, int]) -> None:
        self._model = model
        self._vocabulary = numbers
        self._words = np.full(len(model.words), -1)
        self._halves = np.full((len(model.words), 2), -1)  # don't is two tokens, don and 't
        for word, text in enumerate(model.words):
            found = [numbers.get(normal_form(token), -1) for token in tokenize(text)]
            if len(found) == 1:
                self._words[word] = found[0]
            elif len(found) == 2 and min(found) >= 0:
                self._halves[word] = found
        self._shares = self._share_numbers()
        self._ends = [numbers[sign] for sign in SENTENCE_ENDS if sign in numbers]
        self._marks = {side: model.numbers.get(mark, -1) for side, mark in (("l", "<s>"), ("r", "</s>"))}
        self._signs = [numbers[sign] for sign in SILENT_SIGNS if sign in numbers]
        self._of_word: dict[str, Regression | None] = {}

    def lend(self, learnt: Mapping[str, Regression], readings: Mapping[str, Sequence[str]]) -> dict[str, Regression]:
        """What was learnt about pairs, with the model's opinion, and what it knows about other pairs.

        Args:
            learnt: what was learnt, by `form reading`.
            readings: the forms that are words, with their readings.
        """
        pairs = {f"{form} {reading}": (form, reading) for form, found in readings.items() for reading in found}
        pairs |= {f"{drop(word)} {word}": (drop(word), word) for word in self._readings()}
        lent: dict[str, Regression] = {}
        for pair, (form, reading) in sorted(pairs.items()):
            own, parts = learnt.get(pair), self._compare(form, reading)
            listed = len(parts) > 1
            if own:
                parts.append((LEARNT if listed else 1.0, own))
            if listed:
                parts.append((LISTED, CERTAIN))
            if parts:
                lent[pair] = add_up(parts)
        return lent

    def _readings(self) -> list[str]:
        """The model's words that are another of its words without their ligatures."""
        known = self._model.numbers
        return [word for word in self._model.words if word.isalpha() and drop(word) != word and drop(word) in known]

    def _compare(self, form: str, reading: str) -> list[tuple[float, Regression]]:
        """What speaks for a reading against the form, or against any other word if the model lacks the form."""
        own, others = self._about(reading), self._about(form)
        if own is None:
            return []
        return [(BORROWED_ALONE, own)] if others is None else [(BORROWED_BOTH, own), (-BORROWED_BOTH, others)]

    def _share_numbers(self) -> Floats:
        """Of all words with the same number, the share that each has in running text: the fist in `st`."""
        known = self._words >= 0
        frequencies = np.where(known, np.exp(self._model.alone), 0.0)
        totals = np.bincount(self._words[known], frequencies[known])
        return np.asarray(np.where(known, frequencies / np.maximum(totals[self._words], 1e-30), 0.0))

    def _about(self, word: str) -> Regression | None:
        if word not in self._of_word:
            number = self._model.numbers.get(word)
            self._of_word[word] = None if number is None else self._translate(self._model.opinion(number))
        return self._of_word[word]

    def _translate(self, opinion: Opinion) -> Regression:
        """An opinion in features; several words with one number count by their shares."""
        silent = np.array(self._signs, np.int64)
        parts = [
            *self._near("l", *opinion.before),
            *self._near("r", *opinion.behind),
            (_features("r1.word", silent), np.full(len(silent), -opinion.always)),  # behind it the model sees nothing
            self._two("l2.word l1.word", *opinion.two_before),
            self._two("r1.word r2.word", *opinion.two_behind),
            self._two("l1.word r1.word", *opinion.both),
        ]
        names, places = np.unique(np.concatenate([features for features, _ in parts]), return_inverse=True)
        weights = np.bincount(places, np.concatenate([weights for _, weights in parts]), len(names))
        return Regression(opinion.always, names, weights.astype(np.float64))

    def _near(self, side: str, words: Ints, weights: Floats) -> Iterator[tuple[Rows, Floats]]:
        """The features of the word on one side: as one token, as two, and beyond a comma."""
        rows, numbers, shares = self._number(words, self._marks[side])
        single = np.bincount(numbers, weights[rows] * shares, max(self._vocabulary.values()) + 1)
        yield _features(f"{side}1.word", numbers), weights[rows] * shares
        halved = np.flatnonzero(self._halves[words, 0] >= 0)
        first, second = self._halves[words[halved]].T
        template = "l2.word l1.word" if side == "l" else "r1.word r2.word"
        yield _features(template, first, second), weights[halved] - single[second if side == "l" else first]
        sign = np.full(len(numbers), self._vocabulary[TRANSPARENT_SIGN])
        beyond = (numbers, sign) if side == "l" else (sign, numbers)
        yield _features(template, *beyond), weights[rows] * shares

    def _two(self, template: str, first: Ints, second: Ints, weights: Floats) -> tuple[Rows, Floats]:
        """The features of two words."""
        left, right = template.split()
        rows, numbers, shares = self._number(first, self._marks[left[0]])
        others, other_numbers, other_shares = self._number(second[rows], self._marks[right[0]])
        return (
            _features(template, numbers[others], other_numbers),
            weights[rows][others] * shares[others] * other_shares,
        )

    def _number(self, words: Ints, mark: int) -> tuple[Ints, Ints, Floats]:
        """The numbers of words: which word, its number, its share in that. A mark has those of all sentence ends."""
        known = np.flatnonzero(self._words[words] >= 0)
        ends = np.flatnonzero(words == mark)
        rows = np.concatenate([known, np.repeat(ends, len(self._ends))])
        numbers = np.concatenate([self._words[words[known]], np.tile(self._ends, len(ends))])
        shares = np.concatenate([self._shares[words[known]], np.ones(len(ends) * len(self._ends))])
        return rows, numbers.astype(np.int64), shares


def _features(template: str, *numbers: Ints) -> Rows:
    """The features of a template for words by their numbers, one for each row."""
    start, *factors = multipliers(template)
    features = np.full(len(numbers[0]), start, np.uint64)
    for factor, column in zip(factors, numbers, strict=True):
        features += np.uint64(factor) * column.astype(np.uint64)
    return features
