"""The texts of a file of records, looked up by their numbers, one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ligafix.errors import InputError
from ligafix.formats.jsonl import read_lines, read_record, without_mark
from ligafix.formats.parquet import Table, column_of

_ROWS = 1000
"""So many rows of a table are read at a time."""


class RecordTexts:
    """Reads on from record to record; whoever asks for an earlier one makes it begin again.

    Args:
        path: the file, JSON Lines or Parquet by its name.
        field: the field that is the text.
    """

    def __init__(self, path: Path, field: str) -> None:
        self._path = path
        self._field = field
        self._texts = self._read()
        self._number = 0

    def find(self, number: int, is_it: Callable[[str], bool]) -> str | None:
        """The text of a record; None where it is not there.

        Args:
            number: the record, counted from 1 (a line of JSON Lines, a row of a table); in a file that lacks some, it
                stands further on top.
            is_it: tells the text from others.

        Raises:
            InputError: the file cannot be read.
        """
        if number <= self._number:
            self._texts, self._number = self._read(), 0
        for text in self._texts:
            self._number += 1
            if text is not None and is_it(text):
                return text
            if self._number >= number:
                break
        return None

    def _read(self) -> Iterator[str | None]:
        return self._read_rows() if self._path.name.lower().endswith(".parquet") else self._read_lines()

    def _read_lines(self) -> Iterator[str | None]:
        for number, line in enumerate(read_lines(self._path), start=1):
            yield _text_in(without_mark(line)[1] if number == 1 else line, self._field)

    def _read_rows(self) -> Iterator[str | None]:
        table = Table(self._path)
        for rows in table.slices(_ROWS):
            values = column_of(table.read(rows), self._field)
            yield from (value if isinstance(value, str) else None for value in values)


def _text_in(line: bytes, field: str) -> str | None:
    try:
        return read_record(line, field).text
    except InputError:
        return None
