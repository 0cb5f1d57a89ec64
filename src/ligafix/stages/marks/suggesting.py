"""Macrons for romanized Japanese that was written without them: suggestions, never more."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ligafix.changes import Candidate, Proposal
from ligafix.lexicon.romanization import load_romanizations, set_macrons
from ligafix.stages.marks.wording import Frequency

MOST_CONFIDENT = 0.5
"""How sure a suggestion may be: too little for it to be applied by itself."""

_LINE = re.compile("[^\r\n\f]+")
_WORD = re.compile("(?<!\\w)[A-Za-z]{3,}(?!\\w)")
_COMMON = 1e-6  # relative frequency above which a word is one of another language as well


def suggest_macrons(text: str, frequency: Frequency) -> Iterator[Proposal]:
    """Suggest macrons where most words around are Japanese: runs of at least two in a line."""
    for line in _LINE.finditer(text):
        words = list(_WORD.finditer(text, line.start(), line.end()))
        japanese = [_is_japanese(word.group(), frequency) for word in words]
        for i, word in enumerate(words):
            if any(japanese[max(0, i - 1) : i] + japanese[i + 1 : i + 2]):
                yield from _suggest(word)


def _is_japanese(word: str, frequency: Frequency) -> bool:
    return load_romanizations().is_explained(word) and frequency(word.lower()) < _COMMON


def _suggest(word: re.Match[str]) -> Iterator[Proposal]:
    placements: Sequence[tuple[tuple[int, ...], float]] = load_romanizations().placements(word.group().lower())
    if not placements or not placements[0][0]:
        return
    top = placements[0][1]
    shares = [10 ** (log - top) for _, log in placements]
    candidates = tuple(
        Candidate(set_macrons(word.group(), long), share / sum(shares))
        for (long, _), share in zip(placements, shares, strict=True)
    )
    confidence = min(MOST_CONFIDENT, candidates[0].probability)
    yield Proposal(*word.span(), candidates[0].text, "missing macron", confidence, candidates[:4], "listed so")
