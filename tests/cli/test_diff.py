"""`ligafix diff` shows what was changed, in five forms, and `patch` and `git apply` take one of them."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TEXTS = {
    "a.txt": b"the rst of\nled\nTokyo\n",
    "b c.txt": b"\xef\xbb\xbfrst\r\nsigni-\ncant\r\nno end rst",
    "sub.txt": b"bad \xff byte rst\rled\x0c\x1c\n",
}


@pytest.fixture
def cleaned(run: Run, folder: Path) -> Path:
    """A folder with texts, and their outputs and logs in `out`."""
    for name, data in TEXTS.items():
        (folder / name).write_bytes(data)
    run("clean", "-q", *TEXTS, "-o", "out")
    return folder


def test_words_stand_in_their_lines(run: Run, cleaned: Path) -> None:
    done = run("diff", "out/a.txt")
    assert (done.status, done.err) == (0, "")
    assert done.out.decode() == (
        "a.txt:1: table 0.99\nthe [-rst-]{+first+} of\n\n"
        "a.txt:2: table 0.50\n[-led-]{?filed?}\n\n"
        "a.txt:3: table 0.99\n[-Tokyo-]{+Tōkyō+}\n\n"
    )


def test_without_a_place_it_is_the_working_folder(run: Run, cleaned: Path) -> None:
    assert run("diff").out == run("diff", "out").out == run("diff", *(f"out/{name}" for name in TEXTS)).out


@pytest.mark.parametrize(
    ("options", "befores"),
    [
        (["--status", "suggested"], ["led", "led"]),
        (["--below", "0.6"], ["led", "led"]),
        (["--pair", "Tokyo=Tōkyō", "--pair", "led=filed"], ["led", "Tokyo", "led"]),
        (["--stage", "marks"], []),
        (["--least-certain", "3"], ["rst", "led", "led"]),
    ],
)
def test_filters_choose(run: Run, cleaned: Path, options: list[str], befores: list[str]) -> None:
    records = [json.loads(line) for line in run("diff", "--json", *options).out.splitlines()]
    assert [record["before"] for record in records] == befores


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--stage", "mark"], "did you mean 'marks'?"),
        (["--status", "aplied"], "did you mean 'applied'?"),
        (["--pair", "led"], "--pair is 'led'; write it as BEFORE=AFTER"),
        (["--below", "2"], "--below"),
        (["none"], "none: there is no such file"),
    ],
)
def test_what_is_not_known_is_one_line(run: Run, cleaned: Path, options: list[str], message: str) -> None:
    done = run("diff", *options)
    assert done.status in (2, 3)
    assert (done.out, done.err.count("\n")) == (b"", 1)
    assert message in done.err


def test_json_is_an_object_a_line_that_says_where(run: Run, cleaned: Path) -> None:
    first = json.loads(run("diff", "--json").out.splitlines()[0])
    assert (first["file"], first["log"], first["line"], first["column"]) == ("a.txt", "out/a.txt.changes.jsonl", 1, 5)
    assert (first["before"], first["after"], first["status"]) == ("rst", "first", "applied")


def test_sarif_has_a_result_for_each_change(run: Run, cleaned: Path) -> None:
    (sarif,) = json.loads(run("diff", "--sarif").out)["runs"]
    assert len(sarif["results"]) == len(run("diff", "--json").out.splitlines())
    assert [a["location"]["uri"] for a in sarif["artifacts"]] == ["a.txt", "b%20c.txt", "sub.txt"]


def test_statistics_count(run: Run, cleaned: Path) -> None:
    rows = [line.split() for line in run("diff", "--stat").out.decode().splitlines()]
    assert ["applied", "6", "0.9876"] in rows
    assert ["fake/table", "8", "0.8657"] in rows
    assert ["rst", "→", "first", "4", "0.9876"] in rows


needs_tools = pytest.mark.skipif(not (shutil.which("patch") and shutil.which("git")), reason="needs patch and git")


@needs_tools
@pytest.mark.parametrize("command", [["git", "apply", "-"], ["patch", "-p1", "--binary", "-s"]], ids=["git", "patch"])
def test_a_patch_makes_the_outputs_of_the_sources(run: Run, cleaned: Path, command: list[str]) -> None:
    patch = run("diff", "--patch").out
    subprocess.run(command, cwd=cleaned, input=patch, check=True, env={"PATH": "/usr/bin:/bin", "GIT_DIR": "none"})
    for name in TEXTS:
        assert (cleaned / name).read_bytes() == (cleaned / "out" / name).read_bytes()


@needs_tools
@pytest.mark.parametrize("command", [["git", "apply", "-"], ["patch", "-p1", "-s"]], ids=["git", "patch"])
def test_a_patch_of_a_file_outside_the_working_folder_is_for_the_root(
    run: Run, cleaned: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(cleaned / "out")
    patch = run("diff", "--patch", "a.txt").out
    assert b"--- a" + bytes(cleaned / "a.txt") in patch
    subprocess.run(command, cwd="/", input=patch, check=True, env={"PATH": "/usr/bin:/bin", "GIT_DIR": "none"})
    assert (cleaned / "a.txt").read_bytes() == (cleaned / "out" / "a.txt").read_bytes()


@needs_tools
def test_a_patch_of_chosen_changes_makes_only_these(run: Run, cleaned: Path) -> None:
    patch = run("diff", "--patch", "--pair", "Tokyo=Tōkyō").out
    subprocess.run(["patch", "-p1", "-s"], cwd=cleaned, input=patch, check=True)
    assert (cleaned / "a.txt").read_bytes() == "the rst of\nled\nTōkyō\n".encode()


def test_a_patch_needs_a_text(run: Run, cleaned: Path) -> None:
    (cleaned / "a.txt").unlink()
    assert b"-the rst of" in run("diff", "--patch", "out/a.txt").out
    (cleaned / "out" / "a.txt").unlink()
    done = run("diff", "--patch", "out/a.txt.changes.jsonl")
    assert (done.status, done.out) == (3, b"")
    assert "a patch needs the source or the output" in done.err
    assert run("diff", "out/a.txt.changes.jsonl").status == 0


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "line 1 is not JSON as in an audit log; is this another file, or damaged?"),
        (b'{"type": "header", "schema": 2}\n', "a later version of ligafix wrote this log (schema 2); update ligafix"),
    ],
    ids=["empty", "of a later schema"],
)
def test_a_log_that_cannot_be_read_at_all_is_told_and_the_others_are_shown(
    run: Run, cleaned: Path, content: bytes, told: str
) -> None:
    (cleaned / "out" / "a.txt.changes.jsonl").write_bytes(content)
    done = run("diff", "out")
    assert (done.status, done.err) == (3, f"ligafix: out/a.txt.changes.jsonl: {told}\n")
    assert b"b c.txt:1" in done.out
    assert run("diff", "out/a.txt.changes.jsonl").err == done.err
    assert told in run("diff", "out/a.txt").err


def test_a_text_without_a_log_is_told_what_diff_can_do(run: Run, cleaned: Path) -> None:
    (cleaned / "other").write_bytes(b"other")
    done = run("diff", "other")
    assert (done.status, done.out) == (3, b"")
    assert done.err == "ligafix: other: no log of this text was found near it; name the log in its place\n"


def test_a_damaged_log_is_told_and_the_others_are_shown(run: Run, cleaned: Path) -> None:
    log = cleaned / "out" / "a.txt.changes.jsonl"
    log.write_bytes(log.read_bytes() + b"{\n")
    done = run("diff", "out")
    assert (done.status, done.err.count("\n")) == (3, 1)
    assert b"b c.txt:1" in done.out


@pytest.mark.parametrize("gone", [False, True], ids=["source", "output"])
def test_a_log_that_tells_of_another_text_is_told_and_the_others_are_shown(
    run: Run, cleaned: Path, *, gone: bool
) -> None:
    log = cleaned / "out" / "a.txt.changes.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"start": 4, "end": 7', b'"start": 5004, "end": 5007'))
    if gone:
        (cleaned / "a.txt").unlink()
    message = f"the change at {'15 does not fit the output' if gone else '5004 does not fit the source'}"
    words, patch = run("diff", "out"), run("diff", "out", "--patch")
    for done in (words, patch):
        assert (done.status, done.err.count("\n")) == (3, 1)
        assert done.err.startswith(f"ligafix: out/a.txt.changes.jsonl: {message}")
    assert b"b c.txt:1" in words.out
    assert b"[-rst-]{+first+}" in words.out
    assert b"b/b c.txt" in patch.out
    assert b"a.txt" not in patch.out
