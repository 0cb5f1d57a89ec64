"""How the words of a language are put together: prefixes, suffixes, compounds.

The data is in `dictionaries/affixes/LANGUAGE.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from ligafix.lexicon.integrity import read_toml
from ligafix.lexicon.places import DICTIONARIES


@dataclass(frozen=True)
class Affixes:
    """The affixes of a language, each with how frequent a word with it is against the word without it.

    Attributes:
        prefixes: prefix and rate.
        suffixes: suffix, the endings of the words that it replaces, and rate.
        compound_rate: how frequent two words in one are against chance; 0 where the language makes none.
        closed_compounds: how readily two known words make one without a hyphen, against one with it.
        coinage: the least frequency of an unlisted word that may be put together in a way we do not know.
        links: what may stand between the two ('' for nothing).
    """

    prefixes: tuple[tuple[str, float], ...]
    suffixes: tuple[tuple[str, tuple[str, ...], float], ...]
    compound_rate: float
    closed_compounds: float
    coinage: float
    links: tuple[str, ...]

    def prefixes_of(self, form: str) -> list[tuple[str, float]]:
        """The prefixes that a lower-case form begins with, and their rates."""
        if not form.startswith(self._all_prefixes):
            return []
        ends = range(1, min(len(form) - 2, self._longest_prefix + 1))
        found = [self._prefixes[form[:end]] for end in ends if form[:end] in self._prefixes]
        return [self.prefixes[number] for number in sorted(number for numbers in found for number in numbers)]

    def suffixes_of(self, form: str) -> list[tuple[str, tuple[str, ...], float]]:
        """The suffixes that a lower-case form ends in, what they replace, and their rates."""
        if not form.endswith(self._all_suffixes):
            return []
        starts = range(max(2, len(form) - self._longest_suffix), len(form))
        found = [self._suffixes[form[start:]] for start in starts if form[start:] in self._suffixes]
        return [self.suffixes[number] for number in sorted(number for numbers in found for number in numbers)]

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
        return _number(suffix for suffix, _, _ in self.suffixes)

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
    data = read_toml(path)
    return Affixes(
        tuple((prefix, data["prefix_rate"]) for prefix in data["prefixes"]),
        tuple((s["suffix"], tuple(s["replaces"]), s["rate"]) for s in data["suffix"]),
        data["compound_rate"],
        data["closed_compounds"],
        data["coinage"],
        tuple(data["links"]),
    )
