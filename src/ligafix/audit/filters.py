"""Which changes to look at."""

from __future__ import annotations

from dataclasses import dataclass

from ligafix.changes import Change, Status


@dataclass(frozen=True, slots=True)
class ChangeFilter:
    """Lets changes through; what is left empty lets everything through.

    Attributes:
        stages: a step must be of one of these stages.
        statuses: the change must have one of these.
        below: the confidence must be less than this.
        pairs: the change, or a step of it, must make the second of the first.
    """

    stages: frozenset[str] = frozenset()
    statuses: frozenset[Status] = frozenset()
    below: float | None = None
    pairs: frozenset[tuple[str, str]] = frozenset()

    def admits(self, change: Change) -> bool:
        """Whether a change is let through."""
        return (
            (not self.statuses or change.status in self.statuses)
            and (self.below is None or change.confidence < self.below)
            and (not self.stages or any(step.stage in self.stages for step in change.steps))
            and (not self.pairs or not self.pairs.isdisjoint(pairs_of(change)))
        )


def pairs_of(change: Change) -> list[tuple[str, str]]:
    """What a change, as a whole and in each of its steps, makes of what."""
    return [(change.before, change.after), *((step.before, step.after) for step in change.steps)]
