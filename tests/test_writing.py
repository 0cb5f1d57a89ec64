"""What is no writing comes back as it is, and takes no time."""

from __future__ import annotations

import random
import time

import pytest

from ligafix import clean

SIZE = 100_000
MOST_SECONDS = 2.0
DATA = random.Random(1).randbytes(SIZE)  # noqa: S311 - no secrets here


@pytest.mark.parametrize(
    ("encoding", "errors"), [("latin-1", "strict"), ("utf-8", "surrogateescape"), ("utf-8", "replace")]
)
def test_bytes_that_were_taken_for_text_are_left_alone_at_once(encoding: str, errors: str) -> None:
    text = DATA.decode(encoding, errors)
    start = time.process_time()
    result = clean(text)
    assert time.process_time() - start < MOST_SECONDS
    assert result.text == text
    assert result.changes == ()


def test_a_damaged_text_full_of_codes_is_writing() -> None:
    line = "The \x02rst of the signi\x02cant \x02ndings was con\x02rmed, and the \x02eld de\x02ned in \x02ve \x02les.\n"
    assert "first of the significant findings" in clean(40 * line).text
