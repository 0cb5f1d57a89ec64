"""In a text that was edited since, what still stands is undone and the rest is told."""

import random

import pytest

from ligafix.audit.edited import undo_matching
from ligafix.changes import Change, Status, Step


def changes_of(source: str, pairs: dict[str, str]) -> tuple[Change, ...]:
    """A change for each place of each word."""
    found, at = [], 0
    for word in source.split(" "):
        if word in pairs:
            after = pairs[word]
            steps = (Step("s", "r", word, after, 1.0),)
            found.append(Change(at, at + len(word), word, after, Status.APPLIED, 1.0, steps))
        at += len(word) + 1
    return tuple(found)


SOURCE = "the rst oce of the sta was led in the nal report by ve ocers"
PAIRS = {"rst": "first", "oce": "office", "sta": "staff", "nal": "final", "ve": "five", "ocers": "officers"}
CHANGES = changes_of(SOURCE, PAIRS)
OUTPUT = "the first office of the staff was led in the final report by five officers"


@pytest.mark.parametrize(
    ("edited", "source", "left"),
    [
        (OUTPUT, SOURCE, []),
        (f"A note. {OUTPUT}", f"A note. {SOURCE}", []),
        (f"{OUTPUT} More.", f"{SOURCE} More.", []),
        (OUTPUT.replace("office ", "bureau "), SOURCE.replace("oce ", "bureau "), ["oce"]),
        (OUTPUT.replace("was led", "was, as I said, led"), SOURCE.replace("was led", "was, as I said, led"), []),
        (OUTPUT.replace("the final report by ", ""), SOURCE.replace("the nal report by ", ""), ["nal"]),
        ("", "", list(PAIRS)),
    ],
)
def test_an_edit_leaves_the_other_changes_undone(edited: str, source: str, left: list[str]) -> None:
    text, kept = undo_matching(edited, CHANGES)
    assert text == source
    assert [change.before for change in kept] == left


def test_a_removal_is_undone_between_changes_that_stand() -> None:
    source = "rst - oce sta"
    changes = changes_of(source, {**PAIRS, "-": ""})
    assert undo_matching("first  office staff", changes) == (source, ())
    text, kept = undo_matching("first  bureau staff", changes)
    assert (text, [c.before for c in kept]) == ("rst  bureau sta", ["-", "oce"])


def test_many_edits_in_a_long_text_lose_little() -> None:
    chosen = random.Random(6)  # noqa: S311
    source = " ".join(chosen.choice([*PAIRS, *"abcdefgh"]) for _ in range(4000))
    words = [PAIRS.get(word, word) for word in source.split(" ")]
    for place in range(100, 4000, 200):
        words.insert(place, "inserted")
    text, kept = undo_matching(" ".join(words), changes_of(source, PAIRS))
    assert text.replace("inserted ", "") == source
    assert kept == ()
