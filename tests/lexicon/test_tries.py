"""Words of any text can be looked up."""

from __future__ import annotations

import pytest

from ligafix import clean
from ligafix.lexicon import load_context, load_languages, load_words
from ligafix.lexicon.divisions import load_divisions
from ligafix.lexicon.hyphens import load_hyphens

BAD = "th\udce9"


def test_a_word_with_bad_bytes_is_in_no_table() -> None:
    words, hyphens = load_words("en"), load_hyphens("en")
    assert words is not None
    assert hyphens is not None
    assert (words.frequency(BAD), words.with_skeleton(BAD), list(words.starting_with(BAD))) == (0.0, [], [])
    assert (hyphens.has(BAD, "like"), hyphens.opening_odds(BAD)) == (False, None)
    assert load_languages().weights(BAD) == {}
    assert load_divisions("en").log_odds({BAD: 1.0}) == 0.0


def test_a_word_with_bad_bytes_tells_nothing_as_a_neighbour() -> None:
    context = load_context("en")
    assert context is not None
    assert context.log_odds([BAD], [BAD], BAD, [BAD]) == [0.0]


@pytest.mark.parametrize("text", ["\udce9ing . wit", "the rst \udc80cer. led,\udcff the", "a\udce9-\nb the rst ocer"])
def test_bad_bytes_in_a_text_stay(text: str) -> None:
    bad = [c for c in text if "\udc80" <= c <= "\udcff"]
    assert [c for c in clean(text).text if "\udc80" <= c <= "\udcff"] == bad
