"""Where the distinct chunks of a text stand."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from ligafix.document import is_code

_LINE = re.compile(r"[^\r\n]+")
_CHUNK = re.compile(r"\S+")


def find_chunks(text: str, wanted: Container[str]) -> Iterator[tuple[str, int]]:
    """The wanted chunks of a text and where they start, but for lines of code."""
    for line in _LINE.finditer(text):
        chunks = [chunk for chunk in _CHUNK.finditer(text, line.start(), line.end()) if chunk.group() in wanted]
        if chunks and not is_code(line.group()):
            yield from ((chunk.group(), chunk.start()) for chunk in chunks)
