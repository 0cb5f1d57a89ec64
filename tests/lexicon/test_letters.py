"""The spelling of words tells how likely an unlisted one is."""

import math

import pytest

from ligafix.lexicon.letters import load_letters, train


def test_a_model_of_a_language_likes_its_spelling() -> None:
    model = load_letters("en")
    assert model is not None
    assert model.log_probability("blicket") > model.log_probability("xqzzvkt")
    assert model.log_probability("bien") > model.log_probability("aairs") - 1


def test_the_chances_of_what_opens_a_word_sum_to_one() -> None:
    data = train(["abba", "baba", "abab"])
    alphabet, _, costs = data.partition(b"\n")
    assert sum(math.exp(-cost / 16) for cost in costs[: len(alphabet)]) == pytest.approx(1, abs=0.05)


def test_there_is_no_model_of_an_unknown_language() -> None:
    assert load_letters("xx") is None
