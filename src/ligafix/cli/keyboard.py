"""Single keys from a terminal, none lost between two screens however fast they come."""

from __future__ import annotations

import contextlib
import os
import select
import sys
from collections.abc import Iterator

import click

ESCAPE = "\x1b"
END_OF_INPUT = "\x04"

_ESCAPE_PAUSE = 0.05
"""How long (seconds) the rest of an arrow key's sequence may take; a person's next key takes longer."""

_LONGEST_SEQUENCE = 8


class Keyboard:
    """The keyboard of a terminal, read key by key as long as it is held.

    Keys are not shown, and Ctrl-C interrupts as always. A key is read only when it is asked for; the rest waits in
    the terminal, where a prompt finds it.
    """

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Take the keyboard; afterwards the terminal is as it was."""
        with _mode_kept():
            _take_keys()
            yield

    @contextlib.contextmanager
    def released(self) -> Iterator[None]:
        """Give the keyboard back for a while, to ask for a line of text."""
        _take_lines()
        try:
            yield
        finally:
            _take_keys()

    def read(self) -> str:
        """Wait for a key; an arrow key is its whole sequence.

        Raises:
            EOFError: there will be no more.
        """
        if sys.platform == "win32":
            return click.getchar()
        key = os.read(0, 1)
        if key == ESCAPE.encode() and select.select([0], [], [], _ESCAPE_PAUSE)[0]:
            key += os.read(0, _LONGEST_SEQUENCE)
        if not key or key == END_OF_INPUT.encode():
            raise EOFError
        return key.decode("utf-8", "replace")


if sys.platform == "win32":

    @contextlib.contextmanager
    def _mode_kept() -> Iterator[None]:
        yield

    def _take_keys() -> None:
        """Nothing to do: each key is asked for by itself."""

    def _take_lines() -> None:
        """Nothing to do."""

else:
    import termios
    import tty

    @contextlib.contextmanager
    def _mode_kept() -> Iterator[None]:
        mode = termios.tcgetattr(0)
        try:
            yield
        finally:
            termios.tcsetattr(0, termios.TCSADRAIN, mode)

    def _take_keys() -> None:
        tty.setcbreak(0, termios.TCSADRAIN)

    def _take_lines() -> None:
        mode = termios.tcgetattr(0)
        mode[3] |= termios.ICANON | termios.ECHO
        termios.tcsetattr(0, termios.TCSADRAIN, mode)
