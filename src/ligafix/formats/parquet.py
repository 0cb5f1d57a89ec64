"""Parquet: tables of records of which one column is replaced, row group by row group."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ligafix.errors import InputError


@dataclass(frozen=True, slots=True)
class RowSlice:
    """Some rows of a row group."""

    group: int
    start: int
    rows: int


class Table:
    """A Parquet file that records are read from; it reads on from slice to slice, and begins again to go back."""

    def __init__(self, path: Path) -> None:
        parquet = _parquet()
        try:
            self._file = parquet.ParquetFile(path)
        except (OSError, ValueError) as error:
            raise InputError(f"it is no Parquet file: {str(error).splitlines()[0]}") from None
        self._batches: Iterator[Any] = iter(())
        self._group: int | None = None  # which row group they are of
        self._at = 0  # which row of it comes next
        self._rest: Any = None  # what is left of a batch

    def slices(self, most: int) -> Iterator[RowSlice]:
        """The rows in slices of at most so many, none of which reaches over the end of a row group."""
        for group in range(self._file.metadata.num_row_groups):
            rows = self._file.metadata.row_group(group).num_rows
            for start in range(0, rows, most):
                yield RowSlice(group, start, min(most, rows - start))

    def require_text(self, column: str) -> None:
        """Refuse a table without texts in this column.

        Raises:
            InputError: there is no such column, or several, or it holds no text.
        """
        types = _arrow().types
        schema = self._file.schema_arrow
        if schema.names.count(column) > 1:
            raise InputError(f"it has several columns {column!r}; give them names of their own")
        if column not in schema.names:
            raise InputError(f"it has no column {column!r}; name the one with the text with --text-field")
        kind = schema.field(column).type
        if not (types.is_string(kind) or types.is_large_string(kind)):
            raise InputError(f"its column {column!r} holds no text, but {kind}")

    def read(self, wanted: RowSlice) -> Any:
        """The rows of a slice as an Arrow table; they are found fastest in their order."""
        end = wanted.start + wanted.rows
        if wanted.rows and (self._group != wanted.group or wanted.start < self._at):
            self._begin(wanted.group, wanted.rows)
        tables = []
        while self._at < end and (batch := self._rest or next(self._batches, None)) is not None:
            taken = min(batch.num_rows, (wanted.start if self._at < wanted.start else end) - self._at)
            if self._at >= wanted.start:
                tables.append(batch.slice(0, taken))
            self._at += taken
            self._rest = batch.slice(taken) if taken < batch.num_rows else None
        return _arrow().Table.from_batches(tables, schema=self._file.schema_arrow)

    def _begin(self, group: int, rows: int) -> None:
        """Go to the start of a row group, to read it in batches of so many rows."""
        self._group, self._at, self._rest = group, 0, None
        self._batches = self._file.iter_batches(batch_size=rows, row_groups=[group])

    @property
    def compression(self) -> str:
        """The codec of the file's columns."""
        metadata = self._file.metadata
        if not metadata.num_row_groups or not metadata.num_columns:
            return "SNAPPY"
        return str(metadata.row_group(0).column(0).compression)

    @property
    def schema(self) -> Any:
        """The columns, as Arrow names them."""
        return self._file.schema_arrow


def column_of(table: Any, column: str) -> list[Any]:
    """The values of a column; None for each row where there is no such column, or no telling which."""
    place = table.schema.get_field_index(column)  # -1 where several have the name, too
    return [None] * table.num_rows if place < 0 else list(table.column(place).to_pylist())


def replace_rows(table: Any, column: str, texts: Mapping[int, str]) -> Any:
    """The rows of a table for which there are texts, in their order, with these texts in a column."""
    arrow = _arrow()
    kept = table.take(arrow.array(sorted(texts), type=arrow.int64()))
    place = table.schema.get_field_index(column)
    values = arrow.array([texts[row] for row in sorted(texts)], type=table.schema.field(column).type)
    return kept.set_column(place, table.schema.field(column), values)


def table_to_bytes(table: Any) -> bytes:
    """A table as a Parquet file of its own, for a while."""
    buffer = io.BytesIO()
    _parquet().write_table(table, buffer, compression="zstd")
    return buffer.getvalue()


def bytes_to_table(data: bytes) -> Any:
    """What `table_to_bytes` made bytes of."""
    return _parquet().read_table(io.BytesIO(data))


def write_table(path: Path, schema: Any, row_groups: Iterable[list[Any]], compression: str) -> None:
    """Write a Parquet file, each row group from some tables."""
    arrow = _arrow()
    codec = {"UNCOMPRESSED": "NONE"}.get(compression, compression)
    with _parquet().ParquetWriter(path, schema, compression=codec) as writer:
        for tables in row_groups:
            rows = arrow.concat_tables(tables)
            if rows.num_rows:
                writer.write_table(rows, row_group_size=rows.num_rows)


def _arrow() -> Any:
    try:
        import pyarrow
    except ImportError:
        raise InputError("Parquet files need pyarrow; install ligafix[parquet]") from None
    return pyarrow


def _parquet() -> Any:
    _arrow()
    import pyarrow.parquet

    return pyarrow.parquet
