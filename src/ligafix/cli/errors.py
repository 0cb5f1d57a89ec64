"""How errors leave the program: one line on standard error, and an exit status."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import click

from ligafix.errors import LigafixError, OutputError, SettingsError


class ExitStatus(IntEnum):
    """What the exit status of `ligafix` says."""

    DONE = 0
    WOULD_CHANGE = 1
    WRONG_USAGE = 2
    FAILED = 3
    INTERRUPTED = 130
    CLOSED_OUTPUT = 141


class ClosedOutput(Exception):  # noqa: N818 - no error: whoever read our output has seen enough
    """Nobody reads standard output any more, as with `| head`."""


def say(message: str) -> None:
    """Write one line to standard error."""
    click.echo(" ".join(f"ligafix: {message}".split("\n")), err=True)


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output, at once.

    Raises:
        ClosedOutput: nobody reads it any more.
        OutputError: it takes no more, as on a full disk.
    """
    try:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        _discard_stdout()
        raise ClosedOutput from None
    except OSError as error:
        _discard_stdout()
        raise OutputError(f"standard output cannot be written: {(error.strerror or str(error)).lower()}") from None


def report_error(error: BaseException) -> ExitStatus:
    """Say what went wrong, if there is anything to say, and give the exit status for it."""
    if isinstance(error, ClosedOutput):
        return ExitStatus.CLOSED_OUTPUT
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return ExitStatus.INTERRUPTED
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "ligafix"
        say(f"{error.format_message()} (see {path} --help)")
        return ExitStatus.WRONG_USAGE
    say(str(error))
    return ExitStatus.WRONG_USAGE if isinstance(error, SettingsError) else ExitStatus.FAILED


REPORTED = (ClosedOutput, KeyboardInterrupt, LigafixError, click.Abort, click.UsageError)
"""What `report_error` is for; anything else is a bug and shows its traceback."""


def _discard_stdout() -> None:
    """Send what is still in the buffer nowhere, or Python complains about it on leaving."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
