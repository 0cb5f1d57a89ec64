"""A review goes through series and places, and every decision is in its file at once."""

from itertools import count
from pathlib import Path

import pytest

from ligafix.audit.collect import read_documents
from ligafix.audit.decisions import Decision, SeriesKey, Verdict, read_decisions, to_json, write_decisions
from ligafix.audit.review import DecisionFile, Review
from ligafix.audit.series import group_series
from tests.audit.test_chain import write_run

ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT


def begin(folder: Path, reviewer: str | None = "Ada", *, whole: bool = True) -> Review:
    """A review of three series: `rst` three times, `signicant` twice, `led` once."""
    log = write_run(folder / "a", folder / "b", data=b"rst rst rst signicant signicant led")
    seconds = count()
    clock = lambda: f"2026-01-31T12:00:{next(seconds):02}Z"  # noqa: E731
    file = DecisionFile(folder / "d.jsonl", reviewer, clock)
    return Review(group_series(read_documents([log])), file, folder / "w", whole=whole)


def said(folder: Path) -> list[tuple[str, str]]:
    return [(d.key.before, d.verdict) for d in read_decisions(folder / "d.jsonl")]


def test_a_decision_is_written_and_the_next_series_comes(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.decide(ACCEPT)
    assert (review.current and review.current.key.before, review.decided()) == ("signicant", 1)
    review.decide(EDIT, "signifying")
    assert said(tmp_path) == [("rst", "accept"), ("signicant", "edit")]
    review.decide(REJECT)
    assert (review.current, review.decided()) == (None, 3)


def test_a_review_goes_on_where_it_ended(tmp_path: Path) -> None:
    begin(tmp_path).decide(ACCEPT)
    again = begin(tmp_path)
    assert (again.current and again.current.key.before, again.decided()) == ("signicant", 1)
    assert begin(tmp_path, reviewer="Bob").decided() == 0


def test_a_review_goes_on_after_a_line_was_cut_off(tmp_path: Path) -> None:
    begin(tmp_path).decide(ACCEPT)
    with (tmp_path / "d.jsonl").open("a") as file:
        file.write('{"type": "decis')
    begin(tmp_path).decide(REJECT)
    assert said(tmp_path) == [("rst", "accept"), ("signicant", "reject")]


def test_undo_takes_decisions_back_one_by_one_even_of_an_earlier_session(tmp_path: Path) -> None:
    begin(tmp_path).decide(ACCEPT)
    review = begin(tmp_path)
    review.decide(REJECT)
    assert review.undo()
    assert (review.current and review.current.key.before, said(tmp_path)) == ("signicant", [("rst", "accept")])
    review.undo()
    assert (review.current and review.current.key.before, said(tmp_path)) == ("rst", [])
    assert not review.undo()


def test_undo_leaves_the_decisions_of_others(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.decide(ACCEPT)
    other = Decision(SeriesKey("fake", "led", "filed"), REJECT, None, "Bob")
    write_decisions(tmp_path / "d.jsonl", [*read_decisions(tmp_path / "d.jsonl"), other])
    begin(tmp_path).undo()
    assert [to_json(d) for d in read_decisions(tmp_path / "d.jsonl")] == [to_json(other)]


def test_undo_brings_the_earlier_decision_about_the_same_back(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.decide(ACCEPT)
    review.move(-1)
    review.decide(REJECT)
    review.undo()
    found = review.current and review.file.find(review.current.key)
    assert found
    assert found.verdict == ACCEPT


def test_places_are_decided_one_by_one_and_then_the_next_series_comes(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.enter_places()
    for verdict in (ACCEPT, REJECT, ACCEPT):
        review.decide(verdict)
    assert (review.place, review.current and review.current.key.before, review.decided()) == (None, "signicant", 1)
    assert [getattr(d.key, "start", None) for d in read_decisions(tmp_path / "d.jsonl")] == [0, 4, 8]
    review.undo()
    assert (review.index, review.place) == (0, 2)


def test_places_go_on_at_the_first_that_is_not_decided(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.enter_places()
    review.decide(ACCEPT)
    review.leave_places()
    review.enter_places()
    assert review.place == 1


def test_never_again_rejects_and_has_later_runs_ignore_it_until_it_is_taken_back(tmp_path: Path) -> None:
    review = begin(tmp_path)
    assert review.never()
    assert (said(tmp_path), (tmp_path / "w").read_text()) == ([("rst", "reject")], "!rst=first\n")
    review.undo()
    assert (said(tmp_path), (tmp_path / "w").read_text()) == ([], "")


def test_taking_never_again_back_gives_the_dictionary_back_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "w").write_text("rst=first  # from Ada\nBiffen\n")
    review = begin(tmp_path)
    review.never()
    assert (tmp_path / "w").read_text() == "Biffen\n!rst=first\n"
    review.undo()
    assert (tmp_path / "w").read_text() == "rst=first  # from Ada\nBiffen\n"


def test_search_goes_round(tmp_path: Path) -> None:
    review = begin(tmp_path)
    assert review.search("FILED")
    assert review.current
    assert review.current.key.before == "led"
    assert review.search("r")
    assert review.index == 0
    assert not review.search("nowhere")
    assert review.index == 0


def test_moving_stays_within(tmp_path: Path) -> None:
    review = begin(tmp_path)
    review.move(-1)
    assert review.index == 0
    for _ in range(5):
        review.move(1)
    assert review.index == 3
    with pytest.raises(IndexError):
        review.decide(ACCEPT)


def test_of_a_series_in_part_only_the_places_that_are_shown_are_decided(tmp_path: Path) -> None:
    review = begin(tmp_path, whole=False)
    review.decide(REJECT)
    assert said(tmp_path) == [("rst", "reject")] * 3
    assert [type(d.key).__name__ for d in read_decisions(tmp_path / "d.jsonl")] == ["PlaceKey"] * 3
    assert review.index == 1
    review.move(-1)
    verdict = review.verdict()
    assert verdict
    assert verdict.verdict == REJECT
    review.undo()
    assert (said(tmp_path), review.index, review.place) == ([], 0, None)
