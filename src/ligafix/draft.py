"""A draft: a text on its way from source to output, with the way back.

It takes what each stage proposes for the text as it stands then, applies what is certain enough and does not overlap,
and remembers for each place where it came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, count
from operator import attrgetter, mul
from typing import TypeVar

from ligafix.changes import Change, Proposal, Status, Step, join_groups, take
from ligafix.patches import Patch, Patches
from ligafix.spans import replace_spans

Member = TypeVar("Member", Proposal, Change)


class Draft:
    """A text on its way from source to output, with the way back."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._patches = Patches()
        self._groups: dict[int, frozenset[int]] = {}  # of patches that have any, by where they start in the source
        self._noted: list[tuple[Change, frozenset[int]]] = []
        self._group_numbers = count()
        self._rows: dict[Step, tuple[Step]] = {}  # one object for equal ones: a long text has the same words again

    def apply(self, stage: str, proposals: Iterable[Proposal], threshold: float) -> bool:
        """Apply what is at least as certain as `threshold`; keep the rest as suggested or suspected.

        Of two proposals that overlap, the more certain one stands, or else the first, and the other is
        dropped. Proposals of one group are applied together or not at all. Says whether the text is another one now.
        """
        accepted, noted = _sort_out(self._number_groups(proposals), threshold)
        for proposal in noted:
            self._note(stage, proposal)
        before = self.text
        if accepted:
            self._patch(stage, take(accepted))
        return self.text != before

    def changes(self) -> tuple[Change, ...]:
        """All changes so far, in source order; of one place the applied ones come first."""
        same: dict[str, str] = {}  # one object for equal ones
        applied = (change for patch in self._patches if (change := self._change(patch, same)).before != change.after)
        noted = {id(change): groups for change, groups in self._noted}
        found = _in_order(chain(applied, (change for change, _ in self._noted)))
        of_all = (noted.get(id(change), self._groups.get(change.start)) for change in found)
        grouped = {place: groups for place, groups in enumerate(of_all) if groups}
        for place, number in zip(grouped, join_groups(list(grouped.values())), strict=True):
            found[place] = found[place]._replace(group=number)
        return tuple(found)

    def _number_groups(self, proposals: Iterable[Proposal]) -> Iterator[Proposal]:
        """The same proposals, their groups told apart from those of other stages."""
        numbers: defaultdict[int, int] = defaultdict(self._group_numbers.__next__)
        return (p if p.group is None else p._replace(group=numbers[p.group]) for p in proposals)

    def _change(self, patch: Patch, same: dict[str, str]) -> Change:
        before = self.source[patch.source_start : patch.source_end]
        after = self.text[patch.start : patch.end]
        before, after = same.setdefault(before, before), same.setdefault(after, after)
        span = (patch.source_start, patch.source_end)
        return Change(*span, before, after, Status.APPLIED, _confidence(patch.steps), patch.steps)

    def _note(self, stage: str, proposal: Proposal) -> None:
        """Log a proposal that is not applied, over the smallest stretch of source that holds it whole."""
        touched, start, end = self._widen(proposal.start, proposal.end)
        source_start, source_end = self._patches.to_source(start), self._patches.to_source(end, is_end=True)
        before = self.source[source_start:source_end]
        seen = self.text[proposal.start : proposal.end]
        if proposal.after is None:
            after, step_after, status = before, seen, Status.SUSPECTED
        else:
            after = self.text[start : proposal.start] + proposal.after + self.text[proposal.end : end]
            step_after, status = proposal.after, Status.SUGGESTED
        steps = _steps(touched) + self._row(stage, proposal, seen, step_after)
        change = Change(source_start, source_end, before, after, status, _confidence(steps), steps)
        self._noted.append((change, _groups([proposal])))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest stretch of the source that a stretch of the text, not empty, came from."""
        _, start, end = self._widen(start, end)
        return self._patches.to_source(start), self._patches.to_source(end, is_end=True)

    def _widen(self, start: int, end: int) -> tuple[list[Patch], int, int]:
        """The patches that a stretch of the draft overlaps, and the stretch that holds them whole."""
        touched = self._patches.between(start, end)
        if touched:
            start, end = min(start, touched[0].start), max(end, touched[-1].end)
        return touched, start, end

    def _patch(self, stage: str, proposals: Iterator[Proposal]) -> None:
        """Apply proposals that are sorted and do not overlap, merging them with the patches they touch."""
        patches = Patches()
        self.text = replace_spans(self.text, self._merge(stage, proposals, patches))
        patches.close()
        self._patches = patches

    def _merge(self, stage: str, proposals: Iterator[Proposal], patches: Patches) -> Iterator[tuple[int, int, str]]:
        """What to put in the place of stretches of the text; what are the patches then is added to `patches`."""
        to_source = 0  # what leads from the old text to the source, behind the last patch
        moved = 0  # what leads from the old text to the new one
        for touched, group in _clusters(self._patches.take(), proposals):
            if not group and len(touched) == 1:
                source_start, source_end, start, end, steps = touched[0]
                to_source = source_end - end
                patches.append(Patch(source_start, source_end, start + moved, end + moved, steps))
                continue
            start, end = _span([*touched, *group])
            source_start = start + to_source
            if touched:
                to_source = touched[-1].source_end - touched[-1].end
            after = self._rewrite(start, end, group)
            yield start, end, after
            rows = [self._row(stage, p, self.text[p.start : p.end], p.after or "") for p in group]
            steps = rows[0] if len(rows) == 1 and not touched else (*_steps(touched), *chain.from_iterable(rows))
            groups = _groups(group).union(*(self._groups.pop(patch.source_start, _NO_GROUPS) for patch in touched))
            if groups:
                self._groups[source_start] = groups
            new_start = start + moved
            moved += len(after) - (end - start)
            patches.append(Patch(source_start, end + to_source, new_start, end + moved, steps))

    def _row(self, stage: str, proposal: Proposal, before: str, after: str) -> tuple[Step]:
        """The step that a proposal is, as a row of one."""
        why = (proposal.confidence, proposal.candidates, proposal.evidence, proposal.page)
        step = Step(stage, proposal.rule, before, after, *why)
        return self._rows.setdefault(step, (step,))

    def _rewrite(self, start: int, end: int, proposals: Sequence[Proposal]) -> str:
        pieces = []
        for proposal in proposals:
            pieces += [self.text[start : proposal.start], proposal.after or ""]
            start = proposal.end
        return "".join([*pieces, self.text[start:end]])


def _sort_out(proposals: Iterable[Proposal], threshold: float) -> tuple[list[Proposal], list[Proposal]]:
    """Part proposals into those to apply, which are sorted and do not overlap, and those to note."""
    ordered = _in_order(proposals)
    certainty: dict[int | None, float] = {}  # proposals of a group are as certain as the least certain of them
    for proposal in ordered:
        if proposal.group is not None and proposal.after is not None:
            certainty[proposal.group] = min(proposal.confidence, certainty.get(proposal.group, proposal.confidence))
    certain: list[Proposal] = []
    noted: list[Proposal] = []
    for proposal in ordered:
        is_certain = certainty.get(proposal.group, proposal.confidence) >= threshold
        (certain if is_certain and proposal.after is not None else noted).append(proposal)
    return _choose(certain), noted


def _in_order(members: Iterable[Member]) -> list[Member]:
    """Sorted by their starts and then their ends: twice, since a key of both would be another object for each."""
    found = list(members)
    found.sort(key=attrgetter("end"))
    found.sort(key=attrgetter("start"))
    return found


def _choose(proposals: list[Proposal]) -> list[Proposal]:
    """What does not overlap anything more certain, in order, of some that are; groups whole or not at all."""
    disputed = _find_disputed(proposals)
    if not disputed:
        return proposals
    groups = {p.group for p in proposals if id(p) in disputed} - {None}
    free: list[Proposal] = []
    contested: list[Proposal] = []
    for proposal in proposals:
        (contested if id(proposal) in disputed or proposal.group in groups else free).append(proposal)
    chosen: list[Proposal] = []
    for unit in sorted(_units(contested), key=_certainty, reverse=True):
        trial = chosen.copy() if len(unit) > 1 else chosen
        if all(_insert(trial, proposal) for proposal in unit):
            chosen = trial
    return _in_order([*free, *chosen])


def _find_disputed(proposals: Iterable[Proposal]) -> set[int]:
    """Those (by identity) of some in order that overlap others: few, and only they are weighed against each other."""
    found: set[int] = set()
    last: Proposal | None = None  # of those so far, the one that reaches farthest
    for proposal in proposals:
        if last is not None and proposal.start < last.end:
            found |= {id(last), id(proposal)}
        if last is None or proposal.end > last.end:
            last = proposal
    return found


def _units(proposals: Iterable[Proposal]) -> list[list[Proposal]]:
    """Those of a group together, and each of the others by itself."""
    units: list[list[Proposal]] = []
    groups: dict[int | None, list[Proposal]] = {}
    for proposal in proposals:
        if proposal.group in groups:
            groups[proposal.group].append(proposal)
            continue
        units.append([proposal])
        if proposal.group is not None:
            groups[proposal.group] = units[-1]
    return units


def _certainty(unit: Sequence[Proposal]) -> float:
    """Proposals that were decided together are as certain as the least certain of them."""
    return min(map(_CONFIDENCE, unit))


_CONFIDENCE: Callable[[Proposal | Step], float] = attrgetter("confidence")


def _insert(chosen: list[Proposal], proposal: Proposal) -> bool:
    """Put a proposal among others that are sorted and do not overlap, unless it overlaps one."""
    place = bisect_left(chosen, proposal.end, key=lambda p: p.start)
    if place > 0 and chosen[place - 1].end > proposal.start:
        return False
    chosen.insert(place, proposal)
    return True


def _clusters(patches: Iterable[Patch], proposals: Iterator[Proposal]) -> Iterator[tuple[list[Patch], list[Proposal]]]:
    """Groups of patches and proposals that overlap, in the order of the text.

    A patch that left nothing behind (its stretch was removed) belongs to a proposal that touches it, so that
    no two changes ever claim the same place.
    """
    touched: list[Patch] = []
    group: list[Proposal] = []
    end = -1
    for item in _in_turn(patches, proposals):
        apart = item.start >= end and not (item.start == end and _empty(item, touched))
        if apart and (touched or group):
            yield touched, group
            touched, group = [], []
        if isinstance(item, Patch):
            touched.append(item)
        else:
            group.append(item)
        end = max(end, item.end)
    if touched or group:
        yield touched, group


def _in_turn(patches: Iterable[Patch], proposals: Iterator[Proposal]) -> Iterator[Patch | Proposal]:
    """Both in the order of the text, of equal places the patch first; `heapq.merge` takes thrice the time."""
    proposal = next(proposals, None)
    for patch in patches:
        while proposal is not None and (proposal.start, proposal.end) < (patch.start, patch.end):
            yield proposal
            proposal = next(proposals, None)
        yield patch
    if proposal is not None:
        yield proposal
        yield from proposals


def _empty(item: Patch | Proposal, touched: Sequence[Patch]) -> bool:
    """Whether `item`, or a patch right before it, is a place where everything was removed."""
    return item.start == item.end or any(p.start == p.end == item.start for p in touched[-1:])


def _steps(patches: Iterable[Patch]) -> tuple[Step, ...]:
    return tuple(step for patch in patches for step in patch.steps)


def _span(members: Sequence[Patch | Proposal]) -> tuple[int, int]:
    """The stretch that holds them all."""
    if len(members) == 1:
        return members[0].start, members[0].end
    return min(x.start for x in members), max(x.end for x in members)


def _confidence(steps: Iterable[Step]) -> float:
    return reduce(mul, map(_CONFIDENCE, steps))  # of one step the very number: a product would be another object


def _groups(proposals: Iterable[Proposal]) -> frozenset[int]:
    groups = [p.group for p in proposals if p.group is not None]
    return frozenset(groups) if groups else _NO_GROUPS


_NO_GROUPS = frozenset[int]()
"""One object: an empty set is not small, and most changes have one."""
