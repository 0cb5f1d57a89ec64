"""A file is replaced at once or not at all."""

import hashlib
import os
import stat
import sys
from pathlib import Path

import pytest

from ligafix.errors import InputError, OutputError, PlaceError
from ligafix.formats import files
from ligafix.formats.files import is_stream, read_bytes, read_if_hash_is, replacing, write_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "old.txt"
    path.write_bytes(b"old")
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_several_files_are_written(tmp_path: Path, old: Path) -> None:
    write_files([(tmp_path / "log", b"log"), (old, b"new\r\n\xff")])
    assert (tmp_path / "log").read_bytes() == b"log"
    assert old.read_bytes() == b"new\r\n\xff"
    assert names(tmp_path) == ["log", "old.txt"]


def test_missing_folders_are_made(tmp_path: Path) -> None:
    write_files([(tmp_path / "a" / "b" / "c.txt", b"x")])
    assert (tmp_path / "a" / "b" / "c.txt").read_bytes() == b"x"


@posix
def test_the_mode_is_kept(old: Path) -> None:
    old.chmod(0o640)
    write_files([(old, b"new")])
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


@posix
def test_a_new_file_has_the_usual_mode(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    write_files([(tmp_path / "new", b"x")])
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@posix
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_what_is_written_bit_by_bit_keeps_the_mode(tmp_path: Path, old: Path, mode: int) -> None:
    old.chmod(mode)
    for path in (old, tmp_path / "new"):
        with replacing(path) as temporary:
            temporary.write_bytes(b"new")
        assert path.read_bytes() == b"new"
    (tmp_path / "usual").touch()
    assert stat.S_IMODE(old.stat().st_mode) == mode
    assert (tmp_path / "new").stat().st_mode == (tmp_path / "usual").stat().st_mode


@posix
def test_nobody_else_may_read_what_is_not_yet_written(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old.chmod(0o640)
    modes: list[int] = []
    fsync = os.fsync

    def look(descriptor: int) -> None:
        modes.extend(stat.S_IMODE(path.stat().st_mode) for path in tmp_path.glob("*.tmp"))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    write_files([(old, b"new")])
    with replacing(tmp_path / "new") as temporary:
        temporary.write_bytes(b"new")
    assert set(modes) == {0o600}


@posix
def test_a_device_is_not_replaced() -> None:
    with pytest.raises(OutputError, match="this is a device or a pipe; name a file"), replacing(Path(os.devnull)):
        pass
    assert is_stream(Path(os.devnull))


@posix
def test_a_symbolic_link_is_written_through(tmp_path: Path, old: Path) -> None:
    link = tmp_path / "folder" / "link.txt"
    link.parent.mkdir()
    link.symlink_to(old)
    write_files([(link, b"new")])
    assert link.is_symlink()
    assert old.read_bytes() == b"new"
    assert names(link.parent) == ["link.txt"]


def test_a_read_only_file_is_refused(tmp_path: Path, old: Path) -> None:
    old.chmod(0o444)
    with pytest.raises(OutputError, match=r"old\.txt: the file is read-only"):
        write_files([(tmp_path / "log", b"log"), (old, b"new")])
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["old.txt"]
    old.chmod(0o644)


@posix
def test_what_is_written_bit_by_bit_replaces_no_read_only_file_and_no_folder(tmp_path: Path, old: Path) -> None:
    old.chmod(0o444)
    for path, message in ((old, "the file is read-only"), (tmp_path, "this is a folder; name a file")):
        with pytest.raises(PlaceError, match=message), replacing(path) as temporary:
            temporary.write_bytes(b"new")
    assert old.read_bytes() == b"old"


def test_a_folder_is_no_file_to_write(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="this is a folder"):
        write_files([(tmp_path, b"x")])


def test_a_file_in_the_place_of_a_folder_is_reported(old: Path) -> None:
    with pytest.raises(OutputError, match="it cannot be written"):
        write_files([(old / "below", b"x")])


def break_fsync(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    def fail(descriptor: int) -> None:
        raise error

    monkeypatch.setattr(os, "fsync", fail)


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    break_fsync(monkeypatch, OSError(28, "No space left on device"))
    with pytest.raises(OutputError, match=r"log: it cannot be written: no space left on device$"):
        write_files([(tmp_path / "log", b"log"), (old, b"new")])
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["old.txt"]


def test_an_interruption_leaves_everything_as_it_was(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_fsync(monkeypatch, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_files([(old, b"new")])
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["old.txt"]


def test_the_first_file_takes_its_place_before_the_second(
    tmp_path: Path, old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace = Path.replace

    def fail_on_old(self: Path, target: Path) -> Path:
        if target == old:
            raise PermissionError(13, "Permission denied")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail_on_old)
    with pytest.raises(OutputError, match="permission denied"):
        write_files([(tmp_path / "log", b"log"), (old, b"new")])
    assert (tmp_path / "log").read_bytes() == b"log"
    assert old.read_bytes() == b"old"
    assert names(tmp_path) == ["log", "old.txt"]


@posix
def test_a_device_is_written_to_and_stays() -> None:
    write_files([(Path(os.devnull), b"x")])
    assert is_stream(Path(os.devnull))


@pytest.mark.parametrize(
    ("path", "message"), [("missing", "there is no such file"), (".", "this is a folder"), ("\0", "cannot be read")]
)
def test_what_cannot_be_read_is_told(tmp_path: Path, path: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_bytes(tmp_path / path)


def test_a_file_is_read_if_its_hash_is_the_wanted_one(old: Path) -> None:
    assert read_if_hash_is(old, hashlib.sha256(b"old").hexdigest()) == b"old"
    assert read_if_hash_is(old, hashlib.sha256(b"new").hexdigest()) is None


@posix
def test_a_pipe_is_not_waited_for_and_a_device_not_read_to_its_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero"), tmp_path, tmp_path / "none", tmp_path / "\0"):
        assert read_if_hash_is(path, hashlib.sha256(b"").hexdigest()) is None


def test_a_file_too_large_to_be_a_text_is_not_even_hashed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_HASHED", 2)
    assert read_if_hash_is(old, hashlib.sha256(b"old").hexdigest()) is None
