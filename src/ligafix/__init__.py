"""ligafix gives back text that PDF extraction and OCR damaged."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ligafix.changes import Candidate, Change, Status, Step
    from ligafix.cleaner import Cleaner, CleanResult, clean
    from ligafix.errors import DataError, InputError, LigafixError, OutputError, ReplayError, SettingsError
    from ligafix.evidence import Evidence
    from ligafix.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Change",
    "CleanResult",
    "Cleaner",
    "DataError",
    "Evidence",
    "InputError",
    "LigafixError",
    "OutputError",
    "ReplayError",
    "Settings",
    "SettingsError",
    "Status",
    "Step",
    "clean",
]

_HOMES = {
    "changes": ("Candidate", "Change", "Status", "Step"),
    "cleaner": ("CleanResult", "Cleaner", "clean"),
    "errors": ("DataError", "InputError", "LigafixError", "OutputError", "ReplayError", "SettingsError"),
    "evidence": ("Evidence",),
    "settings": ("Settings",),
}
"""Where the names come from. They are loaded when they are asked for, since the stages take a while to load."""


def __getattr__(name: str) -> Any:
    for home, names in _HOMES.items():
        if name in names:
            return getattr(import_module(f"ligafix.{home}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
