"""The one scorer: weighs the readings of a place and says how probable each is.

    score(reading) = how likely the text is × how likely this document's channel turned it into what we see

The likelihood of the text is the word's frequency in the languages of the place, or in the document itself where
it stands intact there, times what its neighbours say.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from ligafix.changes import Candidate
from ligafix.document import LETTERS
from ligafix.evidence import Evidence
from ligafix.lexicon import load_context, load_languages
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.context import tokenize
from ligafix.lexicon.readings import Vocabulary
from ligafix.lexicon.skeleton import LIGATURES

OWN_WORDS = 0.3
"""How much a document's own spelling counts against the general frequency of a word."""

HYPHEN_OWN_WORDS = 1.0
"""The same for the choice between a joined and a hyphenated spelling."""

COMMON = 1e-7
"""A word this frequent is one for sure."""

FOREIGN_PASSAGE = 1e-3
"""How probable it is beforehand that a place is in a language that the document as a whole is not in."""

NEVER = 1e-5
"""A reading that is less probable than this before its neighbours are asked is not looked at any more."""


DOUBT = 1e-5
"""A form is never less probable as it stands than this share of its best reading: our lists are not the language."""


_WORD = re.compile(rf"[{LETTERS}]+")

UNHEARD = 1e-12
"""The probability of a word of which nothing is known at all."""


NEGLIGIBLE = 0.2
"""Odds below which nothing is even suggested."""


@dataclass(frozen=True, slots=True)
class Place:
    """A form where it stands: the text before it and behind it, and the words that a hyphen joins to it ('' for
    none)."""

    form: str
    left: str = ""
    right: str = ""
    before: str = ""
    behind: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reading of a form before its neighbours are asked: its text, log weight (nats) and losses."""

    text: str
    weight: float
    losses: tuple[Loss, ...] = ()


class Scorer:
    """Weighs readings by what one document tells about itself."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._of_languages = lru_cache(maxsize=64)(Vocabulary)
        self.vocabulary = Vocabulary(evidence.languages)
        self.readings = lru_cache(maxsize=1 << 18)(lambda form: self._readings(form, self.vocabulary))
        self.loses_anything = any(e.lost * (1 / DOUBT) > NEGLIGIBLE for e in evidence.losses.values())
        """Whether the channel loses enough of any ligature for the best reading of a form to count."""
        self._contexts = [
            (share, model)
            for code, share in evidence.languages.items()
            if self.loses_anything and (model := load_context(code)) is not None
        ]
        self._elsewhere = lru_cache(maxsize=1 << 14)(self._readings_elsewhere)

    def weigh(self, place: Place) -> tuple[Candidate, ...]:
        """The readings of a form at a place, the most probable first. They sum to 1."""
        language = self._foreign_language(place)
        readings = self._elsewhere(place.form, language) if language else self.readings(place.form)
        if place.before or place.behind:
            readings = [self._beside_hyphen(place, reading) for reading in readings]
        elif readings and not language:
            readings = self._in_context(place, readings)
        return _normalise(readings)

    def _in_context(self, place: Place, readings: Sequence[Weighed]) -> list[Weighed]:
        """Readings weighed by the words around the place."""
        left, right = tokenize(place.left), tokenize(place.right)
        weighed = list(readings)
        for share, model in self._contexts:
            odds = model.log_odds(left, right, place.form, [r.text for r in readings])
            weighed = [replace(r, weight=r.weight + share * o) for r, o in zip(weighed, odds, strict=True)]
        return weighed

    def _beside_hyphen(self, place: Place, reading: Weighed) -> Weighed:
        """A reading weighed by how often it stands with a hyphen beside these words."""
        weight = reading.weight
        alone = max(UNHEARD, self.vocabulary.probability(reading.text))
        for first, second in (
            (self._best(place.before), reading.text),
            (reading.text, self._best(place.behind)),
        ):
            if first and second:
                pair = max(UNHEARD**2, self.vocabulary.hyphenated(first, second))
                weight += math.log(pair / alone)
        return replace(reading, weight=weight)

    def _best(self, form: str) -> str:
        """The most probable reading of a form by itself."""
        readings = self.readings(form)
        return max(readings, key=lambda r: r.weight).text if readings else form

    def form_probability(self, form: str) -> float:
        """How probable a form is in this document, damaged or not (tokens per token)."""
        readings = self.readings(form)
        if readings:
            return sum(math.exp(r.weight) for r in readings)
        return self.vocabulary.probability(form)

    def joined_probability(self, first: str, second: str) -> float:
        """How probable two parts are as one word (tokens per token).

        Where no list holds the word but both parts are words, most languages would rather hyphenate.
        """
        joined = first + second
        known = self.vocabulary.known
        if known(joined) or self.readings(joined) or min(known(first), known(second)) < COMMON:
            return self.form_probability(joined)
        return self.vocabulary.closed_compounds * self.form_probability(joined)

    def hyphenated_probability(self, first: str, second: str) -> float:
        """How probable two words are with a hyphen between them (tokens per token)."""
        return self.vocabulary.hyphenated(first, second)

    def losses(self, form: str, text: str) -> tuple[Loss, ...]:
        """The losses by which a form came from a reading."""
        return next((r.losses for r in self.readings(form) if r.text == text), ())

    def _readings_elsewhere(self, form: str, language: str) -> tuple[Weighed, ...]:
        return self._readings(form, self._vocabulary_of(language))

    def _vocabulary_of(self, language: str) -> Vocabulary:
        return self._of_languages(
            _Shares({language: 0.95, **{c: 0.05 for c in list(self.evidence.languages)[:1]}})
        )

    def _readings(self, form: str, vocabulary: Vocabulary) -> tuple[Weighed, ...]:
        """The form itself, then what it may have been; nothing where there is no choice."""
        found = vocabulary.readings(form)
        if not found:
            return ()
        doubt = DOUBT * found[0].probability
        if found[0].composed:
            doubt = max(doubt, vocabulary.coinage)
        likely = max(doubt, self._probability(form, vocabulary.probability(form)))
        own = Weighed(form, math.log(likely) + self._kept(form))
        readings = [own]
        for reading in found:
            losses = tuple(max(ways, key=self.evidence.lost) for ways in reading.losses)
            channel = sum(math.log(self.evidence.lost(loss)) for loss in losses)
            likely = self._probability(reading.text, reading.probability)
            if likely > 0:
                readings.append(Weighed(reading.text, math.log(likely) + channel, losses))
        top = max(r.weight for r in readings)
        kept = [r for r in readings[1:] if r.weight > top + math.log(NEVER)]
        return (own, *kept) if kept else ()

    def _probability(self, text: str, general: float) -> float:
        """The frequency of a reading: in the language at large, or here, where the document has it intact."""
        here = self.evidence.vocabulary.get(text, 0) if _has_ligature(text) else 0
        return max(general, OWN_WORDS * here / max(1000, self.evidence.words))

    def _kept(self, form: str) -> float:
        """The log probability that the channel left the ligatures of a form alone."""
        return sum(
            math.log1p(-min(0.999, self.evidence.lost(Loss(lig, "")))) for lig in LIGATURES if lig in form
        )

    def _foreign_language(self, place: Place) -> str:
        """The language of a place, if it is none of the document's own; '' otherwise."""
        scores = load_languages().scores(
            word.lower() for word in _WORD.findall(place.left + " " + place.right)
        )
        own = max((scores.get(c, 0.0) + math.log(s) for c, s in self.evidence.languages.items()), default=0.0)
        others = [
            (s + math.log(FOREIGN_PASSAGE), c) for c, s in scores.items() if c not in self.evidence.languages
        ]
        score, language = max(others, default=(0.0, ""))
        return language if score > max(own, 0.0) else ""


class _Shares(dict[str, float]):
    """Languages and shares as a key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(self.items()))


def _has_ligature(text: str) -> bool:
    return any(ligature in text for ligature in LIGATURES)


def _normalise(readings: Sequence[Weighed]) -> tuple[Candidate, ...]:
    if not readings:
        return ()
    top = max(r.weight for r in readings)
    weights = [math.exp(r.weight - top) for r in readings]
    whole = sum(weights)
    found = [Candidate(r.text, w / whole) for r, w in zip(readings, weights, strict=True)]
    return tuple(sorted(found, key=lambda c: (-c.probability, c.text)))


def shares_of(languages: Mapping[str, float]) -> Mapping[str, float]:
    """Languages and their shares, as something that can be a key."""
    return _Shares(languages)
