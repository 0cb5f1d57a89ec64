"""The source of a cleaned text comes back by its log."""

from pathlib import Path

import pytest

from ligafix.audit.revert import read_log, revert
from ligafix.errors import InputError, ReplayError
from tests.audit.test_chain import write_run


def test_the_source_comes_back_from_the_output(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    found = revert(tmp_path / "b")
    assert (found.source, found.log, found.was_source) == (b"the rst", log, False)


def test_the_source_is_known_as_such(tmp_path: Path) -> None:
    write_run(tmp_path / "a", tmp_path / "b")
    found = revert(tmp_path / "a")
    assert (found.source, found.was_source) == (b"the rst", True)


def test_the_log_may_be_named_or_its_folder(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b", tmp_path / "x" / "y" / "z.jsonl")
    assert revert(tmp_path / "b", log).source == b"the rst"
    assert revert(tmp_path / "b", log.parent).source == b"the rst"


def test_an_edited_text_is_refused(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    (tmp_path / "b").write_bytes(b"the first.")
    with pytest.raises(ReplayError, match="edited since"):
        revert(tmp_path / "b")
    with pytest.raises(ReplayError, match="edited since"):
        revert(tmp_path / "b", log)


def test_what_is_no_log_is_named(tmp_path: Path) -> None:
    write_run(tmp_path / "a", tmp_path / "b")
    with pytest.raises(InputError, match=r"a: line 1 is not JSON"):
        read_log(tmp_path / "a")
    with pytest.raises(InputError, match=r"none: there is no such file"):
        revert(tmp_path / "b", tmp_path / "none")
