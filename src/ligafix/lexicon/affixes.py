"""How the words of a language are put together: prefixes, suffixes, compounds.

The data is in `dictionaries/affixes/LANGUAGE.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from ligafix.lexicon.integrity import opening, read_toml
from ligafix.lexicon.places import DICTIONARIES

Suffix = tuple[str, tuple[str, ...], float, bool]
"""A suffix, the endings of the words that it replaces, its rate, and whether it makes nouns."""


@dataclass(frozen=True)
class Affixes:
    """The affixes of a language, each with how frequent a word with it is against the word without it.

    Attributes:
        prefixes: prefix and rate.
        suffixes: suffix, the endings of the words that it replaces, rate, and whether it makes nouns.
        compound_rate: how frequent two words in one are against chance; 0 where the language makes none.
        closed_compounds: how readily two known words make one without a hyphen, against one with it.
        coinage: the least frequency of an unlisted word that may be put together in a way we do not know.
        links: what may stand between the two ('' for nothing).
        nests: whether the second of the two may itself be built, and the first end within a ligature.
        nouns_are_capital: whether a built word has a capital where it is a noun.
        stressed_rate: how frequent a word with its stress marked inside is against the word without; 0 where that is
            not done.
    """

    prefixes: tuple[tuple[str, float], ...]
    suffixes: tuple[Suffix, ...]
    compound_rate: float
    closed_compounds: float
    coinage: float
    links: tuple[str, ...]
    nests: bool
    nouns_are_capital: bool
    stressed_rate: float

    def prefixes_of(self, form: str) -> list[tuple[str, float]]:
        """The prefixes that a lower-case form begins with, and their rates."""
        if not form.startswith(self._all_prefixes):
            return []
        ends = range(1, min(len(form) - 2, self._longest_prefix + 1))
        found = [self._prefixes[form[:end]] for end in ends if form[:end] in self._prefixes]
        return [self.prefixes[number] for number in sorted(number for numbers in found for number in numbers)]

    def prefixes_before_f(self, form: str) -> list[tuple[str, float]]:
        """The prefixes in f, and their rates, that a lower-case form begins with but for the f."""
        return [(prefix, rate) for prefix, rate in self._ending_in_f if form.startswith(prefix[:-1])]

    def suffixes_of(self, form: str) -> list[Suffix]:
        """The suffixes that a lower-case form ends in, with all that is known about them."""
        if not form.endswith(self._all_suffixes):
            return []
        starts = range(max(2, len(form) - self._longest_suffix), len(form))
        found = [self._suffixes[form[start:]] for start in starts if form[start:] in self._suffixes]
        return [self.suffixes[number] for number in sorted(number for numbers in found for number in numbers)]

    def suffixes_behind_f(self, form: str) -> list[Suffix]:
        """The suffixes in i or l that a lower-case form ends in but for this letter, with all that is known."""
        longest = max(map(len, self._behind_f), default=0)
        starts = range(max(2, len(form) - longest), len(form))
        return [suffix for start in starts for suffix in self._behind_f.get(form[start:], ())]

    @cached_property
    def _behind_f(self) -> dict[str, list[Suffix]]:
        found: dict[str, list[Suffix]] = {}
        for suffix in self.suffixes:
            if suffix[0][0] in "il" and len(suffix[0]) > 1:
                found.setdefault(suffix[0][1:], []).append(suffix)
        return found

    @cached_property
    def _ending_in_f(self) -> tuple[tuple[str, float], ...]:
        return tuple((prefix, rate) for prefix, rate in self.prefixes if prefix.endswith("f"))

    @cached_property
    def _all_prefixes(self) -> tuple[str, ...]:
        return tuple(self._prefixes)

    @cached_property
    def _all_suffixes(self) -> tuple[str, ...]:
        return tuple(self._suffixes)

    @cached_property
    def _prefixes(self) -> dict[str, list[int]]:
        return _number(prefix for prefix, _ in self.prefixes)

    @cached_property
    def _suffixes(self) -> dict[str, list[int]]:
        return _number(suffix for suffix, *_ in self.suffixes)

    @cached_property
    def _longest_prefix(self) -> int:
        return max(map(len, self._prefixes), default=0)

    @cached_property
    def _longest_suffix(self) -> int:
        return max(map(len, self._suffixes), default=0)


def _number(affixes: Iterable[str]) -> dict[str, list[int]]:
    """The places at which each affix stands."""
    found: dict[str, list[int]] = {}
    for number, affix in enumerate(affixes):
        found.setdefault(affix, []).append(number)
    return found


@cache
def load_affixes(language: str) -> Affixes | None:
    """The affixes of a language; None where we have none."""
    path = DICTIONARIES / "affixes" / f"{language}.toml"
    if not path.is_file():
        return None
    with opening(path):
        return _to_affixes(read_toml(path))


def _to_affixes(data: Mapping[str, Any]) -> Affixes:
    return Affixes(
        tuple((prefix, data["prefix_rate"]) for prefix in data["prefixes"]),
        tuple((s["suffix"], tuple(s["replaces"]), s["rate"], s.get("noun", False)) for s in data["suffix"]),
        data["compound_rate"],
        data["closed_compounds"],
        data["coinage"],
        tuple(data["links"]),
        data.get("nests", False),
        data.get("nouns_are_capital", False),
        data.get("stressed_rate", 0.0),
    )
