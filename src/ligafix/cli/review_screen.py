"""What a review shows on a terminal, narrow or wide."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePath

from rich.cells import cell_len
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.text import Text

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.decisions import Decision, Verdict
from ligafix.audit.diff import make_inline
from ligafix.audit.review import Review
from ligafix.audit.series import Series, SeriesPlace, as_proposed, step_key
from ligafix.audit.words import Piece, mark_entry, to_text
from ligafix.changes import Status, Step
from ligafix.cli.wording import count
from ligafix.errors import LigafixError

KEYS = (
    ("a", "accept"),
    ("r", "reject"),
    ("e", "edit"),
    ("s", "show each place"),
    ("n", "never again"),
    ("u", "undo"),
    ("/", "search"),
    ("space", "skip"),
    ("b", "back"),
    ("q", "quit and keep"),
)
PLACE_KEYS = (("a", "accept"), ("r", "reject"), ("e", "edit"), ("s", "whole series"), *KEYS[5:])

ROWS_AROUND = 14
"""How many rows of the terminal all but the places takes, at most."""

_VERDICTS = {
    Verdict.ACCEPT: ("accepted", "green"),
    Verdict.REJECT: ("rejected", "red"),
    Verdict.EDIT: ("edited: ", "yellow"),
}


def draw(review: Review, width: int, height: int, message: str = "") -> RenderableType:
    """The screen of a review.

    Args:
        review: where it is.
        width: the columns of the terminal.
        height: its rows.
        message: what to tell the reviewer about the last key.
    """
    series = review.current
    parts: list[RenderableType] = [_progress(review), Text()]
    if series is None:
        parts += [Text("This is the end: quit with q, go back with b."), Text()]
    elif review.place is None:
        parts += [*_describe(series, review), Text(), *_places(series, width, max(2, height - ROWS_AROUND)), Text()]
    else:
        parts += [*_describe_place(series, review, width), Text()]
    parts += [_keys(PLACE_KEYS if review.place is not None else KEYS), Text(message, "bold yellow")]
    return Group(*parts)


def _progress(review: Review) -> Text:
    done, total = review.decided(), len(review.series)
    shown = min(review.index + 1, total)
    return Text.assemble(
        (f"Series {shown} of {total}", "bold"),
        f"  {done} decided ({done / max(1, total):.0%})",
        "  ",
        _bar(done, total),
    )


def _bar(done: int, total: int, width: int = 20) -> Text:
    filled = width * done // max(1, total)
    return Text.assemble(("━" * filled, "green"), ("━" * (width - filled), "dim"))


def _describe(series: Series, review: Review) -> Iterator[Text]:
    """What a series is, and what was decided about it."""
    yield Text.assemble(_pair(series), *_verdict(review.verdict()))
    statuses = Counter(place.entry.change.status for place in series.places)
    yield Text(
        f"{count(series.count, 'place')} in {count(len(series.files), 'file')}: "
        + ", ".join(f"{number} {status}" for status, number in statuses.most_common())
        + ("" if review.whole else "; a decision holds for these alone")
    )
    least = f", least {series.least_confidence:.2f}" if series.count > 1 else ""
    yield Text(f"confidence {series.mean_confidence:.2f}{least}   {series.key.stage}: {', '.join(series.rules)}", "dim")
    yield from _reasons(_step(series, series.places[0]))


def _describe_place(series: Series, review: Review, width: int) -> Iterator[Text]:
    """One place of a series, with all of its line that fits a few rows."""
    assert review.place is not None  # noqa: S101 - for the type checker
    place = series.places[review.place]
    change = place.entry.change
    number = f"   place {review.place + 1} of {series.count}"
    yield Text.assemble(_pair(series), number, *_verdict(review.verdict()))
    at = f"{make_inline(place.document.name)}:{place.entry.line}:{place.entry.column}"
    yield Text(f"{at}   {change.status}, confidence {change.confidence:.2f}", "dim")
    yield from _reasons(_step(series, place))
    yield Text()
    yield _excerpt(place, 3 * width)


def _reasons(step: Step | None) -> Iterator[Text]:
    if step and step.evidence:
        yield Text(step.evidence, "dim")
    if step and len(step.candidates) > 1:
        told = ", ".join(f"{make_inline(c.text)} {c.probability:.2f}" for c in step.candidates[:4])
        yield Text(f"readings: {told}", "dim")


def _step(series: Series, place: SeriesPlace) -> Step | None:
    """The step of a place that belongs to the series."""
    steps = as_proposed(place.entry.change).steps
    return next((step for step in steps if step_key(step) == series.key), None)


def _pair(series: Series) -> Text:
    before, after = make_inline(series.key.before), make_inline(series.key.after)
    if series.places[0].entry.change.status == Status.SUSPECTED:
        return Text.assemble((before, "bold magenta"), " looks damaged")
    return Text.assemble((before, "bold red"), " → ", (after or "(nothing)", "bold green" if after else "dim"))


def _verdict(decision: Decision | None) -> Iterator[Text]:
    if decision:
        said, style = _VERDICTS[decision.verdict]
        yield Text(f"   {said}{make_inline(decision.text or '')}", style)


def _places(series: Series, width: int, most: int) -> Iterator[Text]:
    """Some places of a series, each in its line."""
    for place in series.places[:most]:
        names = (place.document.name, PurePath(place.document.name).name)
        indents = (f"{name}:{place.entry.line} " for name in names)
        indent = next((indent for indent in indents if cell_len(indent) <= width // 3), "")
        yield Text.assemble((indent, "dim"), _excerpt(place, width - cell_len(indent) - 1))
    if series.count > most:
        yield Text(f"and {series.count - most} more; s shows each", "dim")


def _excerpt(place: SeriesPlace, width: int) -> Text:
    """The change in as much of its line as fits a width, the change in the middle if need be."""
    pieces = mark_entry(place.entry, _read_source(place.document)).pieces
    left = pieces[0].text if not pieces[0].kind else ""
    right = pieces[-1].text if not pieces[-1].kind else ""
    room = max(0, width - 1 - sum(cell_len(piece.text) for piece in pieces if piece.kind))
    of_left = max(room // 2, room - cell_len(right))
    left = left if cell_len(left) <= of_left else "…" + left[len(left) - max(0, of_left - 1) :]
    of_right = max(0, room - cell_len(left))
    right = right if cell_len(right) <= of_right else right[: max(0, of_right - 1)] + "…"
    excerpt = to_text([Piece(left), *(piece for piece in pieces if piece.kind), Piece(right)])
    excerpt.truncate(width, overflow="ellipsis")
    return excerpt


def _keys(keys: tuple[tuple[str, str], ...]) -> RenderableType:
    shown = (Text.assemble((key, "bold reverse"), f" {what}", no_wrap=True) for key, what in keys)
    return Columns(shown, padding=(0, 2))


@lru_cache(maxsize=64)
def _read_source(document: LoggedDocument) -> str | None:
    """The source of a document, where it can still be had; a series shows few documents at a time."""
    try:
        return document.read_source()
    except LigafixError:
        return None
