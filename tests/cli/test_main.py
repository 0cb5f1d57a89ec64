"""The program `ligafix` itself: help, version, errors, and what only a process of its own shows."""

import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

import ligafix
from ligafix.cli import COMMANDS, cli
from ligafix.errors import DataError
from tests.cli.conftest import Run

LIGAFIX = [sys.executable, "-m", "ligafix"]
posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_every_command_shows_an_example(run: Run, command: str) -> None:
    done = run(command, "--help")
    assert done.status == 0
    assert "Example" in done.out.decode()
    assert f"  ligafix {command} " in done.out.decode()


def test_the_help_lists_the_commands(run: Run) -> None:
    done = run("--help")
    assert all(f"  {command} " in done.out.decode() for command in COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_the_list_says_of_a_command_begins_its_own_help(command: str) -> None:
    loaded = cli.get_command(click.Context(cli), command)
    assert loaded is not None
    assert loaded.get_short_help_str(limit=100) == COMMANDS[command]


def test_neither_the_import_nor_the_help_loads_the_stages() -> None:
    script = "import sys, ligafix; from ligafix.cli import run; run(['--help']); print('ligafix.stages' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
    assert done.stdout.strip().endswith("False")


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    done = run()
    assert done.status == 2
    assert "Commands:" in done.out.decode()


def test_the_version_is_shown(run: Run) -> None:
    assert run("--version").out.decode().strip() == f"ligafix {ligafix.__version__}"


@pytest.mark.parametrize(
    ("name", "hint"), [("claen", "did you mean 'clean'?"), ("page.txt", "there are: apply, batch, ")]
)
def test_an_unknown_command_is_one_line_with_a_hint(run: Run, name: str, hint: str) -> None:
    done = run(name)
    assert (done.status, done.err.count("\n")) == (2, 1)
    assert hint in done.err


def test_the_program_runs_as_a_module() -> None:
    done = subprocess.run([*LIGAFIX, "--version"], capture_output=True, check=True)
    assert done.stdout.decode().split() == ["ligafix", ligafix.__version__]


def test_slow_packages_are_loaded_only_when_needed(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("It was signicant.\n")
    code = (
        "import sys, ligafix.cli; ligafix.cli.run(['--version']); "
        "assert 'ligafix.cli.clean' not in sys.modules; ligafix.cli.run(['clean', 'a', '-o', 'b']); "
        "slow = {'rich', 'charset_normalizer', 'wordfreq', 'symspellpy', 'ftfy', 'jsonschema'}; "
        "assert not slow.intersection(sys.modules), slow.intersection(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True)


@posix
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_closed_pipe_ends_quietly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, unbuffered: str) -> None:
    (tmp_path / "a").write_text("It was so.\n" * 50_000)
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)
    with subprocess.Popen(
        [*LIGAFIX, "clean", "a"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        assert process.stdout.read(10) == b"It was so."
        process.stdout.close()
        assert process.stderr
        assert process.stderr.read() == b""
    assert process.returncode == 141


@posix
def test_a_file_that_outgrows_its_limit_leaves_everything_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("It was signicant.\n" + "It was so.\n" * 2000)
    script = f"ulimit -f 1; exec '{sys.executable}' -m ligafix clean -w a"
    done = subprocess.run(["sh", "-c", script], cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 3
    assert b"it cannot be written: file too large" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text().startswith("It was signicant.\n")


@posix
@pytest.mark.parametrize(
    ("command", "closing", "stream"),
    [
        ("clean", "<&-", "standard input: it cannot be read"),
        ("clean a", ">&-", "standard output cannot be written"),
        ("clean --diff a", ">&-", "standard output cannot be written"),
        ("diagnose a", ">&-", "standard output cannot be written"),
        ("explain rst", ">&-", "standard output cannot be written"),
        ("--help", ">&-", "standard output cannot be written"),
        ("diagnose a", ">/dev/full", "standard output cannot be written"),
        ("explain rst", ">/dev/full", "standard output cannot be written"),
        ("--help", ">/dev/full", "standard output cannot be written"),
    ],
)
def test_a_standard_stream_that_is_closed_or_full_is_told_in_one_line(
    tmp_path: Path, command: str, closing: str, stream: str
) -> None:
    if "full" in closing and not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    (tmp_path / "a").write_bytes(b"the rst, signicant\n")
    shell = f"{shlex.quote(sys.executable)} -m ligafix {command} {closing}"
    done = subprocess.run(["sh", "-c", shell], cwd=tmp_path, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (3, 1)
    assert stream in done.stderr


@posix
def test_files_are_cleaned_with_all_standard_streams_closed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"the rst, signicant\n")
    shell = f"{shlex.quote(sys.executable)} -m ligafix clean -w a <&- >&- 2>&-"
    done = subprocess.run(["sh", "-c", shell], cwd=tmp_path, check=False)
    assert done.returncode == 0
    assert (tmp_path / "a").read_bytes() == b"the first, significant\n"


@pytest.mark.parametrize("command", [("clean",), ("diagnose",), ("explain", "le", "--in")])
def test_what_a_text_or_its_name_tells_a_terminal_is_not_passed_on(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    name = "a\x1b]0;b"
    (folder / name).write_bytes(b"the rst, \x1b[31m the le \xc2\x9b31m\n")
    done = run(*command, name, "none\x1b[31m") if "--in" not in command else run(*command, name)
    shown = done.err.encode() if command == ("clean",) else done.out + done.err.encode()
    assert b"\x1b" not in shown
    assert b"\xc2\x9b" not in shown


def test_damaged_data_is_blamed_for_an_error_that_nobody_expected(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise KeyError("prefixes")

    def fail() -> None:
        raise DataError("en.toml: this data file of ligafix is damaged")

    monkeypatch.setattr("ligafix.cleaner.survey", stumble)
    with pytest.raises(KeyError):
        run("diagnose", "-")
    monkeypatch.setattr("ligafix.lexicon.dictionaries_hash", fail)
    done = run("diagnose", "-")
    assert (done.status, done.err) == (3, "ligafix: en.toml: this data file of ligafix is damaged\n")
