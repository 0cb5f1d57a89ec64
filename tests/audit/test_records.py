"""The logs of records: looked at, and led back, as those of texts."""

import gzip
import json
from itertools import product
from pathlib import Path

import pytest

from ligafix.audit.collect import find_logs, read_documents
from ligafix.audit.decisions import Decision, SeriesKey, Verdict, write_decisions
from ligafix.audit.records import find_record_logs, read_record_logs
from ligafix.audit.revert_records import revert_records
from ligafix.cli import run
from ligafix.corpus import plan
from ligafix.errors import InputError, ReplayError
from ligafix.formats import compression
from tests.corpus.inline import CLEAN, DAMAGED, clean_folder

LINES = [
    *(json.dumps({"url": f"u{n}", "text": text}).encode() for n, text in enumerate([DAMAGED, CLEAN, DAMAGED])),
    b'{"url": "odd", "text": "The rst o\\u0063er saw the caf\\u00e9 \\/ the sta, and the le.", "deep": {"a": 1.50}}',
    '{"url": "plain", "text": "The rst ocer of the café."}'.encode(),
    b"",
    b'{"url": "none"}',
    json.dumps({"url": "last", "text": DAMAGED}).encode(),
]


@pytest.fixture
def out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The outputs of some records in several parts, of which one failed."""
    monkeypatch.setattr(plan, "SHARD_RECORDS", 3)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.jsonl").write_bytes(b"\n".join(LINES))
    clean_folder(tmp_path / "in", tmp_path / "out", id_field="url")
    return tmp_path / "out"


def test_every_record_that_changed_is_a_document_with_its_id(out: Path) -> None:
    documents = list(read_documents(find_logs([out])))
    assert [document.name.rpartition("/")[2] for document in documents] == [
        f"a.jsonl#{name}" for name in ("u0", "u2", "odd", "plain", "last")
    ]
    assert documents[0].read_source() == DAMAGED
    assert [d.name for d in read_documents(find_logs([out / "a.jsonl"]))] == [d.name for d in documents]


def test_texts_of_records_are_found_whatever_the_order(out: Path) -> None:
    documents = list(read_documents(find_logs([out])))
    assert [d.read_source() for d in reversed(documents)] == [d.read_source() for d in documents][::-1]


def test_texts_of_records_are_found_by_the_way_back_where_the_source_is_gone(out: Path) -> None:
    expected = [document.read_source() for document in read_documents(find_logs([out]))]
    (out.parent / "in/a.jsonl").unlink()
    found = [document.read_source() for document in read_documents(find_logs([out]))]
    assert found == expected
    assert None not in found


def test_the_least_certain_of_all_records_are_chosen(out: Path) -> None:
    every = sorted(e.change.confidence for d in read_documents(find_logs([out])) for e in d.entries)
    chosen = [e.change.confidence for d in read_documents(find_logs([out]), least_certain=3) for e in d.entries]
    assert sorted(chosen) == every[:3]


def test_records_go_back_byte_for_byte_but_for_those_that_failed(out: Path, tmp_path: Path) -> None:
    number = revert_records(out / "a.jsonl", find_record_logs(out / "a.jsonl"), tmp_path / "back.jsonl")
    assert (tmp_path / "back.jsonl").read_bytes() == b"\n".join(LINES[:6] + LINES[7:])
    assert number == 6


def test_records_that_went_back_stay_as_they_are(out: Path) -> None:
    for _ in range(2):
        revert_records(out / "a.jsonl", find_record_logs(out / "a.jsonl"), out / "a.jsonl")
        assert (out / "a.jsonl").read_bytes() == b"\n".join(LINES[:6] + LINES[7:])


@pytest.mark.parametrize("kept", [-1, 2])
def test_a_file_of_records_that_was_edited_is_refused(out: Path, kept: int) -> None:
    lines = (out / "a.jsonl").read_bytes().split(b"\n")
    (out / "a.jsonl").write_bytes(b"\n".join(lines[:kept]))
    with pytest.raises(ReplayError, match="fewer records"):
        revert_records(out / "a.jsonl", find_record_logs(out / "a.jsonl"), out / "a.jsonl")
    (out / "a.jsonl").write_bytes(b"\n".join([lines[0].replace(b"first", b"last"), *lines[1:]]))
    with pytest.raises(ReplayError, match="record 1: "):
        revert_records(out / "a.jsonl", find_record_logs(out / "a.jsonl"), out / "a.jsonl")


def test_a_table_goes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(plan, "SHARD_RECORDS", 2)
    table = pa.table({"id": [1, 2, 3, 4, 5], "text": [DAMAGED, CLEAN, DAMAGED, CLEAN, DAMAGED]})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=3)
    clean_folder(tmp_path / "a.parquet", tmp_path / "out", id_field="id")
    assert run(["revert", str(tmp_path / "out"), "-o", str(tmp_path / "back")]) == 0
    assert pq.read_table(tmp_path / "back/a.parquet").equals(table)
    documents = list(read_documents(find_logs([tmp_path / "out"])))
    assert [d.name.rpartition("#")[2] for d in documents] == ["1", "3", "5"]
    assert {d.read_source() for d in documents} == {DAMAGED}


def test_the_commands_read_the_logs_of_records(out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["diff", str(out)]) == 0
    shown = capfd.readouterr().out
    assert "a.jsonl#u0:1: " in shown
    assert "{+first+}" in shown
    assert run(["diff", str(out), "--json"]) == 0
    assert json.loads(capfd.readouterr().out.partition("\n")[0])["id"] == "u0"
    for form in ("--stat", "--sarif"):
        assert run(["diff", str(out), form]) == 0
    page = tmp_path / "page.html"
    assert run(["report", str(out), "-o", str(page)]) == 0
    assert page.read_bytes().lower().startswith(b"<!doctype html>")


def test_what_cannot_be_done_with_records_says_what_to_do_instead(
    out: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    decisions = tmp_path / "decisions.jsonl"
    key = SeriesKey("ligatures", "rst", "first")
    write_decisions(decisions, [Decision(key, Verdict.REJECT, None, "ada", "2026-01-01T00:00:00Z")])
    for place in (out, out / "a.jsonl"):
        assert run(["apply", str(place), "--decisions", str(decisions), "-o", str(tmp_path / "x")]) != 0
        assert "`ligafix learn" in capfd.readouterr().err
    assert run(["diff", str(out), "--patch"]) != 0
    assert "records have no lines to patch" in capfd.readouterr().err


def test_a_damaged_log_of_records_is_told(out: Path) -> None:
    log = find_record_logs(out / "a.jsonl")[0]
    for data in (b'{"type": "record"}\nno\n', b'{"type": "record", "a": ' + b"[" * 100_000):
        log.write_bytes(gzip.compress(data))
        with pytest.raises(InputError, match=r"records\.jsonl\.gz"):
            list(read_record_logs(log))


def test_a_log_of_records_that_is_a_decompression_bomb_is_refused(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = find_record_logs(out / "a.jsonl")[0]
    monkeypatch.setattr(compression, "FREE_EXPANSION", 1 << 10)
    padded = gzip.decompress(log.read_bytes()).removesuffix(b"\n") + b" " * 10_000 + b"\n"
    for bomb in (padded * 1000, b" " * (8 << 20)):
        log.write_bytes(gzip.compress(bomb))
        with pytest.raises(InputError, match=r"records\.jsonl\.gz: .* decompression bomb"):
            list(read_record_logs(log))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *product(["place"], (5, None)),
        *product(["record"], (-1, "1", True, None)),
        *product(["source", "output"], (5, "a\0b")),
        *product(["field"], (5, [])),
        *product(["spelling"], (5, "\ud800")),
        ("more", 1),
    ],
)
def test_a_head_with_a_value_that_no_log_has_is_refused(out: Path, name: str, value: object) -> None:
    log = find_record_logs(out / "a.jsonl")[0]
    head, *rest = gzip.decompress(log.read_bytes()).split(b"\n")
    changed = json.dumps({**json.loads(head), name: value}).encode()
    log.write_bytes(gzip.compress(b"\n".join([changed, *rest])))
    with pytest.raises(InputError, match="a record's log has no head"):
        list(read_record_logs(log))


@pytest.mark.parametrize("field", ["none", "id"])
def test_a_log_that_names_a_column_without_texts_leads_nowhere(tmp_path: Path, field: str) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    pq.write_table(pa.table({"id": [1], "text": [DAMAGED]}), tmp_path / "a.parquet")
    clean_folder(tmp_path / "a.parquet", tmp_path / "out", id_field="id")
    (log,) = find_record_logs(tmp_path / "out/a.parquet")
    spelled = gzip.decompress(log.read_bytes()).replace(b'"field": "text"', f'"field": "{field}"'.encode())
    log.write_bytes(gzip.compress(spelled))
    assert [document.read_source() for document in read_documents([log])] == [None]
    with pytest.raises(ReplayError, match="record 1: there is no text in the field"):
        revert_records(tmp_path / "out/a.parquet", [log], tmp_path / "back.parquet")
