"""The report's colours can be read in both themes (WCAG 2.2, AA: 1.4.3 and 1.4.11)."""

import re

import pytest

from ligafix.audit.report import ASSETS

STYLE = (ASSETS / "report.css").read_text(encoding="utf-8")
COLOURS = dict(re.findall(r"--([\w-]+): light-dark\(([^)]*)\)", STYLE))
PAPERS = ("paper", "card", "sunk")
TEXT = 4.5
"""The least contrast of text."""
SHAPE = 3.0
"""The least contrast of what a control or a diagram is known by."""


def luminance(colour: str) -> float:
    channels = (int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, theme: int) -> float:
    a, b = (luminance(COLOURS[name].split(", ")[theme]) for name in (one, other))
    return (max(a, b) + 0.05) / (min(a, b) + 0.05)


TEXTS = [
    *((ink, paper) for ink in ("ink", "soft", "accent", "status-ink", "ins-ink", "del-ink") for paper in PAPERS),
    *((f"{kind}-ink", f"{kind}-paper") for kind in ("del", "ins", "edit")),
    ("on-accent", "accent"),
    ("ink", "ins-paper"),
]
SHAPES = [
    *(("edge", paper) for paper in PAPERS),
    *((status, "card") for status in ("applied", "suggested", "suspected", "rejected")),
    *((f"{kind}-ink", "paper") for kind in ("del", "ins", "edit")),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), TEXTS)
def test_text_stands_out(ink: str, paper: str, theme: int) -> None:
    assert contrast(ink, paper, theme) >= TEXT


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("shape", "paper"), SHAPES)
def test_shapes_stand_out(shape: str, paper: str, theme: int) -> None:
    assert contrast(shape, paper, theme) >= SHAPE


def test_every_colour_is_used_and_no_other() -> None:
    for name in COLOURS:
        assert f"var(--{name})" in STYLE, name
    rules = STYLE[STYLE.index("*, ::before") :]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#0006", "#14120e80"}  # the shadow around dialogs
