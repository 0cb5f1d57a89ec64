"""`ligafix explain`."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ligafix.audit.diff import make_visible
from ligafix.calibration import calibrate, find_curve
from ligafix.changes import Change, Proposals, Status
from ligafix.cleaner import Cleaner
from ligafix.cli.config import load_settings
from ligafix.cli.diagnose import verdict
from ligafix.cli.errors import write_stdout
from ligafix.cli.inputs import read_texts
from ligafix.cli.paths import NamedPath
from ligafix.document import surroundings
from ligafix.draft import Draft
from ligafix.errors import InputError
from ligafix.evidence import Evidence, LigatureEvidence
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.places import Place, Reading
from ligafix.scoring import Scorer
from ligafix.stages import ligatures

if TYPE_CHECKING:
    from rich.table import Table

MOST_PLACES = 20
"""How many places of a word are shown."""


@click.command(short_help="Tell how a word was weighed.")
@click.argument("word")
@click.option(
    "--in", "file", metavar="FILE", type=NamedPath(readable=False), help="Weigh it where it stands in this document."
)
@click.option("--language", "languages", metavar="LANG", multiple=True, help="Expect this language, such as de.")
def explain(word: str, file: str | None, languages: tuple[str, ...]) -> None:
    """Tell how a damaged WORD was weighed: its readings, what speaks for each, the winner.

    Without a document the word is weighed as in one that lost all its ligatures.

    \b
    Examples:
      ligafix explain led
      ligafix explain led --in page.txt
    """
    if not word:
        raise click.UsageError("the word is empty; name one, such as led")
    settings = load_settings(Path.cwd())
    cleaner = Cleaner(replace(settings, languages=languages or settings.languages))
    text = _read(file) if file else word
    evidence = cleaner.survey(text) if file else _all_lost(cleaner)
    starts = list(_find(text, word)) if file else [0]
    if not starts:
        raise InputError(f"{file}: {word!r} does not stand there; try `ligafix explain {word}` without --in")
    scorer = Scorer(evidence)
    alone = scorer.weigh(Place.between("", word, ""))
    outcomes = _tell_outcomes(cleaner, scorer, text, word, starts)
    outcomes |= _tell_other_stages(cleaner.clean(text).changes, starts) if file else {}
    _print(word, verdict(evidence) if file else "As in a document that lost every ligature", alone)
    if file:
        places = [(start, scorer.at(text, start).weigh(Place(text, start, start + len(word)))) for start in starts]
        _print_places(text, word, places, outcomes)
    else:
        click.echo(f"  {outcomes[0]}")


def _read(file: str) -> str:
    read = read_texts((file,), None)
    if read.errors:
        raise read.errors[0]
    return read.texts[0][1]


def _all_lost(cleaner: Cleaner) -> Evidence:
    """The evidence of a document that lost every ligature."""
    languages = cleaner.settings.languages or ("en",)
    lost = {Loss(ligature, ""): LigatureEvidence(0, 0.0, 0.98) for ligature in LIGATURES}
    return replace(cleaner.survey(""), languages=dict.fromkeys(languages, 1 / len(languages)), losses=lost)


def _tell_outcomes(cleaner: Cleaner, scorer: Scorer, text: str, word: str, starts: Sequence[int]) -> dict[int, str]:
    """What the stage `ligatures` does with a word, and why, in one sentence for each place by where it starts."""
    least = cleaner.settings.min_confidence
    parts = scorer.in_regions(text)
    judged = {start for local, spans in parts for start, _ in ligatures.find_places(text, spans, local)}
    found = ligatures.propose(text, scorer)
    proposed = Proposals(p for p in found if p.after is not None and p.start in starts)
    wanted = {p.start: p.after for p in calibrate("ligatures", proposed)}
    settled = cleaner.settle("ligatures", Draft(text), proposed, cleaner.find_protected(text))
    kept = {p.start: p for p in settled}

    def tell(start: int) -> str:
        if (proposal := kept.get(start)) and proposal.confidence >= least:
            return f"{word} becomes {proposal.after} ({proposal.confidence:.3f})"
        if start in wanted and not proposal:
            return f"{word} stays: the settings ignore or protect it, else it might be {wanted[start]}"
        found = proposal and (proposal.after, proposal.confidence)
        found = found or _best(word, scorer.at(text, start).weigh(Place(text, start, start + len(word))))
        if not found:
            return f"{word} stays: no word with ligatures is likely here"
        if start not in judged:
            return f"{word} stays: it is not looked at here, as in code, addresses and words in pieces"
        return f"{word} stays: {found[0]} reaches {found[1]:.3f}, {least} is asked for"

    return {start: tell(start) for start in starts}


def _tell_other_stages(changes: Iterable[Change], starts: Sequence[int]) -> dict[int, str]:
    """What becomes of the places that another stage changes."""
    made = [c for c in changes if c.status is Status.APPLIED and {s.stage for s in c.steps} != {"ligatures"}]
    return {
        start: f"{_flat(c.before)} becomes {_flat(c.after)} ({c.confidence:.3f}), by {_stages(c)}"
        for c in made
        for start in starts
        if c.start <= start < c.end
    }


def _stages(change: Change) -> str:
    return ", ".join(step.stage for step in change.steps)


def _best(word: str, readings: Sequence[Reading]) -> tuple[str, float] | None:
    """The best reading that puts a ligature back, and how sure it is."""
    best = next((reading for reading in readings if reading.text != word), None)
    return best and (best.text, find_curve("ligatures", "")(best.probability))


def _find(text: str, word: str) -> Iterator[int]:
    return (m.start() for m in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text))


def _print(word: str, heading: str, readings: tuple[Reading, ...]) -> None:
    """Show the readings of a word by itself."""
    from rich import box  # slow to load
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("reading")
    for column in ("per million words", "lost so", "probability by itself"):
        table.add_column(column, justify="right")
    for reading in readings:
        frequency, channel = 1e6 * math.exp(reading.language), math.exp(reading.channel)
        table.add_row(escape(reading.text), f"{frequency:.3g}", f"{channel:.2%}", f"{reading.probability:.4f}")
    _show(f"[bold]{escape(word)}[/bold]: {heading}.", *([table] if readings else []))


def _print_places(
    text: str, word: str, places: Sequence[tuple[int, tuple[Reading, ...]]], outcomes: Mapping[int, str]
) -> None:
    """Show where a word stands and what became of it there."""
    from rich import box  # slow to load
    from rich.markup import escape
    from rich.table import Table

    table = Table(box=box.SIMPLE, pad_edge=False)
    table.add_column("line", justify="right")
    table.add_column("place", overflow="fold")
    table.add_column("neighbours", justify="right")
    table.add_column("outcome", overflow="fold")
    for start, readings in places[:MOST_PLACES]:
        left, right = surroundings(text, start, start + len(word))
        shown = f"…{escape(_flat(left)[-30:])}[bold]{escape(word)}[/bold]{escape(_flat(right)[:30])}…"
        line = str(text.count("\n", 0, start) + 1)
        table.add_row(line, shown, _odds(word, readings), escape(outcomes[start]))
    _show(table)
    if len(places) > MOST_PLACES:
        _show(f"… and {len(places) - MOST_PLACES} more places")


def _show(*parts: str | Table) -> None:
    from rich.console import Console  # slow to load

    console = Console(highlight=False, emoji=False)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    write_stdout(capture.get().encode(console.encoding, "replace"))


def _flat(text: str) -> str:
    return make_visible(re.sub(r"\s+", " ", text))


def _odds(word: str, readings: tuple[Reading, ...]) -> str:
    """How much the neighbours speak for the best reading against the word as it stands."""
    best = next((r for r in readings if r.text != word), None)
    own = next((r for r in readings if r.text == word), None)
    if best is None or own is None:
        return ""
    return f"× {math.exp(max(-50.0, min(50.0, best.context - own.context))):.3g}"
