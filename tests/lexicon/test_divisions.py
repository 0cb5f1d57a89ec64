"""The model of divided words."""

from pathlib import Path

from weights import save_weights

from ligafix.lexicon.divisions import ANY_LANGUAGE, DivisionModel, load_divisions


def test_weights_are_kept_to_a_hundredth(tmp_path: Path) -> None:
    path = tmp_path / "xx.weights.trie"
    save_weights({"bias": 1.234, "opens": -0.5, "nothing": 0.001}, path)
    model = DivisionModel(path)
    assert model.log_odds({"bias": 1.0}) == 1.23
    assert model.log_odds({"bias": 2.0, "opens": 4.0, "nothing": 9.0, "unheard": 9.0}) == 2 * 1.23 - 2


def test_a_language_without_weights_takes_those_of_all() -> None:
    features = {"bias": 1.0, "case a|a": 1.0}
    assert load_divisions("xx").log_odds(features) == load_divisions(ANY_LANGUAGE).log_odds(features)
