"""The audit log: a header and the changes of one text, as JSON Lines.

`schema.json`, beside this module, describes each line. The JSON is plain ASCII, so that bytes which are no
text (PEP 383) survive; nothing in it depends on when or where it was written.
"""

from __future__ import annotations

import hashlib
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Any

import ligafix
from ligafix.audit.values import (
    read_count,
    read_encoding,
    read_list,
    read_mapping,
    read_path,
    read_sha256,
    read_share,
    read_switch,
    read_text,
)
from ligafix.changes import Candidate, Change, Status, Step, apply_changes, undo_changes
from ligafix.errors import InputError, ReplayError
from ligafix.formats.text import EncodedText, LineEnds, LineIndex, decode_exactly, encode_exactly
from ligafix.settings import Settings

SCHEMA = 1
"""The version of the log's format."""

SCHEMA_FILE = Path(__file__).with_name("schema.json")
"""The JSON Schema that every line of a log obeys."""

_FLOAT_NOISE = 1e-6


@dataclass(frozen=True, slots=True)
class LoggedText:
    """What a log keeps of a source or an output.

    `path` is relative to the folder of the log, with forward slashes; None stands for a stream.
    """

    path: str | None
    sha256: str
    encoding: str
    bom: bool
    line_ends: str

    @classmethod
    def describe(cls, text: EncodedText, path: str | None) -> LoggedText:
        """The description of a text that stands, or will stand, at `path`."""
        return cls(path, text.sha256, text.encoding, text.bom, text.line_ends)

    def describes(self, data: bytes) -> bool:
        """Whether these are the described bytes."""
        return hashlib.sha256(data).hexdigest() == self.sha256

    def decode(self, data: bytes) -> str:
        """The text that the described bytes are.

        Raises:
            ReplayError: `data` are not the described bytes.
        """
        try:
            return decode_exactly(data, self.encoding, bom=self.bom)
        except UnicodeError:
            raise ReplayError(f"the text does not read as {self.encoding}, as the log says") from None

    def encode(self, text: str) -> bytes:
        """The described bytes that a text comes from.

        Raises:
            ReplayError: it comes from others.
        """
        try:
            data = encode_exactly(text, self.encoding, bom=self.bom)
        except UnicodeError:
            raise ReplayError(f"the text cannot be written in {self.encoding}, as the log says") from None
        if not self.describes(data):
            raise ReplayError("the log leads to another text than it says; is it damaged?")
        return data


@dataclass(frozen=True, slots=True)
class LogHeader:
    """What a log says of the run: from which bytes to which, by which settings, program and dictionaries."""

    source: LoggedText
    output: LoggedText
    settings: Mapping[str, Any]
    dictionaries: str
    ligafix: str
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class LoggedChange:
    """A change and where it stands in the source, line and column counted from 1."""

    change: Change
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class AuditLog:
    """The changes that made an output from a source, in source order."""

    header: LogHeader
    entries: tuple[LoggedChange, ...]

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes without their lines and columns."""
        return tuple(entry.change for entry in self.entries)

    @classmethod
    def record(
        cls,
        source: EncodedText,
        output: EncodedText,
        changes: Iterable[Change],
        *,
        settings: Settings,
        dictionaries: str,
        source_path: str | None = None,
        output_path: str | None = None,
    ) -> AuditLog:
        """The log of a run; the paths are relative to the log's folder."""
        header = LogHeader(
            LoggedText.describe(source, source_path),
            LoggedText.describe(output, output_path),
            settings.to_dict(),
            dictionaries,
            ligafix.__version__,
        )
        lines = LineIndex(source.text)
        return cls(header, tuple(LoggedChange(c, *lines.locate(c.start)) for c in changes))

    def to_bytes(self) -> bytes:
        """The log as JSON Lines, written line by line: as values it takes ten times the memory."""
        file = io.BytesIO()
        for record in chain([_header_to_json(self.header)], map(entry_to_json, self.entries)):
            file.write(f"{json.dumps(record)}\n".encode("ascii"))
        return file.getvalue()

    @classmethod
    def from_bytes(cls, data: bytes) -> AuditLog:
        """Read a log.

        Raises:
            InputError: it is no audit log, or is damaged, or a later version of ligafix wrote it.
        """
        return cls.from_lines(io.BytesIO(data))

    @classmethod
    def from_lines(cls, lines: Iterable[bytes]) -> AuditLog:
        """Read a log line by line, as `from_bytes` does."""
        header, entries = _read_lines(lines)
        return cls(header, tuple(entries))

    def replay(self, source: bytes) -> bytes:
        """The output that the log makes of the bytes of its source.

        Raises:
            ReplayError: `source` is another text, or the log does not lead to its output.
        """
        if not self.header.source.describes(source):
            raise ReplayError("the text is not the source of the log, or was edited since")
        text = apply_changes(self.header.source.decode(source), self.changes)
        return self.header.output.encode(text)

    def undo(self, output: bytes) -> bytes:
        """The source that the log goes back to from the bytes of its output.

        Raises:
            ReplayError: `output` is another text, or the log does not lead to its source.
        """
        if not self.header.output.describes(output):
            raise ReplayError("the text is not the output of the log, or was edited since")
        text = undo_changes(self.header.output.decode(output), self.changes)
        return self.header.source.encode(text)


def verify(log: bytes, source: bytes, output: bytes) -> None:
    """Make sure that a log, as it will stand on the disk, leads from source to output and back.

    Raises:
        ReplayError: it does not.
    """
    header, entries = _read_lines(io.BytesIO(log))
    read = AuditLog(header, tuple(replace(e, change=e.change._replace(steps=())) for e in entries))  # they take memory
    read.replay(source)
    read.undo(output)


def _read_lines(lines: Iterable[bytes]) -> tuple[LogHeader, Iterator[LoggedChange]]:
    """The header of a log, and its changes one by one."""
    left = iter(lines)
    header = read_header(next(left, b""))
    return header, (_read_change(line, number) for number, line in enumerate(left, start=2))


def read_header(line: bytes) -> LogHeader:
    """Read the first line of a log.

    Raises:
        InputError: it is none, or a later version of ligafix wrote it.
    """
    record = _parse(line, 1)
    schema = _schema_of(record)
    if schema is None:
        raise InputError("this is not an audit log of ligafix")
    if schema > SCHEMA:
        raise InputError(f"a later version of ligafix wrote this log (schema {schema}); update ligafix")
    try:
        source, output = _read_side(record["source"]), _read_side(record["output"])
        made_by = (read_text(record["dictionaries"]), read_text(record["ligafix"]))
        return LogHeader(source, output, read_mapping(record["settings"]), *made_by, schema)
    except (KeyError, TypeError, ValueError):
        raise InputError("line 1 is not the header of an audit log; is the log damaged?") from None


def is_header(line: bytes) -> bool:
    """Whether a line is the first of a log, perhaps of a later schema."""
    try:
        return _schema_of(_parse(line, 1)) is not None
    except InputError:
        return False


def _schema_of(header: Mapping[str, Any]) -> int | None:
    """The schema that a header names; None where it is no header."""
    schema = header.get("schema")
    if header.get("type") != "header" or isinstance(schema, bool) or not isinstance(schema, int) or schema < 1:
        return None
    return schema


def _read_side(value: object) -> LoggedText:
    record = read_mapping(value)
    bom = read_switch(record["bom"])
    known = {
        "path": read_path(record["path"]),
        "sha256": read_sha256(record["sha256"]),
        "encoding": read_encoding(record["encoding"], bom=bom),
        "bom": bom,
        "line_ends": LineEnds(record["line_ends"]).value,
    }
    return LoggedText(**{**record, **known})


def _read_change(line: bytes, number: int) -> LoggedChange:
    record = _parse(line, number)
    try:
        steps = tuple(_read_step(step) for step in read_list(record["steps"]))
        if not (steps and record["before"]):
            raise ValueError("nothing was done, or to nothing")
        change = Change(
            read_count(record["start"]),
            read_count(record["end"]),
            read_text(record["before"]),
            read_text(record["after"]),
            Status(record["status"]),
            read_share(record["confidence"]),
            steps,
            group=None if record["group"] is None else read_count(record["group"]),
            decided_by=read_text(record["decided_by"]) if "decided_by" in record else None,
        )
        return LoggedChange(change, read_count(record["line"]), read_count(record["column"]))
    except (KeyError, TypeError, ValueError):
        raise InputError(f"line {number} is not a change of an audit log; is the log damaged?") from None


def _read_step(record: dict[str, Any]) -> Step:
    listed = read_list(record["candidates"])
    candidates = tuple(Candidate(read_text(c["text"]), read_share(c["probability"])) for c in listed)
    for name in ("stage", "rule", "before", "after", "evidence", *(["page"] if "page" in record else ())):
        read_text(record[name])
    return Step(**{**record, "confidence": read_share(record["confidence"]), "candidates": candidates})


def _parse(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):  # brackets in brackets without end
        record = None
    if not isinstance(record, dict):
        raise InputError(f"line {number} is not JSON as in an audit log; is this another file, or damaged?")
    return record


def _header_to_json(header: LogHeader) -> dict[str, Any]:
    return {
        "type": "header",
        "schema": header.schema,
        "ligafix": header.ligafix,
        "source": asdict(header.source),
        "output": asdict(header.output),
        "settings": dict(header.settings),
        "dictionaries": header.dictionaries,
    }


def entry_to_json(entry: LoggedChange) -> dict[str, Any]:
    """A change as a line of a log has it."""
    change = entry.change
    decided = {} if change.decided_by is None else {"decided_by": change.decided_by}
    return {
        "type": "change",
        "start": change.start,
        "end": change.end,
        "line": entry.line,
        "column": entry.column,
        "before": change.before,
        "after": change.after,
        "status": change.status,
        "confidence": _round_down(change.confidence),
        "group": change.group,
        **decided,
        "steps": [_step_to_json(step) for step in change.steps],
    }


def _step_to_json(step: Step) -> dict[str, Any]:
    return {
        "stage": step.stage,
        "rule": step.rule,
        "before": step.before,
        "after": step.after,
        "confidence": _round_down(step.confidence),
        "candidates": [
            {"text": candidate.text, "probability": _round_down(candidate.probability)} for candidate in step.candidates
        ],
        "evidence": step.evidence,
        **({} if step.page is None else {"page": step.page}),
    }


def _round_down(probability: float) -> float:
    """A probability to four decimals, never up: 1.0 is certain, and what missed a threshold is below it."""
    return math.floor(probability * 10_000 + _FLOAT_NOISE) / 10_000
