"""The end of a file of records: its parts, some new, some from an earlier run, become one output."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from ligafix.corpus.cleaning import part_of
from ligafix.corpus.documents import open_table
from ligafix.corpus.job import Job
from ligafix.corpus.plan import Kind, Shard
from ligafix.formats.compression import compress, compression_of
from ligafix.formats.files import replacing
from ligafix.formats.parquet import bytes_to_table, write_table


def missing_parts(job: Job, shards: Sequence[Shard]) -> list[Shard]:
    """The parts of a file that have to be made again, since only others are there; none where all or none are."""
    missing = [shard for shard in shards if not part_of(job, shard).is_file()]
    return [] if len(missing) == len(shards) else missing


def join_parts(job: Job, shards: Sequence[Shard]) -> None:
    """Write the output of a file of records from its parts, at once; where there are none it stands already."""
    parts = part_of(job, shards[0]).parent
    if job.out is None or not parts.exists():
        return
    with replacing(job.out / shards[0].places[0]) as temporary:
        if shards[0].kind is Kind.PARQUET:
            table = open_table(job.root / shards[0].places[0])
            write_table(temporary, table.schema, _row_groups(job, shards), table.compression)
        else:
            with temporary.open("wb") as file:
                _write_lines(job, shards, file)
    _discard(parts)


def _discard(folder: Path) -> None:
    """Remove a folder of parts, at once as far as others can see."""
    trash = folder.with_name(f".ligafix-{os.urandom(8).hex()}.tmp")
    folder.rename(trash)
    shutil.rmtree(trash)


def _write_lines(job: Job, shards: Sequence[Shard], file: IO[bytes]) -> None:
    compression = compression_of(shards[0].places[0])
    for shard in shards:
        file.write(compress(part_of(job, shard).read_bytes(), compression))


def _row_groups(job: Job, shards: Sequence[Shard]) -> Iterator[list[Any]]:
    for _, group in groupby(shards, key=lambda shard: shard.row_group):
        yield [bytes_to_table(part_of(job, shard).read_bytes()) for shard in group]
