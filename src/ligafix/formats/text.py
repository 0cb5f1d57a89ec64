"""Plain text: bytes to text and back to the same bytes.

No newline translation and no replacement of bad bytes: whatever is read can be written again, byte for byte.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from ligafix.errors import InputError
from ligafix.formats.detection import (
    BYTE_ORDER_MARKS,
    find_binary_kind,
    find_byte_order_marks,
    find_utf16,
    guess_encodings,
    is_recognized,
    is_utf8_with_flaws,
)
from ligafix.settings import require_known

_ERROR_HANDLERS = {
    "utf-8": "surrogateescape",  # PEP 383
    **dict.fromkeys(("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"), "surrogatepass"),
}
_WELL_KNOWN = (
    *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "ascii", "latin-1", "iso8859-2", "iso8859-15"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1257", "mac-roman", "koi8-r"),
)
_LONGEST_CR_LINES = 120  # code points, on average


class LineEnds(StrEnum):
    """How the lines of a text end."""

    NONE = "none"
    LF = "lf"
    CRLF = "crlf"
    CR = "cr"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class EncodedText:
    """A text and the bytes it stands in.

    Attributes:
        text: the text, without a byte order mark.
        data: the bytes, with it.
        encoding: the codec's name in Python, such as 'utf-8', 'utf-16-le', 'cp1252'.
        bom: whether a byte order mark stands before the text.
    """

    text: str
    data: bytes
    encoding: str
    bom: bool = False

    @property
    def sha256(self) -> str:
        """The hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def line_ends(self) -> LineEnds:
        """How the lines end."""
        return find_line_ends(self.text)


def encode_text(text: str) -> EncodedText:
    """A text that came as text: in UTF-8, or in UTF-16 where it has lone surrogates."""
    try:
        return EncodedText(text, text.encode(), "utf-8")
    except UnicodeEncodeError:
        return EncodedText(text, text.encode("utf-16-le", "surrogatepass"), "utf-16-le")


def decode(data: bytes, encoding: str | None = None) -> EncodedText:
    """Read bytes as text, in an encoding that gives the same bytes back.

    Args:
        data: the bytes of the whole text.
        encoding: the encoding to read it in; None finds it out.

    Raises:
        InputError: `data` is no plain text, or `encoding` does not give the same bytes back.
        SettingsError: there is no such encoding.
    """
    kind = find_binary_kind(data)
    if kind:
        raise InputError(f"this is {kind.name}, not plain text; {kind.advice}")
    if encoding is None:
        return _detect(data)
    name, bom = _resolve(encoding, data)
    read = _try_encodings(data, [name], bom=bom)
    if read is None:
        raise InputError(f"this is not text in {name}; try another --encoding, or none to have it found out")
    return read


def decode_exactly(data: bytes, encoding: str, *, bom: bool) -> str:
    """The text that `data` is in a known encoding.

    Raises:
        UnicodeDecodeError: it is no text in that encoding.
    """
    mark = BYTE_ORDER_MARKS[encoding] if bom else b""
    return data.removeprefix(mark).decode(encoding, _ERROR_HANDLERS.get(encoding, "strict"))


def encode_exactly(text: str, encoding: str, *, bom: bool) -> bytes:
    """The bytes that `text` is in a known encoding.

    Raises:
        UnicodeEncodeError: a character has no place in that encoding.
    """
    mark = BYTE_ORDER_MARKS[encoding] if bom else b""
    return mark + text.encode(encoding, _ERROR_HANDLERS.get(encoding, "strict"))


def encode_like(text: str, source: EncodedText) -> EncodedText:
    """Write `text` as `source` is written, or in UTF-8 where a character does not fit that encoding.

    A byte order mark is put before what would be taken for another encoding, though `source` is not: with fewer
    accents, bad bytes weigh more.

    Raises:
        InputError: the bytes would not read as the same text again.
    """
    for encoding, bom in ((source.encoding, source.bom), ("utf-8", False)):
        try:
            data = encode_exactly(text, encoding, bom=bom)
            same = decode_exactly(data, encoding, bom=bom) == text
        except UnicodeError:
            continue
        if same and is_recognized(source.data, encoding) and not (bom or is_recognized(data, encoding)):
            return EncodedText(text, BYTE_ORDER_MARKS[encoding] + data, encoding, bom=True)
        if same:
            return EncodedText(text, data, encoding, bom)
    raise InputError(f"the cleaned text would not read the same again in {source.encoding} or in UTF-8")


def require_encoding(name: str) -> None:
    """Refuse the name of an encoding that does not exist.

    Raises:
        SettingsError: naming the nearest one that does.
    """
    try:
        "".encode(name)  # refuses codecs that are no text encodings, too, such as base64
    except (LookupError, UnicodeError):
        require_known(name, _WELL_KNOWN, "text encoding")


def find_line_ends(text: str) -> LineEnds:
    r"""How the lines of a text end.

    A lone `\r` is a line end only where there is no `\n` at all and the text ends with `\r` or its lines come
    out short; otherwise it may well stand for a ligature.
    """
    if "\n" not in text:
        return LineEnds.CR if _has_cr_lines(text) else LineEnds.NONE
    pairs = text.count("\r\n") if "\r" in text else 0
    if not pairs:
        return LineEnds.LF
    return LineEnds.CRLF if pairs == text.count("\n") else LineEnds.MIXED


class LineIndex:
    """Tells the line and column of a place in a text, both counted from 1, columns in code points."""

    def __init__(self, text: str) -> None:
        end = "\r" if find_line_ends(text) == LineEnds.CR else "\n"
        self._starts = [0, *(match.end() for match in re.finditer(end, text))]

    def locate(self, position: int) -> tuple[int, int]:
        """The line and column of a position."""
        line = bisect_right(self._starts, position)
        return line, position - self._starts[line - 1] + 1


def _has_cr_lines(text: str) -> bool:
    ends = text.count("\r")
    return ends > 0 and (text.endswith("\r") or (ends >= 3 and len(text) / (ends + 1) <= _LONGEST_CR_LINES))


def _detect(data: bytes) -> EncodedText:
    marked = find_byte_order_marks(data)
    read = _try_encodings(data, marked, bom=True)
    if marked and read is None:
        raise InputError(f"this begins as {marked[0]} but does not read as such; is its end cut off?")
    read = read or _try_encodings(data, _candidates(data), bom=False)
    if read is None:
        raise InputError("this does not look like text; if it is, name its encoding with --encoding")
    return read


def _candidates(data: bytes) -> Iterator[str]:
    """The encodings that bytes without a byte order mark may be in, the likeliest first."""
    utf16 = find_utf16(data)
    if utf16:
        yield utf16
    if is_utf8_with_flaws(data):
        yield "utf-8"
    yield from guess_encodings(data)


def _resolve(encoding: str, data: bytes) -> tuple[str, bool]:
    """The codec that an encoding's name stands for, and whether `data` begins with its byte order mark."""
    require_encoding(encoding)
    name = codecs.lookup(encoding).name.removesuffix("-sig")
    for marked in find_byte_order_marks(data):
        if marked.startswith(name):
            return marked, True
    if name in ("utf-16", "utf-32"):
        return (find_utf16(data) if name == "utf-16" else None) or f"{name}-le", False
    return name, False


def _try_encodings(data: bytes, names: Iterable[str], *, bom: bool) -> EncodedText | None:
    """Read `data` in the first of some encodings that gives the same bytes back."""
    for name in names:
        encoding = codecs.lookup(name).name
        try:
            text = decode_exactly(data, encoding, bom=bom)
            same = encode_exactly(text, encoding, bom=bom) == data
        except UnicodeError:
            continue
        if same:
            return EncodedText(text, data, encoding, bom)
    return None
