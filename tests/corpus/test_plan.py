"""What a run has to do."""

import gzip
import os
import sys
from pathlib import Path

import pytest

from ligafix.corpus import plan
from ligafix.corpus.plan import Kind, Patterns, find_source, kind_of, make_plan
from ligafix.errors import InputError, OutputError
from tests.cli.conftest import forbid


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for place in ("b/2.txt", "b/1.txt", "a.txt", "b/.hidden", ".git/x.txt", "b/1.txt.changes.jsonl"):
        (tmp_path / "in" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / place).write_text("x\n")
    return tmp_path / "in"


def places(given: Path | str, *, include: tuple[str, ...] = (), exclude: tuple[str, ...] = ()) -> tuple[str, ...]:
    return find_source(str(given), Patterns(include, exclude), Path("nowhere")).places


def test_hidden_files_and_logs_are_no_input(folder: Path) -> None:
    assert sorted(places(folder)) == ["a.txt", "b/1.txt", "b/2.txt"]


def test_a_log_of_another_name_is_no_input_either(folder: Path) -> None:
    (folder / "log.jsonl").write_text('{"type": "header", "schema": 1}\n')
    (folder / "records.jsonl").write_text('{"text": "x"}\n')
    assert places(folder) == ("a.txt", "records.jsonl", "b/1.txt", "b/2.txt")
    with pytest.raises(InputError, match=r"log.jsonl: this is an audit log, and no text; name the text"):
        places(folder / "log.jsonl")


def test_the_output_inside_the_input_is_no_input(folder: Path) -> None:
    assert find_source(str(folder), Patterns(), folder / "b").places == ("a.txt",)


def test_what_a_glob_finds_in_the_output_is_no_input(folder: Path) -> None:
    assert find_source(f"{folder}/**/*.txt", Patterns(), folder / "b").places == ("a.txt",)
    with pytest.raises(InputError, match="where the outputs go; name another folder"):
        find_source(f"{folder}/b/*.txt", Patterns(), folder)


def test_files_are_chosen_by_path_or_name(folder: Path) -> None:
    assert places(folder, include=("1.*",)) == ("b/1.txt",)
    assert places(folder, exclude=("b/*",)) == ("a.txt",)


def test_a_glob_keeps_the_tree_below_its_folders(folder: Path) -> None:
    assert places(f"{folder}/**/*.txt") == ("a.txt", "b/1.txt", "b/2.txt")


def test_nothing_to_clean_is_an_error(folder: Path) -> None:
    with pytest.raises(InputError, match="nothing to clean"):
        places(folder, include=("*.md",))
    with pytest.raises(InputError, match="matches none"):
        places(folder / "no*")


def test_a_folder_that_may_not_be_read_is_a_failure_and_not_forgotten(folder: Path) -> None:
    forbid(folder / "b")
    try:
        source = find_source(str(folder), Patterns(), Path("nowhere"))
    finally:
        (folder / "b").chmod(0o700)
    assert source.places == ("a.txt",)
    assert [(f.place, f.error) for f in source.failures] == [("b", "permission denied")]


def test_links_out_of_the_folder_are_refused_and_those_within_are_read(folder: Path) -> None:
    (folder.parent / "secret").write_text("s")
    (folder / "out.txt").symlink_to(folder.parent / "secret")
    (folder / "within.txt").symlink_to("a.txt")
    (folder / "up").symlink_to(folder.parent, target_is_directory=True)
    source = find_source(str(folder), Patterns(), Path("nowhere"))
    assert "within.txt" in source.places
    assert {failure.place for failure in source.failures} == {"out.txt", "up"}
    globbed = find_source(str(folder / "*.txt"), Patterns(), Path("nowhere"))
    assert "within.txt" in globbed.places
    assert [failure.place for failure in globbed.failures] == ["out.txt"]


def test_links_that_lead_nowhere_are_failures_and_not_forgotten(folder: Path) -> None:
    (folder / "gone.txt").symlink_to("nowhere.txt")
    (folder / "round.txt").symlink_to("round.txt")
    for given in (folder, folder / "*.txt"):
        source = find_source(str(given), Patterns(), Path("nowhere"))
        found = {failure.place: failure.error for failure in source.failures}
        assert found == dict.fromkeys(("gone.txt", "round.txt"), "this link leads nowhere")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(InputError, match=r"pipe\.txt: this is a pipe or a device, .*; write it to a file first"):
        places(tmp_path / "pipe.txt")


@pytest.mark.parametrize(
    ("name", "kind"),
    [("a.JSONL", Kind.JSONL), ("a.jsonl.gz", Kind.JSONL), ("a.jsonl.zst", Kind.JSONL), ("a.parquet", Kind.PARQUET)]
    + [(name, Kind.TEXT) for name in ("a.txt", "a.txt.gz", "jsonl", "a.json")],
)
def test_records_are_known_by_the_name_of_their_file(name: str, kind: Kind) -> None:
    assert kind_of(name) is kind


def test_shards_stay_within_a_folder_and_are_of_bounded_size(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan, "SHARD_RECORDS", 1)
    found = make_plan(find_source(str(folder), Patterns(), Path("nowhere")), "text", tmp_path)
    assert [(s.group, s.places) for s in found.shards] == [(".", ("a.txt",)), ("b", ("b/1.txt",)), ("b", ("b/2.txt",))]


def test_lines_are_counted_but_blank_ones_are_no_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "SHARD_RECORDS", 2)
    (tmp_path / "a.jsonl").write_bytes(b"{}\n\n{}\n{}\n\n")
    found = make_plan(find_source(str(tmp_path / "a.jsonl"), Patterns(), Path("nowhere")), "text", tmp_path)
    assert [(s.part, s.start, s.size, s.first, s.documents) for s in found.shards] == [
        (0, 0, 4, 1, 1),
        (1, 4, 6, 3, 2),
        (2, 10, 1, 5, 0),
    ]


def test_records_before_the_damage_of_a_file_are_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "SHARD_RECORDS", 1)
    lines = b"".join(b'{"text": "%d"}\n' % n for n in range(30_000))
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(lines)[:-500])
    found = make_plan(find_source(str(tmp_path / "a.jsonl.gz"), Patterns(), Path("nowhere")), "text", tmp_path / "s")
    assert len(found.shards) > 1000
    assert [failure.place for failure in found.failures] == ["a.jsonl.gz"]
    assert found.documents == len(found.shards) + 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_no_failure_of_the_records_that_are_spooled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(b'{"text": "x"}\n'))
    (tmp_path / "spool").mkdir()
    monkeypatch.setattr(Path, "unlink", lambda path, **_: path.symlink_to("/dev/full"))
    with pytest.raises(OutputError, match="it cannot be written: no space left on device"):
        make_plan(find_source(str(tmp_path / "a.jsonl.gz"), Patterns(), Path("no")), "text", tmp_path / "spool")
