"""The skeleton of a word: what is left when all its ligatures are lost.

A damaged word and the word it was have one skeleton, whichever of the ligatures a font lost and whether they
went whole or down to one letter: `office`, `oce`, `ofce` and `ofice` all have `oce`. So one look-up finds all
readings of a damaged form. Some losses leave another one, since an i or l is left without its f (`oice`) or an f
comes to stand before one (`afliate`), so a word can be found under several.
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


def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons of all forms that losing one ligature, or all, can make of a lower-case word.

    >>> skeletons("office"), skeletons("first")
    (('oce', 'oice'), ('rst',))
    """
    found = [skeleton(word)]
    for ligature in LIGATURES:
        at = word.find(ligature)
        while at >= 0:
            found.append(skeleton(word[:at] + word[at + len(ligature) :]))
            at = word.find(ligature, at + 1)
    return tuple(dict.fromkeys(found))
