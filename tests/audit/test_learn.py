"""Decisions become entries of a dictionary, which can be read again."""

from pathlib import Path
from time import process_time

import pytest

from ligafix.audit.decisions import Decision, Key, PlaceKey, SeriesKey, Verdict
from ligafix.audit.learn import add_entries, ignore_entry, learn, remove_entry
from ligafix.dictionary import read_dictionary
from ligafix.errors import SettingsError


def decided(*decisions: tuple[Key, Verdict, str | None]) -> dict[Key, Decision]:
    return {key: Decision(key, verdict, text) for key, verdict, text in decisions}


def series(before: str, after: str, stage: str = "ligatures") -> SeriesKey:
    return SeriesKey(stage, before, after)


def place(before: str, after: str, start: int = 0) -> PlaceKey:
    return PlaceKey("0" * 64, start, start + len(before), before, after)


ACCEPT, REJECT, EDIT = Verdict.ACCEPT, Verdict.REJECT, Verdict.EDIT


@pytest.mark.parametrize(
    ("decisions", "entries"),
    [
        ([(series("rst", "first"), ACCEPT, None)], ["rst=first"]),
        ([(series("led", "filed"), REJECT, None)], ["!led=filed"]),
        ([(series("oe", "floe"), EDIT, "foe")], ["!oe=floe", "oe=foe"]),
        ([(series("xq", "xq"), REJECT, None)], ["xq"]),
        ([(series("xq", "xq"), ACCEPT, None)], []),
        ([(series("xq", "xq"), EDIT, "XQ")], ["xq=XQ"]),
        ([(series("oe", "floe"), EDIT, "oe")], ["!oe=floe"]),
        ([(series("signi-\ncant", "significant\n"), ACCEPT, None)], []),
        ([(series("\x0crst", "first"), ACCEPT, None)], []),
        ([(series("\n", ""), ACCEPT, None)], []),
        ([(series("a", "b"), ACCEPT, None), (series("a", "c", "codes"), ACCEPT, None)], []),
        ([(series("a", "b"), ACCEPT, None), (series("a", "b", "codes"), REJECT, None)], []),
        ([(place("led", "filed"), REJECT, None)], []),
    ],
)
def test_a_series_teaches_what_can_stand_in_a_dictionary(
    decisions: list[tuple[Key, Verdict, str | None]], entries: list[str]
) -> None:
    lessons = learn(decided(*decisions))
    assert list(lessons.entries) == entries
    assert bool(lessons.passed_over) == (not entries and isinstance(decisions[0][0], SeriesKey))


def test_places_teach_only_when_asked_for_and_where_they_agree() -> None:
    decisions = decided((place("led", "filed"), REJECT, None), (place("led", "filed", 9), REJECT, None))
    assert learn(decisions, places=True).entries == ("!led=filed",)
    decisions |= decided((place("led", "filed", 20), ACCEPT, None))
    assert learn(decisions, places=True).entries == ()
    decisions |= decided((series("led", "filed"), ACCEPT, None))
    assert learn(decisions, places=True).entries == ("led=filed",)


def test_entries_join_those_that_are_there_and_are_added_once(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# names\nBiffen\n")
    assert add_entries(path, ["!led=filed", "rst=first"]).new == 2
    assert add_entries(path, ["!led=filed", "Biffen"]).new == 0
    assert path.read_text() == "# names\nBiffen\n!led=filed\nrst=first\n"
    read = read_dictionary(path)
    assert (read.words, read.prefer, read.ignore) == (frozenset(["Biffen"]), ("rst=first",), ("led=filed",))


def test_a_new_entry_replaces_what_it_contradicts(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("led=filed\nle=file\n")
    add_entries(path, ["!led=filed", "le=lefle"])
    assert path.read_text() == "!led=filed\nle=lefle\n"
    add_entries(path, ["led=filed"])
    assert path.read_text() == "le=lefle\nled=filed\n"


def test_an_entry_can_be_taken_out_again(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# names\nBiffen\n")
    add_entries(path, ["!led=filed"])
    remove_entry(path, "!led=filed")
    assert path.read_text() == "# names\nBiffen\n"


def test_what_gave_way_to_an_entry_comes_back_with_its_comment_when_that_is_taken_out(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("# pairs\nled=filed  # from Ada\nBiffen\n")
    gone = add_entries(path, ["!led=filed"]).gone
    assert path.read_text() == "# pairs\nBiffen\n!led=filed\n"
    remove_entry(path, "!led=filed", gone)
    assert path.read_text() == "# pairs\nled=filed  # from Ada\nBiffen\n"


def test_a_file_that_is_no_dictionary_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_text("two words\n")
    with pytest.raises(SettingsError, match="line 1: 'two words' is no word"):
        add_entries(path, ["rst=first"])
    assert path.read_text() == "two words\n"


def test_never_again_is_an_entry_where_it_can_be_one() -> None:
    assert ignore_entry("led", "filed") == "!led=filed"
    assert ignore_entry("xq", "xq") == "xq"
    assert ignore_entry("a b", "ab") is None


def test_many_decisions_are_learned_in_a_time_that_grows_with_their_number() -> None:
    times = []
    for number in (5_000, 40_000):
        decisions = decided(*((series(f"a{n:x}b", f"b{n:x}a"), REJECT, None) for n in range(number)))
        start = process_time()
        assert len(learn(decisions).entries) == number
        times.append(process_time() - start)
    assert times[1] < 30 * times[0]  # 64 times, if each were looked up in all
