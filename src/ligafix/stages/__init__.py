"""The stages: one kind of repair each, a pure function from a text and the evidence to proposals."""

from __future__ import annotations

from collections.abc import Callable

from ligafix.changes import Proposal
from ligafix.scoring import Scorer
from ligafix.stages import hyphens, ligatures

Stage = Callable[[str, Scorer], list[Proposal]]

STAGES: dict[str, Stage] = {"hyphens": hyphens.propose, "ligatures": ligatures.propose}
"""The stages by name, in the order in which they run."""
