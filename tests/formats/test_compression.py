"""Compressed files."""

from pathlib import Path

import pytest

from ligafix.errors import InputError
from ligafix.formats.compression import FREE_EXPANSION, compress, open_stream, require_sane


@pytest.mark.parametrize("compression", ["", ".gz", ".zst"])
def test_what_is_compressed_comes_back_and_is_the_same_each_time(tmp_path: Path, compression: str) -> None:
    if compression == ".zst":
        pytest.importorskip("zstandard")
    data = b"The first officer.\n" * 50
    path = tmp_path / f"a{compression}"
    path.write_bytes(compress(data, compression))
    with open_stream(path) as stream:
        assert stream.read() == data
    assert compress(data, compression) == compress(data, compression)


@pytest.mark.parametrize("compression", [".gz", ".zst"])
def test_members_one_after_the_other_are_read_as_one(tmp_path: Path, compression: str) -> None:
    if compression == ".zst":
        pytest.importorskip("zstandard")
    path = tmp_path / f"a{compression}"
    path.write_bytes(compress(b"one\n", compression) + compress(b"two\n", compression))
    with open_stream(path) as stream:
        assert stream.read() == b"one\ntwo\n"


def test_a_truncated_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(compress(b"some text" * 100, ".gz")[:-9])
    with pytest.raises(InputError, match="it is damaged"), open_stream(path) as stream:
        stream.read()


def test_a_bomb_is_refused_but_not_a_small_file() -> None:
    require_sane(FREE_EXPANSION, 1)
    require_sane(FREE_EXPANSION * 2, FREE_EXPANSION // 10)
    with pytest.raises(InputError, match="decompression bomb"):
        require_sane(FREE_EXPANSION + 1, 1000)
