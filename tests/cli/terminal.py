"""A command on a terminal of its own, as a person sits before it."""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import struct
import sys
import time
from pathlib import Path

_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()=>].?|[\r\x07]")
_PATIENCE = 20.0
"""How many seconds to wait for what should appear; a busy machine is slow."""


class Terminal:
    """Runs `ligafix` on a terminal; what it shows is read with its colours and movements taken out."""

    def __init__(self, folder: Path, *args: str, columns: int = 100, rows: int = 30) -> None:
        import fcntl  # not on Windows
        import pty
        import termios

        self._process, self._file = pty.fork()
        if self._process == 0:
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # what runs in the background of a shell does not hear it
            os.chdir(folder)
            os.environ.update(TERM="xterm-256color", COLUMNS=str(columns), LINES=str(rows))
            os.execv(sys.executable, [sys.executable, "-m", "ligafix", *args])  # noqa: S606
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def read_until(self, text: str) -> str:
        """What is shown until a text has appeared."""
        shown = b""
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            ready, _, _ = select.select([self._file], [], [], 0.1)
            if ready:
                with contextlib.suppress(OSError):  # it has closed
                    shown += os.read(self._file, 1 << 16)
            plain = _CONTROL.sub("", shown.decode("utf-8", "replace"))
            if text in plain:
                return plain
        raise AssertionError(f"{text!r} did not appear in {plain!r}")

    def press(self, keys: str, until: str) -> str:
        """Press keys, and read until a text has appeared."""
        os.write(self._file, keys.encode())
        return self.read_until(until)

    def wait(self) -> int:
        """The exit status, once the command has ended."""
        _, status = os.waitpid(self._process, 0)
        os.close(self._file)
        return os.waitstatus_to_exitcode(status)

    def kill(self) -> None:
        """End the command at once, as when the power fails."""
        os.kill(self._process, 9)
        self.wait()
