"""No pattern of the package takes more than linear time, whatever it searches."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections import deque
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import ligafix

LENGTH = 10_000
"""Code points: what is quadratic takes a second for so many, what is linear a millisecond."""

MOST_SECONDS = 0.15


def patterns() -> list[tuple[str, re.Pattern[str]]]:
    """The patterns that the modules of the package hold, once each."""
    found: dict[str, tuple[str, re.Pattern[str]]] = {}
    for info in pkgutil.walk_packages(ligafix.__path__, "ligafix."):
        if info.name.endswith(("__main__", "ray_engine", "keyboard", "datatrove")):
            continue  # what runs at once, or needs what is not installed everywhere
        module = importlib.import_module(info.name)
        for name, value in vars(module).items():
            for pattern in value.values() if isinstance(value, dict) else [value]:
                if isinstance(pattern, re.Pattern) and isinstance(pattern.pattern, str):
                    found.setdefault(pattern.pattern, (f"{module.__name__}.{name}", pattern))
    return list(found.values())


def example(tree: Any) -> str:
    """Something that a parsed pattern matches, looking neither ahead nor behind."""
    return "".join(_example_of(code, argument) for code, argument in tree)


def _example_of(  # noqa: PLR0911 - a case each
    code: Any, argument: Any
) -> str:
    if code is codes.LITERAL:
        return chr(argument)
    if code is codes.NOT_LITERAL:
        return "b" if argument == ord("a") else "a"
    if code is codes.ANY:
        return "a"
    if code is codes.IN:
        return _member(argument)
    if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least: int = max(1, argument[0])
        return example(argument[2]) * least
    if code is codes.SUBPATTERN:
        return example(argument[-1])
    if code is codes.BRANCH:
        return example(argument[1][0])
    return ""


_OF_CATEGORY = {codes.CATEGORY_DIGIT: "1", codes.CATEGORY_SPACE: " ", codes.CATEGORY_WORD: "a"}


def _member(members: Any) -> str:
    if members[0][0] is codes.NEGATE:
        return "a"
    code, argument = members[0]
    if code is codes.LITERAL:
        return chr(argument)
    return chr(argument[0]) if code is codes.RANGE else str(_OF_CATEGORY.get(argument, "!"))


def pumps(tree: Any) -> Iterator[str]:
    """What the unbounded repetitions of a parsed pattern repeat, and each pair of characters of its examples."""
    for code, argument in tree:
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT):
            if argument[1] > 1000:
                yield example(argument[2])
            yield from pumps(argument[2])
        elif code is codes.SUBPATTERN:
            yield from pumps(argument[-1])
        elif code is codes.BRANCH:
            for branch in argument[1]:
                yield from pumps(branch)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from pumps(argument[1])


USUAL = ("a", "A", "1", " ", "\n", ".", "-", "a ", "i", "\u0301", "/", "(", "a'", "é", "\u00a8")
PATTERNS = patterns()


SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in Path(ligafix.__file__).parent.rglob("*.py"))

BOUNDED = frozenset(("_LAST_WORD", "_LEFT", "_PARTNER_BEFORE", "_SEAM_BEFORE", "_HALF_BEFORE", "_VARIABLE_BEFORE"))
"""What searches only the last few dozen code points before a place."""


def methods_of(name: str) -> set[str]:
    """How a pattern is used: all over a text, in one place, or to match the whole of it."""
    used = set(re.findall(rf"\b{name}\.(match|fullmatch|search|finditer|findall|sub|split)\(", SOURCES))
    found = used & {"match", "fullmatch"}
    return found | {"finditer"} if used - found and name not in BOUNDED else found


def seconds(methods: list[Any], text: str) -> float:
    """The time that methods of a pattern take on a text: the best of three where the first was long.

    A collection of garbage, or whatever else the machine does meanwhile, is not the pattern's.
    """
    best = float("inf")
    for _ in range(3):
        at = time.process_time()
        for method in methods:
            deque(method(text) or (), maxlen=0) if method.__name__ == "finditer" else method(text)
        best = min(best, time.process_time() - at)
        if best < MOST_SECONDS / 3:
            break
    return best


@pytest.mark.parametrize(("name", "pattern"), PATTERNS, ids=[name for name, _ in PATTERNS])
def test_a_pattern_takes_linear_time(name: str, pattern: re.Pattern[str]) -> None:
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE)
    start = example(tree)
    methods = [getattr(pattern, method) for method in methods_of(name.rpartition(".")[2])]
    for pump, before in product(sorted({pump for pump in (*pumps(tree), *USUAL) if pump}), ("", start)):
        text = before + pump * (LENGTH // len(pump)) + "\ue001"
        assert seconds(methods, text) < MOST_SECONDS, f"{pump!r} behind {before!r}"


def test_a_quadratic_pattern_would_be_found() -> None:
    assert "1" in set(pumps(parser.parse(r"\d+x")))
    assert len(PATTERNS) > 100
    assert any(name == "ligafix.document._SEAM" for name, _ in PATTERNS)
    assert methods_of("_SEAM") == {"finditer", "match"}
