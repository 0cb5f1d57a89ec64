"""Logs are found in folders, and read with the texts they are about."""

import os
import sys
from pathlib import Path

import pytest

from ligafix.audit.collect import find_logs, read_document, read_documents, surroundings
from ligafix.audit.filters import ChangeFilter
from ligafix.audit.report.page import make_page
from ligafix.audit.report.payload import make_payload
from ligafix.changes import Status
from ligafix.errors import InputError, LigafixError, ReplayError
from tests.audit.test_chain import write_run

DATA = b"the rst led signicant xq"


def test_a_folder_means_all_its_logs_at_any_depth(tmp_path: Path) -> None:
    logs = [write_run(tmp_path / n, tmp_path / "x" / n / "out", data=n.encode()) for n in ("a", "b")]
    (tmp_path / "decisions.jsonl").write_text('{"type": "decision"}\n')
    assert find_logs([tmp_path]) == logs
    assert find_logs([tmp_path, logs[0], tmp_path / "x" / "b" / "out"]) == logs


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_pipe_in_a_folder_is_not_waited_for(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    os.mkfifo(tmp_path / "pipe.jsonl")
    assert find_logs([tmp_path]) == [log]


def test_a_folder_without_logs_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no audit log in this folder"):
        find_logs([tmp_path])


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none: there is no such file"):
        find_logs([tmp_path / "none"])


def test_a_document_is_named_as_seen_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = write_run(tmp_path / "in" / "a.txt", tmp_path / "out" / "a.txt")
    assert read_document(log).name == (tmp_path / "in" / "a.txt").as_posix()
    monkeypatch.chdir(tmp_path)
    assert read_document(log.relative_to(tmp_path)).name == "in/a.txt"


def test_the_source_comes_from_the_disk_or_back_from_the_output(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b", data=DATA)
    document = read_document(log)
    assert document.read_source() == DATA.decode()
    (tmp_path / "a").write_bytes(b"edited")
    assert document.read_source() == DATA.decode()
    (tmp_path / "b").unlink()
    assert document.read_source() is None


def test_the_source_of_a_file_cleaned_in_place_comes_back(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "a", data=DATA)
    assert read_document(log, ChangeFilter(below=0.0)).read_source() == DATA.decode()


@pytest.mark.parametrize(
    ("chosen", "befores"),
    [
        (ChangeFilter(), ["rst", "led", "signicant", "xq"]),
        (ChangeFilter(statuses=frozenset([Status.SUGGESTED])), ["led"]),
        (ChangeFilter(below=0.9), ["led"]),
        (ChangeFilter(pairs=frozenset([("rst", "first"), ("led", "fled")])), ["rst"]),
        (ChangeFilter(stages=frozenset(["marks"])), []),
        (ChangeFilter(stages=frozenset(["fake"]), below=0.99, statuses=frozenset([Status.SUSPECTED])), ["xq"]),
    ],
)
def test_a_filter_lets_through_what_it_names(chosen: ChangeFilter, befores: list[str], tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b", data=DATA)
    assert [entry.change.before for entry in read_document(log, chosen).entries] == befores


def test_the_least_certain_of_all_documents_are_found_in_their_order(tmp_path: Path) -> None:
    logs = [write_run(tmp_path / n, tmp_path / f"{n}.out", data=n.encode() + DATA) for n in ("rst ", "led ")]
    found = list(read_documents(logs, least_certain=4))
    assert [[e.change.before for e in d.entries] for d in found] == [["rst", "led"], ["led", "led"]]


def test_a_log_that_cannot_be_read_is_told_and_passed_over(tmp_path: Path) -> None:
    good = write_run(tmp_path / "a", tmp_path / "b")
    (tmp_path / "bad.jsonl").write_bytes(good.read_bytes() + b"{\n")
    errors: list[LigafixError] = []
    documents = list(read_documents([tmp_path / "bad.jsonl", good], on_error=errors.append))
    assert ([d.path for d in documents], len(errors)) == ([good], 1)
    with pytest.raises(InputError, match=r"bad\.jsonl: line 3"):
        list(read_documents([tmp_path / "bad.jsonl", good]))


def test_a_log_whose_changes_do_not_fit_its_source_is_told(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a.txt", tmp_path / "out" / "a.txt", data=DATA)
    log.write_bytes(log.read_bytes().replace(b'"start": 4, "end": 7', b'"start": 5004, "end": 5007'))
    with pytest.raises(ReplayError, match="the change at 5004 does not fit the source"):
        read_document(log).read_source()
    make_page(make_payload([read_document(log)], "title"))  # as without the source


def test_the_surroundings_of_a_place_end_with_its_line_and_are_bounded() -> None:
    assert surroundings("one\nthe rst of\nall", 8, 11) == ("the ", " of")
    assert surroundings("x" * 10 + "rst" + "y" * 10, 10, 13, most=3) == ("xxx", "yyy")
