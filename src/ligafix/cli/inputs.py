"""Reading texts for the commands that write none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ligafix.errors import InputError
from ligafix.formats.files import read_bytes
from ligafix.formats.text import decode


@dataclass(slots=True)
class ReadTexts:
    """Texts with their names, and what could not be read."""

    texts: list[tuple[str, str]] = field(default_factory=list)
    errors: list[InputError] = field(default_factory=list)


def read_texts(files: Sequence[str], encoding: str | None) -> ReadTexts:
    """Read text files; '-' is standard input."""
    read = ReadTexts()
    for file in files:
        name = "standard input" if file == "-" else file
        try:
            text = decode(read_bytes(None if file == "-" else Path(file)), encoding).text
        except InputError as error:
            read.errors.append(InputError(f"{name}: {error}"))
        else:
            read.texts.append((name, text))
    return read
