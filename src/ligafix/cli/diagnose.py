"""`ligafix diagnose`."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ligafix.audit.diff import make_inline
from ligafix.cleaner import Cleaner
from ligafix.cli.config import load_settings
from ligafix.cli.errors import ExitStatus, say, write_stdout
from ligafix.cli.inputs import read_texts
from ligafix.cli.paths import NamedPath
from ligafix.evidence import Evidence, LigatureEvidence, losses_to_dicts
from ligafix.evidence.meanings import ANY
from ligafix.evidence.regions import Region
from ligafix.formats.text import LineIndex
from ligafix.lexicon import DICTIONARIES, dictionaries_hash
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.integrity import read_record
from ligafix.lexicon.ligatures import LIGATURES

if TYPE_CHECKING:
    from rich.table import Table

SURELY, PERHAPS = 0.5, 0.01
"""From which probable share on a ligature counts as lost, and as perhaps lost."""


@click.command(short_help="Tell what happened to a document.")
@click.argument("files", nargs=-1, type=NamedPath(readable=False))
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
    settings = load_settings(Path.cwd())
    cleaner = Cleaner(replace(settings, languages=languages or settings.languages))
    read = read_texts(files or ("-",), encoding)
    found = [_Found(name, LineIndex(text), e := cleaner.survey(text), e.regions(text)) for name, text in read.texts]
    if as_json:
        write_stdout((json.dumps([_as_json(document) for document in found], indent=2) + "\n").encode())
    else:
        for document in found:
            _print(document)
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


@dataclass(frozen=True, slots=True)
class _Found:
    """A document and what it tells about itself."""

    name: str
    lines: LineIndex
    evidence: Evidence
    regions: Sequence[Region]

    def lines_of(self, region: Region) -> list[tuple[int, int]]:
        """The first and last line of each part of a region."""
        return [(self.lines.locate(start)[0], self.lines.locate(end - 1)[0]) for start, end in region.spans]


def _as_json(document: _Found) -> dict[str, Any]:
    regions = [
        {"lines": document.lines_of(region), "spans": region.spans, "ligatures": losses_to_dicts(region.losses)}
        for region in document.regions
    ]
    return {"source": document.name, **document.evidence.to_dict(), "regions": regions}


def _print(document: _Found) -> None:
    from rich.console import Console  # slow to load
    from rich.markup import escape

    console = Console(highlight=False, emoji=False)
    evidence = document.evidence
    with console.capture() as capture:
        name = escape(make_inline(document.name))
        console.print(f"[bold]{name}[/bold]: {evidence.words:,} words, {describe_languages(evidence)}")
        console.print(f"  {verdict(evidence)}")
        for region in document.regions:
            lines = ", ".join(f"{first}–{last}" for first, last in document.lines_of(region))
            console.print(f"  In lines {lines}: {describe_losses(region.losses)}")
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
        lost = _say_lost(evidence.losses)
        return f"Written as codes: {kinds or 'accents and marks'}" + (f". Lost: {lost}" if lost else "")
    return describe_losses(evidence.losses)


def describe_losses(losses: Mapping[Loss, LigatureEvidence]) -> str:
    """Which ligatures are lost, in one sentence."""
    lost = _say_lost(losses)
    if lost:
        return f"Lost: {lost}"
    if any(found.lost >= PERHAPS for found in losses.values()):
        return "Too little text to tell whether ligatures are lost"
    return "No ligature is lost"


def _say_lost(losses: Mapping[Loss, LigatureEvidence]) -> str:
    lost = [loss for loss, found in losses.items() if found.lost >= SURELY and found.remains >= SURELY]
    return ", ".join(f"{x.ligature} (leaving {x.left})" if x.left else x.ligature for x in lost)


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
