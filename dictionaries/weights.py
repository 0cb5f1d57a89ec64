"""Writes the tables of weights and networks that `ligafix.lexicon` reads."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import marisa_trie
import numpy as np
import numpy.typing as npt

from ligafix.lexicon.context.network import LAYOUT, Shapes
from ligafix.lexicon.divisions import FORMAT, STEPS

MOST = 2**15 - 1
"""What fits into `FORMAT`."""


def save_weights(weights: Mapping[str, float], path: Path) -> None:
    """Write the weights of a language for line-end hyphens; those that round to nothing are left out."""
    packed = {name: max(-MOST, min(MOST, round(STEPS * weight))) for name, weight in weights.items()}
    records = sorted((name, (weight,)) for name, weight in packed.items() if weight)
    marisa_trie.RecordTrie(FORMAT, records).save(str(path))


def save_network(tables: Mapping[str, npt.NDArray[Any]], shapes: Shapes, path: Path) -> None:
    """Write a network: a line of JSON, then its tables, 8 bytes aligned."""
    head, body = 1024, b""
    places: dict[str, tuple[int, Sequence[int]]] = {}
    for name, kind in LAYOUT.items():
        data = tables[name].astype(np.dtype(kind).newbyteorder("<")).tobytes()
        places[name] = (head + len(body), tables[name].shape)
        body += data + b"\0" * (-len(data) % 8)
    header = json.dumps({**shapes._asdict(), "tables": places}).encode() + b"\n"
    path.write_bytes(header.ljust(head, b"\0") + body)
