"""Decisions on the record: whatever the bytes and the decisions, the new log leads both ways and obeys its schema."""

import json
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ligafix.audit.decided import decide_text
from ligafix.audit.decisions import Decision, Key, Verdict
from ligafix.audit.log import AuditLog
from ligafix.audit.record import clean_bytes
from ligafix.audit.series import place_key, series_of
from ligafix.errors import InputError, ReplayError
from tests.audit.test_log import DAMAGED, VALIDATOR
from tests.fakes import fake_cleaner

LOG, OUTPUT = Path("out/a.changes.jsonl"), Path("out/a")
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])


def logged(data: bytes, encoding: str) -> tuple[AuditLog, bytes]:
    """The log of a run of the fake cleaner, and the output."""
    cleaned = clean_bytes(data, fake_cleaner(), encoding)
    return AuditLog.from_bytes(cleaned.make_log(LOG, Path("a"), OUTPUT)), cleaned.output.data


@given(st.data(), DAMAGED, ENCODINGS, st.booleans())
def test_the_new_log_leads_both_ways(draws: st.DataObject, text: str, encoding: str, from_output: bool) -> None:
    data = text.encode(encoding, "replace")
    try:
        log, output = logged(data, encoding)
    except InputError:
        assume(False)  # these bytes are no text
    decisions: dict[Key, Decision] = {}
    keys = [place_key(log.header.source.sha256, c) for c in log.changes] + [
        k for c in log.changes for k in series_of(c)
    ]
    for key in keys:
        verdict = draws.draw(st.sampled_from([None, *Verdict]))
        if verdict:
            edit = draws.draw(st.text(max_size=3)) if verdict == Verdict.EDIT else None
            decisions[key] = Decision(key, verdict, edit)
    decided = decide_text(output if from_output else data, log, decisions, "Ada")
    new = decided.make_log(LOG, OUTPUT, LOG)
    read = AuditLog.from_bytes(new)
    assert (read.replay(data), read.undo(decided.output.data)) == (decided.output.data, data)
    for line in new.splitlines():
        VALIDATOR.validate(json.loads(line))


def test_the_new_log_names_its_texts_from_where_it_stands(tmp_path: Path) -> None:
    log, output = logged(b"the rst", "utf-8")
    decided = decide_text(output, log, {})
    old, new = tmp_path / LOG, tmp_path / "final" / "x" / "b.jsonl"
    header = AuditLog.from_bytes(decided.make_log(new, tmp_path / "final" / "b", old)).header
    assert (header.source.path, header.output.path) == ("../../a", "../b")


def test_another_text_is_refused() -> None:
    log, _ = logged(b"the rst", "utf-8")
    with pytest.raises(ReplayError, match="edited since"):
        decide_text(b"the rest", log, {})


def test_an_edit_that_does_not_fit_the_encoding_makes_the_output_utf8() -> None:
    log, output = logged(b"caf\xe9 rst", "cp1252")
    key = place_key(log.header.source.sha256, log.changes[0])
    decided = decide_text(output, log, {key: Decision(key, Verdict.EDIT, "fīrst")})
    assert (decided.output.encoding, decided.output.data.decode()) == ("utf-8", "café fīrst")
