"""Whether the package's data files are whole: what is cheap is checked when a file is opened, its hash on demand.

Opening a file maps it into memory and looks at its header and its length, which finds what is cut off or no such
file; it reads no more, for there are 60 MB of them. The hash of every file stands where installers keep it, in the
`RECORD` of the installed package (PEP 376). A log names the hash over all files, so they are compared with it before
the first log of a process is written, and whenever `ligafix diagnose --self` asks. A checkout has no such record;
there the version control system tells what was changed.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import mmap
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path, PurePath, PurePosixPath
from typing import Any

from ligafix.errors import DataError

_REPAIR = "reinstall ligafix (pip install --force-reinstall ligafix), or in a checkout bring it back or rebuild it"
_FOLDER = "ligafix/dictionaries/"
_NOT_SHIPPED = ("SCOWL-copyright.txt", "spellings.toml")
"""What stands beside the data in a checkout only: the hash of the same data has to be the same in both."""


@contextmanager
def opening(path: Path) -> Iterator[None]:
    """Say which data file it is that cannot be used.

    Raises:
        DataError: what is done with the file inside fails.
    """
    try:
        yield
    except (OSError, RuntimeError, ValueError, LookupError, TypeError) as error:  # marisa raises RuntimeError
        raise damaged(path, f"{type(error).__name__}") from error


def damaged(path: Path, what: str) -> DataError:
    """The error that names a data file and the way to repair it."""
    return DataError(f"{path}: this data file of ligafix is damaged ({what}); {_REPAIR}")


def open_trie(trie: Any, path: Path) -> Any:
    """Map the file of a trie into memory; its header and length are checked.

    Raises:
        DataError: it is missing, cut off, or no trie.
    """
    with opening(path):
        return trie.mmap(str(path))


def map_bytes(path: Path) -> mmap.mmap:
    """Map a file into memory.

    Raises:
        DataError: it is missing or empty.
    """
    with opening(path), path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def read_toml(path: Path) -> dict[str, Any]:
    """Read a table.

    Raises:
        DataError: it is missing or damaged.
    """
    with opening(path):
        return tomllib.loads(path.read_text(encoding="utf-8"))


def hash_files(folder: Path) -> dict[str, bytes]:
    """The SHA-256 of every data file in a folder, by its path there."""
    paths = (path for path in sorted(folder.rglob("*")) if _is_data(path) and path.is_file())
    return {path.relative_to(folder).as_posix(): _hash(path) for path in paths}


def find_damaged(found: Mapping[str, bytes], recorded: Mapping[str, bytes]) -> list[str]:
    """The data files that are missing or not as they were installed."""
    return [name for name, digest in recorded.items() if found.get(name) != digest]


def require_whole(folder: Path, found: Mapping[str, bytes]) -> None:
    """Refuse data that is not as it was installed, where that is known.

    Raises:
        DataError: naming the first such file.
    """
    for name in find_damaged(found, read_record(folder)):
        raise damaged(folder / name, "its hash is not the one it was installed with")


@cache
def read_record(folder: Path) -> Mapping[str, bytes]:
    """The SHA-256 of the data files as they were installed; empty where no installer put them into this folder.

    (`importlib.metadata` reads it as well, and takes longer to load than a page to clean.)
    """
    if folder.parts[-2:] != Path(_FOLDER).parts:
        return {}
    records = folder.parents[1].glob("ligafix-*.dist-info/RECORD")
    return {name: digest for path in records for name, digest in _read_hashes(path)}


def _read_hashes(record: Path) -> Iterator[tuple[str, bytes]]:
    with opening(record), record.open(encoding="utf-8", newline="") as lines:
        for name, said, _ in csv.reader(lines):
            kind, _, digest = said.partition("=")
            if name.startswith(_FOLDER) and kind == "sha256" and _is_data(PurePosixPath(name)):
                yield name.removeprefix(_FOLDER), base64.urlsafe_b64decode(digest + "=")


def _is_data(path: PurePath) -> bool:
    return path.suffix not in (".py", ".pyc", ".md") and path.name not in _NOT_SHIPPED


def _hash(path: Path) -> bytes:
    with opening(path), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()
