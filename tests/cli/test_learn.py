"""`ligafix learn` has later runs follow what was decided."""

import json
from pathlib import Path

import pytest

from ligafix.cli.config import load_settings
from tests.cli.conftest import Run
from tests.cli.test_apply import decide


def test_later_runs_follow_what_was_learned(run: Run, folder: Path) -> None:
    decide(folder / "d", ("rst", "first", "accept"), ("led", "filed", "reject"), ("a b", "ab", "reject"))
    done = run("learn", "d")
    assert (done.status, done.out) == (0, b"")
    assert done.err == "ligafix: 2 new entries in ligafix-words.txt; 1 decision taught nothing\n"
    assert (folder / "ligafix.toml").read_text() == 'dictionaries = ["ligafix-words.txt"]\n'
    (folder / "below").mkdir()
    (dictionary,) = load_settings(folder / "below").dictionaries
    assert (dictionary.prefer, dictionary.ignore) == (("rst=first",), ("led=filed",))
    assert run("learn", "d").err.startswith("ligafix: 0 new entries in ligafix-words.txt")


def test_a_project_file_is_left_to_the_user(run: Run, folder: Path) -> None:
    decide(folder / "d", ("rst", "first", "accept"))
    (folder / "ligafix.toml").write_text("min-confidence = 0.8\n")
    done = run("learn", "d")
    assert (folder / "ligafix.toml").read_text() == "min-confidence = 0.8\n"
    assert 'set dictionaries = ["ligafix-words.txt"] in ' in done.err


def test_the_dictionary_that_the_project_names_is_added_to(run: Run, folder: Path) -> None:
    decide(folder / "d", ("rst", "first", "accept"))
    (folder / "ligafix.toml").write_text('dictionaries = ["ours.txt"]\n')
    (folder / "ours.txt").write_text("Biffen\n")
    assert run("learn", "d").err == "ligafix: 1 new entry in ours.txt\n"
    assert (folder / "ours.txt").read_text() == "Biffen\nrst=first\n"


def test_a_dry_run_prints_and_writes_nothing(run: Run, folder: Path) -> None:
    decide(folder / "d", ("rst", "first", "accept"))
    assert run("learn", "d", "--dry-run").out == b"rst=first\n"
    assert sorted(path.name for path in folder.iterdir()) == ["d"]


def test_decisions_about_single_places_teach_only_when_asked(run: Run, folder: Path) -> None:
    place = {"scope": "place", "source": "0" * 64, "start": 4, "end": 7, "before": "rst", "after": "first"}
    decision = {"type": "decision", **place, "verdict": "accept", "text": None, "reviewer": None, "time": None}
    (folder / "d").write_text(f"{json.dumps(decision)}\n")
    assert "1 decision about single places left out; --places" in run("learn", "d").err
    assert not (folder / "ligafix-words.txt").exists()
    assert run("learn", "d", "--places").err == "ligafix: 1 new entry in ligafix-words.txt\n"


def test_a_file_that_is_no_decisions_file_is_one_line(run: Run, folder: Path) -> None:
    (folder / "d").write_text("{}\n")
    done = run("learn", "d")
    assert (done.status, done.err) == (3, "ligafix: d: line 1: this is no decision\n")


def test_a_dictionary_that_is_missing_is_one_line(run: Run, folder: Path) -> None:
    (folder / "ligafix.toml").write_text('dictionaries = ["none.txt"]\n')
    (folder / "a").write_bytes(b"rst")
    done = run("clean", "a")
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "none.txt: there is no such file" in done.err


@pytest.mark.parametrize("options", [(), ("-o", "words.txt")])
@pytest.mark.parametrize(
    ("project", "message"),
    [
        ("dictionaries = 5", 'dictionaries is 5; it is a list of names, such as ["a", "b"]'),
        ('dictionaries = ["ours.txt", 5]', "it is a list of names"),
        ("min-confidence = 5", "min_confidence is 5; it is a probability"),
    ],
)
def test_a_mistake_of_the_project_is_told_before_anything_is_written(
    run: Run, folder: Path, project: str, message: str, options: tuple[str, ...]
) -> None:
    decide(folder / "d", ("rst", "first", "accept"))
    (folder / "ligafix.toml").write_text(f"{project}\n")
    done = run("learn", "d", *options)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert "ligafix.toml: " in done.err
    assert message in done.err
    assert sorted(path.name for path in folder.iterdir()) == ["d", "ligafix.toml"]


def test_the_dictionary_that_the_project_names_is_made(run: Run, folder: Path) -> None:
    decide(folder / "d", ("rst", "first", "accept"))
    (folder / "ligafix.toml").write_text('dictionaries = ["ours.txt"]\n')
    assert run("learn", "d").err == "ligafix: 1 new entry in ours.txt\n"
    assert (folder / "ours.txt").read_text() == "rst=first\n"
