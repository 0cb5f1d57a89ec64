"""Whether a document doubles its f where some do."""

import pytest

from ligafix.evidence import survey
from ligafix.places import Place
from ligafix.scoring import Scorer

NEW = """A vizinha era difícil de aturar, e ninguém lhe ofereceu a mão. O efeito foi diferente: ela sofria com a
indiferença dos filhos, e o seu afeto ficou ofendido. Afastou-se, sufocada de aflição, e afirmou que os oficiais não
vinham. A oficina estava fechada; a filha afinal confiou no oficial, que ofereceu flores. """
OLD = """A vizinha era difficil de aturar, e ninguem lhe offereceu a mão. O effeito foi differente: ella soffria com a
indifferença dos filhos, e o seu affecto ficou offendido. Affastou-se, suffocada de afflicção, e affirmou que os
officiaes não vinham. A officina estava fechada; a filha afinal confiou no official, que offereceu flores. """


def drop(text: str) -> str:
    for ligature in ("ffi", "ffl", "ff", "fi", "fl"):
        text = text.replace(ligature, "")
    return text


@pytest.mark.parametrize(("text", "word", "other"), [(NEW, "afirmou", "affirmou"), (OLD, "affirmou", "afirmou")])
def test_a_document_spells_what_lost_fi_or_ffi_as_it_spells_what_lost_ff(text: str, word: str, other: str) -> None:
    evidence = survey(drop(text))
    assert (evidence.doubling > 0.5) == (word == "affirmou")
    readings = Scorer(evidence).weigh(Place.between("e ", "armou", " que os vizinhos não vinham."))
    chances = {reading.text: reading.probability for reading in readings}
    assert chances[word] > chances[other]


def test_what_is_around_does_not_tell_two_spellings_of_a_word() -> None:
    scorer = Scorer(survey(drop(NEW)))
    for behind in (" que vinha.", "-se com elle."):
        heard = {r.text: r.context for r in scorer.weigh(Place.between("e ", "armou", behind))}
        assert heard["afirmou"] == pytest.approx(heard["affirmou"])


def test_where_nothing_is_lost_and_in_english_there_is_nothing_to_tell() -> None:
    assert survey(NEW).doubling == 0.0
    assert survey("The rst ocer of the sta found the le in his oce. It was a dicult aair. " * 3).doubling == 0.0
