"""Stage `furniture`: running heads and feet, page numbers, watermarks."""

from __future__ import annotations

from ligafix.changes import Proposal
from ligafix.scoring import Scorer
from ligafix.settings import Settings


def propose(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:  # noqa: ARG001
    return []
