"""The tables know the words of the main languages; wordfreq itself the others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.lexicon import dictionaries_hash, load_words
from ligafix.lexicon.languages import LanguageTable
from ligafix.lexicon.places import DICTIONARIES
from ligafix.lexicon.words import WordList, Words, WordTable, pack_frequency, unpack_frequency

LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")


def load(language: str) -> Words:
    words = load_words(language)
    assert words is not None
    return words


@given(st.floats(1.1e-9, 0.1))
def test_a_packed_frequency_is_off_by_less_than_five_percent(frequency: float) -> None:
    assert unpack_frequency(pack_frequency(frequency)) == pytest.approx(frequency, rel=0.05)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_main_language_has_its_tables(language: str) -> None:
    assert load(language).frequency("no") > 0 or load(language).frequency("nie") > 0


def test_frequent_words_are_more_frequent() -> None:
    assert load("en").frequency("the") > load("en").frequency("office") > load("en").frequency("ruffian") > 0


def test_an_unknown_word_has_no_frequency() -> None:
    assert load("en").frequency("blicketwugs") == 0


def test_damage_that_stands_in_word_lists_is_not_taken_for_words() -> None:
    assert load("en").frequency("signicant") == 0
    assert load("en").frequency("oce") == 0


def test_a_skeleton_finds_the_words_it_may_have_been() -> None:
    assert "office" in load("en").with_skeleton("oce")
    assert "filed" in load("en").with_skeleton("led")
    assert load("en").with_skeleton("the") == []


def test_a_language_without_tables_is_served_by_wordfreq() -> None:
    words = load("sv")
    assert isinstance(words, WordList)
    assert words.frequency("fiskar") > 0
    assert "finns" in words.with_skeleton("nns")


def test_an_unknown_language_has_no_words() -> None:
    assert load_words("xx") is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "der Hund ist nicht in dem Haus und er weiß auch nicht warum"),
        ("fr", "il ne sait pas pourquoi elle est dans la maison avec les autres"),
        ("pl", "nie wiem dlaczego on jest w domu i czy to jest prawda"),
        ("sv", "jag vet inte varför han är i huset och vad som hände"),
        ("en", "they did not know why he was in the house that night"),
    ],
)
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    scores = LanguageTable(DICTIONARIES / "words").scores(text.lower().split())
    assert max(scores, key=lambda code: scores[code]) == language


def test_the_dictionaries_have_a_fingerprint() -> None:
    assert len(dictionaries_hash()) == 64


@pytest.mark.parametrize(
    ("language", "old", "today"),
    [
        ("de", "reflectirt", "reflektiert"),
        ("de", "oeffnung", "öffnung"),
        ("de", "überflüßig", "überflüssig"),
        ("pt", "affligir", "afligir"),
        ("pl", "fizycznem", "fizycznym"),
    ],
)
def test_words_are_known_in_the_spelling_of_earlier_times(language: str, old: str, today: str) -> None:
    assert 0 < load(language).frequency(old) <= load(language).frequency(today)


def test_portuguese_novels_in_an_earlier_spelling_are_a_register() -> None:
    _, today, earlier = load("pt").in_registers("ella")
    assert earlier > 5 * today


@pytest.mark.parametrize("language", ["fr", "it", "pl"])
def test_a_letter_that_elision_left_is_no_word(language: str) -> None:
    assert load(language).frequency("n") < 1e-4


def test_words_of_which_nothing_is_remembered_are_the_same_words() -> None:
    words = load_words("de")
    assert isinstance(words, WordTable)
    assert words.forgetful().frequency("und") == words.frequency("und") > 0
