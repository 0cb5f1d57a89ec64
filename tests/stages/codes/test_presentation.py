from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.changes import apply_changes, undo_changes
from ligafix.draft import Draft
from ligafix.lexicon.forms import LIGATURES, OLD_STYLE_DIGITS, SIGNS, SMALL_CAPITALS
from ligafix.stages.codes.presentation import propose
from tests.cases import load_cases

THRESHOLD = 0.9
FORMS = "".join({**LIGATURES, **OLD_STYLE_DIGITS, **SMALL_CAPITALS, **SIGNS})


def draft_of(text: str) -> Draft:
    draft = Draft(text)
    draft.apply("codes", propose(text), THRESHOLD)
    return draft


@pytest.mark.parametrize(("original", "restored"), load_cases("presentation.json", "original", "restored"))
def test_such_characters_become_plain_and_content_stays(original: str, restored: str) -> None:
    assert draft_of(original).text == restored


@pytest.mark.parametrize("original", load_cases("presentation.json", "original", known_failures=False))
def test_a_second_run_changes_nothing(original: str) -> None:
    once = draft_of(original).text
    assert draft_of(once).text == once


@given(st.text(st.characters(codec="utf-8", exclude_characters=FORMS), max_size=60))
def test_a_text_without_such_characters_is_untouched(text: str) -> None:
    assert propose(text) == []


@given(st.text(st.sampled_from(FORMS + "aé\u0301 -\n1"), max_size=40))
def test_spans_lie_apart_in_the_text_and_changes_replay(text: str) -> None:
    proposals = propose(text)
    places = [0, *(place for p in proposals for place in (p.start, p.end)), len(text)]
    assert places == sorted(places)
    assert all(p.start < p.end for p in proposals)
    draft = draft_of(text)
    assert apply_changes(text, draft.changes()) == draft.text
    assert undo_changes(draft.text, draft.changes()) == text


@given(st.text(st.sampled_from("".join(LIGATURES) + "".join(OLD_STYLE_DIGITS) + "ab -"), max_size=40))
def test_no_ligature_and_no_old_style_digit_is_left(text: str) -> None:
    assert set(draft_of(text).text).isdisjoint(LIGATURES.keys() | OLD_STYLE_DIGITS.keys())


def test_spans_are_whole_words() -> None:
    text = "(eﬃcient, déﬁni)"
    assert [text[p.start : p.end] for p in propose(text)] == ["eﬃcient", "déﬁni"]


def test_each_change_says_which_characters_it_is_about() -> None:
    [proposal] = propose("ﬂuﬀ\uf731")
    assert (proposal.rule, proposal.evidence) == ("presentation-form+old-style-digit", "U+FB02, U+FB00, U+F731")


def test_a_private_use_character_alone_is_suggested() -> None:
    [proposal] = propose("the matrix \uf770")
    assert proposal.after == "p"
    assert proposal.confidence < THRESHOLD
