"""What came of a run over files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ligafix.changes import Change, Status
from ligafix.cli.errors import ExitStatus
from ligafix.cli.wording import count


@dataclass(slots=True)
class RunReport:
    """Counts what was done; says it in a line and in the exit status.

    Attributes:
        dry: nothing is written, and changes are what the run looks for (`--check`, `--diff`).
        changed: files with changes that were applied, or would be.
        unchanged: files without.
        failed: files that could not be processed.
        changes: the changes by their status.
    """

    dry: bool = False
    changed: int = 0
    unchanged: int = 0
    failed: int = 0
    changes: Counter[Status] = field(default_factory=Counter)

    def count(self, changes: Iterable[Change]) -> None:
        """Count a file that was processed, and its changes."""
        found = Counter(change.status for change in changes)
        self.changes.update(found)
        if found[Status.APPLIED]:
            self.changed += 1
        else:
            self.unchanged += 1

    def summary(self) -> str:
        """The counts in words, such as `2 files cleaned, 1 file failed; 30 changes, 1 suggestion`."""
        files = [
            _count(self.changed, "file", " would change" if self.dry else " cleaned"),
            _count(self.unchanged, "file", " would stay unchanged" if self.dry else " unchanged"),
            _count(self.failed, "file", " failed"),
        ]
        changes = [
            _count(self.changes[Status.APPLIED], "change"),
            _count(self.changes[Status.SUGGESTED], "suggestion"),
            _count(self.changes[Status.SUSPECTED], "suspected place"),
        ]
        return "; ".join(", ".join(filter(None, part)) for part in (files, changes) if any(part))

    def exit_status(self) -> ExitStatus:
        """The exit status: failures weigh more than changes."""
        if self.failed:
            return ExitStatus.FAILED
        return ExitStatus.WOULD_CHANGE if self.dry and self.changed else ExitStatus.DONE


def _count(number: int, noun: str, verb: str = "") -> str:
    """A count in words; nothing for zero."""
    return f"{count(number, noun)}{verb}" if number else ""
