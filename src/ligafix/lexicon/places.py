"""Where the data of the package stands, and its fingerprint."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from threading import Thread

_PACKAGE = Path(__file__).resolve().parents[1]
_SHIPPED = _PACKAGE / "dictionaries"
_CHECKOUT = _PACKAGE.parents[1] / "dictionaries"

DICTIONARIES = _SHIPPED if _SHIPPED.is_dir() else _CHECKOUT
"""Where the data stands: inside the installed package, or at the top of a checkout."""


class _Hashing(Thread):
    """Hashes the data files beside other work: it takes a while, in which Python can run."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.found = ""
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            self.found = _hash_data()
        except Exception as error:  # raised where it is waited for
            self.error = error


@cache
def begin_hashing() -> _Hashing:
    """Begin to compute what `dictionaries_hash` is going to be asked for."""
    hashing = _Hashing()
    hashing.start()
    return hashing


def dictionaries_hash() -> str:
    """SHA-256 over all data files (names and contents), in hexadecimal: what a log names as its dictionaries.

    Raises:
        DataError: one of them is not as it was installed.
    """
    hashing = begin_hashing()
    hashing.join()
    if hashing.error:
        raise hashing.error
    return hashing.found


def _hash_data() -> str:
    from ligafix.lexicon.integrity import hash_files, require_whole  # only where a log is written

    found = hash_files(DICTIONARIES)
    require_whole(DICTIONARIES, found)
    return hashlib.sha256(b"".join(name.encode() + b"\0" + digest for name, digest in found.items())).hexdigest()
