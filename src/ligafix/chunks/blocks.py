"""Pieces of a long text, its *blocks*, and which of them stand in another text as well."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

SIZE = 1 << 13
"""Code points that are split into chunks at a time: what makes an object of each takes a hundred bytes for it, and the
memory of one such piece is used again and again."""

_MARK = 64
"""By so many code points at its beginning a block is found again in another text."""

MOST_LOST = 3
"""After so many blocks that are not found again, another text is taken for unlike the first."""

_SPACE = re.compile(r"\s")

Span = tuple[int, int]
"""Where a block starts and ends."""


def find_blocks(text: str, at: int = 0) -> Iterator[Span]:
    """Where the blocks of the rest of a text are: they end with lines where they can, or else with chunks."""
    while at < len(text):
        end = _block_end(text, at + SIZE)
        yield at, end
        at = end


def _block_end(text: str, at: int) -> int:
    """The end of a block: behind the next line feed, or white space if that is far away."""
    end = text.find("\n", at, at + SIZE) + 1
    if end == 0 and (space := _SPACE.search(text, at)):
        end = space.end()
    return end or len(text)


def find_again(known: str, blocks: Sequence[Span], text: str) -> Iterator[tuple[int, int, int | None]]:
    """The blocks of a text, each with its number among those of another one if it stands there as well.

    Args:
        known: the other text.
        blocks: its blocks.
        text: the text.
    """
    at = lost = 0
    numbers = iter(range(len(blocks)))
    while at < len(text) and lost < MOST_LOST:
        number, place = _find_next(known, blocks, text, at, numbers)
        if number is None:
            place = _block_end(text, at + SIZE)
            lost += 1
        if place > at:
            yield at, place, None
            at = place
        if number is not None and (end := _end_of_same(known, blocks[number], text, at)):
            yield at, end, number
            at, lost = end, 0
    yield from ((start, end, None) for start, end in find_blocks(text, at))


def _find_next(
    known: str, blocks: Sequence[Span], text: str, at: int, numbers: Iterator[int]
) -> tuple[int | None, int]:
    """The next known block that begins in a text at a place or not far behind, and where."""
    for number in islice(numbers, MOST_LOST):
        start = blocks[number][0]
        place = text.find(known[start : start + _MARK], at, at + 2 * SIZE)
        if place == 0 or (place > 0 and text[place - 1].isspace()):
            return number, place
    return None, at


def _end_of_same(known: str, block: Span, text: str, at: int) -> int:
    """Where a known block ends that stands at a place of a text as well; 0 where it does not."""
    start, stop = block
    end = at + stop - start
    is_same = text.startswith(known[start:stop], at)
    is_whole = end == len(text) or text[end - 1 : end].isspace() or text[end : end + 1].isspace()
    return end if is_same and is_whole else 0
