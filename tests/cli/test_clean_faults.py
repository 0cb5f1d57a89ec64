"""`ligafix clean` loses nothing, whatever comes between: full disks, signals, other writers, damaged data."""

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest

from ligafix.cli import errors
from ligafix.errors import DataError
from tests.cli.conftest import Run, forbid
from tests.cli.files import DAMAGED, RESTORED, names, write


def test_a_read_only_file_stays_with_a_message(run: Run, folder: Path) -> None:
    write(folder / "a").chmod(0o444)
    done = run("clean", "-w", "a")
    assert (done.status, "a: the file is read-only" in done.err) == (3, True)
    assert names(folder) == ["a"]
    assert (folder / "a").read_bytes() == DAMAGED


def test_a_full_disk_loses_nothing(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    write(folder / "a")
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        done = run("clean", "-w", "a")
    assert (done.status, "no space left on device" in done.err) == (3, True)
    assert names(folder) == ["a"]
    assert (folder / "a").read_bytes() == DAMAGED


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_device_as_output_gets_no_log(run: Run, folder: Path) -> None:
    write(folder / "a")
    assert run("clean", "a", "-o", os.devnull).status == 0
    assert "no space left" in run("clean", "a", "-o", "/dev/full").err
    assert names(folder) == ["a"]


@pytest.mark.parametrize("kind", [BrokenPipeError(32, "Broken pipe"), OSError(28, "No space left on device")])
def test_standard_output_that_takes_no_more_ends_the_run(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, kind: OSError
) -> None:
    class Closed:
        def write(self, _: bytes) -> None:
            raise kind

    write(folder / "a")
    monkeypatch.setattr(errors, "_discard_stdout", lambda: None)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", SimpleNamespace(buffer=Closed()))
        done = run("clean", "a", "a")
    expected = (141, "") if isinstance(kind, BrokenPipeError) else (
        3, "ligafix: standard output cannot be written: no space left on device\n"
    )  # fmt: skip
    assert (done.status, done.err) == expected


def test_an_interruption_is_quiet(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*args: object) -> None:
        raise KeyboardInterrupt

    write(folder / "a")
    monkeypatch.setattr("ligafix.cli.clean.clean_bytes", interrupt)
    done = run("clean", "-w", "a")
    assert (done.status, done.err.strip()) == (130, "")
    assert names(folder) == ["a"]


@pytest.mark.parametrize("command", ["clean", "apply", "revert"])
def test_what_others_write_meanwhile_is_not_lost(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def write_first(read: Callable[..., object], *given: object, **named: object) -> object:
        done = read(*given, **named)
        write(folder / "a", b"written meanwhile\n")
        return done

    write(folder / "a")
    write(folder / "d", b"")
    if command != "clean":
        run("clean", "-w", "a")
    before = names(folder)
    step = {"clean": "clean_bytes", "apply": "decide_text", "revert": "find_source"}[command]
    module = importlib.import_module(f"ligafix.cli.{command}")
    monkeypatch.setattr(module, step, partial(write_first, getattr(module, step)))
    arguments = {"clean": ["-w"], "apply": ["-w", "--decisions", "d"], "revert": []}[command]
    done = run(command, *arguments, "a")
    assert done.status == 3
    assert "a: the file was changed meanwhile" in done.err
    assert (folder / "a").read_bytes() == b"written meanwhile\n"
    assert names(folder) == before


def test_a_file_that_may_not_be_read_does_not_stop_the_others(run: Run, folder: Path) -> None:
    forbid(write(folder / "a"))
    write(folder / "b")
    done = run("clean", "-w", "a", "b")
    assert done.status == 3
    assert "a: it may not be read; check its permissions" in done.err
    assert (folder / "b").read_bytes() == RESTORED


def test_data_that_is_damaged_is_told_before_anything_is_printed(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> None:
        raise DataError("en.trie: this data file of ligafix is damaged")

    write(folder / "a")
    monkeypatch.setattr("ligafix.cli.clean.dictionaries_hash", fail)
    done = run("clean", "a")
    assert (done.status, done.out, done.err) == (3, b"", "ligafix: en.trie: this data file of ligafix is damaged\n")


SLOW = """
import os, pathlib, signal, time
from ligafix import cli
signal.signal(signal.SIGINT, signal.default_int_handler)
def fsync(_):
    pathlib.Path("begun").touch()
    for _ in range(600):  # a signal just before a sleep does not end it
        time.sleep(0.1)
os.fsync = fsync
cli.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_signal_while_a_file_is_written_leaves_nothing_half_written(folder: Path, name: str) -> None:
    write(folder / "a")
    command = [sys.executable, "-c", SLOW, "clean", "-w", "a"]
    number = getattr(signal, name)
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        wait_for(folder / "begun")
        process.send_signal(number)
        error = process.communicate(timeout=60)[1]
    assert (process.returncode, error.strip()) == (128 + number, b"")
    assert names(folder) == ["a", "begun"]
    assert (folder / "a").read_bytes() == DAMAGED


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_nohup_is_kept(folder: Path) -> None:
    write(folder / "a")
    command = ["nohup", sys.executable, "-c", SLOW.replace("600", "3"), "clean", "-w", "a"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE) as process:
        wait_for(folder / "begun")
        process.send_signal(signal.SIGHUP)
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert (folder / "a").read_bytes() != DAMAGED


def wait_for(path: Path) -> None:
    end = time.monotonic() + 60
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.02)
