from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, CleanResult, Settings
from ligafix.changes import apply_changes, undo_changes
from ligafix.stages.lines import notes
from ligafix.stages.lines.flow import ends_sentence, is_lower
from ligafix.stages.lines.layout import has_pages, split_lines
from tests.cases import load_cases

PLAIN = Cleaner(Settings(stages=("lines",)))
REFLOW = Cleaner(Settings(stages=("lines", "hyphens"), reflow=True))
LINES_REFLOW = Cleaner(Settings(stages=("lines",), reflow=True))
GATHER = Cleaner(Settings(stages=("lines",), footnotes="end"))


@pytest.mark.parametrize(("original", "restored"), load_cases("lines.json", "original", "restored"))
def test_double_spaced_lines_are_folded_and_paragraphs_survive(original: str, restored: str) -> None:
    assert PLAIN.clean(original).text == restored


@pytest.mark.parametrize(("original", "restored"), load_cases("reflow.json", "original", "restored"))
def test_wrapped_paragraphs_become_one_line_each(original: str, restored: str) -> None:
    assert REFLOW.clean(original).text == restored


@pytest.mark.parametrize(("original", "restored"), load_cases("footnotes.json", "original", "restored"))
def test_footnotes_are_gathered_at_the_end(original: str, restored: str) -> None:
    assert GATHER.clean(original).text == restored


@pytest.mark.parametrize("file", ["lines.json", "reflow.json", "footnotes.json"])
@pytest.mark.parametrize("cleaner", [PLAIN, LINES_REFLOW, GATHER], ids=["plain", "reflow", "gather"])
def test_cleaning_again_changes_nothing_and_the_log_leads_both_ways(file: str, cleaner: Cleaner) -> None:
    for case in load_cases(file, "original", known_failures=False):
        (original,) = case.values
        check_soundness(cleaner, str(original))


WORDS = ["the", "boats", "of", "Marlow", "lay", "at", "anchor.", "while", "rain,", "fell", "on", "(seven)", "islands"]
PARAGRAPHS = st.lists(st.lists(st.sampled_from(WORDS), min_size=1), min_size=1, max_size=6)
LINE_ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n", "\n \n"])


@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS, st.integers(20, 60), LINE_ENDS, st.sampled_from("\n\f"))
def test_only_white_space_changes_in_wrapped_text(
    paragraphs: list[list[str]], width: int, line_end: str, between: str
) -> None:
    pages = [line_end.join(textwrap.wrap(" ".join(words), width)) for words in paragraphs]
    text = f"{line_end}{between}".join(pages)
    for cleaner in (PLAIN, LINES_REFLOW):
        assert_same_words(text, check_soundness(cleaner, text).text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab A.,1²\n\f\r-—  “", max_size=120))
def test_only_white_space_changes_in_any_text(text: str) -> None:
    for cleaner in (PLAIN, LINES_REFLOW):
        assert_same_words(text, check_soundness(cleaner, text).text)
    gathered = check_soundness(GATHER, text).text
    assert sorted("".join(gathered.split())) == sorted("".join(text.split()))


def test_without_the_option_notes_stay_where_they_are() -> None:
    for case in load_cases("footnotes.json", "original", known_failures=False):
        (original,) = case.values
        assert PLAIN.clean(str(original)).text == original


def test_moved_notes_are_one_group_of_changes() -> None:
    case = load_cases("footnotes.json", "original", known_failures=False)[0]
    changes = GATHER.clean(str(case.values[0])).changes
    assert {change.steps[0].rule for change in changes} == {"footnote-moved", "footnotes-gathered"}
    assert len({change.group for change in changes}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The yield of 1907 was small.\n1907 was a dry year in the hills,\nand so was 1908.\n",
        "Of the theorems2 the first is the oldest one that we know of.\n1 Lemma\nLet the boats be finite in number.\n",
        "It took three days.\n\n1 rope\n2 lamps\n3 boats\n",
    ],
    ids=["years", "a numbered section", "a list of quantities"],
)
def test_numbers_without_a_mark_above_are_no_notes(text: str) -> None:
    assert not notes.find_blocks(split_lines(text))
    assert GATHER.clean(text).text == text


def test_a_note_whose_end_cannot_be_seen_stays() -> None:
    text = (
        "The board met twice in that winter.1 Nobody came.\n1 Minutes of the board, volume 4.\n"
        "Another paragraph of the text begins here, or is it the note that goes on?\nIt is hard to say.\n"
    )
    (block,) = notes.find_blocks(split_lines(text))
    assert not block.is_sure
    assert GATHER.clean(text).text == text


def test_lines_end_as_the_text_says() -> None:
    assert [line.text for line in split_lines("speci\rc\nlines\x85here\n")] == ["speci\rc", "lines\x85here"]
    assert [line.ends_page for line in split_lines("one\n\ftwo\fthree")] == [True, True, False]


def test_form_feeds_within_every_line_are_no_pages() -> None:
    assert not has_pages(split_lines("speci\fc of\fces and\fnal\n"))


@pytest.mark.parametrize("line", ["the end.", "“the end.”", "the end.¹²", "the end.”7", "the end (1907).", "Is it?"])
def test_sentences_end_before_quotes_and_note_marks(line: str) -> None:
    assert ends_sentence(line)


@pytest.mark.parametrize("line", ["the end", "the end,", "the bor-", "and so ...and", "3.5 per"])
def test_sentences_do_not_end_elsewhere(line: str) -> None:
    assert not ends_sentence(line)


def test_small_letters_are_seen_behind_quotation_marks() -> None:
    assert is_lower("“make or break”")
    assert not is_lower("“Make or break”")
    assert not is_lower("1907")


def check_soundness(cleaner: Cleaner, text: str) -> CleanResult:
    result = cleaner.clean(text)
    assert apply_changes(text, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == text
    assert cleaner.clean(result.text).text == result.text
    return result


def assert_same_words(text: str, cleaned: str) -> None:
    assert "".join(text.split()) == "".join(cleaned.split())


def test_notes_that_begin_again_where_no_pages_are_told_are_gathered_at_once_or_not_at_all() -> None:
    text = "".join(f"the first{n % 99} officer\n{n % 99} See the river.\n\f" for n in range(1200))
    gathered = GATHER.clean(text).text
    assert GATHER.clean(gathered).text == gathered
