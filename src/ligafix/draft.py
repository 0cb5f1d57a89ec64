"""A draft: a text on its way from source to output, with the way back.

It takes what each stage proposes for the text as it stands then, applies what is certain enough and does not overlap,
and remembers for each place where it came from.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import reduce
from itertools import chain, compress, count, starmap
from operator import mul
from typing import Any, NamedTuple

from ligafix.changes import Changes, Proposal, Proposals, Remedy, Status, Step, join_groups
from ligafix.patches import Patch, Patches
from ligafix.spans import replace_spans


class Draft:
    """A text on its way from source to output, with the way back."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.text = source
        self._patches = Patches()
        self._groups: dict[int, frozenset[int]] = {}  # of patches that have any, by where they start in the source
        self._noted = Changes()
        self._noted_groups: dict[int, frozenset[int]] = {}  # of those that have any, by number
        self._group_numbers = count()

    def apply(self, stage: str, proposals: Iterable[Proposal], threshold: float) -> bool:
        """Apply what is at least as certain as `threshold`; keep the rest as suggested or suspected.

        Of two proposals that overlap, the more certain one stands, or else the first, and the other is
        dropped. Proposals of one group are applied together or not at all. Says whether the text is another one now.
        """
        found = proposals if isinstance(proposals, Proposals) else Proposals(proposals)
        accepted, noted = _sort_out(self._number_groups(found), threshold)
        make_row = _Rows(stage)
        alike: dict[_Key, tuple[Any, ...]] = {}
        for placed in starmap(_Placed, noted.parted()):
            self._note(placed, make_row, alike)
        before = self.text
        if accepted:
            self._patch(starmap(_Placed, accepted.parted()), make_row)
        return self.text != before

    def changes(self) -> Changes:
        """All changes so far, in source order; of one place the applied ones come first."""
        found = self._applied()
        groups = {n: self._groups[start] for n, start in enumerate(found.starts) if start in self._groups}
        groups |= {n + len(found): of_one for n, of_one in self._noted_groups.items()}
        for noted in self._noted.parted():
            found.add(*noted)
        order = found.order()
        found = found.at(order)
        grouped = {place: groups[n] for place, n in enumerate(order) if n in groups} if groups else {}
        for place, group in zip(grouped, join_groups(list(grouped.values())), strict=True):
            found.said[place] = found[place]._replace(group=group)[2:]
        return found

    def _applied(self) -> Changes:
        """The changes that were applied, in order."""
        found = Changes()
        alike: dict[_Key, tuple[Any, ...]] = {}
        for source_start, source_end, start, end, steps in self._patches:
            before, after = self.source[source_start:source_end], self.text[start:end]
            if before != after:
                found.add(source_start, source_end, _say(before, after, Status.APPLIED, steps, alike))
        return found

    def _number_groups(self, proposals: Proposals) -> Proposals:
        """The same proposals, their groups told apart from those of other stages."""
        if all(remedy.group is None for remedy in proposals.distinct().values()):
            return proposals
        numbers: defaultdict[int, int] = defaultdict(self._group_numbers.__next__)
        return proposals.revise(lambda r: r if r.group is None else r._replace(group=numbers[r.group]))

    def _note(self, placed: _Placed, make_row: _Rows, alike: dict[_Key, tuple[Any, ...]]) -> None:
        """Log a proposal that is not applied, over the smallest stretch of source that holds it whole."""
        touched, start, end = self._widen(placed.start, placed.end)
        source_start, source_end = self._patches.to_source(start), self._patches.to_source(end, is_end=True)
        before = self.source[source_start:source_end]
        seen = self.text[placed.start : placed.end]
        if placed.remedy.after is None:
            after, status = before, Status.SUSPECTED
        else:
            after = self.text[start : placed.start] + placed.remedy.after + self.text[placed.end : end]
            status = Status.SUGGESTED
        row = make_row(seen, placed.remedy)
        steps = _steps(touched) + row if touched else row
        if groups := _groups([placed]):
            self._noted_groups[len(self._noted)] = groups
        self._noted.add(source_start, source_end, _say(before, after, status, steps, alike))

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

    def _patch(self, proposals: Iterator[_Placed], make_row: _Rows) -> None:
        """Apply proposals that are sorted and do not overlap, merging them with the patches they touch."""
        patches = Patches()
        self.text = replace_spans(self.text, self._merge(proposals, patches, make_row))
        patches.close()
        self._patches = patches

    def _merge(self, proposals: Iterator[_Placed], patches: Patches, make_row: _Rows) -> Iterator[tuple[int, int, str]]:
        """What to put in the place of stretches of the text; what are the patches then is added to `patches`."""
        to_source = 0  # what leads from the old text to the source, behind the last patch
        moved = 0  # what leads from the old text to the new one
        for touched, group in _clusters(self._patches.take(), proposals):
            if not group and len(touched) == 1:
                source_start, source_end, start, end, same = touched[0]
                to_source = source_end - end
                patches.append(Patch(source_start, source_end, start + moved, end + moved, same))
                continue
            if not touched and len(group) == 1:  # most are, and what is below takes thrice the time
                start, end, remedy = group[0]
                source_start, after = start + to_source, remedy.after or ""
                steps: tuple[Step, ...] = make_row(self.text[start:end], remedy)
                groups = _NO_GROUPS if remedy.group is None else _groups(group)
            else:
                start, end = _span([*touched, *group])
                source_start = start + to_source
                if touched:
                    to_source = touched[-1].source_end - touched[-1].end
                after = self._rewrite(start, end, group)
                rows = (make_row(self.text[p.start : p.end], p.remedy) for p in group)
                steps = (*_steps(touched), *chain.from_iterable(rows))
                groups = _groups(group).union(*(self._groups.pop(p.source_start, _NO_GROUPS) for p in touched))
            if groups:
                self._groups[source_start] = groups
            yield start, end, after
            new_start = start + moved
            moved += len(after) - (end - start)
            patches.append(Patch(source_start, end + to_source, new_start, end + moved, steps))

    def _rewrite(self, start: int, end: int, proposals: Sequence[_Placed]) -> str:
        pieces = []
        for proposal in proposals:
            pieces += [self.text[start : proposal.start], proposal.remedy.after or ""]
            start = proposal.end
        return "".join([*pieces, self.text[start:end]])


class _Placed(NamedTuple):
    """A proposal in two: its place, and what it says of it."""

    start: int
    end: int
    remedy: Remedy


class _Rows:
    """The steps that the remedies of a stage are, each as a row of one; what is alike is one object."""

    def __init__(self, stage: str) -> None:
        self._stage = stage
        self._known: dict[tuple[str, int], tuple[Step]] = {}

    def __call__(self, before: str, remedy: Remedy) -> tuple[Step]:
        """The step of a remedy for what stands at its place; remedies are told apart by identity."""
        key = before, id(remedy)
        if (row := self._known.get(key)) is None:
            after, rule, confidence, candidates, evidence, _, page = remedy
            after = before if after is None else after
            row = self._known[key] = (Step(self._stage, rule, before, after, confidence, candidates, evidence, page),)
        return row


_Key = tuple[str, str, int]
"""What was there and what came, and the steps by identity."""


def _say(
    before: str, after: str, status: Status, steps: tuple[Step, ...], alike: dict[_Key, tuple[Any, ...]]
) -> tuple[Any, ...]:
    """What a change of no group says of its place; one object for what is alike."""
    key = before, after, id(steps)
    if (said := alike.get(key)) is None:
        said = alike[key] = before, after, status, _confidence(steps), steps, None, None
    return said


def _sort_out(proposals: Proposals, threshold: float) -> tuple[Proposals, Proposals]:
    """Part proposals into those to apply, which are sorted and do not overlap, and those to note."""
    ordered = proposals.in_order()
    certainty: dict[int | None, float] = {}  # proposals of a group are as certain as the least certain of them
    for remedy in ordered.distinct().values():
        if remedy.group is not None and remedy.after is not None:
            certainty[remedy.group] = min(remedy.confidence, certainty.get(remedy.group, remedy.confidence))

    def is_certain(remedy: Remedy) -> bool:
        return remedy.after is not None and certainty.get(remedy.group, remedy.confidence) >= threshold

    return _choose(ordered.having(is_certain)), ordered.having(lambda remedy: not is_certain(remedy))


def _choose(proposals: Proposals) -> Proposals:
    """What does not overlap anything more certain, in order, of some that are; groups whole or not at all."""
    disputed = _find_disputed(proposals)
    if not disputed:
        return proposals
    groups = {proposals.said[n].group for n in disputed} - {None}
    is_contested = [n in disputed or remedy.group in groups for n, remedy in enumerate(proposals.said)]
    contested = [_Placed(*placed) for placed in compress(proposals.parted(), is_contested)]
    chosen: list[_Placed] = []
    for unit in sorted(_units(contested), key=_certainty, reverse=True):
        trial = chosen.copy() if len(unit) > 1 else chosen
        if all(_insert(trial, proposal) for proposal in unit):
            chosen = trial
    found = proposals.at([n for n, is_one in enumerate(is_contested) if not is_one])
    for placed in chosen:
        found.add(*placed)
    return found.in_order()


def _find_disputed(proposals: Proposals) -> set[int]:
    """Those (by number) of some in order that overlap others: few, and only they are weighed against each other."""
    found: set[int] = set()
    last, behind = 0, 0  # of those so far, the one that reaches farthest, and how far
    for number, (start, end) in enumerate(zip(proposals.starts, proposals.ends, strict=True)):
        if start < behind:
            found |= {last, number}
        if end > behind:
            last, behind = number, end
    return found


def _units(proposals: Iterable[_Placed]) -> list[list[_Placed]]:
    """Those of a group together, and each of the others by itself."""
    units: list[list[_Placed]] = []
    groups: dict[int | None, list[_Placed]] = {}
    for proposal in proposals:
        group = proposal.remedy.group
        if group in groups:
            groups[group].append(proposal)
            continue
        units.append([proposal])
        if group is not None:
            groups[group] = units[-1]
    return units


def _certainty(unit: Sequence[_Placed]) -> float:
    """Proposals that were decided together are as certain as the least certain of them."""
    return min(proposal.remedy.confidence for proposal in unit)


def _insert(chosen: list[_Placed], proposal: _Placed) -> bool:
    """Put a proposal among others that are sorted and do not overlap, unless it overlaps one."""
    place = bisect_left(chosen, proposal.end, key=lambda p: p.start)
    if place > 0 and chosen[place - 1].end > proposal.start:
        return False
    chosen.insert(place, proposal)
    return True


def _clusters(patches: Iterable[Patch], proposals: Iterator[_Placed]) -> Iterator[tuple[list[Patch], list[_Placed]]]:
    """Groups of patches and proposals that overlap, in the order of the text.

    A patch that left nothing behind (its stretch was removed) belongs to a proposal that touches it, so that
    no two changes ever claim the same place.
    """
    touched: list[Patch] = []
    group: list[_Placed] = []
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


def _in_turn(patches: Iterable[Patch], proposals: Iterator[_Placed]) -> Iterator[Patch | _Placed]:
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


def _empty(item: Patch | _Placed, touched: Sequence[Patch]) -> bool:
    """Whether `item`, or a patch right before it, is a place where everything was removed."""
    return item.start == item.end or any(p.start == p.end == item.start for p in touched[-1:])


def _steps(patches: Iterable[Patch]) -> tuple[Step, ...]:
    return tuple(step for patch in patches for step in patch.steps)


def _span(members: Sequence[Patch | _Placed]) -> tuple[int, int]:
    """The stretch that holds them all."""
    if len(members) == 1:
        return members[0].start, members[0].end
    return min(x.start for x in members), max(x.end for x in members)


def _confidence(steps: Iterable[Step]) -> float:
    return reduce(
        mul, (step.confidence for step in steps)
    )  # of one step the very number: a product would be another object


def _groups(proposals: Iterable[_Placed]) -> frozenset[int]:
    groups = [p.remedy.group for p in proposals if p.remedy.group is not None]
    return frozenset(groups) if groups else _NO_GROUPS


_NO_GROUPS = frozenset[int]()
"""One object: an empty set is not small, and most changes have one."""
