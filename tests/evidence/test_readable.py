from __future__ import annotations

import random

import pytest

from ligafix import Cleaner
from ligafix.evidence import torn
from ligafix.evidence.readable import MANY_FORMS, is_readable
from ligafix.lexicon.readings import Vocabulary

ENGLISH = Vocabulary({"en": 1.0})


def make_words(number: int) -> list[str]:
    letters = random.Random(1)  # noqa: S311
    return list(dict.fromkeys("".join(letters.choices("abcdefghilmnorstu", k=8)) for _ in range(number)))


def test_many_words_that_no_list_holds_are_no_writing_unless_listed_ones_stand_oftener() -> None:
    words = dict.fromkeys(make_words(2 * MANY_FORMS), 1)
    assert not is_readable("", words, ENGLISH)
    assert is_readable("", {**words, "officer": len(words)}, ENGLISH)
    assert is_readable("", dict.fromkeys(list(words)[: MANY_FORMS // 2], 1), ENGLISH)


def test_what_is_no_writing_is_not_looked_through_for_torn_words() -> None:
    text = " ".join(make_words(2 * MANY_FORMS))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torn, "find_pairs", None)
        result = Cleaner().clean(text)
    assert not result.evidence.is_readable
    assert result.text == text
