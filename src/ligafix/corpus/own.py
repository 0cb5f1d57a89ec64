"""What each document told about itself, kept from the first pass to the second, which need not ask again."""

from __future__ import annotations

import gzip
import json
from array import array
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from ligafix.evidence import OwnEvidence
from ligafix.evidence.codes import SignWeights
from ligafix.formats.compression import compress


def pack_own(found: Mapping[str, OwnEvidence]) -> bytes:
    """The evidence of some documents, by their keys, as it stands on the disk."""
    rows = {key: _to_json(own) for key, own in found.items()}
    return compress(json.dumps(rows, separators=(",", ":")).encode(), ".gz")


@lru_cache(maxsize=1)
def read_own(path: Path) -> Mapping[str, OwnEvidence]:
    """The evidence that stands in a file; none where the file is gone: then the documents are asked again."""
    try:
        rows = json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        return {}
    return {key: _from_json(row) for key, row in rows.items()}


def _to_json(own: OwnEvidence) -> list[Any]:
    """Plain values that give back every bit: JSON writes fractions so."""
    gains = {sign: list(gain) for sign, gain in own.weights.gains.items()}
    return [own.languages, own.registers, own.weights.names, gains]


def _from_json(row: list[Any]) -> OwnEvidence:
    languages, registers, names, gains = row
    weights = SignWeights(names, {sign: array("d", gain) for sign, gain in gains.items()})
    return OwnEvidence(languages, {code: tuple(mixture) for code, mixture in registers.items()}, weights)
