"""What decisions make of the changes of a log: other statuses, other texts, and so another output.

- An accepted change is applied, a rejected one is not: its source text comes back. An edited one has the reviewer's
  text. Confidences stay what they were: the program's own opinion.
- A series that is rejected or edited changes only its own step, where that step can be told apart in the change;
  otherwise the whole change goes back, or an edit is left undone.
- A group stays whole. One member rejected rejects it, one member of a suggested group accepted or edited accepts it.
- A suggestion that was made on top of applied changes takes them in. Where one of these was rejected, edited or
  changed again, or two accepted suggestions overlap, the suggestion stays one.

What could not be done is told, never done by half.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ligafix.audit.decisions import Decision, Key, PlaceKey, Verdict
from ligafix.audit.series import REVIEW_STAGE, as_proposed, place_key, series_of, step_key, steps_in_question
from ligafix.changes import Change, Status, Step, join_groups, place_of

UNNAMED = "unnamed"
"""What a log calls a reviewer who gave no name."""


@dataclass(frozen=True, slots=True)
class Unmet:
    """A decision that was not carried out at a place, and why."""

    change: Change
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of decisions.

    Attributes:
        changes: all changes, as they stand now.
        decided: how many of them a decision settled.
        unmet: what could not be done.
        unmatched: the decisions about places of this source that the log knows no change for.
        matched: those that are about a change of the log, also where another decision goes before.
    """

    changes: Sequence[Change]
    decided: int
    unmet: tuple[Unmet, ...]
    unmatched: tuple[PlaceKey, ...]
    matched: frozenset[Key]


@dataclass(frozen=True, slots=True)
class _Ruling:
    """What is to stand in the place of a change, None for its source text, and who says so."""

    text: str | None
    reviewer: str


_Rulings = dict[int, _Ruling]
"""By the numbers of the changes."""


def apply_decisions(
    source: str, changes: Sequence[Change], decisions: Mapping[Key, Decision], reviewer: str | None = None
) -> Outcome:
    """Carry out decisions on the changes of one log.

    Args:
        source: the SHA-256 of the source's bytes.
        changes: the changes, as the log has them.
        decisions: what reviewers decided about these and other changes.
        reviewer: who decided where a decision names nobody.
    """
    rulings: _Rulings = {}
    unmet: list[Unmet] = []
    for number, change in enumerate(changes):
        decided = _find_decisions(source, change, decisions)
        ruling = _rule(as_proposed(change), decided, reviewer or UNNAMED) if decided else None
        if ruling:
            rulings[number] = ruling
        elif decided:
            unmet.append(Unmet(change, "what the series' edit is about cannot be told apart here; edit this place"))
    unmet += _rule_groups(changes, rulings)
    settled, stuck = _settle(changes, rulings)
    known: set[Key] = {place_key(source, change) for change in changes}
    known.update(key for change in changes for key in series_of(change))
    unmatched = (k for k in decisions if isinstance(k, PlaceKey) and k.source == source and k not in known)
    matched = frozenset(known.intersection(decisions))
    return Outcome(settled, len(rulings) - len(stuck), (*unmet, *stuck), tuple(unmatched), matched)


def rewrite(change: Change, results: Mapping[int, str]) -> str | None:
    """The text of a change, had some of its steps had other results; None where that cannot be told.

    The steps are taken back, the last one first, to the earliest in question, and made again. A step can be taken
    back where its text stands exactly once.

    Args:
        change: the change.
        results: what each step in question, by its number, is to make instead.
    """
    first = min(results)
    text: str | None = change.after
    for step in reversed(change.steps[first:]):
        text = _swap(text, step.after, step.before)
    for number, step in enumerate(change.steps[first:], start=first):
        text = _swap(text, step.before, results.get(number, step.after))
    return text


def _swap(text: str | None, old: str, new: str) -> str | None:
    """A text with another piece in the place of the one and only; None if it is not that."""
    if not text or not old or old not in text or text.find(old) != text.rfind(old):
        return None
    return text.replace(old, new)


def _find_decisions(source: str, change: Change, decisions: Mapping[Key, Decision]) -> Mapping[Key, Decision]:
    """What was decided about a change: about its place, or else about the series that it belongs to."""
    place = place_key(source, change)
    if place in decisions:
        return {place: decisions[place]}
    return {key: decisions[key] for key in series_of(change) if key in decisions}


def _rule(change: Change, decided: Mapping[Key, Decision], reviewer: str) -> _Ruling | None:
    """What is to become of a change; None where that cannot be told."""
    by = ", ".join(dict.fromkeys(decision.reviewer or reviewer for decision in decided.values()))
    for key, decision in decided.items():
        if isinstance(key, PlaceKey):
            text = change.after if decision.verdict == Verdict.ACCEPT else decision.text
            return _to_ruling(change, text, by)
    results = _results(change, decided)
    if not results:
        return _Ruling(change.after, by)
    if change.status in (Status.SUGGESTED, Status.REJECTED) and _are_rejections(decided):
        return _Ruling(None, by)  # what does not stand in the output does not get there by a rejection
    if all(results.get(n) == change.steps[n].before for n in steps_in_question(change)):
        return _Ruling(None, by)
    text = rewrite(change, results)
    if text is None and all(decision.verdict != Verdict.REJECT for decision in decided.values()):
        return None
    return _to_ruling(change, text, by)


def _are_rejections(decided: Mapping[Key, Decision]) -> bool:
    return all(decision.verdict == Verdict.REJECT for decision in decided.values())


def _to_ruling(change: Change, text: str | None, by: str) -> _Ruling:
    """A ruling; to write what the source has is to reject, unless nothing else was proposed."""
    return _Ruling(None if text == change.before != change.after else text, by)


def _results(change: Change, decided: Mapping[Key, Decision]) -> dict[int, str]:
    """What the steps whose series were rejected or edited are to make, by their numbers."""
    results = {}
    for number in steps_in_question(change):
        step = change.steps[number]
        decision = decided.get(step_key(step))
        if decision and decision.verdict != Verdict.ACCEPT:
            results[number] = step.before if decision.text is None else decision.text
    return results


def _rule_groups(changes: Sequence[Change], rulings: _Rulings) -> list[Unmet]:
    """Make the rulings about the members of each group agree; answers with those that had to give way."""
    groups: defaultdict[int, list[int]] = defaultdict(list)
    for number, change in enumerate(changes):
        if change.group is not None:
            groups[change.group].append(number)
    unmet = []
    for members in groups.values():
        rejected = [n for n in members if n in rulings and rulings[n].text is None]
        ruled = [n for n in members if n in rulings]
        if rejected:
            overruled = [n for n in ruled if n not in rejected]
            unmet += [Unmet(changes[n], "another member of its group was rejected") for n in overruled]
            rulings.update((n, rulings[rejected[0]]) for n in members if n not in rejected)
        elif ruled:
            by = rulings[ruled[0]].reviewer
            left = (n for n in members if n not in ruled and changes[n].status != Status.APPLIED)
            rulings.update((n, _Ruling(as_proposed(changes[n]).after, by)) for n in left)
    return unmet


class _Board:
    """Which changes stand, while rulings are carried out: applied ones never overlap."""

    def __init__(self, changes: Sequence[Change], rulings: _Rulings) -> None:
        self._old = changes
        self._rulings = rulings
        self._new = dict(enumerate(changes))
        self._groups = [frozenset(() if c.group is None else (c.group,)) for c in changes]
        self._placed: set[int] = set()
        for number, ruling in rulings.items():
            if not self._is_new(number):
                self._new[number] = _decide(changes[number], ruling)
        self._standing = sorted((n for n, c in self._new.items() if c.status == Status.APPLIED), key=self._start)

    def units(self) -> list[list[int]]:
        """What is to be applied and was not: changes alone or whole groups, the most certain first."""
        found: defaultdict[object, list[int]] = defaultdict(list)
        for number in filter(self._is_new, self._rulings):
            group = self._old[number].group
            found[("alone", number) if group is None else group].append(number)
        return sorted(found.values(), key=lambda unit: min((-self._old[n].confidence, n) for n in unit))

    def place(self, unit: Collection[int]) -> bool:
        """Apply changes that were not, all or none of them; answers whether that could be done."""
        in_order = sorted(unit, key=self._start)
        if any(self._old[a].end > self._old[b].start for a, b in pairwise(in_order)):
            return False
        if not all(self._fits(number) for number in unit):
            return False
        for number in in_order:
            for beneath in self._beneath(number):
                self._standing.remove(beneath)
                del self._new[beneath]
                self._groups[number] |= self._groups[beneath]
            self._standing.insert(bisect_left(self._standing, self._start(number), key=self._start), number)
            self._new[number] = _decide(self._old[number], self._rulings[number])
        self._placed.update(unit)
        return True

    def changes(self) -> tuple[Change, ...]:
        """All changes as they stand, in source order, their groups numbered anew."""
        found = sorted(self._new, key=lambda number: place_of(self._new[number]))
        numbers = join_groups([self._groups[number] for number in found])
        return tuple(self._new[n]._replace(group=group) for n, group in zip(found, numbers, strict=True))

    def _start(self, number: int) -> int:
        return self._old[number].start

    def _is_new(self, number: int) -> bool:
        """Whether a ruling makes applied what was not."""
        change, text = self._old[number], self._rulings[number].text
        if change.status == Status.SUSPECTED and text == change.after:
            return False
        return change.status != Status.APPLIED and text is not None

    def _beneath(self, number: int) -> list[int]:
        """The standing changes that one overlaps."""
        change = self._old[number]
        first = bisect_right(self._standing, change.start, key=lambda n: self._old[n].end)
        last = bisect_left(self._standing, change.end, key=self._start)
        return self._standing[first:last]

    def _fits(self, number: int) -> bool:
        """Whether a change stands on what it was made on: the very changes that its first steps tell of."""
        change, beneath = self._old[number], self._beneath(number)
        steps = tuple(step for n in beneath for step in self._new[n].steps)
        within = all(change.start <= self._old[n].start and self._old[n].end <= change.end for n in beneath)
        made_on = not steps if change.status == Status.REJECTED else steps == as_proposed(change).steps[:-1]
        return within and made_on and self._placed.isdisjoint(beneath)


def _settle(changes: Sequence[Change], rulings: _Rulings) -> tuple[tuple[Change, ...], list[Unmet]]:
    """The changes as they stand after the rulings, and the suggestions that could not be applied."""
    board = _Board(changes, rulings)
    stuck = [number for unit in board.units() if not board.place(unit) for number in unit]
    reason = "what stands at its place is not what it was made on"
    return board.changes(), [Unmet(changes[number], reason) for number in stuck]


def _decide(change: Change, ruling: _Ruling) -> Change:
    """A change as a reviewer wants it."""
    proposed = as_proposed(change)._replace(decided_by=ruling.reviewer)
    if ruling.text is None:
        return proposed._replace(status=Status.REJECTED)
    if ruling.text != proposed.after:
        edit = Step(REVIEW_STAGE, "edit", proposed.after, ruling.text, 1.0)
        return proposed._replace(after=ruling.text, status=Status.APPLIED, steps=(*proposed.steps, edit))
    if change.status == Status.SUSPECTED:
        return proposed
    return proposed._replace(status=Status.APPLIED)
