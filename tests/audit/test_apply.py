"""Decisions make another output of the same source, and its changes lead both ways."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.audit.apply import UNNAMED, Outcome, apply_decisions, rewrite
from ligafix.audit.decisions import Decision, Key, SeriesKey, Verdict
from ligafix.audit.series import place_key, series_of
from ligafix.changes import Change, Proposal, Status, apply_changes, undo_changes
from ligafix.draft import Draft
from tests.test_changes import STAGES, TEXT, Place, draft_of

SOURCE = "0" * 64
VERDICTS = st.sampled_from(Verdict)
EDIT = st.text(alphabet="xyzw\n", max_size=3)


@st.composite
def decided(draw: st.DrawFn) -> tuple[str, Sequence[Change], dict[Key, Decision]]:
    """A source, changes of it that stages left, and random decisions about their places and series."""
    source = draw(TEXT)
    changes = draft_of(source, draw(STAGES)).changes()
    keys = {place_key(SOURCE, c) for c in changes} | {key for c in changes for key in series_of(c)}
    decisions: dict[Key, Decision] = {}
    for key in sorted(keys, key=repr):
        if draw(st.booleans()):
            verdict = draw(VERDICTS)
            decisions[key] = Decision(key, verdict, draw(EDIT) if verdict == Verdict.EDIT else None)
    return source, changes, decisions


@given(decided())
def test_any_decisions_lead_to_an_output_and_back(case: tuple[str, Sequence[Change], dict[Key, Decision]]) -> None:
    source, changes, decisions = case
    after = apply_decisions(SOURCE, changes, decisions).changes
    output = apply_changes(source, after)
    assert undo_changes(output, after) == source


@given(decided())
def test_any_decisions_leave_changes_in_order_and_apart(
    case: tuple[str, Sequence[Change], dict[Key, Decision]],
) -> None:
    source, changes, decisions = case
    after = apply_decisions(SOURCE, changes, decisions).changes
    assert [(c.start, c.end) for c in after] == sorted((c.start, c.end) for c in after)
    assert all(source[c.start : c.end] == c.before for c in after)
    applied = [c for c in after if c.status == Status.APPLIED]
    assert all(one.end <= other.start for one, other in pairwise(applied))


@given(decided())
def test_deciding_the_same_again_changes_nothing(case: tuple[str, Sequence[Change], dict[Key, Decision]]) -> None:
    source, changes, decisions = case
    once = apply_decisions(SOURCE, changes, decisions).changes
    again = apply_decisions(SOURCE, once, decisions).changes
    assert apply_changes(source, again) == apply_changes(source, once)


@given(decided())
def test_a_group_is_applied_as_a_whole_or_not_at_all(case: tuple[str, Sequence[Change], dict[Key, Decision]]) -> None:
    _, changes, decisions = case
    fates: defaultdict[int, set[bool]] = defaultdict(set)
    for change in apply_decisions(SOURCE, changes, decisions).changes:
        if change.group is not None and change.status != Status.SUSPECTED:
            fates[change.group].add(change.status == Status.APPLIED)
    assert all(len(fate) == 1 for fate in fates.values())


@given(TEXT, STAGES)
def test_to_reject_everything_gives_the_source(source: str, stages: list[list[Place]]) -> None:
    changes = draft_of(source, stages).changes()
    keys = [place_key(SOURCE, change) for change in changes]
    outcome = apply_decisions(SOURCE, changes, {key: Decision(key, Verdict.REJECT) for key in keys})
    assert apply_changes(source, outcome.changes) == source
    assert all(change.status == Status.REJECTED for change in outcome.changes)


@given(TEXT, STAGES)
def test_no_decisions_change_nothing(source: str, stages: list[list[Place]]) -> None:
    changes = draft_of(source, stages).changes()
    assert apply_decisions(SOURCE, changes, {}) == Outcome(changes, 0, (), (), frozenset())


TEXT_OF_ALL = "the rst led rst signi-\ncant Sabur ̄o a ̄o xq"
"""Two places of a series, a suggestion, a change of two steps, a group of two, a suspected place."""


def changes_of_all() -> Sequence[Change]:
    draft = Draft(TEXT_OF_ALL)
    group = [Proposal(28, 36, "Saburō", "mark", 0.99, group=1), Proposal(38, 41, "", "mark", 0.99, group=1)]
    draft.apply("marks", [*group, Proposal(42, 44, None, "odd", 0.2)], 0.9)
    draft.apply("hyphens", [Proposal(16, 27, "signicant\n", "joined", 0.95)], 0.9)
    draft.apply(
        "ligatures",
        [
            Proposal(4, 7, "first", "fi", 0.99),
            Proposal(8, 11, "filed", "fi", 0.5),
            Proposal(12, 15, "first", "fi", 0.97),
            Proposal(16, 25, "significant", "fi", 0.98),
        ],
        0.9,
    )
    return draft.changes()


def series(stage: str, before: str, after: str) -> SeriesKey:
    return SeriesKey(stage, before, after)


def decide(decisions: Mapping[Key, tuple[Any, ...]], changes: Sequence[Change] | None = None) -> tuple[str, Outcome]:
    """The text and all that came of decisions."""
    said = {key: Decision(key, *decision) for key, decision in decisions.items()}
    outcome = apply_decisions(SOURCE, changes or changes_of_all(), said, "Ada")
    return apply_changes(TEXT_OF_ALL, outcome.changes), outcome


def place(before: str, number: int = 0) -> Key:
    """The key of the change of a word, of several the one of a number."""
    found = [change for change in changes_of_all() if change.before == before]
    return place_key(SOURCE, found[number])


CLEANED = "the first led first significant\n Saburō a xq"


def test_the_case_is_what_it_says() -> None:
    assert decide({})[0] == CLEANED
    assert [c.status for c in changes_of_all()].count(Status.SUGGESTED) == 1


@pytest.mark.parametrize(
    ("key", "decision", "text"),
    [
        (place("rst", 1), (Verdict.REJECT,), "the first led rst significant\n Saburō a xq"),
        (place("led"), (Verdict.ACCEPT,), "the first filed first significant\n Saburō a xq"),
        (place("led"), (Verdict.EDIT, "fled"), "the first fled first significant\n Saburō a xq"),
        (place("rst"), (Verdict.EDIT, "rest"), "the rest led first significant\n Saburō a xq"),
        (place("rst"), (Verdict.EDIT, "rst"), "the rst led first significant\n Saburō a xq"),
        (place("xq"), (Verdict.EDIT, "XQ"), "the first led first significant\n Saburō a XQ"),
        (place("xq"), (Verdict.ACCEPT,), CLEANED),
        (series("ligatures", "rst", "first"), (Verdict.REJECT,), "the rst led rst significant\n Saburō a xq"),
        (series("ligatures", "rst", "first"), (Verdict.EDIT, "1st"), "the 1st led 1st significant\n Saburō a xq"),
        (series("codes", "rst", "first"), (Verdict.REJECT,), CLEANED),
        (series("ligatures", "led", "filed"), (Verdict.ACCEPT,), "the first filed first significant\n Saburō a xq"),
    ],
)
def test_a_decision_does_what_it_says(key: Key, decision: tuple[Any, ...], text: str) -> None:
    assert decide({key: decision})[0] == text


def test_a_place_beats_its_series() -> None:
    key = series("ligatures", "rst", "first")
    text, _ = decide({key: (Verdict.REJECT,), place("rst", 1): (Verdict.ACCEPT,)})
    assert text == "the rst led first significant\n Saburō a xq"


def test_a_rejected_series_takes_back_its_own_step_of_a_change() -> None:
    text, outcome = decide({series("ligatures", "signicant", "significant"): (Verdict.REJECT,)})
    assert text == "the first led first signicant\n Saburō a xq"
    (change,) = [c for c in outcome.changes if c.before.startswith("signi")]
    assert [step.stage for step in change.steps] == ["hyphens", "ligatures", "review"]


def test_a_step_beneath_others_is_taken_back_alone_where_they_can_be_made_again() -> None:
    text, _ = decide({series("hyphens", "signi-\ncant", "signicant\n"): (Verdict.EDIT, "signicant")})
    assert text == "the first led first significant Saburō a xq"


def test_a_step_that_others_stand_on_takes_the_whole_change_back() -> None:
    text, _ = decide({series("hyphens", "signi-\ncant", "signicant\n"): (Verdict.REJECT,)})
    assert text == "the first led first signi-\ncant Saburō a xq"


def test_a_rejected_member_takes_its_group_back() -> None:
    text, outcome = decide({place("Sabur ̄o"): (Verdict.REJECT,)})
    assert text == "the first led first significant\n Sabur ̄o a ̄o xq"
    assert [c.status for c in outcome.changes if c.group is not None] == [Status.REJECTED] * 2


def test_who_decided_is_kept_and_nobody_else_is_named() -> None:
    key = place("rst")
    said: dict[Key, Decision] = {key: Decision(key, Verdict.ACCEPT, reviewer="Bob")}
    assert [c.decided_by for c in apply_decisions(SOURCE, changes_of_all(), said, "Ada").changes if c.decided_by] == [
        "Bob"
    ]
    said = {key: Decision(key, Verdict.ACCEPT)}
    assert apply_decisions(SOURCE, changes_of_all(), said).changes[0].decided_by == UNNAMED


def test_a_decision_on_a_place_that_is_not_there_is_told() -> None:
    stranger = place_key(SOURCE, changes_of_all()[0])
    stranger = type(stranger)(SOURCE, 1, 2, "x", "y")
    text, outcome = decide({stranger: (Verdict.REJECT,)})
    assert (text, outcome.unmatched) == (CLEANED, (stranger,))


def test_a_decision_on_another_source_does_nothing_here() -> None:
    other = place_key("1" * 64, changes_of_all()[0])
    text, outcome = decide({other: (Verdict.REJECT,)})
    assert (text, outcome.unmatched, outcome.decided) == (CLEANED, (), 0)


def overlapping() -> Sequence[Change]:
    """A suggestion on top of an applied change, and another one beside it that overlaps both."""
    draft = Draft(TEXT_OF_ALL)
    draft.apply("one", [Proposal(4, 7, "first", "a", 0.99)], 0.9)
    draft.apply("two", [Proposal(4, 13, "firstly", "b", 0.5)], 0.9)
    draft.apply("three", [Proposal(10, 13, "filed", "c", 0.6)], 0.9)
    return draft.changes()


def test_an_accepted_suggestion_takes_in_the_change_that_it_was_made_on() -> None:
    text, outcome = decide({series("two", "first led", "firstly"): (Verdict.ACCEPT,)}, overlapping())
    assert text.startswith("the firstly rst")
    assert [c.after for c in outcome.changes if c.status == Status.APPLIED] == ["firstly"]


def test_a_suggestion_stays_one_where_what_it_was_made_on_is_rejected() -> None:
    decisions: dict[Key, tuple[Any, ...]] = {
        series("one", "rst", "first"): (Verdict.REJECT,),
        series("two", "first led", "firstly"): (Verdict.ACCEPT,),
    }
    text, outcome = decide(decisions, overlapping())
    assert text == TEXT_OF_ALL
    assert [unmet.change.after for unmet in outcome.unmet] == ["firstly"]


def test_of_two_suggestions_that_overlap_the_more_certain_one_is_applied() -> None:
    decisions: dict[Key, tuple[Any, ...]] = {
        series("two", "first led", "firstly"): (Verdict.ACCEPT,),
        series("three", "led", "filed"): (Verdict.ACCEPT,),
    }
    text, outcome = decide(decisions, overlapping())
    assert text.startswith("the first filed rst")
    assert [unmet.change.after for unmet in outcome.unmet] == ["firstly"]


def test_a_change_is_rewritten_only_where_its_steps_can_be_told_apart() -> None:
    (change,) = [c for c in changes_of_all() if c.before.startswith("signi")]
    assert rewrite(change, {1: "significantly"}) == "significantly\n"
    draft = Draft("a b")
    draft.apply("one", [Proposal(0, 1, "x", "r", 1.0), Proposal(2, 3, "x", "r", 1.0)], 0.9)
    draft.apply("two", [Proposal(0, 3, "x x", "r", 1.0)], 0.9)
    (change,) = draft.changes()
    assert rewrite(change, {0: "y"}) is None
