"""A text as the row of its chunks, and what parts them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ligafix.document import LONGEST_CHUNK, split_blocks, words_in

MOST_PIECES = 6
"""No word parts into more pieces than this."""

_BEFORE = re.compile(r"\S+\s*\Z")
_FOLLOWING = re.compile(rf"(?:\s{{0,{LONGEST_CHUNK}}}\S{{1,{LONGEST_CHUNK}}}){{0,{MOST_PIECES + 2}}}")
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
        self._place = 0, 0  # a chunk, and where it starts or white space before it

    def span(self, number: int) -> tuple[int, int]:
        """Where a chunk stands, found from the one that was asked for before: mostly it is near, or none is asked."""
        known, at = self._place
        for chunk in self.chunks[known:number]:
            at = self.text.find(chunk, at) + len(chunk)
        for chunk in self.chunks[number:known][::-1]:
            at = self.text.rfind(chunk, 0, at)
        start = self.text.find(self.chunks[number], at)
        self._place = number, start
        return start, start + len(self.chunks[number])

    def gap(self, number: int) -> str:
        r"""What parts a chunk from the next one: a space, a line end (`\n`), or '' for anything else."""
        between = self.text[self.span(number)[1] : self.span(number + 1)[0]]
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


def split_pages(text: str) -> Iterator[tuple[Page, range]]:
    """A text in pieces, one after the other; of each the numbers of its own chunks, without those that only follow."""
    start = 0
    for block in split_blocks(text):
        end = start + len(block)
        first = _BEFORE.search(text, max(0, start - LONGEST_CHUNK), start)
        following = _FOLLOWING.match(text, end)
        page = Page(text[first.start() if first else start : following.end() if following else end])
        before, behind = (len(found.group().split()) if found else 0 for found in (first, following))
        yield page, range(before, len(page.chunks) - behind)
        start = end


HYPHENS = "-‐\xad\ufffe¬"
"""What stands where a line's end divides a word."""
