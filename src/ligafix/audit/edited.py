"""Undoing changes in a text that was edited since: those that still stand are found again, the others are left.

The log knows where each change stood and how far apart they were. What an editor adds or removes moves all that
follows by the same distance; so where a change is not found, the distance is looked for at which the next changes
stand as far apart as they did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ligafix.changes import Change, Status

WITNESSES = 3
"""How many of the next changes must agree on a new distance: three that stand right by chance are very rare."""

NEXT = 8
"""How many of the next changes are asked."""

REACH = 4000
"""How far (code points) an edit may move the text for the changes behind it to be found: a long paragraph."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a change stood in the output."""

    change: Change
    start: int

    def stands(self, text: str, distance: int) -> bool:
        """Whether its text stands there, moved by a distance."""
        start = self.start + distance
        return start >= 0 and text.startswith(self.change.after, start)


def undo_matching(text: str, changes: Iterable[Change]) -> tuple[str, tuple[Change, ...]]:
    """Undo the applied changes that still stand in a text.

    Args:
        text: the output of the changes, edited.
        changes: the changes.

    Returns:
        The text without them, and the applied changes that were not found.
    """
    pieces, left, at = [], [], 0
    for spot, start in _find(text, list(_spots(changes))):
        if start is None or start < at:
            left.append(spot.change)
            continue
        pieces += [text[at:start], spot.change.before]
        at = start + len(spot.change.after)
    return "".join([*pieces, text[at:]]), tuple(left)


def _spots(changes: Iterable[Change]) -> Iterator[_Spot]:
    moved = 0
    for change in sorted((c for c in changes if c.status == Status.APPLIED), key=lambda c: c.start):
        yield _Spot(change, change.start + moved)
        moved += len(change.after) - len(change.before)


def _find(text: str, spots: Sequence[_Spot]) -> Iterator[tuple[_Spot, int | None]]:
    """Where each change stands now; None where it does not, or where that is not sure."""
    distance = 0
    for number, spot in enumerate(spots):
        if not _is_sure(text, spots, number, distance):
            distance = _find_distance(text, spots[number : number + NEXT], distance)
        sure = _is_sure(text, spots, number, distance)
        yield spot, spot.start + distance if sure else None


def _is_sure(text: str, spots: Sequence[_Spot], number: int, distance: int) -> bool:
    """Whether a change stands at a distance. What left nothing behind is known by its neighbours alone."""
    if spots[number].change.after:
        return spots[number].stands(text, distance)
    around = [*spots[max(0, number - 1) : number], *spots[number + 1 : number + 2]]
    return bool(around) and all(spot.change.after and spot.stands(text, distance) for spot in around)


def _find_distance(text: str, spots: Sequence[_Spot], distance: int) -> int:
    """The distance at which most of some changes stand, the old one where none is sure."""
    votes: Counter[int] = Counter()
    for spot in spots:
        if spot.change.after:
            votes.update(_distances(text, spot, distance))
    asked = sum(bool(spot.change.after) for spot in spots)
    best, found = max(votes.items(), key=lambda vote: (vote[1], -abs(vote[0] - distance)), default=(distance, 0))
    return best if found >= max(1, min(WITNESSES, asked)) and _is_alone(votes, found) else distance


def _is_alone(votes: Counter[int], found: int) -> bool:
    """Whether no other distance has as many votes; of one vote there is only one."""
    return sum(number == found for number in votes.values()) == 1


def _distances(text: str, spot: _Spot, distance: int) -> Iterator[int]:
    """The distances, near the last one, at which the text of a change stands."""
    expected = spot.start + distance
    end = expected + REACH
    at = text.find(spot.change.after, max(0, expected - REACH), end)
    while at >= 0:
        yield at - spot.start
        at = text.find(spot.change.after, at + 1, end)
