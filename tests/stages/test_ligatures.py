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


@pytest.mark.parametrize("piece", ["A fi nal decision", "The sta ff left", "Of...ce...s", "No…ce…s"])
def test_ligatures_that_stand_apart_and_drawn_out_words_stay(piece: str) -> None:
    lost = "The rst ocer of the sta found the le in his oce, a dicult aair of ve days."
    restored = "The first officer of the staff found the file in his office, a difficult affair of five days."
    assert CLEANER.clean(f"{lost} {piece}.").text == f"{restored} {piece}."
