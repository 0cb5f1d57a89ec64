"""What a file is, is told by its bytes; control characters in a text say nothing."""

import pytest

from ligafix.formats.detection import BINARY_KINDS, BinaryKind, find_binary_kind, find_utf16, guess_encodings

ENGLISH = "The “new” café — a naïve idea — was opened in 1923 by José. He said: ‘It’s a cliché’."
GERMAN = "Der König aß süße Brötchen in der Straße und übte große Rücksicht auf die Gäste des Hauses."
POLISH = "Wałęsa i Jaruzelski spotkali się w Gdańsku, gdzie wciąż trwał wielki strajk stoczniowców; było późno."
CZECH = "Před mnoha lety žil v malé vesnici starý mlynář, který měl tři syny a jednoho mlsného kocoura."
HUNGARIAN = "A régi időkben élt egy öreg király, akinek három fia volt; a hős leült egy kőre a fűben."
TURKISH = "Bir varmış bir yokmuş, eski zamanlarda büyük bir ormanın kıyısında yaşlı bir kadın yaşarmış."
RUSSIAN = "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему."


@pytest.mark.parametrize("kind", BINARY_KINDS, ids=lambda kind: kind.name)
def test_a_file_of_a_known_kind_is_named(kind: BinaryKind) -> None:
    assert find_binary_kind(b"\1" * kind.offset + kind.signature + b"\0\1\2") == kind


@pytest.mark.parametrize("data", [b"", b"\0", b"The \x00rst \x0c of %PDF-1.4", b"PK is a name", b"BM, I say"])
def test_text_is_no_binary_file(data: bytes) -> None:
    assert find_binary_kind(data) is None


@pytest.mark.parametrize("text", ["ab", "The first line\nand the second\n", "Zażółć gęślą jaźń", "Āgamodaya Samiti"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_is_known_without_a_byte_order_mark(text: str, encoding: str) -> None:
    assert find_utf16(text.encode(encoding)) == encoding


def test_utf16_in_another_script_is_known_by_its_spaces() -> None:
    assert find_utf16(RUSSIAN.encode("utf-16-le")) == "utf-16-le"


@pytest.mark.parametrize("data", [b"a\0", b"signi\0cant", b"the \0rst of\0ce\n", b"\0ve \0sh, o\0 course"])
def test_nul_as_a_ligature_is_no_utf16(data: bytes) -> None:
    assert find_utf16(data) is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (ENGLISH, "cp1252"),
        (GERMAN, "cp1252"),
        (GERMAN, "mac_roman"),
        (POLISH, "cp1250"),
        (POLISH, "iso8859-2"),
        (CZECH, "cp1250"),
        (HUNGARIAN, "cp1250"),
        (TURKISH, "cp1254"),
        (RUSSIAN, "cp1251"),
    ],
)
def test_the_older_encoding_is_the_one_in_which_words_look_like_words(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(guess_encodings(data)[0]) == text


def test_control_characters_do_not_hide_an_older_encoding() -> None:
    data = ENGLISH.replace("idea", "\0rst \x02nd").encode("cp1252")
    assert data.decode(guess_encodings(data)[0]) == ENGLISH.replace("idea", "\0rst \x02nd")


def test_noise_is_in_no_encoding() -> None:
    assert guess_encodings(bytes(range(256)) * 4) == []
