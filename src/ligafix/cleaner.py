"""The cleaner: collects the evidence of a text and runs the stages over it. The library's face."""

from __future__ import annotations

from dataclasses import dataclass

from ligafix.changes import Change, Draft
from ligafix.evidence import Evidence, survey
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.stages import STAGES


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What cleaning made of a text, every change of it, and what the text told about itself."""

    text: str
    changes: tuple[Change, ...]
    evidence: Evidence


class Cleaner:
    """Cleans texts, each by itself, always in the same way. Safe to pickle and to share between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()

    def clean(self, text: str) -> CleanResult:
        """Clean one text (as decoded, without newline translation)."""
        evidence = survey(text, self.settings.languages)
        scorer = Scorer(evidence)
        draft = Draft(text)
        for name, propose in STAGES.items():
            if name in self.settings.stages:
                draft.apply(name, propose(draft.text, scorer), self.settings.min_confidence)
        return CleanResult(draft.text, draft.changes(), evidence)


def clean(text: str, settings: Settings | None = None) -> CleanResult:
    """Clean one text; for many, keep a `Cleaner`."""
    return Cleaner(settings).clean(text)
