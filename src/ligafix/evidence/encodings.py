"""What codes mean elsewhere: the known encodings, and what they make of a document's signs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from itertools import compress, repeat
from operator import add, sub
from types import MappingProxyType

from ligafix.evidence.meanings import ANY, ITSELF, MARKS, MEANINGS, NUMBERS, CodeEvidence
from ligafix.evidence.sightings import Sightings
from ligafix.evidence.signs import kind_of
from ligafix.lexicon.integrity import read_toml
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.places import DICTIONARIES

ENCODED = 0.9
"""How probable it is that a sign is a code where the document's encoding has it as one."""

FIRST_GUESS = 0.5
"""How much the known encodings weigh against all meanings taken as equally likely."""

CLEAR_DOUBT = 0.1
"""How much doubt is left where another sign of the document agrees with one of them; the more do, the less."""

UNUSUAL_WORDS = 0.25
"""How much of what words say counts where the encoding is clear: the words of a text that nobody knows are of one kind,
and all look alike to lists of other languages (Old English with a macron is Icelandic with an acute)."""

PLAIN_MARKS = 5
"""A mark or a superfluous sign that no known encoding vouches for must stand in more places than this: it makes no
words that would tell."""


def weigh_encodings(table: Mapping[str, CodeEvidence]) -> dict[str, float]:
    """How probable each known encoding is, given the signs whose meaning is clear."""
    logs = {}
    for name, encoding in _encodings().items():
        logs[name] = -math.log(len(_encodings()))
        for sign, found in table.items():
            if sign in encoding and found.meaning is not ITSELF and found.probability > 0.9:
                agrees = encoding[sign] == found.meaning
                logs[name] += math.log(30 if agrees else 0.1)
    top = max(logs.values())
    whole = sum(math.exp(v - top) for v in logs.values())
    return {name: math.exp(v - top) / whole for name, v in logs.items()}


def count_agreeing(table: Mapping[str, CodeEvidence], encodings: Mapping[str, float]) -> int:
    """How many signs that make words stand for what the most probable encoding says."""
    encoding = _encodings()[max(encodings, key=lambda name: encodings[name])]
    return sum(bool(e.examples) and e.probability > 0.9 and encoding.get(s) == e.meaning for s, e in table.items())


def decide(
    sign: str,
    gains: Sequence[float],
    found: Sightings,
    encodings: Mapping[str, float],
    agreeing: int,
    *,
    nearby: Mapping[str | None, float] = MappingProxyType({}),
    may_be_ligature: bool = True,
) -> tuple[str | None, float]:
    """The most probable meaning of a sign, of which each of the `MEANINGS` gains so much.

    A capital is none for its own small letter.
    """
    known = _encodings() if is_encoded(sign) else {}
    told = tuple((known[name].get(sign), weight) for name, weight in encodings.items()) if known else ()
    listed = sum(weight for meaning, weight in told if meaning is not None)
    is_clear = listed > 0.9
    doubt = CLEAR_DOUBT / max(1, agreeing) ** 2
    encoded = 1 - doubt if is_clear and agreeing > 1 and _makes_words(found) else ENCODED
    code = max(kind_of(sign).is_code, encoded * listed if listed > 0.5 else 0.0)
    shy = not is_clear and found.shapes.total() <= PLAIN_MARKS
    letter = is_clear or (shy and sign != "\ufffd")
    small = sign.lower() if sign.isupper() else None
    possible = _possible(small, shy=shy, letter=letter, may_be_ligature=may_be_ligature)
    guess = 1 - doubt if is_clear else FIRST_GUESS
    priors = _log_priors(possible, guess, code, told)
    if is_clear and agreeing > 1 and _makes_words(found):
        gains = [UNUSUAL_WORDS * gain for gain in gains]
    meanings = _named(possible)
    logs = [*map(add, compress(gains, possible), priors), gains[NUMBERS[ITSELF]] + math.log(1 - code)]
    if nearby:
        told_by_all = _with_neighbours(dict(zip(meanings, logs, strict=True)), gains, nearby)
        meanings, logs = tuple(told_by_all), list(told_by_all.values())
    top = max(logs)
    best = max(compress(meanings, map(top.__eq__, logs)), key=str)
    return best, 1 / sum(map(math.exp, map(sub, logs, repeat(top))))


@lru_cache(maxsize=1 << 6)
def _possible(small: str | None, *, shy: bool, letter: bool, may_be_ligature: bool) -> tuple[bool, ...]:
    """Which of the `MEANINGS` a sign may have beside itself.

    Args:
        small: its small letter, which a capital does not stand for.
        shy: whether it stands in few places, so that it is no mark.
        letter: whether it surely stands for something.
        may_be_ligature: whether it may stand for a ligature.
    """
    barred = {ITSELF, small, *(MARKS if shy else ()), *([""] if letter else ())}
    barred.update(() if may_be_ligature else (*LIGATURES, ANY))
    return tuple(m not in barred for m in MEANINGS)


@lru_cache(maxsize=1 << 6)
def _named(possible: tuple[bool, ...]) -> tuple[str | None, ...]:
    """Those of the `MEANINGS` that are possible, and itself."""
    return *compress(MEANINGS, possible), ITSELF


@lru_cache(maxsize=1 << 6)
def _log_priors(
    possible: tuple[bool, ...], guess: float, code: float, told: tuple[tuple[str | None, float], ...]
) -> tuple[float, ...]:
    """The log probabilities of meanings before a sign's places are looked at: most signs of a text have the same.

    Args:
        possible: which of the `MEANINGS` these are.
        guess: how much what the encodings tell weighs against all of them taken as equally likely.
        code: how probable it is that the sign is a code at all.
        told: what the encodings say that the sign means, and how probable each is.
    """
    number = sum(possible)
    priors = {m: (1 - guess) * _base(m, number) for m in compress(MEANINGS, possible)}
    for meaning, weight in told:
        if meaning in priors:
            priors[meaning] += guess * weight
    return tuple(math.log(code * prior) for prior in priors.values())


def _with_neighbours(
    logs: Mapping[str | None, float], gains: Sequence[float], nearby: Mapping[str | None, float]
) -> Mapping[str | None, float]:
    """The weights of a sign's meanings with what its neighbours read it as; as far as they go, they replace guesses."""
    doubt = math.log1p(-sum(nearby.values()))
    found = {meaning: doubt + log for meaning, log in logs.items()}
    for meaning, share in nearby.items():
        told = (gains[NUMBERS[meaning]] if meaning in NUMBERS else 0.0) + math.log(share)
        own = found.get(meaning, -math.inf)
        found[meaning] = max(own, told) + math.log1p(math.exp(-abs(own - told)))
    return found


def _makes_words(found: Sightings) -> bool:
    """Whether a sign stands in anything longer than the signs of a formula."""
    return any(len(left + right) > 2 for left, right in found.words)


def _base(meaning: str | None, number: int) -> float:
    """The first guess at a meaning where no encoding has one: ligatures are what is lost most."""
    if meaning in MARKS:
        return 1e-6
    return 0.12 if meaning in LIGATURES else 0.03 if meaning == ANY else 0.3 / number


def is_encoded(sign: str) -> bool:
    """Whether any of the known encodings has a sign."""
    return sign in _encoded()


@cache
def _encoded() -> frozenset[str]:
    return frozenset().union(*_encodings().values())


@cache
def _encodings() -> Mapping[str, Mapping[str, str]]:
    return read_toml(DICTIONARIES / "encodings.toml")
