"""Archives of texts (`.zip`, `.tar.gz`): taken apart without trusting their names or their sizes."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from ligafix.errors import InputError
from ligafix.formats.compression import require_sane
from ligafix.formats.files import reason_of

ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
"""The name endings of archives."""

LONGEST_MEMBER = 1 << 30
"""A member of more bytes is no text of this world."""

_BLOCK = 1 << 20
_DAMAGE = (
    *(tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(EOFError, OSError, OverflowError, RuntimeError, NotImplementedError, ValueError),
)
"""What comes of an archive that is damaged, encrypted or packed in a way that Python does not know."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its name there, and how to read it."""

    name: str
    is_file: bool
    open: Callable[[], IO[bytes]]


def is_archive(path: Path) -> bool:
    """Whether a file's name says that it is an archive."""
    return path.name.lower().endswith(ARCHIVES)


def extract(archive: Path, folder: Path, wanted: Callable[[str], bool]) -> list[tuple[str, str]]:
    """Write the wanted members of an archive into an empty folder.

    Returns:
        The names of the members that were refused, each with the reason.

    Raises:
        InputError: the archive cannot be read, or is a decompression bomb.
    """
    refused = []
    size, expanded = archive.stat().st_size, 0
    with _members(archive) as members:
        for member in members:
            if not wanted(member.name):
                continue
            try:
                target = folder / _safe_name(member)
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.exists():
                    raise InputError("the archive has this member twice")
            except (InputError, OSError) as error:
                refused.append((member.name, str(error) if isinstance(error, InputError) else reason_of(error)))
                continue
            expanded += _copy(member, target, expanded, size)
    return refused


def _copy(member: Member, target: Path, expanded: int, size: int) -> int:
    """Write a member; answers with its size."""
    length = 0
    with member.open() as source, target.open("xb") as file:
        while block := source.read(_BLOCK):
            length += len(block)
            require_sane(expanded + length, size)
            if length > LONGEST_MEMBER:
                raise InputError(f"its member {member.name} has more than {LONGEST_MEMBER >> 20} MB; take it out")
            file.write(block)
    return length


def _safe_name(member: Member) -> str:
    """The name of a member that leads to no place outside.

    Raises:
        InputError: it leads elsewhere, or is no file.
    """
    if not member.is_file:
        raise InputError("this member is a link or a device, and is not followed")
    path = PurePosixPath(member.name.replace("\\", "/"))
    if not path.parts:
        raise InputError("this member has no name")
    if path.is_absolute() or ".." in path.parts or ":" in path.parts[0] or "\0" in member.name:
        raise InputError("this member's name leads out of the archive")
    return path.as_posix()


@contextmanager
def _members(archive: Path) -> Iterator[Iterator[Member]]:
    try:
        if archive.name.lower().endswith(".zip"):
            with zipfile.ZipFile(archive) as zipped:
                yield _zip_members(zipped)
        else:
            with tarfile.open(archive, "r:*") as packed:
                yield _tar_members(packed)
    except _DAMAGE as error:
        raise InputError(f"{archive}: the archive cannot be read: {reason_of(error)}") from None
    except InputError as error:
        raise InputError(f"{archive}: {error}") from None


def _zip_members(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        if not info.filename.endswith("/"):  # `is_dir` fails where there is no name
            is_link = info.external_attr >> 16 & 0o170000 == 0o120000
            yield Member(info.filename, not is_link, lambda info=info: archive.open(info))  # type: ignore[misc]


def _tar_members(archive: tarfile.TarFile) -> Iterator[Member]:
    for info in archive:
        if not info.isdir():
            yield Member(info.name, info.isreg(), lambda info=info: _open_tar(archive, info))  # type: ignore[misc]


def _open_tar(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    file = archive.extractfile(info)
    if file is None:
        raise InputError(f"its member {info.name} cannot be read")
    return file
