"""The words of one language and their frequencies, from memory-mapped tables or from wordfreq itself.

The tables of a language are three files, built by `dictionaries/build_words.py`:

    LANGUAGE.trie          every word, lower case, NFC; gives the word's number
    LANGUAGE.stats         two bytes a number: the packed frequency, the share of lower-case use (of 255)
    LANGUAGE.remains.trie  the skeleton of every word with a ligature, and the numbers of these words
"""

from __future__ import annotations

import math
import mmap
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

import marisa_trie

from ligafix.lexicon.skeleton import has_ligature, skeletons

_STEP = 30
"""Steps of the packed frequency per power of ten."""

_UNKNOWN_LOWER = 0.75
"""The share of lower-case use that we assume where nothing is known."""


def pack_frequency(frequency: float) -> int:
    """A frequency (tokens per token) as one byte: steps of 8 % from 1e-9 upward."""
    return max(1, min(255, round(_STEP * (math.log10(frequency) + 9))))


def unpack_frequency(packed: int) -> float:
    """The frequency that a byte stands for.

    >>> round(unpack_frequency(pack_frequency(0.001)), 6)
    0.001
    """
    return _UNPACKED[packed]


_UNPACKED = [0.0, *(10 ** (b / _STEP - 9) for b in range(1, 256))]


class Words(Protocol):
    """What is known about the words of a language."""

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        ...

    def lower_share(self, word: str) -> float:
        """How often, from 0 to 1, a word is written small inside a sentence."""
        ...

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        ...


class WordTable:
    """The memory-mapped tables of a language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._trie = marisa_trie.Trie().mmap(str(folder / f"{language}.trie"))
        self._remains = marisa_trie.RecordTrie("<I").mmap(str(folder / f"{language}.remains.trie"))
        with (folder / f"{language}.stats").open("rb") as file:
            self._stats = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        number = self._trie.get(word)
        return 0.0 if number is None else _UNPACKED[self._stats[2 * number]]

    def lower_share(self, word: str) -> float:
        """How often, from 0 to 1, a word is written small inside a sentence."""
        number = self._trie.get(word)
        return _UNKNOWN_LOWER if number is None else self._stats[2 * number + 1] / 255

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        found = self._remains.get(bare)
        return [self._trie.restore_key(number) for (number,) in found] if found else []


class WordList:
    """The words of a language held in memory, for languages without tables."""

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        self._frequencies = frequencies
        self._remains: defaultdict[str, list[str]] = defaultdict(list)
        for word in frequencies:
            if has_ligature(word):
                for bare in skeletons(word):
                    self._remains[bare].append(word)

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        return self._frequencies.get(word, 0.0)

    def lower_share(self, word: str) -> float:  # noqa: ARG002 - wordfreq knows no capitals
        """How often, from 0 to 1, a word is written small inside a sentence."""
        return _UNKNOWN_LOWER

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        return self._remains.get(bare, [])
