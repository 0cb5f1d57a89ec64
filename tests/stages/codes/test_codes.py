"""Signs that stand for letters are read as this document means them."""

import pytest

from ligafix import Status, clean
from tests.cases import load_cases


@pytest.mark.parametrize(("original", "restored"), load_cases("codes.json", "original", "restored"))
def test_signs_are_read_as_the_document_means_them(original: str, restored: str) -> None:
    assert clean(original).text == restored


@pytest.mark.parametrize("text", load_cases("codes.json", "restored", known_failures=False))
def test_what_was_read_stays(text: str) -> None:
    assert clean(text).text == text


def test_a_sign_that_nothing_explains_stays_and_is_suspected() -> None:
    text = "The value x\x17y and q\x17z of the first field; see also k\x17v."
    result = clean(text)
    assert result.text == text
    assert Status.SUSPECTED in {c.status for c in result.changes}


def test_each_change_says_what_the_sign_means_here() -> None:
    change = clean("The \x0crst \x0celd was de\x0cned; the \x0cnal pro\x0cle was con\x0crmed.").changes[0]
    assert change.steps[0].rule == "code"
    assert change.steps[0].evidence.startswith("'\\x0c' is 'fi' here (6 times, ")


@pytest.mark.parametrize("chunk", ["q" + 12 * "\x02", "ab" + 15 * "\x02", 10 * "\x02" + "b", 30 * "\x02"])
def test_a_row_of_signs_that_makes_no_word_stays(chunk: str) -> None:
    around = (
        "The \x02rst of the signi\x02cant \x02ndings was con\x02rmed, and the \x02eld de\x02ned in \x02ve \x02les. "
    )
    assert clean(3 * around + chunk + " stands.").text.endswith(f"files. {chunk} stands.")
