"""What was found out about forms and pairs, whatever text they stood in, as far as it is remembered.

It depends on nothing but the word lists, so that the next text need not ask again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse

from ligafix.lexicon.words import MOST_KEPT

MOST_PAIRS = 1 << 16
"""So many pairs of chunks are remembered that make no word together."""

Pair = tuple[str, str]


class BarrenPairs:
    """Pairs of chunks that are no word together by the lists of some languages, by the skeletons of what they make.

    Whoever has many pairs asks for the few skeletons.
    """

    def __init__(self) -> None:
        self._pairs: set[Pair] = set()
        self._by_skeleton: defaultdict[str, list[Pair]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._pairs)

    def without(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Those of some pairs that are not known to be barren, in order."""
        return filterfalse(self._pairs.__contains__, pairs)

    def add(self, pair: Pair, bares: Iterable[str]) -> None:
        """Add a pair and the skeletons of what it makes."""
        self._pairs.add(pair)
        for bare in bares:
            self._by_skeleton[bare].append(pair)

    def making(self, bare: str) -> Sequence[Pair]:
        """The pairs that make something with a skeleton."""
        return self._by_skeleton.get(bare, ())


class Met:
    """What was found out with some word lists.

    Attributes:
        unlisted: the forms that no list reads in any way.
        restorable: those that a list may read.
        barren: those without readings, of lists or parts.
        whole: pairs of pieces, run together, that no ligature makes a word of.
    """

    def __init__(self) -> None:
        self.unlisted: set[str] = set()
        self.restorable: set[str] = set()
        self.barren: set[str] = set()
        self.whole: set[str] = set()
        self._pairs = BarrenPairs()

    @property
    def pairs(self) -> BarrenPairs:
        """The memory of pairs that make no word: whoever asks goes on with what he was given."""
        if len(self._pairs) >= MOST_PAIRS:
            self._pairs = BarrenPairs()
        return self._pairs


@lru_cache(maxsize=16)
def met_with(languages: tuple[str, ...]) -> Met:  # noqa: ARG001
    """What was found out with the lists of these languages; the same object for all who ask."""
    return Met()


def remember(forms: set[str], form: str) -> None:
    """Add a form to those that are remembered, if there is room."""
    if len(forms) < MOST_KEPT:
        forms.add(form)
