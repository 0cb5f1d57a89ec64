"""The way back from an output to its source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ligafix.audit.chain import find_log
from ligafix.audit.edited import undo_matching
from ligafix.audit.log import AuditLog, LoggedChange
from ligafix.errors import InputError
from ligafix.formats.files import read_bytes, telling_trouble
from ligafix.formats.jsonl import read_lines
from ligafix.formats.text import decode, encode_like


@dataclass(frozen=True, slots=True)
class Reversion:
    """The source of a text, and how it was found.

    Attributes:
        given: the bytes of the text.
        source: those of its source; of a text that was edited, those of the edited source.
        log: the log that led to it.
        was_source: whether the text was the source already.
        was_edited: whether the text was edited since, and reverted all the same.
        left: the changes of an edited text that could not be undone.
    """

    given: bytes
    source: bytes
    log: Path
    was_source: bool = False
    was_edited: bool = False
    left: tuple[LoggedChange, ...] = ()


def revert(text: Path, log: Path | None = None, *, force: bool = False) -> Reversion:
    """Find the source of a text by its log; nothing is written.

    Args:
        text: where the text stands: the output of a run, or its source.
        log: where the log stands, or a folder that it stands in; None looks for it near the text.
        force: where the text was edited since, undo the changes that still stand where they are looked for.

    Raises:
        InputError: the text or the log cannot be read.
        ReplayError: there is no log of this text.
    """
    data = read_bytes(text)
    place = log if log and not log.is_dir() else find_log(text, data, log, edited=force)
    read = read_log(place)
    if read.header.source.describes(data):
        return Reversion(data, data, place, was_source=True)
    if force and not read.header.output.describes(data):
        source, left = _undo_edited(data, read)
        return Reversion(data, source, place, was_edited=True, left=left)
    return Reversion(data, read.undo(data), place)


def read_log(path: Path) -> AuditLog:
    """Read the log that stands in a file.

    Raises:
        InputError: it cannot be read, is no log, or is a decompression bomb.
    """
    try:
        with telling_trouble():
            return AuditLog.from_lines(read_lines(path))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def _undo_edited(data: bytes, log: AuditLog) -> tuple[bytes, tuple[LoggedChange, ...]]:
    """Undo what can be found in a text that was edited; answers with the changes that were not."""
    try:
        edited = decode(data, log.header.output.encoding)
    except InputError:  # the editor wrote another encoding
        edited = decode(data)
    source, left = undo_matching(edited.text, log.changes)
    numbers = {id(change) for change in left}
    entries = tuple(entry for entry in log.entries if id(entry.change) in numbers)
    return encode_like(source, edited).data, entries
