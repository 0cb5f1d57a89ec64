"""What is told fast is what looking at everything tells."""

from __future__ import annotations

import math
import re
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import clean
from ligafix.chunks import find_chunks_of
from ligafix.document import MOST_UNREADABLE, find_seams, is_code, is_writing
from ligafix.evidence import regions, registers, survey
from ligafix.evidence.signs import _MAY_BE_ALWAYS, ALWAYS, SOMETIMES, find_signs
from ligafix.lexicon import load_context
from ligafix.lexicon.context.arrays import Tokens
from ligafix.lexicon.context.tokens import tokenize
from ligafix.lexicon.readings import Vocabulary
from ligafix.places import Place, Places
from ligafix.scoring import Scorer
from ligafix.scoring.hearing import hear_forms
from ligafix.stages.hyphens.places import find_interruptions
from ligafix.stages.spaces.letterspacing import _find_rows, _single_letters
from ligafix.stages.spaces.lost import _MAY_BE_ANY, KINDS
from ligafix.stages.spaces.notes import _MARK
from ligafix.stages.spaces.segmentation import _GREEK_OR_CYRILLIC

CODE = re.compile(
    r"\s*(?:\$ |>>> |#include|#!|//|/\*|<\?|def |import |from \w+ import |for ?\(|if ?\(|while ?\(|else\s*\{)"
    r"|(?=[^\n]*(?:[{}=]|\w\())[^\n]*[;{}]\s*(?://[^\n]*|/\*[^\n]*)?\Z"
    r"|[^\n]*=="
)
PIECES = ["a", " ", ";", "{", "}", "=", "(", "//", "/*", "\n", "==", "b", "def ", "x("]


@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_a_line_is_code_that_one_pattern_takes_for_code(line: str) -> None:
    assert is_code(line) == (CODE.match(line) is not None)


NO_WRITING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd\uffff]")


@given(st.text(st.sampled_from("ab\n\t\f\x00\x0b\x7f\x85\xa0é\ud800\uf8ffﬁ\ufffd龍"), min_size=10, max_size=40))
def test_a_text_is_writing_that_has_few_codes(text: str) -> None:
    text *= 200
    assert is_writing(text) == (len(NO_WRITING.findall(text)) <= MOST_UNREADABLE * len(text))


@given(st.text(st.sampled_from("ab -‐\xad¬\n\r\f\t.1"), max_size=40))
def test_a_text_that_cannot_have_divided_words_has_none(text: str) -> None:
    if not find_chunks_of(text).may_be_divided:
        assert not list(find_seams(text))
        assert not list(find_interruptions(text))


@given(st.lists(st.text(st.sampled_from("ab.1®º(/G3\x02?¼"), min_size=1, max_size=6), max_size=6).map(" ".join))
def test_signs_are_those_of_the_whole_text(text: str) -> None:
    find_signs.cache_clear()
    found = [m.group() for pattern in (ALWAYS, SOMETIMES) for m in pattern.finditer(text)]
    assert find_signs(text) == Counter(found)


WEIGHTS = st.one_of(st.just(0.0), st.just(-3.0), st.floats(0, 12))
EVENTS = st.lists(st.tuples(WEIGHTS, WEIGHTS, WEIGHTS, st.booleans()), max_size=40)


@given(EVENTS)
def test_a_text_that_is_surely_whole_has_no_regions(rows: list[tuple[float, float, float, bool]]) -> None:
    events = [regions._Event(n, n + 1, (0.0, *weights), opens) for n, (*weights, opens) in enumerate(rows)]
    if regions._is_surely_whole([event.weights for event in events]):
        assert not any(regions._best_path(events)[0])


ROWS = st.lists(st.tuples(st.floats(1, 9), st.tuples(*[st.floats(1e-9, 1e-2)] * 3)), min_size=1, max_size=9)


@given(ROWS)
def test_a_mixture_is_that_of_the_sums(rows: list[tuple[float, tuple[float, ...]]]) -> None:
    shares = [1 / 3] * 3
    before = registers.BEFORE * sum(n for n, _ in rows) / sum(n * n for n, _ in rows)
    for _ in range(registers.ROUNDS):
        weights = [n / sum(s * f for s, f in zip(shares, row, strict=True)) for n, row in rows]
        gained = [s * sum(w * row[i] for w, (_, row) in zip(weights, rows, strict=True)) for i, s in enumerate(shares)]
        gained = [gain + before / 3 for gain in gained]
        shares = [registers.LEAST_SHARE + (1 - 3 * registers.LEAST_SHARE) * g / sum(gained) for g in gained]
    assert registers._mixture(rows) == pytest.approx(shares, abs=1.1e-4)


@pytest.mark.parametrize("form", ["signi’cant", "l’aaire", "o’cer", "Sheeld’s", "d’ef", "don’tknow"])
def test_a_torn_word_has_the_readings_of_the_lists(form: str) -> None:
    vocabulary = Vocabulary({"en": 0.5, "fr": 0.5})
    assert vocabulary.torn(form) == [r for r in vocabulary.readings(form) if not r.composed]


@given(st.lists(st.floats(-12, 12), min_size=30, max_size=30), st.sampled_from(["our", "at", "rst", "it"]))
def test_what_may_not_be_reached_is_not_reached(nats: list[float], word: str) -> None:
    form = Scorer(survey("He led the men o, and it was the rst, e ect of our oor. " * 9))._form(word)
    heard = np.array(nats[: 5 * len(form.readings)]).reshape(-1, len(form.readings)) if form.readings else None
    if heard is not None and len(form.readings) > 1:
        may_reach = form.may_reach(0.05, heard)
        assert all(may or not form.reaches(0.05, row) for may, row in zip(may_reach, heard.tolist(), strict=True))


def test_many_places_hear_what_each_hears_alone() -> None:
    models = [(0.75, load_context("en")), (0.25, load_context("de"))]
    known = [(share, model, None) for share, model in models if model is not None]
    if len(known) < len(models):
        pytest.skip("built without context models")
    left, right = tokenize("The men were"), tokenize("the field by the")
    distinct = [*dict.fromkeys((*left, *right))]
    row = [*map(distinct.index, left[::-1]), *[-1] * (8 - len(left)), *map(distinct.index, right)]
    tokens = Tokens(distinct, np.array([row + [-1] * (16 - len(row))] * 2))
    asked = [("led", ("led", "filed")), ("ecke", ("ecke", "flecke"))]
    heard = list(hear_forms(tokens, asked, [[0], [1]], known))
    for form, said in zip(asked, heard, strict=True):
        alone = [[share * nats for nats in model.log_odds(left, right, *form)] for share, model, _ in known]
        assert said.tolist() == [[math.fsum(nats) for nats in zip(*alone, strict=True)]]


def test_places_with_the_same_words_around_them_are_weighed_alike_and_as_each_would_be() -> None:
    text = "He led the men, and a led report was in the rst oce; the rst le. The men led it there.\n" * 40
    spans = [match.span() for match in re.finditer(r"\b(?:led|rst|le|oce)\b", text)]
    scorer = Scorer(survey("It was the rst e ect of signicant conicts in our oces. " * 9))
    weighed = scorer._weigh_each(Places(text, spans))
    assert weighed == [scorer.weigh(Place(text, *span)) for span in spans]
    assert len(set(map(id, weighed))) < len(spans) / 10


def test_a_form_that_was_met_before_is_parted_as_the_first_time() -> None:
    lost = "We went overthe sea and saw the end ofthe land. It was theend of manythings and ofthe rest. "
    meant = "A form as ofthe and theend is what ofthe and theend and ofthe and theend mean. "
    first = clean(lost * 3).changes
    clean(meant * 9)
    assert clean(lost * 3).changes == first


PLAIN_CHUNK = st.from_regex(r"[A-Za-z]{1,12}[.,;!?]{0,3}", fullmatch=True)


@given(PLAIN_CHUNK)
def test_no_pattern_that_chunks_are_asked_for_is_found_in_a_plain_one(chunk: str) -> None:
    patterns = (_MAY_BE_ALWAYS, SOMETIMES, _MAY_BE_ANY, _MARK, _GREEK_OR_CYRILLIC, *(kind.glued for kind in KINDS))
    assert not [pattern for pattern in patterns if pattern.search(f"x\n{chunk}\nx")]


@given(st.text(st.sampled_from("abI \n\xa0\u2009.é"), max_size=30))
def test_letters_set_wide_are_a_row_of_single_letters(text: str) -> None:
    if list(_find_rows(text)):
        assert find_chunks_of(text).has_row(_single_letters())


def test_a_place_beside_a_hyphen_is_joined() -> None:
    assert [Place("a-b c", at, at + 1).is_joined for at in (0, 2, 4)] == [True, True, False]
