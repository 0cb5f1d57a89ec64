"""The options that say how to clean, which several commands share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from typing import Any, TypeVar

import click

from ligafix.cli.config import load_settings
from ligafix.cli.paths import NamedPath
from ligafix.dictionary import read_dictionary
from ligafix.settings import FOOTNOTE_MODES, FURNITURE_MODES, STAGES, Settings

Command = TypeVar("Command", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--only", metavar="STAGE", multiple=True, help=f"Run only this stage: {', '.join(STAGES)}."),
    click.option("--skip", metavar="STAGE", multiple=True, help="Leave this stage out."),
    click.option(
        "--min-confidence",
        type=float,
        metavar="P",
        help="Apply changes at this probability or above, log the rest as suggestions.  [default: 0.9]",
    ),
    click.option("--language", "languages", metavar="LANG", multiple=True, help="Expect this language, such as de."),
    click.option(
        "--restore-macrons/--no-restore-macrons",
        default=None,
        help="Suggest macrons for romanized Japanese that has none.",
    ),
    click.option("--furniture", metavar="MODE", help=f"Running heads, page numbers: {', '.join(FURNITURE_MODES)}."),
    click.option("--footnotes", metavar="MODE", help=f"Footnotes: {', '.join(FOOTNOTE_MODES)}."),
    click.option("--reflow/--no-reflow", default=None, help="Make each wrapped paragraph one line."),
    click.option(
        *("--dictionary", "dictionaries"),
        metavar="FILE",
        type=NamedPath(readable=False),
        multiple=True,
        help="Know these words, too: one a line. May be repeated.",
    ),
    click.option("--protect", metavar="REGEX", multiple=True, help="Leave alone what this matches. May be repeated."),
)


def settings_options(command: Command) -> Command:
    """Give a command the options that `choose_settings` understands."""
    return reduce(lambda decorated, option: option(decorated), reversed(_OPTIONS), command)


def choose_settings(
    *,
    only: Sequence[str],
    skip: Sequence[str],
    languages: tuple[str, ...],
    min_confidence: float | None,
    dictionaries: Sequence[str],
    protect: Sequence[str],
    **chosen: Any,
) -> Settings:
    """The project's settings, where no option says otherwise."""
    settings = load_settings(Path.cwd())
    if languages:
        settings = replace(settings, languages=languages)
    if min_confidence is not None:
        settings = replace(settings, min_confidence=min_confidence)
    settings = _add_overrides(settings.choose_stages(only, skip), dictionaries, protect)
    return replace(settings, **{name: value for name, value in chosen.items() if value is not None})


def _add_overrides(settings: Settings, dictionaries: Sequence[str], protect: Sequence[str]) -> Settings:
    """The settings with dictionaries and protected regions beside those of the project."""
    read = (read_dictionary(Path(file)) for file in dictionaries)
    return replace(settings, dictionaries=(*settings.dictionaries, *read), protect=(*settings.protect, *protect))
