"""Words that a lost ligature tore in two tell that it is lost."""

from ligafix.evidence import survey
from ligafix.evidence.torn import count_pairs, find_torn
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.readings import Vocabulary

ENGLISH = Vocabulary({"en": 1.0})


def test_pairs_are_counted_where_one_may_be_a_piece() -> None:
    assert count_pairs("a signi cant one, a signi cant one", ENGLISH)["signi", "cant"] == 2
    assert ("the", "house") not in count_pairs("the house", ENGLISH)


def test_a_line_end_parts_no_pair() -> None:
    assert ("signi", "cant") not in count_pairs("signi\ncant", ENGLISH)


def test_a_torn_word_is_found_with_its_loss() -> None:
    loss, ratio, number, pair, word = next(find_torn({("signi", "cant"): 3}, ENGLISH))
    assert (loss, number, pair, word) == (Loss("fi", ""), 3, ("signi", "cant"), "significant")
    assert ratio > 1e4


def test_torn_words_tell_that_a_ligature_is_lost() -> None:
    torn = "The di erent e ects su er from the o ered e orts, which di er; the a ected sta o ers it."
    assert survey(torn).lost(Loss("ff", "")) > 0.5
    assert survey("The different effects suffer from the offered efforts.").lost(Loss("ff", "")) < 0.01


def test_two_words_of_which_one_lost_its_beginning_are_no_torn_one() -> None:
    rows = list(find_torn({("a", "xed"): 1}, ENGLISH))
    assert all(ratio < 1 for _, ratio, *_ in rows)
