from __future__ import annotations

import pytest

from ligafix import Cleaner, Settings
from tests.cases import load_cases

CLEANER = Cleaner(Settings(stages=("hyphens", "ligatures")))
"""Both stages, since a divided word may have lost a ligature too."""


@pytest.mark.parametrize(("original", "restored"), load_cases("hyphens.json", "original", "restored"))
def test_divided_words_are_mended(original: str, restored: str) -> None:
    assert CLEANER.clean(original).text == restored


@pytest.mark.parametrize("restored", load_cases("hyphens.json", "restored", known_failures=False))
def test_a_text_without_divided_words_is_left_alone(restored: str) -> None:
    assert CLEANER.clean(restored).text == restored
