"""The public function for one record."""

import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

import pytest

import ligafix.corpus
from ligafix import Settings
from ligafix.corpus import clean_record
from tests.corpus.inline import DAMAGED, RESTORED


def test_only_the_text_of_a_record_changes_and_the_record_itself_stays() -> None:
    record = {"id": 7, "text": DAMAGED, "deep": {"a": [1.5]}}
    assert clean_record(record) == {**record, "text": RESTORED}
    assert record["text"] == DAMAGED


def test_the_changes_can_be_kept() -> None:
    found = clean_record({"body": DAMAGED}, text_field="body", changes_field="changes")
    assert (found["changes"][0]["before"], found["changes"][0]["after"]) == ("rst", "first")


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError, match="'text' is no text"):
        clean_record({"text": None})
    with pytest.raises(KeyError):
        clean_record({})


def test_lone_surrogates_pass() -> None:
    assert clean_record({"text": "\ud800 x \udc80"})["text"] == "\ud800 x \udc80"


def test_the_function_can_be_sent_to_another_process() -> None:
    work = pickle.loads(pickle.dumps(partial(clean_record, settings=Settings(min_confidence=0.8))))  # noqa: S301
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert list(pool.map(work, [{"text": DAMAGED}])) == [{"text": RESTORED}]


def test_the_public_names_are_there() -> None:
    assert set(ligafix.corpus.__all__) <= set(dir(ligafix.corpus))
