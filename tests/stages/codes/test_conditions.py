"""A lone i is read as iff only where it joins two statements."""

import pytest

from ligafix.evidence import survey
from ligafix.scoring import Scorer
from ligafix.stages.codes.conditions import is_condition, propose

LOST = "The di erent e ects su er from the o ered e orts, which di er; the a ected sta o ers co ee. "


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("A graph is bipartite ", " it has no odd cycle"),
        ("Method m1 overrides m2 ", " p1 implies p2"),
        ("the set is finite\n", " every subset of it is finite"),
        ("f(x) = 0 ", " x = 1"),
        ("x1 x2 ", " not x3"),
    ],
)
def test_a_statement_on_either_side_makes_a_condition(left: str, right: str) -> None:
    assert is_condition(left, right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("for each agent ", " there is a cost"),
        ("the value of node ", " is known"),
        ("for all ", " and j"),
        ("K ", " ) true"),
        ("the sum over index ", " of the terms"),
        ("", " there is"),
    ],
)
def test_a_variable_is_none(left: str, right: str) -> None:
    assert not is_condition(left, right)


def test_conditions_are_read_where_ff_is_lost() -> None:
    text = LOST + "A graph is bipartite i it has no odd cycle. For each i we have one."
    found = propose(text, Scorer(survey(text)))
    assert [(text[p.start : p.end], p.after) for p in found] == [("i", "iff")]
    assert found[0].start == text.index("i it")


def test_no_condition_is_read_where_ff_stands() -> None:
    text = "The different effects suffer from the offered efforts. A graph is bipartite i it has no odd cycle."
    assert propose(text, Scorer(survey(text))) == []


def test_an_i_of_a_text_that_begins_its_sentences_small_is_a_pronoun() -> None:
    text = f"{LOST.lower()}it is described best by an adjective i do not use. the set is finite i there is no other. "
    assert not propose(text, Scorer(survey(text)))
