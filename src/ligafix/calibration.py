"""What a stage's confidence is worth: measured on texts that no table was counted on.

Each stage weighs its candidates by a model, and models are more certain than they should be, or less. How often a
rule's changes at some confidence were right was counted on books held out from everything else; the calibration
carries the one over into the other: by Platt's map of the log odds (Platt 1999), so that the order of a rule's changes
stays, and a ceiling, since some go wrong however certain they are. It is the last thing that happens to a probability.

Then what to do follows from what mistakes cost. A wrong change costs as much as ten missed ones, so a change pays when
it is right at least ten times in eleven (0.909; the setting's default is this, rounded to 0.9). A suggestion that is
looked at in vain costs a reader about four tenths of what one that is right saves, so it pays from three times in ten.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial

from ligafix.changes import Candidate, Proposals, Remedy
from ligafix.lexicon.integrity import opening, read_toml
from ligafix.lexicon.places import DICTIONARIES

SUGGEST = 0.3
"""The probability from which on a suggestion is worth it; what is less likely is left."""


@dataclass(frozen=True, slots=True)
class Curve:
    """How often changes are right, from the confidence of what proposed them.

    Attributes:
        slope: what a unit of log odds is worth; never negative.
        shift: what is added to the log odds.
        ceiling: how often a change is right that could not be more certain.
    """

    slope: float = 1.0
    shift: float = 0.0
    ceiling: float = 1.0

    def __call__(self, confidence: float) -> float:
        """The probability that a change of this confidence is right."""
        if self == _IDENTITY or not 0.0 < confidence < 1.0:
            return confidence * self.ceiling
        odds = self.slope * math.log(confidence / (1 - confidence)) + self.shift
        return self.ceiling / (1 + math.exp(-odds))


_IDENTITY = Curve()


@cache
def load_curves() -> Mapping[str, Curve]:
    """The curves by `stage` and `stage/rule`; none where the package was built without."""
    path = DICTIONARIES / "calibration.toml"
    if not path.is_file():
        return {}
    with opening(path):
        table = read_toml(path)
        return {name: Curve(row["slope"], row["shift"], row["ceiling"]) for name, row in table.items()}


def find_curve(stage: str, rule: str) -> Curve:
    """The curve of a rule, or its stage's, or else none: the confidence stands as it is."""
    curves = load_curves()
    return curves.get(f"{stage}/{rule}") or curves.get(stage) or _IDENTITY


def calibrate(stage: str, proposals: Proposals) -> Proposals:
    """The proposals of a stage, each with the probability that it is right; without those that are not worth it."""
    return proposals.revise(partial(_calibrate, stage))


def _calibrate(stage: str, remedy: Remedy) -> Remedy | None:
    """A remedy with the probability that it is right, and those of its candidates; None where it is not worth it."""
    if remedy.after is None:
        return remedy
    claimed = remedy.confidence
    confidence = find_curve(stage, remedy.rule)(claimed)
    if confidence == claimed:
        return remedy
    if confidence < min(SUGGEST, claimed):
        return None
    others = (1 - confidence) / max(1e-12, 1 - claimed)
    candidates = tuple(
        Candidate(c.text, confidence if c.text == remedy.after else min(1.0, c.probability * others))
        for c in remedy.candidates
    )
    return remedy._replace(confidence=confidence, candidates=candidates)
