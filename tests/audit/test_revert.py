"""The source of a cleaned text comes back by its log."""

import gzip
from pathlib import Path

import pytest

from ligafix.audit.revert import read_log, revert
from ligafix.errors import InputError, ReplayError
from ligafix.formats import compression, jsonl
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


def test_a_packed_log_is_read_and_a_decompression_bomb_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    packed = tmp_path / "packed.changes.jsonl.gz"
    packed.write_bytes(gzip.compress(log.read_bytes()))
    assert read_log(packed) == read_log(log)
    monkeypatch.setattr(compression, "FREE_EXPANSION", 1 << 10)
    header, change = log.read_bytes().splitlines(keepends=True)
    packed.write_bytes(gzip.compress(header + (change.removesuffix(b"\n") + b" " * 10_000 + b"\n") * 1000))
    with pytest.raises(InputError, match=r"packed\.changes\.jsonl\.gz: .* decompression bomb"):
        read_log(packed)


def test_a_log_with_a_line_that_does_not_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    log.write_bytes(log.read_bytes() + b"[" * (2 << 20))
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1 << 20)
    with pytest.raises(InputError, match="it has a line of more than 1 MB"):
        read_log(log)
