"""Reading and writing whole files; what is written replaces a file at once or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from ligafix.errors import InputError, OutputError, PlaceError

MOST_HASHED = 1 << 30
"""A file of more bytes is no text of this world."""

_BLOCK = 1 << 20
_OF_THE_PLACE = {
    *(errno.EACCES, errno.EEXIST, errno.EISDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.ENOTDIR, errno.EPERM)
}
"""What the system says where one file cannot be written and others can."""
_O_BINARY = getattr(os, "O_BINARY", 0)  # Windows only


def read_bytes(path: Path | None) -> bytes:
    """The bytes of a file, or of standard input for None.

    Raises:
        InputError: it cannot be read; the message does not repeat the path.
    """
    with telling_trouble():
        return sys.stdin.buffer.read() if path is None else path.read_bytes()


@contextlib.contextmanager
def telling_trouble() -> Iterator[None]:
    """Say what the system says of a file that is read as an InputError, whose message does not repeat the path."""
    try:
        yield
    except FileNotFoundError:
        raise InputError("there is no such file; check its name and folder") from None
    except IsADirectoryError:
        raise InputError("this is a folder; name the files in it") from None
    except PermissionError:
        raise InputError("it may not be read; check its permissions") from None
    except (OSError, ValueError) as error:
        raise InputError(f"it cannot be read: {reason_of(error)}") from None


def read_if_hash_is(path: Path, sha256: str) -> bytes | None:
    """The bytes of a file if they have a hash; None where they have another or cannot be read.

    Made for paths that a stranger chose: a pipe would be waited for, a device never ends, and what is not wanted takes
    no memory.
    """
    with contextlib.suppress(OSError, ValueError):
        if not path.is_file():
            return None
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size  # no more is read: files of the system may go on without end
            if size <= MOST_HASHED and _hash(file, size) == sha256:
                file.seek(0)
                return file.read(size)
    return None


def _hash(file: IO[bytes], size: int) -> str:
    """The hash of so many bytes, read block by block."""
    digest = hashlib.sha256()
    while size > 0 and (block := file.read(min(size, _BLOCK))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()


def is_stream(path: Path) -> bool:
    """Whether a path names a device or a pipe, which is written to and never replaced."""
    return path.exists() and not path.is_file() and not path.is_dir()


def write_files(files: Sequence[tuple[Path, bytes]], read: tuple[Path, bytes] | None = None) -> None:
    """Write files that belong together: all are on the disk before the first takes its place, in order.

    Each is written to a temporary file in the folder of its target, and takes over the target's mode and,
    where the system allows it, its owner. A symbolic link is followed, and stays. Missing folders are made.

    Args:
        files: the files, each with its bytes.
        read: the file among them that was read before, and what stood there: what others wrote since then stays.

    Raises:
        OutputError: one cannot be written; those before it in order may have been replaced.
    """
    pending: list[_Pending] = []
    try:
        for path, data in files:
            pending.append(_Pending.begin(path, data))
            pending[-1].fill()
        if read and read_bytes(read[0]) != read[1]:
            raise OutputError(f"{read[0]}: the file was changed meanwhile, and stays as it is now; try again")
        for file in pending:
            file.commit()
    finally:
        for file in pending:
            file.discard()


@dataclass(frozen=True, slots=True)
class _Pending:
    """A file that is written and has not yet taken its place."""

    path: Path
    target: Path
    temporary: Path
    data: bytes

    @classmethod
    def begin(cls, path: Path, data: bytes) -> _Pending:
        target = Path(os.path.realpath(path))
        return cls(path, target, _temporary_of(target), data)

    def fill(self) -> None:
        """Write the data to the temporary file, down to the disk."""
        with self._reporting():
            if is_stream(self.target):
                return
            _refuse_unwritable(self.path, self.target)
            self.target.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(_create(self.temporary), "wb") as file:
                file.write(self.data)
                file.flush()
                os.fsync(file.fileno())
            _take_over(self.temporary, self.target)

    def commit(self) -> None:
        """Put the temporary file in the place of the target."""
        with self._reporting():
            if is_stream(self.target):
                self.target.write_bytes(self.data)
            else:
                self.temporary.replace(self.target)
                _sync_folder(self.target.parent)

    def discard(self) -> None:
        """Remove the temporary file, if it is still there."""
        with contextlib.suppress(OSError):
            self.temporary.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _reporting(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _failure(self.path, error) from None


def _refuse_unwritable(path: Path, target: Path) -> None:
    """Refuse a place that another file must not take.

    Raises:
        PlaceError: naming it as it was given.
    """
    if target.is_dir():
        raise PlaceError(f"{path}: this is a folder; name a file")
    if target.exists() and not _is_writable(target):
        raise PlaceError(f"{path}: the file is read-only; make it writable or write elsewhere")


def _failure(path: Path, error: OSError) -> OutputError:
    """What the system says of a file that cannot be written."""
    kind = PlaceError if error.errno in _OF_THE_PLACE else OutputError
    return kind(f"{path}: it cannot be written: {reason_of(error)}")


def _temporary_of(target: Path) -> Path:
    """Where a file is written before it takes the place of another."""
    return target.with_name(f".ligafix-{os.urandom(8).hex()}.tmp")


def _create(temporary: Path) -> int:
    """Create a file that nobody else may read while it is written, and open it."""
    return os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _O_BINARY, 0o600)


def _take_over(temporary: Path, target: Path) -> None:
    """Give a file the mode of the one that it replaces and, where the system allows it, the owner; or a new file's."""
    if not target.exists():
        umask = os.umask(0o077)  # it can only be read by setting it
        os.umask(umask)
        temporary.chmod(0o666 & ~umask)
        return
    status = target.stat()
    if hasattr(os, "chown"):
        with contextlib.suppress(OSError):
            os.chown(temporary, status.st_uid, status.st_gid)
    temporary.chmod(stat.S_IMODE(status.st_mode))


def _is_writable(path: Path) -> bool:
    """Whether a file's mode lets it be written; a superuser, too, is asked to lift the protection first."""
    return bool(path.stat().st_mode & 0o222) and os.access(path, os.W_OK)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary file beside a file, which takes its place at the end, at once; for what does not fit into memory.

    It is there, empty, and is opened anew to be written; it takes over mode and owner as with `write_files`.

    Raises:
        OutputError: it cannot be written.
    """
    target = Path(os.path.realpath(path))
    temporary = _temporary_of(target)
    try:
        if is_stream(target):
            raise PlaceError(f"{path}: this is a device or a pipe; name a file")
        _refuse_unwritable(path, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(_create(temporary))
        yield temporary
        sync_file(temporary)
        _take_over(temporary, target)
        temporary.replace(target)
        _sync_folder(target.parent)
    except OSError as error:
        raise _failure(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """Make sure that what was written to a file is on the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a file's new place in its folder last; not every system can."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def reason_of(error: Exception) -> str:
    """What the system says of an error, to stand behind a colon."""
    return (getattr(error, "strerror", None) or str(error)).lower()
