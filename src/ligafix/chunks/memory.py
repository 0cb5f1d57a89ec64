"""What is known of chunks, remembered from text to text: nearly all chunks of a text stood in others, too."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import islice
from typing import TypeVar, cast

from ligafix.document import LONGEST_CHUNK

MOST_CHUNKS = 1 << 16
"""So many chunks are remembered from text to text."""

Known = TypeVar("Known")


class ChunkMemory(dict[str, Known]):
    """Something that is known of each chunk that was met, in any text; it is emptied when there are too many."""

    def __init__(self, find: Callable[[Sequence[str]], Mapping[str, Known]]) -> None:
        """Take what finds it out of some distinct chunks; it never is None."""
        super().__init__()
        self._find = find

    def of(self, chunks: Collection[str]) -> list[Known]:
        """What is known of each of some distinct chunks."""
        known = list(map(self.get, chunks))
        if None not in known:
            return cast("list[Known]", known)
        new = self._find([chunk for chunk, one in zip(chunks, known, strict=True) if one is None])
        if len(self) + len(new) > MOST_CHUNKS:
            self.clear()
        self.update((chunk, one) for chunk, one in islice(new.items(), MOST_CHUNKS) if len(chunk) <= LONGEST_CHUNK)
        return [new[chunk] if one is None else one for chunk, one in zip(chunks, known, strict=True)]
