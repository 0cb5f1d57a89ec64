"""What ligafix never does, whatever it is given."""

from __future__ import annotations

import ast
import json
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

import ligafix
from ligafix import ReplayError, clean
from ligafix.audit.decisions import Decision, SeriesKey, Verdict, to_json
from ligafix.audit.log import AuditLog
from ligafix.errors import InputError
from tests.cli.conftest import Run, folder, run

__all__ = ["folder", "run"]

SOURCES = sorted(Path(ligafix.__file__).parent.rglob("*.py"))
NETWORK = frozenset(("http", "socket", "urllib", "ftplib", "smtplib", "ssl", "requests", "httpx", "webbrowser"))
ALLOWED = {"ray_engine": {"pickle"}}
"""Ray hands tasks and results from process to process so; nothing of it is read from a file."""

TEXT = "The rst ocer of the sta found the le in his oce. It was a dicult aair.\n"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_no_module_evaluates_code_or_unpickles_or_opens_a_connection(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    calls = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}
    assert calls.isdisjoint({"eval", "exec", "compile", "__import__"})
    names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names -= {"urllib.parse", *ALLOWED.get(path.stem, ())}
    assert {name.partition(".")[0] for name in names}.isdisjoint(NETWORK | {"pickle", "marshal", "shelve", "dill"})


def test_cleaning_needs_no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was asked for")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    assert clean(TEXT).text != TEXT


def may_leave_the_network() -> bool:
    command = ["unshare", "-rn", "true"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not may_leave_the_network(), reason="this system does not let a process leave the network")
def test_the_command_works_without_any_network(tmp_path: Path) -> None:
    command = ["unshare", "-rn", sys.executable, "-m", "ligafix", "clean"]
    done = subprocess.run(command, cwd=tmp_path, input=TEXT.encode(), capture_output=True, check=True)
    assert b"first officer" in done.stdout


def write_run(place: Path, output: str, text: bytes) -> Path:
    """A folder with a log that calls some other file its output, as it stands there."""
    from ligafix.audit.record import clean_bytes
    from ligafix.cleaner import Cleaner

    place.mkdir()
    cleaned = clean_bytes(text, Cleaner())
    log = place / "x.txt.changes.jsonl"
    header, *rest = cleaned.make_log(log, place / "source.txt", place / "x.txt").decode().splitlines()
    record = json.loads(header)
    record["output"]["path"] = output
    log.write_text("\n".join([json.dumps(record), *rest]) + "\n", encoding="utf-8")
    return log


def write_decisions(path: Path) -> None:
    decision = Decision(SeriesKey("ligatures", "rst", "first"), Verdict.REJECT, None, "ada", "2026-01-01T00:00:00Z")
    path.write_text(f"{to_json(decision)}\n", encoding="utf-8")


@pytest.mark.parametrize("path", ["../victim.txt", "{}/victim.txt"])
def test_a_log_that_climbs_out_of_its_folder_rewrites_nothing_there(run: Run, folder: Path, path: str) -> None:
    victim = folder / "victim.txt"
    log = write_run(folder / "given", path.format(folder), TEXT.encode())
    victim.write_text(clean(TEXT).text, encoding="utf-8")
    write_decisions(folder / "decisions.jsonl")
    before = victim.read_bytes()
    assert run("revert", "given").status == 3
    refused = run("apply", "given", "--decisions", "decisions.jsonl", "-w")
    assert refused.status == 3
    assert len(refused.err.strip().split("\n")) == 1
    assert "is not in this folder; name that file to have it rewritten" in refused.err
    assert victim.read_bytes() == before
    assert log.exists()


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
@pytest.mark.parametrize("path", ["/dev/zero", "pipe"])
def test_a_log_that_calls_a_device_or_a_pipe_its_text_makes_nothing_wait(run: Run, folder: Path, path: str) -> None:
    log = write_run(folder / "given", path, TEXT.encode())
    log.write_text(log.read_text().replace('"source.txt"', json.dumps(path)), encoding="utf-8")
    os.mkfifo(folder / "given" / "pipe")
    write_decisions(folder / "decisions.jsonl")
    assert "neither source nor output stands where it did" in run("diff", "given").err
    refused = run("apply", "given", "--decisions", "decisions.jsonl", "-o", "out/")
    assert (refused.status, refused.err.count("\n")) == (3, 1)
    assert "is no file" in refused.err


def test_a_log_of_a_later_version_is_refused_with_advice() -> None:
    data = json.dumps({"type": "header", "schema": 99}).encode() + b"\n"
    with pytest.raises(InputError, match="update ligafix"):
        AuditLog.from_bytes(data)


def test_a_log_that_was_tampered_with_is_not_replayed(tmp_path: Path) -> None:
    from ligafix.audit.record import clean_bytes
    from ligafix.cleaner import Cleaner

    cleaned = clean_bytes(TEXT.encode(), Cleaner())
    data = cleaned.make_log(tmp_path / "log", None, None).replace(b'"after": "first"', b'"after": "worst"')
    with pytest.raises(ReplayError):
        AuditLog.from_bytes(data).replay(TEXT.encode())


def test_a_log_nested_without_end_is_refused_in_one_line() -> None:
    with pytest.raises(InputError):
        AuditLog.from_bytes(b"[" * 100_000)
