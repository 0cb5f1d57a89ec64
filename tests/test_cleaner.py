"""The library's face."""

import gc
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import ligafix
from ligafix import Cleaner, Settings, Status, clean
from ligafix.changes import apply_changes, undo_changes
from ligafix.scoring import Scorer

DAMAGED = (
    "The rst ocer of the sta found the le in his oce. It was a dicult aair of ve days, "
    "and the most signi-\ncant of its diculties was to dene the eect.\n"
)
SHARED = Path(__file__).resolve().parents[2] / "shared" / "bench" / "dev"

PIECES = (
    "the rst ocer signi-\ncant two-\nfold and-\nre led our at o e eort Aairs ve-year oce. (rst) \n\n \f \r\n ¨ o ̄ ® "
    "first office fi ﬁ \x0c der Gräfin el »Ho\xadnung\ufffe l’aaire 1937 él współ-\npraca \ud800 ſt Mr. Oer"
)
pieces = st.sampled_from(PIECES.split(" "))
texts = st.lists(pieces | st.text(max_size=4), max_size=40).map(" ".join)


def test_a_page_is_restored_and_every_change_is_known() -> None:
    result = clean(DAMAGED)
    assert result.text.startswith("The first officer of the staff found the file in his office.")
    assert "the most significant\nof its difficulties" in result.text
    assert apply_changes(DAMAGED, result.changes) == result.text
    assert all(0 < c.confidence <= 1 and c.steps for c in result.changes)


def test_lines_may_end_with_returns_alone() -> None:
    text = (
        "The \frst dif-\n\fculty was the signi-\n\fcant pro\fle of the \feld, and the \fnal de\fnition was con\frmed."
    )
    result, returned = clean(text), clean(text.replace("\n", "\r"))
    assert result.text.startswith("The first difficulty\nwas the significant\nprofile of the field")
    assert returned.text == result.text.replace("\n", "\r")
    assert undo_changes(returned.text, returned.changes) == text.replace("\n", "\r")
    assert [change.start for change in returned.changes] == [change.start for change in result.changes]


def test_a_return_that_stands_for_letters_ends_no_line() -> None:
    text = "The \row of the in\ruence re\rects the con\rict of the \roor; " * 6
    assert clean(text).text == text.replace("\r", "fl")


@pytest.mark.parametrize("no_text", [b"the rst", None, 5])
def test_what_is_no_text_is_refused(no_text: object) -> None:
    with pytest.raises(TypeError, match="is no text; decode bytes first"):
        clean(no_text)  # type: ignore[arg-type]


def test_a_change_that_is_not_certain_enough_is_suggested() -> None:
    result = clean(DAMAGED, Settings(min_confidence=1.0))
    assert result.text == DAMAGED
    assert {c.status for c in result.changes} == {Status.SUGGESTED}


def test_stages_that_are_not_asked_for_do_nothing() -> None:
    assert "signi-\ncant" in clean(DAMAGED, Settings(stages=("ligatures",))).text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
def test_the_changes_replay_both_ways_on_any_text(text: str) -> None:
    result = clean(text)
    assert apply_changes(text, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts)
@example("signi-\ncant signi-\ncant first el el »Ho\xadnung\ufffe")  # one form, and nothing else to read it as
def test_cleaning_a_cleaned_text_changes_nothing(text: str) -> None:
    once = clean(text).text
    assert clean(once).text == once


def test_restored_words_do_not_tip_the_evidence() -> None:
    once = clean(DAMAGED * 3).text
    assert clean(once).text == once


def test_a_cleaner_can_be_pickled_and_shared_between_threads() -> None:
    cleaner = pickle.loads(pickle.dumps(Cleaner(Settings(min_confidence=0.8))))  # noqa: S301
    assert cleaner.settings.min_confidence == 0.8
    with ThreadPoolExecutor(4) as pool:
        assert len({r.text for r in pool.map(cleaner.clean, [DAMAGED] * 16)}) == 1


def test_cleaning_one_text_does_not_change_the_next() -> None:
    cleaner = Cleaner()
    alone = cleaner.clean("She led the way to our house at last.")
    cleaner.clean(DAMAGED)
    assert cleaner.clean("She led the way to our house at last.") == alone


def test_the_public_names_are_those_in_all() -> None:
    assert set(ligafix.__all__) <= set(dir(ligafix))
    assert sorted(ligafix.__all__) == ligafix.__all__


@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared texts are not here")
@pytest.mark.parametrize("name", ["nov-ENG18400_Trollope", "sci-journal.pcbi.1004082", "deu-DEU001"])
def test_undamaged_books_come_back_byte_for_byte(name: str) -> None:
    text = (SHARED / "clean" / name / "gold.txt").read_bytes().decode()
    assert clean(text).text == text


def test_what_one_cleaning_leaves_behind_is_let_go_by_the_next_ones() -> None:
    for number in range(40):
        ligafix.clean(f"The rst ocer found the le number {number} in his oce; it was most signicant for the eet.")
    assert sum(isinstance(found, Scorer) for found in gc.get_objects()) < 20
