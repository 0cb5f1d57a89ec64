"""`ligafix apply` makes the texts that decisions ask for, with logs as good as any."""

import json
from pathlib import Path
from typing import Any

import pytest

from ligafix.audit.decisions import Decision, PlaceKey, SeriesKey, Verdict, to_json
from tests.cli.conftest import Run

TEXT = b"the rst led rst signicant\r\nTokyo xq\n"


@pytest.fixture
def cleaned(run: Run, folder: Path) -> Path:
    (folder / "a").write_bytes(TEXT)
    run("clean", "-q", "a", "-o", "out/a")
    return folder


def decide(path: Path, *decisions: tuple[str, str, str], text: str | None = None, reviewer: str | None = None) -> None:
    """Write decisions about series."""
    keys = [(SeriesKey("fake", before, after), Verdict(verdict)) for before, after, verdict in decisions]
    path.write_text("".join(f"{to_json(Decision(key, v, text, reviewer))}\n" for key, v in keys))


def log_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.with_name(f"{path.name}.changes.jsonl").read_text().splitlines()]


DECISIONS = [("rst", "first", "reject"), ("led", "filed", "accept")]
RESULT = "the rst filed rst significant\r\nTōkyō xq\n".encode()


@pytest.mark.parametrize("text", ["a", "out/a"])
def test_the_source_and_the_output_lead_to_the_same(run: Run, cleaned: Path, text: str) -> None:
    decide(cleaned / "d.jsonl", *DECISIONS)
    done = run("apply", text, "--decisions", "d.jsonl", "-o", "final/b", "--reviewer", "Ada")
    assert (done.status, done.err) == (0, "ligafix: 1 file written; 3 changes decided on\n")
    assert (cleaned / "final" / "b").read_bytes() == RESULT
    header, *changes = log_of(cleaned / "final" / "b")
    assert (header["source"]["path"], header["output"]["path"]) == ("../a", "b")
    assert [(c["status"], c.get("decided_by")) for c in changes] == [
        ("rejected", "Ada"),
        ("applied", "Ada"),
        ("rejected", "Ada"),
        ("applied", None),
        ("applied", None),
        ("suspected", None),
    ]


def test_the_log_is_taken_by_the_other_commands(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d.jsonl", *DECISIONS)
    run("apply", "a", "--decisions", "d.jsonl", "-o", "b")
    assert "[-rst-]{!first!} [-led-]{+filed+}" in run("diff", "b").out.decode()
    assert run("diff", "--sarif", "b").status == 0
    assert run("report", "b", "-o", "r.html").status == 0
    assert run("apply", "b", "--decisions", "d.jsonl").out == RESULT
    assert run("revert", "b", "-o", "-").out == TEXT


def test_a_text_is_decided_on_in_place_and_still_goes_back(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d.jsonl", *DECISIONS)
    assert run("apply", "out", "--decisions", "d.jsonl", "-w").status == 0
    assert (cleaned / "out" / "a").read_bytes() == RESULT
    run("revert", "out/a")
    assert (cleaned / "out" / "a").read_bytes() == TEXT


def test_a_file_cleaned_in_place_is_decided_on_in_place(run: Run, folder: Path) -> None:
    (folder / "a").write_bytes(TEXT)
    run("clean", "-w", "a")
    decide(folder / "d.jsonl", *DECISIONS)
    assert run("apply", "a", "--decisions", "d.jsonl", "-w").status == 0
    assert (folder / "a").read_bytes() == RESULT
    run("revert", "a")
    assert (folder / "a").read_bytes() == TEXT


def test_a_folder_goes_into_a_folder(run: Run, cleaned: Path) -> None:
    (cleaned / "b").write_bytes(b"rst")
    run("clean", "b", "-o", "out/b")
    decide(cleaned / "d.jsonl", *DECISIONS)
    done = run("apply", "out", "--decisions", "d.jsonl", "-o", "final/")
    assert (done.status, done.err) == (0, "ligafix: 2 files written; 4 changes decided on\n")
    assert ((cleaned / "final" / "a").read_bytes(), (cleaned / "final" / "b").read_bytes()) == (RESULT, b"rst")


def test_a_folder_of_one_text_goes_into_a_folder_too(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d.jsonl", *DECISIONS)
    assert run("apply", "out", "--decisions", "d.jsonl", "-o", "final").status == 0
    assert (cleaned / "final" / "a").read_bytes() == RESULT
    done = run("apply", "out", "--decisions", "d.jsonl", "-o", "a")
    assert (done.status, (cleaned / "a").read_bytes()) == (2, TEXT)
    assert "a is a file; several inputs need a folder" in done.err


def test_a_reviewer_in_the_decisions_goes_before_the_option(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d.jsonl", DECISIONS[0], reviewer="Bob")
    run("apply", "a", "--decisions", "d.jsonl", "-o", "b", "--reviewer", "Ada")
    assert log_of(cleaned / "b")[1]["decided_by"] == "Bob"


def test_an_edit_is_a_step_of_the_review(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d.jsonl", ("rst", "first", "edit"), text="fīrst")
    assert run("apply", "a", "--decisions", "d.jsonl", "-o", "b").status == 0
    assert (cleaned / "b").read_text().startswith("the fīrst led fīrst")
    assert [(s["stage"], s["after"]) for s in log_of(cleaned / "b")[1]["steps"]] == [
        ("fake", "first"),
        ("review", "fīrst"),
    ]


def test_what_reviewers_contradict_each_other_about_is_told_and_stays(run: Run, cleaned: Path) -> None:
    decide(cleaned / "ada", ("rst", "first", "reject"), reviewer="Ada")
    decide(cleaned / "bob", ("rst", "first", "accept"), ("led", "filed", "accept"), reviewer="Bob")
    done = run("apply", "a", "--decisions", "ada", "--decisions", "bob")
    assert (done.status, done.out.decode()) == (1, "the first filed first significant\r\nTōkyō xq\n")
    assert "'rst' → 'first' stays as it was: Ada says reject, Bob says accept" in done.err


def test_a_decision_on_a_place_that_is_not_there_is_told(run: Run, cleaned: Path) -> None:
    sha256 = log_of(cleaned / "out" / "a")[0]["source"]["sha256"]
    key = PlaceKey(sha256, 1, 4, "he ", "xyz")
    (cleaned / "d").write_text(to_json(Decision(key, Verdict.REJECT)))
    done = run("apply", "a", "--decisions", "d", "-q")
    assert done.status == 1
    assert done.err == "ligafix: a: 'he ' → 'xyz' was decided on, but the log has no such change at 1\n"


def test_decisions_of_which_none_is_about_the_texts_are_told(run: Run, cleaned: Path) -> None:
    elsewhere = PlaceKey("0" * 64, 1, 4, "he ", "xyz")
    decide(cleaned / "d", ("oce", "office", "reject"))
    with (cleaned / "d").open("a") as file:
        file.write(to_json(Decision(elsewhere, Verdict.REJECT)))
    done = run("apply", "a", "--decisions", "d", "-o", "b")
    assert done.status == 1
    assert done.err == (
        "ligafix: 'oce' → 'office' was decided on, but the texts that were given have no such change\n"
        "ligafix: 'he ' → 'xyz' was decided on, but the texts that were given have no such place\n"
        "ligafix: 1 file written; 0 changes decided on, 2 decisions not carried out\n"
    )


def test_decisions_of_a_whole_corpus_do_for_one_of_its_texts(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d", DECISIONS[0], ("oce", "office", "reject"))
    assert run("apply", "a", "--decisions", "d", "-o", "b").status == 0


def test_a_series_of_which_every_place_was_decided_alone_is_no_stranger(run: Run, cleaned: Path) -> None:
    sha256 = log_of(cleaned / "out" / "a")[0]["source"]["sha256"]
    decide(cleaned / "d", ("led", "filed", "accept"))
    with (cleaned / "d").open("a") as file:
        file.write(to_json(Decision(PlaceKey(sha256, 8, 11, "led", "filed"), Verdict.REJECT)))
    assert run("apply", "a", "--decisions", "d", "-o", "b").status == 0


@pytest.mark.parametrize(
    ("args", "status", "message"),
    [
        (["a", "--decisions", "none"], 3, "none: there is no such file"),
        (["a", "--decisions", "a"], 3, "a: line 1: this is not JSON"),
        (["edited", "--decisions", "d"], 3, "edited: no log of this text was found"),
        (["out/a", "--decisions", "d", "-o", "out/a"], 2, "-w rewrites files in place"),
        (["a"], 2, "--decisions"),
    ],
)
def test_what_cannot_be_is_one_line(run: Run, cleaned: Path, args: list[str], status: int, message: str) -> None:
    decide(cleaned / "d", *DECISIONS)
    (cleaned / "edited").write_bytes(b"something else")
    done = run("apply", "-q", *args)
    assert (done.status, done.out, done.err.count("\n")) == (status, b"", 1)
    assert message in done.err


def test_an_edited_text_is_refused(run: Run, cleaned: Path) -> None:
    decide(cleaned / "d", *DECISIONS)
    (cleaned / "out" / "a").write_bytes(b"edited")
    done = run("apply", "out/a", "--decisions", "d", "-w")
    assert done.status == 3
    assert "the text was edited since" in done.err
    assert (cleaned / "out" / "a").read_bytes() == b"edited"


@pytest.mark.parametrize(
    ("log", "told"),
    [
        (None, "a.changes.jsonl: line 7 is not JSON"),
        (b"", "a.changes.jsonl: line 1 is not JSON"),
        (b'{"type": "header", "schema": 2}\n', "a.changes.jsonl: a later version of ligafix wrote this log (schema 2)"),
    ],
    ids=["truncated", "empty", "of a later schema"],
)
def test_a_log_of_a_folder_that_cannot_be_read_is_told_and_the_others_are_done(
    run: Run, cleaned: Path, log: bytes | None, told: str
) -> None:
    (cleaned / "b").write_bytes(TEXT + b"more")
    run("clean", "b", "-o", "out/b")
    decide(cleaned / "d", *DECISIONS)
    path = cleaned / "out" / "a.changes.jsonl"
    path.write_bytes(path.read_bytes()[:-20] if log is None else log)
    done = run("apply", "out", "--decisions", "d", "-o", "final/")
    assert done.status == 3
    assert told in done.err
    assert (cleaned / "final" / "b").read_bytes() == RESULT + b"more"
    (cleaned / "out" / "b.changes.jsonl").unlink()
    done = run("apply", "out", "--decisions", "d", "-q", stdin=b"not asked for")
    assert (done.status, done.out, done.err.count("\n")) == (3, b"", 1)
