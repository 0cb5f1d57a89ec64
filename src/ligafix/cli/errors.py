"""How errors leave the program: one line on standard error, and an exit status."""

from __future__ import annotations

import errno
import os
import sys
from enum import IntEnum

import click

from ligafix.audit.diff import make_visible
from ligafix.errors import LigafixError, OutputError, SettingsError
from ligafix.formats.files import reason_of
from ligafix.signals import Stopped


class ExitStatus(IntEnum):
    """What the exit status of `ligafix` says."""

    DONE = 0
    WOULD_CHANGE = 1
    WRONG_USAGE = 2
    FAILED = 3
    HUNG_UP = 129
    INTERRUPTED = 130
    CLOSED_OUTPUT = 141
    TERMINATED = 143


_OF_WRITING = (errno.EBADF, errno.EFBIG, errno.EIO, errno.ENOSPC, errno.EPIPE)
"""What the system says of a stream that takes no more."""


class ClosedOutput(Exception):  # noqa: N818 - as with `| head`, often no error at all
    """Standard output takes no more; the message is empty if its reader has just seen enough."""


def say(message: str) -> None:
    """Write one line to standard error; names of files, too, may hold signs that a terminal obeys."""
    click.echo(make_visible(" ".join(f"ligafix: {message}".split("\n"))), err=True)


def write_stdout(data: bytes) -> None:
    """Write bytes to standard output, at once.

    Raises:
        ClosedOutput: it takes no more.
    """
    rest = memoryview(data)
    try:
        while rest:  # with PYTHONUNBUFFERED a pipe may take less than the whole at once
            rest = rest[sys.stdout.buffer.write(rest) :]
        sys.stdout.buffer.flush()
    except OSError as error:
        raise _closed(error) from None


def report_error(error: BaseException) -> ExitStatus:
    """Say what went wrong, if there is anything to say, and give the exit status for it."""
    if isinstance(error, OSError) and error.filename is None and error.errno in _OF_WRITING:
        error = _closed(error)  # what click and rich print; our own files have names
    if isinstance(error, ClosedOutput) and not str(error):
        return ExitStatus.CLOSED_OUTPUT
    if isinstance(error, (click.Abort, KeyboardInterrupt)):
        return ExitStatus.INTERRUPTED
    if isinstance(error, Stopped):
        return ExitStatus(128 + error.number)
    if isinstance(error, click.UsageError):
        path = error.ctx.command_path if error.ctx else "ligafix"
        is_name = isinstance(error, click.NoSuchOption) and not error.possibilities
        hint = "; a file whose name begins with - needs ./ before it" if is_name else ""
        say(f"{error.format_message()} (see {path} --help{hint})")
        return ExitStatus.WRONG_USAGE
    say(describe(error))
    return ExitStatus.WRONG_USAGE if isinstance(error, SettingsError) else ExitStatus.FAILED


def describe(error: BaseException) -> str:
    """An error in words; what the system refuses names its file."""
    if isinstance(error, OSError):
        return f"{error.filename or 'a file'}: {reason_of(error)}"
    return str(error)


def say_failed(name: object, error: LigafixError | OSError) -> None:
    """Say why one of several texts could not be processed; an output or a file that is refused has its own name."""
    names_file = isinstance(error, (OutputError, OSError))
    say(describe(error) if names_file else f"{name}: {error}")


REPORTED = (ClosedOutput, KeyboardInterrupt, LigafixError, OSError, Stopped, click.Abort, click.UsageError)
"""What `report_error` is for; anything else is a bug and shows its traceback."""


def open_closed_streams() -> None:
    """Open the standard streams that are closed, the wrong way round, so that using one is an error like others.

    Python has None for them, and the next file that is opened would be taken for one.
    """
    wrong = {"stdin": os.O_WRONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}  # nobody could read of an error there
    for number, (name, flags) in enumerate(wrong.items()):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, flags)
            if nowhere != number:
                os.dup2(nowhere, number)
                os.close(nowhere)
            setattr(sys, name, os.fdopen(number, "r" if name == "stdin" else "w"))


def _closed(error: OSError) -> ClosedOutput:
    _discard_stdout()
    reason = "" if isinstance(error, BrokenPipeError) else f"standard output cannot be written: {reason_of(error)}"
    return ClosedOutput(reason)


def _discard_stdout() -> None:
    """Send what is still in the buffer nowhere, or Python complains about it on leaving."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
