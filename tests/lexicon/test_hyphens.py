"""What is known of hyphenated pairs."""

from ligafix.lexicon.hyphens import HyphenTable, load_hyphens


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
