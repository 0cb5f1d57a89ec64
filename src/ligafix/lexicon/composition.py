"""Words that no list holds, read through their parts.

A known ending on a known stem (`identiability`), a prefix before a known word (`hyperossied`), two words in one
(`Stogeschichte`); each part as it stands, or restored. Where a language likes to build words from words, the second
part may itself be built (`Fischerschichen`), and a ligature may be lost that joins two parts (`hinauaufen`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from ligafix.lexicon.affixes import Affixes
from ligafix.lexicon.alignment import Loss, align
from ligafix.lexicon.skeleton import skeleton
from ligafix.lexicon.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a damaged form.

    `probability` is the relative frequency of the text that is read, before anything is known about the place
    (tokens per token); `losses` says for each damaged place how it can have come about; `composed` that no list
    holds the word, only its parts.
    """

    text: str
    probability: float
    losses: tuple[tuple[Loss, ...], ...]
    composed: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a word: as it stands, or restored; `lower` is how often the word is written small."""

    text: str
    probability: float
    losses: tuple[tuple[Loss, ...], ...]
    lower: float


def find_compositions(form: str, words: Words, affixes: Affixes) -> Iterator[Reading]:
    """Readings of a form through its parts."""
    parts = _Parts(words, affixes)
    is_small = form[0].islower()
    for part in chain(parts.prefixed(form), parts.suffixed(form), parts.stressed(form)):
        fits = _fits(part, is_small=is_small, is_nominal=True) if affixes.nouns_are_capital else 1.0
        yield Reading(part.text, fits * part.probability, part.losses)
    for part in parts.compounds(form):
        fits = _fits(part, is_small=is_small, is_nominal=affixes.nouns_are_capital)
        yield Reading(part.text, fits * part.probability, part.losses)


def _fits(part: _Part, *, is_small: bool, is_nominal: bool = False) -> float:
    """How often a word is written as the form is, small or with a capital; where it may always be a noun, not never."""
    return part.lower if is_small else max(1 - part.lower, NOMINAL if is_nominal else 0.0)


NOMINAL = 0.05
"""How often any verb or adjective stands as a noun, or opens a sentence, in languages where nouns have a capital."""

SHORT_PART, RESTORED_PART, SURE_PART = 1e-6, 1e-7, 3e-6
"""How frequent a part of three letters has to be (ten times that where words are readily built), a restored one of up
to five, and one of which two letters are left: among short forms are names and abbreviations of all kinds."""

LEAST_LEFT_SMALL = 5
"""How many letters are left at least of a last part that is no noun: hüstel-nde is not find, motiv-irt not flirt."""

SHORTEST_REST = 2
"""How many letters of a damaged part there are at least: the ug of Taubenflug. Where compounds are rare, one more."""

DEEP_REST = 7
"""How many letters there are at least of what is read as two words itself."""

SIBILANTS = ("s", "ß", "x", "z")
"""What ends in these takes no s before the next part: Genuß-sucht, never Genuß-s-ucht."""

_STRESSED = re.compile("[àèìòùáéíóú]")

LEADS = ("f", "i", "l", "fi", "fl")
"""What a ligature begins with that is lost together with the f before it, the end of another part: auf-laufen."""


class _Parts:
    """The parts of one form, each looked up once."""

    def __init__(self, words: Words, affixes: Affixes) -> None:
        self._words = words
        self._affixes = affixes
        self._listed: dict[str, list[_Part]] = {}
        self._built: dict[str, list[_Part]] = {}

    def listed(self, form: str) -> list[_Part]:
        """The words that a part of a form can be."""
        if form not in self._listed:
            self._listed[form] = list(self._look_up(form))
        return self._listed[form]

    def _look_up(self, form: str) -> Iterator[_Part]:
        words, small = self._words, form.lower()
        frequency = words.frequency(small)
        if frequency:
            yield _Part(form, frequency, (), words.lower_share(small))
        for word in words.with_skeleton(skeleton(small)):
            aligned = align(form, word)
            if aligned is not None:
                yield _Part(aligned.restored, words.frequency(word), aligned.losses, words.lower_share(word))

    def _rest(self, form: str, *, deep: bool) -> list[_Part]:
        """What may stand behind another part: a word, or where the language likes to build, one with a suffix.

        With `deep` set also two words in one.
        """
        found = self.listed(form)
        if found or not self._affixes.nests:
            return found
        if form not in self._built:
            self._built[form] = list(self.suffixed(form))
        found = self._built[form]
        return found or (list(self.compounds(form, deep=False)) if deep else [])

    def prefixed(self, form: str) -> Iterator[_Part]:
        """Words behind a prefix."""
        small = form.lower()
        for prefix, rate in self._affixes.prefixes_of(small):
            head = form[: len(prefix)]
            for rest in self._rest(form[len(prefix) :], deep=False):
                yield _Part(head + rest.text, rate * rest.probability, rest.losses, rest.lower)
        if not self._affixes.nests:
            return
        for prefix, rate in self._affixes.prefixes_before_f(small):
            end = len(prefix) - 1
            for rest in self._after_f(form, end):
                yield _Part(rest.text, rate * rest.probability, rest.losses, rest.lower)

    def _after_f(self, form: str, end: int) -> Iterator[_Part]:
        """The readings of a form whose first part, of which so many letters stand, has lost its f to a ligature."""
        for lead in LEADS:
            for rest in self._rest(lead + form[end:], deep=False):
                text = form[:end] + "f" + rest.text
                is_whole = not rest.losses and len(rest.text) > 3
                aligned = align(form, text.lower()) if is_whole else None
                if aligned is not None:
                    yield _Part(aligned.restored, rest.probability, aligned.losses, rest.lower)

    def suffixed(self, form: str) -> Iterator[_Part]:
        """Words with another ending."""
        for suffix, stem_endings, rate, is_noun in self._affixes.suffixes_of(form.lower()):
            stem = form[: len(form) - len(suffix)]
            for ending in stem_endings:
                for part in self.listed(stem + ending):
                    if part.text.endswith(ending) and self._is_stem(part, len(stem + ending)):
                        text = part.text[: len(part.text) - len(ending)] + form[len(stem) :]
                        lower = 0.0 if is_noun else part.lower
                        yield _Part(text, rate * part.probability, part.losses, lower)
        if self._affixes.nests:
            yield from self._suffixed_behind_f(form)

    def _suffixed_behind_f(self, form: str) -> Iterator[_Part]:
        """Words whose last f went with the first letter of the ending: hülosen, hülflosen; knopgen, knopfigen."""
        words, small = self._words, form.lower()
        for suffix, stem_endings, rate, is_noun in self._affixes.suffixes_behind_f(small):
            for stem in (small[: len(small) - len(suffix) + 1] + run for run in ("f", "ff")):
                for word in (stem + ending for ending in stem_endings):
                    frequency = words.frequency(word)
                    aligned = align(form, stem + suffix) if frequency and len(word) > 3 else None
                    if aligned is not None:
                        lower = 0.0 if is_noun else words.lower_share(word)
                        yield _Part(aligned.restored, rate * frequency, aligned.losses, lower)

    def stressed(self, form: str) -> Iterator[_Part]:
        """Words whose stress is marked where it need not be: pacìca, pacìfica. One mark is looked at."""
        rate = self._affixes.stressed_rate
        marked = _STRESSED.search(form, 0, len(form) - 1) if rate else None
        if marked is None:
            return
        at, letter = marked.start(), unicodedata.normalize("NFD", marked[0])[0]
        for part in self.listed(form[:at] + letter + form[at + 1 :]):
            for place in (n for n, other in enumerate(part.text) if other == letter):
                text = part.text[:place] + marked[0] + part.text[place + 1 :]
                aligned = align(form, text.lower())
                if aligned is not None if part.losses else text == form:
                    yield _Part(text, rate * part.probability, part.losses, part.lower)
                    break

    def _is_second(self, part: _Part, left: int) -> bool:
        """The same of the last part: that verbs are none, only adjectives and participles tell, which are longer."""
        is_verb = self._affixes.nests and part.losses and part.lower > 0.5 and left < LEAST_LEFT_SMALL
        return not is_verb and self._is_part(part, left)

    def _is_stem(self, part: _Part, left: int) -> bool:
        return not (self._affixes.nests and part.losses) or self._is_part(part, left)

    def _is_part(self, part: _Part, left: int) -> bool:
        """Whether a word may be a part, of which so many letters are left."""
        letters, nests = len(part.text), self._affixes.nests
        least = 0.0
        if letters == 3:
            least = SHORT_PART * (10 if nests else 1)
        elif nests and part.losses:
            least = SURE_PART if left < 3 else RESTORED_PART if letters <= 5 else 0.0
        return letters >= 3 and part.probability > least

    def compounds(self, form: str, *, deep: bool = True) -> Iterator[_Part]:
        """Two words in one, or with `deep` set three."""
        affixes = self._affixes
        if not affixes.compound_rate:
            return
        small = form.lower()
        beginnings = self._words.beginnings(small) if len(small) == len(form) else range(len(form) + 1)
        shortest = SHORTEST_REST if affixes.nests else SHORTEST_REST + 1
        for end in range(shortest, len(form) - shortest + 1):
            if affixes.nests and self._words.frequency(small[:end] + "f") > SHORT_PART:
                yield from self._joined_by_f(form, end)
            if end not in beginnings:
                continue
            for link in affixes.links:
                split = end + len(link)
                if split > len(form) - shortest or not small.startswith(link, end):
                    continue
                if link.startswith("s") and small.endswith(SIBILANTS, 0, end):
                    continue
                yield from self._joined(form, end, split, deep=deep)

    def _joined_by_f(self, form: str, end: int) -> Iterator[_Part]:
        """A word that ends in f, of which the letters up to `end` stand, and another word."""
        first = self._affixes.compound_rate * self._words.frequency(form[:end].lower() + "f")
        for part in self._after_f(form, end):
            yield _Part(part.text, first * part.probability, part.losses, part.lower)

    def _joined(self, form: str, end: int, split: int, *, deep: bool) -> Iterator[_Part]:
        """A word up to `end`, a link, and another word from `split`."""
        rate, link = self._affixes.compound_rate, form[end:split]
        firsts = [first for first in self.listed(form[:end]) if self._is_part(first, end)]
        rest = len(form) - split
        deep = deep and rest >= DEEP_REST
        seconds = [s for s in self._rest(form[split:], deep=deep) if self._is_second(s, rest)] if firsts else []
        for first in firsts:
            for second in seconds:
                chance = rate * first.probability * second.probability
                losses = (*first.losses, *second.losses)
                yield _Part(first.text + link + second.text, chance, losses, second.lower)
