"""What was found out about forms and pairs, whatever text they stood in, as far as it is remembered.

It depends on nothing but the word lists, so that the next text need not ask again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import filterfalse

from ligafix.lexicon.words import MOST_KEPT

MOST_PAIRS = 1 << 16
"""So many pairs of chunks are remembered that make no word together."""

Pair = tuple[str, str]


class BarrenPairs:
    """Pairs of chunks that are no word together by the lists of some languages, and the skeletons of what they make."""

    def __init__(self) -> None:
        self._bares: dict[Pair, Sequence[str]] = {}
        self._all: set[str] = set()

    def __len__(self) -> int:
        return len(self._bares)

    def without(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        """Those of some pairs that are not known to be barren, in order."""
        return filterfalse(self._bares.__contains__, pairs)

    def add(self, pair: Pair, bares: Sequence[str]) -> None:
        """Add a pair and the skeletons of what it makes."""
        self._bares[pair] = bares
        self._all.update(bares)

    def making(self, bares: Iterable[str], pairs: Iterable[Pair]) -> list[Pair]:
        """Those of some pairs that make something with one of some skeletons; fast where none does."""
        wanted = self._all.intersection(bares)
        return [pair for pair in pairs if not wanted.isdisjoint(self._bares.get(pair, ()))] if wanted else []


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
