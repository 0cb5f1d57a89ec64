"""What `clean` and `apply` read and write, settled before anything is done."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from ligafix.audit.chain import LOG_SUFFIX, default_log
from ligafix.formats.files import is_stream


@dataclass(frozen=True, slots=True)
class Job:
    """One text to process.

    Attributes:
        source: where it stands; None is standard input.
        output: where it goes; None is standard output.
        log: where its log goes; None is nowhere.
        exact_log: whether the user named this very file for the log, so that it may not get a number.
    """

    source: Path | None
    output: Path | None = None
    log: Path | None = None
    exact_log: bool = False

    @property
    def name(self) -> str:
        """What to call it in messages."""
        return "standard input" if self.source is None else str(self.source)

    @property
    def in_place(self) -> bool:
        """Whether the output takes the source's place."""
        if self.source is None or self.output is None:
            return False
        return os.path.realpath(self.source) == os.path.realpath(self.output)


def plan_jobs(
    files: Sequence[str],
    output: str | None = None,
    log: str | None = None,
    *,
    write: bool = False,
    of_folder: bool = False,
) -> list[Job]:
    """Settle where each output and log goes.

    Args:
        files: the inputs as given; '-' is standard input, and so is no input at all.
        output: a file or a folder as given; None or '-' is standard output.
        log: a file or a folder as given; None is beside the output.
        write: whether outputs take the place of their sources.
        of_folder: whether the inputs are those of a folder, so that outputs go into one, too, be it a single one.

    Raises:
        click.UsageError: a file would be lost or written twice, or the options contradict each other.
    """
    output = None if output == "-" else output
    sources = _read_sources(files)
    if write or output:
        sources = _drop_repeated(sources)
    several = of_folder or len(sources) > 1
    outputs = _place_outputs(sources, output, several=several, write=write)
    logs = _place_logs(sources, outputs, log, several=several)
    exact = log is not None and not _means_folder(log, several=several)
    jobs = [Job(*places, exact) for places in zip(sources, outputs, logs, strict=True)]
    _refuse_losses(jobs, write=write)
    return jobs


def _read_sources(files: Sequence[str]) -> list[Path | None]:
    sources = [None if file == "-" else Path(file) for file in files] or [None]
    if sources.count(None) > 1:
        raise click.UsageError("standard input can be read only once; give '-' once")
    return sources


def _drop_repeated(sources: Iterable[Path | None]) -> list[Path | None]:
    """The same inputs, each file once, by the name that came first."""
    first: dict[str | None, Path | None] = {}
    for source in sources:
        first.setdefault(None if source is None else os.path.realpath(source), source)
    return list(first.values())


def _means_folder(path: str, *, several: bool) -> bool:
    """Whether an option names a folder: it is one, it ends like one, or there are several inputs.

    Raises:
        click.UsageError: there are several inputs, and it is a file.
    """
    if Path(path).is_dir() or path.endswith(("/", os.sep)):
        return True
    if several and Path(path).exists():
        raise click.UsageError(f"{path} is a file; several inputs need a folder")
    return several


def _place_outputs(
    sources: Sequence[Path | None], output: str | None, *, several: bool, write: bool
) -> list[Path | None]:
    if output is None:
        return [_in_place(source) if write else None for source in sources]
    if not _means_folder(output, several=several):
        return [Path(output)]
    return [Path(output) / _name(source) for source in sources]


def _in_place(source: Path | None) -> Path:
    if source is None or is_stream(source):
        raise click.UsageError(f"{source or 'standard input'} cannot be rewritten in place; leave out -w")
    return source


def _name(source: Path | None) -> str:
    if source is None:
        raise click.UsageError("standard input has no name to keep in a folder; give -o a file")
    return source.name


def _place_logs(
    sources: Sequence[Path | None], outputs: Sequence[Path | None], log: str | None, *, several: bool
) -> list[Path | None]:
    if log is None:
        return [default_log(o) if o and not is_stream(o) else None for o in outputs]
    if log == "-":
        raise click.UsageError("the log goes to a file, not to standard output; give --log a path")
    if not _means_folder(log, several=several):
        return [Path(log)]
    texts = (output or source for source, output in zip(sources, outputs, strict=True))
    return [Path(log) / f"{text.name if text else 'stdin'}{LOG_SUFFIX}" for text in texts]


def _refuse_losses(jobs: Sequence[Job], *, write: bool) -> None:
    """Refuse what would write over an input, or two things to one place."""
    inputs = {_identity(job.source) for job in jobs if job.source}
    for job in jobs:
        if write and not job.in_place:
            raise click.UsageError("-w rewrites the files in place, -o writes elsewhere; give one of them")
        if not write and job.output and _identity(job.output) in inputs:
            raise click.UsageError(f"{job.output} is an input; -w rewrites files in place")
    written = Counter(_fold(os.path.realpath(path)) for job in jobs for path in (job.output, job.log) if path)
    for path, times in written.items():
        if times > 1 and not is_stream(Path(path)):
            raise click.UsageError(f"{path} would be written twice; clean files of one name one by one")


def _identity(path: Path) -> tuple[int, int] | str:
    """What tells files apart, whatever their names."""
    if path.is_file():
        status = path.stat()
        return status.st_dev, status.st_ino
    return os.path.realpath(path)


def _fold(path: str) -> str:
    """A path as file systems that ignore case see it."""
    return path.casefold() if sys.platform in ("darwin", "win32") else path
