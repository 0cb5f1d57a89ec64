"""Archives: taken apart without trusting them."""

import io
import tarfile
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest

from ligafix.errors import InputError
from ligafix.formats import compression
from ligafix.formats.archives import extract
from tests.corpus.inline import tree


def take_all(archive: Path, folder: Path) -> list[tuple[str, str]]:
    return extract(archive, folder, lambda _name: True)


def make_zip(path: Path, members: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def make_tar(path: Path, members: dict[str, bytes]) -> Path:
    with tarfile.open(path, "w:gz") as archive:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


NOISE = b"".join(sha256(bytes([n])).digest() for n in range(100)) + b"The first officer.\n" * 200
Make = Callable[[Path, dict[str, bytes]], Path]


@pytest.mark.parametrize(("name", "make"), [("a.zip", make_zip), ("a.tar.gz", make_tar)])
def test_the_tree_of_an_archive_is_kept(tmp_path: Path, name: str, make: Make) -> None:
    members = {"a.txt": b"one", "b/c.txt": b"two"}
    assert take_all(make(tmp_path / name, members), tmp_path / "out") == []
    assert tree(tmp_path / "out") == members


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"])
@pytest.mark.parametrize(("archive", "make"), [("a.zip", make_zip), ("a.tar.gz", make_tar)])
def test_a_member_that_leads_outside_is_refused(tmp_path: Path, name: str, archive: str, make: Make) -> None:
    refused = take_all(make(tmp_path / archive, {name: b"x", "good.txt": b"y"}), tmp_path / "in" / "out")
    assert [reason for _, reason in refused] == ["this member's name leads out of the archive"]
    assert tree(tmp_path / "in") == {"out/good.txt": b"y"}
    assert not list(tmp_path.glob("evil*"))


def test_links_and_devices_are_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar", "w") as archive:
        for name, kind in (("link", tarfile.SYMTYPE), ("hard", tarfile.LNKTYPE), ("pipe", tarfile.FIFOTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    refused = take_all(tmp_path / "a.tar", tmp_path / "out")
    assert [name for name, _ in refused] == ["link", "hard", "pipe"]
    assert tree(tmp_path / "out") == {}


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link")
    info.external_attr = 0o120777 << 16
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert take_all(tmp_path / "a.zip", tmp_path / "out")[0][0] == "link"


def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compression, "FREE_EXPANSION", 1 << 20)
    bomb = make_zip(tmp_path / "a.zip", {"a.txt": b"0" * (8 << 20)})
    with pytest.raises(InputError, match="decompression bomb"):
        take_all(bomb, tmp_path / "out")
    assert sum(len(data) for data in tree(tmp_path / "out").values()) <= 2 << 20


def test_what_is_no_archive_is_told(tmp_path: Path) -> None:
    for name in ("a.zip", "a.tar.gz"):
        (tmp_path / name).write_bytes(b"no archive at all")
        with pytest.raises(InputError, match="cannot be read"):
            take_all(tmp_path / name, tmp_path / "out")


@pytest.mark.parametrize("name", ["", ".", "./."])
def test_a_member_without_a_name_is_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), b"x")
        archive.writestr("good.txt", b"y")
    assert take_all(tmp_path / "a.zip", tmp_path / "out") == [(name, "this member has no name")]
    assert tree(tmp_path / "out") == {"good.txt": b"y"}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_members_of_a_zip_are_told(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", method) as archive:
        archive.writestr("é" * 99, NOISE)
    spoil(tmp_path / "a.zip")


@pytest.mark.parametrize("packed", ["gz", "bz2", "xz"])
def test_damaged_tar_archives_are_told(tmp_path: Path, packed: str) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", f"w:{packed}") as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo("a.txt")
        info.size = len(NOISE)
        archive.addfile(info, io.BytesIO(NOISE))
    spoil(tmp_path / "a.tar.gz")


def spoil(archive: Path) -> None:
    """Spoil an archive at one place after the other; what is read of it is right, or an error says what is wrong."""
    good, told = archive.read_bytes(), set()
    for number, place in enumerate(range(0, len(good), max(1, len(good) // 200))):
        archive.write_bytes(good[:place] + bytes(255 - byte for byte in good[place : place + 9]) + good[place + 9 :])
        try:
            take_all(archive, archive.parent / f"out{number}")
        except InputError as error:
            told.add(str(error))
    assert told
    assert all(message.startswith(f"{archive}: the archive cannot be read: ") for message in told)
