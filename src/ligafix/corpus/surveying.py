"""The first pass: what each shard tells about its group, kept on the disk until the second."""

from __future__ import annotations

import gzip
import json
import logging
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ligafix.corpus.documents import Document, read_documents
from ligafix.corpus.job import Job, cleaner_of, hash_of
from ligafix.corpus.own import pack_own
from ligafix.corpus.plan import Shard
from ligafix.errors import InputError
from ligafix.evidence import OwnEvidence
from ligafix.evidence.group import GroupEvidence, GroupSum, document_key
from ligafix.formats.compression import compress
from ligafix.formats.files import write_files

_LOG = logging.getLogger(__name__)

Progress = Callable[[int, float], None]
"""Told of each document before it is worked on: its index in the shard, and the seconds that it may take."""

SECONDS = 60.0
"""So long any document may take."""

SECONDS_PER_BYTE = 1e-4
"""And so much longer for each byte: ten times what it takes on a slow machine."""


@dataclass(frozen=True, slots=True)
class SurveyTask:
    """A shard to survey; `skip` names documents that cannot be processed, by their indexes, and why."""

    shard: Shard
    skip: Mapping[int, str] = field(default_factory=dict)

    def skipping(self, index: int, reason: str) -> SurveyTask:
        """The same without one document."""
        return SurveyTask(self.shard, {**self.skip, index: reason})


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A shard that was surveyed, and what came of it.

    Attributes:
        shard: the shard.
        evidence: where its part of its group's evidence stands.
        own: where each document's own evidence stands, while the run lasts.
        skip: the documents that cannot be processed, by their indexes, and why.
    """

    shard: Shard
    evidence: Path
    own: Path
    skip: Mapping[int, str] = field(default_factory=dict)


def survey_shard(job: Job, task: SurveyTask, progress: Progress) -> Surveyed:
    """Survey the documents of a shard, unless that was done before."""
    documents = [d for d in read_documents(job, task.shard) if d.index not in task.skip]
    parts = [f"{d.place}\0{d.number}\0".encode("utf-8", "surrogatepass") + d.data for d in documents]
    name = f"{hash_of(job.fingerprint.encode(), *parts)}.json.gz"
    path, own_path = job.state / "evidence" / name, job.own / name
    if path.exists():
        for document in documents:
            progress(document.index, SECONDS)
        return Surveyed(task.shard, path, own_path, task.skip)
    total = GroupSum()
    own: dict[str, OwnEvidence] = {}
    for document in documents:
        if document.source is not None:
            progress(document.index, seconds_for(document))
            _add(total, own, job, document)
    write_files([(own_path, pack_own(own)), (path, pack_json(total.evidence()))])
    return Surveyed(task.shard, path, own_path, task.skip)


def _add(total: GroupSum, own: dict[str, OwnEvidence], job: Job, document: Document) -> None:
    """Add a document's evidence; a bug that comes to light here is reported by the second pass."""
    assert document.source is not None  # noqa: S101 - asked before
    text = document.source.text
    try:
        evidence = cleaner_of(job.settings).survey(text)
        total.add(GroupEvidence.of_document(key_of(document), text, evidence))
        own[key_of(document)] = evidence.own
    except MemoryError:
        raise
    except Exception:
        _LOG.debug("no evidence of %s", document.place, exc_info=True)


def key_of(document: Document) -> str:
    """The key under which a document's evidence is found in that of its group."""
    return document_key(f"{document.place}\0{document.number}", document.data)


def seconds_for(document: Document) -> float:
    """How long a document may take."""
    return SECONDS + SECONDS_PER_BYTE * len(document.data)


def pack_json(evidence: GroupEvidence) -> bytes:
    """Evidence as it stands on the disk."""
    return compress(json.dumps(evidence.to_json(), separators=(",", ":")).encode(), ".gz")


def read_evidence(path: Path) -> GroupEvidence:
    """The evidence that stands in a file.

    Raises:
        InputError: the file is damaged; a run writes it at once, so others were at it.
    """
    data = path.read_bytes()
    try:
        return GroupEvidence.from_json(json.loads(gzip.decompress(data)))
    except (OSError, EOFError, zlib.error, ValueError, LookupError, TypeError, AttributeError):
        raise InputError(f"{path}: this is no evidence of an earlier run; --fresh begins again") from None
