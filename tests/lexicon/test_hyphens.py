"""What is known of hyphenated pairs."""

import pytest

from ligafix.lexicon.hyphens import HyphenTable, load_hyphens, pack_odds, unpack_odds


def table() -> HyphenTable:
    found = load_hyphens("en")
    assert found is not None
    return found


def test_a_pair_of_the_corpora_is_known() -> None:
    assert table().has("well", "known")
    assert not table().has("em", "pire")


def test_productive_parts_make_likely_pairs() -> None:
    words = {"first_word": 1e-5, "second_word": 1e-6}
    assert table().frequency("self", "zeroed", **words) > 10 * table().frequency("than", "zeroed", **words)


def test_a_language_without_corpus_has_no_pairs() -> None:
    assert load_hyphens("xx") is None


def test_a_table_tells_what_stands_between_the_letters_of_a_pair() -> None:
    spelt = table().pair_odds("well", "known")
    assert spelt is not None
    assert spelt > 3
    assert table().pair_odds("em", "pire") is None


def test_a_table_tells_what_hyphens_follow() -> None:
    self_, over = table().opening_odds("self"), table().opening_odds("over")
    assert self_ is not None
    assert over is not None
    assert self_ > over
    assert table().closing_odds("zeroed") is None


@pytest.mark.parametrize(("odds", "kept"), [(0.0, 0.0), (-2.5, -2.5), (99.0, 127 / 12), (-99.0, -128 / 12)])
def test_odds_are_kept_within_ten_nats(odds: float, kept: float) -> None:
    assert unpack_odds(pack_odds(odds)) == kept
