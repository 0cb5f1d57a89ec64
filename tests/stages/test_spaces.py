from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, Settings
from ligafix.changes import Status, apply_changes, undo_changes
from ligafix.evidence import survey
from ligafix.scoring import Scorer
from ligafix.stages.spaces import rows, segmentation
from tests.cases import load_cases

CLEANER = Cleaner(Settings(stages=("spaces",)))

PROSE = "The men of the town came to the old hall, and the women left it. It was late, and cold, and they went home. "
LONG = PROSE * 300

NOT_SPLIT = [
    "McDonald", "JSTOR", "PubMed", "iPhone", "eBay", "LaTeX", "PhD", "O'Brien", "YouTube", "JavaScript", "GmbH",
    "mRNA", "deVries", "LeBlanc", "MacArthur", "toString", "isEmpty", "onClick", "dsDNA", "NaCl", "kHz", "e.g.",
    "U.S.", "3,000", "f(x)", "word(s)", "(re)form", "log(odds", "H2O", "x2", "Fig.1", "p.12", "J.R.R.", "[3,4]",
    "(1,2)", "a,b,c", "N,N-dimethyl", "51.5N,0.1W", "und/oder", "notes.Final.txt", "#oneWord,#twoWords",
    "https://example.org/theEditor,One", "the.Editor@example.org", "10.1000/theEditor,One",
    "https://example.org/a(b)c", "¹³C", "10⁻³M", "cm²s", "TNFα", "βTrCP", "Москва́", "unlawfulness", "bookkeeping",
    "therein", "whereof", "notwithstanding", "insofar",
]  # fmt: skip


@pytest.mark.parametrize(("original", "restored"), load_cases("spaces.json", "original", "restored"))
def test_spaces_come_back_and_go(original: str, restored: str) -> None:
    assert CLEANER.clean(original).text == restored


@pytest.mark.parametrize("restored", load_cases("spaces.json", "restored", known_failures=False))
def test_a_text_with_its_spaces_is_left_alone(restored: str) -> None:
    assert CLEANER.clean(restored).text == restored


@pytest.mark.parametrize("form", NOT_SPLIT)
def test_what_is_written_as_one_stays_one(form: str) -> None:
    text = f"{PROSE}We saw {form} there, theEditor said.\n"
    assert form in CLEANER.clean(text).text


@pytest.mark.parametrize(
    "form",
    ["Donaudampfschiffahrtsgesellschaft", "siebenhundertachtundneunzig", "wiederzusammenzufinden", "jaknajszerszemu",
     "floccinaucinihilipilification", "Llanfairpwllgwyngyllgogerych", "acgtcaggagacgtgcccaggca", "notwithstandingly",
     "crazymadinlove", "https://example.org/thisisthewaytothetown", "#thisisthewaytothetown"],
)  # fmt: skip
def test_a_long_word_is_no_row_of_words(form: str) -> None:
    text = f"{PROSE}We read {form} there, on a wall, in the rain.\n"
    assert CLEANER.clean(text).text == text


def test_a_long_row_without_spaces_takes_linear_time() -> None:
    text = f"{PROSE}{'thewaytothetownwaslong' * 5000} and {'theway ' * 20}"
    assert "theway" in CLEANER.clean(text).text


PARTER = rows.Parter(Scorer(survey(PROSE)))
WORDS = st.sampled_from(
    ["the", "and", "of", "town", "hall", "women", "house", "ship", "re", "ing", "ofthe", "zyx", "A"]
)


@given(st.lists(WORDS, min_size=3, max_size=12).map("".join), st.booleans(), st.floats(0, 60))
def test_rows_that_are_as_likely_as_words_as_is_asked_are_parted(text: str, is_open: bool, least: float) -> None:
    found = [[(0, rows.Row(text, is_open))]]
    every, some = PARTER.part_all(found), PARTER.part_all(found, least)
    kept = {row: parted for row, parted in every.items() if parted is not None and parted.log_ratio >= least}
    assert kept.items() <= some.items() <= every.items()


def test_a_long_text_with_one_slip_of_its_author_is_not_touched() -> None:
    text = LONG + "He took it,and went."
    assert CLEANER.clean(text).text == text


def test_a_long_text_that_loses_spaces_again_and_again_gets_them_back() -> None:
    lost = "".join(f"He wrote to the {name},and went. " for name in ("king", "queen", "clerk", "priest", "judge") * 30)
    assert CLEANER.clean(LONG + lost).text == LONG + lost.replace(",and", ", and")


def test_a_text_that_sets_no_space_behind_commas_by_habit_keeps_it_so() -> None:
    text = "Lot one: paper,ink. Lot two: chairs,tables. Lot three: horses,carts. Lot four: apples,pears.\n"
    assert CLEANER.clean(text).text == text


def test_a_text_that_sets_a_space_before_commas_by_habit_keeps_it() -> None:
    text = PROSE.replace(",", " ,") * 5
    assert CLEANER.clean(text).text == text


def test_a_change_covers_the_words_beside_the_space() -> None:
    changes = CLEANER.clean("They met the clerk.”⁷Even the Editor,Iwan, did not (as he said) know it.\n").changes
    applied = [(c.before, c.after) for c in changes if c.status == Status.APPLIED]
    assert applied == [("clerk.”⁷Even", "clerk.”⁷ Even"), ("Editor,Iwan", "Editor, Iwan")]


@settings(deadline=None)
@given(st.text(alphabet=" aAbtheof,.;()”“⁷1\nИм", max_size=80))
def test_changes_lead_there_and_back_and_only_move_spaces(text: str) -> None:
    result = CLEANER.clean(text)
    assert apply_changes(text, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == text
    assert "".join(result.text.split()) == "".join(text.split())


@settings(deadline=None)
@given(st.text(alphabet=" aAbtheof,.;()”“⁷1\nИм", max_size=80))
def test_a_second_cleaning_changes_nothing(text: str) -> None:
    once = CLEANER.clean(text).text
    assert CLEANER.clean(once).text == once


def test_high_marks_that_older_print_sets_apart_stay() -> None:
    low, high = "O homem saiu, a mulher ficou, e a casa estava fria. ", "Quem viria agora? Ninguem viria! "
    apart = "Quem viria de noite ? Que noite ! "
    assert CLEANER.clean(low * 30 + high * 10 + apart * 4).text == low * 30 + high * 10 + apart * 4
    wide = "O homem saiu , a mulher ficou , e a casa estava fria . "
    assert CLEANER.clean((low + high) * 30 + (wide + apart) * 4).text == (
        (low + high) * 30 + (low + "Quem viria de noite? Que noite! ") * 4
    )


def test_nothing_depends_on_what_is_remembered_of_other_texts(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n\n".join(str(case.values[0]) for case in load_cases("spaces.json", "original"))
    first = CLEANER.clean(text)
    monkeypatch.setattr(segmentation, "MOST_MET", 1)
    assert CLEANER.clean(text) == first
    monkeypatch.setattr(segmentation, "MOST_MET", 1 << 17)
    assert CLEANER.clean(text) == first
    assert first.text != text
