"""How the words of a language are put together: prefixes, suffixes, compounds.

The data is in `dictionaries/affixes/LANGUAGE.toml`.
"""

from __future__ import annotations

from collections.abc import Iterator
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

    def prefixes_of(self, form: str) -> Iterator[tuple[str, float]]:
        """The prefixes that a lower-case form begins with, and their rates."""
        if not form.startswith(self._all_prefixes):
            return iter(())
        return (p for p in self.prefixes if form.startswith(p[0]) and len(form) > len(p[0]) + 2)

    def suffixes_of(self, form: str) -> Iterator[tuple[str, tuple[str, ...], float]]:
        """The suffixes that a lower-case form ends in, what they replace, and their rates."""
        if not form.endswith(self._all_suffixes):
            return iter(())
        return (s for s in self.suffixes if form.endswith(s[0]) and len(form) > len(s[0]) + 1)

    @cached_property
    def _all_prefixes(self) -> tuple[str, ...]:
        return tuple(prefix for prefix, _ in self.prefixes)

    @cached_property
    def _all_suffixes(self) -> tuple[str, ...]:
        return tuple(suffix for suffix, _, _ in self.suffixes)


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
