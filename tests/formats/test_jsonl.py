"""JSON Lines: one field is replaced, every other byte stays."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.errors import InputError
from ligafix.formats import jsonl
from ligafix.formats.jsonl import read_lines, read_record


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (b'{"a":1.50,"text":"rst"}\n', b'{"a":1.50,"text":"NEW"}\n'),
        (
            b' { "text" : "rst" , "b":[1e5, {"text":"rst"}] } \r\n',
            b' { "text" : "NEW" , "b":[1e5, {"text":"rst"}] } \r\n',
        ),
        (b'{"text": "a", "text": "\\u0066"}', b'{"text": "a", "text": "NEW"}'),
        ('{"ü": 12345678901234567890, "text": ""}'.encode(), '{"ü": 12345678901234567890, "text": "NEW"}'.encode()),
    ],
)
def test_only_the_text_is_replaced(line: bytes, after: bytes) -> None:
    assert read_record(line, "text").with_text("NEW") == after


def test_a_line_in_ascii_stays_so() -> None:
    assert read_record(b'{"text": "x"}', "text").with_text("ü") == b'{"text": "\\u00fc"}'
    assert read_record('{"text": "ö"}'.encode(), "text").with_text("ü") == '{"text": "ü"}'.encode()


@given(
    st.dictionaries(st.text(), st.text() | st.integers() | st.none() | st.booleans()),
    st.text(),
    st.text(),
    st.booleans(),
)
def test_any_record_keeps_its_other_fields(others: dict[str, object], text: str, new: str, ascii_only: bool) -> None:
    record = {**others, "text": text}
    line = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    read = read_record(line, "text")
    assert read.text == text
    assert json.loads(read.with_text(new)) == {**record, "text": new}


def test_the_id_of_a_record_is_known() -> None:
    assert read_record(b'{"url": "u", "text": "x"}', "text", "url").name == "u"


@pytest.mark.parametrize(
    ("line", "error"),
    [
        (b'{"text": "x"', "not a JSON object"),
        (b'["text"]', "not a JSON object"),
        (b'{"text": "x",}', "not a JSON object"),
        (b'{"text": "x"} {}', "not a JSON object"),
        (b"[" * 100_000, "not a JSON object"),
        (b'{"text": "\xff"}', "not UTF-8 at byte 11"),
        (b'{"body": "x"}', "no field 'text'"),
        (b'{"text": null}', "'text' is no text"),
    ],
)
def test_a_broken_record_says_why(line: bytes, error: str) -> None:
    with pytest.raises(InputError, match=error):
        read_record(line, "text")


def test_lines_end_at_line_feeds_only(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"a":"\x85\x1c"}\r\n\n{"b":1}\r{"c":2}')
    assert list(read_lines(path)) == [b'{"a":"\x85\x1c"}\r\n', b"\n", b'{"b":1}\r{"c":2}']


def test_a_line_that_would_fill_the_memory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jsonl, "LONGEST_LINE", 1 << 20)
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * (3 << 20))
    with pytest.raises(InputError, match="has a line of more than"):
        list(read_lines(path))
