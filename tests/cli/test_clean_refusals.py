"""What `ligafix clean` refuses, in one line, before anything is lost."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.files import DAMAGED, RESTORED, names, write


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


def test_a_file_given_by_two_names_is_logged_under_the_first(run: Run, folder: Path) -> None:
    write(folder / "a")
    (folder / "link").symlink_to("a")
    run("clean", "-w", "a", "link")
    assert names(folder) == ["a", "a.changes.jsonl", "link"]


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
        (["a", "--language", "xx"], "there is no language 'xx'; there are: ar, "),
        (["a", "--encoding", "utf-9"], "did you mean 'utf-8'?"),
        (["a", "--encoding", ""], "there is no text encoding ''"),
        (["a", "-o", ""], "it is empty; name a file or a folder"),
        (["a", "--log", ""], "it is empty; name a file or a folder"),
        ([""], "it is empty; name a file or a folder"),
        (["-a.txt"], "a file whose name begins with - needs ./ before it"),
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
