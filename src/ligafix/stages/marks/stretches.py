"""The lines of a text that this stage looks at: those with marks or accents, and what stands around them.

A text of a megabyte may have marks in a few dozen lines. What is proposed depends on nothing but them, so the stage is
shown these lines alone: it need not look through the others, and where a text is looked at again, it knows at once
whether they are the same.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from ligafix.changes import Proposal
from ligafix.stages.marks.sites import LETTERS
from ligafix.stages.marks.tables import ACCENTED, ANY_OF_MARKS, OVER

AROUND = 150
"""So many code points around its lines belong to a stretch at least: code between backticks reaches no farther."""

PARTING = "\f\n"
"""What stands before a stretch that is shown, but for the beginning of the text: nothing reaches across a form feed."""

_SIGNS = "".join(map(re.escape, sorted(ANY_OF_MARKS)))
_TELLING = re.compile(f"[{_SIGNS}]|{ACCENTED.pattern}|{OVER.pattern}".replace("]|[", ""))
"""What may be a mark, bear one, or tell how the text writes its words."""


class Stretches:
    """Some stretches of a text, as one text to be shown.

    Attributes:
        shown: the stretches one after the other, each but the beginning of the text behind a `PARTING`.
    """

    def __init__(self, text: str) -> None:
        self._shown_at: list[int] = []
        self._text_at: list[int] = []
        pieces: list[str] = []
        at = 0
        for start, end in _find_stretches(text):
            pieces += [PARTING if start else "", text[start:end]]
            at += len(pieces[-2])
            self._shown_at.append(at)
            self._text_at.append(start)
            at += end - start
        self.shown = "".join(pieces)

    def to_text(self, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
        """Proposals for what is shown as proposals for the text."""
        for proposal in proposals:
            number = bisect_right(self._shown_at, proposal.start) - 1
            moved = self._text_at[number] - self._shown_at[number]
            yield proposal._replace(start=proposal.start + moved, end=proposal.end + moved)


def _find_stretches(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of whole lines, in order and apart.

    Around its lines with marks each has a line of words at least: strayed marks may belong to the one before, and a
    line of nothing but marks to the one behind.
    """
    start = end = at = words = 0
    while (found := _TELLING.search(text, at)) is not None:
        line, at = _line_start(text, found.start()), _line_end(text, found.start())
        first = _go_back(text, line, end) if line > end else end
        if first > end:
            if end:
                yield start, end
            start = first
        end = max(end, at)
        while end < len(text) and (end - at < AROUND or words <= at):
            behind = _line_end(text, end)
            if LETTERS.search(text, end, behind):
                words = behind
            end = behind
    if end:
        yield start, end


def _go_back(text: str, line: int, least: int) -> int:
    """Where a stretch starts before a line, no farther back than some place."""
    start, has_words = line, False
    while start > least and (line - start < AROUND or not has_words):
        before = max(least, _line_start(text, start - 1))
        has_words = has_words or LETTERS.search(text, before, start) is not None
        start = before
    return start


def _line_start(text: str, place: int) -> int:
    return text.rfind("\n", 0, place) + 1


def _line_end(text: str, place: int) -> int:
    """Where the line of a place ends, with the line feed."""
    return text.find("\n", place) + 1 or len(text)
