"""`ligafix revert` gives back the source, byte for byte."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

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


def test_a_missing_file_or_log_is_told(run: Run, folder: Path) -> None:
    assert "a: there is no such file" in run("revert", "a").err
    (folder / "a").write_bytes(b"x")
    assert "nolog: there is no such file" in run("revert", "a", "--log", "nolog").err
    assert run("revert").status == 2
