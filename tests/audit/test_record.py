"""Cleaning is proven to lead both ways before anything is written."""

import json
from pathlib import Path
from typing import cast

import pytest

from ligafix import Cleaner, Settings
from ligafix.audit.record import clean_bytes
from ligafix.changes import Change, Status
from ligafix.errors import InputError, ReplayError
from tests.fakes import FakeResult, fake_cleaner


@pytest.mark.parametrize(
    "data",
    [b"", b"x", b"\xef\xbb\xbfno end", b"a\r\nb\r\n", b"a\rb\x0c\x1c\xc2\x85", b"\xc3\xa9\xff", b"\xff\xfea\0"],
)
def test_a_text_that_needs_nothing_comes_back_byte_for_byte(data: bytes) -> None:
    cleaned = clean_bytes(data, fake_cleaner())
    assert cleaned.output.data == data
    assert not cleaned.changed


def test_a_repaired_text_keeps_its_encoding_mark_and_line_ends() -> None:
    cleaned = clean_bytes("rst\r\n".encode("utf-16"), fake_cleaner())
    assert cleaned.output.data == "first\r\n".encode("utf-16")
    assert cleaned.changed


def test_changes_that_do_not_lead_to_the_output_are_refused() -> None:
    class LyingCleaner:
        settings = Settings()

        def clean(self, text: str, **_: object) -> FakeResult:
            return FakeResult(text + "!", (Change(0, 1, text[0], "x", Status.SUGGESTED, 0.5, ()),))

    with pytest.raises(ReplayError, match="report this"):
        clean_bytes(b"abc", cast(Cleaner, LyingCleaner()))


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(InputError, match="PNG"):
        clean_bytes(b"\x89PNG\r\n\x1a\n", fake_cleaner())


def test_a_log_names_the_texts_as_seen_from_its_folder(tmp_path: Path) -> None:
    cleaned = clean_bytes(b"rst", fake_cleaner())
    log = cleaned.make_log(tmp_path / "logs" / "l.jsonl", tmp_path / "in" / "a.txt", tmp_path / "out" / "b.txt")
    header = json.loads(log.split(b"\n")[0])
    assert header["source"]["path"] == "../in/a.txt"
    assert header["output"]["path"] == "../out/b.txt"


def test_standard_streams_have_no_path(tmp_path: Path) -> None:
    log = clean_bytes(b"rst", fake_cleaner()).make_log(tmp_path / "l.jsonl", None, None)
    header = json.loads(log.split(b"\n")[0])
    assert header["source"]["path"] is header["output"]["path"] is None
