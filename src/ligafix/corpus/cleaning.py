"""The second pass: a shard is cleaned, and its outputs, its log and its marks of completion are made."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from ligafix.audit.chain import LOG_SUFFIX, read_log_header
from ligafix.audit.record import CleanedText, clean_source, relative_to_log
from ligafix.audit.records import RECORDS_SUFFIX, RecordHead
from ligafix.changes import Status
from ligafix.corpus.documents import Document, open_table, read_documents, shard_lines
from ligafix.corpus.job import Job, cleaner_of, hash_of
from ligafix.corpus.marks import Mark, name_of
from ligafix.corpus.own import read_own
from ligafix.corpus.plan import Failure, Kind, Shard
from ligafix.corpus.surveying import Progress, key_of, read_evidence, seconds_for
from ligafix.errors import LigafixError, PlaceError
from ligafix.evidence.group import FittedGroup
from ligafix.evidence.neighbours import Neighbours
from ligafix.evidence.pages import RepeatedLines, edge_lines, skeleton
from ligafix.formats.compression import compress
from ligafix.formats.files import read_if_hash_is, write_files
from ligafix.formats.jsonl import JsonRecord, read_record, without_mark
from ligafix.formats.parquet import replace_rows, table_to_bytes

EDITED = "its output was edited since an earlier run wrote it, and stays as it is; --force replaces it"
"""Why a text is not cleaned again."""


@dataclass(frozen=True, slots=True)
class CleanTask:
    """A shard to clean.

    Attributes:
        shard: the shard.
        group: where the evidence of its group stands, in a file named by its hash.
        group_hash: the hash of this evidence.
        own: where the documents' own evidence stands.
        corpus: where the evidence of the whole corpus stands; None where there is but one group.
        done: the marks of an earlier run, by their files.
        skip: the documents that cannot be processed, by their indexes, and why.
    """

    shard: Shard
    group: Path
    group_hash: str
    own: Path
    corpus: Path | None = None
    done: Mapping[str, Mark] = field(default_factory=dict)
    skip: Mapping[int, str] = field(default_factory=dict)

    def skipping(self, index: int, reason: str) -> CleanTask:
        """The same without one document."""
        skip = {**self.skip, index: reason}
        return replace(self, skip=skip)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came of a shard: the marks of what was done, now or before, and what failed."""

    shard: Shard
    marks: tuple[Mark, ...]
    failures: tuple[Failure, ...]


def clean_shard(job: Job, task: CleanTask, progress: Progress) -> Cleaned:
    """Clean the documents of a shard, but for those that are done."""
    if task.shard.kind is Kind.TEXT:
        return _clean_texts(job, task, progress)
    return _clean_records(job, task, progress)


def log_of(job: Job, place: str) -> Path:
    """Where the log of a text file goes."""
    return job.state / "logs" / f"{place}{LOG_SUFFIX}.gz"


def part_of(job: Job, shard: Shard) -> Path:
    """Where the cleaned records of a shard wait for those of the others."""
    return job.state / "parts" / shard.places[0] / f"{shard.part:06d}"


def record_log_of(job: Job, shard: Shard) -> Path:
    """Where the logs of the records of a shard go, one after the other."""
    return job.state / "logs" / shard.places[0] / f"{shard.part:06d}{RECORDS_SUFFIX}"


def _clean_texts(job: Job, task: CleanTask, progress: Progress) -> Cleaned:
    marks, failures = [], []
    for document in read_documents(job, task.shard):
        progress(document.index, seconds_for(document))
        try:
            marks.append(_done_before(job, task, document) or _clean_text(job, task, document))
        except (_Failed, PlaceError) as failed:
            failures.append(_failure(document, str(failed)))
    return Cleaned(task.shard, tuple(marks), tuple(failures))


def _done_before(job: Job, task: CleanTask, document: Document) -> Mark | None:
    """The mark of a text that an earlier run has cleaned as this one would."""
    mark = task.done.get(document.place)
    if mark is None or job.out is None or document.source is None or mark.key != _key(job, task, [document]):
        return None
    return mark if (job.out / document.place).is_file() and log_of(job, document.place).is_file() else None


def _clean_text(job: Job, task: CleanTask, document: Document) -> Mark:
    if job.out is not None and not job.force:
        _refuse_edited(task, document, job.out / document.place, log_of(job, document.place))
    cleaned = _clean_document(job, task, document)
    if job.out is not None:
        output, log = job.out / document.place, log_of(job, document.place)
        source = job.root / document.place if job.logs_name_sources else None
        packed = compress(cleaned.make_log(log, source, output), ".gz")
        write_files([(log, packed), (output, cleaned.output.data)])
    digest = hashlib.sha256(cleaned.output.data).hexdigest()
    return Mark(document.place, None, _key(job, task, [document]), 1, 1, *_count([cleaned]), output=digest)


def _refuse_edited(task: CleanTask, document: Document, output: Path, log: Path) -> None:
    """Refuse to replace an output that somebody edited since a run wrote it, or `revert` its source.

    Where a run was killed between the log and the text, the text is that of the run before, whose mark is there.

    Raises:
        _Failed: it was edited.
    """
    header, mark = read_log_header(log), task.done.get(document.place)
    known = {mark.output} if mark and mark.output else set[str]()
    known |= {header.output.sha256, header.source.sha256} if header else set()
    if known and output.is_file() and all(read_if_hash_is(output, digest) is None for digest in known):
        raise _Failed(EDITED)


def _clean_records(job: Job, task: CleanTask, progress: Progress) -> Cleaned:
    shard = task.shard
    documents = list(read_documents(job, shard))
    key = _key(job, task, documents)
    mark = task.done.get(name_of(shard.places[0], shard.part))
    if mark and mark.key == key and _is_written(job, shard):
        return Cleaned(shard, (mark,), tuple(_from_mark(mark)))
    cleaned: dict[int, CleanedText] = {}
    failures = []
    for document in documents:
        progress(document.index, seconds_for(document))
        try:
            cleaned[document.index] = _clean_document(job, task, document)
        except _Failed as failed:
            failures.append(_failure(document, str(failed)))
    if job.out is not None:
        _write_records(job, shard, documents, cleaned)
    broken = tuple((f.record, f.name, f.error) for f in failures)
    counts = (len(documents), len(cleaned), *_count(cleaned.values()))
    mark = Mark(shard.places[0], shard.part, key, *counts, failures=broken)
    return Cleaned(shard, (mark,), tuple(failures))


def _is_written(job: Job, shard: Shard) -> bool:
    """Whether the records of a shard wait to be joined, or were."""
    if job.out is None or not record_log_of(job, shard).is_file():
        return False
    part = part_of(job, shard)
    return part.is_file() or (not part.parent.exists() and (job.out / shard.places[0]).is_file())


def _write_records(job: Job, shard: Shard, documents: Sequence[Document], cleaned: Mapping[int, CleanedText]) -> None:
    """Write the cleaned records of a shard, then their logs."""
    data = _rows(job, shard, cleaned) if shard.kind is Kind.PARQUET else _lines(job, shard, documents, cleaned)
    log = record_log_of(job, shard)
    where = _places_for(job, shard, log)
    logs = b"".join(_record_log(job, log, where, d, cleaned[d.index]) for d in documents if d.index in cleaned)
    write_files([(part_of(job, shard), data), (log, compress(logs, ".gz"))])


def _rows(job: Job, shard: Shard, cleaned: Mapping[int, CleanedText]) -> bytes:
    rows = open_table(job.root / shard.places[0]).read(shard.rows)
    return table_to_bytes(replace_rows(rows, job.text_field, {i: c.output.text for i, c in cleaned.items()}))


def _lines(job: Job, shard: Shard, documents: Sequence[Document], cleaned: Mapping[int, CleanedText]) -> bytes:
    """The lines of a shard with the cleaned texts; blank lines stay, records that failed go."""
    by_number = {document.number: document for document in documents}
    lines = []
    for number, line in enumerate(shard_lines(job, shard), start=shard.first):
        document = by_number.get(number)
        mark = without_mark(line)[0] if number == 1 else b""
        if document is None:
            lines.append(line)
        elif document.record and document.index in cleaned:
            lines.append(mark + document.record.with_text(cleaned[document.index].output.text))
    return b"".join(lines)


def _places_for(job: Job, shard: Shard, log: Path) -> tuple[str | None, str | None]:
    """Where the files of a shard's sources and of its outputs stand, as seen from its log."""
    assert job.out is not None  # noqa: S101 - something is written
    source = job.root / shard.places[0] if job.logs_name_sources else None
    return relative_to_log(source, log), relative_to_log(job.out / shard.places[0], log)


def _record_log(
    job: Job, log: Path, where: tuple[str | None, str | None], document: Document, cleaned: CleanedText
) -> bytes:
    """The log of a record, behind a line that names it."""
    assert document.number is not None  # noqa: S101 - it is a record
    spelling = _own_spelling(document.record, cleaned) if document.record else None
    named = (document.place, document.number, document.name, job.text_field)
    return RecordHead(*named, *where, spelling).to_line() + cleaned.make_log(log, None, None)


def _own_spelling(record: JsonRecord, cleaned: CleanedText) -> str | None:
    """The text as its record spells it, where another spelling would come back from the output; else None."""
    line = record.with_text(cleaned.output.text)
    back = read_record(line, record.field).with_text(record.text)
    return None if back == record.line.encode() else record.line[record.start : record.end]


class _Failed(Exception):  # noqa: N818 - a document's, not the program's
    """A document that cannot be processed."""


def _clean_document(job: Job, task: CleanTask, document: Document) -> CleanedText:
    """Clean a document.

    Raises:
        _Failed: it cannot be processed; whatever the reason is, the others can.
    """
    if document.index in task.skip:
        raise _Failed(task.skip[document.index])
    if document.source is None:
        raise _Failed(document.error)
    try:
        own = read_own(task.own).get(key_of(document))
        return clean_source(document.source, cleaner_of(job.settings), _neighbours(task, document), own)
    except LigafixError as error:
        raise _Failed(str(error)) from error
    except MemoryError:
        raise
    except Exception as error:  # a bug costs a document, not the run
        raise _Failed(f"ligafix failed on it ({type(error).__name__}: {error}); please report this") from error


def _neighbours(task: CleanTask, document: Document) -> Neighbours | None:
    corpus = _load_corpus(task.corpus) if task.corpus else None
    found = _load_group(task.group).neighbours_of(key_of(document), corpus)
    if not found or not (document.begins_inside or document.ends_inside):
        return found
    return replace(found, begins_inside=document.begins_inside, ends_inside=document.ends_inside)


@lru_cache(maxsize=1)
def _load_group(path: Path) -> FittedGroup:
    return FittedGroup(read_evidence(path))


@lru_cache(maxsize=1)
def _load_corpus(path: Path) -> RepeatedLines:
    return read_evidence(path).lines


def _key(job: Job, task: CleanTask, documents: Iterable[Document]) -> str:
    """A hash of all that decides what comes out of some documents."""
    parts = [job.fingerprint.encode(), task.group_hash.encode(), json.dumps(sorted(task.skip.items())).encode()]
    for document in documents:
        parts += [document.place.encode("utf-8", "surrogatepass"), str(document.number).encode(), document.data]
        seen = (_corpus_lines(task, document), document.begins_inside, document.ends_inside)
        parts.append(json.dumps(seen).encode())
    return hash_of(*parts)


def _corpus_lines(task: CleanTask, document: Document) -> list[Any]:
    """What the whole corpus tells a document: which of its lines most texts have."""
    if task.corpus is None or document.source is None:
        return []
    corpus = Neighbours(corpus=_load_corpus(task.corpus))
    found = {skeleton(line): corpus.in_most(line) for line in edge_lines(document.source.text)}
    return sorted(item for item in found.items() if item[1])


def _count(texts: Iterable[CleanedText]) -> tuple[int, dict[str, int], dict[str, int]]:
    """How many texts changed, the changes by their status, and the applied ones by their stages."""
    changed, statuses, stages = 0, Counter[str](), Counter[str]()
    for text in texts:
        changed += text.changed
        statuses.update(change.status.value for change in text.changes)
        applied = (change for change in text.changes if change.status is Status.APPLIED)
        stages.update(step.stage for change in applied for step in change.steps)
    return changed, dict(sorted(statuses.items())), dict(sorted(stages.items()))


def _failure(document: Document, error: str) -> Failure:
    return Failure(document.place, document.number, document.name, error)


def _from_mark(mark: Mark) -> Iterator[Failure]:
    return (Failure(mark.place, record, name, error) for record, name, error in mark.failures)
