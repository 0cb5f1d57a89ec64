"""`ligafix clean`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from ligafix.audit.chain import LOG_SUFFIX, find_free_log, is_free, read_log_header, require_free
from ligafix.audit.diff import coloured_diff, make_hunks, unified_diff
from ligafix.audit.record import CleanedText, clean_bytes
from ligafix.cleaner import Cleaner
from ligafix.cli.config import load_settings
from ligafix.cli.errors import say, write_stdout
from ligafix.cli.plan import Job, plan_jobs
from ligafix.cli.report import RunReport
from ligafix.errors import LigafixError, OutputError
from ligafix.formats.files import make_folder, read_bytes, write_files
from ligafix.formats.text import EncodedText, require_encoding
from ligafix.settings import OFF_BY_DEFAULT, STAGES


@dataclass(slots=True)
class _Run:
    """A run over some files: what it cleans them with, and what it does with what comes out."""

    cleaner: Cleaner
    encoding: str | None
    diff: bool
    check: bool
    quiet: bool
    report: RunReport
