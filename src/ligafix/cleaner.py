"""The cleaner: runs the stages over a text. The library's face."""

from __future__ import annotations

from dataclasses import dataclass

from ligafix.changes import Change, Draft
from ligafix.settings import Settings


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What cleaning made of a text, every change of it, and what the text told about itself."""

    text: str
    changes: tuple[Change, ...]


class Cleaner:
    """Cleans texts, each by itself, always in the same way. Safe to pickle and to share between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    def clean(self, text: str) -> CleanResult:
        """Clean one text."""
        draft = Draft(text)
        return CleanResult(draft.text, draft.changes())


def clean(text: str, settings: Settings | None = None) -> CleanResult:
    """Clean one text; for many, keep a `Cleaner`."""
    return Cleaner(settings).clean(text)
