from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, Settings
from ligafix.changes import Proposal
from ligafix.evidence import survey
from ligafix.scoring import Scorer
from ligafix.stages import hyphens
from ligafix.stages.hyphens.features import Division, is_word
from ligafix.stages.hyphens.places import find_chains, find_interruptions
from ligafix.stages.hyphens.weighing import Weigher
from tests.cases import load_cases

CLEANER = Cleaner(Settings(stages=("hyphens", "ligatures")))
"""Both stages, since a divided word may have lost a ligature too."""

DOUBTFUL = "The sea-\nport lies low. The land-\nowner was away. His brother-in-law stayed at home.\n"
NOTE_BETWEEN = "The board paid for the em-\n1 Minutes, vol. 3, p. 12.\nbankment, and for nothing else.\n"


def propose(text: str) -> list[Proposal]:
    return hyphens.propose(text, Scorer(survey(text, ("en",))))


@pytest.mark.parametrize(("original", "restored"), load_cases("hyphens.json", "original", "restored"))
def test_divided_words_are_mended(original: str, restored: str) -> None:
    assert CLEANER.clean(original).text == restored


@pytest.mark.parametrize("restored", load_cases("hyphens.json", "restored", known_failures=False))
def test_a_text_without_divided_words_is_left_alone(restored: str) -> None:
    assert CLEANER.clean(restored).text == restored


def test_the_halves_of_a_word_that_stand_apart_are_mended_together_or_not_at_all() -> None:
    first, second = propose(NOTE_BETWEEN)
    assert first.group is not None
    assert first.group == second.group
    assert (first.after, second.after) == ("embankment,", "")


@pytest.mark.parametrize(
    "text",
    [
        "The signal lasted for eight seconds (TB-green, TB-\n\nFig. 2. Lamps of the harbour at night.\n",
        "About one in ten of the genes encod-\nmaster regulator at the top of the loop might be amplified.\n",
        "We counted the boats of the harbour and the share\xadare dependent on traffic.\n",
    ],
    ids=["a caption", "another column", "a dash"],
)
def test_what_is_no_rest_of_a_word_is_not_even_suggested(text: str) -> None:
    assert propose(text) == []


def test_halves_that_nothing_calls_a_pair_are_only_suggested() -> None:
    (proposal,) = propose("We chose the more flexible formulation rep-\nanalysis to find the potential brain areas.\n")
    assert (proposal.rule, proposal.after) == ("kept-hyphen", "rep-analysis\n")
    assert proposal.confidence < 0.9


def test_notes_between_the_halves_of_a_word_are_not_touched() -> None:
    assert "\n1 Minutes, vol. 3, p. 12.\n" in CLEANER.clean(NOTE_BETWEEN).text


def test_a_document_that_never_divides_words_keeps_its_hyphens() -> None:
    ragged = "They met at the well-\nknown inn, by the red-\ngreen door.\nIt was a self-\nevident lie.\n"
    division = Division("sea", "port")
    assert _probability(division, DOUBTFUL + 20 * ragged) < _probability(division, DOUBTFUL)


def _probability(division: Division, text: str) -> float:
    scorer = Scorer(survey(text, ("en",)))
    weigher = Weigher(text, scorer)
    weigher.learn((Division(seam.left, seam.right), seam.mark, scorer) for chain in find_chains(text) for seam in chain)
    return weigher.join(division, "-", scorer)


@pytest.mark.parametrize("mark", ["\xad", "¬"])
def test_a_soft_mark_speaks_for_joining(mark: str) -> None:
    scorer = Scorer(survey(DOUBTFUL, ("en",)))
    weigher = Weigher(DOUBTFUL, scorer)
    division = Division("two", "fold")
    assert weigher.join(division, mark, scorer) > weigher.join(division, "-", scorer)


def test_a_capital_inside_makes_no_word() -> None:
    scorer = Scorer(survey(DOUBTFUL, ("en",)))
    assert is_word(Division("can", "not"), scorer)
    assert not is_word(Division("can", "Not"), scorer)


@given(st.text(alphabet="ab1 -\n\r\f¬.", max_size=120))
def test_halves_that_stand_apart_are_where_they_are_said_to_be(text: str) -> None:
    for found in find_interruptions(text):
        end = found.start + len(found.left)
        assert text[found.start : end + 1] == found.left + found.mark
        assert all(text.startswith(rest.right, rest.start) and rest.start > end for rest in found.rests)


PIECES = ["sam", "ples", "well", "known", "The", "-", "\xad", "\n", "\f", " ", "1", "."]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
@settings(deadline=None)  # the first one loads the dictionaries
def test_mending_twice_changes_nothing(pieces: list[str]) -> None:
    once = CLEANER.clean("".join(pieces)).text
    assert CLEANER.clean(once).text == once
