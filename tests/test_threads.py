"""One thread for the arithmetic of arrays."""

import os

import pytest

from ligafix.threads import VARIABLES, use_one_thread


def test_numpy_is_told_to_use_one_thread_unless_the_user_says_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "4")
    use_one_thread()
    assert [os.environ[variable] for variable in VARIABLES] == ["4", "1", "1", "1"]
