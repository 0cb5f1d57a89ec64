"""`ligafix clean` restores files, logs every change, and loses nothing."""

import hashlib
import importlib
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from ligafix.cli import errors
from ligafix.errors import DataError
from tests.cli.conftest import Run, forbid

DAMAGED = b"the rst, signicant\n"
RESTORED = b"the first, significant\n"


def write(path: Path, data: bytes = DAMAGED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def read_log(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().removesuffix("\n").split("\n")]


def test_a_file_is_printed_restored_and_nothing_is_written(run: Run, folder: Path) -> None:
    done = run("clean", write(folder / "a.txt"))
    assert (done.status, done.out, done.err) == (0, RESTORED, "")
    assert names(folder) == ["a.txt"]


@pytest.mark.parametrize("args", [[], ["-"]])
def test_standard_input_is_read_without_files_or_for_a_dash(run: Run, args: list[str]) -> None:
    assert run("clean", *args, stdin=DAMAGED).out == RESTORED


def test_several_files_are_printed_one_after_the_other(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "b", b"\xef\xbb\xbfled")
    done = run("clean", "a", "-", "b", stdin=b"rst\r\n")
    assert done.out == RESTORED + b"first\r\n\xef\xbb\xbfled"


@pytest.mark.parametrize("data", [b"", b"x", b"\xef\xbb\xbfled\r\nlast", b"caf\xc3\xa9 \xff\x0c\r", b"\xff\xfea\0"])
def test_a_text_that_needs_nothing_comes_back_byte_for_byte(run: Run, folder: Path, data: bytes) -> None:
    write(folder / "a", data)
    assert run("clean", "a").out == data
    assert run("clean", "a", "-o", "b").status == 0
    assert (folder / "b").read_bytes() == data


def test_a_file_and_its_log_are_written(run: Run, folder: Path) -> None:
    write(folder / "a.txt")
    done = run("clean", "a.txt", "-o", "b.txt")
    assert (done.status, done.out, done.err) == (0, b"", "ligafix: 1 file cleaned; 2 changes\n")
    assert names(folder) == ["a.txt", "b.txt", "b.txt.changes.jsonl"]
    assert (folder / "b.txt").read_bytes() == RESTORED
    header, *changes = read_log(folder / "b.txt.changes.jsonl")
    assert (header["source"]["path"], header["output"]["path"]) == ("a.txt", "b.txt")
    assert [change["after"] for change in changes] == ["first", "significant"]


def test_a_dash_as_output_is_standard_output(run: Run, folder: Path) -> None:
    assert run("clean", write(folder / "a"), "-o", "-").out == RESTORED
    assert names(folder) == ["a"]


def test_standard_input_can_be_written_to_a_file(run: Run, folder: Path) -> None:
    assert run("clean", "-o", "b", stdin=DAMAGED).status == 0
    assert (folder / "b").read_bytes() == RESTORED
    assert read_log(folder / "b.changes.jsonl")[0]["source"]["path"] is None


@pytest.mark.parametrize("output", ["out", "out/"])
def test_several_files_go_to_a_new_folder_under_their_names(run: Run, folder: Path, output: str) -> None:
    write(folder / "in" / "a")
    write(folder / "b")
    assert run("clean", "in/a", "b", "-o", output).status == 0
    assert names(folder / "out") == ["a", "a.changes.jsonl", "b", "b.changes.jsonl"]
    assert read_log(folder / "out" / "a.changes.jsonl")[0]["source"]["path"] == "../in/a"


def test_one_file_goes_into_a_folder_that_is_there_or_is_named_as_one(run: Run, folder: Path) -> None:
    write(folder / "a")
    (folder / "out").mkdir()
    run("clean", "a", "-o", "out")
    run("clean", "a", "-o", "new/")
    assert names(folder / "out") == names(folder / "new") == ["a", "a.changes.jsonl"]


def test_a_log_goes_where_it_is_asked_for(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "b")
    assert run("clean", "a", "--log", "l.jsonl").out == RESTORED
    assert read_log(folder / "l.jsonl")[0]["output"]["path"] is None
    run("clean", "a", "-o", "c", "--log", "x/l.jsonl")
    assert names(folder / "x") == ["l.jsonl"]
    run("clean", "a", "b", "--log", "logs")
    assert names(folder / "logs") == ["a.changes.jsonl", "b.changes.jsonl"]
    run("clean", "--log", "logs", stdin=DAMAGED)
    assert "stdin.changes.jsonl" in names(folder / "logs")


def test_files_are_rewritten_in_place_with_their_mode(run: Run, folder: Path) -> None:
    write(folder / "a").chmod(0o640)
    write(folder / "b")
    assert run("clean", "-w", "a", "b").status == 0
    assert names(folder) == ["a", "a.changes.jsonl", "b", "b.changes.jsonl"]
    assert (folder / "a").read_bytes() == RESTORED
    assert stat.S_IMODE((folder / "a").stat().st_mode) == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_link_is_rewritten_through_to_its_target(run: Run, folder: Path) -> None:
    write(folder / "target")
    (folder / "link").symlink_to("target")
    assert run("clean", "-w", "link").status == 0
    assert (folder / "link").is_symlink()
    assert (folder / "target").read_bytes() == RESTORED
    assert run("revert", "link").status == 0
    assert (folder / "target").read_bytes() == DAMAGED


def test_a_file_that_needs_nothing_is_not_touched_in_place(run: Run, folder: Path) -> None:
    path = write(folder / "a", b"led\n")
    os.utime(path, (1, 1))
    done = run("clean", "-w", "a")
    assert done.err == "ligafix: 1 file unchanged; 1 suggestion\n"
    assert path.stat().st_mtime == 1
    assert [line["type"] for line in read_log(folder / "a.changes.jsonl")] == ["header", "change"]


def test_a_second_run_in_place_keeps_the_only_way_back(run: Run, folder: Path) -> None:
    write(folder / "a")
    run("clean", "-w", "a")
    log = (folder / "a.changes.jsonl").read_bytes()
    for _ in range(2):
        assert run("clean", "-w", "a").status == 0
        assert names(folder) == ["a", "a.changes.jsonl"]
        assert (folder / "a.changes.jsonl").read_bytes() == log


def test_a_run_over_an_edited_file_gets_a_log_of_its_own(run: Run, folder: Path) -> None:
    texts = [DAMAGED]
    write(folder / "a")
    for number in range(3):
        run("clean", "-w", "a")
        texts += [(folder / "a").read_bytes() + f"rst {number}\n".encode()]
        write(folder / "a", texts[-1])
    done = run("clean", "-w", "a")
    assert "the log is a.4.changes.jsonl" in done.err
    assert names(folder) == ["a", *(f"a.{n}.changes.jsonl" for n in (2, 3, 4)), "a.changes.jsonl"]
    run("revert", "a")
    assert (folder / "a").read_bytes() == texts[-1]


def test_runs_in_place_are_undone_one_at_a_time(run: Run, folder: Path) -> None:
    write(folder / "a")
    run("clean", "-w", "a", "--min-confidence", "0.9")
    first = (folder / "a").read_bytes() + b"rst"
    write(folder / "a", first.removesuffix(b"rst"))
    write(folder / "a", b"led " + DAMAGED)
    run("clean", "-w", "a")
    second = (folder / "a").read_bytes()
    run("clean", "-w", "a", "--min-confidence", "0.4")
    assert (folder / "a").read_bytes() == b"filed " + RESTORED
    run("revert", "a")
    assert (folder / "a").read_bytes() == second
    run("revert", "a")
    assert (folder / "a").read_bytes() == b"led " + DAMAGED
    assert "this is the source already" in run("revert", "a").err


def test_the_same_run_again_replaces_its_own_log(run: Run, folder: Path) -> None:
    write(folder / "a")
    run("clean", "a", "-o", "b", "--min-confidence", "1")
    run("clean", "a", "-o", "b")
    assert names(folder) == ["a", "b", "b.changes.jsonl"]
    assert len(read_log(folder / "b.changes.jsonl")) == 3


def test_a_named_log_of_another_source_stays_and_nothing_is_written(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "b", b"rst")
    run("clean", "a", "--log", "l")
    log = (folder / "l").read_bytes()
    done = run("clean", "-w", "b", "--log", "l")
    assert done.status == 3
    assert done.err.startswith("ligafix: l: this is the log of another source, and stays")
    assert (folder / "l").read_bytes() == log
    assert (folder / "b").read_bytes() == b"rst"


def test_a_log_never_takes_the_place_of_another_file(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "notes")
    assert "this is no log, and stays" in run("clean", "a", "--log", "notes").err
    assert (folder / "notes").read_bytes() == DAMAGED
    assert run("clean", "a", "-o", "b", "--log", "a").status == 3
    assert (folder / "a").read_bytes() == DAMAGED


def test_an_output_never_takes_the_place_of_the_log_of_another_text(run: Run, folder: Path) -> None:
    write(folder / "page")
    write(folder / "other", b"rst")
    run("clean", "-w", "page")
    log = (folder / "page.changes.jsonl").read_bytes()
    told = "page.changes.jsonl: this is the log of another text, and stays; name another file with -o"
    assert run("clean", "other", "-o", "second").status == 0
    (folder / "decisions").write_bytes(b"")
    for command in (("clean", "other"), ("revert", "second"), ("apply", "other", "--decisions", "decisions")):
        done = run(*command, "-o", "page.changes.jsonl")
        assert (done.status, told in done.err) == (3, True)
        assert (folder / "page.changes.jsonl").read_bytes() == log
    assert run("revert", "page").status == 0


def test_logs_among_the_inputs_are_passed_over(run: Run, folder: Path) -> None:
    write(folder / "a")
    run("clean", "-w", "a")
    log = (folder / "a.changes.jsonl").read_bytes()
    done = run("clean", "-w", "a", "a.changes.jsonl")
    assert (done.status, "a.changes.jsonl: passed over" in done.err) == (0, True)
    assert names(folder) == ["a", "a.changes.jsonl"]
    assert (folder / "a.changes.jsonl").read_bytes() == log
    assert run("clean", "a.changes.jsonl", stdin=DAMAGED).out == b""


def test_a_check_writes_nothing_and_says_what_would_change(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "b", b"led")
    done = run("clean", "--check", "-w", "a", "b")
    assert (done.status, done.out) == (1, b"")
    assert done.err == (
        "ligafix: a: would change\nligafix: 1 file would change, 1 file would stay unchanged; 2 changes, 1 suggestion\n"
    )
    assert run("clean", "--check", "b").status == 0
    assert names(folder) == ["a", "b"]
    assert (folder / "a").read_bytes() == DAMAGED


def test_a_diff_writes_nothing_and_shows_what_would_change(run: Run, folder: Path) -> None:
    write(folder / "a", b"\xef\xbb\xbf" + DAMAGED + b"end \xff\xc3\xa9\xc3\xa9\r")
    done = run("clean", "--diff", "-o", "b", "a", "--log", "l")
    assert done.status == 1
    assert done.out == (
        b"--- a\n+++ a\n@@ -1,2 +1,2 @@\n-\xef\xbb\xbf" + DAMAGED + b"+\xef\xbb\xbf" + RESTORED
        + b" end \xff\xc3\xa9\xc3\xa9\r\n\\ No newline at end of file\n"
    )  # fmt: skip
    assert names(folder) == ["a"]


def test_a_diff_is_empty_where_nothing_would_change(run: Run, folder: Path) -> None:
    done = run("clean", "--diff", "-q", write(folder / "a", b"led"))
    assert (done.status, done.out, done.err) == (0, b"", "")


@pytest.mark.parametrize(("encoding", "shown"), [("cp1252", "cp1252"), ("utf-16", "utf-8")])
def test_a_diff_is_in_the_encoding_of_the_file_where_patch_can_take_it(
    run: Run, folder: Path, encoding: str, shown: str
) -> None:
    write(folder / "a", "Café rst".encode(encoding))
    out = run("clean", "--diff", "a", "--encoding", encoding).out
    assert "-Café rst\n" in out.decode(shown)


@pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")
def test_patch_takes_a_diff_of_several_files(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "my b", "Café rst\r\nled".encode("cp1252"))
    out = run("clean", "--diff", "a", "my b").out
    subprocess.run(["patch", "--binary", "-s", "-p0"], input=out, check=True)
    assert (folder / "a").read_bytes() == RESTORED
    assert (folder / "my b").read_bytes() == "Café first\r\nled".encode("cp1252")


def test_what_cannot_be_read_fails_and_the_others_are_done(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "p.png", b"\x89PNG\r\n\x1a\n")
    (folder / "dir").mkdir()
    done = run("clean", "missing", "dir", "p.png", "a", "-o", "out")
    assert done.status == 3
    assert done.err.split("\n") == [
        "ligafix: missing: there is no such file; check its name and folder",
        "ligafix: dir: this is a folder; name the files in it",
        "ligafix: p.png: this is a PNG image, not plain text; recognize its text first, for example with tesseract",
        "ligafix: 1 file cleaned, 3 files failed; 2 changes",
        "",
    ]
    assert names(folder / "out") == ["a", "a.changes.jsonl"]


@pytest.mark.parametrize("length", [245, 300])
def test_a_name_that_is_too_long_is_told(run: Run, folder: Path, length: int) -> None:
    done = run("clean", write(folder / "a"), "-o", "x" * length)
    assert done.status == 3
    assert "x: file name too long" in done.err or "jsonl: file name too long" in done.err
    assert names(folder) == ["a"]


def test_a_failure_weighs_more_than_a_change(run: Run, folder: Path) -> None:
    assert run("clean", "--check", write(folder / "a"), "missing").status == 3


def test_equal_names_in_one_folder_are_refused_before_anything_is_done(run: Run, folder: Path) -> None:
    write(folder / "1" / "a")
    write(folder / "2" / "a")
    for option in ("-o", "--log"):
        done = run("clean", "1/a", "2/a", option, "out")
        assert done.status == 2
        assert "would be written twice" in done.err
    assert names(folder) == ["1", "2"]


def test_an_output_named_as_the_log_of_another_is_refused(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "a.changes.jsonl", b"a list of my own\n")
    assert run("clean", "a", "a.changes.jsonl", "-o", "out").status == 2


def test_the_same_file_given_twice_is_cleaned_once(run: Run, folder: Path) -> None:
    write(folder / "a")
    assert run("clean", "-w", "a", folder / "a").err == "ligafix: 1 file cleaned; 2 changes\n"


@pytest.mark.parametrize("output", ["a", "./a", "hard"])
def test_an_output_that_is_an_input_is_refused(run: Run, folder: Path, output: str) -> None:
    write(folder / "a")
    (folder / "hard").hardlink_to(folder / "a")
    done = run("clean", "a", "-o", output)
    assert (done.status, "is an input" in done.err) == (2, True)
    assert (folder / "a").read_bytes() == DAMAGED


def test_an_input_in_the_output_folder_is_refused(run: Run, folder: Path) -> None:
    write(folder / "a")
    write(folder / "out" / "b")
    assert run("clean", "a", "out/b", "-o", "out").status == 2
    assert names(folder / "out") == ["b"]


def test_an_output_may_be_its_input_with_write(run: Run, folder: Path) -> None:
    write(folder / "a")
    assert run("clean", "-w", "a", "-o", "a").status == 0
    assert (folder / "a").read_bytes() == RESTORED


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["-w", "a", "-o", "b"], "give one of them"),
        (["-w"], "standard input cannot be rewritten in place"),
        (["-", "-"], "standard input can be read only once"),
        (["-", "a", "-o", "out"], "standard input has no name"),
        (["a", "b", "-o", "b"], "b is a file; several inputs need a folder"),
        (["a", "b", "--log", "b"], "b is a file; several inputs need a folder"),
        (["a", "--log", "-"], "the log goes to a file"),
        (["--onyl", "x"], "Did you mean"),
        (["a", "--only", "ligature"], "there is no stage 'ligature'; did you mean 'ligatures'?"),
        (["a", "--skip", "hypens"], "did you mean 'hyphens'?"),
        (["a", "--min-confidence", "2"], "a number from 0 to 1"),
        (["a", "--min-confidence", "high"], "not a valid float"),
        (["a", "--language", "German"], "not a language code"),
        (["a", "--encoding", "utf-9"], "did you mean 'utf-8'?"),
    ],
)
def test_wrong_usage_is_one_line_and_nothing_is_done(run: Run, folder: Path, args: list[str], message: str) -> None:
    write(folder / "a")
    write(folder / "b")
    done = run("clean", *args)
    assert (done.status, done.out) == (2, b"")
    assert message in done.err
    assert done.err.count("\n") == 1
    assert names(folder) == ["a", "b"]


def test_settings_reach_the_log(run: Run, folder: Path) -> None:
    write(folder / "a", b"led")
    write(folder / "words.txt", b"Biffen\n")
    run(
        "clean",
        "a",
        "-o",
        "b",
        "--only",
        "hyphens",
        "--language",
        "en",
        "--language",
        "de",
        "--min-confidence",
        "0.4",
        "--furniture",
        "keep",
        "--footnotes",
        "end",
        "--reflow",
        "--protect",
        "xq.*",
        "--dictionary",
        "words.txt",
    )
    header = read_log(folder / "b.changes.jsonl")[0]
    assert header["settings"] == {
        "stages": ["hyphens"],
        "languages": ["en", "de"],
        "min_confidence": 0.4,
        "restore_macrons": False,
        "furniture": "keep",
        "footnotes": "end",
        "reflow": True,
        "ignore": [],
        "prefer": [],
        "protect": ["xq.*"],
        "dictionaries": [{"path": "words.txt", "sha256": hashlib.sha256(b"Biffen\n").hexdigest()}],
    }
    assert (folder / "b").read_bytes() == b"filed"


def test_the_project_sets_what_no_option_does(run: Run, folder: Path) -> None:
    write(folder / "ligafix.toml", b'min-confidence = 0.4\nlanguages = ["de"]\n')
    write(folder / "a", b"led")
    assert run("clean", "a").out == b"filed"
    assert run("clean", "a", "--min-confidence", "0.9").out == b"led"


def test_an_output_that_does_not_fit_becomes_utf8_and_says_so(run: Run, folder: Path) -> None:
    write(folder / "a", "Tokyo café\n".encode("cp1252"))
    done = run("clean", "a", "-o", "b")
    assert done.status == 0
    assert "a: ō does not fit cp1252; the output is in UTF-8" in done.err
    assert (folder / "b").read_text(encoding="utf-8") == "Tōkyō café\n"
    run("revert", "b")
    assert (folder / "b").read_bytes() == (folder / "a").read_bytes()


def test_quiet_says_nothing_but_errors(run: Run, folder: Path) -> None:
    write(folder / "a", "Tokyo café\n".encode("cp1252"))
    assert run("clean", "-q", "-w", "a").err == ""
    assert run("clean", "-q", "-w", "missing").err != ""


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
    command = ["nohup", sys.executable, "-c", SLOW.replace("600", "10"), "clean", "-w", "a"]
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


def test_a_terminal_shows_the_diff_in_colour(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder / "a")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    done = run("clean", "--diff", "a")
    assert done.status == 1
    assert b"\x1b[" in done.out


def test_an_option_switches_off_what_the_project_switches_on(run: Run, folder: Path) -> None:
    (folder / "ligafix.toml").write_text("reflow = true\n")
    (folder / "a").write_text("x")
    for options, is_on in (((), True), (("--no-reflow",), False)):
        assert run("clean", *options, "a", "-o", "b").status == 0
        assert read_log(folder / "b.changes.jsonl")[0]["settings"]["reflow"] is is_on
