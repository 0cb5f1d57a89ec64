"""JSON Lines: records of which one field is replaced while every other byte stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedIOBase
from pathlib import Path
from typing import Any

from ligafix.errors import InputError
from ligafix.formats.compression import compression_of, open_stream, require_sane

LONGEST_LINE = 256 << 20
"""A record of more bytes is refused: it would have to be in memory as a whole, several times."""

_BOM = b"\xef\xbb\xbf"
_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """A record: its line, and the field in it that is its text.

    Attributes:
        line: the line as it stands, without its line feed.
        text: the value of the text field.
        start: where this value starts in `line` (code points).
        end: where it ends.
        name: the value of the id field; None where there is none.
        field: the name of the text field.
    """

    line: str
    text: str
    start: int
    end: int
    name: Any = None
    field: str = "text"

    def with_text(self, text: str) -> bytes:
        """The line with another text, in ASCII where it was so."""
        if text == self.text:
            return self.line.encode()
        plain = self.line.isascii() or not _is_unicode(text)
        return self.with_spelling(json.dumps(text, ensure_ascii=plain))

    def with_spelling(self, value: str) -> bytes:
        """The line with another text, given as JSON."""
        return (self.line[: self.start] + value + self.line[self.end :]).encode()


def read_record(line: bytes, text_field: str, id_field: str | None = None) -> JsonRecord:
    r"""Read one line.

    Raises:
        InputError: it is no JSON object in UTF-8, or has no text in that field.

    >>> read_record(b'{"n": 1.50, "text": "rst"}', "text").with_text("first")
    b'{"n": 1.50, "text": "first"}'
    """
    try:
        text = line.decode()
    except UnicodeDecodeError as error:
        raise InputError(f"it is not UTF-8 at byte {error.start + 1} of the line") from None
    try:
        spans = _find_values(text)
    except (ValueError, RecursionError):
        raise InputError("it is not a JSON object") from None
    if text_field not in spans:
        raise InputError(f"it has no field {text_field!r}; name the one with the text with --text-field")
    value, start, end = spans[text_field]
    if not isinstance(value, str):
        raise InputError(f"its field {text_field!r} is no text")
    return JsonRecord(text, value, start, end, spans[id_field][0] if id_field in spans else None, text_field)


def read_name(line: bytes, id_field: str | None) -> Any:
    """The id of a record that is broken otherwise; None where it cannot be told."""
    try:
        spans = _find_values(line.decode())
    except (ValueError, RecursionError):
        return None
    return spans[id_field][0] if id_field in spans else None


def read_lines(path: Path) -> Iterator[bytes]:
    """The lines of a file, decompressed by its name, each with its line feed, if it has one.

    Raises:
        InputError: it is damaged, or a decompression bomb, or has a line of more than `LONGEST_LINE` bytes.
    """
    size, expanded = path.stat().st_size, 0
    with open_stream(path) as stream:
        for line in _split(stream):
            expanded += len(line)
            if compression_of(path.name):
                require_sane(expanded, size)
            yield line


def without_mark(line: bytes) -> tuple[bytes, bytes]:
    """The byte order mark at the start of a file, if there is one, and the rest of its first line."""
    return (_BOM, line[len(_BOM) :]) if line.startswith(_BOM) else (b"", line)


def _split(stream: BufferedIOBase) -> Iterator[bytes]:
    """Lines by line feeds only; a stream's own `readline` may not bound its memory."""
    pending: list[bytes] = []
    length = 0
    while block := stream.read1(1 << 20):
        head, *rest = block.split(b"\n")
        pending.append(head)
        length += len(head)
        if length > LONGEST_LINE:
            raise InputError(f"it has a line of more than {LONGEST_LINE >> 20} MB; is it JSON Lines?")
        if rest:
            yield b"".join(pending) + b"\n"
            yield from (line + b"\n" for line in rest[:-1])
            pending, length = [rest[-1]], len(rest[-1])
    if length:
        yield b"".join(pending)


def _find_values(text: str) -> dict[str, tuple[Any, int, int]]:
    """The members of the object that a line is, each with the span of its value; of two of a name the last."""
    at = _skip(text, 0)
    if text[at : at + 1] != "{":
        raise ValueError
    spans: dict[str, tuple[Any, int, int]] = {}
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key, at = _DECODER.raw_decode(text, at)
        at = _skip(text, at)
        if not isinstance(key, str) or text[at : at + 1] != ":":
            raise ValueError
        start = _skip(text, at + 1)
        value, end = _DECODER.raw_decode(text, start)
        spans[key] = value, start, end
        at = _skip(text, end)
        if text[at : at + 1] == ",":
            at = _skip(text, at + 1)
            if text[at : at + 1] != '"':
                raise ValueError
        elif text[at : at + 1] != "}":
            raise ValueError
    if _skip(text, at + 1) != len(text):
        raise ValueError
    return spans


def _skip(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _is_unicode(text: str) -> bool:
    """Whether a text has no lone surrogates, which only JSON's escapes can write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
