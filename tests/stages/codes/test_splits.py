from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.changes import Proposal, apply_changes, undo_changes
from ligafix.draft import Draft
from ligafix.evidence import survey
from ligafix.scoring import Scorer
from ligafix.stages.codes.splits import propose
from tests.cases import load_cases

THRESHOLD = 0.9
PIECES = st.sampled_from(["signi", "cant", "e", "ect", "a", "ffi", "nity", "Th", "offthe", "fi", "rst,", "eld", "o"])
GAPS = st.sampled_from([" ", "  ", "\n", "\n\n", "\r\n", " -\n", "-\n", "\f", "\x1c", ", ", " , ", "\t"])


def proposals_of(text: str) -> list[Proposal]:
    return propose(text, Scorer(survey(text)))


def draft_of(text: str) -> Draft:
    draft = Draft(text)
    draft.apply("codes", proposals_of(text), THRESHOLD)
    return draft


@pytest.mark.parametrize(("original", "restored"), load_cases("splits.json", "original", "restored"))
def test_torn_words_are_mended_and_joined_ones_parted(original: str, restored: str) -> None:
    assert draft_of(original).text == restored


@pytest.mark.parametrize("restored", load_cases("splits.json", "restored", known_failures=False))
def test_a_second_run_changes_nothing(restored: str) -> None:
    assert draft_of(restored).text == restored


@pytest.mark.parametrize("text", load_cases("unchanged.json", "text"))
def test_a_text_without_such_damage_is_untouched(text: str) -> None:
    assert draft_of(text).text == text


@given(st.lists(st.tuples(PIECES, GAPS), max_size=14))
def test_changes_replay_whatever_parts_the_pieces(row: list[tuple[str, str]]) -> None:
    text = "".join(piece + gap for piece, gap in row)
    draft = draft_of(text)
    assert apply_changes(text, draft.changes()) == draft.text
    assert undo_changes(draft.text, draft.changes()) == text


def test_one_odd_place_does_not_outweigh_many_intact_ligatures() -> None:
    intact = "The first officer found the different offers in five fields, and the final effort was sufficient. " * 3
    assert draft_of(f"{intact}It had no e ect.").text == f"{intact}It had no e ect."


def test_the_more_pieces_a_text_has_the_surer_each_of_them_is() -> None:
    alone = proposals_of("It was a di erent day in the town.")
    among = proposals_of("It was a di erent day in the town; he su ered, she o ered, and the coe cient was ine cient.")
    assert max((p.confidence for p in alone), default=0.0) < among[0].confidence


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("The results were signi cant, scienti c and bene cial.", "ligature-as-space"),
        ("They said that the a ffi nity was di ffi cult to veri fy.", "spaced-ligature"),
        ("It was diffi\n\ncult and suffi\n\ncient, with signifi\n\ncance.", "line-end-after-ligature"),
        ("He went offthe road with the bailiffwho was offduty.", "space-lost-after-ligature"),
    ],
)
def test_a_change_names_its_rule_and_its_evidence(text: str, rule: str) -> None:
    [first, *_] = proposals_of(text)
    assert first.rule == rule
    assert "% hit" in first.evidence
    assert first.candidates[0].text == first.after
    assert first.candidates[1].text == text[first.start : first.end]


def test_a_span_reaches_from_the_first_piece_to_the_last() -> None:
    text = "(signi cant), scienti c, bene cial results"
    assert [text[p.start : p.end] for p in proposals_of(text)] == ["signi cant", "scienti c", "bene cial"]


def test_readings_that_exclude_each_other_share_their_probability() -> None:
    text = "The a ame was signi cant, scienti c, di erent, in uential and bene cial to the in ux."
    by_span = {text[p.start : p.end]: p.confidence for p in proposals_of(text)}
    assert by_span.get("a ame", 0.0) < THRESHOLD < by_span["bene cial"]
