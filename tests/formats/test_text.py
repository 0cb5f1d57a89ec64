"""Bytes become text and the same bytes again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ligafix.errors import InputError, SettingsError
from ligafix.formats.text import (
    EncodedText,
    LineEnds,
    LineIndex,
    decode,
    decode_exactly,
    encode_exactly,
    encode_like,
    find_line_ends,
    require_encoding,
)

POLISH = "Zażółć gęślą jaźń — ﬁrst\r\nĀgamodaya\n"


@given(st.binary())
def test_any_bytes_that_are_read_come_back(data: bytes) -> None:
    try:
        read = decode(data)
    except InputError:
        return
    assert read.data == data
    assert encode_exactly(read.text, read.encoding, bom=read.bom) == data
    assert encode_like(read.text, read) == read


@given(st.text(), st.booleans())
def test_any_text_in_utf8_is_read_as_such(text: str, bom: bool) -> None:
    text = text.lstrip("\ufeff")
    if text.startswith(("%PDF-", "{\\rtf", "BZh91AY&SY", "GIF87a", "GIF89a")) or "\0" in text:
        return
    read = decode(encode_exactly(text, "utf-8", bom=bom))
    assert (read.text, read.encoding, read.bom) == (text, "utf-8", bom)


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        *((encoding, bom) for encoding in ("utf-8", "utf-16-le", "utf-16-be") for bom in (False, True)),
        *((encoding, True) for encoding in ("utf-32-le", "utf-32-be")),
    ],
)
def test_unicode_encodings_are_found_and_kept(encoding: str, bom: bool) -> None:
    read = decode(encode_exactly(POLISH, encoding, bom=bom))
    assert read.text == POLISH
    assert (read.encoding, read.bom) == (encoding, bom)


def test_bad_bytes_stay_in_utf8() -> None:
    read = decode("naïve café “x” ".encode() + b"\xff\xe9 end")
    assert read.encoding == "utf-8"
    assert read.text == "naïve café “x” \udcff\udce9 end"


def test_a_text_with_accents_of_an_older_encoding_is_not_bad_utf8() -> None:
    assert decode("Le café était fermé.".encode("cp1252")).text == "Le café était fermé."


@pytest.mark.parametrize("data", [b"", b"x", b"\xff", b"\0", b"\r", b"signi\0cant \x0crst \x01", b"\0\1\2\3"])
def test_tiny_and_odd_texts_are_read(data: bytes) -> None:
    assert decode(data).data == data


def test_utf16_with_a_lone_surrogate_comes_back() -> None:
    data = b"\xff\xfea\0\x00\xd8b\0"
    assert encode_like(decode(data).text, decode(data)).data == data


def test_a_nul_behind_the_mark_of_utf16_is_no_utf32() -> None:
    assert decode(b"\xff\xfe\0\0r\0s\0t\0").text == "\0rst"


def test_utf16_that_is_cut_off_is_refused() -> None:
    with pytest.raises(InputError, match=r"^this begins as utf-16-le .* cut off\?$"):
        decode(b"\xff\xfea\0b")


def test_a_binary_file_is_named_with_what_to_do() -> None:
    with pytest.raises(InputError, match=r"^this is a PDF file, not plain text; extract .* pdftotext$"):
        decode(b"%PDF-1.7\n%\xe2\xe3")


def test_a_binary_file_is_refused_whatever_encoding_is_given() -> None:
    with pytest.raises(InputError, match="PNG"):
        decode(b"\x89PNG\r\n\x1a\n", "latin-1")


def test_noise_is_refused_with_a_hint() -> None:
    with pytest.raises(InputError, match="--encoding"):
        decode(bytes(range(256)) * 2)


@pytest.mark.parametrize(
    ("name", "data", "encoding", "bom"),
    [
        ("latin-1", b"caf\xe9", "iso8859-1", False),
        ("latin-1", b"\xef\xbb\xbfx", "iso8859-1", False),
        ("UTF-8", b"\xef\xbb\xbfx", "utf-8", True),
        ("utf-8-sig", b"x", "utf-8", False),
        ("utf-8", b"caf\xe9", "utf-8", False),
        ("utf-16", b"\xfe\xff\0x", "utf-16-be", True),
        ("utf-16", b"\0x\0y", "utf-16-be", False),
        ("utf-16", b"\x34\x12", "utf-16-le", False),
        ("utf-16-le", b"\xff\xfex\0", "utf-16-le", True),
        ("utf-32", b"x\0\0\0", "utf-32-le", False),
    ],
)
def test_a_given_encoding_is_taken(name: str, data: bytes, encoding: str, bom: bool) -> None:
    read = decode(data, name)
    assert (read.encoding, read.bom) == (encoding, bom)
    assert encode_like(read.text, read).data == data


@pytest.mark.parametrize(("name", "data"), [("ascii", b"caf\xe9"), ("utf-16", b"abc"), ("utf-7", b"a+AGE-")])
def test_an_encoding_that_loses_bytes_is_refused(name: str, data: bytes) -> None:
    with pytest.raises(InputError, match=f"this is not text in {name}"):
        decode(data, name)


@pytest.mark.parametrize("name", ["utf-9", "base64", "rot13", "undefined", ""])
def test_an_encoding_that_does_not_exist_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match="there is no text encoding"):
        require_encoding(name)


def test_a_letter_that_does_not_fit_makes_the_output_utf8() -> None:
    source = decode("Tokyo café".encode("cp1252"), "cp1252")
    output = encode_like("Tōkyō café", source)
    assert output == EncodedText("Tōkyō café", "Tōkyō café".encode(), "utf-8")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("\ufb01\ufb02 \udce9 \ufb01".encode("utf-8", "surrogateescape"), "fifl \udce9 fi"),
        ("abc".encode("utf-16-le"), "\0\0\u2019"),
        (b"ab\0\0", "a\0b\0"),
    ],
)
def test_an_output_that_would_be_taken_for_another_encoding_gets_a_mark(source: bytes, text: str) -> None:
    read = decode(source)
    written = encode_like(text, read)
    assert (written.encoding, written.bom) == (read.encoding, True)
    assert decode(written.data) == written


def test_an_output_in_an_encoding_that_had_to_be_named_gets_no_mark() -> None:
    read = decode(b"caf\xe9 na\xefve \xe9t\xe9", "utf-8")
    assert encode_like(read.text + "!", read).data == read.data + b"!"


def test_surrogates_in_utf8_are_no_bad_bytes() -> None:
    read = decode("It was \ud83d\ude00 so.".encode("utf-8", "surrogatepass"))
    assert read.encoding == "utf-8"


def test_a_text_that_would_read_otherwise_is_refused() -> None:
    source = decode(b"\xc3-\xa9")  # what a repair joins would be an é
    with pytest.raises(InputError, match="would not read the same again"):
        encode_like("\udcc3\udca9", EncodedText(source.text, source.data, "utf-8"))


def test_what_is_no_text_at_all_is_refused() -> None:
    with pytest.raises(InputError):
        encode_like("\ud800", decode(b"x"))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("", LineEnds.NONE),
        ("one", LineEnds.NONE),
        ("one\n", LineEnds.LF),
        ("one\r\ntwo\r\n", LineEnds.CRLF),
        ("one\r\ntwo\n", LineEnds.MIXED),
        ("one\rtwo\r", LineEnds.CR),
        ("one\rtwo\rthree\rfour", LineEnds.CR),
        ("the \row of \x0cles\n", LineEnds.LF),
        ("the \row of it all", LineEnds.NONE),
        ("a\x85b\u2028c\x0cd", LineEnds.NONE),
    ],
)
def test_line_ends_are_told(text: str, ends: LineEnds) -> None:
    assert find_line_ends(text) == ends
    assert EncodedText(text, text.encode(), "utf-8").line_ends == ends


@pytest.mark.parametrize(
    ("text", "position", "place"),
    [
        ("", 0, (1, 1)),
        ("one\ntwo", 3, (1, 4)),
        ("one\ntwo", 4, (2, 1)),
        ("one\r\ntwo", 5, (2, 1)),
        ("one\rtwo\r", 4, (2, 1)),
        ("a \row\nb", 3, (1, 4)),
        ("a\x0cb\x85c\n", 4, (1, 5)),
        ("𝔸b\n", 1, (1, 2)),
    ],
)
def test_lines_and_columns_count_from_one(text: str, position: int, place: tuple[int, int]) -> None:
    assert LineIndex(text).locate(position) == place


def test_decoding_exactly_takes_the_mark_off() -> None:
    assert decode_exactly(b"\xef\xbb\xbf\xff", "utf-8", bom=True) == "\udcff"
