"""The logs of a text: where they stand, and how to find them again.

A file that is cleaned in place twice has two logs, `FILE.changes.jsonl` and `FILE.2.changes.jsonl`; each
leads one run back. Logs are told apart by the hashes in their headers, never by their names alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ligafix.audit.log import LogHeader, is_header, read_header
from ligafix.errors import InputError, OutputError, ReplayError
from ligafix.formats.compression import open_stream
from ligafix.formats.files import is_stream, telling_trouble
from ligafix.formats.text import EncodedText

LOG_SUFFIX = ".changes.jsonl"
"""What the name of a log adds to the name of its output."""

PACKED_SUFFIX = f"{LOG_SUFFIX}.gz"
"""The same for a compressed log."""

BATCH_LOGS = Path(".ligafix", "logs")
"""Where `ligafix batch` keeps the logs of a folder of outputs, under the outputs' names."""

_LONGEST_HEADER = 1 << 20


def default_log(output: Path) -> Path:
    """Where the log of an output stands unless the user wants it elsewhere."""
    return output.with_name(output.name + LOG_SUFFIX)


def read_log_header(path: Path) -> LogHeader | None:
    """The header of a log; None where `path` holds something else."""
    try:
        return require_log_header(path)
    except InputError:
        return None


def require_log_header(path: Path) -> LogHeader:
    """The header of a log.

    Raises:
        InputError: it cannot be read, is none, or a later version of ligafix wrote it; the message names the file.
    """
    try:
        return read_header(_read_first_line(path))
    except InputError as error:
        raise InputError(f"{path}: {error}") from None


def is_log(path: Path) -> bool:
    """Whether a file begins as an audit log does, be it damaged further on or of a later schema."""
    try:
        return is_header(_read_first_line(path))
    except InputError:
        return False


def is_called_log(path: Path) -> bool:
    """Whether the name of a file is that of an audit log, as is that of an empty one."""
    return path.name.endswith((LOG_SUFFIX, PACKED_SUFFIX)) and os.path.isfile(path)  # noqa: PTH113 - never raises


def _read_first_line(path: Path) -> bytes:
    with telling_trouble():
        if path.exists() and not path.is_file():  # a pipe would be waited for
            raise InputError("this is no file")
        with open_stream(path) as file:
            return file.readline(_LONGEST_HEADER)


def is_free(log: Path, source: EncodedText) -> bool:
    """Whether a log of `source` may be written to a place: no file is there, or an earlier log of it."""
    if not log.exists() or is_stream(log):
        return True
    header = read_log_header(log)
    return header is not None and header.source.sha256 == source.sha256


def find_free_log(log: Path, source: EncodedText) -> Path:
    """The first of `FILE.changes.jsonl`, `FILE.2.changes.jsonl` and so on that a log of `source` may take."""
    stem = log.name.removesuffix(LOG_SUFFIX)
    numbered = (log.with_name(f"{stem}.{number}{LOG_SUFFIX}") for number in itertools.count(2))
    return next(place for place in itertools.chain([log], numbered) if is_free(place, source))


def require_free(log: Path, source: EncodedText) -> None:
    """Refuse a place for a log of `source` that another file has.

    Raises:
        OutputError: there is another file, or the log of another source.
    """
    if is_free(log, source):
        return
    what = "the log of another source" if is_log(log) else "no log"
    raise OutputError(f"{log}: this is {what}, and stays; name another file with --log")


def require_no_log(output: Path) -> None:
    """Refuse to write a text over an audit log, which may be the only way back for another one.

    Raises:
        OutputError: one stands there.
    """
    if output.is_file() and is_log(output):
        raise OutputError(f"{output}: this is the log of another text, and stays; name another file with -o")


def find_log(
    text: Path,
    data: bytes,
    folder: Path | None = None,
    *,
    edited: bool = False,
    advice: str = "name the log with --log",
) -> Path:
    """The log of a text, as whose output (or else source) it is known.

    Args:
        text: where the text stands.
        data: its bytes.
        folder: where to look; None looks in the folder of the text and those within it, and, for logs that
            name this very text, in the folder above and those beside.
        edited: take a log that names this text, where no hash speaks for one.
        advice: what to try where there is none.

    Raises:
        ReplayError: there is none, or only one whose hashes say that the text was edited.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    as_source = stale = unreadable = None
    for log in _logs_in(folder, text.name, all_names=True) if folder else _logs_around(text):
        try:
            header = require_log_header(log)
        except InputError as error:
            named = is_called_log(log) and log.name.startswith(f"{text.name}.")
            unreadable = unreadable or (str(error) if named or not os.access(log, os.R_OK) else None)
            continue
        if header.source.sha256 == sha256:
            as_source = as_source or log
        elif header.output.sha256 == sha256:
            return log
        elif _names(header, log, text):
            stale = stale or log
    if as_source:
        return as_source
    if stale and edited:
        return stale
    if stale:
        raise ReplayError(
            f"the text was edited since {stale} was written; bring back what was written then, or revert with --force"
        )
    if unreadable:
        raise ReplayError(f"no log of this text can be read: {unreadable}")
    raise ReplayError(f"no log of this text was found near it; {advice}")


def find_earlier_log(text: Path, log: Path) -> Path | None:
    """The log of the run in place before the one that a log tells of; None where there was none.

    What that run made was edited before the next one, so that no hash leads to it.
    """
    earlier = None
    for place in _logs_in(log.parent, text.name, all_names=False):
        if place == log:
            return earlier
        earlier = place if _names(read_log_header(place), place, text) else earlier
    return None


def _names(header: LogHeader | None, log: Path, text: Path) -> bool:
    """Whether a log says of a text that it stands there."""
    sides = (header.output, header.source) if header else ()
    paths = [log.parent / side.path for side in sides if side.path is not None]
    return any(path.resolve() == text.resolve() for path in paths)


def _logs_around(text: Path) -> Iterator[Path]:
    """The logs that may belong to a text, the likeliest first."""
    seen = set()
    for place in dict.fromkeys([text, text.absolute(), text.resolve()]):
        for log in _logs_near(place):
            if log.absolute() not in seen:
                seen.add(log.absolute())
                yield log


def _logs_near(text: Path) -> Iterator[Path]:
    for root in text.parents:
        packed = root / BATCH_LOGS / f"{text.relative_to(root)}{PACKED_SUFFIX}"
        if packed.is_file():
            yield packed
    folder, above = text.parent, text.parent.parent
    for near in (folder, *_folders_in(folder)):
        yield from _logs_in(near, text.name, all_names=True)
    for far in (above, *_folders_in(above)):
        for log in _logs_in(far, text.name, all_names=False):
            if _names(read_log_header(log), log, text):
                yield log


def _logs_in(folder: Path, name: str, *, all_names: bool) -> Iterator[Path]:
    """The logs in a folder: those named after a text first, by their numbers, then perhaps the others."""
    logs = [path for path in _entries(folder) if path.name.endswith((".jsonl", PACKED_SUFFIX))]
    named = [path for path in logs if path.name.startswith(f"{name}.")]
    yield from sorted(named, key=lambda path: (len(path.name), path.name))
    if all_names:
        yield from sorted(set(logs).difference(named))


def _folders_in(folder: Path) -> Iterable[Path]:
    return sorted(path for path in _entries(folder) if path.is_dir())


def _entries(folder: Path) -> list[Path]:
    with contextlib.suppress(OSError):
        return list(folder.iterdir())
    return []
