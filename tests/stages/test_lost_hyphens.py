"""Hyphens that went with a line's end come back where they stood, and only there."""

from __future__ import annotations

import pytest

from ligafix import Cleaner, Settings
from tests.paging import make_prose

CLEANER = Cleaner(Settings(stages=("hyphens",)))


def make_text(words: dict[int, str], prose: str = "lost hyphens") -> str:
    """Lines of prose, some of which are joined by a word as an extractor joins the halves of a divided one."""
    lines = make_prose(prose, 80)
    pieces = [f"{line} {words[n]} " if n in words else f"{line}\n" for n, line in enumerate(lines)]
    return "".join(pieces)


@pytest.mark.parametrize(
    ("joined", "restored"),
    [
        ("drawingroom", "drawing-room"),
        ("twothirds", "two-thirds"),
        ("threedimensional", "three-dimensional"),
        ("AngloSaxon", "Anglo-Saxon"),
    ],
)
def test_a_hyphen_that_lists_know_comes_back_where_lines_were_joined(joined: str, restored: str) -> None:
    assert CLEANER.clean(make_text({20: joined})).text == make_text({20: restored})


def test_a_pair_that_the_document_itself_has_comes_back() -> None:
    text = make_text({9: "FenwickMarrable"}).replace("\n", "\nFenwick-Marrable ", 2)
    assert CLEANER.clean(text).text == text.replace("FenwickMarrable", "Fenwick-Marrable")


@pytest.mark.parametrize("word", ["drawingroom", "AfricanAmerican"])
def test_a_word_of_a_line_that_was_not_joined_is_its_authors(word: str) -> None:
    lines = make_prose("within lines", 60)
    lines[30], lines[40] = f"{word} {lines[30]}", f"{lines[40]} {word}"
    text = "\n".join(lines)
    assert CLEANER.clean(text).text == text


def test_a_word_that_stands_within_another_line_too_is_its_authors() -> None:
    text = make_text({20: "drawingroom"}).replace("\n", "\ndrawingroom ", 1)
    assert CLEANER.clean(text).text == text


def test_words_and_names_that_part_by_chance_stay() -> None:
    text = make_text({10: "watercourse", 25: "Newcastle", 40: "handkerchief", 55: "overabundance"})
    assert CLEANER.clean(text).text == text


def test_nothing_is_mended_where_lines_end_with_hyphens() -> None:
    lines = make_prose("hyphens stay", 60)
    lines[10], lines[20], lines[30] = (f"{lines[n]} {half}-" for n, half in ((10, "two"), (20, "old"), (30, "well")))
    lines[45] += f" drawingroom {lines[45]}"
    assert "drawingroom" in CLEANER.clean("\n".join(lines)).text


def test_a_capital_inside_opens_the_second_part() -> None:
    text = make_text({10: "from Come-lements to", 20: "ComElements", 40: "ComElements"})
    assert CLEANER.clean(text).text == text
