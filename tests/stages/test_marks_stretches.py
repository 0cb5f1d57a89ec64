"""The stage `marks` is shown the lines with marks alone, and remembers them: it proposes what it would for all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from ligafix.changes import Proposal
from ligafix.lexicon.readings import Vocabulary
from ligafix.stages import marks
from ligafix.stages.marks import restoring, sites
from ligafix.stages.marks.wording import Words

WORDS = Words(Vocabulary({"en": 1.0}).frequency_anywhere)

PROSE = "The engineers measured the tide for nine weeks and found that it stood lower than the charts had it"
LINES = st.sampled_from(
    [
        PROSE, PROSE, PROSE, "", "12", "1 234 567", "a\fb", "In G¨odel, Escher, Bach", "Kensuke Shanado, Nyudan",
        " ̄ ̄", "Sh ̄okun o yomu ̄", "caf´e au lait", "the `led` of a `board", "and ` more", "naïve", "e\u0301te\u0301",
        "3\u0304", "M ¨unchen \r und", "`" * 2 + "quoted" + "´´", "x" * 140 + "`",
    ]
)  # fmt: skip


class Whole:
    """All of a text, to be shown."""

    def __init__(self, text: str) -> None:
        self.shown = text

    def to_text(self, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
        return iter(proposals)


def told(proposals: Iterable[Proposal]) -> list[tuple[object, ...]]:
    """What proposals say but for the numbers of their groups: of each the first member's place instead."""
    first: dict[int, int] = {}
    found: list[tuple[object, ...]] = []
    for p in proposals:
        group = None if p.group is None else first.setdefault(p.group, p.start)
        found.append((p.start, p.end, p.after, p.rule, p.confidence, p.candidates, p.evidence, group))
    return found


@given(st.lists(LINES, max_size=30).map("\n".join))
@example("\n".join(["o", *["7"] * 200, "Sh ̄okun ̄", *["8"] * 200, "b", PROSE, PROSE, PROSE, "¨", "", "c"]))
@settings(deadline=None, max_examples=150)
def test_the_lines_with_marks_and_those_around_tell_as_much_as_all(text: str) -> None:
    shown = marks.propose(text, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "Stretches", Whole)
        assert told(shown) == told(marks.propose(text, WORDS))


@given(st.lists(LINES, max_size=12).map("\n".join))
@settings(deadline=None, max_examples=50)
def test_what_is_remembered_is_what_was_proposed(text: str) -> None:
    remembered = marks.propose(text, WORDS), marks.propose(text, WORDS)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(restoring, "LONGEST_REMEMBERED", -1)
        assert remembered == (marks.propose(text, WORDS),) * 2


@given(st.text("ab` ´\n\f", max_size=30))
def test_quoted_code_is_found_by_its_sign(text: str) -> None:
    assert [m.span() for m in sites._find_code(text)] == [m.span() for m in sites._CODE.finditer(text)]
