"""The command line, run in this process on a folder of its own."""

import io
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

import ligafix.cli
import ligafix.cli.clean
from tests.fakes import FakeCleaner


@dataclass(frozen=True)
class Outcome:
    status: int
    out: bytes
    err: str


Run = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, which the command works in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs `ligafix` with the fake cleaner; a backslash in an error message never breaks a line."""
    monkeypatch.setattr(ligafix.cli.clean, "Cleaner", FakeCleaner)

    def call(*args: str | Path, stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        status = ligafix.cli.run([str(arg) for arg in args])
        out, err = capsysbinary.readouterr()
        return Outcome(status, out, err.decode())

    return call


def forbid(path: Path) -> None:
    """Take away the permission to read a file or a folder; the test is skipped where that stops nobody."""
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
