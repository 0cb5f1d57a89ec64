"""What words that stand side by side may have been: one word that a ligature's glyph tore apart.

Every answer is a `Repair` with how much likelier it is than what stands there, before the channel is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ligafix.document import words_in
from ligafix.lexicon import load_words
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.skeleton import has_ligature, skeleton
from ligafix.scoring import COMMON, OWN_WORDS, Scorer
from ligafix.stages.codes.habits import Damage

SPACED = (*LIGATURES, "fj", "ft", "Th", "tt", "ti")
"""What fonts draw as one glyph, and what may therefore stand apart; longest first."""

RARE = 1e-6
"""What is less frequent than this may be a piece of a word."""

LEAST_GAIN = 1e-3
"""A repair that is less likely than what stands there by more than this is none."""

COLLOCATION = 10.0
"""How much more often two words stand side by side than with a hyphen between them."""

_STEM = re.compile(r"(.*?)((?:['’]s)?)\Z")


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend a place.

    Attributes:
        text: what comes there.
        damages: what must have happened to it; each is a habit of the channel.
        ratio: how much likelier it is than what stands there.
    """

    text: str
    damages: tuple[Damage, ...]
    ratio: float


@lru_cache(maxsize=1 << 16)
def edge_words(chunk: str) -> tuple[str, str]:
    """The word that a chunk begins with and the one that it ends in; '' where there is none.

    >>> edge_words("signi"), edge_words("well-de"), edge_words("cant,"), edge_words("(5)")
    (('signi', 'signi'), ('well', 'de'), ('cant', ''), ('', ''))
    """
    words = words_in(chunk)
    if not words:
        return "", ""
    first, last = words[0], words[-1]
    ends = last.start + len(last.text) == len(chunk)
    return first.text if first.start == 0 else "", last.text if ends else ""


def joint(first: str, second: str) -> str:
    """The ligature at the joint of two pieces, with a space on the side where they part; '' where there is none.

    >>> joint("Th", "e"), joint("a", "ffi"), joint("ffi", "nity"), joint("of", "fence")
    ('Th ', ' ffi', 'ffi ', '')
    """
    for ligature in SPACED:
        if first.endswith(ligature):
            return ligature + " "
    for ligature in LIGATURES:
        if second.startswith(ligature):
            return " " + ligature
    return ""


class Joiner:
    """Finds what pieces may have been, by the words of a document's languages and its own."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._vocabulary = scorer.vocabulary
        self._lists = [words for code in self._vocabulary.shares if (words := load_words(code))]
        self.torn = lru_cache(maxsize=1 << 16)(self._torn)
        self.spaced = lru_cache(maxsize=1 << 16)(self._spaced)
        self.run_together = lru_cache(maxsize=1 << 16)(self._run_together)

    def is_rare(self, word: str) -> bool:
        """Whether a word may be a piece of one."""
        return self._vocabulary.known(word) < RARE

    def _torn(self, first: str, second: str) -> tuple[Repair, ...]:
        """The words that two pieces make with a ligature between them, and perhaps another one before or behind."""
        if not second[:1].islower() or (len(first) > 1 and first.isupper()):
            return ()
        return tuple(self._weigh(found, (first, second)) for found in self._find_torn(first, second))

    def _find_torn(self, first: str, second: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        stem, tail = _split_stem(second)
        bare = skeleton((first + stem).lower())
        for word in dict.fromkeys(word for words in self._all_lists for word in words(bare)):
            for lost in _losses(word, first.lower(), stem):
                edge = lost[0]
                if edge and first[0].isupper():
                    continue
                yield lost[0] + first + lost[1] + stem + lost[2] + tail, lost

    def _weigh(self, found: tuple[str, tuple[str, ...]], pieces: Sequence[str]) -> Repair:
        text, lost = found
        damages = tuple(Damage("ligature-as-space", ligature) for ligature in lost if ligature)
        return Repair(text, damages, self._frequency(text) / self._side_by_side(pieces))
