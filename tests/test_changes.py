"""Changes lead from a source to its output and back, whatever the stages did."""

import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.changes import Candidate, Change, Proposal, Status, apply_changes, take, undo_changes
from ligafix.draft import Draft
from ligafix.errors import ReplayError

Place = tuple[int, int, str | None, float, int | None]
"""Where a proposal starts, how long it is, what it proposes, how certain it is, and its group."""

TEXT = st.text(alphabet="ab \n\x00", max_size=14)
AFTER = st.one_of(st.none(), st.text(alphabet="xyz", max_size=3))
CONFIDENCE = st.sampled_from([0.5, 0.91, 0.95, 1.0])
GROUP = st.sampled_from([None, None, 1, 2])
PLACE = st.tuples(st.integers(0, 14), st.integers(1, 4), AFTER, CONFIDENCE, GROUP)
STAGES = st.lists(st.lists(PLACE, max_size=5), max_size=4)


def propose(start: int, end: int, after: str | None, confidence: float = 1.0, group: int | None = None) -> Proposal:
    return Proposal(start, end, after, "rule", confidence, group=group)


def run(source: str, *stages: list[Proposal]) -> Draft:
    draft = Draft(source)
    for number, proposals in enumerate(stages):
        draft.apply(f"stage {number}", proposals, 0.9)
    return draft


def draft_of(source: str, stages: list[list[Place]]) -> Draft:
    """A draft on which stages were let loose, each in the coordinates of the text it found."""
    draft = Draft(source)
    for number, places in enumerate(stages):
        inside = [place for place in places if place[0] + place[1] <= len(draft.text)]
        proposals = [propose(p[0], p[0] + p[1], p[2], p[3], p[4]) for p in inside]
        draft.apply(f"stage {number}", proposals, 0.9)
    return draft


@given(TEXT, STAGES)
def test_changes_lead_to_the_output_and_back(source: str, stages: list[list[Place]]) -> None:
    draft = draft_of(source, stages)
    assert apply_changes(source, draft.changes()) == draft.text
    assert undo_changes(draft.text, draft.changes()) == source


@given(TEXT, STAGES)
def test_changes_stand_in_order_and_where_they_say(source: str, stages: list[list[Place]]) -> None:
    changes = draft_of(source, stages).changes()
    assert [(c.start, c.end) for c in changes] == sorted((c.start, c.end) for c in changes)
    assert all(source[c.start : c.end] == c.before != "" for c in changes)
    applied = [c for c in changes if c.status == Status.APPLIED]
    assert all(one.end <= other.start for one, other in pairwise(applied))
    assert all(c.before != c.after for c in applied)
    assert all(0 <= c.confidence <= 1 and c.steps for c in changes)


@given(TEXT, STAGES)
def test_a_group_is_of_several_changes_and_of_one_fate(source: str, stages: list[list[Place]]) -> None:
    changes = draft_of(source, stages).changes()
    groups = [c.group for c in changes if c.group is not None]
    assert all(groups.count(group) > 1 for group in groups)
    assert list(dict.fromkeys(groups)) == list(range(1, len(set(groups)) + 1))


def test_a_change_of_one_stage_is_logged_as_it_was_proposed() -> None:
    candidates = (Candidate("first", 0.97), Candidate("rst", 0.03))
    draft = Draft("the rst")
    draft.apply("ligatures", [Proposal(4, 7, "first", "dropped-fi", 0.97, candidates, "all lost")], 0.9)
    (change,) = draft.changes()
    assert (change.start, change.end, change.before, change.after) == (4, 7, "rst", "first")
    assert (change.status, change.confidence, change.group) == (Status.APPLIED, 0.97, None)
    (step,) = change.steps
    assert (step.stage, step.rule, step.before, step.after) == ("ligatures", "dropped-fi", "rst", "first")
    assert (step.confidence, step.candidates, step.evidence) == (0.97, candidates, "all lost")


def test_stages_that_meet_in_one_place_merge_into_one_change() -> None:
    draft = run(
        "a signi-\ncant b",
        [propose(2, 13, "signicant\n", 0.9)],
        [propose(2, 11, "significant", 0.98)],
    )
    (change,) = draft.changes()
    assert draft.text == "a significant\n b"
    assert (change.before, change.after) == ("signi-\ncant", "significant\n")
    assert [step.after for step in change.steps] == ["signicant\n", "significant"]
    assert change.confidence == pytest.approx(0.9 * 0.98)


def test_stages_side_by_side_stay_apart() -> None:
    draft = run("rst rst", [propose(0, 3, "first")], [propose(6, 9, "first")])
    assert [(c.start, c.end) for c in draft.changes()] == [(0, 3), (4, 7)]


def test_a_stage_that_takes_another_back_leaves_no_change() -> None:
    assert run("rst", [propose(0, 3, "first")], [propose(0, 5, "rst")]).changes() == ()


def test_a_removed_place_belongs_to_the_change_that_touches_it() -> None:
    draft = run("ab\fcd", [propose(2, 3, "")], [propose(0, 2, "x"), propose(2, 4, "y")])
    assert draft.text == "xy"
    assert [(c.before, c.after) for c in draft.changes()] == [("ab\fcd", "xy")]


def test_a_removed_place_inside_a_change_does_not_drag_its_neighbour_in() -> None:
    draft = run("ab\fcd ef", [propose(2, 3, "")], [propose(0, 4, "x"), propose(4, 7, "y")])
    assert [(c.before, c.after) for c in draft.changes()] == [("ab\fcd", "x"), (" ef", "y")]


def test_what_is_not_certain_is_suggested_and_what_has_no_candidate_suspected() -> None:
    draft = run("led xq", [propose(0, 3, "filed", 0.6), propose(4, 6, None, 0.7)])
    assert draft.text == "led xq"
    assert [(c.before, c.after, c.status) for c in draft.changes()] == [
        ("led", "filed", Status.SUGGESTED),
        ("xq", "xq", Status.SUSPECTED),
    ]


def test_a_suggestion_over_a_change_tells_all_steps() -> None:
    draft = run("x signi-\ncant", [propose(2, 13, "signicant")], [propose(2, 11, "significant", 0.5)])
    applied, suggested = draft.changes()
    assert (applied.after, suggested.after) == ("signicant", "significant")
    assert (suggested.before, suggested.status) == ("signi-\ncant", Status.SUGGESTED)
    assert [step.after for step in suggested.steps] == ["signicant", "significant"]


def test_a_suggestion_before_a_removed_place_does_not_cover_it() -> None:
    draft = run("led\f\n", [propose(3, 4, "")], [propose(0, 3, "filed", 0.5)])
    assert [c.before for c in draft.changes()] == ["led", "\f"]


def test_of_overlapping_proposals_the_most_certain_stands() -> None:
    draft = run("abcdef", [propose(0, 3, "1", 0.95), propose(2, 5, "2", 0.96), propose(4, 6, "3", 0.97)])
    assert draft.text == "1d3"


def test_of_equally_certain_proposals_the_first_stands() -> None:
    assert run("abc", [propose(1, 3, "2", 0.95), propose(0, 2, "1", 0.95)]).text == "1c"


def test_a_group_is_applied_whole_or_not_at_all() -> None:
    uncertain = run("a b c", [propose(0, 1, "x", 0.99, group=7), propose(4, 5, "z", 0.8, group=7)])
    assert uncertain.text == "a b c"
    assert [(c.status, c.group) for c in uncertain.changes()] == [(Status.SUGGESTED, 1)] * 2
    crossed = run("a b c", [propose(0, 1, "x", 0.95, 7), propose(4, 5, "z", 0.95, 7), propose(3, 5, "!", 0.99)])
    assert crossed.text == "a b!"


def test_groups_of_different_stages_are_told_apart() -> None:
    one = [propose(0, 1, "w", group=1), propose(2, 3, "x", group=1)]
    two = [propose(4, 5, "y", group=1), propose(6, 7, "z", group=1)]
    assert [c.group for c in run("a b c d", one, two).changes()] == [1, 1, 2, 2]


def test_a_change_in_two_groups_joins_them() -> None:
    one = [propose(0, 1, "w", group=1), propose(2, 3, "x", group=1)]
    two = [propose(2, 3, "y", group=1), propose(4, 5, "z", group=1)]
    assert [c.group for c in run("a b c", one, two).changes()] == [1, 1, 1]


@pytest.mark.parametrize(
    "spans",
    [[(0, 2, "xx")], [(0, 3, "abc"), (2, 4, "cd")], [(2, 5, "cde")], [(-1, 1, "a")]],
)
def test_changes_that_do_not_fit_are_refused(spans: list[tuple[int, int, str]]) -> None:
    changes = [Change(start, end, before, "--", Status.APPLIED, 1.0, ()) for start, end, before in spans]
    with pytest.raises(ReplayError, match="does not fit the source"):
        apply_changes("abcd", changes)


def test_an_output_that_was_edited_is_refused() -> None:
    changes = run("the rst", [propose(4, 7, "first")]).changes()
    with pytest.raises(ReplayError, match="does not fit the output"):
        undo_changes("the fist", changes)


def test_only_applied_changes_are_replayed() -> None:
    changes = run("led rst", [propose(0, 3, "filed", 0.5), propose(4, 7, "first")]).changes()
    assert apply_changes("led rst", changes) == "led first"
    assert undo_changes("led first", reversed(changes)) == "led rst"


def test_equal_steps_are_one_object() -> None:
    draft = Draft("rst rst")
    draft.apply("stage", [Proposal(at, at + 3, "first", "rule", 0.95) for at in (0, 4)], 0.9)
    one, other = draft.changes()
    assert one.steps[0] is other.steps[0]


def test_a_draft_of_many_changes_leads_to_its_source_from_everywhere() -> None:
    words = 10_000
    draft = run("a rst " * words, [propose(6 * n + 2, 6 * n + 5, "first") for n in range(words)])
    draft.apply("more", [propose(8 * n, 8 * n + 7, "one") for n in range(0, words, 3)], 0.9)
    at, spans = 0, []
    for word in draft.text.split():
        spans.append(draft.source_span(at, at + len(word)))
        at += len(word) + 1
    assert "".join(draft.source[start:end] + " " for start, end in spans) == draft.source
    assert apply_changes(draft.source, draft.changes()) == draft.text
    assert undo_changes(draft.text, draft.changes()) == draft.source


def test_a_draft_takes_little_memory_for_each_of_many_changes() -> None:
    words = 50_000
    draft = Draft("a rst " * words)
    proposals = [propose(6 * n + 2, 6 * n + 5, "first") for n in range(words)]
    tracemalloc.start()
    try:
        draft.apply("stage", take(proposals), 0.9)
        assert tracemalloc.get_traced_memory()[0] < words * 50
        changes = draft.changes()
        assert tracemalloc.get_traced_memory()[0] < words * (50 + 200)
    finally:
        tracemalloc.stop()
    assert len(changes) == words
