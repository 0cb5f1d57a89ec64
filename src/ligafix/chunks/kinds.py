"""Kinds of chunks: what one has to hold for a part of the cleaner to look at it, remembered from text to text.

Most chunks of a text were met before, and most are of no kind. So all kinds of a chunk are found when it is first met,
and a text is asked once for all of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import filterfalse

from ligafix.chunks.memory import ChunkMemory
from ligafix.chunks.words import lines_with
from ligafix.document import LONGEST_WORD

_PLAIN = re.compile(rf"^[A-Za-z]{{1,{LONGEST_WORD}}}[.,;!?]{{0,9}}$", re.MULTILINE)
"""Lines that are letters of ASCII, and behind them what ends a clause: they are of no kind."""

Patterns = tuple[re.Pattern[str], ...]


class ChunkKind:
    """The chunks in which one of some patterns is found.

    They do not look beyond white space, nor for a text's ends, and are not found in plain chunks. A module makes its
    kinds when it is loaded.

    Attributes:
        bit: what stands for this kind.
    """

    def __init__(self, make_patterns: Callable[[], Patterns]) -> None:
        """Take what makes the patterns, when they are needed."""
        self.bit = 1 << len(_KINDS)
        self._make_patterns = make_patterns
        _KINDS.append(self)
        MET_KINDS.clear()

    def among(self, lines: str) -> Iterator[str]:
        """The chunks of this kind among some that have a line each."""
        for pattern in self._make_patterns():
            yield from lines_with(pattern, lines)


_KINDS: list[ChunkKind] = []


def count_kinds() -> int:
    """How many kinds there are by now."""
    return len(_KINDS)


def find_kinds(chunks: Sequence[str]) -> dict[str, int]:
    """The kinds of some distinct chunks."""
    found = dict.fromkeys(chunks, 0)
    plain = set(_PLAIN.findall("\n".join(chunks)))
    lines = "\n".join(filterfalse(plain.__contains__, chunks))
    for kind in _KINDS:
        for chunk in kind.among(lines):
            found[chunk] |= kind.bit
    return found


MET_KINDS = ChunkMemory(find_kinds)
"""The kinds of each chunk, as the sum of their bits."""
