"""What a file's bytes are: text in which encoding, or no text at all.

Control characters, NUL among them, say nothing here: in a damaged text they may stand for ligatures.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from dataclasses import dataclass

BYTE_ORDER_MARKS = {
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
"""The encodings that may begin with a byte order mark; UTF-32 first, whose mark begins as that of UTF-16."""


@dataclass(frozen=True, slots=True)
class BinaryKind:
    """A kind of file that is not plain text, how it begins, and what to do with it."""

    signature: bytes
    name: str
    advice: str
    offset: int = 0


_EXTRACT = "extract its text first, for example with {}"
_RECOGNIZE = "recognize its text first, for example with tesseract"
_SAVE = "save it as plain text first"
_UNPACK = "unpack it first"

BINARY_KINDS = (
    BinaryKind(b"%PDF-", "a PDF file", _EXTRACT.format("pdftotext")),
    BinaryKind(b"%!PS-", "a PostScript file", _EXTRACT.format("ps2ascii")),
    BinaryKind(b"AT&TFORM", "a DjVu file", _EXTRACT.format("djvutxt")),
    BinaryKind(b"\x89PNG\r\n\x1a\n", "a PNG image", _RECOGNIZE),
    BinaryKind(b"\xff\xd8\xff", "a JPEG image", _RECOGNIZE),
    BinaryKind(b"\0\0\0\x0cjP  \r\n", "a JPEG 2000 image", _RECOGNIZE),
    BinaryKind(b"GIF87a", "a GIF image", _RECOGNIZE),
    BinaryKind(b"GIF89a", "a GIF image", _RECOGNIZE),
    BinaryKind(b"II*\0", "a TIFF image", _RECOGNIZE),
    BinaryKind(b"MM\0*", "a TIFF image", _RECOGNIZE),
    BinaryKind(b"WEBPVP8", "a WebP image", _RECOGNIZE, offset=8),
    BinaryKind(b"{\\rtf", "an RTF document", _SAVE),
    BinaryKind(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _SAVE),
    BinaryKind(b"PK\x03\x04", "a zip archive or an Office or EPUB document", f"{_UNPACK}, or {_SAVE}"),
    BinaryKind(b"\x1f\x8b\x08", "a gzip archive", _UNPACK),
    BinaryKind(b"BZh91AY&SY", "a bzip2 archive", _UNPACK),
    BinaryKind(b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    BinaryKind(b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    BinaryKind(b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    BinaryKind(b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    BinaryKind(b"ustar", "a tar archive", _UNPACK, offset=257),
    BinaryKind(b"PAR1\x15", "a Parquet file", "export its text column first"),
    BinaryKind(b"SQLite format 3\0", "an SQLite database", "export its text first"),
    BinaryKind(b"\x7fELF", "a program", "give text files only"),
)

_WESTERN = ("cp1252", "mac_roman")
_CENTRAL_EUROPEAN = ("cp1250", "iso8859-2")
_USUAL_ENCODINGS = {
    **dict.fromkeys(("Croatian", "Czech", "Hungarian", "Polish", "Romanian"), _CENTRAL_EUROPEAN),
    **dict.fromkeys(("Slovak", "Slovene"), _CENTRAL_EUROPEAN),
    "Estonian": ("cp1257",),
    "Greek": ("cp1253", "iso8859-7"),
    "Latvian": ("cp1257",),
    "Lithuanian": ("cp1257",),
    "Russian": ("cp1251", "koi8-r"),
    "Turkish": ("cp1254",),
    "Ukrainian": ("cp1251", "koi8-u"),
}
"""By language, as charset-normalizer names it, the single-byte encodings in use; else it is `_WESTERN`."""

_CONTROLS = bytes(c for c in range(0x20) if c not in b"\t\n\r\x1b")  # ESC belongs to ISO 2022
_WITHOUT_CONTROLS = bytes.maketrans(_CONTROLS, b" " * len(_CONTROLS))

_PRINTABLE = bytes([*range(0x20, 0x7F), *b"\t\n\r"])
_SAMPLE = 1 << 20

_BAD_BYTE = re.compile("[\udc80-\udcff]")
_ENCODED_SURROGATE = re.compile("\udced[\udca0-\udcbf][\udc80-\udcbf]")  # as CESU-8 and WTF-8 have them
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
_INSIDE_WORD = re.compile(r"(?<=[^\W\d_])[^\x00-\x7f](?=[^\W\d_])")
_FITS_INSIDE_WORD = frozenset("\u2018\u2019\u2013\u2014\xad\xb7")


def find_binary_kind(data: bytes) -> BinaryKind | None:
    """The kind of file that `data` is, if its first bytes say that it is no plain text."""
    for kind in BINARY_KINDS:
        if data.startswith(kind.signature, kind.offset):
            return kind
    return None


def find_byte_order_marks(data: bytes) -> list[str]:
    """The encodings with whose byte order mark `data` begins; UTF-16 before a NUL looks like UTF-32."""
    return [encoding for encoding, mark in BYTE_ORDER_MARKS.items() if data.startswith(mark)]


def find_utf16(data: bytes) -> str | None:
    """The byte order of UTF-16 without a byte order mark, or None where `data` is something else.

    In UTF-16 the upper bytes of spaces, line ends and Latin letters are NUL. In a damaged text where NUL
    stands for a ligature it stands at odd and even places alike, and most characters are not NUL.
    """
    units = len(data) // 2
    if units < 2 or len(data) % 2 or b"\0" not in data:
        return None
    even, odd = data[::2], data[1::2]
    for encoding, upper, lower in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        share = upper.count(0) / units
        latin = share >= 0.4
        other_script = units >= 50 and share >= 0.1 and len(set(upper)) <= 8
        if (latin or other_script) and lower.count(0) <= units / 10:
            return encoding
    return None


def is_utf8_with_flaws(data: bytes) -> bool:
    """Whether `data` is UTF-8, perhaps with some bad bytes, rather than text in an older encoding.

    Accented letters of the older encodings hardly ever make valid UTF-8 by chance.
    """
    text = data.decode("utf-8", "surrogateescape")
    bad = len(_BAD_BYTE.findall(text))
    if bad:
        text, surrogates = _ENCODED_SURROGATE.subn("\ufffd", text)
        bad -= 3 * surrogates
    return bad == 0 or len(_BEYOND_ASCII.findall(text)) >= 2 * bad


def is_recognized(data: bytes, encoding: str) -> bool:
    """Whether bytes without a byte order mark are taken for the encoding they are in, of those that have such a mark.

    Of the older encodings it is never certain, and no mark can help.
    """
    if encoding == "utf-8":
        return find_utf16(data) is None and is_utf8_with_flaws(data)
    return not encoding.startswith("utf-16") or find_utf16(data) == encoding


def guess_encodings(data: bytes) -> list[str]:
    """The older encodings that `data` may be in, the likeliest first; none if it does not look like text.

    charset-normalizer tells the language well, but not which of several encodings that read nearly alike it
    is: it takes an English text in cp1252 with a few curly quotes for cp1250. So of the encodings usual for
    the language the one comes first in which words look like words.
    """
    from charset_normalizer import from_bytes  # slow to load, seldom needed

    wide = ["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_7"] if len(data) < 256 else []
    found = from_bytes(data.translate(_WITHOUT_CONTROLS), cp_exclusion=wide).best()
    western = _WESTERN if _is_mostly_printable_ascii(data) else ()
    if found is None:
        return _by_fit(data, western)
    if found.language == "Unknown":  # too short to tell
        western = _WESTERN
    return [*_by_fit(data, _USUAL_ENCODINGS.get(found.language, western)), found.encoding]


def _is_mostly_printable_ascii(data: bytes) -> bool:
    return len(data.translate(None, _PRINTABLE)) <= len(data) / 4


def _by_fit(data: bytes, encodings: Iterable[str]) -> list[str]:
    return sorted(encodings, key=lambda encoding: _count_misfits(data[:_SAMPLE], encoding))


def _count_misfits(data: bytes, encoding: str) -> float:
    """How many signs stand inside words, or capitals after small letters, when `data` is read so."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return float("inf")
    return sum(not _fits(text, match.start()) for match in _INSIDE_WORD.finditer(text))


def _fits(text: str, place: int) -> bool:
    character = text[place]
    if character.isupper():
        return not text[place - 1].islower()
    return character.isalpha() or character in _FITS_INSIDE_WORD
