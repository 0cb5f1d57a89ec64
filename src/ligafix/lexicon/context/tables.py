"""The tables of a context model: their layout in a data file, and the hash table of weights among them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ligafix.lexicon.context.features import MASK, PAIR
from ligafix.lexicon.integrity import damaged, map_bytes

OVERFLOW = 64
"""Slots behind the last one that a search may start at, so that it never runs over the end."""

LAYOUT: Mapping[str, Literal["B", "H", "b", "f"]] = {
    "words": "H",
    "coarse": "B",
    "classes": "B",
    "fine": "H",
    "topics": "B",
    "priors": "f",
    "biases": "f",
    "checks": "H",
    "weights": "b",
}
"""The tables of a data file and what they hold, as `struct` names it; little-endian."""


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbers of a language's model, as `LAYOUT` orders them."""

    words: Sequence[int]
    coarse: Sequence[int]
    classes: Sequence[int]
    fine: Sequence[int]
    topics: Sequence[int]
    priors: Sequence[float]
    biases: Sequence[float]
    checks: Sequence[int]
    weights: Sequence[int]

    def word_classes(self) -> tuple[Sequence[int], ...]:
        """The tables of classes, in the order of `Word`."""
        return (self.coarse, self.classes, self.fine, self.topics)


@dataclass(frozen=True, slots=True)
class Weights:
    """A hash table of feature weights: 16 bits of the hash, and the weight, in the same slot of two arrays."""

    checks: Sequence[int]
    weights: Sequence[int]
    slots: int

    def total(self, features: Sequence[int], pair: int) -> int:
        """The sum of the weights that `features` have for a pair."""
        checks, slots, salt, total = self.checks, self.slots, pair * PAIR, 0
        for feature in features:  # as `locate` does, which would take half of the time
            hashed = feature + salt & MASK
            slot, check = (hashed >> 32) * slots >> 32, hashed & 0xFFFF or 1
            while found := checks[slot]:
                if found == check:
                    total += self.weights[slot]
                    break
                slot += 1
        return total


def read_tables(path: Path) -> tuple[Tables, float]:
    """Map a data file: a line of JSON that tells each table's place and length, then the tables."""
    mapped = memoryview(map_bytes(path))
    end = bytes(mapped[:4096]).index(b"\n")
    header = json.loads(bytes(mapped[:end]))
    if max(start + size for start, size in header["tables"].values()) > len(mapped):
        raise damaged(path, "its end is cut off")
    tables: dict[str, Any] = {
        name: mapped[start : start + size].cast(LAYOUT[name]) for name, (start, size) in header["tables"].items()
    }
    return Tables(**tables), header["unit"]
