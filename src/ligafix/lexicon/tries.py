"""The tries of marisa-trie, for words of any text: one that cannot stand in UTF-8 is not in them.

A text with bytes that are no text holds lone surrogates in their place (PEP 383); marisa-trie encodes each key it is
asked for, and fails on them.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import Any

import marisa_trie


class Trie(marisa_trie.Trie):  # type: ignore[misc]
    """Words and their numbers."""

    def get(self, key: str, default: int | None = None) -> int | None:
        """The number of a word."""
        try:
            return super().get(key, default)  # type: ignore[no-any-return]
        except UnicodeEncodeError:
            return default

    def prefixes(self, key: str) -> list[str]:
        """The words that are beginnings of a key."""
        try:
            return super().prefixes(key)  # type: ignore[no-any-return]
        except UnicodeEncodeError as error:
            return self.prefixes(key[: error.start])

    def iterkeys(self, prefix: str) -> Iterator[str]:
        """The words that begin so."""
        with contextlib.suppress(UnicodeEncodeError):
            yield from super().iterkeys(prefix)


class RecordTrie(marisa_trie.RecordTrie):  # type: ignore[misc]
    """Words and their records."""

    def get(self, key: str, default: Any = None) -> Any:
        """The records of a word."""
        try:
            return super().get(key, default)
        except UnicodeEncodeError:
            return default

    def prefixes(self, key: str) -> list[str]:
        """The words that are beginnings of a key."""
        try:
            return super().prefixes(key)  # type: ignore[no-any-return]
        except UnicodeEncodeError as error:
            return self.prefixes(key[: error.start])

    def __contains__(self, key: object) -> bool:
        try:
            return bool(super().__contains__(key))
        except UnicodeEncodeError:
            return False
