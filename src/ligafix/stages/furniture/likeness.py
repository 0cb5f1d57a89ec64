"""Lines that are the same but for what OCR made of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from ligafix.evidence.pages import skeleton

ALIKE = 85.0
"""Lines are the same when this share of their characters agrees (per cent): OCR damages a character in ten. Lines that
differ in nothing but numbers which do not count are not: captions and addresses do so."""

LEAST_LETTERS = 6
"""Shorter lines are alike only where they are the same."""

MOST_COMPARED = 50
"""A line that stands alone is compared with so many of the commonest ones."""


@lru_cache(maxsize=1 << 12)
def is_long(line: str) -> bool:
    """Whether a line is long enough to be compared."""
    return sum(map(str.isalpha, line)) >= LEAST_LETTERS


def commonest(counts: Mapping[str, int]) -> list[str]:
    """The repeated lines that others are compared with."""
    often = Counter({line: n for line, n in counts.items() if n > 1 and is_long(line)})
    return [line for line, _ in often.most_common(MOST_COMPARED)]


def alike(line: str, others: Iterable[str]) -> list[str]:
    """Those of some lines that are like a line, without itself.

    >>> alike("the harb0ur at ormsey", ["the harbour at ormsey", "the harvest at home"])
    ['the harbour at ormsey']
    """
    if not is_long(line):
        return []
    from rapidfuzz import fuzz, process  # slow to load

    near = process.extract_iter(line, filter(is_long, others), scorer=fuzz.ratio, score_cutoff=ALIKE)
    return [other for other, _, _ in near if other != line and not _differ_in_numbers(line, other)]


def _differ_in_numbers(line: str, other: str) -> bool:
    """Whether two lines differ in nothing but numbers, or have numbers of as many digits, and others."""
    mine, theirs = ([c for c in text if c.isdigit()] for text in (line, other))
    return skeleton(line) == skeleton(other) or (len(mine) == len(theirs) and mine != theirs)
