"""The stages: one kind of repair each, a pure function from a text and the evidence to proposals."""

from __future__ import annotations

from collections.abc import Callable

from ligafix.changes import Proposal
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.stages import codes, furniture, hyphens, ligatures, lines, marks, spaces
from ligafix.stages.codes import copies, mojibake, presentation, splits

Stage = Callable[[str, Scorer, Settings], list[Proposal]]


def _propose_marks(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:
    return marks.propose(
        text,
        scorer.vocabulary.frequency_anywhere,
        min_confidence=settings.min_confidence,
        restore_macrons=settings.restore_macrons,
    )


STAGES: dict[str, tuple[Stage, ...]] = {
    "codes": (
        lambda text, _, __: presentation.propose(text),
        lambda text, scorer, _: codes.propose(text, scorer),
        lambda text, _, __: mojibake.propose(text),
        lambda text, scorer, _: splits.propose(text, scorer),
        lambda text, scorer, _: copies.propose(text, scorer),
    ),
    "marks": (_propose_marks,),
    "furniture": (furniture.propose,),
    "lines": (lines.propose,),
    "hyphens": (lambda text, scorer, _: hyphens.propose(text, scorer),),
    "ligatures": (lambda text, scorer, _: ligatures.propose(text, scorer),),
    "spaces": (spaces.propose,),
}
"""The stages by name, in the order in which they run, each with its steps."""
