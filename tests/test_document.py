"""The one view of a text's words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.chunks import Chunks, count_words, find_in_prose, words_in
from ligafix.document import find_seams, partners, surroundings


@pytest.mark.parametrize(
    "chunk", ["led@example.org", "http://led.org/at", "x_led", "\\led", "led2", "2nd", "{led}", "10.1000/led"]
)
def test_addresses_and_code_hold_no_words(chunk: str) -> None:
    assert words_in(chunk) == ()


def test_words_keep_their_place_in_the_chunk() -> None:
    assert [(w.text, w.start) for w in words_in("(ve-year’s)")] == [("ve", 1), ("year’s", 4)]


def test_halves_of_a_divided_word_are_not_counted() -> None:
    assert count_words("a signi-\ncant word, sig-\n\n\nnal (end-\ning) here") == {
        "a": 1, "word": 1, "here": 1,
    }  # fmt: skip


def test_what_stands_beside_a_divided_word_is_counted() -> None:
    assert count_words("well-signi-\ncant-word") == {"well": 1, "word": 1}


@given(st.text(st.sampled_from("ab -\n’.é1"), max_size=60))
def test_no_word_is_counted_less_than_never(text: str) -> None:
    assert all(n > 0 for n in count_words(text).values())


def test_a_seam_reaches_over_the_page_s_end() -> None:
    (seam,) = find_seams("Cau-\n\fcasus")
    assert (seam.left, seam.gap, seam.right) == ("Cau", "\n\f", "casus")
    assert [seam.left for seam in find_seams("Cau-\r\ncasus")] == ["Cau"]


def test_surroundings_stop_at_the_paragraph() -> None:
    text = "far away.\n\nHe led, in 1937, a charge.\n\nNext"
    start = text.index("led")
    assert surroundings(text, start, start + 3) == ("He ", ", in 1937, a charge.")


def test_partners_are_what_a_hyphen_joins() -> None:
    assert partners("an eld-eect here", 7, 11) == ("eld", "")
    assert partners("a - b", 0, 1) == ("", "")


def test_chunks_are_found_where_they_stand_and_not_inside_others() -> None:
    text = "led filed led, (led) led"
    assert list(Chunks(text).find({"led"})) == [("led", 0), ("led", 21)]


def test_chunks_that_a_pattern_is_found_in_are_told_once_each() -> None:
    assert list(Chunks("a,b c a,b d,e").matching(re.compile("[,](?=[a-z])"))) == ["a,b", "d,e"]


def test_chunks_side_by_side_are_counted_where_one_of_them_is_wanted() -> None:
    assert Chunks("the rst of the rst\nday").pairs_with({"rst"}) == {
        ("the", "rst"): 2,
        ("rst", "of"): 1,
        ("rst", "day"): 1,
    }


def test_the_signs_at_the_edges_of_chunks_are_counted() -> None:
    assert Chunks("(one) two, three, (four").count_edges("(", ",") == 4


def test_chunks_in_lines_of_code_are_passed_over() -> None:
    text = "the nd day\nint nd = open(path);\nthe nd of it"
    assert [start for _, start in find_in_prose(text, {"nd"})] == [4, 36]


def test_chunks_may_be_counted_as_others() -> None:
    assert count_words("the xnd of the xnd", ["xnd"], lambda chunk: chunk.replace("x", "")) == {
        "the": 2,
        "of": 1,
        "nd": 2,
    }
