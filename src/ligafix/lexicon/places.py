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
    """SHA-256 over all data files (names and contents), in hexadecimal: what a log names as its dictionaries.

    Raises:
        DataError: one of them is not as it was installed.
    """
    from ligafix.lexicon.integrity import hash_files, require_whole  # only where a log is written

    found = hash_files(DICTIONARIES)
    require_whole(DICTIONARIES, found)
    return hashlib.sha256(b"".join(name.encode() + b"\0" + digest for name, digest in found.items())).hexdigest()
