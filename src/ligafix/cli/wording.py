"""Numbers and paths in words."""

from __future__ import annotations

from pathlib import Path


def count(number: int, noun: str, nouns: str | None = None) -> str:
    """A number and what it counts.

    >>> count(1, "file"), count(2, "file"), count(0, "entry", "entries")
    ('1 file', '2 files', '0 entries')
    """
    return f"{number} {noun if number == 1 else nouns or noun + 's'}"


def show_path(path: Path) -> str:
    """A path as seen from the working folder, if it is within."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
