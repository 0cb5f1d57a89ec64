"""What the context model borrows from a trigram model is what that model says, word for word."""

from __future__ import annotations

import importlib
import itertools
import math
import struct
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType
from typing import Any

import marisa_trie
import numpy as np
import pytest

from ligafix.lexicon.context.features import Vocabulary, context_features

Grams = Mapping[tuple[str, ...], tuple[float, float]]
WORDS = ("</s>", "<s>", "away", "birds", "don't", "flown", "have", "own", "the", "they")
GRAMS: Grams = {  # the words as they stand in the text: log probability, back-off weight
    **{(word,): (-2.0 - n / 8, -0.5 - n / 16) for n, word in enumerate(WORDS)},
    ("have", "flown"): (-1.5, -0.25),
    ("have", "own"): (-3.0, 0.0),
    ("the", "own"): (-4.0, 0.0),
    ("they", "have"): (-1.0, 0.125),
    ("flown", "away"): (-0.5, -0.375),
    ("own", "birds"): (-2.5, 0.0),
    ("don't", "flown"): (-0.75, 0.0),
    ("<s>", "own"): (-5.0, 0.0),
    ("flown", "</s>"): (-0.875, 0.0),
    ("birds", "have"): (-1.25, 0.25),
    ("away", "they"): (-1.75, 0.0),
    ("they", "have", "flown"): (-0.5, 0.0),
    ("have", "flown", "away"): (-0.25, 0.0),
    ("flown", "away", "they"): (-3.5, 0.0),
}


@pytest.fixture(scope="module")
def scripts() -> tuple[ModuleType, ModuleType]:
    """The modules `trigrams` and `borrowed` beside `dictionaries/build_context.py`."""
    return importlib.import_module("trigrams"), importlib.import_module("borrowed")


@pytest.fixture(scope="module")
def model(scripts: tuple[ModuleType, ModuleType], tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("trigrams") / "toy.lm.bin"
    path.write_bytes(as_sphinx(GRAMS))
    return scripts[0].read_trigrams(path)


def as_sphinx(grams: Grams) -> bytes:
    """A trigram model as CMU Sphinx stores it, logarithms to the base 1.0001."""
    base = math.log(1.0001)
    number = {word: n for n, word in enumerate(WORDS)}
    pairs, triples = (
        sorted((g[::-1] for g in grams if len(g) == n), key=lambda g: [number[w] for w in g]) for n in (2, 3)
    )
    word_bits, place_bits = len(WORDS).bit_length(), len(triples).bit_length()
    bins = [[0.0] * 65536 for _ in range(3)]
    used = itertools.count()

    def store(table: int, value: float) -> int:
        place = next(used)
        bins[table][place] = value / base
        return place

    middle = [
        number[p[1]]
        | store(1, grams[p[::-1]][1]) << word_bits
        | store(0, grams[p[::-1]][0]) << word_bits + 16
        | sum(t[:2] < p for t in triples) << word_bits + 32
        for p in pairs
    ]
    middle.append(len(triples) << word_bits + 32)
    last = [number[t[2]] | store(2, grams[t[::-1]][0]) << word_bits for t in triples] + [0]
    data = b"Trie Language Model\3" + struct.pack("<4I", len(WORDS), len(pairs), len(triples), 1)
    data += b"".join(struct.pack("<65536f", *values) for values in bins)
    for word in (*WORDS, "~"):
        probability, backoff = grams.get((word,), (0.0, 0.0))
        data += struct.pack("<ffI", probability / base, backoff / base, sum(p[0] < word for p in pairs))
    data += packed(middle, word_bits + 32 + place_bits) + packed(last, word_bits + 16)
    names = b"".join(word.encode() + b"\0" for word in WORDS)
    return data + struct.pack("<I", len(names)) + names


def packed(entries: list[int], bits: int) -> bytes:
    whole = sum(entry << n * bits for n, entry in enumerate(entries))
    return whole.to_bytes((len(entries) * bits + 7) // 8 + 8, "little")


def log_probability(word: str, *before: str) -> float:
    """What a model that backs off says, by the book; the words before in the order of the text."""
    gram = (*before, word)
    if gram in GRAMS:
        return GRAMS[gram][0]
    return GRAMS.get(before, (0.0, 0.0))[1] + log_probability(word, *before[1:])


def places() -> list[tuple[str, str, str, str]]:
    """Two words before and two words behind: all that the model can tell from each other."""
    return list(
        itertools.product(("they", "birds"), ("have", "the", "away"), ("away", "birds", "the"), ("they", "own"))
    )


def expected(word: str, place: tuple[str, str, str, str]) -> float:
    farther, nearer, behind, second = place
    around = log_probability(behind, nearer, word) + log_probability(second, word, behind)
    return log_probability(word, farther, nearer) + around - log_probability(word)


def test_a_file_that_is_no_model_is_refused(scripts: tuple[ModuleType, ModuleType], tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("\\data\\\nngram 1=5\n")
    with pytest.raises(ValueError, match="no trigram model"):
        scripts[0].read_trigrams(path)


def test_words_and_probabilities_are_read_as_they_were_stored(model: Any) -> None:
    assert tuple(model.words) == WORDS
    assert model.alone == pytest.approx([GRAMS[word,][0] for word in WORDS], abs=1e-4)


class Toy:
    """A vocabulary of a few words, and what the model says in its features."""

    def __init__(self, borrowed: ModuleType, model: Any) -> None:
        words = ("away", "birds", "have", "own", "the", "they", "own", ".", ",", "'t", "don", "~")
        trie = marisa_trie.Trie(sorted(set(words)))
        count = len(trie)
        self.vocabulary = Vocabulary(trie, list(range(count)), [[0] * count for _ in range(4)])
        numbers = {key: trie[key] for key in trie.keys()}  # noqa: SIM118 - a trie, no dictionary
        self.borrowed = borrowed.Borrowed(model, numbers)
        self.scale = borrowed.BORROWED_BOTH
        self.listed = borrowed.LISTED
        self.regressions = self.borrowed.lend({}, {})

    def says(self, left: list[str], right: list[str]) -> float:
        """What there is to be said for `flown` against `own`, in the units of the trigram model."""
        features = [f & 0xFFFF_FFFF_FFFF_FFFF for f in context_features(self.vocabulary, left, right, "own")]
        score = float(self.regressions["own flown"].score(np.array([features], np.uint64))[0])
        return float((score - self.listed) / self.scale)


@pytest.fixture(scope="module")
def toy(scripts: tuple[ModuleType, ModuleType], model: Any) -> Toy:
    return Toy(scripts[1], model)


@pytest.mark.parametrize("place", places())
def test_a_pair_borrows_just_what_the_trigrams_say(toy: Toy, place: tuple[str, str, str, str]) -> None:
    truth = expected("flown", place) - expected("own", place)
    assert toy.says(list(place[:2]), list(place[2:])) == pytest.approx(truth, abs=1e-3)


def test_a_full_stop_is_what_the_model_knows_as_the_end_of_a_sentence(toy: Toy) -> None:
    inside, at_end = (toy.says(["the"], [sign]) for sign in ("the", "."))
    gained = log_probability("</s>", "flown") - GRAMS["flown",][1] - log_probability("</s>")
    assert at_end - inside == pytest.approx(gained, abs=1e-3)


def test_a_word_beyond_a_comma_counts_as_the_next(toy: Toy) -> None:
    gained = GRAMS["the",][1] + log_probability("own") - log_probability("own", "the")
    assert toy.says(["the", ","], ["the"]) - toy.says([","], ["the"]) == pytest.approx(gained, abs=1e-3)


def test_a_contraction_is_two_tokens_of_the_text_and_one_word_of_the_model(toy: Toy) -> None:
    gained = log_probability("flown", "don't") - GRAMS["don't",][1] - log_probability("flown")
    assert toy.says(["don", "'t"], ["the"]) - toy.says(["they", "'t"], ["the"]) == pytest.approx(gained, abs=1e-3)


def test_what_was_learnt_about_other_pairs_stays(toy: Toy, scripts: tuple[ModuleType, ModuleType]) -> None:
    certain = scripts[1].CERTAIN
    lent = toy.borrowed.lend({"led filed": certain}, {"led": ["filed"]})
    assert lent["led filed"].score(np.zeros((1, 1), np.uint64)) == certain.bias
