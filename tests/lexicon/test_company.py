"""What is counted beside a word speaks for it there, what a frequent word never has beside it against it."""

from __future__ import annotations

import importlib
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from ligafix.lexicon.context.features import Vocabulary, context_features
from ligafix.lexicon.tries import Trie

SENTENCES = [
    *(["dei chi e pere"] * 3),
    *(["a chi parla dei mali"] * 30),
    *(["lui arma la nave"] * 5),
    *(["lui arma che parla"] * 2),
    *(["lei arma che tace"] * 4),
]
"""As the model sees them; the first chi is fichi, the arma before che is affirma."""


@pytest.fixture(scope="module")
def company() -> ModuleType:
    """The module `company` beside `dictionaries/build_context.py`."""
    return importlib.import_module("company")


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    trie = Trie(sorted({word for sentence in SENTENCES for word in sentence.split()}))
    classes = [0] * len(trie)
    return Vocabulary(trie, list(range(len(trie))), [classes] * 4)


def build(company: ModuleType, vocabulary: Vocabulary, places: dict[str, list[int]], kin: Any = None) -> Any:
    numbers = [[vocabulary.look_up(word).word for word in sentence.split()] for sentence in SENTENCES]
    text = np.array([-1, *(number for sentence in numbers for number in [*sentence, -1])])
    found = {word: np.array(at) for word, at in places.items()}
    return company.Company(text, np.zeros(len({*text}) - 1, np.int64), found, kin or {})


def find_places(word: str, before: str = "", behind: str = "") -> list[int]:
    """Where a word stands in the text, beside these words if any are given."""
    words = ["", *(word for sentence in SENTENCES for word in [*sentence.split(), ""])]
    rows = enumerate(zip(words, words[1:], words[2:], strict=False), 1)
    return [at for at, row in rows if row[1] == word and before in ("", row[0]) and behind in ("", row[2])]


def score(parts: list[tuple[float, Any]], vocabulary: Vocabulary, left: str, form: str, right: str) -> float:
    features = [n & 0xFFFF_FFFF_FFFF_FFFF for n in context_features(vocabulary, left.split(), right.split(), form)]
    rows = np.array([features], np.uint64)
    return float(sum(factor * regression.score(rows)[0] for factor, regression in parts))


def test_neighbours_speak_for_the_word_that_they_are_seen_with(company: ModuleType, vocabulary: Vocabulary) -> None:
    built = build(company, vocabulary, {"fichi": find_places("chi", "dei"), "chi": find_places("chi", "a")})
    parts = built.compare("chi", "fichi")
    assert score(parts, vocabulary, "dei", "chi", "e") > 5
    assert score(parts, vocabulary, "a", "chi", "parla") < -2
    assert score(parts, vocabulary, "dei", "chi", "mali") > 0


def test_a_rare_word_leans_on_its_kin(company: ModuleType, vocabulary: Vocabulary) -> None:
    places = {
        "affirmo": find_places("arma", "lui", "che"),
        "affirma": find_places("arma", "lei", "che"),
        "arma": find_places("arma", "lui", "la"),
    }
    kin = company.find_kin({"armo": ["affirmo"], "arma": ["affirma"]})
    alone = build(company, vocabulary, places).compare("armo", "affirmo")
    together = build(company, vocabulary, places, kin).compare("armo", "affirmo")
    assert score(together, vocabulary, "lei", "armo", "che") > score(alone, vocabulary, "lei", "armo", "che") + 1


def test_nothing_is_said_of_a_word_that_the_text_has_not(company: ModuleType, vocabulary: Vocabulary) -> None:
    assert build(company, vocabulary, {"chi": find_places("chi")}).compare("chi", "fichi") == []


def test_kin_share_the_ligature_and_a_letter_more(company: ModuleType) -> None:
    kin = company.find_kin({"armo": ["affirmo"], "arma": ["affirma"], "ne": ["fine"], "nito": ["finito"]})
    assert kin["affir"] == (frozenset({"armo", "arma"}), frozenset({"affirmo", "affirma"}))
    assert kin["fini"] == (frozenset({"nito"}), frozenset({"finito"}))
