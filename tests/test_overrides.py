"""What the user wants left alone stays, what is preferred decides, and an undamaged text stays in any case."""

import pickle
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import ligafix
import ligafix.overrides
from ligafix import Settings
from ligafix.changes import Proposal, Proposals, Status
from ligafix.dictionary import read_dictionary
from ligafix.draft import Draft
from ligafix.errors import InputError, SettingsError
from ligafix.overrides import Overrides
from ligafix.spans import Spans

DAMAGED = "The rst ocer of the sta found the le in his oce; it was most signicant. Bien sat there. The nal eld.\n"
RESTORED = "The first officer of the staff found the file in his office; it was most significant. "
INTACT = "The first officer of the staff found the file in his office. Bien sat there; she led. The offer was final.\n"


def clean(text: str, **settings: Sequence[str]) -> str:
    return ligafix.clean(text, Settings(**{name: tuple(value) for name, value in settings.items()})).text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "text"),
    [
        ({}, f"{RESTORED}Bien sat there. The final field.\n"),
        ({"ignore": ["rst", "sta"]}, "The rst officer of the sta found the file in his office; "),
        ({"ignore": ["rst=first", "oce=office"]}, "The rst officer of the staff found the file in his oce; "),
        ({"ignore": ["rst=fist"]}, "The first officer of"),
        ({"ignore": ["/o.*er/", "/s.a/"]}, "The first ocer of the sta found the file in his office; "),
        ({"ignore": ["/o/"]}, "The first officer of the staff"),
        ({"protect": ["ocer of the sta"]}, "The first ocer of the sta found the file in his office; "),
        ({"protect": ["(?s)o.*oce"]}, "The first ocer of the sta found the le in his oce; it was most significant."),
        ({"protect": ["x*"]}, "The first officer of"),
        ({"prefer": ["Bien=Biffen"]}, f"{RESTORED}Biffen sat there."),
        ({"prefer": ["bien=biffen"]}, f"{RESTORED}Biffen sat there."),
        ({"prefer": ["BIEN=biffen"]}, f"{RESTORED}Bien sat there."),
    ],
)
def test_a_damaged_text_comes_out_as_the_user_wants_it(settings: dict[str, list[str]], text: str) -> None:
    cleaned = clean(DAMAGED, **settings)
    assert cleaned.startswith(text)
    assert clean(cleaned, **settings) == cleaned


@pytest.mark.parametrize("prefer", [["led=filed"], ["Bien=Biffen"], ["the=fthe"], ["offer=off"]])
def test_an_undamaged_text_stays_whatever_is_preferred(prefer: list[str]) -> None:
    assert clean(INTACT * 3, prefer=prefer) == INTACT * 3


def test_the_words_of_a_dictionary_are_known(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("quaffington\n!rst=first\n")
    text = "The rst ocer met the quangton in his oce; it was most signicant. The nal eld.\n"
    assert "quangton" in ligafix.clean(text).text
    cleaned = ligafix.clean(text, Settings(dictionaries=(read_dictionary(path),))).text
    assert cleaned.startswith("The rst officer met the quaffington in his office")


def proposals(*places: tuple[int, int, str | None]) -> Proposals:
    return Proposals(Proposal(start, end, after, "rule", 0.95, group=1) for start, end, after in places)


def test_a_group_is_left_alone_as_a_whole() -> None:
    draft = Draft("Sabur ̄o and ̄")
    found = proposals((0, 8, "Saburō"), (12, 13, ""))
    overrides = Overrides(Settings(protect=("and ̄",)))
    assert overrides.settle("marks", draft, found, overrides.find_protected(draft.source)) == Proposals()


def test_lines_move_and_go_whatever_words_are_in_them_unless_they_are_protected() -> None:
    draft = Draft("text\nHEAD 12\ntext")
    found = Proposals([Proposal(5, 13, "", "head", 0.95)])
    ignoring = Overrides(Settings(ignore=("HEAD",)))
    assert ignoring.settle("furniture", draft, found, Spans(())) == found
    assert ignoring.settle("spaces", draft, found, Spans(())) == Proposals()
    protecting = Overrides(Settings(protect=("HEAD",)))
    assert protecting.settle("furniture", draft, found, protecting.find_protected(draft.source)) == Proposals()


def test_a_word_that_only_moves_is_not_taken_away() -> None:
    draft = Draft("well-\nknown men")
    moved = Proposals([Proposal(0, 11, "well-known\n", "kept", 0.95)])
    joined = Proposals([Proposal(0, 11, "wellknown\n", "joined", 0.95)])
    overrides = Overrides(Settings(ignore=("known",)))
    assert overrides.settle("hyphens", draft, moved, Spans(())) == moved
    assert overrides.settle("hyphens", draft, joined, Spans(())) == Proposals()


def test_an_ignored_word_is_seen_around_a_smaller_place() -> None:
    draft = Draft("on Blu-ray.")
    found = Proposals([Proposal(3, 6, "Bluff", "fi", 0.95), Proposal(3, 6, None, "odd", 0.2)])
    assert Overrides(Settings(ignore=("Blu-ray",))).settle("ligatures", draft, found, Spans(())) == Proposals()


def test_what_is_preferred_is_applied_where_it_was_only_suggested() -> None:
    result = ligafix.clean(DAMAGED, Settings(prefer=("Bien=Biffen",), min_confidence=0.99))
    (change,) = [c for c in result.changes if c.before == "Bien"]
    assert (change.status, change.confidence >= 0.99) == (Status.APPLIED, True)
    assert change.steps[-1].evidence.endswith("preferred by the user")


PIECES = st.lists(st.sampled_from(["rst ", "oce ", "signi-\ncant ", "(keep rst oce)", "\n"]), max_size=20).map("".join)


@given(PIECES)
def test_what_is_protected_keeps_every_character(text: str) -> None:
    assert clean(text, protect=[r"\(.*?\)"]).count("(keep rst oce)") == text.count("(keep rst oce)")


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"ignore": ("two words",)}, "'two words' is no word"),
        ({"ignore": ("/(/",)}, r"'\(' is no regular expression"),
        ({"prefer": ("led",)}, "'led' is no pair"),
        ({"protect": ("(",)}, r"'\(' is no regular expression"),
        ({"protect": "x"}, "protect is 'x'; it is a list"),
    ],
)
def test_what_cannot_be_is_one_line(settings: dict[str, tuple[str, ...]], message: str) -> None:
    with pytest.raises(SettingsError, match=message) as error:
        Settings(**settings)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_a_pattern_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ligafix.overrides, "PATTERN_SECONDS", 0.05)
    with pytest.raises(InputError, match="searches longer than"):
        Overrides(Settings(protect=(r"(?:a+a+)+[bc]",))).find_protected("a" * 5000)


def test_overrides_can_be_pickled() -> None:
    cleaner = ligafix.Cleaner(Settings(protect=("oce",), ignore=("/r.t/",), prefer=("a=fia",)))
    assert pickle.loads(pickle.dumps(cleaner)).clean(DAMAGED).text == cleaner.clean(DAMAGED).text  # noqa: S301
