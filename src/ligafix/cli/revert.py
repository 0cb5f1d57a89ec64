"""`ligafix revert`."""

from __future__ import annotations

from pathlib import Path

import click

from ligafix.audit.revert import revert as find_source
from ligafix.cli.errors import say, write_stdout
from ligafix.errors import InputError, ReplayError
from ligafix.formats.files import write_files


@click.command(short_help="Give back the source of a cleaned file.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--log", metavar="PATH", type=click.Path(path_type=Path), help="The audit log. Default: find it.")
@click.option(
    *("-o", "--output"),
    metavar="PATH",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Write the source to this file or into this folder. Default: in place.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def revert(file: Path, log: Path | None, output: Path | None, *, quiet: bool) -> None:
    """Give back the source of a cleaned FILE, byte for byte.

    A file that was cleaned in place several times goes back one run at a time.

    \b
    Examples:
      ligafix revert page.txt                      undo `ligafix clean -w page.txt`
      ligafix revert restored.txt -o source.txt    keep both
    """
    try:
        found = find_source(file, log)
    except (InputError, ReplayError) as error:
        raise type(error)(f"{file}: {error}") from None
    if output == Path("-"):
        write_stdout(found.source)
        return
    target = output / file.name if output and output.is_dir() else output or file
    if output is None and found.was_source:
        _tell(f"{file}: this is the source already, as {found.log} says", quiet=quiet)
        return
    write_files([(target, found.source)])
    _tell(f"{target}: this is the source again, by {found.log}", quiet=quiet)


def _tell(message: str, *, quiet: bool) -> None:
    if not quiet:
        say(message)
