"""Signs that are no signs of their own, masked: no word that one of them stands in is taken for a whole one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from ligafix.chunks import find_chunks_of
from ligafix.document import LONGEST_CHUNK, MASK
from ligafix.evidence.meanings import ITSELF, CodeEvidence
from ligafix.evidence.signs import NEVER_THEMSELVES, as_one, find_coded_words, kind_of
from ligafix.spans import replace_spans


def choose_masked(table: Mapping[str, CodeEvidence]) -> frozenset[str]:
    """The signs that are no signs of their own."""
    return as_one(frozenset(s for s, e in table.items() if kind_of(s) in NEVER_THEMSELVES or e.meaning is not ITSELF))


def find_masked(text: str, signs: frozenset[str]) -> dict[str, str] | None:
    """The distinct chunks of a text in which `mask_signs` masks something, in order, and what it makes of them.

    None where such a sign is white space, so that chunks are not what they seem.
    """
    if not signs:
        return {}
    if any(map(str.isspace, signs)):
        return None
    lines = find_chunks_of(text).lines
    masked = _mask(lines, signs)
    return {chunk: one for chunk, one in zip(lines.split("\n"), masked.split("\n"), strict=True) if chunk != one}


def mask_signs(text: str, signs: frozenset[str]) -> str:
    """A text in which no word that one of the signs stands in can be taken for a whole one."""
    if not signs:
        return text
    return _recall_masked(text, signs) if len(text) <= LONGEST_CHUNK else _mask(text, signs)


def _mask(text: str, signs: frozenset[str]) -> str:
    words = find_coded_words(text, signs)
    return replace_spans(text, ((word.start, word.end, MASK.join(word.parts[::2]) or MASK) for word in words))


_recall_masked = lru_cache(maxsize=1 << 13)(_mask)
