"""Changes: proposed by stages, applied to a source and undone again.

A stage answers with *proposals*, in the coordinates of the text it was given. A draft (`ligafix.draft`) makes of those
of all stages one list of *changes*, in the coordinates of the source, each with the steps that led to it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import count
from typing import Any, NamedTuple

from ligafix.columns import Columns
from ligafix.errors import ReplayError


class Status(StrEnum):
    """What became of a change."""

    APPLIED = "applied"
    SUGGESTED = "suggested"
    SUSPECTED = "suspected"
    REJECTED = "rejected"


class Candidate(NamedTuple):
    """One way to read a damaged place, and how probable it is among all ways."""

    text: str
    probability: float


class Proposal(NamedTuple):
    """What a stage would do to one place of the text it was given.

    `start` and `end` are code points of that text; the span covers whole words and is never empty. A proposal
    whose `after` is None marks a place that looks damaged and has no candidate. `page` is the printed number of
    the page that ends or begins here, as it was printed, where the change takes it out of the text.
    """

    start: int
    end: int
    after: str | None
    rule: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    evidence: str = ""
    group: int | None = None
    page: str | None = None


class Remedy(NamedTuple):
    """What a proposal says of its place, whatever place it is: its fields but for the span."""

    after: str | None
    rule: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    evidence: str = ""
    group: int | None = None
    page: str | None = None


class Proposals(Columns[Proposal, Remedy]):
    """What a stage proposes for a text; `said` are the remedies."""

    make = Proposal
    make_said = Remedy._make


class Step(NamedTuple):
    """One stage's part in a change."""

    stage: str
    rule: str
    before: str
    after: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()
    evidence: str = ""
    page: str | None = None


class Change(NamedTuple):
    """A span of the source (code points, end exclusive), what stood there and what stands there now.

    `confidence` is the probability that the change is right: the product of its steps', whatever a reviewer says.
    Applied changes never overlap; others may lie over them. For a suspected place `after` equals `before`.
    `decided_by` names the reviewer whose decision gave the change its status; None where nobody decided.
    """

    start: int
    end: int
    before: str
    after: str
    status: Status
    confidence: float
    steps: tuple[Step, ...]
    group: int | None = None
    decided_by: str | None = None


class Changes(Columns[Change, tuple[Any, ...]]):
    """The changes of a text, in order."""

    make = Change
    make_said = tuple


def apply_changes(source: str, changes: Iterable[Change]) -> str:
    """The output that the applied ones of `changes` make of `source`.

    Raises:
        ReplayError: a change does not fit the text, or two of them overlap.
    """
    pieces, at = [], 0
    for change in _applied(changes):
        if change.start < at or source[change.start : change.end] != change.before:
            raise ReplayError(f"the change at {change.start} does not fit the source: {change.before!r}")
        pieces += [source[at : change.start], change.after]
        at = change.end
    return "".join([*pieces, source[at:]])


def undo_changes(output: str, changes: Iterable[Change]) -> str:
    """The source that the applied ones of `changes` made `output` from.

    Raises:
        ReplayError: a change does not fit the text, or two of them overlap.
    """
    pieces, at, moved = [], 0, 0
    for change in _applied(changes):
        start = change.start + moved
        end = start + len(change.after)
        if start < at or output[start:end] != change.after:
            raise ReplayError(f"the change at {change.start} does not fit the output: {change.after!r}")
        pieces += [output[at:start], change.before]
        at = end
        moved += len(change.after) - len(change.before)
    return "".join([*pieces, output[at:]])


def take(proposals: list[Proposal]) -> Iterator[Proposal]:
    """Proposals in order, none of which is kept in their list: of a long text they are many."""
    proposals.reverse()
    while proposals:
        yield proposals.pop()


def replace_sign(change: Change, old: str, new: str) -> Change:
    """The same change of a text that has another sign, of one code point, for one of its own."""
    steps = tuple(
        step._replace(
            before=step.before.replace(old, new),
            after=step.after.replace(old, new),
            candidates=tuple(c._replace(text=c.text.replace(old, new)) for c in step.candidates),
        )
        for step in change.steps
    )
    return change._replace(before=change.before.replace(old, new), after=change.after.replace(old, new), steps=steps)


def _applied(changes: Iterable[Change]) -> list[Change]:
    return sorted((c for c in changes if c.status == Status.APPLIED), key=lambda c: c.start)


def place_of(change: Change) -> tuple[int, int, bool]:
    """What changes are sorted by: their places, and of one place the applied ones first."""
    return change.start, change.end, change.status != Status.APPLIED


def join_groups(memberships: Sequence[frozenset[int]]) -> list[int | None]:
    """Number the groups of changes; a change in two groups joins them, and a group of one is none.

    >>> join_groups([frozenset({7}), frozenset({7, 9}), frozenset(), frozenset({8}), frozenset({9})])
    [1, 1, None, None, 1]
    """
    joined: dict[int, set[int]] = {}
    for groups in filter(None, memberships):
        whole = set().union(*(joined.get(group, {group}) for group in groups))
        joined.update(dict.fromkeys(whole, whole))
    wholes = [min(joined[next(iter(groups))]) if groups else None for groups in memberships]
    sizes = Counter(wholes)
    numbers: defaultdict[int, int] = defaultdict(count(1).__next__)
    return [None if whole is None or sizes[whole] == 1 else numbers[whole] for whole in wholes]
