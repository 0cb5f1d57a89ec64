"""The user's dictionaries are read entry by entry, and what is no entry is refused with its line."""

import hashlib
from pathlib import Path

import pytest

from ligafix.dictionary import is_teachable, read_dictionary
from ligafix.errors import SettingsError


def test_words_preferences_and_what_to_ignore_stand_in_one_file(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    data = "\ufeff# names\r\nBiffen\r\n\r\n rst=first  # ours\r\n!led=filed\r\n!oe\r\n!/Fig.*/\r\n".encode()
    path.write_bytes(data)
    read = read_dictionary(path)
    assert (read.path, read.sha256) == (str(path), hashlib.sha256(data).hexdigest())
    assert (read.words, read.prefer, read.ignore) == (
        frozenset(["Biffen"]),
        ("rst=first",),
        ("led=filed", "oe", "/Fig.*/"),
    )


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"ok\ntwo words\n", "line 2: 'two words' is no word"),
        (b"a=\n", "line 1: 'a=' is no pair"),
        (b"a=a\n", "line 1: 'a=a' is no pair"),
        (b"a=b=c\n", "line 1: 'a=b=c' is no pair"),
        (b"!\n", "line 1: '' is no word"),
        (b"!/(/\n", "line 1: '(' is no regular expression"),
        (b"caf\xe9\n", "this dictionary is not in UTF-8"),
    ],
)
def test_what_is_no_entry_is_refused_with_file_and_line(data: bytes, message: str, tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes(data)
    with pytest.raises(SettingsError) as error:
        read_dictionary(path)
    assert str(error.value).startswith(f"{path}: {message}")
    assert "\n" not in str(error.value)


def test_a_dictionary_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="none: there is no such file"):
        read_dictionary(tmp_path / "none")


@pytest.mark.parametrize("word", ["", "a b", "a\n", "\x0crst", "a=b", "!a", "#a", "/a"])
def test_what_an_entry_cannot_hold_is_not_teachable(word: str) -> None:
    assert not is_teachable(word, "x")
    assert not is_teachable("x", word)
