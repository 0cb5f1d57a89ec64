"""Decisions: what reviewers say of changes, as JSON Lines apart from the texts and the logs.

A decision is about one *place* (this span of this very source, this before and after) or about a *series* (what a
stage made of one word, wherever it did). `decisions.schema.json`, beside this module, describes each line.

- A series is known by its stage, before and after. The rule is no part of it: it tells how the stage explains
  the damage, and to a reader `rst → first` is one question, whatever ligature the stage says was lost.
- A later decision of one reviewer about the same thing takes the place of the earlier one: by their times where
  both have one, otherwise by their order.
- A decision about a place beats one about its series.
- Reviewers who say different things about the same key are in conflict; then nothing is decided.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

from ligafix.errors import InputError, OutputError
from ligafix.formats.files import read_bytes, reason_of, write_files

DECISIONS_SCHEMA_FILE = Path(__file__).with_name("decisions.schema.json")
"""The JSON Schema that every line of a decisions file obeys."""


class Verdict(StrEnum):
    """What a reviewer says: make the change, leave the source as it was, or write another text."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


@dataclass(frozen=True, slots=True)
class PlaceKey:
    """One place: a span (code points, end exclusive) of the source with this SHA-256, and what was made of it."""

    source: str
    start: int
    end: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class SeriesKey:
    """What a stage made of one word, wherever it did."""

    stage: str
    before: str
    after: str


Key = PlaceKey | SeriesKey


@dataclass(frozen=True, slots=True)
class Decision:
    """What a reviewer says of a place or a series.

    Attributes:
        key: what it is about.
        verdict: what is to become of it.
        text: what is to stand there, for `Verdict.EDIT` only.
        reviewer: who says so; None where nobody gave a name.
        time: when, in ISO 8601 and UTC (`2026-01-31T12:00:00Z`); None where nobody knows.
    """

    key: Key
    verdict: Verdict
    text: str | None = None
    reviewer: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """What several reviewers say differently: a decision of each."""

    key: Key
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """The decisions that stand, one for each key, and those that contradict each other."""

    decisions: Mapping[Key, Decision] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()


def now() -> str:
    """The time of a decision made now."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def to_json(decision: Decision) -> str:
    """A decision as a line of a decisions file, without its line feed."""
    record = {
        "type": "decision",
        "scope": "place" if isinstance(decision.key, PlaceKey) else "series",
        **asdict(decision.key),
        "verdict": decision.verdict,
        "text": decision.text,
        "reviewer": decision.reviewer,
        "time": decision.time,
    }
    return json.dumps(record)


def from_record(record: object) -> Decision:
    """Read a decision.

    Raises:
        ValueError: it is none, with what is wrong.
    """
    if not isinstance(record, dict) or record.get("type") != "decision":
        raise ValueError("this is no decision")
    key_type = _KEYS.get(str(record.get("scope")))
    if key_type is None:
        raise ValueError(f"the scope is {record.get('scope')!r}; it is place or series")
    _require_fields(record, {f.name for f in fields(key_type)})
    key = key_type(**{f.name: _read_field(record, f.name) for f in fields(key_type)})
    verdict = record["verdict"]
    if verdict not in list(Verdict):
        raise ValueError(f"the verdict is {verdict!r}; it is accept, reject or edit")
    text, reviewer = (_read_optional(record, name) for name in ("text", "reviewer"))
    if (verdict == Verdict.EDIT) != (text is not None):
        raise ValueError("a text goes with the verdict edit, and with no other")
    return Decision(key, Verdict(verdict), text, reviewer, _read_time(record))


def read_decisions(path: Path) -> list[Decision]:
    """Read a decisions file; a last line that an interruption cut off is passed over.

    Raises:
        InputError: it cannot be read, or a line is no decision; the message names file and line.
    """
    try:
        data = read_bytes(path)
    except InputError as error:
        raise InputError(f"{path}: {error}") from None
    *lines, rest = data.split(b"\n")
    if rest and _is_json(rest):
        lines.append(rest)
    return [_read_line(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()]


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write a decisions file, at once or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    write_files([(path, "".join(f"{to_json(d)}\n" for d in decisions).encode("ascii"))])


def append_decision(path: Path, decision: Decision) -> None:
    """Add a decision to a file; it is on its way to the disk when this returns.

    Raises:
        OutputError: it cannot be written.
    """
    try:
        with path.open("ab") as file:
            file.write(f"{to_json(decision)}\n".encode("ascii"))
    except OSError as error:  # of a full disk the system does not say which file it was
        raise OutputError(f"{path}: it cannot be written: {reason_of(error)}") from None


def merge(decisions: Iterable[Decision]) -> Merged:
    """Bring the decisions of one or several reviewers together, in the order in which they were made.

    What reviewers contradict each other about is left undecided.
    """
    latest: defaultdict[Key, dict[str | None, Decision]] = defaultdict(dict)
    for decision in decisions:
        of_key = latest[decision.key]
        earlier = of_key.get(decision.reviewer)
        if earlier is None or not _is_before(decision, earlier):
            of_key[decision.reviewer] = decision
    agreed = {key: next(iter(said.values())) for key, said in latest.items() if _agree(said.values())}
    conflicts = (Conflict(key, tuple(said.values())) for key, said in latest.items() if key not in agreed)
    return Merged(agreed, tuple(conflicts))


def merge_files(paths: Iterable[Path]) -> Merged:
    """Bring the decisions of several files together.

    Raises:
        InputError: one cannot be read.
    """
    return merge(decision for path in paths for decision in read_decisions(path))


_KEYS: dict[str, type[PlaceKey] | type[SeriesKey]] = {"place": PlaceKey, "series": SeriesKey}
_COMMON_FIELDS = frozenset(("type", "scope", "verdict", "text", "reviewer", "time"))


def _agree(decisions: Iterable[Decision]) -> bool:
    return len({(decision.verdict, decision.text) for decision in decisions}) == 1


def _is_before(decision: Decision, other: Decision) -> bool:
    if decision.time is None or other.time is None:
        return False
    return datetime.fromisoformat(decision.time) < datetime.fromisoformat(other.time)


def _is_json(line: bytes) -> bool:
    try:
        json.loads(line)
    except (ValueError, RecursionError):
        return False
    return True


def _read_line(path: Path, number: int, line: bytes) -> Decision:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        raise InputError(f"{path}: line {number}: this is not JSON; is this a decisions file?") from None
    try:
        return from_record(record)
    except ValueError as error:
        raise InputError(f"{path}: line {number}: {error}") from None


def _require_fields(record: Mapping[str, Any], of_key: set[str]) -> None:
    known = _COMMON_FIELDS | of_key
    unknown, missing = sorted(record.keys() - known), sorted(known - record.keys())
    if unknown:
        raise ValueError(f"a decision has no field {unknown[0]!r}")
    if missing:
        raise ValueError(f"the field {missing[0]!r} is missing")


def _read_field(record: Mapping[str, Any], name: str) -> Any:
    value = record[name]
    if name not in ("start", "end"):
        if not isinstance(value, str):
            raise ValueError(f"{name} is {value!r}; it is a string")
    elif not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise ValueError(f"{name} is {value!r}; it is a place in a text, counted from 0")
    return value


def _read_optional(record: Mapping[str, Any], name: str) -> str | None:
    value = record[name]
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is {value!r}; it is a string or null")
    return value


def _read_time(record: Mapping[str, Any]) -> str | None:
    value = _read_optional(record, "time")
    if value is None:
        return None
    try:
        offset = datetime.fromisoformat(value).utcoffset()
    except ValueError:
        offset = None
    if offset != timedelta(0):
        raise ValueError(f"time is {value!r}; it is in ISO 8601 and UTC, such as 2026-01-31T12:00:00Z")
    return value
