"""`ligafix revert`."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from ligafix.audit.chain import find_earlier_log, require_log_header, require_no_log
from ligafix.audit.collect import find_logs
from ligafix.audit.diff import make_inline
from ligafix.audit.log import LoggedChange
from ligafix.audit.records import find_record_logs, is_record_log
from ligafix.audit.revert import Reversion
from ligafix.audit.revert import revert as find_source
from ligafix.audit.revert_records import output_of_records, revert_records
from ligafix.cli.errors import ExitStatus, say, say_failed, write_stdout
from ligafix.cli.paths import NamedPath
from ligafix.cli.wording import count
from ligafix.errors import InputError, LigafixError, ReplayError
from ligafix.formats.files import write_files

STREAM = Path("-")
"""What `-o` calls standard output."""


@dataclass(frozen=True, slots=True)
class _Job:
    """A text to take back, and where its source goes."""

    text: Path
    target: Path


@click.command(short_help="Give back the sources of cleaned files.")
@click.argument(
    "places", metavar="FILE or FOLDER...", nargs=-1, required=True, type=NamedPath(path_type=Path, readable=False)
)
@click.option(
    "--log", metavar="PATH", type=NamedPath(path_type=Path, readable=False), help="The audit log. Default: find it."
)
@click.option(
    *("-o", "--output"),
    metavar="PATH",
    type=NamedPath(path_type=Path, allow_dash=True),
    help="Write the source to this file or into this folder. Default: in place.",
)
@click.option("--force", is_flag=True, help="Undo what can still be found in texts that were edited since.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def revert(
    context: click.Context, *, places: tuple[Path, ...], log: Path | None, output: Path | None, force: bool, quiet: bool
) -> None:
    """Give back the sources of cleaned files, byte for byte.

    A file that was cleaned in place several times goes back one run at a time. Of a folder all files go back that a
    log in it calls its output. A text that was edited since is refused; with --force the changes that can still be
    found are undone, and those that cannot are listed.

    \b
    Examples:
      ligafix revert page.txt                      undo `ligafix clean -w page.txt`
      ligafix revert restored.txt -o source.txt    keep both
      ligafix revert restored/ -o sources/         a whole folder

    \b
    Exit status: 0 done; 1 --force could not undo everything; 2 wrong usage;
    3 some file could not be taken back (the others were).
    """
    errors: list[LigafixError] = []
    jobs = list(_plan(places, output, errors.append))
    _refuse_losses(jobs)
    for error in errors:
        say(str(error))
    if not jobs and not errors:
        raise InputError("no log in this folder tells of an output in it; name the files")
    failed = left = 0
    for job in jobs:
        tell = partial(_tell, quiet=quiet or len(jobs) + len(errors) > 1)
        try:
            require_no_log(job.target)
            if not log and (logs := find_record_logs(job.text)):
                _take_records_back(job, logs, tell)
                continue
            found = _take_back(job, log, force=force, in_place=output is None, tell=tell)
        except (LigafixError, OSError) as error:
            failed += 1
            say_failed(job.text, error)
            continue
        left += len(found.left)
    done, failed = len(jobs) - failed, failed + len(errors)
    if done + failed > 1 and not quiet:
        say(f"{count(done, 'file')} taken back" + (f", {count(failed, 'file')} not" if failed else ""))
    context.exit(ExitStatus.FAILED if failed else ExitStatus.WOULD_CHANGE if left else ExitStatus.DONE)


def _plan(places: Sequence[Path], output: Path | None, on_error: Callable[[LigafixError], None]) -> Iterator[_Job]:
    """The texts that are meant, each once, and where their sources go; of folders it is told what cannot go back."""
    several = len(places) > 1 or any(place.is_dir() for place in places)
    into_folder = output is not None and output != STREAM and (several or output.is_dir())
    for place in places:
        for text in _outputs_in(place, on_error) if place.is_dir() else [place]:
            name = text.relative_to(place) if text.is_relative_to(place) and place.is_dir() else Path(text.name)
            yield _Job(text, output / name if output and into_folder else output or text)


def _outputs_in(folder: Path, on_error: Callable[[LigafixError], None]) -> Iterator[Path]:
    """The outputs that the logs in a folder tell of and that stand in it."""
    seen = set()
    for log in find_logs([folder]):
        try:
            path = output_of_records(log) if is_record_log(log) else require_log_header(log).output.path
        except LigafixError as error:
            on_error(error)
            continue
        text = None if path is None else Path(os.path.normpath(log.parent / path))
        if text is None or text in seen or not text.resolve().is_relative_to(folder.resolve()):
            continue
        seen.add(text)
        if text.is_file():
            yield text
        else:
            on_error(ReplayError(f"{text}: there is no such file, and the source comes back only from it; see {log}"))


def _refuse_losses(jobs: Sequence[_Job]) -> None:
    targets = Counter(job.target for job in jobs)
    twice = next((target for target, times in targets.items() if times > 1), None)
    if twice is not None:
        what = "standard output" if twice == STREAM else str(twice)
        raise click.UsageError(f"{what} would be written twice; take back files of one name one by one")


def _take_records_back(job: _Job, logs: Sequence[Path], tell: Callable[[str], None]) -> None:
    if job.target == STREAM:
        raise click.UsageError("records go into a file; name one with -o")
    number = revert_records(job.text, logs, job.target)
    tell(f"{job.target}: {count(number, 'record')} as the source had them; what had failed is not among them")


def _take_back(job: _Job, log: Path | None, *, force: bool, in_place: bool, tell: Callable[[str], None]) -> Reversion:
    found = find_source(job.text, log, force=force)
    if job.target == STREAM:
        write_stdout(found.source)
    elif in_place and found.was_source:
        earlier = find_earlier_log(job.text, found.log)
        more = f"; to undo the run before, too, add --log {shlex.quote(str(earlier))} --force" if earlier else ""
        tell(f"{job.text}: this is the source already, as {found.log} says{more}")
    else:
        write_files([(job.target, found.source)], (job.text, found.given) if in_place else None)
        tell(f"{job.target}: {_describe(found)}")
    for entry in found.left:
        say(f"{job.text}: not undone: {_show(entry)}")
    return found


def _describe(found: Reversion) -> str:
    if found.was_edited:
        but = f" but for {len(found.left)}" if found.left else ""
        return f"the changes of {found.log} were undone{but}; the edits since then stay"
    return f"this is the source again, by {found.log}"


def _show(entry: LoggedChange) -> str:
    change = entry.change
    return f"{make_inline(change.before)} → {make_inline(change.after)}, in line {entry.line} of the source"


def _tell(message: str, *, quiet: bool) -> None:
    if not quiet:
        say(message)
