"""What ligafix raises. Every message is one line that says what is wrong and what to try."""

from __future__ import annotations


class LigafixError(Exception):
    """The base of every error that ligafix raises on purpose."""


class SettingsError(LigafixError):
    """A setting that ligafix does not know, or a value it cannot take."""


class InputError(LigafixError):
    """An input that cannot be read or processed; others may be."""


class OutputError(LigafixError):
    """An output that cannot be written; nothing was lost."""


class PlaceError(OutputError):
    """An output whose place takes no file: its name is too long, or a folder or a read-only file has it.

    Other outputs can be written, unlike on a full disk.
    """


class DataError(LigafixError):
    """A data file of the package itself that is missing, damaged or changed."""


class ReplayError(LigafixError):
    """An audit log and a text that do not belong together."""
