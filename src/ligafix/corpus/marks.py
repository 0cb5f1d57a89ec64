"""Marks of completion: what an earlier run has done, so that the next one need not.

While a run lasts, marks are added to a journal, each line of it at once; a line that was torn by a crash is no mark.
At the end they become the manifest, in the order of the input.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from ligafix.formats.files import write_files

MANIFEST = "manifest.jsonl"
"""The marks of a run that came to its end."""

JOURNAL = "journal.jsonl"
"""The marks of one that did not."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Says that a text, or a part of a file of records, is done.

    Attributes:
        place: the file, relative to the input.
        part: which part of it; None for a text.
        key: a hash of all that decided what came out.
        documents: how many documents went in.
        written: how many came out.
        changed: how many of them differ from their source.
        statuses: their changes by status.
        stages: the applied ones by stage.
        failures: the records that failed: number, id, reason.
        output: the hash (SHA-256) of the text that was written; '' for records.
    """

    place: str
    part: int | None
    key: str
    documents: int
    written: int
    changed: int
    statuses: Mapping[str, int] = field(default_factory=dict)
    stages: Mapping[str, int] = field(default_factory=dict)
    failures: tuple[tuple[int | None, Any, str], ...] = ()
    output: str = ""

    @property
    def name(self) -> str:
        """What tells it from other marks."""
        return name_of(self.place, self.part)

    def to_line(self) -> bytes:
        """The mark as a line of JSON."""
        return json.dumps(asdict(self), default=str).encode() + b"\n"

    @classmethod
    def from_line(cls, line: bytes) -> Mark | None:
        """The mark that a line is; None where it is none, or only a piece."""
        try:
            record = json.loads(line)
            failures = tuple((number, name, error) for number, name, error in record.pop("failures"))
            return cls(**record, failures=failures)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


def name_of(place: str, part: int | None) -> str:
    """What tells the mark of a text, or of a part of a file, from others."""
    return place if part is None else f"{place}\0{part}"


class Journal:
    """The marks of a run as it goes on."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / JOURNAL
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Journal:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = self._path.open("ab")
        self._file.write(b"\n")  # what a crash left of a line ends here
        return self

    def __exit__(self, *_: object) -> None:
        if self._file:
            self._file.close()

    def add(self, marks: Iterable[Mark]) -> None:
        """Write marks down to the disk."""
        assert self._file is not None  # noqa: S101 - within the context
        self._file.write(b"".join(mark.to_line() for mark in marks))
        self._file.flush()
        os.fsync(self._file.fileno())


def load_marks(folder: Path) -> dict[str, Mark]:
    """The marks of earlier runs by their names; of two the later."""
    found = {}
    for name in (MANIFEST, JOURNAL):
        for mark in _read(folder / name):
            found[mark.name] = mark
    return found


def write_manifest(folder: Path, marks: Iterable[Mark]) -> None:
    """Make the marks of a whole run its manifest."""
    write_files([(folder / MANIFEST, b"".join(mark.to_line() for mark in marks))])
    (folder / JOURNAL).unlink(missing_ok=True)


def _read(path: Path) -> Iterator[Mark]:
    if path.is_file():
        with path.open("rb") as file:
            yield from filter(None, map(Mark.from_line, file))
