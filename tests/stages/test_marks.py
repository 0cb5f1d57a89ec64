from __future__ import annotations

import random
import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ligafix.changes import Status, apply_changes, undo_changes
from ligafix.draft import Draft
from ligafix.lexicon import load_words
from ligafix.stages.marks import lines, propose
from ligafix.stages.marks.tables import SPACING
from ligafix.stages.marks.wording import Words
from tests.cases import load_cases

THRESHOLD = 0.9
TABLES = [words for words in map(load_words, ("en", "de", "fr", "es", "it", "nl", "pl", "pt")) if words]


def frequency(word: str) -> float:
    return max(words.frequency(word) for words in TABLES)


WORDS = Words(frequency)


def draft_of(text: str) -> Draft:
    draft = Draft(text)
    draft.apply("marks", propose(text, WORDS), THRESHOLD)
    return draft


def count_marks(text: str) -> Counter[str]:
    """The marks of a text, on letters and loose, as combining characters."""
    return Counter(
        SPACING.get(c, c) for c in unicodedata.normalize("NFD", text) if c in SPACING or unicodedata.combining(c)
    )


@pytest.mark.parametrize(("original", "restored"), load_cases("marks/restored.json", "original", "restored"))
def test_loose_marks_return_to_their_letters(original: str, restored: str) -> None:
    assert draft_of(original).text == restored


@pytest.mark.parametrize(("original", "restored"), load_cases("marks/dots.json", "original", "restored"))
def test_full_stops_that_are_dots_below_go_below(original: str, restored: str) -> None:
    assert draft_of(original).text == restored
    assert draft_of(restored).text == restored


@pytest.mark.parametrize("text", load_cases("marks/unchanged.json", "text"))
def test_marks_that_are_meant_stay(text: str) -> None:
    assert draft_of(text).text == text


@pytest.mark.parametrize("original", load_cases("marks/restored.json", "original", known_failures=False))
def test_as_many_marks_leave_as_came(original: str) -> None:
    assert count_marks(draft_of(original).text) == count_marks(original)


@pytest.mark.parametrize("original", load_cases("marks/restored.json", "original", known_failures=False))
def test_a_second_run_changes_nothing(original: str) -> None:
    once = draft_of(original).text
    assert draft_of(once).text == once


@given(st.text("aeosun tkGM.1\n ´¨¯`^\u0304\u0308ıō", max_size=40))
@example("o ̄ ̄\n¨")
@settings(deadline=None, max_examples=150)
def test_changes_replay_and_keep_all_marks(text: str) -> None:
    draft = draft_of(text)
    changes = draft.changes()
    assert apply_changes(text, changes) == draft.text
    assert undo_changes(draft.text, changes) == text
    assert count_marks(draft.text) == count_marks(text)


@given(st.text("aeiouyäöüéèçñőşÅkmnst \n", max_size=40))
def test_decomposed_text_is_composed(text: str) -> None:
    assert draft_of(unicodedata.normalize("NFD", text)).text == text


@given(st.text("aeosun tkGM.1\n ´¨¯`^\u0304\u0308ıō", max_size=30))
@settings(deadline=None, max_examples=100)
def test_what_is_left_is_left_for_good(text: str) -> None:
    once = draft_of(text).text
    assert draft_of(once).text == once


def test_macrons_that_went_from_word_to_word_are_one_group() -> None:
    proposals = propose("Kantogun to kyokut \u0304 \u0304o sorengun", WORDS)
    assert [p.after for p in proposals] == ["Kantōgun", "kyokutō"]
    assert len({p.group for p in proposals}) == 1
    assert proposals[0].group is not None


def test_spans_are_whole_words() -> None:
    text = "by G¨odel and Cafe\u0301s, M ¨unchen"
    assert [text[p.start : p.end] for p in propose(text, WORDS)] == ["G¨odel", "Cafe\u0301s", "M ¨unchen"]


def test_a_mark_that_no_letter_can_bear_is_suspected() -> None:
    [proposal] = propose("the k¨l of it", WORDS)
    assert proposal.after is None


def test_undecided_readings_are_suggested_with_their_rivals() -> None:
    [proposal] = propose("by Xera´n", WORDS)
    assert proposal.confidence < THRESHOLD
    assert len(proposal.candidates) > 1


def test_macrons_are_suggested_only_when_asked_for() -> None:
    text = "Sato Hiroshi, Kanto daigaku kyoto kenkyu ronshu"
    assert propose(text, WORDS) == []
    suggested = propose(text, WORDS, restore_macrons=True)
    assert "ronshū" in [p.after for p in suggested]
    assert all(p.confidence < THRESHOLD for p in suggested)


def test_a_suggested_macron_changes_nothing_by_itself() -> None:
    text = "Kanto daigaku kenkyu ronshu"
    draft = Draft(text)
    draft.apply("marks", propose(text, WORDS, restore_macrons=True), THRESHOLD)
    assert draft.text == text
    assert {change.status for change in draft.changes()} == {Status.SUGGESTED}


def test_the_side_is_learned_from_the_rest_of_the_document() -> None:
    words = "Go¨ttingen Ko¨ln Mu¨nchen fu¨r u¨ber scho¨n ho¨ren " * 4
    [proposal] = [p for p in propose(words + "Xera´n", WORDS) if "Xer" in (p.after or "")]
    assert proposal.after == "Xerán"


def test_marks_of_many_lines_are_brought_back_only_where_it_is_clear_whose_they_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = random.Random(1)  # noqa: S311 - no secrets here
    words = ("the", "an", "of", "his", "old", "riverional \u00af", "officeional \u00af", "staffional \u00af")
    clear = "Kantogun to kyokut \u00af \u00afo sorengun\n"
    strewn = "".join(" ".join(draw.choices(words, k=11)) + "\n" + clear * (i % 8 == 0) for i in range(40))
    strays = [proposal.rule for proposal in propose(strewn, WORDS)]
    monkeypatch.setattr(lines, "_TRIED", 20)
    assert "strayed mark" in strays
    assert "strayed mark" not in [proposal.rule for proposal in propose(strewn + "\n", WORDS)]


def _unknown(_: str) -> float:
    msg = "no word need be looked up"
    raise AssertionError(msg)


def test_a_text_without_marks_needs_no_lexicon() -> None:
    assert propose("A plain text, with naïve words and 20 °C.\r\n", Words(_unknown)) == []
