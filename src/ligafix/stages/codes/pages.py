"""A text as the row of its chunks, and what parts them."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property

from ligafix.chunks.words import edge_words
from ligafix.document import HYPHENS, LONGEST_CHUNK

MOST_PIECES = 6
"""No word parts into more pieces than this."""

_CHUNK = re.compile(r"\S+")
_BEFORE = re.compile(r"\S+\s*\Z")
_FOLLOWING = re.compile(rf"(?:\s{{0,{LONGEST_CHUNK}}}\S{{1,{LONGEST_CHUNK}}}){{0,{MOST_PIECES + 2}}}")
_SPACES = re.compile(r"[ \t\xa0]+")
_LINE_END = re.compile(r"[ \t]*(?:\r\n|\n)(?:[ \t]*(?:\r\n|\n)){0,3}[ \t]*")


class Page:
    """The chunks of a text, numbered, and where they stand."""

    def __init__(self, text: str, chunks: Sequence[str] | None = None) -> None:
        """Take a text, and its chunks if they are known."""
        self.text = text
        self.chunks = text.split() if chunks is None else chunks

    @cached_property
    def _starts(self) -> array[int]:
        """Where each chunk starts."""
        return array("q", (found.start() for found in _CHUNK.finditer(self.text)))

    def span(self, number: int) -> tuple[int, int]:
        """Where a chunk stands."""
        start = self._starts[number]
        return start, start + len(self.chunks[number])

    def gap(self, number: int) -> str:
        r"""What parts a chunk from the next one: a space, a line end (`\n`), or '' for anything else."""
        between = self.text[self.span(number)[1] : self.span(number + 1)[0]]
        if between == " " or _SPACES.fullmatch(between):
            return " "
        return "\n" if _LINE_END.fullmatch(between) else ""

    def is_one_space(self, number: int) -> bool:
        """Whether a single space parts a chunk from the next one.

        Where a ligature left one, a second one is the space that parts two words (`re  ghters`, fire fighters).
        """
        return self.gap(number) == " " and self.span(number + 1)[0] == self.span(number)[1] + 1

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


def page_around(text: str, start: int) -> tuple[Page, int]:
    """What a word torn at a place may reach to, as a page of its own, and the number of the chunk that starts there."""
    before = _BEFORE.search(text, max(0, start - LONGEST_CHUNK), start)
    chunk = _CHUNK.match(text, start)
    end = chunk.end() if chunk else start
    following = _FOLLOWING.match(text, end)
    page = Page(text[before.start() if before else start : following.end() if following else end])
    return page, int(before is not None)
