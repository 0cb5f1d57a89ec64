"""A damaged word and the word it was have one skeleton."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.lexicon.alignment import align
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.skeleton import has_ligature, run_pattern, skeleton, skeletons

WORDS = "office affiliate fluffy fulfil offshoot flotsam firefly baffling afflict selfish life-raft"
words = st.sampled_from(WORDS.split())


@given(words, st.sampled_from(LIGATURES))
def test_a_word_is_found_whichever_ligature_it_lost(word: str, ligature: str) -> None:
    assert skeleton(word.replace(ligature, "", 1)) in skeletons(word)


@pytest.mark.parametrize("form", ["office", "oce", "ofce", "ofice"])
def test_all_damaged_forms_of_office_have_its_skeleton(form: str) -> None:
    assert skeleton(form) == "oce"


def test_a_single_f_is_no_ligature() -> None:
    assert not has_ligature("of")
    assert not has_ligature("for")


@given(words)
def test_an_intact_word_is_not_explained_as_damaged(word: str) -> None:
    assert align(word, word) is None


@given(words, st.sampled_from(LIGATURES))
def test_what_lost_a_ligature_is_explained_by_the_word_it_was(word: str, ligature: str) -> None:
    damaged = word.replace(ligature, "", 1)
    if damaged in ("", word) or skeleton(damaged) not in skeletons(word):
        return
    found = align(damaged, word)
    assert found is not None
    assert found.restored == word


def test_capitals_of_the_form_are_kept() -> None:
    found = align("McAulie", "mcauliffe")
    assert found is not None
    assert found.restored == "McAuliffe"


def test_capital_fi_never_was_one_glyph() -> None:
    assert align("Rst", "first") is None


def test_a_form_with_two_losses_names_both() -> None:
    found = align("reghter", "firefighter")
    assert found is not None
    assert [ways[0].ligature for ways in found.losses] == ["fi", "fi"]


def test_other_ligatures_are_a_matter_of_the_table() -> None:
    assert run_pattern(("ff", "fi", "fj", "ft", "tt", "ti")) == "f+[ijt]?|t+[i]?"
