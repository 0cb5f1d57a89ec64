"""Decisions are read as they were written, refused where they are none, and brought together."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.audit.decisions import (
    DECISIONS_SCHEMA_FILE,
    Decision,
    PlaceKey,
    SeriesKey,
    Verdict,
    append_decision,
    from_record,
    merge,
    merge_files,
    now,
    read_decisions,
    to_json,
    write_decisions,
)
from ligafix.errors import InputError, OutputError

VALIDATOR = jsonschema.Draft202012Validator(json.loads(DECISIONS_SCHEMA_FILE.read_text(encoding="utf-8")))
SERIES = SeriesKey("ligatures", "rst", "first")
PLACE = PlaceKey("0" * 64, 4, 7, "rst", "first")
ANY_TEXT = st.text(st.characters(), max_size=5)
KEYS = st.one_of(
    st.builds(SeriesKey, ANY_TEXT, ANY_TEXT, ANY_TEXT),
    st.builds(PlaceKey, ANY_TEXT, st.integers(0, 9), st.integers(0, 9), ANY_TEXT, ANY_TEXT),
)
NAMES = st.one_of(st.none(), ANY_TEXT)
TIMES = st.sampled_from([None, "2026-01-31T12:00:00Z", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:01+00:00"])


@st.composite
def any_decision(draw: st.DrawFn) -> Decision:
    verdict = draw(st.sampled_from(Verdict))
    text = draw(ANY_TEXT) if verdict == Verdict.EDIT else None
    return Decision(draw(KEYS), verdict, text, draw(NAMES), draw(TIMES))


def record(**changed: Any) -> dict[str, Any]:
    """A decision about a series, as its line says, with some fields changed."""
    return {**json.loads(to_json(Decision(SERIES, Verdict.REJECT, None, "Ada", "2026-01-31T12:00:00Z"))), **changed}


@given(any_decision())
def test_a_decision_reads_back_as_it_was_written_and_obeys_its_schema(decision: Decision) -> None:
    line = to_json(decision)
    assert line.isascii()
    VALIDATOR.validate(json.loads(line))
    assert from_record(json.loads(line)) == decision


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (record(colour="red"), "a decision has no field 'colour'"),
        (record(type="change"), "this is no decision"),
        (record(scope="page"), "the scope is 'page'; it is place or series"),
        (record(scope="place"), "a decision has no field 'stage'"),
        (record(verdict="maybe"), "the verdict is 'maybe'; it is accept, reject or edit"),
        (record(verdict="edit"), "a text goes with the verdict edit, and with no other"),
        (record(text="x"), "a text goes with the verdict edit, and with no other"),
        (record(before=3), "before is 3; it is a string"),
        (record(reviewer=3), "reviewer is 3; it is a string or null"),
        (record(time="yesterday"), "time is 'yesterday'; it is in ISO 8601 and UTC"),
        (record(time="2026-01-31T12:00:00+01:00"), "it is in ISO 8601 and UTC"),
        ([], "this is no decision"),
    ],
)
def test_what_is_no_decision_is_refused_with_file_and_line(wrong: object, message: str, tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(f"{json.dumps(record())}\n{json.dumps(wrong)}\n")
    with pytest.raises(InputError) as error:
        read_decisions(path)
    assert str(error.value).startswith(f"{path}: line 2: ")
    assert message in str(error.value)
    assert not VALIDATOR.is_valid(wrong) or "time" in message or "UTC" in message


def test_a_negative_place_is_refused() -> None:
    wrong = {**json.loads(to_json(Decision(PLACE, Verdict.ACCEPT))), "start": -1}
    with pytest.raises(ValueError, match="start is -1"):
        from_record(wrong)
    assert not VALIDATOR.is_valid(wrong)


def test_a_missing_field_is_named() -> None:
    wrong = record()
    del wrong["after"]
    with pytest.raises(ValueError, match="the field 'after' is missing"):
        from_record(wrong)


def test_a_line_that_an_interruption_cut_off_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    line = to_json(Decision(SERIES, Verdict.REJECT))
    path.write_text(f"{line}\n{line[:40]}")
    assert read_decisions(path) == [Decision(SERIES, Verdict.REJECT)]
    path.write_text(f"{line[:40]}\n{line}\n")
    with pytest.raises(InputError, match="line 1: this is not JSON"):
        read_decisions(path)


def test_a_last_line_without_its_line_feed_counts(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(to_json(Decision(SERIES, Verdict.REJECT)))
    assert len(read_decisions(path)) == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl: there is no such file"):
        read_decisions(tmp_path / "none.jsonl")


def test_what_is_written_and_added_is_read(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    first, second = Decision(SERIES, Verdict.REJECT), Decision(PLACE, Verdict.EDIT, "\udcff\n")
    write_decisions(path, [first])
    append_decision(path, second)
    assert read_decisions(path) == [first, second]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_file_on_a_full_disk_is_named() -> None:
    with pytest.raises(OutputError, match=r"^/dev/full: it cannot be written: no space left on device$"):
        append_decision(Path("/dev/full"), Decision(SERIES, Verdict.REJECT))


def test_a_later_decision_of_a_reviewer_takes_the_place_of_the_earlier_one() -> None:
    merged = merge([Decision(SERIES, Verdict.REJECT, None, "Ada"), Decision(SERIES, Verdict.ACCEPT, None, "Ada")])
    assert (merged.decisions[SERIES].verdict, merged.conflicts) == (Verdict.ACCEPT, ())


def test_later_is_told_by_the_times_where_both_have_one() -> None:
    later = Decision(SERIES, Verdict.REJECT, None, "Ada", "2026-01-31T12:00:01.5Z")
    earlier = Decision(SERIES, Verdict.ACCEPT, None, "Ada", "2026-01-31T12:00:01Z")
    assert merge([later, earlier]).decisions[SERIES] == later
    assert merge([earlier, later]).decisions[SERIES] == later


def test_reviewers_who_agree_are_no_conflict() -> None:
    merged = merge([Decision(SERIES, Verdict.REJECT, None, name) for name in ("Ada", "Bob")])
    assert (merged.decisions[SERIES].reviewer, merged.conflicts) == ("Ada", ())


def test_what_reviewers_contradict_each_other_about_is_left_undecided(tmp_path: Path) -> None:
    ada, bob = Decision(SERIES, Verdict.EDIT, "x", "Ada"), Decision(SERIES, Verdict.EDIT, "y", "Bob")
    write_decisions(tmp_path / "ada", [ada, Decision(PLACE, Verdict.ACCEPT, None, "Ada")])
    write_decisions(tmp_path / "bob", [bob])
    merged = merge_files([tmp_path / "ada", tmp_path / "bob"])
    assert list(merged.decisions) == [PLACE]
    (conflict,) = merged.conflicts
    assert (conflict.key, conflict.decisions) == (SERIES, (ada, bob))


def test_the_time_of_a_decision_made_now_is_one_that_is_read() -> None:
    decision = Decision(SERIES, Verdict.ACCEPT, None, None, now())
    assert from_record(json.loads(to_json(decision))) == decision
