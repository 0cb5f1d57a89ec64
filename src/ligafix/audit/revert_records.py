"""The way back from a file of records that `ligafix batch` wrote; it need not fit into memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby, islice
from pathlib import Path
from typing import Any

from ligafix.audit.log import AuditLog
from ligafix.audit.records import RecordHead, read_record_logs
from ligafix.errors import ReplayError
from ligafix.formats.compression import compress, compression_of
from ligafix.formats.files import replacing
from ligafix.formats.jsonl import read_lines, read_record, without_mark
from ligafix.formats.parquet import Table, column_of, replace_rows, write_table
from ligafix.formats.text import encode_text

_BLOCK = 1 << 20
"""So many bytes are compressed together."""

_ROWS = 1000
"""So many rows of a table are taken back together."""

_Logs = Iterator[tuple[RecordHead, AuditLog]]


def output_of_records(log: Path) -> str | None:
    """Where the records stand that a log is about, as seen from it; None where it has none."""
    return next((head.output for head, _ in read_record_logs(log)), None)


def revert_records(output: Path, logs: Sequence[Path], target: Path) -> int:
    """Write the source of a file of records, without those that failed; answers how many records it has.

    Args:
        output: the file as `ligafix batch` wrote it: JSON Lines or Parquet by its name.
        logs: the logs of its records, in their order.
        target: where the source goes; perhaps `output` itself.

    Raises:
        InputError: a file cannot be read.
        ReplayError: the file is not what the logs tell of.
        OutputError: the source cannot be written.
    """
    counted = _Counted(pair for log in logs for pair in read_record_logs(log))
    with replacing(target) as temporary:
        if output.name.lower().endswith(".parquet"):
            _revert_table(output, counted, temporary)
        else:
            with temporary.open("wb") as file:
                for block in _blocks(_revert_lines(output, counted)):
                    file.write(compress(block, compression_of(output.name)))
        if next(counted, None) is not None:
            raise ReplayError("it has fewer records than its logs; was it edited, or written in part?")
    return counted.number


class _Counted(Iterator[tuple[RecordHead, AuditLog]]):
    """The logs one by one, and how many there were."""

    def __init__(self, logs: _Logs) -> None:
        self._logs = logs
        self.number = 0

    def __next__(self) -> tuple[RecordHead, AuditLog]:
        found = next(self._logs)
        self.number += 1
        return found


def _revert_lines(output: Path, logs: _Logs) -> Iterator[bytes]:
    for number, line in enumerate(read_lines(output), start=1):
        mark, rest = without_mark(line) if number == 1 else (b"", line)
        if rest.isspace():
            yield line
            continue
        head, log = _next_log(logs, number)
        record = read_record(rest, head.field)
        source = _undo(record.text, log, number)
        yield mark + (record.with_text(source) if head.spelling is None else record.with_spelling(head.spelling))


def _revert_table(output: Path, logs: _Logs, target: Path) -> None:
    table = Table(output)
    numbers = count(1)
    slices = groupby(table.slices(_ROWS), key=lambda rows: rows.group)
    groups = ([_revert_rows(table.read(rows), logs, numbers) for rows in group] for _, group in slices)
    write_table(target, table.schema, groups, table.compression)


def _revert_rows(rows: Any, logs: _Logs, numbers: Iterator[int]) -> Any:
    found = [(number, *_next_log(logs, number)) for number in islice(numbers, rows.num_rows)]
    field = found[0][1].field
    texts = zip(column_of(rows, field), found, strict=True)
    return replace_rows(rows, field, {i: _undo(text, log, n) for i, (text, (n, _, log)) in enumerate(texts)})


def _next_log(logs: _Logs, number: int) -> tuple[RecordHead, AuditLog]:
    found = next(logs, None)
    if found is None:
        raise ReplayError(f"it has more records than its logs: nothing is known about record {number}")
    return found


def _undo(text: object, log: AuditLog, number: int) -> str:
    if not isinstance(text, str):
        raise ReplayError(f"record {number}: there is no text in the field that its log names")
    data = encode_text(text).data
    if log.header.source.describes(data):  # unchanged, or taken back before
        return text
    try:
        return log.header.source.decode(log.undo(data))
    except ReplayError as error:
        raise ReplayError(f"record {number}: {error}") from None


def _blocks(lines: Iterable[bytes]) -> Iterator[bytes]:
    block: list[bytes] = []
    size = 0
    for line in lines:
        block.append(line)
        size += len(line)
        if size >= _BLOCK:
            yield b"".join(block)
            block, size = [], 0
    if block:
        yield b"".join(block)
