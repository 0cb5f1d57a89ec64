"""The documents of a shard, read one by one."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ligafix.corpus.job import Job
from ligafix.corpus.plan import Kind, Shard
from ligafix.document import HYPHENS
from ligafix.errors import InputError
from ligafix.formats.compression import compression_of
from ligafix.formats.files import read_bytes
from ligafix.formats.jsonl import JsonRecord, read_name, read_record, without_mark
from ligafix.formats.parquet import Table, column_of
from ligafix.formats.text import EncodedText, decode, encode_text

_LAST = 100
"""So many code points at a text's end are looked at: a hyphen, and the line ends and spaces behind it."""


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
        begins_inside: whether it may begin in the middle of a word.
        ends_inside: whether it may end in the middle of one.
    """

    index: int
    place: str
    number: int | None
    data: bytes
    source: EncodedText | None
    error: str = ""
    name: Any = None
    record: JsonRecord | None = None
    begins_inside: bool = False
    ends_inside: bool = False


def read_documents(job: Job, shard: Shard) -> Iterator[Document]:
    """The documents of a shard in order, broken ones, too."""
    if shard.kind is Kind.TEXT:
        return _mark_edges(_read_texts(job, shard), by_default=True)
    rows = _read_rows(job, shard) if shard.kind is Kind.PARQUET else _read_lines(job, shard)
    return _mark_edges(rows, by_default=False)


def _mark_edges(documents: Iterator[Document], *, by_default: bool) -> Iterator[Document]:
    """Tell which documents may begin or end in the middle of a word, as pages do that were cut out of a book.

    Args:
        documents: documents in their order.
        by_default: what is assumed of those that stand at the ends of a shard.
    """
    before: Document | None = None
    after_one: bool | None = None
    for behind in documents:
        if before is not None:
            yield _with_edges(before, after_one, _begins_small(behind), by_default=by_default)
            after_one = _ends_open(before)
        before = behind
    if before is not None:
        yield _with_edges(before, after_one, None, by_default=by_default)


def _with_edges(document: Document, before: bool | None, behind: bool | None, *, by_default: bool) -> Document:
    """A document with its edges, given whether the one before ends open and whether the one behind begins small."""
    if document.source is None:
        return document
    begins = bool(_begins_small(document)) and (by_default if before is None else before)
    ends = document.source.text[-1:].isalpha() and (by_default if behind is None else behind)
    return replace(document, begins_inside=begins, ends_inside=ends)


def _begins_small(document: Document) -> bool | None:
    """Whether a document begins with a small letter; None where it cannot be read."""
    return document.source.text[:1].islower() if document.source else None


def _ends_open(document: Document) -> bool | None:
    """Whether a document ends with a letter, or with a hyphen on its last line; None where it cannot be read."""
    if document.source is None:
        return None
    end = document.source.text[-_LAST:]
    return end[-1:].isalpha() or end.rstrip().endswith(tuple(HYPHENS))


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
