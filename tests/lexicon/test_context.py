"""The context model: what the words around a place say about it."""

import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.context.arrays import Tokens
from ligafix.lexicon.context.tokens import WINDOW, normal_form, tokenize, tokens_before, tokens_behind
from ligafix.lexicon.places import DICTIONARIES

FOLDER = DICTIONARIES / "context"
SENTENCES = [
    ("The company", "led", "filed", "a lawsuit against the city."),
    ("He held the lamp in one hand, and", "red", "fired", "the pistol with the other."),
    ("She took", "o", "off", "her bonnet and sat down."),
    ("They sat by the", "re", "fire", "and warmed their hands."),
    ("The ground was", "at", "flat", "and open, without a tree."),
    ("We", "nd", "find", "that the results are similar."),
    ("About", "ve", "five", "hundred men were killed."),
    ("The water began to", "ow", "flow", "into the river."),
]
PLAIN = [
    ("He", "led", "filed", "the way into the garden."),
    ("She wore a", "red", "fired", "and white dress."),
    ("She looked", "at", "flat", "him for a moment."),
    ("This is", "our", "flour", "house, he said."),
    ("The three", "species", "specifies", "of birds are common here."),
    ("He did not know whether to go", "or", "flor", "stay."),
]


@pytest.fixture(scope="module")
def english() -> ContextModel:
    model = ContextModel.load(FOLDER, "en")
    assert model is not None
    return model


def odds(model: ContextModel, before: str, form: str, reading: str, behind: str) -> float:
    [answer] = model.log_odds(tokenize(before), tokenize(behind), form, [reading])
    return answer


@pytest.mark.parametrize(("before", "form", "reading", "behind"), SENTENCES)
def test_a_reading_that_fits_its_context_beats_the_form(
    english: ContextModel, before: str, form: str, reading: str, behind: str
) -> None:
    prior, other = english.log_prior(reading), english.log_prior(form)
    assert prior is not None
    assert other is not None
    assert prior - other + odds(english, before, form, reading, behind) > 0


@pytest.mark.parametrize(("before", "form", "reading", "behind"), PLAIN)
def test_a_form_that_fits_its_context_beats_the_reading(
    english: ContextModel, before: str, form: str, reading: str, behind: str
) -> None:
    assert odds(english, before, form, reading, behind) < 2


def test_damaged_neighbours_say_the_same_as_undamaged_ones(english: ContextModel) -> None:
    undamaged = odds(english, "The first officer", "led", "filed", "a final affidavit")
    assert undamaged == odds(english, "The rst ocer", "led", "filed", "a nal adavit")
    assert undamaged == odds(english, "The rst ofcer", "led", "filed", "a nal affidavit")


def test_the_observed_form_and_unknown_words_get_zero(english: ContextModel) -> None:
    assert english.log_odds(["he"], ["the"], "led", ["led", "xyffxy"]) == [0.0, 0.0]
    assert english.log_odds([], [], "xyxy", ["xyffxy"]) == [0.0]


def test_case_does_not_hide_a_pair(english: ContextModel) -> None:
    assert odds(english, "“", "O", "Off", "with you!”") != 0
    assert english.log_prior("Off") == english.log_prior("off")


def test_frequency_is_known_for_confusable_words_only(english: ContextModel) -> None:
    off = english.log_prior("off")
    assert off is not None
    assert math.log(1e-5) < off < math.log(1e-2)
    assert english.log_prior("xyxy") is None


def test_a_language_without_data_has_no_model(tmp_path: Path) -> None:
    assert ContextModel.load(tmp_path, "en") is None
    assert ContextModel.load(FOLDER, "xx") is None


def test_threads_get_the_same_answer(english: ContextModel) -> None:
    def ask(_: int) -> list[float]:
        return [odds(english, *sentence) for sentence in SENTENCES]

    with ThreadPoolExecutor(4) as pool:
        assert len({tuple(answer) for answer in pool.map(ask, range(8))}) == 1


@given(
    st.lists(st.text(min_size=1, max_size=9), max_size=12),
    st.lists(st.text(min_size=1, max_size=9), max_size=12),
    st.sampled_from(["led", "Led", "O", "at"]),
)
def test_any_context_gets_a_finite_answer(left: list[str], right: list[str], form: str) -> None:
    model = ContextModel.load(FOLDER, "en")
    assert model is not None
    assert all(map(math.isfinite, model.log_odds(left, right, form, ["filed", "off", "flat"])))


def test_only_eight_tokens_on_each_side_count(english: ContextModel) -> None:
    left, right = ["near"] * 8, ["the"] * 8
    near = english.log_odds(left, right, "led", ["filed"])
    assert near == english.log_odds(["lawsuit", *left], [*right, "lawsuit"], "led", ["filed"])


@given(st.text())
def test_tokens_leave_out_nothing_but_white_space(text: str) -> None:
    assert "".join(tokenize(text)) == "".join(text.split())


@given(st.text(min_size=1, max_size=12).filter(lambda token: not token.isspace()))
def test_a_normal_form_is_its_own_normal_form_unless_letters_close_up(token: str) -> None:
    form = normal_form(token)
    assert not form or "f" in form or normal_form(form) == form


def test_many_places_at_once_get_the_answers_that_each_gets_alone(english: ContextModel) -> None:
    edges = [("", "led", "filed", ""), ("A", "xyxy", "xyffxy", "b")]
    asked = [
        (tokenize(before), tokenize(behind), form, (form, reading, "xyffxy"))
        for before, form, reading, behind in (*SENTENCES, *PLAIN, *edges)
    ] * 100
    distinct = list({token for left, right, *_ in asked for token in (*left, *right)})
    sides = [(left[: -WINDOW - 1 : -1], right[:WINDOW]) for left, right, *_ in asked]
    rows = [[n for side in row for n in [*map(distinct.index, side), *[-1] * WINDOW][:WINDOW]] for row in sides]
    places: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for number, (*_, form, texts) in enumerate(asked):
        places.setdefault((form, texts), []).append(number)
    together = english.log_odds_in(Tokens(distinct, np.array(rows)), list(places), [*map(np.array, places.values())])
    for at, said in zip(places.values(), together, strict=True):
        assert said.tolist() == [english.log_odds(*asked[number]) for number in at]


@pytest.mark.parametrize("nats", [-6.0, 0.0, 6.0])
def test_who_knows_what_is_enough_gets_the_same_answers_where_they_are_enough(
    english: ContextModel, nats: float
) -> None:
    forms = [(form, (form, reading)) for _, form, reading, _ in (*SENTENCES, *PLAIN)]
    sides = [(tokenize(before), tokenize(behind)) for before, *_, behind in (*SENTENCES, *PLAIN)]
    distinct = list({token for side in sides for tokens in side for token in tokens})
    rows = [
        [n for tokens in (left[::-1], right) for n in [*map(distinct.index, tokens), *[-1] * WINDOW][:WINDOW]]
        for left, right in sides
    ]
    tokens, places = Tokens(distinct, np.array(rows)), list(np.arange(len(rows))[:, np.newaxis])
    every = english.log_odds_in(tokens, forms, places)
    found = english.log_odds_in(tokens, forms, places, [(math.inf, nats)] * len(forms))
    for whole, part in zip(every, found, strict=True):
        assert part.tolist() == whole.tolist() or max(whole[0, 1], part[0, 1]) < nats


@given(st.text(max_size=200))
def test_the_tokens_next_to_a_place_are_those_of_the_text(text: str) -> None:
    clean = text.translate(dict.fromkeys(range(0xD800, 0xE000), "\ufffd"))
    assert tokens_before(text)[-WINDOW:] == tokenize(clean)[-WINDOW:]
    assert tokens_behind(text)[:WINDOW] == tokenize(clean)[:WINDOW]


def test_what_the_document_is_about_speaks_for_its_words(english: ContextModel) -> None:
    sides = tokenize("the number of"), tokenize("species was")
    about_fish = tokenize("fish fishing shark tail sea boat nets reef catch water ocean gills scales trout salmon")
    about_money = tokenize("shares market stock price company profit bank trade investors bonds quarter growth fund")
    asked = [("shed", ("fished",))]
    [[fish]], [[money]], [[unknown]] = (
        english.log_odds_each([sides], asked, document)
        for document in (*(english.describe(dict.fromkeys(words, 3)) for words in (about_fish, about_money)), None)
    )
    assert fish > 1 + money
    assert fish > 1 + unknown
