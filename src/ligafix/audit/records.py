"""The logs of records: those of one part of a file of records stand in one file, each behind a line that names it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from ligafix.audit.chain import BATCH_LOGS
from ligafix.audit.log import AuditLog, LogHeader
from ligafix.audit.values import read_count, read_path, read_text
from ligafix.errors import InputError
from ligafix.formats.jsonl import read_lines

RECORDS_SUFFIX = ".records.jsonl.gz"
"""What the names of such files end in."""


@dataclass(frozen=True, slots=True)
class RecordHead:
    """What a log says of the record that it is about.

    Attributes:
        place: its file, relative to the input.
        record: its number there, counted from 1: a line of JSON Lines, a row of a table.
        id: its id, where it has one.
        field: the field that is its text.
        source: where its file stands, as seen from the log; None where that cannot be said.
        output: where the file of outputs stands, as seen from the log; None where there is none.
        spelling: the text as the source's JSON has it, where another spelling of the same would come back.
    """

    place: str
    record: int
    id: Any = None
    field: str = "text"
    source: str | None = None
    output: str | None = None
    spelling: str | None = None

    @property
    def name(self) -> str:
        """What tells the record apart within its file."""
        return str(self.record if self.id is None else self.id)

    def to_line(self) -> bytes:
        """The head as a line of JSON."""
        known = {key: value for key, value in asdict(self).items() if value is not None}
        return json.dumps({"type": "record", **known}, default=str).encode() + b"\n"


def is_record_log(path: Path) -> bool:
    """Whether a file holds the logs of records, by its name."""
    return path.name.endswith(RECORDS_SUFFIX)


def find_record_logs(output: Path) -> list[Path]:
    """The logs of the records of a file that `ligafix batch` wrote, in their order; none where it is no such file."""
    whole = output.absolute()
    folders = (root / BATCH_LOGS / whole.relative_to(root) for root in whole.parents)
    found = next((folder for folder in folders if folder.is_dir()), None)
    return sorted(found.glob(f"*{RECORDS_SUFFIX}")) if found else []


def read_record_logs(path: Path) -> Iterator[tuple[RecordHead, AuditLog]]:
    """The logs of records that stand in one file, one by one.

    Raises:
        InputError: it cannot be read, holds something else, or is a decompression bomb.
    """
    earlier: LogHeader | None = None
    try:
        for head, lines in _split(read_lines(path)):
            log = AuditLog.from_lines(lines)
            if earlier and earlier.settings == log.header.settings:  # a million records share one object
                log = replace(log, header=replace(log.header, settings=earlier.settings))
            earlier = log.header
            yield _read_head(head), log
    except (OSError, InputError) as error:
        raise InputError(f"{path}: {error}") from None


def _split(lines: Iterable[bytes]) -> Iterator[tuple[bytes, Iterator[bytes]]]:
    """The heads, each with the lines of the log behind it, which have to be read before the next head."""
    heads = 0

    def count_heads(line: bytes) -> int:
        nonlocal heads
        heads += line.startswith(_HEAD)
        return heads

    for _, group in groupby(lines, count_heads):
        yield next(group), group  # noqa: B031 - the rest of it, on purpose


_HEAD = b'{"type": "record"'


def _read_head(line: bytes) -> RecordHead:
    try:
        fields = {key: value for key, value in json.loads(line).items() if key != "type"}
        head = RecordHead(**fields)
        read_text(head.place)
        read_count(head.record)
        read_text(head.field)
        read_path(head.source)
        read_path(head.output)
        read_text(head.spelling or "").encode()  # as it goes into a file, which has no lone surrogates
        return head
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise InputError("a record's log has no head; is the file damaged?") from None
