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

    def undo(self) -> Decision | None:
        """Take this reviewer's last decision back, and write that down; answers with it, or None if there is none.

        Raises:
            OutputError: it cannot be written.
        """
        own = [number for number, decision in enumerate(self._all) if decision.reviewer == self._reviewer]
        if not own:
            return None
        left = [*self._all[: own[-1]], *self._all[own[-1] + 1 :]]
        write_decisions(self.path, left)
        last, self._all = self._all[own[-1]], left
        self._standing = {**merge(d for d in left if d.reviewer == self._reviewer).decisions}
        return last


@dataclass(slots=True)
class Review:
    """Series one after the other, and within one its places.

    Attributes:
        series: what is reviewed, in order.
        file: where the decisions go.
        dictionary: where what is never to be done again goes.
        index: the series that is looked at; as many as there are when all were.
        place: the place of it that is looked at; None while the whole series is.
    """

    series: Sequence[Series]
    file: DecisionFile
    dictionary: Path
    index: int = 0
    place: int | None = None
    _never: list[tuple[Decision, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.index = self._next_open(0)

    @property
    def current(self) -> Series | None:
        """The series that is looked at; None when there is none left."""
        return self.series[self.index] if self.index < len(self.series) else None

    def decided(self) -> int:
        """How many series are decided."""
        return sum(map(self.is_decided, self.series))

    def is_decided(self, series: Series) -> bool:
        """Whether a series is decided: as a whole, or place by place."""
        if self.file.find(series.key):
            return True
        return all(self.file.find(place.key) for place in series.places)

    def decide(self, verdict: Verdict, text: str | None = None) -> None:
        """Decide about the series or the place that is looked at, and go on to the next."""
        series = self._require_current()
        if self.place is None:
            self.file.add(series.key, verdict, text)
            self.index = self._next_open(self.index + 1)
        else:
            self.file.add(series.places[self.place].key, verdict, text)
            self._next_place()

    def never(self) -> bool:
        """Reject the series and have later runs ignore it; answers whether a dictionary can say so."""
        series = self._require_current()
        entry = ignore_entry(series.key.before, series.key.after)
        is_new = entry is not None and add_entries(self.dictionary, [entry]) > 0
        self.place = None
        self.decide(Verdict.REJECT)
        decision = self.file.find(series.key)
        if entry is not None and is_new and decision is not None:
            self._never.append((decision, entry))
        return entry is not None

    def undo(self) -> Decision | None:
        """Take the last decision back and look at what it was about; None if there is none."""
        decision = self.file.undo()
        if decision is None:
            return None
        if self._never and self._never[-1][0] == decision:
            remove_entry(self.dictionary, self._never.pop()[1])
        self._go_to(decision.key)
        return decision

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

    def _go_to(self, key: Key) -> None:
        """Look at what a decision was about, if it is among the series."""
        for number, series in enumerate(self.series):
            if series.key == key:
                self.index, self.place = number, None
                return
            for place, found in enumerate(series.places):
                if found.key == key:
                    self.index, self.place = number, place
                    return
