"""Values of logs, which may come from anybody: each is refused unless it is what logs have in its place.

What these functions raise is a TypeError or a ValueError, for whoever reads a line to say which line it is.
"""

from __future__ import annotations

import os
import re
from typing import Any

from ligafix.formats.detection import BYTE_ORDER_MARKS

_MOST = (1 << 53) - 1  # beyond it the report's numbers are no longer exact
_SHA256 = re.compile("[0-9a-f]{64}")


def read_text(value: object) -> str:
    """A text, perhaps with lone surrogates."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def read_count(value: object) -> int:
    """A place or a number of something, as texts of this world have them."""
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= _MOST:
        raise ValueError(value)
    return value


def read_share(value: object) -> float:
    """A probability."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:  # NaN is neither
        raise ValueError(value)
    return float(value)


def read_switch(value: object) -> bool:
    """True or false."""
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def read_list(value: object) -> list[Any]:
    """A list."""
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def read_mapping(value: object) -> dict[str, Any]:
    """An object of JSON."""
    if not isinstance(value, dict):
        raise TypeError(value)
    return value


def read_path(value: object) -> str | None:
    """A path that the system takes, or None."""
    if value is not None and b"\0" in os.fsencode(read_text(value)):  # which refuses what it cannot spell
        raise ValueError(value)
    return None if value is None else read_text(value)


def read_sha256(value: object) -> str:
    """A SHA-256 in hexadecimal."""
    if not _SHA256.fullmatch(read_text(value)):
        raise ValueError(value)
    return read_text(value)


def read_encoding(value: object, *, bom: bool) -> str:
    """The name of a codec for texts; of one that has a byte order mark, if there is one."""
    name = read_text(value)
    if bom and name not in BYTE_ORDER_MARKS:
        raise ValueError(value)
    try:
        "".encode(name)  # refuses codecs that are no text encodings, too, such as base64
    except LookupError:
        raise ValueError(value) from None
    return name
