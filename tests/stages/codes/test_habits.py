from __future__ import annotations

from ligafix.stages.codes.habits import Damage, infer_habits

FI, FF, FFL = (Damage("ligature-as-space", form) for form in ("fi", "ff", "ffl"))


def test_nothing_seen_is_no_habit() -> None:
    assert infer_habits({}, {FI: 5.0}) == {}


def test_a_clear_place_opens_a_habit() -> None:
    assert infer_habits({FI: [3e4]}, {FI: 0.0})[FI].open > 0.9


def test_words_that_are_intact_close_it() -> None:
    assert infer_habits({FI: [3e4]}, {FI: 200.0})[FI].open < 0.3


def test_the_share_follows_the_words() -> None:
    always = infer_habits({FI: [3e4] * 10}, {FI: 0.0})[FI]
    seldom = infer_habits({FI: [3e4] * 10}, {FI: 100.0})[FI]
    assert seldom.share < 0.3
    assert always.share > 0.8


def test_ligatures_vouch_for_each_other() -> None:
    alone = infer_habits({FF: [300.0]}, {FF: 0.0, FI: 0.0})
    among = infer_habits({FF: [300.0], FI: [3e4] * 5}, {FF: 0.0, FI: 0.0})
    assert among[FF].open > alone[FF].open


def test_one_that_was_not_seen_is_possible_where_others_are_hit() -> None:
    habits = infer_habits({FI: [3e4] * 5, FF: [3e4] * 5}, {FI: 0.0, FF: 0.0, FFL: 0.0})
    assert 0.3 < habits[FFL].open < habits[FI].open


def test_kinds_of_damage_do_not_vouch_for_each_other() -> None:
    other = Damage("spaced-ligature", "fi ")
    assert other not in infer_habits({FI: [3e4] * 5}, {FI: 0.0, other: 0.0})
