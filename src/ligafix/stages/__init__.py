"""The stages: one kind of repair each, a pure function from a text and the evidence to proposals."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ligafix.changes import Proposal, Proposals
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.stages import codes, furniture, hyphens, ligatures, marks, spaces
from ligafix.stages.codes import conditions, copies, mojibake, presentation, splits
from ligafix.stages.hyphens import lost
from ligafix.stages.lines import folding
from ligafix.stages.marks.wording import Words

Stage = Callable[[str, Scorer, Settings], list[Proposal] | Proposals]


def _propose_marks(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:
    left_of = scorer.remains_probability if scorer.loses_anything else None
    return marks.propose(
        text,
        Words(scorer.vocabulary.frequency_anywhere, left_of),
        min_confidence=settings.min_confidence,
        restore_macrons=settings.restore_macrons,
    )


def _propose_hyphens(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:
    mended = hyphens.propose(text, scorer)
    if not settings.reflow or "lines" not in settings.stages:
        return mended
    from ligafix.stages.lines.reflow import unwrap  # slow to load, and seldom asked for

    return [unwrap(proposal) for proposal in mended]


def _propose_notes(text: str, _: Scorer, settings: Settings) -> list[Proposal]:
    if settings.footnotes != "end":
        return []
    from ligafix.stages.lines.notes import propose  # slow to load, and seldom asked for

    return propose(text)


def _propose_reflow(text: str, _: Scorer, settings: Settings) -> list[Proposal]:
    if not settings.reflow:
        return []
    from ligafix.stages.lines.reflow import propose  # slow to load, and seldom asked for

    return propose(text)


STEPS: Sequence[tuple[str, Stage]] = (
    ("codes", lambda text, _, __: presentation.propose(text)),
    ("codes", lambda text, scorer, _: codes.propose(text, scorer)),
    ("codes", lambda text, _, __: mojibake.propose(text)),
    ("marks", _propose_marks),
    ("codes", lambda text, scorer, _: splits.propose(text, scorer)),
    ("codes", lambda text, scorer, _: copies.propose(text, scorer)),
    ("codes", lambda text, scorer, _: conditions.propose(text, scorer)),
    ("furniture", furniture.propose),
    ("lines", lambda text, _, __: folding.propose(text)),
    ("lines", _propose_notes),
    ("lines", _propose_reflow),
    ("hyphens", _propose_hyphens),
    ("hyphens", lambda text, scorer, _: list(lost.propose(text, scorer))),
    ("ligatures", lambda text, scorer, _: ligatures.propose(text, scorer)),
    ("spaces", spaces.propose),
)
"""The steps of the stages, in the order in which they run: that of `ligafix.settings.STAGES`, but for half of `codes`.

What tells of gaps, copies and conditions are whole words, which have their accents by then (`r´e ´echir`).
"""
