"""`ligafix revert` gives back the source, byte for byte."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, forbid

SOURCES = [
    b"the rst\n",
    b"\xef\xbb\xbfthe rst\r\nno end",
    b"the rst \xff\xfe caf\xc3\xa9\xc3\xa9\x0c\r",
    "the rst, Tokyo\r\n".encode("utf-16"),
    "caf\xe9 in Tokyo".encode("cp1252"),
    b"signi-\ncant\n",
]


@pytest.mark.parametrize("source", SOURCES)
def test_a_file_rewritten_in_place_comes_back(run: Run, folder: Path, source: bytes) -> None:
    (folder / "a").write_bytes(source)
    run("clean", "-w", "a")
    assert (folder / "a").read_bytes() != source
    done = run("revert", "a")
    assert (done.status, done.out) == (0, b"")
    assert done.err == "ligafix: a: this is the source again, by a.changes.jsonl\n"
    assert (folder / "a").read_bytes() == source


@pytest.mark.parametrize("source", SOURCES)
def test_the_source_of_an_output_is_written_elsewhere(run: Run, folder: Path, source: bytes) -> None:
    (folder / "a").write_bytes(source)
    run("clean", "a", "-o", "b")
    (folder / "a").unlink()
    output = (folder / "b").read_bytes()
    assert run("revert", "b", "-o", "-").out == source
    assert run("revert", "b", "-o", "new/c").status == 0
    (folder / "out").mkdir()
    assert run("revert", "b", "-q", "-o", "out").err == ""
    assert (folder / "new" / "c").read_bytes() == (folder / "out" / "b").read_bytes() == source
    assert (folder / "b").read_bytes() == output


def test_a_source_from_standard_input_comes_back(run: Run, folder: Path) -> None:
    run("clean", "-o", "b", stdin=SOURCES[0])
    run("revert", "b")
    assert (folder / "b").read_bytes() == SOURCES[0]


def test_a_log_in_a_folder_of_logs_is_found_and_may_be_named(run: Run, folder: Path) -> None:
    for name in ("a", "b"):
        (folder / name).write_bytes(SOURCES[0] + name.encode())
    run("clean", "a", "b", "-o", "out", "--log", "logs")
    assert run("revert", "out/a").status == 0
    assert run("revert", "out/b", "--log", "logs").status == 0
    assert (folder / "out" / "b").read_bytes() == SOURCES[0] + b"b"


def test_a_source_is_left_as_it_is(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(SOURCES[0])
    run("clean", "a", "-o", "b")
    done = run("revert", "a")
    assert done.status == 0
    assert "a: this is the source already, as b.changes.jsonl says" in done.err


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (["clean", "-w", "a"], "a: the text was edited since a.changes.jsonl was written"),
        (["clean", "a"], "a: no log of this text was found near it; name the log with --log"),
    ],
)
def test_a_text_without_a_way_back_stays(run: Run, folder: Path, prepare: list[str], message: str) -> None:
    (folder / "a").write_bytes(SOURCES[0])
    run(*prepare)
    (folder / "a").write_bytes(b"edited")
    done = run("revert", "a")
    assert (done.status, done.err.count("\n")) == (3, 1)
    assert message in done.err
    assert (folder / "a").read_bytes() == b"edited"


def test_a_log_of_another_text_is_refused(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(b"edited")
    (folder / "b").write_bytes(SOURCES[0])
    run("clean", "b", "--log", "l")
    done = run("revert", "a", "--log", "l")
    assert (done.status, "a: the text is not the output of the log" in done.err) == (3, True)


def test_a_log_that_may_not_be_read_is_named(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(b"the rst, signicant\n")
    run("clean", "-w", "a")
    forbid(folder / "a.changes.jsonl")
    done = run("revert", "a")
    assert done.status == 3
    assert "a.changes.jsonl: it may not be read; check its permissions" in done.err


def test_a_missing_file_or_log_is_told(run: Run, folder: Path) -> None:
    assert "a: there is no such file" in run("revert", "a").err
    (folder / "a").write_bytes(b"x")
    assert "nolog: there is no such file" in run("revert", "a", "--log", "nolog").err
    assert run("revert").status == 2


def clean_folder(run: Run, folder: Path) -> None:
    """A folder `out` with the outputs of `a` and `b`, and a note that is none."""
    for name in ("a", "b"):
        (folder / name).write_bytes(SOURCES[0] + name.encode())
    run("clean", "-q", "a", "b", "-o", "out")
    (folder / "out" / "note").write_bytes(b"mine")


def test_a_folder_goes_back_file_by_file(run: Run, folder: Path) -> None:
    clean_folder(run, folder)
    done = run("revert", "out")
    assert (done.status, done.err) == (0, "ligafix: 2 files taken back\n")
    assert [(folder / "out" / name).read_bytes() for name in ("a", "b", "note")] == [
        SOURCES[0] + b"a",
        SOURCES[0] + b"b",
        b"mine",
    ]


def test_a_folder_goes_back_into_another_one(run: Run, folder: Path) -> None:
    clean_folder(run, folder)
    assert run("revert", "out", "-o", "back").err.endswith("ligafix: 2 files taken back\n")
    assert (folder / "back" / "b").read_bytes() == SOURCES[0] + b"b"
    assert (folder / "out" / "b").read_bytes() != SOURCES[0] + b"b"


def test_of_a_folder_the_edited_text_stays_and_the_others_go_back(run: Run, folder: Path) -> None:
    clean_folder(run, folder)
    (folder / "out" / "a").write_bytes(b"edited")
    done = run("revert", "out")
    assert done.status == 3
    assert "out/a: the text was edited since" in done.err
    assert "or revert with --force" in done.err
    assert done.err.endswith("ligafix: 1 file taken back, 1 file not\n")
    assert ((folder / "out" / "a").read_bytes(), (folder / "out" / "b").read_bytes()) == (b"edited", SOURCES[0] + b"b")


def test_force_undoes_what_still_stands_and_lists_the_rest(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(b"the rst and Tokyo, the rst\nsignicant")
    run("clean", "-q", "-w", "a")
    text = (folder / "a").read_text()
    (folder / "a").write_text("More. " + text.replace("Tōkyō", "Kyōto"))
    done = run("revert", "--force", "a")
    assert (folder / "a").read_text() == "More. the rst and Kyōto, the rst\nsignicant"
    assert done.status == 1
    assert "a: the changes of a.changes.jsonl were undone but for 1; the edits since then stay\n" in done.err
    assert "a: not undone: Tokyo → Tōkyō, in line 1 of the source\n" in done.err


def test_a_text_edited_between_two_runs_goes_back_beyond_the_edit_by_the_log_that_is_named(
    run: Run, folder: Path
) -> None:
    (folder / "a").write_bytes(b"the rst\n")
    run("clean", "-w", "a")
    (folder / "a").write_bytes((folder / "a").read_bytes() + b"signicant\n")
    run("clean", "-w", "a")
    run("revert", "a")
    for options in ((), ("--force",)):
        done = run("revert", "a", *options)
        assert done.err == (
            "ligafix: a: this is the source already, as a.2.changes.jsonl says; "
            "to undo the run before, too, add --log a.changes.jsonl --force\n"
        )
    assert run("revert", "a", "--log", "a.changes.jsonl", "--force").status == 0
    assert (folder / "a").read_bytes() == b"the rst\nsignicant\n"


def test_force_on_a_text_that_was_not_edited_gives_the_source(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(SOURCES[2])
    run("clean", "-w", "a")
    assert run("revert", "--force", "a").status == 0
    assert (folder / "a").read_bytes() == SOURCES[2]


def test_two_files_of_one_name_do_not_go_into_one_place(run: Run, folder: Path) -> None:
    clean_folder(run, folder)
    run("clean", "-q", "a", "-o", "more/a")
    done = run("revert", "out/a", "more/a", "-o", "back")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "back/a would be written twice" in done.err


def test_a_folder_without_outputs_is_told(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    assert "empty: there is no audit log in this folder" in run("revert", "empty").err


LATER = b'{"type": "header", "schema": 2}\n'
LATER_TOLD = "a later version of ligafix wrote this log (schema 2); update ligafix"


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (None, "a.changes.jsonl: line 2 is not JSON as in an audit log"),
        (b"", "a.changes.jsonl: line 1 is not JSON as in an audit log"),
        (LATER, f"a.changes.jsonl: {LATER_TOLD}"),
    ],
    ids=["truncated", "empty", "of a later schema"],
)
def test_a_log_of_a_folder_that_cannot_be_read_is_told_and_the_others_go_back(
    run: Run, folder: Path, log: bytes | None, told: str
) -> None:
    clean_folder(run, folder)
    path = folder / "out" / "a.changes.jsonl"
    path.write_bytes(path.read_bytes()[:-20] if log is None else log)
    done = run("revert", "out", "-o", "back")
    assert (done.status, done.err.count("\n")) == (3, 2)
    assert told in done.err
    assert done.err.endswith("ligafix: 1 file taken back, 1 file not\n")
    assert [path.name for path in (folder / "back").iterdir()] == ["b"]
    assert (folder / "back" / "b").read_bytes() == SOURCES[0] + b"b"


def test_the_only_log_says_itself_why_it_cannot_be_read(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(SOURCES[0])
    run("clean", "-q", "a", "-o", "out/a")
    (folder / "out" / "a.changes.jsonl").write_bytes(LATER)
    for place in ("out", "out/a"):
        done = run("revert", place, "-o", "back")
        assert (done.status, done.err.count("\n")) == (3, 1)
        assert f"out/a.changes.jsonl: {LATER_TOLD}" in done.err


def test_an_output_that_is_gone_is_told_and_the_others_go_back(run: Run, folder: Path) -> None:
    clean_folder(run, folder)
    (folder / "out" / "a").unlink()
    done = run("revert", "out", "-o", "back")
    assert done.status == 3
    assert "out/a: there is no such file, and the source comes back only from it" in done.err
    assert (folder / "back" / "b").read_bytes() == SOURCES[0] + b"b"
    (folder / "out" / "b").unlink()
    assert run("revert", "out").status == 3
