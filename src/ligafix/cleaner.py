"""The cleaner: collects the evidence of a text and runs the stages over it. The library's face."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from ligafix.calibration import calibrate
from ligafix.changes import Changes, Proposal, Proposals, Remedy, replace_sign, take
from ligafix.document import is_writing
from ligafix.draft import Draft
from ligafix.evidence import Evidence, OwnEvidence, survey
from ligafix.evidence.neighbours import Neighbours
from ligafix.overrides import Overrides
from ligafix.recent import forget_last_text
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.spans import Spans
from ligafix.stages import STEPS, Stage

MOST_ROUNDS = 8
"""How often a text is looked at again. A mended text tells more than a damaged one, so a second run could find what
the first one did not dare to; a user's second run must not."""


@dataclass(frozen=True, slots=True)
class CleanResult:
    """What cleaning made of a text, every change of it, and what the text told about itself.

    Attributes:
        text: the text as it is now.
        changes: the changes in source order, as a tuple would hold them; a long text has millions, so they are made
            when they are asked for.
        evidence: what the text told.
    """

    text: str
    changes: Changes
    evidence: Evidence


class Cleaner:
    """Cleans texts, each by itself, always in the same way. Safe to pickle and to share between threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self._overrides = Overrides(self.settings)

    def clean(self, text: str, *, neighbours: Neighbours | None = None, own: OwnEvidence | None = None) -> CleanResult:
        """Clean one text (as decoded, without newline translation), until cleaning it again would change nothing.

        What is no writing (`is_writing`), such as the bytes of a PDF file, comes back as it is.

        Args:
            text: the text.
            neighbours: what the other texts of its folder or corpus know: a page alone tells too little.
            own: what an earlier survey of this very text found (`Evidence.own`), so that it need not be asked again.

        Raises:
            TypeError: it is no text, but bytes for instance.
        """
        if not isinstance(text, str):
            raise TypeError(f"{type(text).__name__} is no text; decode bytes first, without newline translation")
        with _without_collection():
            return self._clean(text, neighbours, own)

    def _clean(self, text: str, neighbours: Neighbours | None, own: OwnEvidence | None) -> CleanResult:
        if not is_writing(text):
            return CleanResult(text, Changes(), self.survey("", neighbours))
        if self._has_returns(text, neighbours):
            return _with_returns(self._clean(text.replace("\r", "\n"), neighbours, own))
        evidence = self.survey(text, neighbours, own)
        draft = Draft(text)
        protected = self.find_protected(text)
        has_changed = self._run_stages(draft, evidence, protected)
        for _ in range(MOST_ROUNDS):
            if not has_changed:
                break
            has_changed = self._run_stages(draft, self.survey(draft.text, neighbours), protected, again=True)
        if draft.text != text:
            forget_last_text()
        return CleanResult(draft.text, draft.changes(), evidence)

    def survey(self, text: str, neighbours: Neighbours | None = None, own: OwnEvidence | None = None) -> Evidence:
        """Collect the evidence of one text; the arguments are those of `clean`."""
        text = text.replace("\r", "\n") if self._has_returns(text, neighbours) else text
        return self._survey(text, neighbours, own)

    def _survey(self, text: str, neighbours: Neighbours | None, own: OwnEvidence | None = None) -> Evidence:
        return survey(text, self.settings.languages, self._overrides.listed, neighbours, own)

    def _has_returns(self, text: str, neighbours: Neighbours | None) -> bool:
        r"""Whether a lone `\r` ends the lines of a text, as on old Macs: it has no `\n`, and the sign is no code."""
        if "\r" not in text or "\n" in text:
            return False
        code = self._survey(text, neighbours).codes.get("\r")
        return code is None or not code.meaning

    def find_protected(self, text: str) -> Spans:
        """The regions of a text that the settings protect, in order and apart."""
        return self._overrides.find_protected(text)

    def settle(self, stage: str, draft: Draft, proposals: Proposals, protected: Spans) -> Proposals:
        """What remains of a stage's proposals, each with the probability that it is right, and as the user wants it.

        Args:
            stage: the stage.
            draft: the text that the proposals are about.
            proposals: what the stage proposes.
            protected: the regions of the draft's source that are left alone.
        """
        return self._overrides.settle(stage, draft, calibrate(stage, proposals), protected)

    def _run_stages(self, draft: Draft, evidence: Evidence, protected: Spans, *, again: bool = False) -> bool:
        """Run all stages once, and say whether anything was applied.

        The first time everything is noted, afterwards only that.
        """
        has_changed = False
        scorer = Scorer(evidence)
        for name, propose in STEPS:
            if name in self.settings.stages:
                has_changed |= self._run_step(name, propose, draft, scorer, protected, again=again)
        return has_changed

    def _run_step(
        self, name: str, propose: Stage, draft: Draft, scorer: Scorer, protected: Spans, *, again: bool
    ) -> bool:
        """Run one step of a stage, and say whether the text is another one now."""
        least = self.settings.min_confidence
        settled = self.settle(name, draft, _in_columns(propose(draft.text, scorer, self.settings)), protected)
        if not settled:
            return False
        if again:
            settled = settled.having(partial(_is_sure, least))
        if any(_is_sure(least, remedy) for remedy in settled.distinct().values()):
            forget_last_text()
        return draft.apply(name, settled, least)


def _in_columns(proposals: list[Proposal] | Proposals) -> Proposals:
    """Proposals as columns; of a list none is kept."""
    return proposals if isinstance(proposals, Proposals) else Proposals(take(proposals))


def _is_sure(least: float, remedy: Remedy) -> bool:
    return remedy.after is not None and remedy.confidence >= least


def _with_returns(found: CleanResult) -> CleanResult:
    r"""The same result for the text whose lines `\r` ends."""
    changes = Changes(replace_sign(change, "\n", "\r") for change in found.changes)
    return CleanResult(found.text.replace("\n", "\r"), changes, found.evidence)


@contextmanager
def _without_collection() -> Iterator[None]:
    """Without the collector of cyclic garbage: little of it comes of millions of words, and it would look through all.

    It runs soon after: a few memories refer to what they belong to, and go with it then.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def clean(text: str, settings: Settings | None = None) -> CleanResult:
    """Clean one text; for many, keep a `Cleaner`."""
    return Cleaner(settings).clean(text)
