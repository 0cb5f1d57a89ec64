"""The documents of a shard, read one by one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ligafix.corpus.job import Job
from ligafix.corpus.plan import Kind, Shard
from ligafix.errors import InputError
from ligafix.formats.compression import compression_of
from ligafix.formats.files import read_bytes
from ligafix.formats.jsonl import JsonRecord, read_name, read_record, without_mark
from ligafix.formats.parquet import Table, column_of
from ligafix.formats.text import EncodedText, decode, encode_text


@dataclass(frozen=True, slots=True)
class Document:
    """A document of a shard.

    Attributes:
        index: which of the shard's documents it is, counted from 0.
        place: its file, relative to the input.
        number: the number of its record; None for a whole file.
        data: its bytes, as far as they decide what comes out.
        source: its text; None where it cannot be read.
        error: why not.
        name: its id, where it has one.
        record: the line of JSON that it stands in.
    """

    index: int
    place: str
    number: int | None
    data: bytes
    source: EncodedText | None
    error: str = ""
    name: Any = None
    record: JsonRecord | None = None


def read_documents(job: Job, shard: Shard) -> Iterator[Document]:
    """The documents of a shard in order, broken ones, too."""
    if shard.kind is Kind.TEXT:
        return _read_texts(job, shard)
    return _read_rows(job, shard) if shard.kind is Kind.PARQUET else _read_lines(job, shard)


def shard_lines(job: Job, shard: Shard) -> list[bytes]:
    """The lines of a shard of JSON Lines, blank ones, too."""
    place = shard.places[0]
    packed = bool(compression_of(place))
    with ((job.spool if packed else job.root) / place).open("rb") as file:
        file.seek(shard.start)
        data = file.read(shard.size)
    lines = (zlib.decompress(data) if packed else data).split(b"\n")
    return [*(line + b"\n" for line in lines[:-1]), *filter(None, lines[-1:])]


def _read_texts(job: Job, shard: Shard) -> Iterator[Document]:
    for index, place in enumerate(shard.places):
        data = b""
        try:
            data = read_bytes(job.root / place)
            yield Document(index, place, None, data, decode(data, job.encoding))
        except InputError as error:
            yield Document(index, place, None, data, None, str(error))


def _read_lines(job: Job, shard: Shard) -> Iterator[Document]:
    index, place = 0, shard.places[0]
    for number, line in enumerate(shard_lines(job, shard), start=shard.first):
        if line.isspace():
            continue
        data = without_mark(line)[1] if number == 1 else line
        try:
            record = read_record(data, job.text_field, job.id_field)
            yield Document(index, place, number, data, encode_text(record.text), "", record.name, record)
        except InputError as error:
            yield Document(index, place, number, data, None, str(error), read_name(data, job.id_field))
        index += 1


def _read_rows(job: Job, shard: Shard) -> Iterator[Document]:
    rows = open_table(job.root / shard.places[0]).read(shard.rows)
    names = column_of(rows, job.id_field) if job.id_field else [None] * rows.num_rows
    for index, (text, name) in enumerate(zip(column_of(rows, job.text_field), names, strict=True)):
        where = (index, shard.places[0], shard.first + index)
        if text is None:
            yield Document(*where, b"", None, f"its field {job.text_field!r} is empty", name)
        else:
            source = encode_text(text)
            yield Document(*where, source.data, source, "", name)


@lru_cache(maxsize=2)
def open_table(path: Path) -> Table:
    """A table, kept open from shard to shard."""
    return Table(path)
