"""The words of one language and their frequencies, from memory-mapped tables or from wordfreq itself.

The tables of a language are four files, built by `dictionaries/build_words.py`:

    LANGUAGE.trie          every word, lower case, NFC; gives the word's number
    LANGUAGE.stats         two bytes a number: the packed frequency, the share of lower-case use (of 255)
    LANGUAGE.registers     a byte a number and register: the packed frequency in it; the web first, then each
                           kind of text that there are corpora of, and documents without capitals
    LANGUAGE.remains.trie  the skeleton of every word with a ligature, and the numbers of these words
"""

from __future__ import annotations

import math
import mmap
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, lru_cache
from itertools import islice, takewhile
from operator import mul
from pathlib import Path
from typing import Protocol

from ligafix.lexicon.alignment import Alignment, align
from ligafix.lexicon.integrity import damaged, map_bytes, open_trie
from ligafix.lexicon.skeleton import half_skeletons, has_ligature, skeleton, skeletons
from ligafix.lexicon.tries import RecordTrie, Trie

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


SENTENCE_STARTS = 0.08
"""How often a word that is written small stands where it takes a capital."""


def _as_written(frequency: float, lower: float, *, is_small: bool) -> float:
    return frequency * (lower if is_small else 1 - lower + SENTENCE_STARTS * lower)


USER_WORD = 1e-6
"""The frequency of a word that the user lists: somewhat rare in the language, common enough to be one for sure."""


MOST_KEPT = 1 << 15
"""So many forms are remembered from text to text; the commonest words are a few thousand."""


def restore(form: str, words: Iterable[str]) -> tuple[Alignment, ...]:
    """How a form may have come from some words."""
    return tuple(found for word in dict.fromkeys(words) if (found := align(form, word)) is not None)


def restore_half(form: str, table: Words) -> tuple[Alignment, ...]:
    """How a form may have come from the words of a table with other skeletons."""
    return restore(form, (word for bare in half_skeletons(form.lower()) for word in table.with_skeleton(bare)))


class Words(Protocol):
    """What is known about the words of a language."""

    def __hash__(self) -> int: ...

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        ...

    def lower_share(self, word: str) -> float:
        """How often, from 0 to 1, a word is written small inside a sentence."""
        ...

    def as_written(self, form: str, small: str) -> float:
        """The frequency of a word in this form, small or with a capital; `small` is the form in lower case."""
        ...

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        ...

    def may_restore(self, small: str) -> bool:
        """Whether a lower-case form may be what ligatures left of a word: fast, and mostly it is not."""
        ...

    def has_skeleton(self, bare: str) -> bool:
        """Whether there are any."""
        ...

    def restored(self, form: str) -> tuple[Alignment, ...]:
        """The words with the skeleton of a form, of which it is what ligatures left."""
        ...

    def half_restored(self, form: str) -> tuple[Alignment, ...]:
        """The same of words with another skeleton, of which it is half lost."""
        ...

    def beginnings(self, form: str) -> Container[int]:
        """At least the lengths of a lower-case form's beginnings that are words, or what ligatures left of some."""
        ...

    def words_beginning(self, form: str) -> list[str]:
        """The beginnings of a lower-case form that are words."""
        ...

    def starting_with(self, beginning: str) -> Iterator[str]:
        """The words that begin so."""
        ...

    def in_registers(self, word: str) -> tuple[float, ...]:
        """The frequency of a lower-case word in each register; empty where it is unknown or there is but one."""
        ...

    def weighed(self, shares: Sequence[float]) -> Words:
        """The same words with the frequencies that they have in a mixture of registers."""
        ...


class WordTable:
    """The memory-mapped tables of a language."""

    def __init__(self, folder: Path, language: str) -> None:
        self._trie = open_trie(Trie(), folder / f"{language}.trie")
        self._remains = open_trie(RecordTrie("<I"), folder / f"{language}.remains.trie")
        self._stats = self._map(folder / f"{language}.stats", width=2)
        self._registers = self._map(folder / f"{language}.registers")
        self._width = len(self._registers) // len(self._trie)
        self._shares: Sequence[float] = ()
        self._number: Callable[[str], int | None] = lru_cache(maxsize=MOST_KEPT)(self._trie.get)
        self.in_registers = lru_cache(maxsize=MOST_KEPT)(self._in_registers)
        self._records = lru_cache(maxsize=MOST_KEPT)(self._remains.get)
        self.restored = lru_cache(maxsize=MOST_KEPT)(self._restored)
        self.half_restored = lru_cache(maxsize=MOST_KEPT)(self._half_restored)

    def _map(self, path: Path, width: int | None = None) -> mmap.mmap:
        """Map a table that has so many bytes for each word, the same for all."""
        table, words = map_bytes(path), len(self._trie)
        if len(table) % words or width not in (None, len(table) // words):
            raise damaged(path, "it has not as many entries as there are words")
        return table

    def _restored(self, form: str) -> tuple[Alignment, ...]:
        return restore(form, self.with_skeleton(skeleton(form.lower())))

    def _half_restored(self, form: str) -> tuple[Alignment, ...]:
        return restore_half(form, self)

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        number = self._number(word)
        return 0.0 if number is None else self._frequency_of(number)

    def _frequency_of(self, number: int) -> float:
        if not self._shares:
            return _UNPACKED[self._stats[2 * number]]
        return sum(map(mul, self._shares, self._unpack_registers(number)), 0.0)

    def _in_registers(self, word: str) -> tuple[float, ...]:
        number = self._number(word) if self._width > 1 else None
        return () if number is None else tuple(self._unpack_registers(number))

    def _unpack_registers(self, number: int) -> Iterator[float]:
        packed = self._registers[self._width * number : self._width * (number + 1)]
        return map(_UNPACKED.__getitem__, packed)

    def weighed(self, shares: Sequence[float]) -> WordTable:
        """The same words with the frequencies that they have in a mixture of registers."""
        other = copy(self)
        other._shares = tuple(shares)
        return other

    def forgetful(self) -> WordTable:
        """The same words, of which none is remembered: for who remembers what they say himself."""
        other = copy(self)
        other._number = self._trie.get
        return other

    def lower_share(self, word: str) -> float:
        """How often, from 0 to 1, a word is written small inside a sentence."""
        number = self._number(word)
        return _UNKNOWN_LOWER if number is None else self._stats[2 * number + 1] / 255

    def as_written(self, form: str, small: str) -> float:
        """The frequency of a word in this form, small or with a capital; `small` is the form in lower case."""
        number = self._number(small)
        if number is None:
            return 0.0
        return _as_written(self._frequency_of(number), self._stats[2 * number + 1] / 255, is_small=form == small)

    def may_restore(self, small: str) -> bool:
        """Whether a lower-case form may be what ligatures left of a word: fast, and mostly it is not."""
        return skeleton(small) in self._remains or any(map(self._remains.__contains__, half_skeletons(small)))

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        found = self._records(bare)
        return [self._trie.restore_key(number) for (number,) in found] if found else []

    def has_skeleton(self, bare: str) -> bool:
        """Whether there are any."""
        return bare in self._remains

    def beginnings(self, form: str) -> Container[int]:
        """At least the lengths of a lower-case form's beginnings that are words, or what ligatures left of some."""
        if "f" in form:  # the skeletons of its beginnings are no beginnings of its own
            return range(len(form) + 1)
        return {len(found) for trie in (self._trie, self._remains) for found in trie.prefixes(form)}

    def words_beginning(self, form: str) -> list[str]:
        """The beginnings of a lower-case form that are words."""
        return self._trie.prefixes(form)  # type: ignore[no-any-return]

    def starting_with(self, beginning: str) -> Iterator[str]:
        """The words that begin so."""
        return self._trie.iterkeys(beginning)  # type: ignore[no-any-return]


class WordList:
    """The words of a language held in memory, for languages without tables."""

    def __init__(self, frequencies: Mapping[str, float]) -> None:
        self._frequencies = frequencies
        self._remains: defaultdict[str, list[str]] = defaultdict(list)
        for word in filter(has_ligature, (w for w in frequencies if "f" in w)):  # few have an f: that is seen at once
            for bare in skeletons(word):
                self._remains[bare].append(word)

    def frequency(self, word: str) -> float:
        """The relative frequency (tokens per token) of a lower-case word; 0.0 where it is unknown."""
        return self._frequencies.get(word, 0.0)

    def lower_share(self, word: str) -> float:  # noqa: ARG002 - wordfreq knows no capitals
        """How often, from 0 to 1, a word is written small inside a sentence."""
        return _UNKNOWN_LOWER

    def as_written(self, form: str, small: str) -> float:
        """The frequency of a word in this form, small or with a capital; `small` is the form in lower case."""
        frequency = self.frequency(small)
        return frequency and _as_written(frequency, self.lower_share(small), is_small=form == small)

    def may_restore(self, small: str) -> bool:
        """Whether a lower-case form may be what ligatures left of a word: fast, and mostly it is not."""
        return skeleton(small) in self._remains or any(map(self._remains.__contains__, half_skeletons(small)))

    def with_skeleton(self, bare: str) -> list[str]:
        """The words with ligatures whose skeleton this is."""
        return self._remains.get(bare, [])

    def has_skeleton(self, bare: str) -> bool:
        """Whether there are any."""
        return bare in self._remains

    def restored(self, form: str) -> tuple[Alignment, ...]:
        """The words with the skeleton of a form, of which it is what ligatures left."""
        return restore(form, self.with_skeleton(skeleton(form.lower())))

    def half_restored(self, form: str) -> tuple[Alignment, ...]:
        """The same of words with another skeleton, of which it is half lost."""
        return restore_half(form, self)

    def beginnings(self, form: str) -> Container[int]:
        """All lengths."""
        return range(len(form) + 1)

    def words_beginning(self, form: str) -> list[str]:
        """The beginnings of a lower-case form that are words."""
        return [form[:end] for end in range(1, len(form) + 1) if form[:end] in self._frequencies]

    def starting_with(self, beginning: str) -> Iterator[str]:
        """The words that begin so."""
        first = bisect_left(self._sorted, beginning)
        return takewhile(lambda word: word.startswith(beginning), islice(self._sorted, first, None))

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._frequencies)

    def in_registers(self, word: str) -> tuple[float, ...]:  # noqa: ARG002 - wordfreq's list is one mixture
        """Nothing: there is but one register."""
        return ()

    def weighed(self, shares: Sequence[float]) -> WordList:  # noqa: ARG002
        """The same words."""
        return self


class UserWords(WordList):
    """What the user says about words, in every language: which there are, and what damaged ones were."""

    def __init__(self, words: Iterable[str], preferred: Mapping[str, str]) -> None:
        listed = {*words, *preferred.values()}
        self._preferred = dict(preferred)
        self._small = frozenset(word for word in listed if word == word.lower())
        super().__init__(dict.fromkeys(sorted(word.lower() for word in listed), USER_WORD))

    def lower_share(self, word: str) -> float:
        """A word that the user writes with a capital only is a name."""
        return _UNKNOWN_LOWER if word in self._small else 0.0

    def preferred(self, form: str) -> str | None:
        """What a form is wherever it looks damaged; a pair in lower case holds with a capital, too."""
        if form in self._preferred:
            return self._preferred[form]
        small = self._preferred.get(form.lower())
        return small and (small[:1].upper() + small[1:] if form[:1].isupper() else small)
