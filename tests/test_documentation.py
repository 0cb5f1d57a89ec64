"""What the README and the documentation show is what ligafix does.

Three kinds of code block are examples, and are tried:

- `console`: commands, each behind `$`, run in a folder with the samples. What stands below a command is what it says;
  `…` alone on a line stands for any lines; numbers are illustrations and need only be about right.
- `text title="damaged"`, with the one that follows it, `text title="restored"`; and `text title="left alone"`.
- `pycon`: doctests.

In `bash` blocks, which are not run, the commands and options of ligafix must exist.
"""

from __future__ import annotations

import doctest
import importlib
import re
import shlex
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click
import pytest

import ligafix.cli
from ligafix import Settings, clean

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]*)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
SHIFT, RATIO = 0.15, 0.5
"""Probabilities may be off by the one, counts by the other: they move whenever a table is built anew."""


@dataclass(frozen=True)
class Block:
    """A code block of a page."""

    page: Path
    line: int
    kind: str
    title: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.page.relative_to(ROOT)}:{self.line}"


def _blocks(page: Path) -> list[Block]:
    text = page.read_text(encoding="utf-8")
    return [Block(page, text.count("\n", 0, m.start()) + 1, m[1], m[2] or "", m[3]) for m in BLOCK.finditer(text)]


BLOCKS = [block for page in PAGES for block in _blocks(page)]


def _cases() -> Iterator[pytest.ParameterSet]:
    """Damaged texts with the settings that their titles name, and what comes of them."""
    for block, following in zip(BLOCKS, [*BLOCKS[1:], None], strict=True):
        if block.title == "left alone":
            yield pytest.param(block.text, block.text, Settings(), id=block.name)
        elif block.title.startswith("damaged"):
            assert following is not None
            assert following.title == "restored", following.name
            options = block.title.split()
            reflow, footnotes = "--reflow" in options, "end" if "--footnotes" in options else "keep"
            yield pytest.param(block.text, following.text, Settings(reflow=reflow, footnotes=footnotes), id=block.name)


def _pages_with(kind: str) -> list[pytest.ParameterSet]:
    pages = sorted({block.page for block in BLOCKS if block.kind == kind})
    return [pytest.param(page, id=str(page.relative_to(ROOT))) for page in pages]


@pytest.mark.parametrize(("damaged", "restored", "settings"), list(_cases()))
def test_the_texts_are_restored_as_shown(damaged: str, restored: str, settings: Settings) -> None:
    assert clean(damaged, settings).text == restored


@pytest.mark.parametrize("page", _pages_with("pycon"))
def test_the_python_examples_hold(page: Path) -> None:
    text = "\n".join(block.text for block in _blocks(page) if block.kind == "pycon")
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    failures: list[str] = []
    doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=failures.append)
    assert not "".join(failures)


@pytest.mark.parametrize("page", _pages_with("console"))
def test_the_commands_say_what_is_shown(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    for block in (block for block in _blocks(page) if block.kind == "console"):
        for command, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block.text, re.MULTILINE):
            status = ligafix.cli.run(_arguments(command))
            out, err = capfd.readouterr()
            assert status in (0, 1), (block.name, command, err)
            if shown:
                _compare(shown, out + err, f"{block.name}: {command}")


def _arguments(command: str) -> list[str]:
    """The arguments of a command, patterns expanded as a shell does it."""
    program, *words = shlex.split(command, comments=True)
    assert program == "ligafix", command
    return [name for word in words for name in (sorted(map(str, Path().glob(word))) if "*" in word else [word])]


def _compare(shown: str, said: str, where: str) -> None:
    """Hold what a page shows against what a command said."""
    parts = [_lines(part) for part in re.split(r"^…$\n", shown, flags=re.MULTILINE)]
    lines, at = _lines(said), 0
    for number, part in enumerate(parts):
        starts = range(at, len(lines) - len(part) + 1) if number else [at]
        place = next((s for s in starts if _alike(part, lines[s : s + len(part)])), None)
        assert place is not None, f"{where} says\n{said}"
        at = place + len(part)
    assert at == len(lines) or not parts[-1], f"{where} says more:\n{said}"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.split("\n") if line.strip()]


def _alike(shown: list[str], said: list[str]) -> bool:
    """Whether lines are the same but for their numbers, and for plurals and rules that follow from them."""
    one, other = "\n".join(shown), "\n".join(said)
    if _without_numbers(one) != _without_numbers(other):
        return False
    figures = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
    return all(_near(float(a.replace(",", "")), float(b.replace(",", ""))) for a, b in figures)


def _without_numbers(text: str) -> list[str]:
    text = NUMBER.sub("0", text)
    return re.sub("─+", "─", re.sub(r"(?<=0 )([a-z]+?)s?\b", r"\1", text)).split()


def _near(one: float, other: float) -> bool:
    return abs(one - other) <= max(SHIFT, RATIO * max(one, other))


COMMANDS = [
    pytest.param(line, id=f"{block.name}: {line}")
    for block in BLOCKS
    if block.kind in ("bash", "console")
    for line in block.text.split("\n")
    if re.match(r"(?:\$ )?ligafix \w", line)
]


@pytest.mark.parametrize("line", COMMANDS)
def test_the_commands_and_their_options_exist(line: str) -> None:
    words = shlex.split(re.split(r"[|>]", line.removeprefix("$ "))[0], comments=True)
    name = words[1]
    command: click.Command = getattr(importlib.import_module(f"ligafix.cli.{name}"), name)
    known = {option for parameter in command.params for option in parameter.opts}
    used = {word.split("=")[0] for word in words[2:] if re.match(r"--?[a-z]", word)}
    assert used <= known | {"-h", "--help"}
