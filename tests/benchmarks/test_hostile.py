"""Texts made to be slow, in small: none may take out of proportion, nor break a promise."""

from __future__ import annotations

import sys

import pytest
from hostile import EVERYTHING, TEXTS, at_most

from ligafix import Cleaner, Settings
from ligafix.changes import apply_changes, undo_changes

SIZE = 6_000
"""Code points: enough for what is quadratic in them to show, and for all texts to be done in half a minute."""

MOST_SECONDS = 4.0
"""Of this process; what takes longer grows faster than the text. The slowest takes a tenth of it."""


@pytest.fixture(scope="module")
def cleaner() -> Cleaner:
    cleaner = Cleaner(Settings(**EVERYTHING))
    cleaner.clean("The rst ocer of the sta found the le in his oce.\n" * 5)  # loads the tables
    return cleaner


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of the process")
@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_cleaned_in_time(cleaner: Cleaner, name: str) -> None:
    text = TEXTS[name](SIZE)
    assert len(text) == SIZE
    with at_most(MOST_SECONDS):
        result = cleaner.clean(text)
    assert apply_changes(text, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == text


@pytest.mark.skipif(sys.platform == "win32", reason="needs a timer of the process")
@pytest.mark.parametrize("name", ["one word", "one word of doubles", "digits", "figure names", "one line", "hyphens"])
def test_what_is_one_word_takes_no_more_when_it_is_long(cleaner: Cleaner, name: str) -> None:
    with at_most(MOST_SECONDS):
        cleaner.clean(TEXTS[name](100_000))
