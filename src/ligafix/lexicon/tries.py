"""The tries of marisa-trie, for words of any text: one that cannot stand in UTF-8 is not in them.

A text with bytes that are no text holds lone surrogates in their place (PEP 383); marisa-trie encodes each key it is
asked for, and fails on them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import marisa_trie


class _AnyText:
    """What both kinds of tries share; it stands before theirs among the bases."""

    def get(self, key: str, default: Any = None) -> Any:
        """What belongs to a word: its number, its records."""
        try:
            return super().get(key, default)  # type: ignore[misc]
        except UnicodeEncodeError:
            return default

    def prefixes(self, key: str) -> list[str]:
        """The words that are beginnings of a key."""
        try:
            return super().prefixes(key)  # type: ignore[misc, no-any-return]
        except UnicodeEncodeError as error:
            return self.prefixes(key[: error.start])


class Trie(_AnyText, marisa_trie.Trie):  # type: ignore[misc]
    """Words and their numbers."""

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """The words that begin so."""
        with contextlib.suppress(UnicodeEncodeError):
            yield from super().iterkeys(prefix)

    def prefixes_with_numbers(self, key: str) -> list[tuple[str, int]]:
        """The words that are beginnings of a key, the shortest first, and their numbers; the key has to be text."""
        return list(super().iter_prefixes_with_ids(key))


class RecordTrie(_AnyText, marisa_trie.RecordTrie):  # type: ignore[misc]
    """Words and their records."""

    def __contains__(self, key: object) -> bool:
        try:
            return bool(super().__contains__(key))
        except UnicodeEncodeError:
            return False
