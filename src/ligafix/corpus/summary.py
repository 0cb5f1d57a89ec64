"""What came of a run."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

from ligafix.corpus.marks import Mark
from ligafix.corpus.plan import Failure


@dataclass(slots=True)
class Summary:
    """The counts of a run.

    Attributes:
        documents: how many came in.
        written: how many went out (or would, in a dry run).
        changed: how many of them differ from their source.
        failed: how many could not be processed.
        reasons: why they could not.
        statuses: the changes by status.
        stages: the applied changes by stage.
        size: how much came in (bytes).
        survey_seconds: how long the first pass took.
        seconds: how long the run took.
    """

    documents: int = 0
    written: int = 0
    changed: int = 0
    failed: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    statuses: Counter[str] = field(default_factory=Counter)
    stages: Counter[str] = field(default_factory=Counter)
    size: int = 0
    survey_seconds: float = 0.0
    seconds: float = 0.0

    def count(self, mark: Mark) -> None:
        """Count what a mark says was done."""
        self.written += mark.written
        self.changed += mark.changed
        self.statuses.update(mark.statuses)
        self.stages.update(mark.stages)

    @property
    def is_complete(self) -> bool:
        """Whether as many documents came out, or failed, as went in."""
        return self.documents == self.written + self.failed

    @property
    def bytes_per_second(self) -> float:
        """The throughput."""
        return self.size / self.seconds if self.seconds else 0.0

    def to_json(self) -> bytes:
        """The counts; nothing that depends on how long it took."""
        names = ("documents", "written", "changed", "failed", "statuses", "stages")
        return json.dumps({name: getattr(self, name) for name in names}, indent=2, sort_keys=True).encode() + b"\n"


def failures_to_bytes(failures: Iterable[Failure]) -> bytes:
    """The failures as JSON Lines, in the order of their places."""
    rows = sorted(failures, key=lambda failure: (failure.place, failure.record or 0))
    return b"".join(json.dumps(asdict(row), default=str).encode() + b"\n" for row in rows)
