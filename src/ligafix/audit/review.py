"""A review: going through series and places, deciding, and taking decisions back. Shows nothing; the command does.

Every decision is in its file before the next is asked for, so a review may end at any moment and go on later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ligafix.audit.decisions import (
    Decision,
    Key,
    Verdict,
    append_decision,
    merge,
    now,
    read_decisions,
    write_decisions,
)
from ligafix.audit.learn import add_entries, ignore_entry, remove_entry
from ligafix.audit.series import Series


class DecisionFile:
    """The decisions of one reviewer and those that stand beside them in a file, always as they are on the disk."""

    def __init__(self, path: Path, reviewer: str | None = None, clock: Callable[[], str] = now) -> None:
        """Open a file, which need not exist; what an interruption left of its last line is removed.

        Raises:
            InputError: it is no decisions file.
            OutputError: it cannot be written.
        """
        self.path = path
        self._reviewer = reviewer
        self._clock = clock
        self._all = read_decisions(path) if path.exists() else []
        if path.exists() and not path.read_bytes().endswith(b"\n"):
            write_decisions(path, self._all)
        self._standing = {**merge(d for d in self._all if d.reviewer == reviewer).decisions}

    def find(self, key: Key) -> Decision | None:
        """What this reviewer says about a key."""
        return self._standing.get(key)

    def add(self, key: Key, verdict: Verdict, text: str | None = None) -> None:
        """Decide, and write it down.

        Raises:
            OSError: it cannot be written.
        """
        decision = Decision(key, verdict, text, self._reviewer, self._clock())
        append_decision(self.path, decision)
        self._all.append(decision)
        self._standing[key] = decision

    def undo(self, number: int = 1) -> list[Decision]:
        """Take this reviewer's last decisions back, and write that down; answers with them, in their order.

        Raises:
            OutputError: it cannot be written.
        """
        own = [place for place, decision in enumerate(self._all) if decision.reviewer == self._reviewer]
        last = set(own[-number:])
        if last:
            taken_back = [self._all[place] for place in sorted(last)]
            self._all = [decision for place, decision in enumerate(self._all) if place not in last]
            write_decisions(self.path, self._all)
            self._standing = {**merge(d for d in self._all if d.reviewer == self._reviewer).decisions}
            return taken_back
        return []


@dataclass(frozen=True, slots=True)
class _Done:
    """What one key did: how many decisions it wrote, which entry into the dictionary, and what gave way to that."""

    decisions: int
    entry: str | None = None
    gone: tuple[tuple[int, str], ...] = ()


@dataclass(slots=True)
class Review:
    """Series one after the other, and within one its places.

    Attributes:
        series: what is reviewed, in order.
        file: where the decisions go.
        dictionary: where what is never to be done again goes.
        whole: whether the series are whole. Of a series of which only some places were chosen, a decision is written
            for each of these, so that it reaches no place that nobody looked at.
        index: the series that is looked at; as many as there are when all were.
        place: the place of it that is looked at; None while the whole series is.
    """

    series: Sequence[Series]
    file: DecisionFile
    dictionary: Path
    whole: bool = True
    index: int = 0
    place: int | None = None
    _done: list[_Done] = field(default_factory=list)
    _decided: int = 0

    def __post_init__(self) -> None:
        self._decided = sum(map(self.is_decided, self.series))
        self.index = self._next_open(0)

    @property
    def current(self) -> Series | None:
        """The series that is looked at; None when there is none left."""
        return self.series[self.index] if self.index < len(self.series) else None

    def decided(self) -> int:
        """How many series are decided."""
        return self._decided

    def is_decided(self, series: Series) -> bool:
        """Whether a series is decided: as a whole, or place by place."""
        if self.file.find(series.key):
            return True
        return all(self.file.find(place.key) for place in series.places)

    def verdict(self) -> Decision | None:
        """What was decided about the series or the place that is looked at; the place's own decision first."""
        series = self._require_current()
        if self.place is not None:
            return self.file.find(series.places[self.place].key) or self.file.find(series.key)
        own = self.file.find(series.key)
        of_places = [self.file.find(place.key) for place in series.places]
        agree = len({(d.verdict, d.text) if d else None for d in of_places}) == 1
        return own or (of_places[0] if agree else None)

    def decide(self, verdict: Verdict, text: str | None = None) -> None:
        """Decide about the series or the place that is looked at, and go on to the next."""
        self._done.append(_Done(self._decide(verdict, text)))

    def never(self) -> bool:
        """Reject the series and have later runs ignore it; answers whether a dictionary can say so."""
        key = self._require_current().key
        entry = ignore_entry(key.before, key.after)
        added = add_entries(self.dictionary, [entry] if entry is not None else [])
        self.place = None
        number = self._decide(Verdict.REJECT, None)
        self._done.append(_Done(number, entry if added.new else None, added.gone))
        return entry is not None

    def undo(self) -> bool:
        """Take back what the last key decided, and look at what that was about; answers whether there was any."""
        done = self._done.pop() if self._done else _Done(1)
        decisions = self.file.undo(done.decisions)
        if done.entry:
            remove_entry(self.dictionary, done.entry, done.gone)
        if decisions:
            self._decided = sum(map(self.is_decided, self.series))
            self._go_to(decisions[0].key, single=len(decisions) == 1)
        return bool(decisions)

    def _decide(self, verdict: Verdict, text: str | None) -> int:
        """The same; answers with how many decisions it took."""
        series = self._require_current()
        keys: list[Key] = [series.key]
        if self.place is not None:
            keys = [series.places[self.place].key]
        elif not self.whole:
            keys = [place.key for place in series.places]
        was_decided = self.is_decided(series)
        for key in keys:
            self.file.add(key, verdict, text)
        self._decided += self.is_decided(series) - was_decided
        if self.place is None:
            self.index = self._next_open(self.index + 1)
        else:
            self._next_place()
        return len(keys)

    def enter_places(self) -> None:
        """Look at the places of the series one by one, from the first that is not decided."""
        places = self._require_current().places
        self.place = next((n for n, place in enumerate(places) if not self.file.find(place.key)), 0)

    def leave_places(self) -> None:
        """Look at the whole series again."""
        self.place = None

    def move(self, by: int) -> None:
        """Go on, or back, without deciding."""
        if self.place is None:
            self.index = min(max(self.index + by, 0), len(self.series))
        else:
            self.place = min(max(self.place + by, 0), len(self._require_current().places) - 1)

    def search(self, text: str) -> bool:
        """Go to the next series with a text in it, behind this one or else before it; answers whether there is one."""
        wanted = text.casefold()
        order = [*range(self.index + 1, len(self.series)), *range(min(self.index + 1, len(self.series)))]
        for number in order:
            key = self.series[number].key
            if wanted in key.before.casefold() or wanted in key.after.casefold():
                self.index, self.place = number, None
                return True
        return False

    def _require_current(self) -> Series:
        if self.current is None:
            raise IndexError("there is no series left")
        return self.current

    def _next_open(self, start: int) -> int:
        """The first series from a number on that is not decided; their number where all are."""
        numbers = range(start, len(self.series))
        return next((n for n in numbers if not self.is_decided(self.series[n])), len(self.series))

    def _next_place(self) -> None:
        """Go on to the next place, or, behind the last, to the next series."""
        assert self.place is not None  # noqa: S101 - for the type checker
        self.place += 1
        if self.place == len(self._require_current().places):
            self.place = None
            self.index = self._next_open(self.index + 1)

    def _go_to(self, key: Key, *, single: bool) -> None:
        """Look at what a decision was about, if it is among the series: a series, or a single place of one."""
        for number, series in enumerate(self.series):
            if series.key == key:
                self.index, self.place = number, None
                return
            for place, found in enumerate(series.places):
                if found.key == key:
                    self.index, self.place = number, place if single and self.whole else None
                    return
