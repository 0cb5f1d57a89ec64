"""Finding the logs of files and folders, and reading them together with the texts they are about."""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count, groupby
from operator import itemgetter
from pathlib import Path

from ligafix.audit.chain import (
    BATCH_LOGS,
    LOG_SUFFIX,
    PACKED_SUFFIX,
    find_log,
    is_called_log,
    is_log,
    read_log_header,
)
from ligafix.audit.filters import ChangeFilter
from ligafix.audit.log import AuditLog, LoggedChange, LoggedText, LogHeader
from ligafix.audit.records import RECORDS_SUFFIX, RecordHead, find_record_logs, is_record_log, read_record_logs
from ligafix.audit.revert import read_log
from ligafix.changes import undo_changes
from ligafix.errors import InputError, LigafixError, ReplayError
from ligafix.formats.files import read_bytes, read_if_hash_is
from ligafix.formats.record_texts import RecordTexts
from ligafix.formats.text import encode_text


@dataclass(frozen=True, slots=True, eq=False)
class LoggedDocument:
    """A log, and the changes of it that are looked at.

    Attributes:
        path: where the log stands.
        name: where the source stood, as seen from the working folder, or what else tells the document apart.
        header: the log's header.
        entries: the changes to look at, in the order of the source.
        record: of which record of a file it is the log; None where it is that of a text.
    """

    path: Path
    name: str
    header: LogHeader
    entries: tuple[LoggedChange, ...]
    record: RecordHead | None = None

    def read_source(self) -> str | None:
        """The source's text: as it stands on the disk or, where it was overwritten, by the way back from the output.

        None where neither stands where the log says, unedited. It is read anew at each call: a corpus of
        sources need not fit into memory. Records are found fastest in their order.

        Raises:
            InputError: the log cannot be read any more.
            ReplayError: the log tells of changes of another text.
        """
        try:
            text = self._find_source()
        except ReplayError as error:
            raise ReplayError(f"{self.path}: {error}") from None
        for change in (entry.change for entry in self.entries):
            if text is not None and text[change.start : change.end] != change.before:
                raise ReplayError(f"{self.path}: the change at {change.start} does not fit the source; is it damaged?")
        return text

    def _find_source(self) -> str | None:
        if self.record is not None:
            return _read_record(self, self.record)
        source, output = self.header.source, self.header.output
        data = _read_described(self.path, source)
        if data is not None:
            return source.decode(data)
        data = _read_described(self.path, output)
        return None if data is None else undo_changes(output.decode(data), read_log(self.path).changes)


def find_logs(places: Iterable[Path]) -> list[Path]:
    """The logs that some places mean: logs themselves, texts that have one, folders with logs at any depth.

    Among them are those that cannot be read, as damaged ones and those of a later schema: whoever reads them is told.
    A file of records that `ligafix batch` wrote has several; see `ligafix.audit.records`.

    Raises:
        InputError: a place cannot be read, or a folder holds no log.
        ReplayError: a text has no log.
    """
    logs: dict[Path, None] = {}
    for place in places:
        logs.update(dict.fromkeys(_logs_of_folder(place) if place.is_dir() else _logs_of_file(place)))
    return list(logs)


def read_document(log: Path, chosen: ChangeFilter | None = None) -> LoggedDocument:
    """Read a log and choose among its changes.

    Raises:
        InputError: it cannot be read, or is no log.
    """
    read = read_log(log)
    entries = read.entries if chosen is None else tuple(e for e in read.entries if chosen.admits(e.change))
    return LoggedDocument(log, _name(log, read), read.header, entries)


def read_documents(
    logs: Sequence[Path],
    chosen: ChangeFilter | None = None,
    *,
    least_certain: int | None = None,
    on_error: Callable[[LigafixError], None] | None = None,
) -> Iterator[LoggedDocument]:
    """Read logs one after the other, each with the changes that are looked at, some perhaps with none.

    Records with none are passed over: there may be millions of them.

    Args:
        logs: where they stand.
        chosen: which changes to look at; None looks at all.
        least_certain: look only at so many of them, those of the least confidence.
        on_error: told of a log that cannot be read, which is then passed over; None raises the error.

    Raises:
        InputError: a log cannot be read, and nobody wants to be told.
    """
    documents = _read_each(logs, chosen, on_error)
    if least_certain is None:
        yield from documents
    else:
        yield from keep_least_certain(documents, least_certain)


def keep_least_certain(documents: Iterable[LoggedDocument], number: int) -> Iterator[LoggedDocument]:
    """The documents that have any of the least certain changes, with these; the first of those that are as certain.

    No more of them are kept in memory than changes are wanted.
    """
    order = count()
    single = ((i, replace(d, entries=(e,))) for i, d in enumerate(documents) for e in d.entries)
    found = ((d.entries[0].change.confidence, next(order), i, d) for i, d in single)
    kept = sorted(heapq.nsmallest(number, found, key=itemgetter(0, 1)), key=itemgetter(1))
    for _, rows in groupby(kept, key=itemgetter(2)):
        alone = [document for *_, document in rows]
        yield replace(alone[0], entries=tuple(document.entries[0] for document in alone))


def surroundings(source: str, start: int, end: int, most: int = 200) -> tuple[str, str]:
    """What stands before and behind a span on its lines: at most so many code points each, without the line feeds."""
    left = source[max(0, start - most) : start]
    right = source[end : end + most]
    return left[left.rfind("\n") + 1 :], right.partition("\n")[0]


def _read_each(
    logs: Iterable[Path], chosen: ChangeFilter | None, on_error: Callable[[LigafixError], None] | None
) -> Iterator[LoggedDocument]:
    for log in logs:
        try:
            yield from _read_records(log, chosen) if is_record_log(log) else (read_document(log, chosen),)
        except LigafixError as error:
            if on_error is None:
                raise
            on_error(error)


def _read_records(path: Path, chosen: ChangeFilter | None) -> Iterator[LoggedDocument]:
    """The records of a log that have changes to look at."""
    for head, log in read_record_logs(path):
        entries = log.entries if chosen is None else tuple(e for e in log.entries if chosen.admits(e.change))
        if entries:
            place = head.source or head.output
            file = head.place if place is None else _seen_from_here(path.absolute().parent / place)
            yield LoggedDocument(path, f"{file}#{head.name}", log.header, entries, head)


def _logs_of_folder(folder: Path) -> list[Path]:
    whole = folder.absolute()
    of_batch = [root / BATCH_LOGS / whole.relative_to(root) for root in whole.parents]
    packed = (path for place in (folder, *of_batch) for path in place.rglob(f"*{PACKED_SUFFIX}"))
    found = (*folder.rglob("*.jsonl"), *packed)
    records = (path for place in (folder, *of_batch) for path in place.rglob(f"*{RECORDS_SUFFIX}"))
    logs = sorted({*(path for path in found if is_called_log(path) or is_log(path)), *records})
    if not logs:
        raise InputError(f"{folder}: there is no audit log in this folder; `ligafix clean -o` writes them")
    return logs


def _logs_of_file(path: Path) -> list[Path]:
    if is_record_log(path) or read_log_header(path) is not None:
        return [path]
    if of_records := find_record_logs(path):
        return of_records
    try:
        return [find_log(path, read_bytes(path), advice="name the log in its place")]
    except (InputError, ReplayError) as error:
        if is_called_log(path):  # and is none of a text: whoever reads it is told why
            return [path]
        raise type(error)(f"{path}: {error}") from None


def _name(log: Path, read: AuditLog) -> str:
    """Where the source stood, relative to the working folder if it is within."""
    path = read.header.source.path or read.header.output.path or log.name.removesuffix(".gz").removesuffix(LOG_SUFFIX)
    return _seen_from_here(log.absolute().parent / path)


def _seen_from_here(path: Path) -> str:
    whole = Path(os.path.normpath(path))
    return whole.relative_to(Path.cwd()).as_posix() if whole.is_relative_to(Path.cwd()) else whole.as_posix()


def _read_record(document: LoggedDocument, head: RecordHead) -> str | None:
    """The text of a record as its file has it or, where that is gone or was edited, by the way back from the output."""
    source, output = document.header.source, document.header.output
    text = _find_record(document.path, head.source, head, lambda text: source.describes(encode_text(text).data))
    if text is not None:
        return text
    text = _find_record(document.path, head.output, head, lambda text: output.describes(encode_text(text).data))
    if text is None:
        return None
    return undo_changes(text, _logs_by_record(document.path)[head.record].changes)


@lru_cache(maxsize=1)
def _logs_by_record(path: Path) -> Mapping[int, AuditLog]:
    return {head.record: log for head, log in read_record_logs(path)}


def _find_record(log: Path, path: str | None, head: RecordHead, is_it: Callable[[str], bool]) -> str | None:
    if path is None:
        return None
    try:
        place = log.parent / path
        return _open_records(place, head.field).find(head.record, is_it) if place.is_file() else None
    except (InputError, OSError):
        return None


@lru_cache(maxsize=8)
def _open_records(path: Path, field: str) -> RecordTexts:
    return RecordTexts(path, field)


def _read_described(log: Path, text: LoggedText) -> bytes | None:
    """The bytes that stand where a log says, if they are those that it means; a log may say any path."""
    return None if text.path is None else read_if_hash_is(log.parent / text.path, text.sha256)
