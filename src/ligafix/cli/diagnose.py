"""`ligafix diagnose`."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ligafix.cli.config import load_settings
from ligafix.cli.errors import ExitStatus, say, write_stdout
from ligafix.cli.inputs import read_texts
from ligafix.evidence import Evidence, survey
from ligafix.evidence.codes import ANY
from ligafix.lexicon import DICTIONARIES, dictionaries_hash
from ligafix.lexicon.integrity import read_record
from ligafix.lexicon.ligatures import LIGATURES

if TYPE_CHECKING:
    from rich.table import Table

SURELY, PERHAPS = 0.5, 0.01
"""From which probable share on a ligature counts as lost, and as perhaps lost."""


@click.command(short_help="Tell what happened to a document.")
@click.argument("files", nargs=-1, type=click.Path())
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list with an object for each file.")
@click.option("--language", "languages", metavar="LANG", multiple=True, help="Expect this language, such as de.")
@click.option("--encoding", metavar="NAME", help="Read this encoding. Default: detect it.")
@click.option("--self", "itself", is_flag=True, help="Check the data files of ligafix itself.")
@click.pass_context
def diagnose(
    context: click.Context,
    files: tuple[str, ...],
    *,
    as_json: bool,
    languages: tuple[str, ...],
    encoding: str | None,
    itself: bool,
) -> None:
    """Tell what happened to text files: which ligatures are lost, how sure that is, what else was found.

    \b
    Examples:
      ligafix diagnose page.txt
      ligafix diagnose --json *.txt > evidence.json
      ligafix diagnose --self
    """
    if itself:
        write_stdout(f"{check_data()}\n".encode())
        context.exit(ExitStatus.DONE)
    expected = languages or load_settings(Path.cwd()).languages
    read = read_texts(files or ("-",), encoding)
    found = [(name, survey(text, expected)) for name, text in read.texts]
    if as_json:
        write_stdout((json.dumps([_as_json(*pair) for pair in found], indent=2) + "\n").encode())
    else:
        for name, evidence in found:
            _print(name, evidence)
    for error in read.errors:
        say(str(error))
    context.exit(ExitStatus.FAILED if read.errors else ExitStatus.DONE)


def check_data() -> str:
    """Say that the data files are whole, or that nobody can tell.

    Raises:
        DataError: one of them is not as it was installed.
    """
    dictionaries = dictionaries_hash()
    if read_record(DICTIONARIES):
        return f"The data files of ligafix are whole; together they are {dictionaries}"
    return f"No installer has put the data files here, so nothing tells how they were; together they are {dictionaries}"


def _as_json(name: str, evidence: Evidence) -> dict[str, Any]:
    return {"source": name, **evidence.to_dict()}


def _print(name: str, evidence: Evidence) -> None:
    from rich.console import Console  # slow to load
    from rich.markup import escape

    console = Console(highlight=False)
    with console.capture() as capture:
        console.print(f"[bold]{escape(name)}[/bold]: {evidence.words:,} words, {describe_languages(evidence)}")
        console.print(f"  {verdict(evidence)}")
        console.print(_table(evidence))
        if evidence.codes:
            console.print(_code_table(evidence))
    write_stdout(capture.get().encode(console.encoding, "replace"))


def describe_languages(evidence: Evidence) -> str:
    """The languages of a document and their shares, in words."""
    return ", ".join(f"{code} {share:.0%}" for code, share in evidence.languages.items())


def verdict(evidence: Evidence) -> str:
    """What became of the ligatures, in one sentence."""
    codes = [found.meaning for found in evidence.codes.values() if found.meaning and found.probability >= SURELY]
    if codes:
        kinds = ", ".join(sorted({describe_meaning(m) for m in codes if m in LIGATURES or m == ANY}))
        return f"Written as codes: {kinds or 'accents and marks'}" + _and_lost(evidence)
    return _and_lost(evidence).removeprefix(". ") or _whether_lost(evidence)


def _and_lost(evidence: Evidence) -> str:
    lost = [loss for loss, found in evidence.losses.items() if found.lost >= SURELY and found.remains >= SURELY]
    if lost:
        return ". Lost: " + ", ".join(f"{x.ligature} (leaving {x.left})" if x.left else x.ligature for x in lost)
    return ""


def _whether_lost(evidence: Evidence) -> str:
    if any(found.lost >= PERHAPS for found in evidence.losses.values()):
        return "Too little text to tell whether ligatures are lost"
    return "No ligature is lost"


def describe_meaning(meaning: str | None) -> str:
    """What a sign stands for, in words."""
    if meaning is None:
        return "itself"
    if meaning == ANY:
        return "any ligature"
    if unicodedata.combining(meaning[:1] or " "):
        return f"{unicodedata.name(meaning).removeprefix('COMBINING ').lower()} on the next letter"
    return meaning or "nothing"


def _code_table(evidence: Evidence) -> Table:
    from rich import box  # slow to load
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("sign")
    table.add_column("times", justify="right")
    table.add_column("stands for")
    table.add_column("probability", justify="right")
    table.add_column("for instance")
    for sign, found in sorted(evidence.codes.items(), key=lambda item: (-item[1].count, item[0])):
        examples = ", ".join(f"{repr(seen)[1:-1]} → {reading}" for seen, reading in found.examples[:3])
        meaning = describe_meaning(found.meaning) if found.probability >= SURELY else "undecided"
        row = (escape(repr(sign)[1:-1]), str(found.count), meaning, f"{found.probability:.1%}", escape(examples))
        table.add_row(*row)
    return table


def _table(evidence: Evidence) -> Table:
    from rich import box  # slow to load
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("ligature")
    for heading in ("intact", "damaged", "lost"):
        table.add_column(heading, justify="right")
    table.add_column("for instance")
    for loss, found in evidence.losses.items():
        if loss.left and found.lost < PERHAPS:
            continue
        name = f"{loss.ligature} → {loss.left}" if loss.left else loss.ligature
        examples = ", ".join(f"{seen} → {reading}" for seen, reading in found.examples[:3])
        row = (name, str(found.intact), f"{found.remains:.1f}", f"{found.lost:.1%}", escape(examples))
        table.add_row(*row, style="bold" if found.lost >= SURELY and found.remains >= SURELY else None)
    return table
