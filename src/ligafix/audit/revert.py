"""The way back from an output to its source."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ligafix.audit.chain import find_log
from ligafix.audit.log import AuditLog
from ligafix.errors import InputError
from ligafix.formats.files import read_bytes


@dataclass(frozen=True, slots=True)
class Reversion:
    """The source of a text, the log that led to it, and whether the text was the source already."""

    source: bytes
    log: Path
    was_source: bool


def revert(text: Path, log: Path | None = None) -> Reversion:
    """Find the source of a text by its log; nothing is written.

    Args:
        text: where the text stands: the output of a run, or its source.
        log: where the log stands, or a folder that it stands in; None looks for it near the text.

    Raises:
        InputError: the text or the log cannot be read.
        ReplayError: there is no log of this text.
    """
    data = read_bytes(text)
    place = log if log and not log.is_dir() else find_log(text, data, log)
    read = read_log(place)
    if read.header.source.describes(data):
        return Reversion(data, place, was_source=True)
    return Reversion(read.undo(data), place, was_source=False)


def read_log(path: Path) -> AuditLog:
    """Read the log that stands in a file.

    Raises:
        InputError: it cannot be read, or is no log.
    """
    try:
        return AuditLog.from_bytes(read_bytes(path))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
