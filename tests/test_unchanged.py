from __future__ import annotations

import pytest

from ligafix import Cleaner, Settings
from ligafix.settings import STAGES
from tests.cases import load_cases

CLEANER = Cleaner(Settings(stages=STAGES))


@pytest.mark.parametrize("text", load_cases("unchanged.json", "text"))
def test_an_undamaged_text_comes_back_as_it_was(text: str) -> None:
    assert CLEANER.clean(text).text == text
