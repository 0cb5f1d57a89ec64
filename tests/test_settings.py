"""Settings refuse what they do not know, with the nearest thing that they do."""

import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix import Settings, SettingsError
from ligafix.settings import STAGES, require_known
from ligafix.stages import STEPS

SOME_STAGES = st.lists(st.sampled_from(STAGES), max_size=4)


def test_every_stage_has_its_steps_and_they_run_in_this_order() -> None:
    assert tuple(dict.fromkeys(name for name, _ in STEPS)) == STAGES


def test_by_default_all_stages_run() -> None:
    assert Settings().stages == STAGES


@given(SOME_STAGES)
def test_stages_run_in_their_order_however_they_are_named(stages: list[str]) -> None:
    chosen = Settings(stages=tuple(stages)).stages
    assert chosen == tuple(stage for stage in STAGES if stage in stages)


@given(SOME_STAGES, SOME_STAGES)
def test_a_choice_of_stages_is_only_these_less_others(only: list[str], skip: list[str]) -> None:
    chosen = set(Settings().choose_stages(only, skip).stages)
    assert chosen == set(only or Settings().stages) - set(skip)


def test_the_order_of_the_choice_does_not_count() -> None:
    chosen = Settings().choose_stages(only=["ligatures", "hyphens", "codes"], skip=["hyphens", "marks"])
    assert chosen.stages == ("codes", "ligatures")


@pytest.mark.parametrize("option", ["only", "skip"])
def test_a_stage_that_does_not_exist_cannot_be_chosen(option: str) -> None:
    with pytest.raises(SettingsError, match="there is no stage 'ligature'; did you mean 'ligatures'"):
        Settings().choose_stages(**{option: ["ligature"]})


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"min_confidense": 1}, "there is no setting 'min_confidense'; did you mean 'min-confidence'?"),
        ({"stages": ["hypens"]}, "there is no stage 'hypens'; did you mean 'hyphens'?"),
        ({"stages": "hyphens"}, "stages is 'hyphens'; it is a list of names"),
        ({"stages": [1]}, "it is a list of names"),
        ({"languages": "de"}, "it is a list of names"),
        ({"languages": ["German"]}, "'German' is not a language code; try one such as 'en' or 'de'"),
        ({"languages": ["en", "xx"]}, "there is no language 'xx'; there are: ar, "),
        ({"min-confidence": "0.9"}, "it is a probability, a number from 0 to 1"),
        ({"restore-macrons": "yes"}, "it is true or false"),
        ({"reflow": 1}, "it is true or false"),
        ({"restore_macrons": None}, "it is true or false"),
        ({"furniture": "drop"}, "there is no furniture mode 'drop'"),
        ({"footnotes": 3}, "there is no footnote mode 3; there are: keep, end"),
        ({"furniture": ["mark"]}, "there is no furniture mode ['mark']; did you mean 'mark'?"),
        ({"footnotes": "ende"}, "there is no footnote mode 'ende'; did you mean 'end'?"),
        ({"min-confidence": True}, "it is a probability"),
        ({"min-confidence": 1.1}, "it is a probability"),
        ({"min-confidence": -0.1}, "it is a probability"),
        ({"min-confidence": float("nan")}, "it is a probability"),
    ],
)
def test_what_is_not_known_is_refused(values: dict[str, Any], message: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_mapping(values)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_plain_values_become_settings() -> None:
    values = {"stages": ["ligatures"], "languages": ["en", "de"], "min-confidence": 1}
    assert Settings.from_mapping(values) == Settings(("ligatures",), ("en", "de"), 1.0)


def test_settings_of_lists_are_as_immutable_as_others() -> None:
    made = Settings(stages=["ligatures"], languages=["en"])  # type: ignore[arg-type]
    assert hash(made) == hash(Settings(("ligatures",), ("en",)))
    with pytest.raises(AttributeError):
        made.languages = ()  # type: ignore[misc]


def test_settings_can_be_pickled() -> None:
    made = Settings(languages=("de",), min_confidence=0.5)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301


def test_a_name_far_from_all_others_gets_the_whole_list() -> None:
    with pytest.raises(SettingsError, match="there is no fruit 'xyz'; there are: apple, pear"):
        require_known("xyz", ["apple", "pear"], "fruit")


def test_a_dictionary_is_read_before_it_is_a_setting() -> None:
    with pytest.raises(SettingsError, match=r"try Settings\.from_mapping, which takes paths"):
        Settings(dictionaries=("words.txt",))  # type: ignore[arg-type]
