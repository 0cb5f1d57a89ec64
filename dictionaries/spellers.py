"""Word lists with every form of a word: those of spell checkers in Hunspell's format, and tables of inflections.

Source of Hunspell's format: hunspell(5). What the lists of our languages use of it is read: prefixes, suffixes, and
affixes that carry affixes themselves; no compounds.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DEEPEST = 2
"""How many suffixes may follow one another (hunspell's own limit)."""


PARTICIPLES = "PA2"
"""Under this stand a German verb's participles, each by itself."""


@dataclass(frozen=True)
class Rule:
    """An affix: what it takes away, what it puts there, where it fits, and the flags of what it makes."""

    strip: str
    add: str
    fits: re.Pattern[str]
    flags: tuple[str, ...]


@dataclass
class Affixes:
    """The affixes of a list by their flag; `crossed` holds the flags that go together with those of the other end."""

    prefixes: defaultdict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    suffixes: defaultdict[str, list[Rule]] = field(default_factory=lambda: defaultdict(list))
    crossed: set[str] = field(default_factory=set)
    split: Callable[[str], tuple[str, ...]] = tuple
    bare: frozenset[str] = frozenset()
    encoding: str = "utf-8"


def read_affixes(path: Path) -> Affixes:
    """Read an .aff file."""
    data = path.read_bytes()
    match = re.search(rb"^SET[ \t]+(\S+)", data, re.MULTILINE)
    found = Affixes(encoding=match[1].decode() if match else "latin-1")
    lines = [line.split() for line in data.decode(found.encoding).split("\n") if not line.startswith("#")]
    for line in lines:
        if line[:1] == ["FLAG"]:
            found.split = {"long": _pairs, "num": _numbers}.get(line[1], tuple)
        elif line[:1] in (["NEEDAFFIX"], ["FORBIDDENWORD"]):
            found.bare |= {line[1]}
    for line in lines:
        if line[:1] in (["PFX"], ["SFX"]) and len(line) >= 4:
            _read_rule(found, line)
    return found


def _pairs(flags: str) -> tuple[str, ...]:
    return tuple(flags[n : n + 2] for n in range(0, len(flags), 2))


def _numbers(flags: str) -> tuple[str, ...]:
    return tuple(flags.split(","))


def _read_rule(found: Affixes, line: list[str]) -> None:
    kind, flag, strip, add = line[:4]
    table = found.prefixes if kind == "PFX" else found.suffixes
    if flag not in table:  # the first line of a flag is its head: SFX flag Y number
        table[flag] = []
        if strip == "Y":
            found.crossed.add(flag)
        return
    add, _, flags = add.partition("/")
    condition = line[4] if len(line) > 4 and not re.match(r"\w\w:", line[4]) else "."
    pattern = f"(?:{condition})" if kind == "PFX" else f"(?:{condition})$"
    rule = Rule(strip.replace("0", ""), add.replace("0", ""), re.compile(pattern), found.split(flags))
    table[flag].append(rule)


def read_words(dic: Path) -> Iterator[str]:
    """All words of a list with the forms that its affixes make; some come more than once.

    The .aff file is expected beside the .dic file.
    """
    affixes = read_affixes(dic.with_suffix(".aff"))
    for line in dic.read_text(affixes.encoding).split("\n")[1:]:
        entry = re.split(r"[ \t]", line.strip(), maxsplit=1)[0]
        stem, _, flags = entry.partition("/")
        if stem:
            yield from _expand(stem, affixes.split(flags), affixes)


def _expand(stem: str, flags: tuple[str, ...], affixes: Affixes) -> Iterator[str]:
    if affixes.bare.isdisjoint(flags):
        yield stem
    prefixes = [(flag, rule) for flag in flags for rule in affixes.prefixes.get(flag, ())]
    prefixes = [(flag, rule) for flag, rule in prefixes if "'" not in rule.add and "’" not in rule.add]
    yield from _with_prefixes(stem, [rule for _, rule in prefixes])
    crossed = [rule for flag, rule in prefixes if flag in affixes.crossed]
    for form, flag in _with_suffixes(stem, flags, affixes, DEEPEST):
        yield form
        if flag in affixes.crossed:
            yield from _with_prefixes(form, crossed)


def _with_prefixes(form: str, rules: list[Rule]) -> Iterator[str]:
    for rule in rules:
        if form.startswith(rule.strip) and rule.fits.match(form):
            yield rule.add + form[len(rule.strip) :]


def _with_suffixes(stem: str, flags: tuple[str, ...], affixes: Affixes, depth: int) -> Iterator[tuple[str, str]]:
    """The suffixed forms of a stem, each with the flag of its first suffix."""
    for flag in flags:
        for rule in affixes.suffixes.get(flag, ()):
            if stem.endswith(rule.strip) and rule.fits.search(stem):
                form = stem[: len(stem) - len(rule.strip)] + rule.add
                if affixes.bare.isdisjoint(rule.flags):
                    yield form, flag
                if depth > 1 and rule.flags:
                    yield from ((more, flag) for more, _ in _with_suffixes(form, rule.flags, affixes, depth - 1))


def read_inflections(path: Path) -> Iterator[str]:
    """All words of a table of inflections in JSON: words, each with its forms by person, case and so on.

    A German verb and its prefix, which come apart in a main clause, are given as one word, as they stand in others.
    """
    for word, forms in json.loads(path.read_text("utf-8")).items():
        yield word
        yield from _read_forms(forms)


def _read_forms(forms: Any) -> Iterator[str]:
    if isinstance(forms, str) and len(forms) > 1:  # a single letter is a gender
        yield forms
    elif isinstance(forms, list):
        yield "".join(reversed(forms))
    elif isinstance(forms, dict):
        for name, form in forms.items():
            yield from form if name == PARTICIPLES else _read_forms(form)
