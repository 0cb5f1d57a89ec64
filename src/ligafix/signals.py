"""Signals that ask a process to end: taken as an exception, so that what is half-written is removed on the way out."""

from __future__ import annotations

import signal
from types import FrameType

_ASKING = ("SIGTERM", "SIGHUP")  # Python takes SIGINT so by itself; Windows has no SIGHUP


class Stopped(BaseException):
    """The process was asked to end; no `except Exception` may stop it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


def stop_by_exception() -> None:
    """Let the signals that ask this process to end raise `Stopped`, but those that its parent had it ignore (nohup)."""
    for name in _ASKING:
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _stop)


def _stop(number: int, _: FrameType | None) -> None:
    raise Stopped(number)
