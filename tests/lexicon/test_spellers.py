"""The word lists of spell checkers are read with all forms that their affixes make."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

AFFIXES = """SET UTF-8
NEEDAFFIX !
PFX a Y 1
PFX a 0 re [^r]
PFX e N 1
PFX e 0 l' .
SFX s Y 2
SFX s 0 s [^x]
SFX s x xes x
SFX v Y 2
SFX v er ant/s er
SFX v er é er
"""


@pytest.fixture(scope="module")
def spellers() -> ModuleType:
    """The script `dictionaries/spellers.py`."""
    path = Path(__file__).parents[2] / "dictionaries" / "spellers.py"
    spec = importlib.util.spec_from_file_location("spellers", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def read(spellers: ModuleType, folder: Path, *entries: str) -> set[str]:
    (folder / "xx.aff").write_text(AFFIXES, "utf-8")
    (folder / "xx.dic").write_text("\n".join((str(len(entries)), *entries)) + "\n", "utf-8")
    return set(spellers.read_words(folder / "xx.dic"))


def test_a_suffix_is_put_where_its_condition_holds(spellers: ModuleType, tmp_path: Path) -> None:
    assert read(spellers, tmp_path, "fleur/s", "prefix/s") == {"fleur", "fleurs", "prefix", "prefixes"}


def test_suffixes_follow_suffixes_and_prefixes_go_with_them(spellers: ModuleType, tmp_path: Path) -> None:
    found = read(spellers, tmp_path, "fier/va")
    assert found == {"fier", "fiant", "fiants", "fié", "refier", "refiant", "refiants", "refié"}


def test_stems_that_are_no_words_are_left_out(spellers: ModuleType, tmp_path: Path) -> None:
    assert read(spellers, tmp_path, "afflu/!s po:nom") == {"afflus"}


def test_elided_articles_make_no_words(spellers: ModuleType, tmp_path: Path) -> None:
    assert read(spellers, tmp_path, "affaire/e") == {"affaire"}


VERB = """{"auflodern": {
    "INF": "auflodern", "EIZ": "aufzulodern", "PA2": ["aufgelodert", "aufgeloderet"],
    "PRT": {"S": {"1": ["loderte", "auf"]}}
}}"""


def test_a_verb_and_its_prefix_make_one_word(spellers: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "verbs.json").write_text(VERB, "utf-8")
    found = set(spellers.read_inflections(tmp_path / "verbs.json"))
    assert found == {"auflodern", "aufzulodern", "aufgelodert", "aufgeloderet", "aufloderte"}


def test_the_gender_of_a_noun_is_no_word(spellers: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "words.json").write_text('{"Pfiff": {"G": "M", "DAT": {"SIN": "Pfiffe"}}}', "utf-8")
    assert set(spellers.read_inflections(tmp_path / "words.json")) == {"Pfiff", "Pfiffe"}
