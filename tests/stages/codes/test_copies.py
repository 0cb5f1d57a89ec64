from __future__ import annotations

import pytest

from ligafix.draft import Draft
from ligafix.evidence import survey
from ligafix.scoring import Scorer
from ligafix.stages.codes.copies import propose
from tests.cases import load_cases

THRESHOLD = 0.9


def clean(text: str) -> str:
    draft = Draft(text)
    draft.apply("codes", propose(text, Scorer(survey(text))), THRESHOLD)
    return draft.text


@pytest.mark.parametrize(("original", "restored"), load_cases("copies.json", "original", "restored"))
def test_a_copy_of_the_neighbour_becomes_the_ligature(original: str, restored: str) -> None:
    assert clean(original) == restored


@pytest.mark.parametrize("restored", load_cases("copies.json", "restored"))
def test_a_second_run_changes_nothing(restored: str) -> None:
    assert clean(restored) == restored


@pytest.mark.parametrize("text", load_cases("unchanged.json", "text"))
def test_a_text_without_such_damage_is_untouched(text: str) -> None:
    assert clean(text) == text


def test_one_misspelling_is_no_habit_of_the_document() -> None:
    text = "The first officers offered different flowers in the field. It was an occassion of deened stuff."
    assert clean(text) == text
