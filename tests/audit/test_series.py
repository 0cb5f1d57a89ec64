"""Changes come together as series, by each of their steps."""

from pathlib import Path

from ligafix.audit.collect import LoggedDocument, read_document
from ligafix.audit.decisions import SeriesKey
from ligafix.audit.log import LoggedChange
from ligafix.audit.series import REVIEW_STAGE, Order, as_proposed, group_series, place_key, series_of
from ligafix.changes import Change, Status, Step
from tests.audit.test_chain import write_run


def step(stage: str, before: str, after: str, confidence: float = 0.9) -> Step:
    return Step(stage, "rule", before, after, confidence)


HYPHEN, LIGATURE = step("hyphens", "signi-\ncant", "signicant"), step("ligatures", "signicant", "significant")


def change(status: Status, *steps: Step, confidence: float = 0.9) -> Change:
    return Change(0, 1, steps[0].before, steps[-1].after, status, confidence, steps)


def document(tmp_path: Path, *changes: Change) -> LoggedDocument:
    read = read_document(write_run(tmp_path / "a", tmp_path / "b"))
    return LoggedDocument(read.path, read.name, read.header, tuple(LoggedChange(c, 1, 1) for c in changes))


def test_a_change_of_several_steps_belongs_to_the_series_of_each() -> None:
    keys = series_of(change(Status.APPLIED, HYPHEN, LIGATURE))
    assert keys == (
        SeriesKey("hyphens", "signi-\ncant", "signicant"),
        SeriesKey("ligatures", "signicant", "significant"),
    )


def test_a_suggestion_belongs_to_the_series_of_its_own_step_alone() -> None:
    keys = series_of(change(Status.SUGGESTED, HYPHEN, LIGATURE))
    assert keys == (SeriesKey("ligatures", "signicant", "significant"),)


def test_what_a_reviewer_wrote_is_no_series_and_leaves_the_place_its_key() -> None:
    edited = change(Status.APPLIED, LIGATURE, step(REVIEW_STAGE, "significant", "Significant"))
    assert series_of(edited) == (SeriesKey("ligatures", "signicant", "significant"),)
    assert as_proposed(edited).after == "significant"
    assert place_key("0", edited) == place_key("0", change(Status.APPLIED, LIGATURE))


def test_series_are_counted_over_documents_the_commonest_first(tmp_path: Path) -> None:
    rst, led = step("ligatures", "rst", "first"), step("ligatures", "led", "filed")
    documents = [
        document(tmp_path, change(Status.APPLIED, rst), change(Status.SUGGESTED, led, confidence=0.4)),
        document(tmp_path, change(Status.APPLIED, rst, confidence=0.7)),
    ]
    common = group_series(documents)
    assert [(s.key.before, s.count, s.mean_confidence, s.least_confidence) for s in common] == [
        ("rst", 2, 0.8, 0.7),
        ("led", 1, 0.4, 0.4),
    ]
    assert (common[0].rules, len(common[0].files)) == (("rule",), 1)
    assert [s.key.before for s in group_series(documents, Order.UNCERTAIN)] == ["led", "rst"]


def test_the_rule_is_no_part_of_a_series(tmp_path: Path) -> None:
    one, other = step("ligatures", "oce", "office"), Step("ligatures", "other", "oce", "office", 0.9)
    (series,) = group_series([document(tmp_path, change(Status.APPLIED, one), change(Status.APPLIED, other))])
    assert series.rules == ("rule", "other")
