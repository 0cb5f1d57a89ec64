"""Furniture of many pages: `tests/data/pages.json` has what goes, `pages_kept.json` what looks like it and stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ligafix import Cleaner, Settings
from tests.cases import DATA
from tests.paging import make_pages, make_prose

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


FIFTHS = {"behind": "{line}{n}", "behind, with a space": "{line} {n}", "in lines of their own": "{line}\n{n}"}
TIDES = ("tide", "weir", "ford", "mill", "quay", "bank", "pier", "lock", "dock", "moor", "cape", "reef")


@pytest.mark.parametrize("template", FIFTHS.values(), ids=FIFTHS)
@pytest.mark.parametrize("lost", [(), (45,)], ids=["all", "one lost"])
def test_the_numbers_of_every_fifth_line_go(template: str, lost: tuple[int, ...]) -> None:
    lines = make_prose("every fifth", 120)
    numbered = [
        template.format(line=line, n=n) if n % 5 == 0 and n not in lost else line for n, line in enumerate(lines, 1)
    ]
    assert CLEANER.clean("\n".join(numbered)).text.split() == " ".join(lines).split()


@pytest.mark.parametrize("template", FIFTHS.values(), ids=FIFTHS)
def test_the_numbers_of_verses_stay(template: str) -> None:
    words = [word.capitalize() for word in TIDES]
    verses = [f"The {words[n % 12]} below the {words[n * 5 % 11]} was grey with rain" for n in range(152)]
    numbered = [template.format(line=line, n=n) if n % 5 == 0 else line for n, line in enumerate(verses, 1)]
    text = "\n".join(numbered)
    assert CLEANER.clean(text).text == text
