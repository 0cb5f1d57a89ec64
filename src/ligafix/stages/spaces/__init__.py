"""Stage `spaces`: spaces lost where the font changed, and spaces too many."""

from __future__ import annotations

from ligafix.changes import Proposal
from ligafix.scoring import Scorer
from ligafix.settings import Settings


def propose(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:  # noqa: ARG001
    return []
