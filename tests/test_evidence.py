"""What a document tells about itself."""

import pytest

from ligafix.evidence import Evidence, survey
from ligafix.lexicon.alignment import Loss

INTACT = "The first officer of the staff found the file in his office. It was a difficult affair of five days. "
FULL = "The rst ocer of the sta found the le in his oce. It was a dicult aair of ve days. "


def lost(evidence: Evidence, ligature: str) -> float:
    return evidence.lost(Loss(ligature, ""))


def test_intact_text_has_lost_nothing() -> None:
    assert all(lost(survey(INTACT * 5), ligature) < 0.001 for ligature in ("ff", "fi", "ffi"))


def test_one_sentence_with_signicant_is_damaged() -> None:
    assert lost(survey("This was the most signicant of them."), "fi") > 0.5


def test_one_sentence_with_led_is_not() -> None:
    assert lost(survey("She led them home at last."), "fi") < 0.05


@pytest.mark.parametrize("ligature", ["ff", "fi", "ffi"])
def test_a_few_sentences_tell_what_is_lost(ligature: str) -> None:
    assert lost(survey(FULL), ligature) > 0.9


def test_fonts_differ_in_what_they_lose() -> None:
    evidence = survey("The rst ofcer of the staff found a le in the ofce. It is difcult to dene. " * 3)
    assert lost(evidence, "fi") > 0.9
    assert lost(evidence, "ff") < 0.1


def test_a_ligature_at_a_seam_is_evidence_of_nothing() -> None:
    assert survey("dif-\nculty and ef-\nfect and signif-\nicant").losses[Loss("ff", "")].intact == 0


def test_capital_fi_is_no_survivor() -> None:
    assert survey("First Five Flowers").losses[Loss("fi", "")].intact == 0


def test_a_name_that_repeats_is_one_piece_of_evidence() -> None:
    assert lost(survey("Mr Bien met Mrs Bien and the Bien boys. " * 30), "ff") < 0.3


def test_the_languages_of_a_text_are_told() -> None:
    german = "Der Mann ging in das Haus und sagte nichts, weil er nicht wußte, was er sagen sollte. "
    assert list(survey(german * 5).languages) == ["de"]
    assert list(survey(INTACT * 5).languages) == ["en"]


def test_an_empty_text_gives_no_evidence() -> None:
    assert survey("").words == 0
    assert survey("").to_dict()["ligatures"]
