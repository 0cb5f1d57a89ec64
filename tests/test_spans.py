"""Spans of a text, and what comes in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import document, spans
from ligafix.spans import Spans, replace_spans

TEXTS = st.text("aé∑ \n", max_size=60)
SPAN = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda span: (span[0], sum(span)))


@given(st.lists(SPAN, max_size=8), SPAN)
def test_spans_meet_what_overlaps_one_of_them(taken: list[tuple[int, int]], asked: tuple[int, int]) -> None:
    start, end = asked
    assert Spans(taken).meet(start, end) == any(first < end and start < last for first, last in taken)
    assert bool(Spans(taken)) == bool(taken)


@given(TEXTS, st.lists(st.tuples(st.integers(0, 60), st.text("xß", max_size=9)), max_size=8, unique_by=lambda e: e[0]))
def test_a_text_is_rewritten_the_same_part_by_part(text: str, places: list[tuple[int, str]]) -> None:
    edits = [(at, min(at + 1, len(text)), after) for at, after in sorted(places) if at <= len(text)]
    whole = replace_spans(text, edits)
    expected = list(text)
    for start, end, after in reversed(edits):
        expected[start:end] = after
    assert whole == "".join(expected)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spans, "PART", 3)
        assert replace_spans(text, edits) == whole


@given(TEXTS)
def test_odd_characters_are_found_part_by_part(text: str) -> None:
    whole = document.odd_characters.__wrapped__(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document, "_PART", 3)
        assert document.odd_characters.__wrapped__(text) == whole == set(text) & set("é∑")
