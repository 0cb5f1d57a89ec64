"""`ligafix clean` restores files, logs every change, and loses nothing."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.cli.files import DAMAGED, RESTORED, names, write


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
    (folder / "a.changes.jsonl").rename(folder / "log")
    assert run("clean", "log").out == b""


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
