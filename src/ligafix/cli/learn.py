"""`ligafix learn`."""

from __future__ import annotations

from pathlib import Path

import click

from ligafix.audit.decisions import PlaceKey, merge_files
from ligafix.audit.learn import add_entries
from ligafix.audit.learn import learn as learn_from
from ligafix.cli.config import find_project_dictionary, name_dictionary
from ligafix.cli.errors import say
from ligafix.cli.paths import NamedPath
from ligafix.cli.wording import count, show_path


@click.command(short_help="Turn decisions into entries of the project's dictionary.")
@click.argument("decisions", nargs=-1, required=True, type=NamedPath(path_type=Path, readable=False))
@click.option(
    *("-o", "--output"),
    metavar="FILE",
    type=NamedPath(path_type=Path, readable=False),
    help="The dictionary to add to. Default: the first that ligafix.toml names, or ligafix-words.txt.",
)
@click.option("--places", is_flag=True, help="Learn from single places, too, where all of a pair agree.")
@click.option("--dry-run", is_flag=True, help="Print the entries and write nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def learn(decisions: tuple[Path, ...], output: Path | None, *, places: bool, dry_run: bool, quiet: bool) -> None:
    """Turn DECISIONS, as review and report write them, into entries of the project's dictionary.

    A rejected series becomes a pair that is never made again (!led=filed), an accepted one a pair to prefer
    (rst=first), an edited one both. Later runs in this folder follow the dictionary, as ligafix.toml names it; where
    there is no ligafix.toml, one is written, and where it names no dictionary, you are told what to add.

    \b
    Examples:
      ligafix learn decisions.jsonl
      ligafix learn ada.jsonl bob.jsonl -o words.txt
    """
    merged = merge_files(decisions)
    lessons = learn_from(merged.decisions, places=places)
    if dry_run:
        click.echo("".join(f"{entry}\n" for entry in lessons.entries), nl=False)
        return
    of_project = find_project_dictionary(Path.cwd())  # a project with mistakes is told before anything is written
    dictionary = output or of_project
    new = add_entries(dictionary, lessons.entries).new if lessons.entries else 0
    missing = name_dictionary(Path.cwd(), dictionary) if dictionary.exists() else None
    if quiet:
        return
    passed_over = lessons.passed_over + len(merged.conflicts)
    more = f"; {count(passed_over, 'decision')} taught nothing" if passed_over else ""
    say(f"{count(new, 'new entry', 'new entries')} in {show_path(dictionary)}{more}")
    alone = 0 if places else sum(isinstance(key, PlaceKey) for key in merged.decisions)
    if alone:
        say(f"{count(alone, 'decision')} about single places left out; --places learns from them, too")
    if missing:
        say(f"later runs need to know the dictionary: set {missing}")
