"""The nearest project that says anything of ligafix sets how it cleans."""

from pathlib import Path

import pytest

from ligafix import Settings, SettingsError
from ligafix.cli.config import load_settings

PYPROJECT = '[project]\nname = "x"\n[tool.ligafix]\nmin-confidence = 0.5\n'


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_without_a_project_the_settings_are_the_usual_ones(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_pyproject_sets_them_in_its_table(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", PYPROJECT + 'languages = ["de"]\nstages = ["ligatures"]\n')
    expected = Settings(stages=("ligatures",), languages=("de",), min_confidence=0.5)
    assert load_settings(tmp_path) == expected


def test_ligafix_toml_sets_them_and_goes_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", PYPROJECT)
    write(tmp_path / "ligafix.toml", "min_confidence = 0.7\n")
    assert load_settings(tmp_path).min_confidence == 0.7


def test_a_byte_order_mark_is_no_mistake(tmp_path: Path) -> None:
    (tmp_path / "ligafix.toml").write_bytes(b"\xef\xbb\xbfreflow = true\n")
    assert load_settings(tmp_path).reflow


def test_the_nearest_folder_that_says_anything_counts(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", PYPROJECT)
    write(tmp_path / "a" / "pyproject.toml", '[project]\nname = "nothing of ligafix"\n')
    write(tmp_path / "a" / "b" / "c" / "text", "")
    assert load_settings(tmp_path / "a" / "b" / "c").min_confidence == 0.5


def test_a_broken_file_that_is_not_about_ligafix_does_not_matter(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "= broken")
    assert load_settings(tmp_path) == Settings()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("ligafix.toml", "min-confidense = 1", "there is no setting 'min-confidense'; did you mean 'min-confidence'?"),
        ("ligafix.toml", 'stages = ["ligature"]', "did you mean 'ligatures'?"),
        ("ligafix.toml", 'stages = "ligatures"', "it is a list of names"),
        ("ligafix.toml", f"a = {'[' * 100_000}", "it is not valid TOML"),
        ("ligafix.toml", "= broken", "it is not valid TOML"),
        ("ligafix.toml", "min-confidence = true", "a number from 0 to 1"),
        ("pyproject.toml", "[tool]\nligafix = 3", "it is not valid TOML: tool.ligafix is not a table"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, name: str, text: str, message: str) -> None:
    write(tmp_path / name, text)
    with pytest.raises(SettingsError) as caught:
        load_settings(tmp_path)
    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert message in str(caught.value)


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "ligafix.toml").mkdir()
    with pytest.raises(SettingsError, match=r"ligafix\.toml: it cannot be read"):
        load_settings(tmp_path)
