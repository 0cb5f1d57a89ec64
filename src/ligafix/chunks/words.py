"""The words of a chunk, remembered from text to text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import filterfalse
from typing import NamedTuple

from ligafix.chunks.memory import MOST_CHUNKS, ChunkMemory
from ligafix.document import ACCENTS, LETTERS, LONGEST_CHUNK, LONGEST_WORD, MASK

_WORD = re.compile(
    rf"(?<![\w\\@#$&%{{}}^~{ACCENTS}'’{MASK}])(?<!\w\.)(?<![(\[]\w[)\]])[{LETTERS}]+(?:['’][{LETTERS}]+)*"
    rf"(?![\w\\@{{}}^{ACCENTS}{MASK}])(?!\.[a-z])"
)
_ADDRESS = re.compile(
    r"://|www\.|@|^10\.\d{4,}/|^doi:|\w\.[a-z]{2,4}/|^[~.]{0,2}/|/.*/|\(\)|::|->|[\w)]=[\w(]|[\[\]{}]\w*[\[\]{};]",
    re.IGNORECASE | re.MULTILINE,
)
"""Chunks that are no prose: addresses, paths, code."""

_PLAIN_CHUNK = re.compile(rf"([\"“(]?)([{LETTERS}]+)[.,;!?\"”)]*")
"""A word and the signs around it: no address, and no other word."""

_LONGEST_PLAIN = 100
_PLAIN_LINES = re.compile(
    rf"^([\"“(]?([{LETTERS}]{{1,{LONGEST_WORD}}})[.,;!?\"”)]{{0,{_LONGEST_PLAIN}}})$", re.MULTILINE
)
"""Lines that are such chunks, all of those that are so long at most and have a word."""


class Word(NamedTuple):
    """A word and where it starts."""

    text: str
    start: int


def words_in(chunk: str) -> tuple[Word, ...]:
    """The words of a chunk; none where it is an address or code, and none that is too long to be one.

    >>> [w.text for w in words_in("(ve-year)")], words_in("led@example.org"), words_in("x_led")
    (['ve', 'year'], (), ())
    >>> [w.text for w in words_in("(F)iesta")]  # a key to press
    ['F']
    """
    return _recall_words(chunk) if len(chunk) <= LONGEST_CHUNK else _find_words(chunk)  # megabytes are not remembered


def _find_words(chunk: str) -> tuple[Word, ...]:
    if plain := _PLAIN_CHUNK.fullmatch(chunk):
        return (Word(plain[2], len(plain[1])),) if len(plain[2]) <= LONGEST_WORD else ()
    if _ADDRESS.search(chunk):
        return ()
    return tuple(Word(m.group(), m.start()) for m in _WORD.finditer(chunk) if m.end() - m.start() <= LONGEST_WORD)


_recall_words = lru_cache(maxsize=MOST_CHUNKS)(_find_words)


@lru_cache(maxsize=MOST_CHUNKS)
def edge_words(chunk: str) -> tuple[str, str]:
    """The word that a chunk begins with and the one that it ends in; '' where there is none.

    >>> edge_words("signi"), edge_words("well-de"), edge_words("cant,"), edge_words("(5)")
    (('signi', 'signi'), ('well', 'de'), ('cant', ''), ('', ''))
    """
    words = words_in(chunk)
    if not words:
        return "", ""
    first, last = words[0], words[-1]
    is_end = last.start + len(last.text) == len(chunk)
    return first.text if first.start == 0 else "", last.text if is_end else ""


def find_words_of(chunks: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """The words of each of some chunks, many at once: most are plain, and few are addresses."""
    plain = _PLAIN_LINES.findall("\n".join(chunks))
    found: dict[str, tuple[str, ...]] = {chunk: (word,) for chunk, word in plain}
    others = list(filterfalse(found.__contains__, chunks))
    short = [chunk for chunk in others if len(chunk) <= _LONGEST_PLAIN]
    addresses = set(lines_with(_ADDRESS, "\n".join(short)))
    for chunk in short:
        words = _WORD.findall(chunk) if chunk not in addresses else ()
        found[chunk] = tuple(word for word in words if len(word) <= LONGEST_WORD)
    for chunk in filterfalse(found.__contains__, others):
        found[chunk] = tuple(word for word, _ in words_in(chunk))
    return found


def lines_with(pattern: re.Pattern[str], lines: str) -> Iterator[str]:
    """The lines in which a pattern is found."""
    at = 0
    while (found := pattern.search(lines, at)) is not None:
        start = lines.rfind("\n", at, found.start()) + 1 or at
        at = lines.find("\n", found.end()) + 1 or len(lines) + 1
        yield lines[start : at - 1]


MET_WORDS = ChunkMemory(find_words_of)
"""The words of each chunk."""
