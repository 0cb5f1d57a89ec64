"""A text as the row of its chunks, and what parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache

from ligafix.document import words_in

MOST_PIECES = 6
"""No word parts into more pieces than this."""

_CHUNK = re.compile(r"\S+")
_SPACES = re.compile(r"[ \t\xa0]+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n)(?:[ \t]*(?:\r\n|\n)){0,3}[ \t]*")


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
    is_end = last.start + len(last.text) == len(chunk)
    return first.text if first.start == 0 else "", last.text if is_end else ""


class Page:
    """The chunks of a text, numbered, and where they stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.chunks = text.split()

    @cached_property
    def spans(self) -> list[tuple[int, int]]:
        """Where the chunks stand."""
        return [found.span() for found in _CHUNK.finditer(self.text)]

    def gap(self, number: int) -> str:
        r"""What parts a chunk from the next one: a space, a line end (`\n`), or '' for anything else."""
        between = self.text[self.spans[number][1] : self.spans[number + 1][0]]
        if between == " " or _SPACES.fullmatch(between):
            return " "
        return "\n" if _LINE_END.fullmatch(between) else ""

    def gaps(self, first: int, last: int) -> str:
        """What parts the chunks from one to another, a character each, or '' where something else does."""
        gaps = [self.gap(number) for number in range(first, last)]
        return "".join(gaps) if all(gaps) else ""

    def rows(self, number: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The words from the end of a chunk on, as far as only gaps part them: the last chunk, and the words."""
        words = [edge_words(self.chunks[number])[1]]
        for last in range(number + 1, min(number + MOST_PIECES, len(self.chunks))):
            word = edge_words(self.chunks[last])[0]
            if not words[-1] or not word:
                return
            words.append(word)
            yield last, tuple(words)
            if word != self.chunks[last]:
                return

    def before_seam(self, number: int) -> str:
        """What a line-end hyphen joins to the word that a chunk begins with ('' for nothing)."""
        if number == 0 or self.chunks[number - 1][-1] not in HYPHENS or self.gap(number - 1) != "\n":
            return ""
        return edge_words(self.chunks[number - 1][:-1])[1]

    def behind_seam(self, number: int) -> str:
        """What a line-end hyphen joins to the word that a chunk ends in ('' for nothing)."""
        if number + 1 == len(self.chunks) or self.chunks[number][-1] not in HYPHENS or self.gap(number) != "\n":
            return ""
        return edge_words(self.chunks[number + 1])[0]


HYPHENS = "-‐\xad\ufffe¬"
"""What stands where a line's end divides a word."""
