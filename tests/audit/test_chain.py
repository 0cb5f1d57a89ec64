"""A log is found from either text, and is never replaced by the log of another source."""

from pathlib import Path

import pytest

from ligafix.audit.chain import default_log, find_free_log, find_log, is_free, read_log_header, require_free
from ligafix.audit.record import CleanedText, clean_bytes
from ligafix.errors import OutputError, ReplayError
from tests.fakes import fake_cleaner


def clean(data: bytes) -> CleanedText:
    return clean_bytes(data, fake_cleaner())


def write_run(source: Path, output: Path, log: Path | None = None, data: bytes = b"the rst") -> Path:
    """Stand in for a run: source, output and log in their places."""
    log = log or default_log(output)
    for path in (source, output, log):
        path.parent.mkdir(parents=True, exist_ok=True)
    cleaned = clean(data)
    source.write_bytes(data)
    output.write_bytes(cleaned.output.data)
    log.write_bytes(cleaned.make_log(log, source, output))
    return log


def test_a_log_stands_beside_its_output(tmp_path: Path) -> None:
    assert default_log(tmp_path / "a.txt") == tmp_path / "a.txt.changes.jsonl"


def test_an_absent_log_is_free_and_so_is_one_of_the_same_source(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    assert is_free(tmp_path / "other", clean(b"x").source)
    assert is_free(log, clean(b"the rst").source)
    assert not is_free(log, clean(b"another").source)


def test_the_next_free_log_has_the_next_number(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    other = clean(b"another").source
    second = tmp_path / "b.2.changes.jsonl"
    assert find_free_log(log, other) == second
    second.write_text("a note of mine")
    assert find_free_log(log, other) == tmp_path / "b.3.changes.jsonl"
    assert find_free_log(log, clean(b"the rst").source) == log


def test_a_log_of_another_source_and_a_file_that_is_no_log_are_refused(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b")
    require_free(log, clean(b"the rst").source)
    with pytest.raises(OutputError, match="this is the log of another source, and stays"):
        require_free(log, clean(b"another").source)
    with pytest.raises(OutputError, match="this is no log, and stays"):
        require_free(tmp_path / "a", clean(b"another").source)


@pytest.mark.parametrize(
    ("source", "output", "log"),
    [
        ("a.txt", "b.txt", None),
        ("a.txt", "b.txt", "any name.jsonl"),
        ("a.txt", "out/a.txt", None),
        ("a.txt", "out/renamed.txt", None),
        ("in/a.txt", "out/a.txt", None),
        ("in/a.txt", "out/a.txt", "logs/a.txt.changes.jsonl"),
        ("in/a.txt", "a.txt", None),
    ],
)
def test_a_log_is_found_from_either_text(tmp_path: Path, source: str, output: str, log: str | None) -> None:
    written = write_run(tmp_path / source, tmp_path / output, tmp_path / log if log else None)
    for text in (tmp_path / source, tmp_path / output):
        assert find_log(text, text.read_bytes()).samefile(written)


def test_a_log_is_found_after_everything_moved(tmp_path: Path) -> None:
    write_run(tmp_path / "old" / "in" / "a.txt", tmp_path / "old" / "out" / "a.txt")
    (tmp_path / "old").rename(tmp_path / "new")
    text = tmp_path / "new" / "in" / "a.txt"
    assert find_log(text, b"the rst").samefile(tmp_path / "new" / "out" / "a.txt.changes.jsonl")


def test_a_log_is_found_from_a_relative_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_run(tmp_path / "in" / "a.txt", tmp_path / "out" / "a.txt")
    monkeypatch.chdir(tmp_path / "in")
    assert find_log(Path("a.txt"), b"the rst").name == "a.txt.changes.jsonl"
    monkeypatch.chdir(tmp_path / "out")
    assert find_log(Path("a.txt"), b"the first") == Path("a.txt.changes.jsonl")


def test_a_log_is_found_in_the_folder_that_is_given(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b", tmp_path / "x" / "y" / "z" / "log.jsonl")
    with pytest.raises(ReplayError, match="name the log with --log"):
        find_log(tmp_path / "b", b"the first")
    assert find_log(tmp_path / "b", b"the first", log.parent) == log


def test_a_log_elsewhere_counts_only_if_it_names_the_text(tmp_path: Path) -> None:
    write_run(tmp_path / "one" / "a", tmp_path / "one" / "a")
    (tmp_path / "two").mkdir()
    (tmp_path / "two" / "a").write_bytes(b"the first")
    with pytest.raises(ReplayError, match="no log of this text"):
        find_log(tmp_path / "two" / "a", b"the first")


def test_of_two_runs_the_one_that_made_the_text_counts(tmp_path: Path) -> None:
    text = tmp_path / "a"
    first = write_run(text, text, data=b"the rst")
    second = write_run(text, text, tmp_path / "a.2.changes.jsonl", data=b"the first rst")
    assert find_log(text, b"the first first") == second
    assert find_log(text, b"the first") == first
    assert find_log(text, b"the rst") == first


def test_a_text_that_was_edited_is_told(tmp_path: Path) -> None:
    write_run(tmp_path / "a", tmp_path / "a")
    with pytest.raises(ReplayError, match=r"the text was edited since .*a\.changes\.jsonl was written"):
        find_log(tmp_path / "a", b"the first, edited")


@pytest.mark.parametrize("content", [b"", b"\xff\n", b'{"type": "header"}\n', b"x" * 3_000_000])
def test_other_files_are_no_logs(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "b.changes.jsonl").write_bytes(content)
    assert read_log_header(tmp_path / "b.changes.jsonl") is None
    assert read_log_header(tmp_path) is None
