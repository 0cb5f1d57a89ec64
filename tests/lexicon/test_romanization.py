from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.lexicon.romanization import load_romanizations, set_macrons

ROMANIZATIONS = load_romanizations()


def best(letters: str) -> str:
    placements = ROMANIZATIONS.placements(letters)
    return set_macrons(letters, placements[0].long) if placements else letters


@pytest.mark.parametrize(
    "word",
    [
        "kyokutō",
        "shobō",
        "Saburō",
        "Fuyō",
        "Tōkyō",
        "Kyōto",
        "Hayashi",
        "shuppankai",
        "kenkyū",
        "hyōgen",
        "kūkan",
        "depāto",
    ],
)
def test_the_macrons_of_listed_words_are_known(word: str) -> None:
    bare = word.translate(str.maketrans("āīūēō", "aiueo"))
    assert best(bare) == word


@pytest.mark.parametrize("word", ["Kantōgun", "sorengun", "kōronsha", "kōbunkan"])
def test_words_made_of_listed_ones_are_known(word: str) -> None:
    assert ROMANIZATIONS.log_probability(word) is not None


def test_the_u_of_a_verb_lengthens_nothing() -> None:
    assert best("omou") == "omou"


def test_a_name_ending_in_ue_is_known_both_ways() -> None:
    assert ROMANIZATIONS.log_probability("Inoue") is not None
    assert ROMANIZATIONS.log_probability("Inōe") is not None


def test_n_before_b_m_p_may_be_written_m() -> None:
    assert best("shimbun") == "shimbun"
    assert ROMANIZATIONS.is_listed("kompo")


@pytest.mark.parametrize("word", ["strength", "x", "", "čaj", "Łódź"])
def test_what_does_not_read_as_japanese_has_no_placements(word: str) -> None:
    assert ROMANIZATIONS.placements(word) == ()


def test_a_word_that_only_looks_japanese_is_unlikely_but_has_placements() -> None:
    placements = ROMANIZATIONS.placements("Hepugopyuzeppi")
    assert placements
    assert placements[0].long == ()


@given(st.text("aeioukstnhmyrwgzdbp", max_size=14))
def test_placements_are_on_vowels_and_the_likeliest_comes_first(letters: str) -> None:
    placements = ROMANIZATIONS.placements(letters)
    assert all(letters[i] in "aeiou" for placement in placements for i in placement.long)
    logs = [placement.log_probability for placement in placements]
    assert logs == sorted(logs, reverse=True)
