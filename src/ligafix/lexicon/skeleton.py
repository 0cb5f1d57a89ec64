"""The skeleton of a word: what is left when all its ligatures are lost.

A damaged word and the word it was have one skeleton, whichever of the ligatures a font lost and whether they
went whole or down to one letter: `office`, `oce`, `ofce` and `ofice` all have `oce`. So one look-up finds all
readings of a damaged form.
"""

from __future__ import annotations

import re

LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")
"""The letter sequences that fonts commonly draw as one glyph, longest first (Unicode FB00–FB04)."""

_LIGATURE = re.compile("f[fil]")
_RUN = re.compile("f+[il]?")


def has_ligature(word: str) -> bool:
    """Whether a lower-case word bears a ligature.

    >>> has_ligature("office"), has_ligature("of")
    (True, False)
    """
    return _LIGATURE.search(word) is not None


def skeleton(word: str) -> str:
    """A lower-case word without any f and without the i or l behind it.

    >>> [skeleton(w) for w in ("office", "oce", "ofce", "fluffy", "Schifffahrt".lower())]
    ['oce', 'oce', 'oce', 'uy', 'schiahrt']
    """
    return _RUN.sub("", word) if "f" in word else word
