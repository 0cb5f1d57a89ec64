"""`ligafix clean`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ligafix.audit.chain import LOG_SUFFIX, find_free_log, is_free, is_log, require_free, require_no_log
from ligafix.audit.record import CleanedText, clean_bytes
from ligafix.cleaner import Cleaner
from ligafix.cli.errors import say, say_failed, write_stdout
from ligafix.cli.options import choose_settings, settings_options
from ligafix.cli.paths import NamedPath
from ligafix.cli.plan import Job, plan_jobs
from ligafix.cli.run_report import RunReport
from ligafix.errors import LigafixError
from ligafix.formats.files import read_bytes, write_files
from ligafix.formats.text import require_encoding
from ligafix.lexicon import dictionaries_hash

if TYPE_CHECKING:
    from ligafix.audit.diff import Hunk


@click.command(short_help="Restore text files and log every change.")
@click.argument("files", nargs=-1, type=NamedPath(readable=False))
@click.option(
    *("-o", "--output"),
    metavar="PATH",
    type=NamedPath(readable=False, allow_dash=True),
    help="Write to this file; or into this folder, where it is one already or there are several FILES.",
)
@click.option("-w", "--write", is_flag=True, help="Rewrite the FILES in place.")
@click.option(
    "--log",
    metavar="PATH",
    type=NamedPath(readable=False, allow_dash=True),
    help=f"Where the audit log goes; a folder for several FILES. Default: the output's name + {LOG_SUFFIX}; "
    "none for standard output.",
)
@click.option("--diff", is_flag=True, help="Print the changes as a unified diff instead of the text.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if something would change.")
@settings_options
@click.option("--encoding", metavar="NAME", help="Read and write this encoding. Default: detect it.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def clean(
    context: click.Context,
    /,
    *,
    files: tuple[str, ...],
    output: str | None,
    write: bool,
    log: str | None,
    diff: bool,
    check: bool,
    encoding: str | None,
    quiet: bool,
    **chosen: Any,
) -> None:
    """Restore text files, or standard input, and log every change.

    The options --only, --skip and --language may be repeated. With --diff and --check nothing is
    written.

    \b
    Examples:
      ligafix clean page.txt                    print the restored text
      ligafix clean page.txt -o restored.txt    write it, and restored.txt.changes.jsonl
      ligafix clean *.txt -o restored/          write a folder
      ligafix clean -w *.txt                    rewrite the files in place
      ligafix clean --diff page.txt             see what would change

    \b
    Exit status: 0 done; 1 --check or --diff found changes; 2 wrong usage or
    settings; 3 some input could not be processed (the others were).
    """
    if encoding is not None:
        require_encoding(encoding)
    cleaner = Cleaner(choose_settings(**chosen))
    texts = [file for file in files if not _is_log(Path(file), quiet=quiet)]
    jobs = plan_jobs(texts, output, log, write=write) if texts or not files else []
    report = RunReport(dry=diff or check)
    if jobs:
        dictionaries_hash()  # refuses damaged data, which would mend text wrongly, before anything is printed
    for job in jobs:
        try:
            cleaned = clean_bytes(_read(job, quiet=quiet), cleaner, encoding)
            notes = _preview(job, cleaned, diff=diff) if report.dry else _save(job, cleaned)
        except (LigafixError, OSError) as error:
            report.failed += 1
            say_failed(job.name, error)
            continue
        report.count(cleaned.changes)
        for note in notes if not quiet else []:
            say(f"{job.name}: {note}")
    if jobs and not quiet and (report.dry or write or output or len(jobs) > 1):
        say(report.summary())
    context.exit(report.exit_status())


def _is_log(file: Path, *, quiet: bool) -> bool:
    """Whether an input is an audit log, as `*` may well catch one; it is passed over."""
    if not is_log(file):
        return False
    if not quiet:
        say(f"{file}: passed over, since it is an audit log")
    return True


def _read(job: Job, *, quiet: bool) -> bytes:
    if job.source is None and sys.stdin.isatty() and not quiet:
        say("reading standard input; end it with Ctrl-D")
    return read_bytes(job.source)


def _preview(job: Job, cleaned: CleanedText, *, diff: bool) -> list[str]:
    """Show what would change, or tell it."""
    if not diff:
        return ["would change"] if cleaned.changed else []
    from ligafix.audit.diff import encode_diff, make_hunks, unified_diff  # slow to load

    hunks = make_hunks(cleaned.source.text, cleaned.changes)
    if sys.stdout.isatty():
        _print_coloured(job.name, hunks)
    else:
        bom = cleaned.source.bom and cleaned.source.encoding == "utf-8"
        diff_lines = unified_diff(job.name, hunks, bom=bom)
        write_stdout(encode_diff("".join(diff_lines), cleaned.output.encoding))
    return []


def _print_coloured(name: str, hunks: Iterable[Hunk]) -> None:
    from rich.console import Console  # slow to load, for terminals only

    from ligafix.audit.diff import coloured_diff

    console = Console()
    with console.capture() as capture:
        console.print(coloured_diff(name, hunks), end="", soft_wrap=True)
    write_stdout(capture.get().encode(sys.stdout.encoding, "replace"))


def _save(job: Job, cleaned: CleanedText) -> list[str]:
    """Write log and output, the log first; answers with what the user should know."""
    if job.output:
        require_no_log(job.output)
    untouched = job.in_place and not cleaned.changed
    log = _place_log(job, cleaned, untouched=untouched)
    files = [(log, cleaned.make_log(log, job.source, job.output))] if log else []
    if job.output and not untouched:
        files.append((job.output, cleaned.output.data))
    write_files(files, (job.output, cleaned.source.data) if job.output and job.in_place and not untouched else None)
    if job.output is None:
        write_stdout(cleaned.output.data)
    return _notes(job, cleaned, log)


def _place_log(job: Job, cleaned: CleanedText, *, untouched: bool) -> Path | None:
    """Where the log goes; nowhere if there is none to write, or an untouched file has one already."""
    if job.log is None or (untouched and not is_free(job.log, cleaned.source)):
        return None
    if job.exact_log:
        require_free(job.log, cleaned.source)
        return job.log
    return find_free_log(job.log, cleaned.source)


def _notes(job: Job, cleaned: CleanedText, log: Path | None) -> list[str]:
    notes = []
    if cleaned.output.encoding != cleaned.source.encoding:
        notes.append(f"{_find_misfit(cleaned)} does not fit {cleaned.source.encoding}; the output is in UTF-8")
    if log != job.log and log is not None:
        notes.append(f"the log is {log}, as {job.log} is that of an earlier run")
    return notes


def _find_misfit(cleaned: CleanedText) -> str:
    """The first character of the output that the encoding of the source does not have."""
    try:
        cleaned.output.text.encode(cleaned.source.encoding)
    except UnicodeEncodeError as error:
        return str(error.object[error.start])
    return "the text"
