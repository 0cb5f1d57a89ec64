"""Where the data of the package stands, and its fingerprint."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "dictionaries"
_CHECKOUT = _PACKAGE.parents[1] / "dictionaries"

DICTIONARIES = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
"""Where the data stands: inside the installed package, or at the top of a checkout."""


@cache
def dictionaries_hash() -> str:
    """SHA-256 over all data files (names and contents), in hexadecimal: what a log names as its dictionaries."""
    digest = hashlib.sha256()
    for path in sorted(DICTIONARIES.rglob("*")):
        if path.is_file() and path.suffix not in (".py", ".pyc", ".md"):
            digest.update(path.relative_to(DICTIONARIES).as_posix().encode() + b"\0")
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()
