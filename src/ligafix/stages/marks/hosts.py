"""The letters of a word that could bear a mark: what the lexicons say, and the document's own words."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Set
from functools import cache, partial
from itertools import combinations

from ligafix.document import LONGEST_WORD
from ligafix.lexicon.romanization import load_romanizations
from ligafix.stages.marks.placing import Option
from ligafix.stages.marks.tables import MACRON, compose, is_usual
from ligafix.stages.marks.wording import UNKNOWN, Wording

Context = tuple[str, str]
"""The characters before and behind a word."""

_GUESS = -3.0  # log10 of the odds that a letter of an unknown word bears a mark for which nothing speaks
_CAPITAL = 2.5  # how much more likely a capital is, where only the marks of capitals stray
_UNJAPANESE = -2.0  # the same for a guess by the rules of Japanese among words that are not
_FAITH = 0.25  # how many sightings in the document the lexicon is worth
_NEXT_OF_KIN = 3  # how many sightings elsewhere one between the same characters is worth


COMMON = -2.7
"""log10 of the frequency above which a word is the, and, of, with, or one of the like."""

_UNSEEN = Counter[tuple[int, ...]]()
"""How often a word that the document has not was seen with marks."""


class Witness:
    """How the document itself writes words, with and without marks."""

    def __init__(self) -> None:
        self._seen: defaultdict[str, Counter[tuple[int, ...]]] = defaultdict(Counter)
        self._between: defaultdict[tuple[str, Context], Counter[tuple[int, ...]]] = defaultdict(Counter)

    def see(self, letters: str, bearers: tuple[int, ...], context: Context, times: int = 1) -> None:
        """Note that a word stood in the document with marks on these letters."""
        self._seen[letters.lower()][bearers] += times
        self._between[letters.lower(), context][bearers] += times

    def count(self, letters: str, context: Context) -> Counter[tuple[int, ...]]:
        """How often each way of setting marks in a word was seen, mostly between these characters."""
        seen = self._seen.get(letters.lower())
        if not seen:
            return _UNSEEN
        counts = Counter(seen)
        between = self._between.get((letters.lower(), context), _UNSEEN)
        counts.update({bearers: _NEXT_OF_KIN * n for bearers, n in between.items()})
        return counts


class Hosts:
    """The ways in which words can bear one kind of mark.

    Args:
        mark: the combining mark.
        wording: how likely words are.
        borne: how many marks of the document stand at each letter.
        only_capitals: whether only the marks of capitals stray.
    """

    def __init__(self, mark: str, wording: Wording, borne: Counter[str], *, only_capitals: bool) -> None:
        self.mark = mark
        self._wording = wording
        self._borne = borne
        self._only_capitals = only_capitals
        self.likelihoods = cache(self._likelihoods)
        self._unseen = cache(partial(self._weigh, seen={}))
        self.is_known = cache(self._is_known)
        self._custom = cache(self._find_custom)
        self.is_romanized = cache(self._is_romanized)

    def score(self, letters: str) -> float:
        """log10 of how likely a word is in its likeliest form."""
        return max(self.likelihoods(letters, japanese=True).values())

    def _is_known(self, letters: str) -> bool:
        """Whether a lexicon or the document knows a word, with any marks on it."""
        return any(self._wording.known(self.bear(letters, way)) is not None for way in ((), *self._bearers(letters)))

    def is_listed(self, letters: str) -> bool:
        """Whether a lexicon or the document knows a word as it stands."""
        return self._wording.known(letters) is not None

    def is_common(self, letters: str) -> bool:
        """Whether a word is among the most frequent of a language, and no single letter or syllable of two."""
        known = self._wording.known(letters)
        return len(letters) > 2 and known is not None and known > COMMON

    def is_commoner(self, letters: str, bearers: tuple[int, ...]) -> bool:
        """Whether a known word is commoner with marks on these letters; of words with macrons too few are known."""
        bare, marked = (self._wording.known(word) for word in (letters, self.bear(letters, bearers)))
        return self.mark == MACRON or bare is None or (marked is not None and marked > bare)

    def _is_romanized(self, letters: str) -> bool:
        """Whether the dictionaries of romanized Japanese have a word."""
        return self.mark == MACRON and load_romanizations().is_listed(letters)

    def options(self, letters: str, context: Context, witness: Witness, *, japanese: bool) -> tuple[Option, ...]:
        """The ways to set marks in a word, with probabilities that add up to one."""
        seen = witness.count(letters, context)
        return self._weigh(letters, seen, japanese=japanese) if seen else self._unseen(letters, japanese=japanese)

    def _weigh(self, letters: str, seen: Mapping[tuple[int, ...], int], *, japanese: bool) -> tuple[Option, ...]:
        """The same of a word that was seen so often in each way."""
        logs = self.likelihoods(letters, japanese=japanese)
        top = max(logs.values())
        whole = sum(10 ** (log - top) for log in logs.values())
        known = sum(seen.values()) + _FAITH
        ways = dict.fromkeys([*logs, *seen])
        shares = {way: 10 ** (logs.get(way, -99.0) - top) / whole for way in ways}
        return tuple(Option(way, math.log10((seen.get(way, 0) + _FAITH * shares[way]) / known)) for way in ways)

    def discount(self, letters: str, options: tuple[Option, ...], homes: Set[int]) -> tuple[Option, ...]:
        """The options, less likely as far as small letters bear marks from afar where only capitals' stray."""
        if not self._only_capitals:
            return options
        return tuple(
            Option(way, log - _CAPITAL * sum(not letters[i].isupper() for i in way if i not in homes))
            for way, log in options
        )

    def bear(self, letters: str, bearers: tuple[int, ...]) -> str:
        """The word with marks on the letters named."""
        for i in bearers:
            letters = letters[:i] + (compose(letters[i], self.mark) or letters[i]) + letters[i + 1 :]
        return letters

    def _likelihoods(self, letters: str, *, japanese: bool) -> dict[tuple[int, ...], float]:
        """log10 of how likely a word is with marks on none, one or several of its letters."""
        known = self._wording.known(letters)
        if len(letters) == 1 and self.mark != MACRON:
            return {way: self._wording.score(self.bear(letters, way)) for way in ((), *self._bearers(letters))}
        found: dict[tuple[int, ...], float] = {(): UNKNOWN if known is None else known}
        if len(letters) > LONGEST_WORD:
            return found
        if self.mark == MACRON:
            for bearers, log in self._romanized(letters, japanese=japanese):
                found[bearers] = max(found.get(bearers, -math.inf), log)
        for bearers in self._bearers(letters):
            likelihood = self._wording.known(self.bear(letters, bearers))
            if likelihood is None and len(bearers) == 1:
                likelihood = self._guess(letters, bearers[0], found[()])
            if likelihood is not None:
                found[bearers] = max(found.get(bearers, -math.inf), likelihood)
        return {way: log + sum(self._custom(letters[i]) for i in way) for way, log in found.items()}

    def _find_custom(self, letter: str) -> float:
        """log10 of how much rarer the document sets the mark on a letter than on one letter in twenty."""
        usual = self._borne.total() / 20 + 1
        return min(0.0, math.log10((self._borne[letter.lower()] + 1) / usual))

    def _romanized(self, letters: str, *, japanese: bool) -> Iterator[tuple[tuple[int, ...], float]]:
        romanizations = load_romanizations()
        rules_only = not romanizations.is_explained(letters)
        for long, log in romanizations.placements(letters):
            yield long, log + (_UNJAPANESE if long and rules_only and not japanese else 0.0)

    def _bearers(self, letters: str) -> Iterator[tuple[int, ...]]:
        """The single letters, and the pairs of them, that compose with the mark."""
        able = [i for i, c in enumerate(letters) if is_usual(compose(c, self.mark))]
        yield from ((i,) for i in able)
        if len(able) <= 6 and self.mark != MACRON:
            yield from combinations(able, 2)

    def _guess(self, letters: str, bearer: int, bare: float) -> float:
        """log10 of how likely a letter bears a mark for which no lexicon speaks.

        Capitals do where only their marks stray; but a word that is known, or an abbreviation, needs a document
        in which other letters bear the mark.
        """
        capital = self._only_capitals and letters[bearer].isupper()
        plain = self._wording.known(letters) is not None or letters.isupper()
        return bare + _GUESS + (_CAPITAL if capital and (self._borne or not plain) else 0.0)
