"""Changes stand as marked words in their lines."""

from pathlib import Path

import pytest

from ligafix.audit.collect import read_document
from ligafix.audit.words import mark_lines
from tests.audit.test_chain import write_run


def marked(data: bytes, folder: Path, *, source: bool = True) -> list[str]:
    """The marked lines of a text that the fake cleaner cleaned."""
    document = read_document(write_run(folder / "a", folder / "b", data=data))
    return [f"{m.line} {m.to_plain()}" for m in mark_lines(document, document.read_source() if source else None)]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"the rst of\nall", ["1 the [-rst-]{+first+} of"]),
        (b"a rst led rst xq\r\n", ["1 a [-rst-]{+first+} [-led-]{?filed?} [-rst-]{+first+} {?xq?}"]),
        (b"one\na signi-\ncant end\n", ["2 a [-signi-⏎cant-]{+significant⏎+} end"]),
        (b"\x0c rst", ["1 ␌ [-rst-]{+first+}"]),
        (b"x" * 300 + b" rst", [f"1 {'x' * 99} [-rst-]{{+first+}}"]),
        (b"rst " + b"x" * 300 + b" rst", [f"1 [-rst-]{{+first+}} {'x' * 99} … {'x' * 99} [-rst-]{{+first+}}"]),
    ],
)
def test_a_line_shows_its_changes(data: bytes, lines: list[str], tmp_path: Path) -> None:
    assert marked(data, tmp_path) == lines


def test_without_the_source_the_changes_stand_alone(tmp_path: Path) -> None:
    assert marked(b"a rst b led", tmp_path, source=False) == ["1 [-rst-]{+first+} … [-led-]{?filed?}"]


def test_colours_take_the_place_of_brackets(tmp_path: Path) -> None:
    document = read_document(write_run(tmp_path / "a", tmp_path / "b", data=b"the rst xq"))
    (line,) = mark_lines(document, document.read_source())
    assert line.to_text().plain == "the rst→first xq"
    assert [span.style for span in line.to_text().spans if span.style] == [
        "red strike", "dim", "bold green", "bold magenta",
    ]  # fmt: skip
