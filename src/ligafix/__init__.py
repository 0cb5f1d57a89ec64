"""ligafix gives back text that PDF extraction and OCR damaged."""

from __future__ import annotations

from ligafix.changes import Candidate, Change, Status, Step
from ligafix.cleaner import Cleaner, CleanResult, clean
from ligafix.errors import InputError, LigafixError, OutputError, ReplayError, SettingsError
from ligafix.evidence import Evidence
from ligafix.settings import Settings

__version__ = "0.1.0"

__all__ = [
    "Candidate",
    "Change",
    "CleanResult",
    "Cleaner",
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
