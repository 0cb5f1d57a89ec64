"""`ligafix apply`."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from ligafix.audit.chain import find_free_log, find_log, require_log_header, require_no_log
from ligafix.audit.collect import find_logs
from ligafix.audit.decided import DecidedText, decide_text
from ligafix.audit.decisions import Conflict, Decision, Key, PlaceKey, merge_files
from ligafix.audit.records import find_record_logs, is_record_log
from ligafix.audit.revert import read_log
from ligafix.cli.errors import ExitStatus, say, say_failed, write_stdout
from ligafix.cli.paths import NamedPath
from ligafix.cli.plan import Job, plan_jobs
from ligafix.cli.wording import count
from ligafix.errors import InputError, LigafixError
from ligafix.formats.files import is_stream, read_bytes, write_files

_NO_RECORDS = (
    "decisions about records come true through a dictionary: `ligafix learn DECISIONS`, then the same `ligafix batch`, "
    "which does again what comes out differently"
)

MOST_TOLD = 10
"""How many decisions that could not be carried out are told one by one; a corpus may have thousands."""


@dataclass(slots=True)
class _Run:
    """What to carry out, and what came of it so far."""

    decisions: Mapping[Key, Decision]
    reviewer: str | None
    log: Path | None
    quiet: bool
    files: int = 0
    decided: int = 0
    failed: int = 0
    undone: list[str] = field(default_factory=list)
    unused: set[Key] = field(init=False)

    def __post_init__(self) -> None:
        """So far no decision was about any text."""
        self.unused = set(self.decisions)

    def exit_status(self) -> ExitStatus:
        """Failures weigh more than decisions that could not be carried out."""
        if self.failed:
            return ExitStatus.FAILED
        return ExitStatus.WOULD_CHANGE if self.undone else ExitStatus.DONE


@click.command(short_help="Make the texts that decisions ask for.")
@click.argument("sources", nargs=-1, required=True, type=NamedPath(path_type=Path, readable=False))
@click.option(
    "--decisions",
    metavar="FILE",
    multiple=True,
    required=True,
    type=NamedPath(path_type=Path, readable=False),
    help="What was decided, as review and report write it; may be repeated for several reviewers.",
)
@click.option(
    "--log", metavar="PATH", type=NamedPath(path_type=Path, readable=False), help="The audit log. Default: find it."
)
@click.option(
    *("-o", "--output"),
    metavar="PATH",
    type=NamedPath(readable=False, allow_dash=True),
    help="Write to this file; or into this folder, where it is one already, or SOURCES are several or a folder.",
)
@click.option("-w", "--write", is_flag=True, help="Rewrite the SOURCES in place.")
@click.option("--reviewer", metavar="NAME", help="Who decided, where a decision does not say.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def apply(
    context: click.Context,
    *,
    sources: tuple[Path, ...],
    decisions: tuple[Path, ...],
    log: Path | None,
    output: str | None,
    write: bool,
    reviewer: str | None,
    quiet: bool,
) -> None:
    """Make the texts that decisions ask for, with new logs that record who decided.

    SOURCES are texts that were cleaned, the texts that came out, or folders with such texts and their logs. A
    rejected change gets its source text back, an accepted suggestion is applied, an edited change gets the reviewer's
    text; everything else stays as it was cleaned.

    \b
    Examples:
      ligafix apply page.txt --decisions decisions.jsonl -o final.txt
      ligafix apply restored/ --decisions ada.jsonl --decisions bob.jsonl -o final/
      ligafix apply restored/ --decisions decisions.jsonl -w

    \b
    Exit status: 0 done; 1 some decisions contradict each other or could not be
    carried out (the others were); 2 wrong usage; 3 some text could not be processed.
    """
    merged = merge_files(decisions)
    run = _Run(merged.decisions, reviewer, log, quiet)
    run.undone += [_say_conflict(conflict) for conflict in merged.conflicts]
    texts = list(_expand(sources, run, write=write))
    of_folder = any(source.is_dir() for source in sources)
    jobs = plan_jobs(texts, output, write=write, of_folder=of_folder) if texts else []  # [] would be standard input
    for job in jobs:
        try:
            _apply_one(job, run)
        except (LigafixError, OSError) as error:
            run.failed += 1
            say_failed(job.name, error)
    if not run.failed and len(run.unused) == len(merged.decisions):  # of a whole corpus some are about others
        run.undone += [_say_unused(key) for key in merged.decisions]
    _report(run)
    context.exit(run.exit_status())


def _expand(sources: Iterable[Path], run: _Run, *, write: bool) -> Iterable[str]:
    """The texts that are meant: of a folder those that its logs tell of, the outputs first.

    A log that cannot be read is told, and counts as a failure.

    Raises:
        InputError: a text is a device or a pipe, or would be rewritten and stands outside the folder; whoever made
            the log chose it, not the user.
    """
    for source in sources:
        if not source.is_dir():
            yield str(source)
            continue
        for log in find_logs([source]):
            if is_record_log(log):
                raise InputError(f"{source}: {_NO_RECORDS}")
            try:
                header = require_log_header(log)
            except InputError as error:
                run.failed += 1
                say(str(error))
                continue
            paths = (side.path for side in (header.output, header.source))
            text = os.path.normpath(log.parent / next((path for path in paths if path is not None), log.name))
            if is_stream(Path(text)):
                raise InputError(f"{log}: its text {text} is no file; take the log out of the folder")
            if write and not Path(text).resolve().is_relative_to(source.resolve()):
                raise InputError(f"{log}: its text {text} is not in this folder; name that file to have it rewritten")
            yield text


def _apply_one(job: Job, run: _Run) -> None:
    if job.source is None:
        raise InputError("standard input has no log; name a file")
    if find_record_logs(job.source):
        raise InputError(_NO_RECORDS)
    if job.output:
        require_no_log(job.output)
    data = read_bytes(job.source)
    place = run.log if run.log and not run.log.is_dir() else find_log(job.source, data, run.log)
    decided = decide_text(data, read_log(place), run.decisions, run.reviewer)
    log = find_free_log(job.log, decided.source) if job.log else None
    files = [(log, decided.make_log(log, job.output, place))] if log else []
    if job.output:
        files.append((job.output, decided.output.data))
    write_files(files, (job.output, data) if job.output and job.in_place else None)
    if job.output is None:
        write_stdout(decided.output.data)
    run.files += 1
    run.decided += decided.outcome.decided
    run.undone += _say_undone(job.name, decided)
    run.unused.difference_update(decided.outcome.matched, decided.outcome.unmatched)


def _say_undone(name: str, decided: DecidedText) -> list[str]:
    """What could not be carried out in a text."""
    outcome = decided.outcome
    lines = [f"{name}: {_show(u.change.before, u.change.after)} stays as it was: {u.reason}" for u in outcome.unmet]
    return lines + [
        f"{name}: {_show(key.before, key.after)} was decided on, but the log has no such change at {key.start}"
        for key in outcome.unmatched
    ]


def _say_conflict(conflict: Conflict) -> str:
    said = ", ".join(f"{d.reviewer or 'unnamed'} says {d.verdict}" for d in conflict.decisions)
    where = f" at {conflict.key.start} of a text" if isinstance(conflict.key, PlaceKey) else ""
    return f"{_show(conflict.key.before, conflict.key.after)}{where} stays as it was: {said}"


def _say_unused(key: Key) -> str:
    where = "no such place" if isinstance(key, PlaceKey) else "no such change"
    return f"{_show(key.before, key.after)} was decided on, but the texts that were given have {where}"


def _show(before: str, after: str) -> str:
    return f"{before!r} → {after!r}"


def _report(run: _Run) -> None:
    for line in run.undone[:MOST_TOLD]:
        say(line)
    if len(run.undone) > MOST_TOLD:
        say(f"and {len(run.undone) - MOST_TOLD} more like these")
    if not run.quiet:
        left = f", {count(len(run.undone), 'decision')} not carried out" if run.undone else ""
        say(f"{count(run.files, 'file')} written; {count(run.decided, 'change')} decided on{left}")
