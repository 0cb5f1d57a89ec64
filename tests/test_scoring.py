"""The one scorer: how readings are weighed."""

import re

import pytest

from ligafix.evidence import survey
from ligafix.places import Place, Places
from ligafix.scoring import Scorer

LOST = "The rst ocer of the sta found the le in his oce. It was a dicult aair of ve days; the eect was signicant. "
INTACT = "The first officer of the staff found the file in his office. It was a difficult affair of five days. "


ITALIAN_LOST = (
    "Il direttore aermò che i problemi erano dicili da arontare, e che i ori della glia sorivano per il freddo; "
    "la ducia degli uciali non era suciente. "
)


def best(scorer: Scorer, form: str, left: str = "", right: str = "") -> str:
    readings = scorer.weigh(Place.between(left, form, right))
    return readings[0].text if readings else form


def test_readings_of_a_place_sum_to_one() -> None:
    readings = Scorer(survey(LOST)).weigh(Place.between("a matter of ", "ve", " days"))
    assert sum(r.probability for r in readings) == pytest.approx(1)
    assert readings[0].text == "five"


def test_the_channel_decides_how_bold_to_be() -> None:
    assert best(Scorer(survey(LOST)), "rst", "the ", " of them") == "first"
    assert best(Scorer(survey(INTACT * 4)), "rst", "the ", " of them") == "rst"


def test_neighbours_tell_words_that_are_words() -> None:
    scorer = Scorer(survey(LOST * 3))
    assert best(scorer, "our", "two cups of ", " and a pinch of salt") == "flour"
    assert best(scorer, "our", "we went home to ", " house and slept") == "our"


def test_a_hyphen_tells_its_partner() -> None:
    assert best(Scorer(survey(LOST)), "ve", "the ", "-year plan") == "five"


def test_a_word_of_the_same_family_speaks_for_another() -> None:
    alone = Scorer(survey(LOST)).weigh(Place.between("", "ankers", ""))
    beside = Scorer(survey(LOST + "They were anking the target, which suered. ")).weigh(Place.between("", "ankers", ""))
    reading = "flankers"
    assert {r.text: r.probability for r in beside}[reading] > {r.text: r.probability for r in alone}[reading]


def test_a_passage_in_another_language_is_weighed_by_its_words() -> None:
    here = Scorer(survey(LOST * 3)).weigh(
        Place.between("nie wiem czy on jest w domu, to ", "led", " jest i nie ma go tam dla nas od lat")
    )
    english = Scorer(survey(LOST * 3)).weigh(Place.between("", "led", ""))
    assert {r.text: r.probability for r in here}["led"] > {r.text: r.probability for r in english}["led"]


def test_what_has_a_capital_each_time_is_no_word_written_small() -> None:
    scorer = Scorer(survey(ITALIAN_LOST * 3))
    text = "la sera parlava con Ucio, e rideva. " * 8
    spans = [match.span() for match in re.finditer("Ucio", text)]
    once, often = (scorer.weigh_all(Places(text, some))[0] for some in (spans[:1], spans))
    assert {r.text: r.probability for r in often}["Ufficio"] < {r.text: r.probability for r in once}["Ufficio"] / 3


def test_what_cannot_be_damaged_has_no_choice() -> None:
    scorer = Scorer(survey(LOST))
    assert scorer.weigh(Place.between("", "the", "")) == ()
    assert scorer.weigh(Place.between("", "NASA", "")) == ()


@pytest.mark.parametrize(
    ("text", "form", "repeated"),
    [
        ("¡ja, ja, ja!", "ja", True),
        ("¡Ja, ja!", "ja", True),
        ("una caja ja", "ja", False),
        ("quedó ja en", "ja", False),
    ],
)
def test_a_cry_stands_twice_in_a_row(text: str, form: str, repeated: bool) -> None:
    start = text.rindex(form)
    assert Place(text, start, start + len(form)).is_repeated is repeated


@pytest.mark.parametrize(
    ("text", "form", "abbreviated"),
    [
        ("prezentów od ś. p. rodziców", "ś", True),
        ("a saber: v., s. e m.", "v", True),
        ("chegou ao m. Depois", "m", False),
        ("chegou ao m.", "m", False),
        ("a filha. e mais", "filha", False),
    ],
)
def test_a_full_stop_inside_a_sentence_abbreviates(text: str, form: str, abbreviated: bool) -> None:
    before, _, behind = text.partition(form)
    assert Place.between(before, form, behind).is_abbreviated == abbreviated


def test_a_name_is_written_small_in_a_text_without_capitals() -> None:
    text = "The frst ofcer of the ofce saw the fow of the fower in the feld, and the efect was difcult to see. " * 12
    mixed, small = (Scorer(survey(each)).readings("fred")[0] for each in (text, text.lower()))
    assert small.text == mixed.text == "fred"
    assert small.language > mixed.language + 1
