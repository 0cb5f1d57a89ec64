"""What a run may be told: one immutable object that refuses what it does not know."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ligafix.dictionary import (
    UserDictionary,
    compile_pattern,
    read_dictionary,
    require_ignore,
    require_pair,
)
from ligafix.errors import SettingsError
from ligafix.lexicon import has_words, list_languages

STAGES = ("codes", "marks", "furniture", "lines", "hyphens", "ligatures", "spaces")
"""The stages there are, in the order in which they run."""

FURNITURE_MODES = ("remove", "mark", "keep")
"""What may become of running heads, page numbers and watermarks."""

FOOTNOTE_MODES = ("keep", "end")
"""Where footnotes may go: they stay, or are gathered at the end."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How to clean.

    Attributes:
        stages: the stages to run, by name; they always run in the order of `STAGES`.
        languages: the languages to expect, as ISO 639 codes; empty lets every document speak for itself.
        min_confidence: changes at this probability or above are applied, the rest are suggested.
        restore_macrons: also suggest macrons for romanized Japanese that has lost all of them (`Kanto`).
        furniture: what becomes of running heads, page numbers and watermarks, one of `FURNITURE_MODES`.
        footnotes: where footnotes go, one of `FOOTNOTE_MODES`.
        reflow: make each wrapped paragraph one line.
        ignore: words, pairs (`led=filed`) and patterns (`/.../`, of whole words) that are left alone.
        prefer: pairs (`led=filed`) that decide wherever the first word looks damaged.
        protect: regular expressions of regions that are left alone.
        dictionaries: the user's own dictionaries.
    """

    stages: tuple[str, ...] = STAGES
    languages: tuple[str, ...] = ()
    min_confidence: float = 0.9
    restore_macrons: bool = False
    furniture: str = "remove"
    footnotes: str = "keep"
    reflow: bool = False
    ignore: tuple[str, ...] = ()
    prefer: tuple[str, ...] = ()
    protect: tuple[str, ...] = ()
    dictionaries: tuple[UserDictionary, ...] = ()

    def __post_init__(self) -> None:
        for stage in require_names("stages", self.stages):
            require_known(stage, STAGES, "stage")
        object.__setattr__(self, "stages", tuple(s for s in STAGES if s in self.stages))
        object.__setattr__(self, "languages", require_names("languages", self.languages))
        for language in self.languages:
            if not re.fullmatch("[a-z]{2,3}", language):
                raise SettingsError(f"{language!r} is not a language code; try one such as 'en' or 'de'")
            if not has_words(language):
                require_known(language, list_languages(), "language")
        for switch in ("restore_macrons", "reflow"):
            if not isinstance(getattr(self, switch), bool):
                raise SettingsError(f"{switch} is {getattr(self, switch)!r}; it is true or false")
        require_known(self.furniture, FURNITURE_MODES, "furniture mode")
        require_known(self.footnotes, FOOTNOTE_MODES, "footnote mode")
        object.__setattr__(self, "min_confidence", _require_probability("min_confidence", self.min_confidence))
        for name, require in (("ignore", require_ignore), ("prefer", require_pair), ("protect", compile_pattern)):
            object.__setattr__(self, name, require_names(name, getattr(self, name)))
            for entry in getattr(self, name):
                require(entry)
        if not all(isinstance(dictionary, UserDictionary) for dictionary in self.dictionaries):
            raise SettingsError("dictionaries are read first; try Settings.from_mapping, which takes paths")

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], folder: Path | None = None) -> Settings:
        """Settings from plain values, as they stand in a configuration file.

        Args:
            values: the settings by name; dictionaries by the paths of their files.
            folder: the folder that these paths start from; None is the working folder.

        Raises:
            SettingsError: a name or a value that is not known, with the nearest one that is.
        """
        known = {f.name for f in fields(cls)}
        chosen: dict[str, Any] = {}
        for key, value in values.items():
            name = key.replace("-", "_")
            if name not in known:  # told as the documentation spells them
                require_known(key, [f.name.replace("_", "-") for f in fields(cls)], "setting")
            chosen[name] = value
        if "dictionaries" in chosen:
            paths = require_names("dictionaries", chosen["dictionaries"])
            chosen["dictionaries"] = tuple(read_dictionary((folder or Path()) / path) for path in paths)
        return cls(**chosen)

    def to_dict(self) -> dict[str, Any]:
        """The settings as plain values, dictionaries by their paths and hashes."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {**values, "dictionaries": [{"path": d.path, "sha256": d.sha256} for d in self.dictionaries]}

    def choose_stages(self, only: Iterable[str] = (), skip: Iterable[str] = ()) -> Settings:
        """The same settings with another choice of stages: `only` these, less `skip`.

        Raises:
            SettingsError: one of them is no stage.
        """
        only, skip = tuple(only), tuple(skip)
        for name in skip:
            require_known(name, STAGES, "stage")
        return replace(self, stages=tuple(s for s in only or self.stages if s not in skip))


def require_known(name: object, known: Iterable[str], what: str) -> None:
    """Refuse a name that is not among the known ones.

    Raises:
        SettingsError: naming the nearest one that is known, or all of them.
    """
    known = list(known)
    if name in known:
        return
    near = difflib.get_close_matches(str(name), known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(known)}"
    raise SettingsError(f"there is no {what} {name!r}; {hint}")


def require_names(what: str, value: object) -> tuple[str, ...]:
    """The names that a setting lists.

    Raises:
        SettingsError: it is no list of names.
    """
    if isinstance(value, (list, tuple)) and all(isinstance(v, str) for v in value):
        return tuple(value)
    raise SettingsError(f'{what} is {value!r}; it is a list of names, such as ["a", "b"]')


def _require_probability(what: str, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        raise SettingsError(f"{what} is {value!r}; it is a probability, a number from 0 to 1")
    return float(value)
