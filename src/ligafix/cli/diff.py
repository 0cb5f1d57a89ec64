"""`ligafix diff`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import click

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.diff import encode_diff, make_hunks, make_inline, unified_diff
from ligafix.audit.log import entry_to_json
from ligafix.audit.sarif import to_sarif
from ligafix.audit.statistics import Statistics, commonest, count_changes
from ligafix.audit.words import MarkedLine, mark_lines
from ligafix.cli.errors import say, write_stdout
from ligafix.cli.selection import Selection, select_changes
from ligafix.cli.wording import count
from ligafix.errors import InputError, LigafixError

if TYPE_CHECKING:
    from rich.console import RenderableType

MOST_PAIRS = 30
"""How many pairs of words the statistics list; the rest is counted."""


@click.command(short_help="Show what was changed.")
@select_changes
@click.option("--patch", "form", flag_value="patch", help="Print a unified diff, for git apply and patch -p1.")
@click.option("--json", "form", flag_value="json", help="Print a JSON object for each change, one a line.")
@click.option("--sarif", "form", flag_value="sarif", help="Print SARIF 2.1.0, for editors and code hosts.")
@click.option("--stat", "form", flag_value="stat", help="Print counts by status, stage, rule and pair of words.")
@click.pass_context
def diff(context: click.Context, *, selection: Selection, form: str | None) -> None:
    """Show what was changed, by the audit logs of texts or folders; of the working folder where none is given.

    Changed words stand in their line: what the source has, then what came instead, {+so+} where it was applied,
    {?so?} where it was only suggested, {!so!} where a reviewer rejected it; a terminal shows colours instead.

    \b
    Examples:
      ligafix diff restored/                       every change in its line
      ligafix diff restored/ --least-certain 5     the five least certain
      ligafix diff page.txt --below 0.95 --stat    counts of the less certain ones
      ligafix diff restored/ --patch | git apply   what clean did, done by git
    """
    _FORMS[form or "words"](selection)
    context.exit(selection.exit_status())


def _print_words(selection: Selection) -> None:
    for document in selection.documents():
        lines = mark_lines(document, _read_source(document, selection))
        if sys.stdout.isatty():
            _print_rich(_coloured(document, lines))
        else:
            plain = (f"{_head(document, line)}\n{line.to_plain()}\n\n" for line in lines)
            _write("".join(plain))


def _coloured(document: LoggedDocument, lines: Iterator[MarkedLine]) -> Iterator[RenderableType]:
    from rich.text import Text  # slow to load, for terminals only

    for line in lines:
        yield Text(_head(document, line), "dim")
        yield Text.assemble(line.to_text(), "\n")


def _head(document: LoggedDocument, line: MarkedLine) -> str:
    """Where a line is, and what was done in it, how surely."""
    done = (f"{entry.change.steps[-1].rule} {entry.change.confidence:.2f}" for entry in line.entries)
    return f"{make_inline(document.name)}:{line.line}: {', '.join(done)}"


def _read_source(document: LoggedDocument, selection: Selection) -> str | None:
    """The source of a document; without it the changes are shown without lines, and it is told why."""
    if not document.entries:
        return None
    try:
        source = document.read_source()
    except LigafixError as error:
        selection.fail(str(error))
        return None
    if source is None:
        say(f"{document.path}: neither source nor output stands where it did; the changes are shown without lines")
    return source


def _print_patch(selection: Selection) -> None:
    for document in selection.documents():
        if document.record is not None:
            raise InputError("records have no lines to patch; leave --patch out, or name the texts")
        try:
            source = document.read_source() if document.entries else None
        except LigafixError as error:
            selection.fail(str(error))
            continue
        if source is None:
            if document.entries:
                selection.fail(f"{document.path}: a patch needs the source or the output, and neither stands there")
            continue
        header = document.header
        hunks = make_hunks(source, (entry.change for entry in document.entries))
        bom = header.source.bom and header.source.encoding == "utf-8"
        lines = unified_diff(document.name, hunks, bom=bom, git=True)
        write_stdout(encode_diff("".join(lines), header.output.encoding))


def _print_json(selection: Selection) -> None:
    for document in selection.documents():
        about: dict[str, Any] = {
            "file": document.name,
            "log": document.path.as_posix(),
            "source": document.header.source.sha256,
        }
        if document.record is not None:
            about |= {"record": document.record.record, "id": document.record.id}
        records = (json.dumps({**about, **entry_to_json(entry)}) for entry in document.entries)
        write_stdout("".join(f"{record}\n" for record in records).encode("ascii"))


def _print_sarif(selection: Selection) -> None:
    write_stdout(f"{json.dumps(to_sarif(selection.documents()))}\n".encode("ascii"))


def _print_statistics(selection: Selection) -> None:
    statistics = count_changes(selection.documents())
    _print_rich(_tables(statistics))


def _tables(statistics: Statistics) -> Iterator[RenderableType]:
    from rich.table import Table  # slow to load
    from rich.text import Text

    for title, tallies in (
        (f"status, in {count(statistics.files, 'file')}", statistics.statuses),
        ("stage", statistics.stages),
        ("rule", statistics.rules),
        ("pair", statistics.pairs),
    ):
        table = Table(box=None, pad_edge=False)
        table.add_column(title)
        table.add_column("count", justify="right")
        table.add_column("mean confidence", justify="right")
        for name, tally in commonest(tallies, MOST_PAIRS):
            table.add_row(Text(make_inline(name)), str(tally.count), f"{tally.mean_confidence:.4f}")
        yield table
        left = len(tallies) - MOST_PAIRS
        yield f"and {left} more\n" if left > 0 else ""


def _print_rich(parts: Iterable[RenderableType]) -> None:
    """Print parts, each from a new line on, in colours where standard output is a terminal."""
    from rich.console import Console  # slow to load

    console = Console(highlight=False, emoji=False, soft_wrap=True)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    _write(capture.get())


def _write(text: str) -> None:
    write_stdout(text.encode(sys.stdout.encoding or "utf-8", "replace"))


_FORMS: dict[str, Callable[[Selection], None]] = {
    "words": _print_words,
    "patch": _print_patch,
    "json": _print_json,
    "sarif": _print_sarif,
    "stat": _print_statistics,
}
