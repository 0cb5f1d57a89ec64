"""How forms can be read."""

import pytest

from ligafix.lexicon.met import met_with
from ligafix.lexicon.readings import Vocabulary

ENGLISH = Vocabulary({"en": 1.0})
GERMAN = Vocabulary({"de": 1.0})


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("rst", "first"),
        ("Aairs", "Affairs"),
        ("diculties", "difficulties"),
        ("reghters", "firefighters"),
        ("Sheeld’s", "Sheffield’s"),
        ("identiability", "identifiability"),
        ("hyperossied", "hyperossified"),
        ("misclassications", "misclassifications"),
        ("Chestereldian", "Chesterfieldian"),
        ("ofce", "office"),
    ],
)
def test_the_best_reading_of_an_english_form(form: str, word: str) -> None:
    assert ENGLISH.readings(form)[0].text == word


@pytest.mark.parametrize(("form", "word"), [("Stogeschichte", "Stoffgeschichte"), ("önete", "öffnete")])
def test_the_best_reading_of_a_german_form(form: str, word: str) -> None:
    assert GERMAN.readings(form)[0].text == word


@pytest.mark.parametrize(
    ("language", "form", "word"),
    [
        ("fr", "regonai", "regonflai"),
        ("it", "falsicarlo", "falsificarlo"),
        ("it", "irriessivi", "irriflessivi"),
        ("es", "jándole", "fijándole"),
        ("pt", "conáveis", "confiáveis"),
        ("pl", "oarowałem", "ofiarowałem"),
    ],
)
def test_endings_of_a_language_lead_to_words_that_no_list_holds(language: str, form: str, word: str) -> None:
    assert word in {reading.text for reading in Vocabulary({language: 1.0}).readings(form)[:2]}


def test_what_is_elided_stands_before_a_vowel() -> None:
    assert [r.text for r in Vocabulary({"it": 1.0}).readings("d'oca")] == []
    assert Vocabulary({"fr": 1.0}).readings("l’aaire")[0].text == "l’affaire"


def test_what_is_contracted_has_lost_no_ligature() -> None:
    assert [r.text for r in Vocabulary({"pt": 1.0}).readings("p'ras")] == []
    assert "ch'offre" in {r.text for r in Vocabulary({"it": 1.0}).readings("ch'ore")}


@pytest.mark.parametrize("form", ["elder's", "elder’s", "red's"])
def test_a_possessive_is_weighed_against_possessives(form: str) -> None:
    assert 2 * ENGLISH.probability(form) > max(reading.probability for reading in ENGLISH.readings(form))


@pytest.mark.parametrize("form", ["NASA", "Rst", "the", "Kuromiya", "OCE"])
def test_what_lost_nothing_has_no_other_reading(form: str) -> None:
    assert ENGLISH.readings(form) == ()


def test_a_reading_tells_which_ligature_was_lost() -> None:
    assert [ways[0].ligature for ways in ENGLISH.readings("Aairs")[0].losses] == ["ff"]


def test_a_word_of_another_language_is_likelier_than_none_at_all() -> None:
    assert ENGLISH.probability("współpraca") > ENGLISH.probability("współprxca")


def test_english_hyphenates_what_it_hyphenates() -> None:
    assert ENGLISH.hyphenated("well", "known") > ENGLISH.probability("wellknown")
    assert ENGLISH.hyphenated("to", "gether") < ENGLISH.probability("together")


@pytest.mark.parametrize(
    ("language", "form"),
    [("fr", "qu'aux"), ("fr", "jusqu'aux"), ("fr", "l'arme"), ("it", "dell'oro"), ("it", "tutt'ora")],
)
def test_what_is_elided_before_a_word_counts_for_its_readings_too(language: str, form: str) -> None:
    words = Vocabulary({language: 1.0})
    assert 3 * words.probability(form) > max(r.probability for r in words.readings(form))


@pytest.mark.parametrize(
    ("language", "form"),
    [("pt", "indiferença"), ("pt", "afeição"), ("de", "hofte"), ("de", "öfnete"), ("de", "betrift")],
)
def test_an_earlier_spelling_is_not_half_lost(language: str, form: str) -> None:
    assert Vocabulary({language: 1.0}).readings(form) == ()


def test_a_link_never_doubles_a_sibilant() -> None:
    assert "Genußsflucht" not in {reading.text for reading in GERMAN.readings("Genußsucht")}


def test_a_verb_with_a_capital_is_rare_inside_a_sentence_and_a_name_is_not() -> None:
    portuguese = Vocabulary({"pt": 1.0})
    assert portuguese.inside_sentence("Soa") < 0.5 < portuguese.inside_sentence("Sofia")


def test_a_name_that_no_list_holds_is_read_by_its_spelling() -> None:
    best = ENGLISH.readings("Wymsclie")[0]
    assert (best.text, best.composed) == ("Wymscliffe", True)
    assert best.probability == ENGLISH.unknown("Wymscliffe")


@pytest.mark.parametrize("form", ["Hawaii", "Schopenhauer", "chimichanga", "quixotic", "Tetranychus"])
def test_a_word_that_is_spelt_as_words_are_has_no_reading_by_its_spelling(form: str) -> None:
    assert ENGLISH.readings(form) == ()


@pytest.mark.parametrize("form", ["communiction", "discrened", "Proeedings", "killlers"])
def test_a_slip_of_the_pen_is_likelier_than_a_word_that_nobody_has_heard_of(form: str) -> None:
    assert ENGLISH.slip(form) > ENGLISH.unknown(form)


def test_nothing_is_a_slip_of_a_word_that_is_not_there() -> None:
    assert ENGLISH.slip("Wymsclie") < ENGLISH.unknown("Wymscliffe")


def test_no_word_is_impossible_as_it_stands() -> None:
    assert 0 < GERMAN.probability("schlüssel") < 1e-2 * GERMAN.probability("Schlüssel")
    assert GERMAN.probability("aufschrift") > 0


@pytest.mark.parametrize("form", ["N", "M", "C", "p"])
def test_what_has_no_vowel_is_no_reading(form: str) -> None:
    assert all("i" in r.text for language in ("fr", "pl", "pt") for r in Vocabulary({language: 1.0}).readings(form))


def test_a_form_is_read_the_same_whatever_mixture_of_registers_was_asked_before() -> None:
    def readings(form: str, *mixture: float) -> list[str]:
        return [r.text for r in Vocabulary({"de": 1.0}, registers={"de": mixture}).readings(form)]

    met_with.cache_clear()
    assert readings("eröfnung", 0.02, 0.98) == []
    assert readings("eröfnung", 0.98, 0.02) == ["eröffnung"]
