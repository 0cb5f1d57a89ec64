"""How probable it is that a line's end hyphen goes: what is known of the word, and of the document's line ends."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from ligafix.lexicon.divisions import load_divisions
from ligafix.lexicon.hyphens import load_hyphens
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.odds import to_probability
from ligafix.scoring import Scorer
from ligafix.stages.hyphens.features import RARE, Division, OwnHyphens, are_syllables, describe, is_word

SOFT = "\xad¬"
"""Marks for a hyphen that the line's end has put there, most of the time. U+FFFE stands for any at a line's end."""

SOFT_JOINS = 1.5
"""How much a soft mark speaks for joining (nats)."""

INSIDE_KEEPS = 3.0
"""How much less it does so inside a line: fonts have hyphens and dashes that extractors take for soft hyphens."""

LETTER_KEEPS = 6.0
"""How much a single letter before the hyphen speaks for keeping it (nats): no typesetter breaks a word there, nor
does one divide an abbreviation."""

CAPITAL_KEEPS = 3.0
"""How much a capital behind the hyphen speaks for keeping it (nats), beyond what the model makes of it: capitals
inside words (`McDonald`) are a matter of names, and few of them are divided there."""

CHAIN_KEEPS = 2.0
"""How much hyphens on both sides (`out-of-⏎the-way`) speak for another one between, beyond what the model says."""

SYLLABLES_KEEP = 5.0
"""How much two syllables that are no words speak for keeping the hyphen (nats), in a document that has many such pairs:
names in romanized Chinese and Korean (`Kuo-fan`, `ya-men`) are divided at their hyphens more than elsewhere."""

FEWEST_SYLLABLES = 6
"""How many different such pairs the document must have."""

EXPECTED = 0.93
"""The share of line-end hyphens that the line's end has put there, in most documents and in the model's training.

Of the words that can be divided one in thirty has a hyphen, and lines break about twice as readily there."""

EXPECTED_WEIGHT = 20.0
"""After how many line-end hyphens a document tells its own share as loudly as most documents."""

MOST_TRUST = 0.5
"""How much at most (nats) a document speaks for joining whose other hyphens are all of line ends: pairs come singly."""

LISTED = 1e-7
"""A word of another language is one at this frequency: names and misspellings are rarer."""

_ROUNDS = 5
_MOST = 30.0


class Weigher:
    """Weighs divided words by the words of a document's languages and by the document itself."""

    def __init__(self, text: str, scorer: Scorer) -> None:
        self.own = OwnHyphens.of(text, scorer)
        self._scorer = scorer
        self._seen: dict[tuple[Division, int], float] = {}
        self._shift = 0.0
        self._soft_shift = SOFT_JOINS

    def learn(self, divisions: Iterable[tuple[Division, str, Scorer]]) -> None:
        """Learn from all divided words of the document which share of them the line's end has divided.

        A layout that never breaks words makes every hyphen at a line's end a real one, and fonts have real hyphens that
        extractors take for soft ones.

        Args:
            divisions: the words, the mark in each, and the scorer for its place.
        """
        odds: tuple[list[float], list[float]] = [], []
        for division, mark, scorer in divisions:
            odds[mark in SOFT].append(self._log_odds(division, scorer))
        hard, soft = odds
        self._shift = _learn_shift(hard)
        self._soft_shift = SOFT_JOINS + min(0.0, _learn_shift(soft))

    def join(self, division: Division, mark: str, scorer: Scorer) -> float:
        """How probable it is that the word is written without a hyphen."""
        if mark not in SOFT:
            return to_probability(self._log_odds(division, scorer) + self._shift, _MOST)
        odds = self._log_odds(division, scorer) + self._soft_shift - INSIDE_KEEPS * division.inside
        return to_probability(odds, _MOST)

    def _log_odds(self, division: Division, scorer: Scorer) -> float:
        key = division, id(scorer)
        if key not in self._seen:
            if _is_foreign(division, scorer):
                scorer = scorer.in_language(scorer.vocabulary.home_of(division.joined))
            languages = scorer.evidence.languages
            tables = [table for code in languages if (table := load_hyphens(code))]
            model = load_divisions(next(iter(languages)))
            odds = model.log_odds(describe(division, scorer, self.own, tables))
            keeps = SYLLABLES_KEEP * _are_own_syllables(division, self.own, scorer)
            self._seen[key] = odds - _never_broken(division, scorer) - keeps
        return self._seen[key]


def _learn_shift(odds: Sequence[float]) -> float:
    """How much likelier (nats) than in most documents words are joined, of which the words themselves say this.

    The share of those that are is the most probable one (expectation maximisation) under a beta prior.
    """
    shift, usual = 0.0, math.log(EXPECTED / (1 - EXPECTED))
    for _ in range(_ROUNDS):
        broken = EXPECTED * EXPECTED_WEIGHT + sum(to_probability(o + shift, _MOST) for o in odds)
        real = (1 - EXPECTED) * EXPECTED_WEIGHT + sum(to_probability(-o - shift, _MOST) for o in odds)
        shift = min(MOST_TRUST, math.log(broken / real) - usual)
    return shift


def _never_broken(division: Division, scorer: Scorer) -> float:
    """What speaks for the hyphen (nats) wherever no line's end would divide a word."""
    is_letter = len(division.left) == 1 and not _has_lost_at_seam(division, scorer)
    is_whole = is_letter or _are_abbreviations(division, scorer)
    is_chained = division.before and division.behind
    return LETTER_KEEPS * is_whole + CAPITAL_KEEPS * division.is_camel + CHAIN_KEEPS * is_chained


def _are_own_syllables(division: Division, own: OwnHyphens, scorer: Scorer) -> bool:
    """Whether the parts are syllables, as the document has between hyphens."""
    return own.syllables >= FEWEST_SYLLABLES and are_syllables(division.left, division.right, scorer)


def _are_abbreviations(division: Division, scorer: Scorer) -> bool:
    """Whether a mark inside a line stands between abbreviations: capitals that are no word together."""
    return division.inside and division.left.isupper() and division.right.isupper() and not is_word(division, scorer)


def _has_lost_at_seam(division: Division, scorer: Scorer) -> bool:
    """Whether a ligature at the seam may have gone with the letters before the hyphen (`o-⏎cial`, official)."""
    if scorer.vocabulary.known(division.right) > RARE:
        return False
    whole = {division.left + ligature + division.right for ligature in LIGATURES}
    return any(reading.text in whole for reading in scorer.readings(division.joined))


def _is_foreign(division: Division, scorer: Scorer) -> bool:
    """Whether the joined word is one of another language only, and its halves are no pair of this one."""
    known = scorer.vocabulary.known
    is_here = is_word(division, scorer) or min(known(division.left), known(division.right)) > RARE
    return not is_here and not division.is_camel and scorer.vocabulary.frequency_abroad(division.joined) > LISTED
