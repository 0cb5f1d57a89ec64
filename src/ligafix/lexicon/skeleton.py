"""The skeleton of a word: what is left when all its ligatures are lost.

A damaged word and the word it was have one skeleton, whichever of the ligatures a font lost and whether they
went whole or down to one letter: `office`, `oce`, `ofce` and `ofice` all have `oce`. So one look-up finds all
readings of a damaged form. Some losses leave another one, since an i or l is left without its f (`oice`) or an f
comes to stand before one (`afliate`), so a word can be found under several.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from ligafix.lexicon.ligatures import LIGATURE, LIGATURES


def run_pattern(ligatures: Iterable[str]) -> str:
    """A pattern for the longest runs of letters in which one of the ligatures may stand.

    >>> run_pattern(("ffi", "ffl", "ff", "fi", "fl"))
    'f+[il]?'
    """
    last: defaultdict[str, set[str]] = defaultdict(set)
    for ligature in ligatures:
        last[ligature[0]] |= set(ligature) - {ligature[0]}
    return "|".join(f"{first}+[{''.join(sorted(others))}]?" for first, others in sorted(last.items()))


_RUN = re.compile(run_pattern(LIGATURES))


def has_ligature(word: str) -> bool:
    """Whether a lower-case word bears a ligature.

    >>> has_ligature("office"), has_ligature("of")
    (True, False)
    """
    return LIGATURE.search(word) is not None


def skeleton(word: str) -> str:
    """A lower-case word without the runs of letters in which ligatures may stand: any f, and the i or l behind it.

    >>> [skeleton(w) for w in ("office", "oce", "ofce", "fluffy", "Schifffahrt".lower())]
    ['oce', 'oce', 'oce', 'uy', 'schiahrt']
    """
    return _RUN.sub("", word) if "f" in word else word


def skeletons(word: str) -> tuple[str, ...]:
    """The skeletons of all forms that losing one ligature, or all, can make of a lower-case word.

    >>> skeletons("office"), skeletons("first")
    (('oce', 'oice'), ('rst',))
    """
    return _find_skeletons(word) if "f" in word else (word,)


@lru_cache(maxsize=1 << 13)
def _find_skeletons(word: str) -> tuple[str, ...]:
    """The same for a word with an f."""
    found = [skeleton(word)]
    for ligature in LIGATURES:
        at = word.find(ligature)
        while at >= 0:
            found.append(skeleton(word[:at] + word[at + len(ligature) :]))
            at = word.find(ligature, at + 1)
    return tuple(dict.fromkeys(found))


def half_skeletons(form: str) -> tuple[str, ...]:
    """Under which further skeletons the words are found of which a lower-case form may be half lost.

    A ligature may leave its last letter, which no skeleton is without (`irst`), or its first one before a letter that
    makes it look like another ligature (`flter`).

    >>> half_skeletons("irst"), half_skeletons("flter"), half_skeletons("ofce")
    (('rst',), ('lter',), ())
    """
    if _LEFT.isdisjoint(form):
        return ()
    found = [form[:at] + form[at + 1 :] for at, letter in enumerate(form) if letter in _LEFT]
    if "f" not in form:
        return tuple(dict.fromkeys(found))
    own = skeleton(form)
    return tuple(bare for bare in dict.fromkeys(map(skeleton, found)) if bare != own)


_LEFT = frozenset("".join(LIGATURES))
