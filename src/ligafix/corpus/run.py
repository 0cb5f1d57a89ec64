"""A run over a corpus: plan, survey, clean, join, sum up."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from ligafix.audit.records import RECORDS_SUFFIX
from ligafix.corpus.cleaning import Cleaned, CleanTask, clean_shard
from ligafix.corpus.job import Job, hash_of
from ligafix.corpus.joining import join_parts, missing_parts
from ligafix.corpus.lock import hold_lock
from ligafix.corpus.marks import Journal, Mark, load_marks, name_of, write_manifest
from ligafix.corpus.plan import FAILURES, STATE, Failure, Kind, Patterns, Plan, Shard, Source, find_source, make_plan
from ligafix.corpus.pool import ProcessPool
from ligafix.corpus.summary import Summary, failures_to_bytes
from ligafix.corpus.surveying import Surveyed, SurveyTask, pack_json, read_evidence, survey_shard
from ligafix.errors import InputError, LigafixError, OutputError
from ligafix.evidence.group import GroupEvidence, GroupSum
from ligafix.evidence.pages import LineSum
from ligafix.formats.archives import extract, is_archive
from ligafix.formats.files import reason_of, write_files
from ligafix.settings import Settings

OnDocument = Callable[[str, int], None]
"""Told of the progress: `survey` or `clean`, and how many documents there are; called as each is begun."""


class Workers(Protocol):
    """Whatever runs tasks, in any order."""

    def run(self, work: Callable[..., Any], tasks: Iterable[Any], on_document: Callable[[], None]) -> Iterator[Any]:
        """The results of all tasks, as they are finished."""
        ...


Engine = Callable[[], AbstractContextManager[Workers]]
"""Starts workers, who stay for both passes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What to run over, and how.

    Attributes:
        source: a folder, a glob, a file of records, an archive or a text.
        out: the folder that the outputs go into.
        settings: how to clean.
        encoding: the encoding of text files; None finds it out for each.
        text_field: the field of a record that is its text.
        id_field: the field that names it.
        patterns: which files are wanted.
        fresh: begin again, whatever an earlier run has done.
        force: replace outputs that were edited since an earlier run wrote them, too.
        dry_run: write nothing.
    """

    source: str
    out: Path
    settings: Settings = field(default_factory=Settings)
    encoding: str | None = None
    text_field: str = "text"
    id_field: str | None = None
    patterns: Patterns = field(default_factory=Patterns)
    fresh: bool = False
    force: bool = False
    dry_run: bool = False


def local_engine(jobs: int) -> Engine:
    """Worker processes on this machine."""
    return lambda: ProcessPool(jobs)


def run_batch(batch: Batch, engine: Engine, on_document: OnDocument | None = None) -> Summary:
    """Clean a corpus in two passes.

    Raises:
        InputError: there is no input, or it cannot be read at all.
        OutputError: the output cannot be written, or another run is writing there.
    """
    started = time.monotonic()
    if not batch.dry_run:
        _refuse_overlap(batch)
    packed = Path(batch.source).is_file() and is_archive(Path(batch.source))
    found = None if packed else find_source(batch.source, batch.patterns, batch.out)  # before any folder is made
    with _prepared(batch) as job:
        source = found or _unpack(batch, job)
        plan = make_plan(source, batch.text_field, job.spool)
        placed = replace(job, root=source.root, logs_name_sources=not packed)
        with engine() as workers:
            summary = _Run(placed, plan, workers, on_document).complete()
    summary.seconds = time.monotonic() - started
    if not summary.is_complete:
        raise LigafixError(
            f"{summary.documents} documents came in, but {summary.written} came out and {summary.failed} failed; "
            "please report this as a bug"
        )
    return summary


@contextlib.contextmanager
def _prepared(batch: Batch) -> Iterator[Job]:
    """The job with a folder for its state, which nobody else uses; of a dry run nothing stays."""
    common = {"settings": batch.settings, "encoding": batch.encoding, "force": batch.force}
    fields = {"text_field": batch.text_field, "id_field": batch.id_field}
    if batch.dry_run:
        with tempfile.TemporaryDirectory() as folder:
            yield Job(Path(), None, Path(folder), **common, **fields)  # type: ignore[arg-type]
        return
    state = batch.out / STATE
    try:
        with hold_lock(state):
            _tidy(batch.out)
            if batch.fresh:
                _forget(state)
            yield Job(Path(), batch.out, state, **common, **fields)  # type: ignore[arg-type]
            for folder_name in ("spool", "archive", "groups", "own", "parts"):
                shutil.rmtree(state / folder_name, ignore_errors=True)
    except OSError as error:
        raise OutputError(f"{error.filename or batch.out}: it cannot be written: {reason_of(error)}") from error


def _refuse_overlap(batch: Batch) -> None:
    source, out = Path(batch.source).resolve(), batch.out.resolve()
    if out.exists() and not out.is_dir():
        raise OutputError(f"{batch.out}: this is a file; name a folder for the outputs")
    if source.is_relative_to(out) and source.exists():
        raise OutputError(f"{batch.out}: the sources stand in this folder; name another one for the outputs")


def _tidy(out: Path) -> None:
    """Remove what a killed run left half-written."""
    for path in out.rglob(".ligafix-*.tmp"):
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _forget(state: Path) -> None:
    """Remove what earlier runs know, but for what they wrote: an output that was edited since is told by it."""
    written = [replace(mark, key="") for mark in load_marks(state).values() if mark.output]
    for path in state.iterdir():
        if path.name not in ("lock", "logs"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for log in (state / "logs").rglob(f"*{RECORDS_SUFFIX}"):
        log.unlink()
    write_manifest(state, written)


def _unpack(batch: Batch, job: Job) -> Source:
    """The files of an archive, taken out of it."""
    path = Path(batch.source)
    folder = job.state / "archive"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        refused = extract(path, folder, batch.patterns.admit)
    except BaseException:  # what came out of a bomb may not stay
        shutil.rmtree(folder, ignore_errors=True)
        raise
    failures = tuple(Failure(name, None, None, reason) for name, reason in refused)
    if not any(folder.iterdir()):
        if not failures:
            raise InputError(f"{path}: there is nothing to clean; check the archive and the patterns")
        return Source(folder, (), failures)
    source = find_source(str(folder), Patterns(), batch.out)
    return replace(source, failures=(*failures, *source.failures))


class _Run:
    """One run over one plan."""

    def __init__(self, job: Job, plan: Plan, workers: Workers, on_document: OnDocument | None) -> None:
        self._job = job
        self._plan = plan
        self._workers = workers
        self._on_document = on_document or (lambda *_: None)
        self._surveyed: dict[Shard, Surveyed] = {}
        self._groups: dict[str, tuple[Path, str]] = {}
        self._corpus: Path | None = None

    def complete(self) -> Summary:
        """Do all that is to be done."""
        summary = Summary(self._plan.documents, size=self._size())
        started = time.monotonic()
        self._survey()
        summary.survey_seconds = time.monotonic() - started
        cleaned = self._clean()
        failures = [*self._plan.failures, *(f for found in cleaned.values() for f in found.failures)]
        summary.failed = len(failures)
        summary.reasons.update(failure.error for failure in failures)
        marks = [mark for shard in self._plan.shards for mark in cleaned[shard].marks]
        for mark in marks:
            summary.count(mark)
        if self._job.out is not None:
            self._finish(summary, marks, failures)
        return summary

    def _size(self) -> int:
        places = {place for shard in self._plan.shards for place in shard.places}
        return sum((self._job.root / place).stat().st_size for place in places)

    def _work(self, work: Callable[..., Any], tasks: Iterable[Any], phase: str) -> Iterator[Any]:
        on_document = partial(self._on_document, phase, self._plan.documents)
        return self._workers.run(partial(work, self._job), tasks, on_document)

    def _survey(self) -> None:
        """The first pass: the evidence of each group, and of the corpus, onto the disk."""
        rest = Counter(shard.group for shard in self._plan.shards)
        sums: defaultdict[str, GroupSum] = defaultdict(GroupSum)
        corpus = LineSum()
        used: set[Path] = set()
        found: Surveyed
        for found in self._work(survey_shard, map(SurveyTask, self._plan.shards), "survey"):
            group = found.shard.group
            part = read_evidence(found.evidence)
            sums[group].add(part)
            corpus.add(part.lines)
            used.add(found.evidence)
            self._surveyed[found.shard] = found
            rest[group] -= 1
            if not rest[group]:
                self._groups[group] = self._keep(sums.pop(group).evidence())
        if len(self._groups) > 1:
            self._corpus = self._keep(GroupEvidence(lines=corpus.lines()))[0]
        self._forget_evidence(used)

    def _keep(self, evidence: GroupEvidence) -> tuple[Path, str]:
        """Write the evidence of a group where the workers find it; answers with its hash, too."""
        data = pack_json(evidence)
        digest = hash_of(data)
        path = self._job.state / "groups" / f"{digest}.json.gz"
        write_files([(path, data)])
        return path, digest if evidence.documents > 1 else ""

    def _forget_evidence(self, used: set[Path]) -> None:
        """Remove the evidence of documents that are no more, or not the same."""
        for path in (self._job.state / "evidence").glob("*"):
            if path not in used:
                path.unlink()

    def _clean(self) -> dict[Shard, Cleaned]:
        """The second pass."""
        done = load_marks(self._job.state) if self._job.out else {}
        found = self._clean_shards(self._plan.shards, done)
        again = [shard for shards in self._files_of_records() for shard in missing_parts(self._job, shards)]
        return {**found, **self._clean_shards(again, {})} if again and self._job.out else found

    def _clean_shards(self, shards: Sequence[Shard], done: Mapping[str, Mark]) -> dict[Shard, Cleaned]:
        cleaned: dict[Shard, Cleaned] = {}
        with Journal(self._job.state) as journal:
            for found in self._work(clean_shard, (self._task(shard, done) for shard in shards), "clean"):
                journal.add(found.marks)
                cleaned[found.shard] = found
        return cleaned

    def _task(self, shard: Shard, done: Mapping[str, Mark]) -> CleanTask:
        names = shard.places if shard.kind is Kind.TEXT else [name_of(shard.places[0], shard.part)]
        known = {name: done[name] for name in names if name in done}
        found = self._surveyed[shard]
        return CleanTask(shard, *self._groups[shard.group], found.own, self._corpus, known, found.skip)

    def _files_of_records(self) -> Iterator[list[Shard]]:
        files: defaultdict[str, list[Shard]] = defaultdict(list)
        for shard in self._plan.shards:
            if shard.kind is not Kind.TEXT:
                files[shard.places[0]].append(shard)
        yield from files.values()

    def _finish(self, summary: Summary, marks: Sequence[Mark], failures: Sequence[Failure]) -> None:
        """Join the records, and write what the run has to say."""
        for shards in self._files_of_records():
            join_parts(self._job, shards)
        state = self._job.state
        write_files([(state / FAILURES, failures_to_bytes(failures)), (state / "summary.json", summary.to_json())])
        write_manifest(state, marks)
