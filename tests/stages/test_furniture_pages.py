"""Furniture of many pages: `tests/data/pages.json` has what goes, `pages_kept.json` what looks like it and stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ligafix import Cleaner, Settings
from tests.cases import DATA
from tests.paging import make_pages

CLEANER = Cleaner(Settings(stages=("furniture",)))


def load(file: str) -> list[Any]:
    records = json.loads((DATA / file).read_text(encoding="utf-8"))
    return [
        pytest.param(record, end, id=f"{record['comment']}, {'with' if end else 'without'} page breaks")
        for record in records
        for end in ("\f", "")
        if end in record.get("ends", ("\f", ""))
    ]


@pytest.mark.parametrize(("record", "end"), load("pages.json"))
def test_the_furniture_of_pages_goes(record: dict[str, Any], end: str) -> None:
    full, bare = make_pages(record)
    cleaned = CLEANER.clean(end.join(full)).text
    assert cleaned.split() == "".join(bare).split()
    assert CLEANER.clean(cleaned).text == cleaned


@pytest.mark.parametrize(("record", "end"), load("pages_kept.json"))
def test_what_looks_like_furniture_stays(record: dict[str, Any], end: str) -> None:
    full, bare = make_pages(record)
    cleaned = CLEANER.clean(end.join(full)).text
    assert cleaned.split() == "".join(bare).split()
    assert CLEANER.clean(cleaned).text == cleaned
