"""Compressed files: read as streams, written so that the same data always gives the same bytes."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedIOBase, BufferedReader
from pathlib import Path
from typing import Any

from ligafix.errors import InputError

COMPRESSIONS = (".gz", ".zst")
"""The name endings of compressed files that can be read and written."""

MOST_EXPANSION = 200
"""Text shrinks to a tenth, seldom to a fiftieth; what shrank more than this is made to fill the disk."""

FREE_EXPANSION = 64 << 20
"""So many bytes may always come out."""


def compression_of(name: str) -> str:
    """The ending of a name that tells its compression; '' for none.

    >>> compression_of("a.jsonl.gz"), compression_of("a.jsonl")
    ('.gz', '')
    """
    return next((ending for ending in COMPRESSIONS if name.lower().endswith(ending)), "")


def compress(data: bytes, compression: str) -> bytes:
    """Compress bytes into a member that may stand behind others in one file; the same bytes each time."""
    if compression == ".gz":
        return gzip.compress(data, 6, mtime=0)
    if compression == ".zst":
        return bytes(_zstandard().ZstdCompressor(level=6).compress(data))
    return data


@contextmanager
def open_stream(path: Path) -> Iterator[BufferedIOBase]:
    """Open a file to read what it holds, decompressed by its name.

    Raises:
        InputError: it cannot be decompressed, now or while it is read.
    """
    with _telling_damage(), path.open("rb") as file, _decompressing(file, compression_of(path.name)) as stream:
        yield stream


@contextmanager
def _telling_damage() -> Iterator[None]:
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise InputError(f"it is damaged: {str(error).lower()}; decompress it by hand to see how far it goes") from None


@contextmanager
def _decompressing(file: BufferedReader, compression: str) -> Iterator[BufferedIOBase]:
    if compression == ".gz":
        with gzip.open(file) as stream:
            yield stream
    elif compression == ".zst":
        zstandard = _zstandard()
        try:
            raw = zstandard.ZstdDecompressor().stream_reader(file, read_across_frames=True)
            with BufferedReader(raw) as stream:
                yield stream
        except zstandard.ZstdError as error:
            raise InputError(f"it is damaged: {str(error).lower()}") from None
    else:
        yield file


def require_sane(expanded: int, compressed: int) -> None:
    """Refuse a file out of which far more comes than went in.

    Raises:
        InputError: it is a decompression bomb.
    """
    if expanded > FREE_EXPANSION and expanded > MOST_EXPANSION * compressed:
        raise InputError(
            f"more than {MOST_EXPANSION} times its size comes out of it, as of a decompression bomb; "
            "decompress it by hand if you trust it"
        )


def _zstandard() -> Any:
    try:
        import zstandard
    except ImportError:
        raise InputError("files in .zst need zstandard; install ligafix[zstd]") from None
    return zstandard
