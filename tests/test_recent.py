from __future__ import annotations

import gc

from ligafix import clean
from ligafix.recent import forget_last_text, of_last_text
from ligafix.stages.furniture.layout import Layout

LINES = (
    "the \x03rst of the \x03les that the clerk had found in this of\x03ce was an old one and told of the river\n" * 8
)
PAGES = "\f".join(f"THE HISTORY OF THE RIVER {n}\n{LINES}" for n in range(11, 40))


def test_what_was_found_out_about_the_last_text_is_kept_until_it_changes() -> None:
    asked = []

    @of_last_text
    def count_words(text: str) -> int:
        asked.append(text)
        return len(text.split())

    assert [count_words("a river"), count_words("a river")] == [2, 2]
    forget_last_text()
    assert count_words("a river") == 2
    assert asked == ["a river", "a river"]


def test_the_layout_of_a_text_does_not_wait_for_the_collector_of_garbage() -> None:
    gc.collect()
    gc.disable()
    try:
        cleaned = clean(PAGES).text
        left = [thing for thing in gc.get_objects() if isinstance(thing, Layout)]
    finally:
        gc.enable()
    assert "RIVER" not in cleaned
    assert left == []
