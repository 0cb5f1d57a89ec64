"""`ligafix report` writes one page about one log or a folder of them."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def cleaned(run: Run, folder: Path) -> Path:
    """A folder with two cleaned texts, one of which had nothing to repair."""
    (folder / "a.txt").write_text("The rst was led.\n", encoding="utf-8")
    (folder / "b.txt").write_text("All is well.\n", encoding="utf-8")
    run("clean", "-q", "a.txt", "b.txt", "-o", "out/")
    return folder / "out"


def test_a_folder_makes_one_page(run: Run, cleaned: Path, folder: Path) -> None:
    done = run("report", "out", "-o", "page.html")
    assert (done.status, done.out) == (0, b"")
    assert done.err == "ligafix: page.html: 2 changes in 2 texts; open it in a browser\n"
    assert b"<title>out \xc2\xb7 ligafix report</title>" in (folder / "page.html").read_bytes()


def test_without_a_name_the_page_is_called_report(run: Run, cleaned: Path, folder: Path) -> None:
    assert run("report", "out", "-q").err == ""
    assert (folder / "report.html").exists()


@pytest.mark.parametrize("place", ["out/a.txt", "out/a.txt.changes.jsonl", "a.txt"])
def test_a_text_or_a_log_makes_a_page_of_its_own(run: Run, cleaned: Path, place: str) -> None:
    assert run("report", place).err == "ligafix: report.html: 2 changes in 1 text; open it in a browser\n"


def test_the_page_goes_to_standard_output_if_asked(run: Run, cleaned: Path) -> None:
    done = run("report", "out", "-o", "-")
    assert done.out.startswith(b"<!doctype html>")
    assert done.err == ""


def test_the_filters_choose_what_is_shown(run: Run, cleaned: Path, folder: Path) -> None:
    assert run("report", "out", "--below", "0.9").err == (
        "ligafix: report.html: 1 change in 2 texts; open it in a browser\n"
    )
    assert b"<title>out (selected changes)" in (folder / "report.html").read_bytes()


def test_an_existing_page_is_replaced(run: Run, cleaned: Path, folder: Path) -> None:
    (folder / "page.html").write_text("old", encoding="utf-8")
    assert run("report", "out", "-o", "page.html").status == 0
    assert (folder / "page.html").read_bytes().startswith(b"<!doctype html>")


@pytest.mark.parametrize("target", ["a.txt", "out/a.txt", "out/b.txt.changes.jsonl"])
def test_no_text_and_no_log_is_written_over(run: Run, cleaned: Path, folder: Path, target: str) -> None:
    before = (folder / target).read_bytes()
    done = run("report", "out", "-o", target)
    assert done.status == 2
    assert done.err == f"ligafix: {target} is an input; give the page another name (see ligafix report --help)\n"
    assert (folder / target).read_bytes() == before


def test_a_folder_without_logs_is_an_error_in_one_line(run: Run, folder: Path) -> None:
    (folder / "empty").mkdir()
    done = run("report", "empty")
    assert done.status == 3
    assert done.err == ("ligafix: empty: there is no audit log in this folder; `ligafix clean -o` writes them\n")
    assert not (folder / "report.html").exists()


def test_a_damaged_log_is_told_and_the_others_are_shown(run: Run, cleaned: Path, folder: Path) -> None:
    log = cleaned / "b.txt.changes.jsonl"
    log.write_bytes(log.read_bytes() + b"no json\n")
    done = run("report", "out")
    assert done.status == 3
    assert "b.txt.changes.jsonl: line 2 is not JSON" in done.err
    assert "report.html: 2 changes in 1 text" in done.err


def test_damaged_logs_alone_make_no_page_and_the_old_one_stays(run: Run, cleaned: Path, folder: Path) -> None:
    run("report", "out")
    page = (folder / "report.html").read_bytes()
    for log in cleaned.glob("*.jsonl"):
        log.write_bytes(log.read_bytes() + b"no json\n")
    done = run("report", "out")
    assert done.status == 3
    assert done.err.endswith("ligafix: report.html: not written, as there is nothing to show\n")
    assert (folder / "report.html").read_bytes() == page


def test_the_same_logs_make_the_same_page(run: Run, cleaned: Path) -> None:
    assert run("report", "out", "-o", "-").out == run("report", "out", "-o", "-").out
