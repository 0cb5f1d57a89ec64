"""A diff shows the changes exactly, and `patch` takes it."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ligafix.audit.diff import coloured_diff, make_hunks, make_inline, unified_diff
from ligafix.changes import Change, Proposal, apply_changes
from ligafix.draft import Draft

LINES = "".join(f"line {n}\n" for n in range(1, 21))


def replace_words(source: str, *pairs: tuple[str, str]) -> Sequence[Change]:
    """The changes that replace the first place of each word."""
    places = [(source.index(before), before, after) for before, after in pairs]
    draft = Draft(source)
    draft.apply("test", [Proposal(at, at + len(b), a, "rule", 1.0) for at, b, a in places], 0.9)
    return draft.changes()


def diff(source: str, *pairs: tuple[str, str], bom: bool = False) -> str:
    return "".join(unified_diff("a.txt", make_hunks(source, replace_words(source, *pairs)), bom=bom))


def patch(source: str, text: str, folder: Path) -> str:
    """What `patch` makes of a source by a diff."""
    path = folder / "a.txt"
    path.write_bytes(source.encode("utf-8", "surrogateescape"))
    command = ["patch", "--binary", "--no-backup-if-mismatch", "-F0", "-s", "-p0"]
    subprocess.run(command, cwd=folder, input=text.encode("utf-8", "surrogateescape"), check=True)
    return path.read_bytes().decode("utf-8", "surrogateescape")


needs_patch = pytest.mark.skipif(shutil.which("patch") is None, reason="needs patch")


def test_a_changed_line_stands_among_three_others() -> None:
    assert diff(LINES, ("line 10", "LINE 10")) == (
        "--- a.txt\n+++ a.txt\n@@ -7,7 +7,7 @@\n"
        " line 7\n line 8\n line 9\n-line 10\n+LINE 10\n line 11\n line 12\n line 13\n"
    )


def test_nothing_changed_is_no_diff() -> None:
    assert diff(LINES) == ""


def test_places_far_apart_have_their_own_hunks_and_count_on() -> None:
    headers = [line for line in diff(LINES, ("line 2\n", ""), ("line 19", "x\ny")).split("\n") if "@@" in line]
    assert headers == ["@@ -1,5 +1,4 @@", "@@ -16,5 +15,6 @@"]


def test_places_that_share_lines_around_share_a_hunk() -> None:
    assert diff(LINES, ("line 5", "x"), ("line 12", "y")).count("@@ -") == 1
    assert diff(LINES, ("line 5", "x"), ("line 13", "y")).count("@@ -") == 2


def test_a_line_that_is_joined_takes_the_next_one_along() -> None:
    assert diff("signi-\ncant\nend\n", ("signi-\n", "signi")) == (
        "--- a.txt\n+++ a.txt\n@@ -1,3 +1,2 @@\n-signi-\n-cant\n+signicant\n end\n"
    )


def test_a_missing_line_feed_at_the_end_is_told() -> None:
    assert diff("a\nrst", ("rst", "first")).endswith(
        "-rst\n\\ No newline at end of file\n+first\n\\ No newline at end of file\n"
    )


def test_a_name_with_blanks_ends_with_a_tab() -> None:
    hunks = make_hunks("a", replace_words("a", ("a", "b")))
    assert next(unified_diff("my file.txt", hunks)) == "--- my file.txt\t\n"


def test_a_byte_order_mark_stands_before_the_first_line_of_each_side() -> None:
    assert "-\ufeffa\n+\ufeffx\n" in diff("a\nb\n", ("a", "x"), bom=True)
    assert " \ufeffa\n-b\n" in diff("a\nb\n", ("b", "x"), bom=True)
    assert "\ufeff" not in diff(LINES, ("line 10", "x"), bom=True)


CASES = [
    ("a\nb\nc\n", [("b", "x")]),
    ("a\nb", [("b", "x")]),
    ("a\nb", [("a\n", "")]),
    ("a\nb\n", [("b\n", "")]),
    ("a\nb", [("\nb", "")]),
    ("a\nb", [("b", "b\n")]),
    ("a", [("a", "")]),
    ("a\n\nb\n", [("a\n\n", "x")]),
    ("a\r\nb\r\nc", [("a\r\n", "x"), ("b", "y")]),
    ("one\rtwo\x0c\x1c\x85\u2028three\n", [("two", "2"), ("three", "3")]),
    ("bad \udcff byte\nrst\n", [("bad", "good"), ("rst", "first")]),
    (LINES, [("line 1\n", ""), ("line 3", "x\ny"), ("line 20\n", "z")]),
    (LINES, [("line 9\nline 10\nline 11\n", "gone"), ("line 12\n", "")]),
]


@needs_patch
@pytest.mark.parametrize(("source", "pairs"), CASES)
def test_patch_makes_the_output_of_the_source(source: str, pairs: list[tuple[str, str]], tmp_path: Path) -> None:
    changes = replace_words(source, *pairs)
    text = "".join(unified_diff("a.txt", make_hunks(source, changes)))
    assert patch(source, text, tmp_path) == apply_changes(source, changes)


@needs_patch
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(alphabet="ab\n\r", min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 6), st.text(alphabet="x\n", max_size=3)), max_size=5),
)
def test_patch_takes_any_diff(tmp_path: Path, source: str, places: list[tuple[int, int, str]]) -> None:
    draft = Draft(source)
    inside = [place for place in places if place[0] + place[1] <= len(source)]
    draft.apply("test", [Proposal(at, at + size, after, "r", 1.0) for at, size, after in inside], 0.9)
    text = "".join(unified_diff("a.txt", make_hunks(source, draft.changes())))
    if text:
        assert patch(source, text, tmp_path) == draft.text


def test_words_are_coloured_and_controls_made_visible() -> None:
    source = "the \x00rst \x1b[31mof all\r\n"
    text = coloured_diff("a.txt", make_hunks(source, replace_words(source, ("\x00rst", "first"))))
    assert "\x1b" not in text.plain
    assert "-the ␀rst ␛[31mof all\n+the first ␛[31mof all\n" in text.plain
    assert make_inline("a\x9b31m\u202eb\u2066") == "a�31m�b�"
    marked = [text.plain[span.start : span.end] for span in text.spans if span.style == "bold reverse"]
    assert marked == ["␀rst", "first"]
