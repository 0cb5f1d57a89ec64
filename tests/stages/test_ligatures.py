from __future__ import annotations

import pytest

from ligafix import Cleaner, Settings
from tests.cases import load_cases

CLEANER = Cleaner(Settings(stages=("ligatures",)))


@pytest.mark.parametrize(("original", "restored"), load_cases("ligatures.json", "original", "restored"))
def test_lost_ligatures_come_back(original: str, restored: str) -> None:
    assert CLEANER.clean(original).text == restored


@pytest.mark.parametrize("restored", load_cases("ligatures.json", "restored", known_failures=False))
def test_a_text_with_its_ligatures_is_left_alone(restored: str) -> None:
    assert CLEANER.clean(restored).text == restored
