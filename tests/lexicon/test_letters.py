"""The spelling of words tells how likely an unlisted one is."""

import math

import pytest
from spelling import train

from ligafix.lexicon.letters import EDGE, LetterModel, load_letters
from ligafix.lexicon.ligatures import LIGATURES

WORDS = ("abba", "baba", "abab", "bab", "abbaba")


def test_a_model_of_a_language_likes_its_spelling() -> None:
    model = load_letters("en")
    assert model is not None
    assert model.log_probability("blicket") > model.log_probability("xqzzvkt")
    assert model.log_probability("bien") > model.log_probability("aairs") - 1


@pytest.mark.parametrize("beginning", ["", "a", "ab", "abba", "babab"])
def test_the_chances_of_what_goes_on_a_word_sum_to_one(beginning: str) -> None:
    model = LetterModel(*train(WORDS))
    begun = EDGE + beginning
    costs = (sum(model._letter_costs(begun + sign, len(begun))) for sign in "ab?" + EDGE)
    assert sum(math.exp(-cost / 16) for cost in costs) == pytest.approx(1, abs=0.1)


def test_letters_far_before_tell_what_follows() -> None:
    model = LetterModel(*train(["xyabcd"] * 9 + ["zwabce"] * 9))
    assert model.log_probability("xyabcd") > model.log_probability("xyabce") + 1


def test_an_inserted_ligature_is_as_probable_as_the_word_that_it_makes() -> None:
    model = load_letters("en")
    assert model is not None
    found = dict(model.insertions("hinchclie", LIGATURES, model.log_probability("hinchclie")))
    assert "hinchcliffe" in found
    assert found["hinchcliffe"] == pytest.approx(model.log_probability("hinchcliffe"))
    assert min(found.values()) >= model.log_probability("hinchclie")


def test_there_is_no_model_of_an_unknown_language() -> None:
    assert load_letters("xx") is None
