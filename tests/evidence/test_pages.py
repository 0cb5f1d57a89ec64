from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ligafix.evidence.pages import edge_lines
from tests.repeated import lines_of, merge

TEXTS = st.lists(st.text(alphabet="ab1\n\f", max_size=20), max_size=6)


def test_a_line_counts_once_for_each_text_numbers_apart() -> None:
    repeated = lines_of(["Page 1 of 9\na\n\fPage 2 of 9\n", "PAGE 3  OF 9\nb\n", "c\n"])
    assert repeated.count("page 7 of 9") == 2
    assert repeated.count("d") == 0
    assert repeated.texts == 3


def test_only_the_edges_of_pages_are_looked_at() -> None:
    lines = [f"line {'x' * n}" for n in range(30)]
    assert list(edge_lines("\n".join(lines))) == [*lines[:5], *lines[-5:]]


def test_a_short_page_is_looked_at_once() -> None:
    assert list(edge_lines("a\n\n \nb\nc\fd")) == ["a", "b", "c", "d"]


@given(TEXTS, TEXTS, TEXTS)
def test_parts_are_merged_in_any_order_and_grouping(a: list[str], b: list[str], c: list[str]) -> None:
    whole = lines_of([*a, *b, *c])
    first, second, third = map(lines_of, (a, b, c))
    assert merge([third, first, second]) == whole
    assert merge([merge([first, second]), third]) == whole
    assert merge([first, merge([second, third])]) == whole


def test_memory_is_bounded() -> None:
    many = lines_of("\n".join("abcdefgh"[n % 7 :] * (n // 9 + 1) for n in range(k, k + 9)) for k in range(2000))
    assert len(many.cells) <= 4 << 16


def test_a_line_that_never_stood_there_is_not_found_among_very_many() -> None:
    texts = (f"{chr(97 + n % 26) * (n // 26 + 1)} harbour\n" for n in range(3000))
    assert lines_of(texts).count("a quay of its own") == 0
