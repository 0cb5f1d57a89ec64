"""The benchmark of the context model finds the program that builds it."""

import pytest
from context import load_builder


def test_the_builder_is_loaded_with_the_modules_beside_it() -> None:
    pytest.importorskip("sklearn")
    builder = load_builder()
    assert builder.drop("affirm") == "arm"
    assert builder.borrow("de") is None
