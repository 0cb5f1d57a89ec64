from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ligafix.changes import Status, apply_changes, undo_changes
from ligafix.draft import Draft
from ligafix.evidence.decoding import decodable_spans
from ligafix.stages.codes.mojibake import propose
from tests.cases import load_cases

THRESHOLD = 0.9
DAMAGED = "ÃÂâ€™œ©¼\x81\x93\x94\x92ï¬ÐŸ\xa0 é\x1a\ufffdaZ\n'"
INTACT = (
    "“Größe”", "‘d’État’", "«\xa0déjà vu\xa0»", "L’ÉTÉ", "„Übung“", "SÃO", "IRMÃ,", "Ångström", "20\xa0°C",
    "µm²", "Łódź", "…où?", "façade®", "Acme™", "CAFÉ®", "CAFÉ²", "MÊME†", "ŒUVRE", "Erdős", "naïve", "ЩУКА",
    "Αθήνα", "ﬁn", "£5", "½",
)  # fmt: skip


def draft_of(text: str) -> Draft:
    draft = Draft(text)
    draft.apply("codes", propose(text), THRESHOLD)
    return draft


@pytest.mark.parametrize(("original", "restored"), load_cases("mojibake.json", "original", "restored"))
def test_mojibake_is_decoded_and_nothing_else(original: str, restored: str) -> None:
    assert draft_of(original).text == restored


@pytest.mark.parametrize("original", load_cases("mojibake.json", "original", known_failures=False))
def test_a_second_run_changes_nothing(original: str) -> None:
    once = draft_of(original).text
    assert draft_of(once).text == once


@given(st.text(st.characters(max_codepoint=0x7F), max_size=80))
def test_plain_ascii_is_untouched(text: str) -> None:
    assert propose(text) == []


@given(st.lists(st.sampled_from(INTACT), max_size=20), st.sampled_from([" ", "\n", "\r\n", " – ", "—", "\x0c"]))
@settings(deadline=None)
def test_intact_words_are_untouched(words: list[str], between: str) -> None:
    assert propose(between.join(words)) == []


@given(
    st.text("abc deéèàçüöäñôîâ–“”’…ﬁﬂ\n", min_size=1, max_size=40), st.sampled_from(["latin-1", "cp437", "mac-roman"])
)
@settings(deadline=None)
def test_only_damaged_words_change(text: str, encoding: str) -> None:
    damaged = text.encode().decode(encoding)
    for proposal in propose(damaged):
        assert not damaged[proposal.start : proposal.end].isascii()
        assert proposal.after != damaged[proposal.start : proposal.end]


@given(st.text(DAMAGED, max_size=40))
@example("Ã  quel x\ufffdy")
@settings(deadline=None, max_examples=300)
def test_spans_lie_apart_in_the_text_and_changes_replay(text: str) -> None:
    proposals = propose(text)
    for places in ([(p.start, p.end) for p in proposals], decodable_spans(text)):
        flat = [0, *(place for span in places for place in span), len(text)]
        assert flat == sorted(flat)
    assert all(p.start < p.end for p in proposals)
    draft = draft_of(text)
    assert apply_changes(text, draft.changes()) == draft.text
    assert undo_changes(draft.text, draft.changes()) == text


@given(st.text(DAMAGED, max_size=40))
@settings(deadline=None, max_examples=300)
def test_other_codes_survive(text: str) -> None:
    after = draft_of(text).text
    assert [after.count(code) for code in "\x1a\ufffd\n\0"] == [text.count(code) for code in "\x1a\ufffd\n\0"]


def test_spans_are_whole_words_and_say_what_was_read_as_what() -> None:
    text = "un cafÃ© (trÃ¨s noir)"
    found = propose(text)
    assert [text[p.start : p.end] for p in found] == ["cafÃ©", "trÃ¨s"]
    assert {p.evidence for p in found} == {"UTF-8 read as latin-1"}


def test_the_characters_of_sequences_are_told_so_that_they_are_no_codes() -> None:
    text = "the ï¬\x81rst Â®, ï¬nd and Acme®"
    assert [text[start:end] for start, end in decodable_spans(text)] == ["ï¬\x81", "Â®"]


def test_c1_controls_by_themselves_may_be_codes() -> None:
    assert decodable_spans("\x93first\x94 and di\x85cult") == []


def test_a_letter_with_a_hat_is_at_most_a_suggestion() -> None:
    text = "Let Â be an estimator."
    draft = draft_of(text)
    assert draft.text == text
    assert {change.status for change in draft.changes()} == {Status.SUGGESTED}


def test_a_letter_by_itself_is_decoded_in_a_text_with_damaged_words() -> None:
    assert draft_of("Ã la mode").text == "Ã la mode"
    assert draft_of("Ã la mode du cafÃ© dâ€™Ã©tÃ©").text == "à la mode du café d’été"


def test_a_control_amid_letters_is_at_most_a_suggestion() -> None:
    draft = draft_of("It\x92s \x93di\x85cult\x94 \x96 isn\x92t it?")
    assert draft.text == "It’s “di\x85cult” – isn’t it?"


def test_ftfy_is_not_loaded_for_an_intact_text() -> None:
    program = (
        "import sys; from ligafix.stages.codes.mojibake import propose; "
        "propose('“Größe” – naïve café, 20 °C'); sys.exit('ftfy' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
