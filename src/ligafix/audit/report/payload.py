"""What the report's page knows, as plain columns: a hundred thousand changes are a few arrays, not objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile
from typing import Any, NamedTuple, TypeVar

import ligafix
from ligafix.audit.collect import LoggedDocument
from ligafix.audit.decisions import SeriesKey
from ligafix.audit.report.excerpts import Excerpt, Position, cut_excerpts, find_positions
from ligafix.audit.series import as_proposed, series_of
from ligafix.changes import Change, Step
from ligafix.errors import LigafixError
from ligafix.evidence import Evidence, survey

PAYLOAD_SCHEMA = 1
"""The version of the payload, which belongs to the keys of decisions kept in browsers."""

Row = TypeVar("Row")

_SURVEYED = 50_000  # code points: a document is damaged alike all through, and thirty pages tell how
_LIKELY = 0.5  # from which probability on the page says of a sign what it stands for


def make_payload(documents: Iterable[LoggedDocument], title: str) -> dict[str, Any]:
    """All that the page shows of some documents.

    Confidences and probabilities are ten-thousandths, as the logs have four decimals. Columns of changes run over
    all documents, in the order of each source. Where they name rows of a table, a list stands for several.

    Args:
        documents: what the logs say; their sources are read, one at a time, where they can be.
        title: what the documents are called together.
    """
    columns = _Columns()
    listed = [columns.add(document) for document in documents]
    for entry, name in zip(listed, shorten([entry["name"] for entry in listed]), strict=True):
        entry["name"] = name
    head = {"schema": PAYLOAD_SCHEMA, "ligafix": ligafix.__version__, "title": title}
    return {**head, "documents": listed, **columns.tables()}


class _StepRow(NamedTuple):
    """A step; what comes back all the time is a number in another table."""

    pair: int
    rule: int
    confidence: int
    candidates: tuple[tuple[str, int], ...]
    evidence: int


class _ChangeRow(NamedTuple):
    """A change: where it is in its source (code points) and in its excerpt (UTF-16 units), and what it makes."""

    start: int
    length: int
    line: int
    column: int
    excerpt: int
    offset: int
    after: str
    written: str | None  # what a reviewer wrote instead
    status: str
    confidence: int
    group: int | None
    decided_by: str | None
    series: int | list[int]
    steps: int | list[int]


class _Columns:
    """The tables of the payload, while documents are added one by one."""

    def __init__(self) -> None:
        self._changes: list[_ChangeRow] = []
        self._pairs: dict[SeriesKey, int] = {}
        self._steps: dict[_StepRow, int] = {}
        self._texts: dict[str, int] = {}

    def add(self, document: LoggedDocument) -> dict[str, Any]:
        """Take in a document's changes; the answer is what else the page shows of it."""
        source = _read_source(document)
        excerpts, positions = _cut(document, source)
        for entry, position in zip(document.entries, positions, strict=True):
            self._changes.append(self._change(entry.change, entry.line, entry.column, position))
        return {
            "name": document.name,
            "sha256": document.header.source.sha256,
            "line_ends": document.header.source.line_ends,
            "changes": len(document.entries),
            "excerpts": [excerpt.text for excerpt in excerpts],
            "evidence": None if source is None else describe_evidence(survey(source[:_SURVEYED])),
        }

    def tables(self) -> dict[str, Any]:
        """The tables as columns: each has a list for each of its fields."""
        return {
            "pairs": {name: [getattr(key, name) for key in self._pairs] for name in ("stage", "before", "after")},
            "steps": _as_columns(_StepRow._fields, list(self._steps)),
            "texts": list(self._texts),
            "changes": _as_columns(_ChangeRow._fields, self._changes),
        }

    def _change(self, change: Change, line: int, column: int, position: Position) -> _ChangeRow:
        proposed = as_proposed(change)
        series = [_number(self._pairs, key) for key in series_of(change)]
        steps = [_number(self._steps, self._step(step)) for step in proposed.steps]
        where = (change.start, change.end - change.start, line, column, *position)
        written = None if change.after == proposed.after else change.after
        made = (proposed.after, written, change.status.value, _round(change.confidence))
        tables = (_one_or_all(series), _one_or_all(steps))
        return _ChangeRow(*where, *made, change.group, change.decided_by, *tables)

    def _step(self, step: Step) -> _StepRow:
        return _StepRow(
            _number(self._pairs, SeriesKey(step.stage, step.before, step.after)),
            _number(self._texts, step.rule),
            _round(step.confidence),
            tuple((candidate.text, _round(candidate.probability)) for candidate in step.candidates),
            _number(self._texts, step.evidence),
        )


def shorten(names: Sequence[str]) -> list[str]:
    """Names of files without the folders that all of them are in."""
    folders = [name.split("/")[:-1] for name in names]
    shared = takewhile(lambda parts: len(set(parts)) == 1, zip(*folders, strict=False))
    shared_depth = len(list(shared))
    return ["/".join(name.split("/")[shared_depth:]) for name in names]


def describe_evidence(evidence: Evidence) -> dict[str, Any]:
    """What became of a document: of each ligature, and which signs stand for something else."""
    values = evidence.to_dict()
    values["codes"] = [c for c in values["codes"] if c["meaning"] is not None and c["probability"] >= _LIKELY]
    return values


def _read_source(document: LoggedDocument) -> str | None:
    """The source's text, where it can still be had."""
    try:
        return document.read_source()
    except LigafixError:
        return None


def _cut(document: LoggedDocument, source: str | None) -> tuple[Sequence[Excerpt], Iterable[Position]]:
    """The excerpts of a document; without its source they are what the log says stood there."""
    changes = [entry.change for entry in document.entries]
    if source is None:
        alone = [Excerpt(change.start, change.before) for change in changes]
        return alone, [Position(number, 0) for number in range(len(alone))]
    excerpts = cut_excerpts(source, changes)
    return excerpts, find_positions(excerpts, changes)


def _as_columns(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return dict(zip(names, map(list, columns), strict=True))


def _number(table: dict[Row, int], row: Row) -> int:
    """The number of a row in a table, which takes it in if it is new."""
    return table.setdefault(row, len(table))


def _one_or_all(numbers: list[int]) -> int | list[int]:
    return numbers[0] if len(numbers) == 1 else numbers


def _round(probability: float) -> int:
    return round(probability * 10_000)
