"""Marks over the symbols of formulas (`ˆv`, `¯x`), which are no accents of words and stay as they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ligafix.stages.marks.sites import Site
from ligafix.stages.marks.tables import compose
from ligafix.stages.marks.wording import Wording

SHORTEST = 3
"""What has fewer letters is a symbol rather than a word."""


def find_symbols(sites: Iterable[Site], wording: Wording) -> frozenset[str]:
    """The marks that a document sets over symbols oftener than they make a word of what they stand in."""
    over = Counter(site.raw.strip() for site in sites if site.over_symbol)
    if not over:
        return frozenset()
    accents = Counter(site.raw.strip() for site in sites if site.raw.strip() in over and _makes_word(site, wording))
    return frozenset(mark for mark, number in over.items() if number > accents[mark])


def _makes_word(site: Site, wording: Wording) -> bool:
    """Whether a mark makes a known word with the letter before it or behind it."""
    before = compose(site.left[-1], site.marks) if site.left else None
    behind = compose(site.right[0], site.marks) if site.right else None
    words = (before and site.left[:-1] + before + site.right, behind and site.left + behind + site.right[1:])
    return any(word and len(word) >= SHORTEST and wording.known(word) is not None for word in words)
