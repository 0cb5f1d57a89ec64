"""The network's opinion on words that can be confused: whole numbers, so that every machine says the same."""

from pathlib import Path

import numpy as np
import pytest
from weights import save_network

from ligafix.errors import DataError
from ligafix.lexicon.context.network import (
    AT_ONCE,
    DOCUMENT_MOST,
    EXACT,
    HIDDEN_MOST,
    LAYOUT,
    NEAR,
    Around,
    Network,
    Shapes,
    read,
)
from ligafix.lexicon.places import DICTIONARIES

SHIPPED = DICTIONARIES / "context" / "en.network"
WINDOW = 8
WORDS, EMBEDDED, HIDDEN, REDUCED, OUTPUTS = 30, 3, 5, 4, 6


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    draw = np.random.default_rng(0)
    shapes = {
        "embeddings": (WORDS + 1, EMBEDDED),
        "hidden": ((2 * NEAR + 1) * EMBEDDED + 3, HIDDEN),
        "hidden_bias": (HIDDEN,),
        "reduced": (HIDDEN, REDUCED),
        "reduced_bias": (REDUCED,),
        "document": (EMBEDDED, REDUCED),
        "document_mean": (EMBEDDED,),
        "outputs": (OUTPUTS, REDUCED),
        "output_bias": (OUTPUTS,),
    }
    path = tmp_path_factory.mktemp("network") / "xx.network"
    tables = {name: draw.integers(-60, 60, size) for name, size in shapes.items()}
    save_network(tables | {"output_bias": draw.uniform(-1, 1, OUTPUTS)}, Shapes(2, 3, 0.0001, 0.6, 0.5), path)
    return path


def some_places(number: int) -> Around:
    draw = np.random.default_rng(1)
    words = draw.integers(-1, WORDS, (number, 2 * WINDOW))
    return Around(words, words > 9, draw.integers(0, 2, (number, 3)))


def test_what_is_written_is_read(small: Path) -> None:
    tables, shapes = read(small)
    assert list(tables) == list(LAYOUT)
    assert shapes == Shapes(2, 3, 0.0001, 0.6, 0.5)
    assert tables["embeddings"].shape == (WORDS + 1, EMBEDDED)


def test_a_place_by_itself_gets_what_it_gets_among_many(small: Path) -> None:
    network, number = Network.load(small), AT_ONCE + 7
    around, pairs = some_places(number), [(i % OUTPUTS, (i + 1) % OUTPUTS) for i in range(number)]
    together = network.log_odds(around, [(np.array([i]), [pairs[i]]) for i in range(number)])
    for i in range(number):
        one = Around(*(table[i : i + 1] for table in around))  # type: ignore[arg-type]
        [alone] = network.log_odds(one, [(np.array([0]), [pairs[i]])])
        assert alone.tolist() == together[i].tolist()
    assert len({said.item() for said in together}) > 100


def test_what_speaks_for_a_word_speaks_against_the_other(small: Path) -> None:
    network, around, places = Network.load(small), some_places(9), np.array([3, 5])
    [first] = network.log_odds(around, [(places, [(0, 1), (2, 4)])])
    [second] = network.log_odds(around, [(places, [(1, 0), (4, 2)])])
    assert first.shape == (2, 2)
    assert first.tolist() == (-second).tolist()
    assert [said.tolist() for said in network.log_odds(around, [(places, [(1, 1)])])] == [[[0.0], [0.0]]]


def test_what_a_document_is_about_is_heard_at_all_its_places(small: Path) -> None:
    network, around, asked = Network.load(small), some_places(9), [(np.array([3, 5]), [(0, 1), (2, 4)])]
    [unknown] = network.log_odds(around, asked)
    [known] = network.log_odds(around, asked, network.describe({3: 40, 7: 12}))
    [other] = network.log_odds(around, asked, network.describe({11: 90}))
    assert len({said.tobytes() for said in (unknown, known, other)}) == 3


def test_a_document_is_about_its_words_in_any_order_and_the_frequent_ones_count_more(small: Path) -> None:
    network = Network.load(small)
    found = [network.describe(counts) for counts in ({3: 40, 7: 1}, {7: 1, 3: 40}, {3: 63, 7: 1}, {3: 1, 7: 40})]
    first, *same, other = [vector.tolist() for vector in found if vector is not None]
    assert same == [first, first]
    assert other != first


def test_a_network_without_documents_does_not_ask_about_them(small: Path, tmp_path: Path) -> None:
    tables, shapes = read(small)
    without = {"document": np.zeros((0, REDUCED)), "document_mean": np.zeros(0)}
    save_network(tables | without, shapes, tmp_path / "xx.network")
    network, asked = Network.load(tmp_path / "xx.network"), [(np.array([3]), [(0, 1)])]
    assert network.describe({3: 40}) is None
    [said], [with_documents] = (n.log_odds(some_places(9), asked) for n in (network, Network.load(small)))
    assert said.tolist() == with_documents.tolist()


def test_no_place_and_no_question_get_no_answer(small: Path) -> None:
    assert Network.load(small).log_odds(some_places(0), []) == []
    [said] = Network.load(small).log_odds(some_places(2), [(np.array([0, 1]), [])])
    assert said.shape == (2, 0)


def test_no_sum_of_the_shipped_network_is_too_large_to_be_exact() -> None:
    tables, _ = read(SHIPPED)
    size = tables["embeddings"].shape[1]
    inputs = np.full(len(tables["hidden"]), np.abs(tables["embeddings"].astype(int)).max())
    inputs[2 * NEAR * size : -3] *= 2 * WINDOW
    inputs[-3:] = 1
    assert (inputs @ np.abs(tables["hidden"].astype(int)) + np.abs(tables["hidden_bias"])).max() < EXACT
    reduced = HIDDEN_MOST * np.abs(tables["reduced"].astype(int)).sum(axis=0) + np.abs(tables["reduced_bias"])
    document = DOCUMENT_MOST * np.abs(tables["document"].astype(int)).sum(axis=0)
    assert (reduced + document).max() < EXACT


@pytest.mark.parametrize("size", [0, 5, 1000, -1])
def test_a_damaged_file_is_named(small: Path, tmp_path: Path, size: int) -> None:
    damaged = tmp_path / "xx.network"
    damaged.write_bytes(small.read_bytes()[:size])
    with pytest.raises(DataError, match=r"xx\.network"):
        Network.load(damaged)


def test_a_file_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="missing"):
        Network.load(tmp_path / "missing.network")
