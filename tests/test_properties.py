"""What holds for any text, any bytes and any settings. `benchmarks/fuzz.py` looks for longer."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ligafix import Cleaner, LigafixError, Settings
from ligafix.audit.record import clean_bytes
from ligafix.changes import apply_changes, undo_changes
from ligafix.settings import FOOTNOTE_MODES, FURNITURE_MODES, STAGES
from tests.cases import load_cases

PIECES = (
    *("the", "rst", "ocer", "signi-\ncant", "two-\nfold", "and-\nre", "led", "our", "at", "o", "e\ufb00ort", "Aairs"),
    *("\n\n", "\n", "\f", "\r\n", "\r", "\u00a8", "\u0304", "\u00ae", "(cid:12)rst", "speci\x03c", "/G3rst", "4\n"),
    *("12\n\fTHE RIVER\n", "xii\n\f", "a-\n" * 9, "1 See the le.\n", "t h e", "river,and", "Ã©t", "\udce9ing . wit"),
    *("first", "office", "der Gräfin", "dicult", "—", "Sabur \u00afo", "\ud800", "in1", "[RH] ", "* note\n"),
)
texts = st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=30).map(" ".join)
wishes = st.fixed_dictionaries(
    {},
    optional={
        "stages": st.lists(st.sampled_from(STAGES), min_size=1, unique=True),
        "furniture": st.sampled_from(FURNITURE_MODES),
        "footnotes": st.sampled_from(FOOTNOTE_MODES),
        "reflow": st.booleans(),
        "restore_macrons": st.booleans(),
        "min_confidence": st.sampled_from((0.0, 0.5, 0.9, 1.0)),
        "languages": st.sampled_from((["en"], ["de"], ["ja", "fil"])),
        "ignore": st.sampled_from((["rst"], ["led=filed"], ["/r.t/"])),
        "prefer": st.sampled_from((["led=filed"],)),
        "protect": st.sampled_from(([r"\d+"], ["^.*$"])),
    },
)
quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))


@quick
@given(texts, wishes)
def test_any_text_is_cleaned_and_its_changes_lead_both_ways(text: str, chosen: dict[str, Any]) -> None:
    result = Cleaner(Settings.from_mapping(chosen)).clean(text)
    assert apply_changes(text, result.changes) == result.text
    assert undo_changes(result.text, result.changes) == text


@quick
@given(
    texts, st.sampled_from(({}, {"reflow": True}, {"footnotes": "end"}, {"furniture": "mark"}, {"stages": ["marks"]}))
)
def test_cleaning_a_cleaned_text_changes_nothing(text: str, chosen: dict[str, Any]) -> None:
    cleaner = Cleaner(Settings.from_mapping(chosen))
    once = cleaner.clean(text).text
    assert cleaner.clean(once).text == once


@quick
@given(st.binary(max_size=60) | texts.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes_are_cleaned_or_refused_in_one_line(data: bytes) -> None:
    try:
        cleaned = clean_bytes(data, Cleaner())
    except LigafixError as error:
        assert "\n" not in str(error)  # noqa: PT017 - what is raised is fine, if it says so in a line
    else:
        assert cleaned.source.data == data


@quick
@given(texts, texts, wishes)
def test_what_was_cleaned_before_makes_no_difference(first: str, text: str, chosen: dict[str, Any]) -> None:
    cleaner = Cleaner(Settings.from_mapping(chosen))
    alone = cleaner.clean(text)
    cleaner.clean(first)
    assert cleaner.clean(text) == alone


@pytest.mark.parametrize(("text", "chosen"), load_cases("fuzz.json", "text", "settings"))
def test_what_broke_a_promise_once_keeps_it_now(text: str, chosen: dict[str, Any]) -> None:
    cleaner = Cleaner(Settings.from_mapping(chosen))
    once = cleaner.clean(text)
    assert undo_changes(once.text, once.changes) == text
    assert cleaner.clean(once.text).text == once.text
