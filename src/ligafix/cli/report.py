"""`ligafix report`."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from ligafix.audit.chain import require_no_log
from ligafix.audit.collect import LoggedDocument
from ligafix.audit.filters import ChangeFilter
from ligafix.cli.errors import say, write_stdout
from ligafix.cli.paths import NamedPath
from ligafix.cli.selection import Selection, select_changes
from ligafix.cli.wording import count
from ligafix.formats.files import write_files


@click.command(short_help="Make a page that shows the changes, to judge them in a browser.")
@select_changes
@click.option(
    *("-o", "--output"),
    metavar="FILE",
    default="report.html",
    show_default=True,
    type=NamedPath(path_type=Path, allow_dash=True),
    help="Write the page to this file.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@click.pass_context
def report(context: click.Context, *, selection: Selection, output: Path, quiet: bool) -> None:
    """Make a page that shows what was changed, and takes your decisions.

    The page is one file, loads nothing and sends nothing; any current browser shows it. What you decide there is
    saved as a decisions file, which `ligafix apply` carries out.

    \b
    Examples:
      ligafix report restored/                    make report.html of a folder
      ligafix report restored.txt -o page.html    of one text
      ligafix report restored/ --below 0.95       of what is less certain
    """
    from ligafix.audit.report import make_page, make_payload  # slow to load

    documents = list(selection.documents())
    if selection.failed and not documents:
        say(f"{output}: not written, as there is nothing to show")
        context.exit(selection.exit_status())
    refuse_losses(output, documents)
    screen = io.StringIO() if quiet or not sys.stderr.isatty() else sys.stderr
    with click.progressbar(documents, label="ligafix: reading the texts", file=screen) as read:
        page = make_page(make_payload(read, _title(selection, documents)))
    if output == Path("-"):
        write_stdout(page)
    else:
        write_files([(output, page)])
        if not quiet:
            say(f"{output}: {_count(documents)}; open it in a browser")
    context.exit(selection.exit_status())


def refuse_losses(output: Path, documents: Sequence[LoggedDocument]) -> None:
    """Refuse to write a page over a text or a log.

    Raises:
        click.UsageError: it would take the place of one that is looked at.
        OutputError: it would take the place of another log.
    """
    if any(path.exists() and output.exists() and path.samefile(output) for path in _inputs(documents)):
        raise click.UsageError(f"{output} is an input; give the page another name")
    require_no_log(output)


def _inputs(documents: Sequence[LoggedDocument]) -> Iterator[Path]:
    for document in documents:
        yield document.path
        for text in (document.header.source, document.header.output):
            if text.path is not None:
                yield document.path.parent / text.path


def _title(selection: Selection, documents: Sequence[LoggedDocument]) -> str:
    """What the documents are called together."""
    if len(documents) == 1:
        title = documents[0].name.rpartition("/")[2]
    elif len(selection.places) == 1:
        title = Path(os.path.realpath(selection.places[0])).name
    else:
        title = f"{len(documents)} documents"
    chosen = selection.chosen != ChangeFilter() or selection.least_certain is not None
    return f"{title} (selected changes)" if chosen else title


def _count(documents: Sequence[LoggedDocument]) -> str:
    changes = sum(len(document.entries) for document in documents)
    return f"{count(changes, 'change')} in {count(len(documents), 'text')}"
