from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import ligafix
from ligafix.settings import STAGES
from tests.cases import expect_failure

SEEDS = Path(__file__).parents[1] / "seeds"
SAMPLES: list[dict[str, Any]] = tomllib.loads((SEEDS / "seeds.toml").read_text(encoding="utf-8"))["sample"]
ALL_STAGES = ("codes", "marks", "furniture", "lines", "hyphens", "ligatures", "spaces")
"""The stages that the samples are about, whether they exist yet or not."""

LIGATURE = re.compile("f[fil]")
CODE = re.compile(r"\(cid:\d+\)|[®¯\x01-\x08\x0b-\x1f]")
KINDS: dict[str, Callable[[str, str], bool]] = {
    "all-ligatures": lambda damaged, restored: not _has(LIGATURE, damaged) and _has(LIGATURE, restored),
    "ff-ligatures": lambda damaged, _: "ff" not in damaged and "fi" in damaged and "fl" in damaged,
    "fi-ligatures": lambda damaged, _: "ff" in damaged and "fi" not in damaged and "fl" not in damaged,
    "line-ends": lambda damaged, restored: damaged.count("-\n") > restored.count("-\n"),
    "loose-marks": lambda damaged, restored: _loose_marks(damaged) > _loose_marks(restored) == 0,
    "codes": lambda damaged, restored: _has(CODE, damaged) and len(CODE.findall(restored)) <= 1,
    "page-furniture": lambda damaged, restored: "Ë" in damaged and "Ë" not in restored,
    "double-spacing": lambda damaged, restored: damaged.count("\n\n") > 3 * restored.count("\n\n"),
    "lost-spaces": lambda damaged, restored: damaged != restored and _letters(damaged) == _letters(restored),
    "german": lambda _, restored: "ß" in restored and " und " in restored,
    "undamaged": lambda damaged, restored: damaged == restored,
}
"""Every kind of damage that the samples show, and how to see that a sample does."""


def _has(pattern: re.Pattern[str], text: str) -> bool:
    return pattern.search(text) is not None


def _loose_marks(text: str) -> int:
    return len(re.findall("[´`¨˜ˇ¸˝\u0304]", text))


def _letters(text: str) -> str:
    return "".join(text.split())


def _read(name: str, state: str) -> str:
    return (SEEDS / f"{name}.{state}.txt").read_bytes().decode("utf-8")


def _missing_stages(sample: dict[str, Any]) -> str | None:
    missing = [stage for stage in sample["stages"] if stage not in STAGES]
    return f"needs the stages {', '.join(missing)}" if missing else None


def _restorations() -> list[pytest.ParameterSet]:
    return [
        pytest.param(
            sample["name"],
            id=f"{sample['name']}: {' '.join(sample['stages'])}",
            marks=expect_failure(_missing_stages(sample) or sample.get("known_failure")),
        )
        for sample in SAMPLES
    ]


@pytest.mark.parametrize("name", _restorations())
def test_a_sample_comes_out_as_restored(name: str) -> None:
    assert ligafix.clean(_read(name, "damaged")).text == _read(name, "restored")


@pytest.mark.parametrize("end", ["\r\n", "\r"])
@pytest.mark.parametrize("name", _restorations())
def test_a_sample_with_other_line_ends_comes_out_as_restored(name: str, end: str) -> None:
    damaged = _read(name, "damaged")
    if "\r" in damaged:
        pytest.skip("a return is a code here")
    assert ligafix.clean(damaged.replace("\n", end)).text == _read(name, "restored").replace("\n", end)


@pytest.mark.parametrize("name", [sample["name"] for sample in SAMPLES])
def test_a_restored_sample_needs_nothing(name: str) -> None:
    restored = _read(name, "restored")
    assert ligafix.clean(restored).text == restored


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample["name"])
def test_a_sample_shows_what_the_list_says(sample: dict[str, Any]) -> None:
    damaged, restored = _read(sample["name"], "damaged"), _read(sample["name"], "restored")
    assert [kind for kind in sample["shows"] if not KINDS[kind](damaged, restored)] == []
    assert (damaged == restored) == (not sample["stages"])


def test_the_samples_show_every_kind_of_damage_and_need_every_stage() -> None:
    assert {kind for sample in SAMPLES for kind in sample["shows"]} == set(KINDS)
    assert {stage for sample in SAMPLES for stage in sample["stages"]} == set(ALL_STAGES)


def test_the_list_names_every_sample_once() -> None:
    files = sorted(path.name for path in SEEDS.glob("*.txt"))
    assert files == sorted(f"{s['name']}.{state}.txt" for s in SAMPLES for state in ("damaged", "restored"))


@pytest.mark.parametrize("path", sorted(SEEDS.glob("*.txt")), ids=lambda path: path.name)
def test_a_sample_is_utf8_in_nfc_and_ends_in_one_newline(path: Path) -> None:
    text = path.read_bytes().decode("utf-8", errors="strict")
    assert unicodedata.is_normalized("NFC", text)
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
