"""What a run has to do: the files of the input, cut into shards that workers take one by one."""

from __future__ import annotations

import fnmatch
import glob
import os
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ligafix.audit.chain import LOG_SUFFIX, PACKED_SUFFIX, is_log
from ligafix.audit.records import is_record_log
from ligafix.errors import InputError, OutputError
from ligafix.formats.compression import COMPRESSIONS, compression_of
from ligafix.formats.files import is_stream, reason_of
from ligafix.formats.jsonl import read_lines
from ligafix.formats.parquet import RowSlice, Table

STATE = ".ligafix"
"""The folder in OUT that belongs to ligafix."""

FAILURES = "failures.jsonl"
"""The file in it that says what failed."""

SHARD_BYTES = 256 << 10
"""About so much text makes a shard: some seconds of work, so that little is lost when a worker dies."""

SHARD_RECORDS = 1000
"""A shard has no more records or files than this."""


class Kind(StrEnum):
    """How the documents stand in a file."""

    TEXT = "text"
    JSONL = "jsonl"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Shard:
    """Some documents that belong together: files of one folder, or records of one file.

    Attributes:
        kind: how the documents stand there.
        group: the folder, or the file of records, whose documents are judged together.
        places: the files, relative to the input, with forward slashes; of records the one file.
        part: which part of its file it is, counted from 0.
        start: where it begins in its file: a byte, or in Parquet a row of its row group.
        size: how many bytes it has, or in Parquet rows.
        first: the number of its first record, counted from 1; in JSON Lines of its first line.
        row_group: its row group.
        documents: how many documents it has.
    """

    kind: Kind
    group: str
    places: tuple[str, ...]
    part: int = 0
    start: int = 0
    size: int = 0
    first: int = 1
    row_group: int = 0
    documents: int = 0

    @property
    def rows(self) -> RowSlice:
        """The rows of a Parquet file that it has."""
        return RowSlice(self.row_group, self.start, self.size)


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that could not be processed.

    Attributes:
        place: the file, relative to the input.
        record: the number of the record in it; None for a whole file.
        name: the record's id, where it has one.
        error: what is wrong.
    """

    place: str
    record: int | None
    name: object
    error: str


@dataclass(slots=True)
class Plan:
    """The shards of a run, in order, and what cannot be processed at all."""

    shards: list[Shard] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)

    @property
    def documents(self) -> int:
        """How many documents came in."""
        return sum(shard.documents for shard in self.shards) + len(self.failures)


@dataclass(frozen=True, slots=True)
class Patterns:
    """Which files are wanted, by patterns over their paths or their names (`*.txt`, `old/*`)."""

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()

    def admit(self, place: str) -> bool:
        """Whether a file is wanted.

        >>> Patterns(("*.txt",), ("old/*",)).admit("new/a.txt"), Patterns((), ("old/*",)).admit("old/a.txt")
        (True, False)
        """
        return (not self.include or _matches(place, self.include)) and not _matches(place, self.exclude)


def kind_of(place: str) -> Kind:
    """How the documents stand in a file, by its name."""
    name = place.lower()
    for compression in COMPRESSIONS:
        name = name.removesuffix(compression) if name.endswith(f".jsonl{compression}") else name
    if name.endswith(".jsonl"):
        return Kind.JSONL
    return Kind.PARQUET if name.endswith(".parquet") else Kind.TEXT


@dataclass(frozen=True, slots=True)
class Source:
    """The files of an input: `root`, and their paths below it; and what was refused."""

    root: Path
    places: tuple[str, ...]
    failures: tuple[Failure, ...] = ()


def find_source(given: str, patterns: Patterns, out: Path) -> Source:
    """The files that an input means: those of a folder at any depth, of a glob, or one.

    Hidden files, audit logs and what stands in `out` are no input. Links that lead out of the tree, or nowhere, are
    refused.

    Raises:
        InputError: there is none.
    """
    path = Path(given)
    if path.is_dir():
        source = _scan(path, patterns, out)
    elif is_stream(path):
        raise InputError(f"{given}: this is a pipe or a device, and each text is read twice; write it to a file first")
    elif path.exists():
        if is_log(path) or is_record_log(path):
            raise InputError(f"{given}: this is an audit log, and no text; name the text, or its folder")
        source = Source(path.parent, (path.name,))
    else:
        source = _expand(given, patterns, out)
    if not source.places and not source.failures:
        raise InputError(f"{given}: there is nothing to clean; check the path and the patterns")
    return source


def make_plan(source: Source, text_field: str, spool: Path) -> Plan:
    """Cut the files of an input into shards; one that cannot be read is a failure.

    Args:
        source: the files.
        text_field: the field of a record that is its text.
        spool: a folder for the records of compressed files, which cannot be read from the middle.
    """
    plan = Plan(failures=list(source.failures))
    for group, places in _by_folder(source.places):
        plan.shards += _text_shards(source.root, group, [p for p in places if kind_of(p) is Kind.TEXT], plan.failures)
        for place in places:
            if kind_of(place) is not Kind.TEXT:
                try:
                    for shard in _record_shards(source.root, place, text_field, spool):
                        plan.shards.append(shard)  # those before the damage, too
                except (InputError, OSError) as error:
                    reason = str(error) if isinstance(error, InputError) else reason_of(error)
                    plan.failures.append(Failure(place, None, None, reason))
    return plan


def _scan(root: Path, patterns: Patterns, out: Path) -> Source:
    places: list[str] = []
    failures: list[Failure] = []
    inner, avoided = os.path.realpath(root), os.path.realpath(out)

    def refuse(error: OSError) -> None:
        failures.append(Failure(Path(error.filename).relative_to(root).as_posix(), None, None, reason_of(error)))

    for folder, folders, files in os.walk(root, onerror=refuse):
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and os.path.realpath(Path(folder, f)) != avoided
        )
        for name in sorted(files + [f for f in folders if Path(folder, f).is_symlink()]):
            path = Path(folder, name)
            place = path.relative_to(root).as_posix()
            if name.startswith(".") or not patterns.admit(place) or _is_log(path):
                continue
            if reason := _refuse_link(path, inner):
                failures.append(Failure(place, None, None, reason))
            elif path.is_file():
                places.append(place)
    return Source(root, tuple(places), tuple(failures))


def _expand(given: str, patterns: Patterns, out: Path) -> Source:
    found = glob.glob(given, recursive=True)  # noqa: PTH207 - pathlib takes no absolute pattern
    matching = sorted(path for path in found if Path(path).is_file() or _leads_nowhere(Path(path)))
    if not matching:
        raise InputError(f"{given}: there is no such file or folder, and it matches none; check the path")
    avoided = os.path.realpath(out)
    files = [path for path in matching if not Path(os.path.realpath(path)).is_relative_to(avoided)]
    if not files:
        raise InputError(f"{given}: all of it stands in {out}, where the outputs go; name another folder for them")
    root = Path(os.path.commonpath([Path(file).parent for file in files]))
    inner = os.path.realpath(root)
    places = [Path(file).relative_to(root).as_posix() for file in files]
    wanted = [place for place in places if patterns.admit(place) and not _is_log(root / place)]
    reasons = {place: _refuse_link(root / place, inner) for place in wanted}
    failures = tuple(Failure(place, None, None, reason) for place, reason in reasons.items() if reason)
    return Source(root, tuple(place for place in wanted if not reasons[place]), failures)


def _is_log(path: Path) -> bool:
    """Whether a file is an audit log, by its name, or by how it begins where it is one of JSON Lines."""
    if path.name.endswith((LOG_SUFFIX, PACKED_SUFFIX)) or is_record_log(path):
        return True
    return kind_of(path.name) is Kind.JSONL and is_log(path)


def _refuse_link(path: Path, root: str) -> str:
    """Why a path is not read, if it is a link out of a folder or to nothing; else ''."""
    if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
        return "this link leads out of the folder, and is not followed"
    return "this link leads nowhere" if _leads_nowhere(path) else ""


def _leads_nowhere(path: Path) -> bool:
    return path.is_symlink() and not path.exists()


def _matches(place: str, patterns: Iterable[str]) -> bool:
    name = PurePosixPath(place).name
    return any(fnmatch.fnmatchcase(place, p) or fnmatch.fnmatchcase(name, p) for p in patterns)


def _by_folder(places: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    folders: dict[str, list[str]] = {}
    for place in places:
        folders.setdefault(PurePosixPath(place).parent.as_posix(), []).append(place)
    for folder in sorted(folders):
        yield folder, sorted(folders[folder])


def _text_shards(root: Path, group: str, places: Sequence[str], failures: list[Failure]) -> Iterator[Shard]:
    taken: list[str] = []
    size = 0
    for place in places:
        try:
            size += (root / place).stat().st_size
        except OSError as error:
            failures.append(Failure(place, None, None, f"it cannot be read: {reason_of(error)}"))
            continue
        taken.append(place)
        if size >= SHARD_BYTES or len(taken) >= SHARD_RECORDS:
            yield Shard(Kind.TEXT, group, tuple(taken), size=size, documents=len(taken))
            taken, size = [], 0
    if taken:
        yield Shard(Kind.TEXT, group, tuple(taken), size=size, documents=len(taken))


def _record_shards(root: Path, place: str, text_field: str, spool: Path) -> Iterator[Shard]:
    if kind_of(place) is Kind.PARQUET:
        yield from _row_shards(root, place, text_field)
    elif compression_of(place):
        yield from _spooled_shards(root / place, place, spool / place)
    else:
        start = 0
        for cut in _cut_lines(root / place):
            size = sum(map(len, cut.lines))
            yield _line_shard(place, cut, start, size)
            start += size


def _row_shards(root: Path, place: str, text_field: str) -> Iterator[Shard]:
    table = Table(root / place)
    table.require_text(text_field)
    first = 1
    for part, rows in enumerate([*table.slices(SHARD_RECORDS)] or [RowSlice(0, 0, 0)]):
        place_in_file = (rows.start, rows.rows, first, rows.group)
        yield Shard(Kind.PARQUET, place, (place,), part, *place_in_file, documents=rows.rows)
        first += rows.rows


def _spooled_shards(path: Path, place: str, spool: Path) -> Iterator[Shard]:
    spool.parent.mkdir(parents=True, exist_ok=True)
    spool.unlink(missing_ok=True)  # that of a killed run
    start = 0
    for cut in _cut_lines(path):
        packed = zlib.compress(b"".join(cut.lines), 1)
        _append(spool, packed)
        yield _line_shard(place, cut, start, len(packed))
        start += len(packed)


def _append(path: Path, data: bytes) -> None:
    """Write bytes behind those of a file.

    Raises:
        OutputError: they cannot be written, which is no fault of the input that is read.
    """
    try:
        with path.open("ab") as file:
            file.write(data)
    except OSError as error:
        raise OutputError(f"{path}: it cannot be written: {reason_of(error)}") from None


def _line_shard(place: str, cut: _Cut, start: int, size: int) -> Shard:
    documents = sum(not line.isspace() for line in cut.lines)
    return Shard(Kind.JSONL, place, (place,), cut.part, start, size, cut.first, documents=documents)


class _Cut(NamedTuple):
    """Some lines of a file: which part of it they are, the number of the first, and they themselves."""

    part: int
    first: int
    lines: list[bytes]


def _cut_lines(path: Path) -> Iterator[_Cut]:
    """The lines of a file in parts; an empty one has one part, of which comes an empty output."""
    part, first, size = 0, 1, 0
    lines: list[bytes] = []
    for line in read_lines(path):
        lines.append(line)
        size += len(line)
        if size >= SHARD_BYTES or len(lines) >= SHARD_RECORDS:
            yield _Cut(part, first, lines)
            part, first, size, lines = part + 1, first + len(lines), 0, []
    if lines or not part:
        yield _Cut(part, first, lines)
