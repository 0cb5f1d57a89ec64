"""`ligafix diagnose`: what it says about a document."""

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run

INTACT = (
    "The officer identified the officials and confirmed that their certificates were sufficient.\n"
    "Our first efforts were difficult, for the specific conflict of the offices affected the staff.\n"
    "The effect of the flood was significant; the definition of it is scientific and efficient.\n"
)
DAMAGED = re.sub("ffi|ffl|ff|fi|fl", "", INTACT)


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    path = tmp_path / "mixed.txt"
    path.write_text(f"{INTACT}\n{DAMAGED}", encoding="utf-8")
    return path


def test_it_says_in_which_lines_ligatures_are_lost(mixed: Path, run: Run) -> None:
    said = run("diagnose", str(mixed)).out.decode()
    assert "In lines 1–4: No ligature is lost" in said
    assert re.search("In lines 5–7: Lost: ff, ffi, (ffl, )?fi", said)


def test_json_has_the_parts_with_lines_and_places(mixed: Path, run: Run) -> None:
    (document,) = json.loads(run("diagnose", "--json", str(mixed)).out.decode())
    assert [region["lines"] for region in document["regions"]] == [[[1, 4]], [[5, 7]]]
    assert [region["spans"] for region in document["regions"]] == [
        [[0, len(INTACT) + 1]],
        [[len(INTACT) + 1, len(INTACT) + 1 + len(DAMAGED)]],
    ]


def test_a_document_of_one_piece_has_no_parts(tmp_path: Path, run: Run) -> None:
    path = tmp_path / "damaged.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    assert "In lines" not in run("diagnose", str(path)).out.decode()
    assert json.loads(run("diagnose", "--json", str(path)).out.decode())[0]["regions"] == []


@pytest.mark.parametrize("name", [":smile:.txt", "[red]a.txt", "a\\.txt"])
def test_a_name_is_shown_as_it_is_and_never_as_markup(folder: Path, run: Run, name: str) -> None:
    (folder / name).write_text(DAMAGED, encoding="utf-8")
    assert run("diagnose", name).out.decode().startswith(f"{name}: ")


@pytest.mark.parametrize("language", ["xx", "German"])
def test_a_language_that_is_not_known_is_refused(folder: Path, run: Run, language: str) -> None:
    (folder / "a.txt").write_text(DAMAGED, encoding="utf-8")
    for command in ("diagnose a.txt", "explain rst", "explain rst --in a.txt", "batch . b"):
        done = run(*command.split(), "--language", language)
        assert (done.status, done.err.count("\n")) == (2, 1)
        assert f"'{language}'" in done.err
