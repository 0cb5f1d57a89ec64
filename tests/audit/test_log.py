"""A log says what was done, leads from source to output and back, and obeys its schema."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import Settings, __version__
from ligafix.audit.log import SCHEMA_FILE, AuditLog, read_header, verify
from ligafix.audit.record import clean_bytes
from ligafix.errors import InputError, ReplayError
from tests.fakes import REPAIRS, fake_cleaner

VALIDATOR = jsonschema.Draft202012Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))
DICTIONARIES = "0" * 64
PIECES = st.one_of(st.sampled_from([*REPAIRS, "led", "xq", " ", "\n", "\r\n", "\r"]), st.text(max_size=4))
DAMAGED = st.lists(PIECES, max_size=12).map(" ".join)


def record(data: bytes, encoding: str | None = None) -> tuple[AuditLog, bytes]:
    """The log of a run of the fake cleaner, and the output."""
    cleaned = clean_bytes(data, fake_cleaner(), encoding)
    log = AuditLog.record(
        cleaned.source,
        cleaned.output,
        cleaned.changes,
        settings=cleaned.settings,
        dictionaries=DICTIONARIES,
        source_path="../in/page.txt",
        output_path="page.txt",
    )
    return log, cleaned.output.data


def fields(names: Iterable[str], values: Iterable[object]) -> Iterator[dict[str, object]]:
    """Each name with each value, as a field of a record."""
    return ({name: value} for name, value in product(names, values))


def as_records(log: AuditLog) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.to_bytes().removesuffix(b"\n").split(b"\n")]


@given(DAMAGED, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_a_log_of_any_text_leads_both_ways(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    log, output = record(data, encoding)
    assert log.replay(data) == output
    assert log.undo(output) == data
    verify(log.to_bytes(), data, output)


@given(DAMAGED, st.lists(st.binary(max_size=3), max_size=4))
def test_a_log_survives_bad_bytes_and_obeys_its_schema(text: str, noise: list[bytes]) -> None:
    data = b" rst ".join([text.encode(), *noise])
    log, output = record(data, "utf-8")
    assert log.to_bytes().isascii()
    assert log.undo(output) == data
    for line in as_records(log):
        VALIDATOR.validate(line)


@given(DAMAGED)
def test_a_log_reads_back_as_it_was_written(text: str) -> None:
    written = record(text.encode(), "utf-8")[0].to_bytes()
    assert AuditLog.from_bytes(written).to_bytes() == written


def test_the_header_says_what_was_cleaned_by_what() -> None:
    log, output = record(b"\xef\xbb\xbfled\r\nrst\r\n")
    header = as_records(log)[0]
    assert header == {
        "type": "header",
        "schema": 1,
        "ligafix": __version__,
        "source": {
            "path": "../in/page.txt",
            "sha256": log.header.source.sha256,
            "encoding": "utf-8",
            "bom": True,
            "line_ends": "crlf",
        },
        "output": {**header["source"], "path": "page.txt", "sha256": log.header.output.sha256},
        "settings": {
            "stages": list(Settings().stages),
            "languages": [],
            "min_confidence": 0.9,
            "restore_macrons": False,
            "furniture": "remove",
            "footnotes": "keep",
            "reflow": False,
            "ignore": [],
            "prefer": [],
            "protect": [],
            "dictionaries": [],
        },
        "dictionaries": DICTIONARIES,
    }
    assert log.header.output.describes(output)


def test_a_change_says_where_what_and_why() -> None:
    assert as_records(record("Ā\nthe rst".encode())[0])[1] == {
        "type": "change",
        "start": 6,
        "end": 9,
        "line": 2,
        "column": 5,
        "before": "rst",
        "after": "first",
        "status": "applied",
        "confidence": 0.9876,
        "group": None,
        "steps": [
            {
                "stage": "fake",
                "rule": "table",
                "before": "rst",
                "after": "first",
                "confidence": 0.9876,
                "candidates": [
                    {"text": "first", "probability": 0.9876},
                    {"text": "rst", "probability": 0.0123},
                ],
                "evidence": "as the test says",
            }
        ],
    }


def test_changes_stand_in_source_order_whatever_became_of_them() -> None:
    log, _ = record(b"led rst xq rst")
    assert [(c.before, c.status) for c in log.changes] == [
        ("led", "suggested"),
        ("rst", "applied"),
        ("xq", "suspected"),
        ("rst", "applied"),
    ]


@pytest.mark.parametrize(
    ("probability", "logged"), [(0.9, 0.9), (0.89999, 0.8999), (0.99999, 0.9999), (1, 1.0), (0.57, 0.57)]
)
def test_probabilities_are_rounded_down(probability: float, logged: float) -> None:
    log, _ = record(b"rst")
    entry = log.entries[0]
    changed = replace(entry, change=entry.change._replace(confidence=probability))
    assert as_records(replace(log, entries=(changed,)))[1]["confidence"] == logged


def test_an_output_in_another_encoding_goes_back_to_the_source() -> None:
    data = "Tokyo café".encode("cp1252")
    log, output = record(data, "cp1252")
    assert output == "Tōkyō café".encode()
    assert (log.header.source.encoding, log.header.output.encoding) == ("cp1252", "utf-8")
    assert log.undo(output) == data


def test_another_text_is_refused() -> None:
    log, output = record(b"rst")
    with pytest.raises(ReplayError, match="not the source"):
        log.replay(output)
    with pytest.raises(ReplayError, match="not the output"):
        log.undo(b"rst")


@pytest.mark.parametrize(("old", "new"), [(b'"first"', b'"fist"'), (b'"start": 4', b'"start": 3')])
def test_a_log_that_does_not_lead_there_is_refused(old: bytes, new: bytes) -> None:
    log, output = record(b"the rst")
    with pytest.raises(ReplayError):
        verify(log.to_bytes().replace(old, new), b"the rst", output)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "line 1 is not JSON"),
        (b"first\n", "line 1 is not JSON"),
        (b"[1]\n", "line 1 is not JSON"),
        (b'{"a": 1}\n', "not an audit log of ligafix"),
        (b'{"type": "header", "schema": 2}\n', "a later version of ligafix"),
        (b'{"type": "header", "schema": 1}\n', "line 1 is not the header"),
    ],
)
def test_what_is_no_log_is_refused(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=message):
        AuditLog.from_bytes(data)


def test_a_damaged_line_is_named() -> None:
    written = record(b"rst rst")[0].to_bytes()
    with pytest.raises(InputError, match="line 3 is not"):
        AuditLog.from_bytes(written[:-20])
    with pytest.raises(InputError, match="line 2 is not a change"):
        AuditLog.from_bytes(written.replace(b'"applied"', b'"perhaps"'))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("start", value) for value in ("-1", "1e99", "99999999999999999999", "true", '"0"', "null", "0.5")),
        *(("confidence", value) for value in ("NaN", "Infinity", "-1", "2", "true", '"1"')),
        *(("probability", value) for value in ("NaN", "[]")),
        *(("line", value) for value in ("-1", "{}")),
        *(("rule", value) for value in ("1", "null")),
        ("evidence", "1"),
    ],
)
def test_a_value_that_no_log_has_is_refused(name: str, value: str) -> None:
    written = record(b"rst rst")[0].to_bytes().decode()
    changed = re.sub(rf'("{name}": )("[^"]*"|[^,}}]+)', rf"\g<1>{value}", written)
    assert changed != written
    with pytest.raises(InputError, match="line 2 is not a change"):
        AuditLog.from_bytes(changed.encode())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *product(["path"], (5, [], "a\0b", "\ud800")),
        *product(["sha256"], (None, "", "0" * 63, "G" * 64)),
        *product(["encoding"], (None, [], "nonsense", "base64", "a\0b")),
        *product(["bom"], (None, 0, "false")),
        *product(["line_ends"], (None, [], "few")),
        ("more", 1),
    ],
)
@pytest.mark.parametrize("side", ["source", "output"])
def test_a_header_with_a_value_that_no_log_has_is_refused(side: str, name: str, value: object) -> None:
    header = as_records(record(b"rst")[0])[0]
    header[side][name] = value
    with pytest.raises(InputError, match="line 1 is not the header"):
        read_header(json.dumps(header).encode())


@pytest.mark.parametrize(
    "changed",
    [
        *fields(["settings"], (None, [1, 2], "x")),
        *fields(["source", "output"], (None, [], "x")),
        *fields(["dictionaries", "ligafix"], (None, 1, [])),
    ],
    ids=str,
)
def test_a_header_of_other_parts_is_refused(changed: dict[str, Any]) -> None:
    header = as_records(record(b"rst")[0])[0]
    with pytest.raises(InputError, match="line 1 is not the header"):
        read_header(json.dumps({**header, **changed}).encode())


@pytest.mark.parametrize("schema", [True, 0, -1, 1.0, "1", None])
def test_a_header_without_a_version_is_none(schema: object) -> None:
    header = as_records(record(b"rst")[0])[0]
    with pytest.raises(InputError, match="not an audit log of ligafix"):
        read_header(json.dumps({**header, "schema": schema}).encode())


def test_a_byte_order_mark_needs_an_encoding_that_has_one() -> None:
    header = as_records(record(b"rst")[0])[0]
    header["source"] |= {"encoding": "cp1252", "bom": True}
    with pytest.raises(InputError, match="line 1 is not the header"):
        read_header(json.dumps(header).encode())


@pytest.mark.parametrize(
    "changed",
    [
        *fields(["steps"], ([], {}, "", None, [1], [[]], [{}])),
        *fields(["decided_by"], (1, [], None)),
        *fields(["before"], ("", 1, [])),
        *fields(["status"], ([], None)),
        {"group": "1"},
    ],
    ids=str,
)
def test_a_change_of_other_parts_is_refused(changed: dict[str, Any]) -> None:
    header, change = as_records(record(b"rst")[0])
    with pytest.raises(InputError, match="line 2 is not a change"):
        read_records(header, {**change, **changed})


@pytest.mark.parametrize(
    "changed", [{"page": 5}, {"page": None}, {"candidates": {}}, {"candidates": [1]}, {"more": 1}], ids=str
)
def test_a_step_of_other_parts_is_refused(changed: dict[str, Any]) -> None:
    header, change = as_records(record(b"rst")[0])
    with pytest.raises(InputError, match="line 2 is not a change"):
        read_records(header, {**change, "steps": [{**change["steps"][0], **changed}]})


def read_records(*records: dict[str, Any]) -> AuditLog:
    return AuditLog.from_lines(json.dumps(record).encode() for record in records)


def test_the_header_can_be_read_alone() -> None:
    log, _ = record(b"rst")
    assert read_header(log.to_bytes().split(b"\n")[0]) == AuditLog.from_bytes(log.to_bytes()).header


def test_the_schema_is_itself_valid_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(VALIDATOR.schema)
    change = as_records(record(b"rst")[0])[1]
    for bad in ({**change, "more": 1}, {**change, "status": "maybe"}, {**change, "confidence": 1.5}):
        assert not VALIDATOR.is_valid(bad)
