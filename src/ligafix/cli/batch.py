"""`ligafix batch`."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import click

from ligafix.audit.collect import find_logs, keep_least_certain, read_documents
from ligafix.cli.errors import ExitStatus, say
from ligafix.cli.options import choose_settings, settings_options
from ligafix.cli.paths import NamedPath
from ligafix.cli.report import refuse_losses
from ligafix.cli.wording import count
from ligafix.corpus.plan import FAILURES, STATE, Patterns, find_source
from ligafix.corpus.run import Batch, Engine, local_engine, run_batch
from ligafix.corpus.summary import Summary
from ligafix.formats.files import write_files
from ligafix.formats.text import require_encoding

if TYPE_CHECKING:
    from rich.progress import Progress

PHASES = {"survey": "surveying", "clean": "cleaning"}
"""What the passes are called."""

SECONDS_BETWEEN_LINES = 10.0

MOST_REASONS = 5
"""So many reasons are told why documents failed, those of the most documents."""

MOST_REPORTED = 100_000
"""So many changes are on the page at most, those of the least confidence: a browser shows so many with ease, and nobody
looks at more."""


@click.command(short_help="Restore a folder or a corpus, on all cores.")
@click.argument("source", metavar="IN", type=NamedPath(readable=False))
@click.argument("out", metavar="OUT", type=NamedPath(path_type=Path))
@click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Worker processes.  [default: all cores]")
@click.option("--engine", type=click.Choice(["local", "ray"]), default="local", help="What runs the workers.")
@click.option("--ray-address", metavar="ADDRESS", help="The Ray cluster to run on.  [default: this machine]")
@click.option("--resume/--fresh", default=True, help="Go on where an earlier run stopped (default), or begin again.")
@click.option("--force", is_flag=True, help="Replace outputs, too, that were edited since an earlier run.")
@click.option("--include", metavar="PATTERN", multiple=True, help="Take only such files, as '*.txt'. May be repeated.")
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Leave such files out. May be repeated.")
@click.option("--text-field", metavar="NAME", default="text", show_default=True, help="The field of a record to clean.")
@click.option("--id-field", metavar="NAME", help="The field that names a record in logs and failures.")
@click.option(
    "--report", metavar="FILE", type=NamedPath(path_type=Path), help="Make a page of the changes, as `report` does."
)
@click.option("--dry-run", is_flag=True, help="Write nothing; say what would change.")
@settings_options
@click.option("--encoding", metavar="NAME", help="Read and write text files in this encoding. Default: detect it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def batch(
    context: click.Context,
    /,
    *,
    source: str,
    out: Path,
    jobs: int | None,
    engine: str,
    ray_address: str | None,
    resume: bool,
    force: bool,
    include: tuple[str, ...],
    exclude: tuple[str, ...],
    text_field: str,
    id_field: str | None,
    report: Path | None,
    dry_run: bool,
    encoding: str | None,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Restore all texts of a corpus in two passes, and log every change.

    IN is a folder, a glob in quotes, an archive (.zip, .tar.gz), or records in JSON Lines (.jsonl, .gz, .zst) or
    Parquet. OUT is a folder that mirrors it; OUT/.ligafix holds the logs, what failed and a summary. A run that was
    stopped goes on where it was.

    \b
    Examples:
      ligafix batch scans/ restored/                clean a folder
      ligafix batch 'scans/*.txt' restored/         clean some files of it
      ligafix batch web.jsonl.gz clean/ --id-field url
      ligafix batch scans/ restored/ --dry-run      see what would change

    \b
    Exit status: 0 done; 2 wrong usage or settings; 3 some documents could
    not be processed (the others were).
    """
    if encoding is not None:
        require_encoding(encoding)
    if report and dry_run:
        raise click.UsageError("--report shows what a run has written; leave --dry-run out")
    fields = (text_field, id_field, Patterns(include, exclude))
    switches = (not resume, force, dry_run)
    given = Batch(source, out, choose_settings(**chosen), encoding, *fields, *switches)
    if report:
        _refuse_losses(report, given)
    with _progress(quiet=quiet) as on_document:
        summary = run_batch(given, _choose_engine(engine, jobs or count_cores(), ray_address), on_document)
    for line in () if quiet else describe(summary, dry_run=dry_run):
        say(line)
    if summary.failed:
        say(f"{count(summary.failed, 'document')} failed{'' if dry_run else f'; see {out / STATE / FAILURES}'}")
    for reason, number in summary.reasons.most_common(MOST_REASONS):
        say(f"  {number:,}: {reason}")
    if report:
        number = write_report(report, out, most=MOST_REPORTED)
        if not quiet:
            say(f"{report}: {count(number, 'change')}; open it in a browser")
    context.exit(ExitStatus.FAILED if summary.failed else ExitStatus.DONE)


def _refuse_losses(report: Path, batch: Batch) -> None:
    """Refuse a page that would take the place of an input or an output, before hours of work.

    Raises:
        click.UsageError: it would.
        InputError: there is no input.
    """
    wanted = os.path.realpath(report)
    source = find_source(batch.source, batch.patterns, batch.out)
    alike = [place for place in source.places if PurePosixPath(place).name == Path(wanted).name]
    if any(os.path.realpath(folder / place) == wanted for folder in (source.root, batch.out) for place in alike):
        raise click.UsageError(f"{report} is an input or an output; give --report another name")


def write_report(path: Path, out: Path, *, most: int) -> int:
    """Write the page that `ligafix report` makes of a run's outputs; answers how many changes are on it.

    Args:
        path: where the page goes.
        out: the folder of the outputs.
        most: so many changes may be on it; of more the least certain are.

    Raises:
        InputError: the run wrote no output.
        OutputError: the page cannot be written, or would take the place of a log.
        click.UsageError: it would take the place of a text, such as one out of an archive.
    """
    from ligafix.audit.report import make_page, make_payload  # slow to load

    logs = find_logs([out / STATE / "logs"])
    documents = list(read_documents(logs, least_certain=most + 1))
    refuse_losses(path, documents)
    documents = [document for document in documents if document.entries]
    number = sum(len(document.entries) for document in documents)
    title = out.resolve().name
    if number > most:
        number, title = most, f"{title} (the {most:,} least certain changes)"
        documents = list(keep_least_certain(documents, most))
    write_files([(path, make_page(make_payload(documents, title)))])
    return number


def describe(summary: Summary, *, dry_run: bool) -> Iterator[str]:
    """The summary in words."""
    changes = "would change" if dry_run else "changed"
    yield (
        f"{count(summary.documents, 'document')}: {summary.changed:,} {changes}, "
        f"{summary.written - summary.changed:,} unchanged, {summary.failed:,} failed"
    )
    for stage, number in sorted(summary.stages.items(), key=lambda item: -item[1]):
        yield f"  {stage}: {count(number, 'change')}"
    others = {"suggested": "suggestion", "suspected": "suspected place"}
    for status, noun in others.items():
        if summary.statuses[status]:
            yield f"  {count(summary.statuses[status], noun)}"
    rate = summary.documents / summary.seconds if summary.seconds else 0.0
    yield (
        f"{summary.size / 1e6:,.1f} MB in {summary.seconds:,.1f} s ({summary.survey_seconds:,.1f} s of it surveying): "
        f"{summary.bytes_per_second / 1e6:,.2f} MB/s, {rate:,.1f} documents/s"
    )


def count_cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _choose_engine(name: str, jobs: int, ray_address: str | None) -> Engine:
    if name == "local":
        return local_engine(jobs)
    from ligafix.corpus.ray_engine import ray_engine

    return ray_engine(jobs, ray_address)


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[str, int], None] | None]:
    """What shows how far a run is: a bar on a terminal, else a line now and then."""
    if quiet:
        yield None
    elif sys.stderr.isatty():
        with _bars() as bars:
            yield _Bar(bars)
    else:
        yield _Lines()


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    rate = TextColumn("{task.speed:.1f}/s", justify="right")
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), rate, TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))


class _Bar:
    """A progress bar for each pass."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, Any] = {}

    def __call__(self, phase: str, total: int) -> None:
        if phase not in self._tasks:
            self._tasks[phase] = self._bars.add_task(PHASES[phase], total=total)
        self._bars.advance(self._tasks[phase])


class _Lines:
    """A line now and then."""

    def __init__(self) -> None:
        self._done: dict[str, int] = {}
        self._next = time.monotonic() + SECONDS_BETWEEN_LINES

    def __call__(self, phase: str, total: int) -> None:
        self._done[phase] = min(total, self._done.get(phase, 0) + 1)
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + SECONDS_BETWEEN_LINES
            say(f"{PHASES[phase]}: {self._done[phase]:,} of {count(total, 'document')}")
