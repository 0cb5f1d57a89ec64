"""The report's data: each change stands in its excerpt where the page will look for it."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import Change
from ligafix.audit.report import make_payload
from ligafix.audit.report.excerpts import AROUND, count_utf16, cut_excerpts, find_positions
from ligafix.audit.report.payload import shorten
from ligafix.audit.series import REVIEW_STAGE
from ligafix.changes import Candidate, Status, Step
from tests.audit.documents import write

SIGNS = st.text(st.sampled_from("aé \n\r\x0c𝕏😀\udcff"), min_size=1)


def made(start: int, end: int, source: str) -> Change:
    return Change(start, end, source[start:end], "x", Status.APPLIED, 0.95, (Step("s", "r", "a", "b", 0.95),))


@st.composite
def damaged(draw: st.DrawFn) -> tuple[str, list[Change]]:
    source = draw(SIGNS) * draw(st.integers(1, 80))
    places = draw(st.lists(st.integers(0, len(source) - 1), max_size=12))
    changes = [made(p, min(len(source), p + draw(st.integers(1, 5))), source) for p in places]
    return source, sorted(changes, key=lambda c: (c.start, c.end))


@given(damaged())
def test_every_change_is_found_in_its_excerpt_as_browsers_count(case: tuple[str, list[Change]]) -> None:
    source, changes = case
    excerpts = cut_excerpts(source, changes)
    for change, (number, offset) in zip(changes, find_positions(excerpts, changes), strict=True):
        units = excerpts[number].text.encode("utf-16-le", "surrogatepass")
        before = units[2 * offset :].decode("utf-16-le", "surrogatepass")
        assert before.startswith(change.before)


@given(damaged())
def test_excerpts_are_apart_and_hold_what_stands_around(case: tuple[str, list[Change]]) -> None:
    source, changes = case
    excerpts = cut_excerpts(source, changes)
    assert all(source.startswith(e.text, e.start) for e in excerpts)
    assert all(a.start + len(a.text) < b.start for a, b in pairwise(excerpts))
    for change in changes:
        near = source[max(0, change.start - AROUND) : change.end + AROUND]
        assert any(near in excerpt.text for excerpt in excerpts)


def test_utf_16_units_are_counted_also_of_halves_of_pairs() -> None:
    assert count_utf16("a𝕏\udcff") == 4


def test_a_change_is_a_row_of_every_column(tmp_path: Path) -> None:
    payload = make_payload([write(tmp_path, "The rst xq was led.\n"), write(tmp_path, "rst", "b.txt")], "two")
    changes = payload["changes"]
    assert {len(column) for column in changes.values()} == {4}
    assert changes["status"] == ["applied", "suspected", "suggested", "applied"]
    assert changes["confidence"][0] == 9876  # ten-thousandths, as in the log
    assert [d["changes"] for d in payload["documents"]] == [3, 1]


def test_series_are_those_of_the_audit(tmp_path: Path) -> None:
    payload = make_payload([write(tmp_path, "rst rst led")], "one")
    pairs, series = payload["pairs"], payload["changes"]["series"]
    told = [(pairs["stage"][n], pairs["before"][n], pairs["after"][n]) for n in series]
    assert told == [("fake", "rst", "first"), ("fake", "rst", "first"), ("fake", "led", "filed")]


def test_a_change_of_several_steps_is_in_the_series_of_each(tmp_path: Path) -> None:
    steps = (Step("codes", "code", "a®", "afi", 0.9), Step("hyphens", "joined", "afi-\n b", "afib", 0.9))
    change = Change(0, 6, "a®-\n b", "afib", Status.APPLIED, 0.81, steps)
    payload = make_payload([write(tmp_path, "a®-\n b", changes=[change])], "one")
    assert payload["changes"]["series"] == [[0, 1]]
    assert payload["changes"]["steps"] == [[0, 1]]
    assert payload["pairs"]["before"] == ["a®", "afi-\n b"]


def test_equal_steps_are_kept_once(tmp_path: Path) -> None:
    payload = make_payload([write(tmp_path, "rst " * 50)], "one")
    assert len(payload["steps"]["pair"]) == 1
    assert payload["steps"]["candidates"] == [(("first", 9876), ("rst", 123))]


def test_what_a_reviewer_wrote_stands_beside_what_was_proposed(tmp_path: Path) -> None:
    steps = (Step("fake", "r", "rst", "first", 0.9), Step(REVIEW_STAGE, "edit", "first", "1st", 1.0))
    change = Change(0, 3, "rst", "1st", Status.APPLIED, 0.9, steps, decided_by="Ada")
    changes = make_payload([write(tmp_path, "rst", changes=[change])], "one")["changes"]
    assert (changes["after"], changes["written"], changes["decided_by"]) == (["first"], ["1st"], ["Ada"])


def test_a_document_whose_source_is_gone_shows_what_the_log_says(tmp_path: Path) -> None:
    document = write(tmp_path, "The rst was led.\n")
    for name in ("page.txt", "restored-page.txt"):
        (tmp_path / name).write_text("another text", encoding="utf-8")
    payload = make_payload([document], "one")
    assert payload["documents"][0]["excerpts"] == ["rst", "led"]
    assert payload["documents"][0]["evidence"] is None
    assert payload["changes"]["offset"] == [0, 0]


def test_the_evidence_tells_only_of_signs_that_stand_for_something(tmp_path: Path) -> None:
    source = "The ®rst of®ce is of no signi®cance, they ®nd. Acme™ sent the ®nal ®gures. " * 3
    evidence = make_payload([write(tmp_path, source)], "one")["documents"][0]["evidence"]
    assert [code["sign"] for code in evidence["codes"]] == ["®"]


def test_a_log_without_changes_and_no_log_at_all_make_a_report(tmp_path: Path) -> None:
    assert make_payload([write(tmp_path, "All is well.")], "one")["changes"]["start"] == []
    assert make_payload([], "none")["documents"] == []


def test_the_same_documents_make_the_same_data(tmp_path: Path) -> None:
    first, second = (json.dumps(make_payload([write(tmp_path, "rst xq led")], "one")) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        ([], []),
        (["a/b/c.txt"], ["c.txt"]),
        (["a/b/c.txt", "a/bd/c.txt"], ["b/c.txt", "bd/c.txt"]),
        (["/x/a.txt", "b.txt"], ["/x/a.txt", "b.txt"]),
        (["a.txt", "a.txt"], ["a.txt", "a.txt"]),
    ],
)
def test_names_lose_the_folders_they_share(names: list[str], shown: list[str]) -> None:
    assert shorten(names) == shown


def test_candidates_keep_their_probabilities(tmp_path: Path) -> None:
    step = Step("fake", "r", "rst", "first", 0.9, (Candidate("first", 0.9), Candidate("rst", 0.1)), "why")
    change = Change(0, 3, "rst", "first", Status.APPLIED, 0.9, (step,))
    payload = make_payload([write(tmp_path, "rst", changes=[change])], "one")
    assert payload["steps"]["candidates"] == [(("first", 9000), ("rst", 1000))]
    assert payload["texts"] == ["r", "why"]
