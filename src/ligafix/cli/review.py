"""`ligafix review`."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.decisions import Verdict
from ligafix.audit.diff import make_editable, make_inline, read_edited
from ligafix.audit.review import DecisionFile, Review
from ligafix.audit.series import Order, group_series
from ligafix.cli.config import find_project_dictionary, name_dictionary
from ligafix.cli.errors import ExitStatus, say
from ligafix.cli.keyboard import ESCAPE, Keyboard
from ligafix.cli.paths import NamedPath
from ligafix.cli.selection import Selection, select_changes
from ligafix.cli.wording import count, show_path

if TYPE_CHECKING:
    from rich.console import Console


@click.command(short_help="Judge the changes in the terminal.")
@select_changes
@click.option(
    "--decisions",
    metavar="FILE",
    default="decisions.jsonl",
    show_default=True,
    type=NamedPath(path_type=Path, dir_okay=False),
    help="Where the decisions go; a review goes on where it ended.",
)
@click.option("--reviewer", metavar="NAME", help="Who decides; kept with each decision.")
@click.option(
    "--order", type=click.Choice(list(Order)), default=Order.COMMON, show_default=True, help="Which series come first."
)
@click.pass_context
def review(context: click.Context, *, selection: Selection, decisions: Path, reviewer: str | None, order: str) -> None:
    """Judge what was changed, series by series, with single keys.

    A series is what a stage made of one word, wherever it did: `rst → first`, 214 times in 12 files. Where --below,
    --status or --least-certain choose some of its places, a decision holds for these alone. Nothing is changed yet:
    each decision goes into a file at once, so you may stop at any time and go on later; `ligafix apply` carries the
    decisions out.

    \b
    Examples:
      ligafix review restored/
      ligafix review restored/ --order uncertain
      ligafix review restored/ --least-certain 5 --reviewer Ada
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise click.UsageError("review asks on a terminal; `ligafix report` makes a page, `ligafix diff` only shows")
    series = group_series(map(_undecided, selection.documents()), Order(order))
    if not series:
        say("there is nothing to review")
        context.exit(selection.exit_status())
    file = DecisionFile(decisions, reviewer)
    going = Review(series, file, find_project_dictionary(Path.cwd()), whole=selection.keeps_series_whole())
    try:
        _Dialogue(going).run()
    except (KeyboardInterrupt, EOFError):
        _tell_result(going, selection.places)
        context.exit(ExitStatus.INTERRUPTED)
    _tell_result(going, selection.places)
    context.exit(selection.exit_status())


def _undecided(document: LoggedDocument) -> LoggedDocument:
    """A document without the changes that decisions settled when they were applied."""
    return replace(document, entries=tuple(e for e in document.entries if e.change.decided_by is None))


def _tell_result(going: Review, places: Sequence[Path]) -> None:
    done = f"{going.decided()} of {count(len(going.series), 'series', 'series')} decided"
    if not going.file.path.exists():
        say(done)
        return
    command = shlex.join(["ligafix", "apply", *map(str, places), "--decisions", str(going.file.path), "-o", "final/"])
    say(f"{done}; kept in {going.file.path}. To carry them out: {command}")
    if going.dictionary.exists():
        missing = name_dictionary(Path.cwd(), going.dictionary)
        if missing:
            say(f"later runs need to know the dictionary: set {missing}")


class _Dialogue:
    """Shows where a review is, and does what the keys say."""

    def __init__(self, going: Review) -> None:
        self._review = going
        self._message = ""
        self._keyboard = Keyboard()
        self._actions: dict[str, Callable[[], None]] = {
            "a": lambda: self._decide(Verdict.ACCEPT),
            "r": lambda: self._decide(Verdict.REJECT),
            "e": self._edit,
            "s": self._switch_places,
            "n": self._never,
            "u": self._undo,
            "/": self._search,
            " ": lambda: going.move(1),
            f"{ESCAPE}[C": lambda: going.move(1),
            f"{ESCAPE}[B": lambda: going.move(1),
            "b": lambda: going.move(-1),
            f"{ESCAPE}[D": lambda: going.move(-1),
            f"{ESCAPE}[A": lambda: going.move(-1),
            ESCAPE: going.leave_places,
        }

    def run(self) -> None:
        """Go on until the reviewer quits."""
        from rich.console import Console  # slow to load, for terminals only

        console = Console(highlight=False, emoji=False)
        with self._keyboard.held(), console.screen(hide_cursor=False):
            self._show(console)
            while (key := self._keyboard.read()) != "q":
                self._message = ""
                self._actions.get(key, _do_nothing)()
                self._show(console)

    def _show(self, console: Console) -> None:
        from ligafix.cli.review_screen import draw  # imports rich

        console.clear()
        console.print(draw(self._review, console.width, console.height, self._message))

    def _decide(self, verdict: Verdict, text: str | None = None) -> None:
        if self._review.current is not None:
            self._review.decide(verdict, text)

    def _edit(self) -> None:
        series = self._review.current
        if series is None:
            return
        place = None if self._review.place is None else series.places[self._review.place].key
        text = self._ask("text: ", make_editable((place or series.key).after))
        if text:
            self._decide(Verdict.EDIT, read_edited(text))
        else:
            self._message = "Nothing was edited; r takes a change back."

    def _switch_places(self) -> None:
        if self._review.place is not None:
            self._review.leave_places()
        elif self._review.current is not None:
            self._review.enter_places()

    def _never(self) -> None:
        series = self._review.current
        if series is None or self._review.place is not None:
            return
        shown = f"{make_inline(series.key.before)} → {make_inline(series.key.after)}"
        if self._review.never():
            self._message = f"{shown}: never again, by {show_path(self._review.dictionary)}"
        else:
            self._message = f"{shown}: rejected here; no dictionary entry can say so for later runs"

    def _undo(self) -> None:
        self._message = "Taken back." if self._review.undo() else "There is nothing to take back."

    def _search(self) -> None:
        text = self._ask("/")
        if text and not self._review.search(text):
            self._message = f"No series has {text!r} in it."

    def _ask(self, prompt: str, text: str = "") -> str:
        with self._keyboard.released():
            return _ask(prompt, text)


def _do_nothing() -> None:
    """What a key does that means nothing."""


def _ask(prompt: str, text: str = "") -> str:
    """Ask for a line of text, with some to begin with; '' if the reviewer thinks better of it."""
    try:
        import readline  # not on Windows
    except ImportError:
        return str(click.prompt(prompt.rstrip(": "), default=text, show_default=bool(text)))
    readline.set_startup_hook(lambda: readline.insert_text(text))
    try:
        return input(prompt)
    except (KeyboardInterrupt, EOFError):
        return ""
    finally:
        readline.set_startup_hook()
