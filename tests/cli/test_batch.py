"""The command `ligafix batch`."""

import zipfile
from pathlib import Path

import pytest

import ligafix.cli.batch
from ligafix.cli.batch import write_report
from ligafix.corpus.run import Engine
from tests.cli.conftest import Run
from tests.corpus.inline import CLEAN, DAMAGED, RESTORED, inline_engine


@pytest.fixture(autouse=True)
def inline(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Runs everything in this process; notes how many jobs were asked for."""
    asked: list[int] = []

    def engine(jobs: int) -> Engine:
        asked.append(jobs)
        return inline_engine()

    monkeypatch.setattr(ligafix.cli.batch, "local_engine", engine)
    return asked


@pytest.fixture
def source(folder: Path) -> Path:
    (folder / "in").mkdir()
    (folder / "in/a.txt").write_text(DAMAGED)
    (folder / "in/b.txt").write_text(CLEAN)
    return folder / "in"


def test_a_folder_is_cleaned_and_summed_up(run: Run, source: Path) -> None:
    done = run("batch", "in", "out")
    assert (done.status, done.out) == (0, b"")
    assert Path("out/a.txt").read_text() == RESTORED
    assert "ligafix: 2 documents: 1 changed, 1 unchanged, 0 failed\n" in done.err
    assert "ligatures: 8 changes" in done.err
    assert "documents/s" in done.err


def test_quiet_says_nothing(run: Run, source: Path) -> None:
    assert run("batch", "in", "out", "-q").err == ""


def test_failures_are_told_and_give_their_exit_status(run: Run, source: Path) -> None:
    (source / "c.pdf").write_bytes(b"%PDF-1.4\x00")
    done = run("batch", "in", "out", "-q")
    said, reason = done.err.splitlines()
    assert (done.status, said) == (3, "ligafix: 1 document failed; see out/.ligafix/failures.jsonl")
    assert reason.startswith("ligafix:   1: this is a PDF file, not plain text")


def test_an_output_that_was_edited_stays_unless_told_otherwise(run: Run, source: Path) -> None:
    run("batch", "in", "out", "-q")
    Path("out/a.txt").write_text("as a reader corrected it")
    done = run("batch", "in", "out", "-q", "--only", "hyphens")
    assert (done.status, Path("out/a.txt").read_text()) == (3, "as a reader corrected it")
    assert "  1: its output was edited since an earlier run wrote it, and stays as it is; --force" in done.err
    assert run("batch", "in", "out", "-q", "--only", "hyphens", "--force").status == 0
    assert Path("out/a.txt").read_text() == DAMAGED


def test_a_dry_run_writes_nothing(run: Run, source: Path) -> None:
    done = run("batch", "in", "out", "--dry-run")
    assert "1 would change" in done.err
    assert not Path("out").exists()


def test_the_options_of_clean_are_understood(run: Run, source: Path) -> None:
    run("batch", "in", "out", "--skip", "ligatures", "--min-confidence", "0.99")
    assert Path("out/a.txt").read_text() == DAMAGED
    assert run("batch", "in", "out", "--only", "ligatuers").status == 2


def test_files_are_chosen_by_patterns(run: Run, source: Path) -> None:
    run("batch", "in", "out", "--include", "*.txt", "--exclude", "b.*")
    assert [path.name for path in Path("out").iterdir() if path.is_file()] == ["a.txt"]


def test_the_fields_of_records_can_be_named(run: Run, folder: Path) -> None:
    (folder / "r.jsonl").write_text('{"body": "It was his rst ocer.", "key": 1}\n{"key": 2}\n')
    assert run("batch", "r.jsonl", "out", "--text-field", "body", "--id-field", "key").status == 3
    assert Path("out/r.jsonl").read_text() == '{"body": "It was his first officer.", "key": 1}\n'
    assert '"name": 2' in Path("out/.ligafix/failures.jsonl").read_text()


def test_a_report_is_the_page_of_the_changes(run: Run, source: Path) -> None:
    done = run("batch", "in", "out", "--report", "report.html")
    run("report", "out", "-o", "again.html")
    assert "ligafix: report.html: 8 changes; open it in a browser\n" in done.err
    assert len(Path("report.html").read_bytes()) == pytest.approx(len(Path("again.html").read_bytes()), rel=0.02)
    assert run("batch", "in", "out", "--report", "r.html", "--dry-run").status == 2


@pytest.mark.parametrize("place", ["in/a.txt", "out/b.txt", "link"])
def test_a_report_takes_no_place_of_a_text(run: Run, source: Path, folder: Path, place: str) -> None:
    (folder / "link").symlink_to("in/a.txt")
    done = run("batch", "in", "out", "--report", place)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert f"{place} is an input or an output; give --report another name" in done.err
    assert Path("in/a.txt").read_text() == DAMAGED
    assert not Path("out").exists()


def test_a_report_takes_no_place_of_an_archive_and_of_what_came_out_of_it(run: Run, source: Path) -> None:
    with zipfile.ZipFile("a.zip", "w") as packed:
        packed.write("in/a.txt", "a.txt")
    whole = Path("a.zip").read_bytes()
    assert [run("batch", "a.zip", "out", "--report", place).status for place in ("a.zip", "out/a.txt")] == [2, 2]
    assert Path("a.zip").read_bytes() == whole
    assert Path("out/a.txt").read_text() == RESTORED


def test_of_very_many_changes_the_least_certain_are_reported(run: Run, source: Path, tmp_path: Path) -> None:
    run("batch", "in", "out", "-q")
    assert write_report(tmp_path / "r.html", Path("out"), most=3) == 3
    assert "(the 3 least certain changes)" in (tmp_path / "r.html").read_text()


def test_all_cores_work_unless_told_otherwise(run: Run, source: Path, inline: list[int]) -> None:
    run("batch", "in", "out")
    run("batch", "in", "out", "-j", "3")
    assert inline == [ligafix.cli.batch.count_cores(), 3]


def test_wrong_paths_are_one_line(run: Run, source: Path) -> None:
    for args in (("no", "out"), ("in", "in"), ("in", "in/a.txt")):
        done = run("batch", *args)
        assert done.status == 3
        assert done.err.count("\n") == 1


def test_progress_is_plain_lines_where_there_is_no_terminal(
    run: Run, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ligafix.cli.batch, "SECONDS_BETWEEN_LINES", 0.0)
    err = run("batch", "in", "out").err
    assert "ligafix: surveying: 1 of 2 documents\n" in err
    assert "ligafix: cleaning: 2 of 2 documents\n" in err


def test_an_engine_that_is_not_installed_is_told(run: Run, source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ray", None)
    done = run("batch", "in", "out", "--engine", "ray")
    assert (done.status, done.err) == (3, "ligafix: the engine ray is not installed; install ligafix[ray]\n")
