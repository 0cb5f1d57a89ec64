"""`ligafix explain` tells what `clean` does."""

from pathlib import Path

import pytest

import ligafix
from tests.cli.conftest import Run

TEXT = "The rst ocer found the le in his oce; it was most signicant and dicult. He led the le."


def outcomes(run: Run, word: str) -> str:
    return " ".join(run("explain", word, "--in", "page.txt").out.decode().split())


@pytest.fixture(autouse=True)
def page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")  # no sentence is wrapped
    (folder / "page.txt").write_text(TEXT)


def test_the_probability_is_that_of_the_log(run: Run) -> None:
    change = next(c for c in ligafix.clean(TEXT).changes if c.before == "rst")
    assert f"rst becomes first ({change.confidence:.3f})" in outcomes(run, "rst")


@pytest.mark.parametrize("more", [[], ["--in", "page.txt"]])
def test_an_empty_word_is_refused(run: Run, more: list[str]) -> None:
    done = run("explain", "", *more)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "the word is empty" in done.err


@pytest.mark.parametrize("setting", ['ignore = ["rst=first"]', 'ignore = ["rst"]', 'protect = ["rst ocer"]'])
def test_what_the_settings_leave_alone_stays(run: Run, folder: Path, setting: str) -> None:
    (folder / "ligafix.toml").write_text(setting)
    assert "rst stays: the settings ignore or protect it" in outcomes(run, "rst")


def test_what_the_settings_prefer_is_preferred(run: Run, folder: Path) -> None:
    assert "led stays" in outcomes(run, "led")
    (folder / "ligafix.toml").write_text('prefer = ["led=filed"]')
    assert "led becomes filed" in outcomes(run, "led")


def test_what_is_in_an_address_stays(run: Run, folder: Path) -> None:
    (folder / "page.txt").write_text(f"{TEXT} See www.example.org/rst/index.html")
    assert "it is not looked at here, as in code" in outcomes(run, "rst")


def test_what_another_stage_makes_of_a_place_is_told(run: Run, folder: Path) -> None:
    (folder / "page.txt").write_text(f"{TEXT} Anthony G¨odel, who lived in Linz, had seen the sta.")
    assert "G¨odel becomes Gödel" in outcomes(run, "odel")
