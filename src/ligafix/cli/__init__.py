"""The command `ligafix`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module

import click

import ligafix
from ligafix.cli.errors import REPORTED, ExitStatus, open_closed_streams, report_error
from ligafix.errors import DataError
from ligafix.settings import require_known
from ligafix.signals import stop_by_exception
from ligafix.threads import use_one_thread

COMMANDS = {
    "apply": "Make the texts that decisions ask for.",
    "batch": "Restore a folder or a corpus, on all cores.",
    "clean": "Restore text files and log every change.",
    "diagnose": "Tell what happened to a document.",
    "diff": "Show what was changed.",
    "explain": "Tell how a word was weighed.",
    "learn": "Turn decisions into entries of the project's dictionary.",
    "report": "Make a page that shows the changes, to judge them in a browser.",
    "revert": "Give back the sources of cleaned files.",
    "review": "Judge the changes in the terminal.",
}
"""The commands and what each does; it stands, by its name, in a module of the same name, which loads the program."""


WRITE_LOGS = ("batch", "clean")
"""Those that write logs, which name the hash of the data: it is computed while the program is loaded."""


class LazyGroup(click.Group):
    """A group that loads a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command:  # noqa: ARG002
        """Load a command.

        Raises:
            SettingsError: there is no such command.
        """
        require_known(cmd_name, COMMANDS, "command")
        if cmd_name in WRITE_LOGS:
            from ligafix.lexicon.places import begin_hashing  # slow to load

            begin_hashing()
        command: click.Command = getattr(import_module(f"ligafix.cli.{cmd_name}"), cmd_name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(ligafix.__version__, "-V", "--version", message="ligafix %(version)s")
@click.pass_context
def cli(context: click.Context) -> None:
    """Give back text that PDF extraction and OCR damaged.

    Every change is logged and can be undone.

    \b
    Example:
      ligafix clean page.txt -o restored.txt
      ligafix revert restored.txt
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())
        context.exit(ExitStatus.WRONG_USAGE)


def run(args: Sequence[str] | None = None) -> int:
    """Run the command and answer with its exit status; errors become one line on standard error."""
    try:
        status: int | None = cli.main(args, prog_name="ligafix", standalone_mode=False)
    except REPORTED as error:
        return report_error(error)
    except Exception:
        if data := _find_damage():
            return report_error(data)
        raise
    return status or ExitStatus.DONE


def _find_damage() -> DataError | None:
    """What is wrong with the data files: an error that nobody expected may come of it."""
    from ligafix.lexicon import dictionaries_hash  # slow to load

    try:
        dictionaries_hash()
    except DataError as error:
        return error
    return None


def main() -> None:
    """Run the command and leave with its exit status."""
    open_closed_streams()
    stop_by_exception()
    use_one_thread()
    sys.exit(run())
