"""What is to be changed in a text, and the proposals that say so: of whole words, and none over another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ligafix.changes import Candidate, Proposal


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of text and what belongs in its place; `after` is None where that is not known."""

    start: int
    end: int
    after: str | None
    rule: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    evidence: str = ""
    group: int | None = None


def to_proposals(text: str, edits: Iterable[Edit]) -> list[Proposal]:
    """Proposals for edits that do not overlap, widened to whole words and joined where they meet then."""
    wide = [_widen(text, edit) for edit in sorted(edits, key=lambda e: (e.start, e.end))]
    return [
        Proposal(e.start, e.end, e.after, e.rule, e.confidence, e.candidates, e.evidence, e.group)
        for e in _join(text, wide)
    ]


def _widen(text: str, edit: Edit) -> Edit:
    """The same edit of whole words; marks that leave no letters behind take the word before them along."""
    start, end = edit.start, edit.end
    if not (edit.after or "").strip():
        while start and text[start - 1].isspace() and text[start - 1] not in "\r\n\f":
            start -= 1
        while start and not text[start - 1].isspace():
            start -= 1
    while start and not text[start].isspace() and text[start].isalpha() and text[start - 1].isalpha():
        start -= 1
    while end < len(text) and text[end - 1].isalpha() and text[end].isalpha():
        end += 1
    return _stretch(text, edit, start, end)


def _stretch(text: str, edit: Edit, start: int, end: int) -> Edit:
    if edit.after is None:
        return replace(edit, start=start, end=end)
    head, tail = text[start : edit.start], text[edit.end : end]
    candidates = tuple(Candidate(head + c.text + tail, c.probability) for c in edit.candidates)
    return replace(edit, start=start, end=end, after=head + edit.after + tail, candidates=candidates)


def _join(text: str, edits: Sequence[Edit]) -> Iterator[Edit]:
    """Make one edit of those that overlap in the text that they take along."""
    last: Edit | None = None
    for edit in edits:
        if last is not None and edit.start < last.end:
            last = _merge(text, last, edit)
            continue
        if last is not None:
            yield last
        last = edit
    if last is not None:
        yield last


def _merge(text: str, first: Edit, second: Edit) -> Edit:
    """One edit for two of which the second only takes along what the first changed."""
    if first.after is None or second.after is None:
        return replace(first, end=max(first.end, second.end), after=None)
    common = text[second.start : first.end]
    after = first.after + second.after[len(common) :]
    confidence = min(first.confidence, second.confidence)
    return replace(first, end=second.end, after=after, confidence=confidence, candidates=())
