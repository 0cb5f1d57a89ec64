"""The logs and changes that the audit commands look at: the arguments and options that they share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import Any

import click

from ligafix.audit.collect import LoggedDocument, find_logs, read_documents
from ligafix.audit.filters import ChangeFilter
from ligafix.changes import Status
from ligafix.cli.errors import ExitStatus, say
from ligafix.cli.paths import NamedPath
from ligafix.settings import STAGES, require_known


@dataclass(slots=True)
class Selection:
    """What the user chose to look at.

    Attributes:
        places: logs, texts with logs, or folders, as given.
        chosen: which changes.
        least_certain: at most so many of them, the least certain; None for all.
        failed: how many logs could not be read so far; each was told on standard error.
    """

    places: tuple[Path, ...]
    chosen: ChangeFilter
    least_certain: int | None = None
    failed: int = field(default=0, init=False)

    def documents(self) -> Iterator[LoggedDocument]:
        """Read the documents one after the other, those without a chosen change, too.

        Raises:
            InputError: there is no log in a place.
            ReplayError: a text has no log.
        """
        logs = find_logs(self.places)
        return read_documents(
            logs, self.chosen, least_certain=self.least_certain, on_error=lambda error: self.fail(str(error))
        )

    def keeps_series_whole(self) -> bool:
        """Whether of each series all places or none are chosen."""
        return self.least_certain is None and self.chosen.below is None and not self.chosen.statuses

    def exit_status(self) -> ExitStatus:
        """Whether everything could be read."""
        return ExitStatus.FAILED if self.failed else ExitStatus.DONE

    def fail(self, message: str) -> None:
        """Tell what could not be done for a log, and count it."""
        self.failed += 1
        say(message)


def select_changes(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the argument PLACES and the filter options; it gets them as one `selection`."""

    @wraps(command)
    def call(*args: Any, **options: Any) -> Any:
        chosen = {name: options.pop(name) for name in _NAMES}
        return command(*args, selection=_make_selection(**chosen), **options)

    for decorate in reversed(_PARAMETERS):
        call = decorate(call)
    return call


def _make_selection(
    *,
    places: tuple[Path, ...],
    stages: tuple[str, ...],
    statuses: tuple[str, ...],
    below: float | None,
    pairs: tuple[str, ...],
    least_certain: int | None,
) -> Selection:
    """What the options mean; without a place, the working folder.

    Raises:
        SettingsError: there is no such stage or status.
        click.UsageError: a value has another form.
    """
    for stage in stages:
        require_known(stage, STAGES, "stage")
    for status in statuses:
        require_known(status, [str(known) for known in Status], "status")
    wanted = (frozenset(stages), frozenset(map(Status, statuses)), below, frozenset(map(_read_pair, pairs)))
    return Selection(places or (Path(),), ChangeFilter(*wanted), least_certain)


def _read_pair(pair: str) -> tuple[str, str]:
    before, sign, after = pair.partition("=")
    if not sign:
        raise click.UsageError(f"--pair is {pair!r}; write it as BEFORE=AFTER, such as 'led=filed'")
    return before, after


_NAMES = ("places", "stages", "statuses", "below", "pairs", "least_certain")
_PARAMETERS: tuple[Callable[[Any], Any], ...] = (
    click.argument(
        "places", nargs=-1, type=NamedPath(path_type=Path, readable=False), metavar="[LOG, TEXT or FOLDER]..."
    ),
    click.option("--stage", "stages", metavar="STAGE", multiple=True, help="Only changes by this stage."),
    click.option(*("--status", "statuses"), metavar="STATUS", multiple=True, help=f"Only these: {', '.join(Status)}."),
    click.option("--below", type=click.FloatRange(0, 1), metavar="P", help="Only changes less certain than this."),
    click.option("--pair", "pairs", metavar="A=B", multiple=True, help="Only what makes B of A, such as led=filed."),
    click.option(
        "--least-certain", type=click.IntRange(1), metavar="N", help="Only the N least certain changes of all."
    ),
)
