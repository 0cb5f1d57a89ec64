"""Words that no list holds are read through their parts."""

from __future__ import annotations

import pytest

from ligafix.lexicon.readings import Vocabulary


@pytest.fixture(scope="module")
def german() -> Vocabulary:
    return Vocabulary({"de": 1.0})


@pytest.mark.parametrize(
    ("form", "word"),
    [
        ("Taubenug", "Taubenflug"),
        ("Mondlichtut", "Mondlichtflut"),
        ("Schmetterlingsügelstaub", "Schmetterlingsflügelstaub"),
        ("Kupferäschchen", "Kupferfläschchen"),
        ("Holzschieins", "Holzschiffleins"),
        ("weißumorten", "weißumflorten"),
        ("hinauaufende", "hinauflaufende"),
        ("herauießenden", "herauffließenden"),
        ("Strumpfabrikanten", "Strumpffabrikanten"),
        ("Zwergengeschöpein", "Zwergengeschöpflein"),
        ("knopgen", "knopfigen"),
        ("hineinzuüchten", "hineinzuflüchten"),
    ],
)
def test_german_words_are_built_of_built_ones(german: Vocabulary, form: str, word: str) -> None:
    assert german.readings(form)[0].text == word


@pytest.mark.parametrize("form", ["Ehrsucht", "hinauß", "Wagstück", "Bramanenleben"])
def test_what_is_left_of_a_short_part_is_a_common_word(german: Vocabulary, form: str) -> None:
    """Names and abbreviations among the readings of short forms make no compound."""
    assert not [r for r in german.readings(form) if r.probability > 0.1 * german.probability(form)]


@pytest.mark.parametrize("form", ["dämmernd", "schulternde"])
def test_a_participle_is_one_as_it_stands(german: Vocabulary, form: str) -> None:
    likely = [r for r in german.readings(form) if r.probability > 0.1 * german.probability(form)]
    assert not likely


def test_a_verbs_prefix_makes_no_word_of_a_noun(german: Vocabulary) -> None:
    """In `beecke`, be- and Ecke, no intact word is seen: what stands small is no noun."""
    assert german.readings("beecke")[0].text == "beflecke"
    assert german.readings("beecke")[0].probability > german.probability("beecke")
