"""Parquet: the same columns, the same row groups."""

from pathlib import Path
from typing import Any

import pytest

from ligafix.errors import InputError
from ligafix.formats.parquet import (
    RowSlice,
    Table,
    bytes_to_table,
    column_of,
    replace_rows,
    table_to_bytes,
    write_table,
)

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    table = pa.table(
        {"n": list(range(25)), "text": [f"t{n}" for n in range(25)], "deep": [[{"a": n}] for n in range(25)]}
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=10)
    return tmp_path / "a.parquet"


def test_slices_cover_all_rows_and_no_two_row_groups(path: Path) -> None:
    slices = list(Table(path).slices(4))
    assert sum(s.rows for s in slices) == 25
    rows = [value for s in slices for value in column_of(Table(path).read(s), "n")]
    assert rows == list(range(25))


def test_a_name_that_several_columns_have_tells_nothing(tmp_path: Path) -> None:
    pq.write_table(pa.table([[1], ["a"], ["b"]], names=["id", "text", "text"]), tmp_path / "a.parquet")
    table = Table(tmp_path / "a.parquet")
    with pytest.raises(InputError, match="it has several columns 'text'; give them names of their own"):
        table.require_text("text")
    assert column_of(table.read(RowSlice(0, 0, 1)), "text") == [None]


@pytest.mark.parametrize("order", ["on", "back", "every other", "same", "mixed"])
def test_slices_are_right_in_any_order_and_of_any_size(path: Path, order: str) -> None:
    table = Table(path)
    slices = [*table.slices(3), *table.slices(4)]
    slices = {
        "on": slices,
        "back": slices[::-1],
        "every other": slices[::2],
        "same": [s for s in slices for _ in range(2)],
        "mixed": sorted(slices, key=lambda s: s.start * 7 % 5),
    }[order]
    for s in slices:
        assert column_of(table.read(s), "n") == list(range(s.group * 10 + s.start, s.group * 10 + s.start + s.rows))


def test_a_row_group_read_in_order_is_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[int] = []
    iter_batches = pq.ParquetFile.iter_batches

    def count(*args: Any, **options: Any) -> Any:
        begun.extend(options["row_groups"])
        return iter_batches(*args, **options)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", count)
    table = Table(path)
    for rows in table.slices(2):
        table.read(rows)
    assert begun == [0, 1, 2]


def test_rows_without_a_text_are_left_out_and_the_others_keep_all_columns(path: Path) -> None:
    rows = replace_rows(Table(path).read(RowSlice(1, 2, 3)), "text", {0: "x", 2: "z"})
    assert rows.to_pydict() == {"n": [12, 14], "text": ["x", "z"], "deep": [[{"a": 12}], [{"a": 14}]]}
    assert bytes_to_table(table_to_bytes(rows)).equals(rows)


def test_the_row_groups_are_written_as_they_were(path: Path, tmp_path: Path) -> None:
    table = Table(path)
    groups = ([table.read(s) for s in table.slices(4) if s.group == number] for number in range(3))
    write_table(tmp_path / "b.parquet", table.schema, groups, table.compression)
    written = pq.ParquetFile(tmp_path / "b.parquet")
    assert written.read().equals(pq.read_table(path))
    assert [written.metadata.row_group(i).num_rows for i in range(written.num_row_groups)] == [10, 10, 5]


def test_a_table_without_texts_is_refused(path: Path) -> None:
    with pytest.raises(InputError, match="no column 'body'"):
        Table(path).require_text("body")
    with pytest.raises(InputError, match="'n' holds no text, but int64"):
        Table(path).require_text("n")


def test_what_is_no_parquet_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no")
    with pytest.raises(InputError, match="it is no Parquet file"):
        Table(tmp_path / "a.parquet")
