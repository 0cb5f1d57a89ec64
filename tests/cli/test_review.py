"""`ligafix review` asks on a terminal, key by key, and keeps every answer."""

import sys
from pathlib import Path

import pytest

from ligafix.audit.decisions import read_decisions
from tests.cli.conftest import Run
from tests.cli.terminal import Terminal

on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")


@pytest.fixture
def cleaned(run: Run, folder: Path) -> Path:
    """Outputs whose series are, in order: `rst` three times, `signicant` twice, `led` once."""
    (folder / "a.txt").write_bytes(b"the rst and the rst of all\nsignicant, signicant\n")
    (folder / "b.txt").write_bytes(b"the rst\n" + b"x " * 200 + b"led" + b" y" * 200 + b"\n")
    run("clean", "-q", "a.txt", "b.txt", "-o", "out")
    return folder


def said(folder: Path) -> list[tuple[str, str, str | None]]:
    return [(d.key.before, d.verdict, d.text) for d in read_decisions(folder / "decisions.jsonl")]


@on_a_terminal
def test_single_keys_decide_and_quit_keeps(cleaned: Path) -> None:
    terminal = Terminal(cleaned, "review", "out")
    first = terminal.read_until("quit")
    assert "rst → first" in first
    assert "3 places in 2 files: 3 applied" in first
    assert "a.txt:1 the rst→first and the rst of all" in first
    terminal.press("a", "signicant → significant")
    terminal.press("e", "text: significant")
    terminal.press("ly\r", "led → filed")
    assert "3 decided" in terminal.press("r", "This is the end")
    terminal.press("u", "Taken back.")
    terminal.press(
        "q", "2 of 3 series decided; kept in decisions.jsonl. To carry them out: ligafix apply out --decisions"
    )
    assert terminal.wait() == 0
    assert said(cleaned) == [("rst", "accept", None), ("signicant", "edit", "significantly")]


@on_a_terminal
def test_keys_that_come_fast_are_all_heard(cleaned: Path) -> None:
    terminal = Terminal(cleaned, "review", "out")
    terminal.press("are", "text: filed")
    terminal.press("!\r", "This is the end")
    terminal.press("q", "3 of 3 series decided")
    assert terminal.wait() == 0
    assert said(cleaned) == [("rst", "accept", None), ("signicant", "reject", None), ("led", "edit", "filed!")]


@on_a_terminal
def test_a_review_goes_on_after_any_interruption(cleaned: Path) -> None:
    terminal = Terminal(cleaned, "review", "out")
    terminal.read_until("quit")
    terminal.press("r", "signicant → significant")
    terminal.kill()
    terminal = Terminal(cleaned, "review", "out")
    assert "Series 2 of 3" in terminal.read_until("quit")
    terminal.press("\x03", "1 of 3 series decided")
    assert terminal.wait() == 130
    assert said(cleaned) == [("rst", "reject", None)]


@on_a_terminal
def test_places_never_and_search_on_a_narrow_terminal(cleaned: Path) -> None:
    terminal = Terminal(cleaned, "review", "out", columns=36, rows=20)
    shown = terminal.read_until("keep")
    assert max(len(line) for line in shown.split("\n")) <= 36
    terminal.press("s", "place 1 of 3")
    terminal.press("a", "place 2 of 3")
    terminal.press("s", "show")
    terminal.press("/", "/")
    assert "…" in terminal.press("FILED\r", "keep")
    terminal.press("n", "never again")
    terminal.press("q", "kept in")
    assert terminal.wait() == 0
    assert (cleaned / "ligafix-words.txt").read_text() == "!led=filed\n"
    assert "ligafix-words.txt" in (cleaned / "ligafix.toml").read_text()
    assert [(before, verdict) for before, verdict, _ in said(cleaned)] == [("rst", "accept"), ("led", "reject")]


@on_a_terminal
def test_a_change_that_does_not_fit_its_source_is_shown_alone(cleaned: Path) -> None:
    log = cleaned / "out" / "b.txt.changes.jsonl"
    log.write_bytes(log.read_bytes().replace(b'"start": 4, "end": 7', b'"start": 5004, "end": 5007'))
    terminal = Terminal(cleaned, "review", "out")
    assert "b.txt:1 rst→first" in terminal.read_until("quit")
    terminal.press("q", "0 of 3 series decided")
    assert terminal.wait() == 0


@on_a_terminal
def test_colours_and_chosen_changes_are_shown_on_a_terminal(cleaned: Path) -> None:
    terminal = Terminal(cleaned, "diff", "out", "--status", "suggested")
    shown = terminal.read_until("filed")
    assert terminal.wait() == 0
    assert "led→filed" in shown
    assert "rst" not in shown


def test_without_a_terminal_it_says_what_to_use(run: Run, cleaned: Path) -> None:
    done = run("review", "out")
    assert (done.status, done.out, done.err.count("\n")) == (2, b"", 1)
    assert "`ligafix report` makes a page, `ligafix diff` only shows" in done.err
