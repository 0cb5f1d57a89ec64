"""What every worker of a run has to know."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import ligafix
from ligafix.cleaner import Cleaner
from ligafix.lexicon import dictionaries_hash
from ligafix.settings import Settings

LAYOUT = 1
"""The version of what is kept in the folder `.ligafix`."""


@dataclass(frozen=True, slots=True)
class Job:
    """A run's input, output and settings. Picklable.

    Attributes:
        root: the folder that places of files start from.
        out: where the outputs go; None to write none.
        state: the folder that belongs to the run: logs, evidence, marks of completion.
        settings: how to clean.
        encoding: the encoding of text files; None finds it out for each.
        text_field: the field of a record that is its text.
        id_field: the field that names it.
        logs_name_sources: whether the sources stand where the logs may say so.
        force: whether outputs that were edited are replaced, too.
    """

    root: Path
    out: Path | None
    state: Path
    settings: Settings = field(default_factory=Settings)
    encoding: str | None = None
    text_field: str = "text"
    id_field: str | None = None
    logs_name_sources: bool = True
    force: bool = False

    @property
    def spool(self) -> Path:
        """Where the records of compressed files are kept while the run lasts."""
        return self.state / "spool"

    @property
    def own(self) -> Path:
        """Where the documents' own evidence is kept while the run lasts."""
        return self.state / "own"

    @property
    def fingerprint(self) -> str:
        """A hash of all that decides, beside a document and its neighbours, what comes out."""
        return _fingerprint(self.settings, self.encoding, self.text_field, self.id_field)


@lru_cache(maxsize=4)
def cleaner_of(settings: Settings) -> Cleaner:
    """The cleaner of some settings, kept from shard to shard."""
    return Cleaner(settings)


@lru_cache(maxsize=4)
def _fingerprint(settings: Settings, *fields: str | None) -> str:
    said = [LAYOUT, ligafix.__version__, dictionaries_hash(), settings.to_dict(), *fields]
    return hash_of(json.dumps(said, sort_keys=True).encode())


def hash_of(*parts: bytes) -> str:
    """A hash of some parts, in hexadecimal; where one ends and the next begins matters."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()
