"""What came of a run over files."""

from __future__ import annotations

from dataclasses import dataclass

from ligafix.cli.errors import ExitStatus


@dataclass(slots=True)
class RunReport:
    """Counts what was done; says it in a line and in the exit status.

    Attributes:
        dry: nothing is written, and changes are what the run looks for (`--check`, `--diff`).
    """

    dry: bool = False
    changed: int = 0
    unchanged: int = 0
    failed: int = 0

    def count(self, *, changed: bool) -> None:
        """Count a file that was processed."""
        if changed:
            self.changed += 1
        else:
            self.unchanged += 1

    def summary(self) -> str:
        """The counts in words, such as `2 files cleaned, 1 file unchanged`."""
        counts = {
            "would change" if self.dry else "cleaned": self.changed,
            "would stay" if self.dry else "unchanged": self.unchanged,
            "failed": self.failed,
        }
        parts = [f"{n} {'file' if n == 1 else 'files'} {what}" for what, n in counts.items() if n]
        return ", ".join(parts) or "nothing to do"

    def exit_status(self) -> ExitStatus:
        """The exit status: failures weigh more than changes."""
        if self.failed:
            return ExitStatus.FAILED
        return ExitStatus.WOULD_CHANGE if self.dry and self.changed else ExitStatus.DONE
