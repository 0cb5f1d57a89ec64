"""Where a space was lost, and what the document tells about how surely it was."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from ligafix.changes import Candidate, Proposal
from ligafix.document import LETTERS

LOST_SHARES = (0.003, 0.01, 0.03, 0.08, 0.2, 0.35)
"""The shares of the joints at which a channel that loses spaces may lose them, alike likely."""

SLIP_SHARES = (1e-5, 1e-4, 5e-4)
"""The shares at which an author or typist may forget them: in the corpora 3 to 80 of a million words lack a space."""

CHANNEL = 0.2
"""How many texts lose spaces, against those whose authors forget some."""

STYLE_SHARES = (0.5, 0.8, 0.95, 0.999)
"""The shares at which a text that sets no space there by habit (a catalogue, data, code) leaves it out."""

STYLE = 0.01
"""How many texts with joints that lack a space have them by habit, before the joints are counted."""

SUGGEST = 0.5
"""A space at least this probable is worth a suggestion."""

_EDGE = re.compile(rf"[{LETTERS}\d]")


@dataclass(frozen=True, slots=True)
class Gap:
    """A place between two characters where a space seems to be missing.

    Attributes:
        position: the code point before which the space belongs.
        rule: what kind of joint it is.
        confidence: the probability that the space was lost.
        evidence: what speaks for it.
    """

    position: int
    rule: str
    confidence: float
    evidence: str = ""


def weigh_habit(glued: int, spaced: int) -> float:
    """The probability that joints without a space lost it, rather than that the text sets none there by habit.

    Args:
        glued: how many joints of a kind have no space.
        spaced: how many have one.

    >>> weigh_habit(2, 40) > 0.99, weigh_habit(30, 2) < 0.01
    (True, True)
    """
    lost, style = (_likelihood(shares, glued, spaced) for shares in (LOST_SHARES, STYLE_SHARES))
    whole = (1 - STYLE) * lost + STYLE * style
    return (1 - STYLE) * lost / whole if whole else 0.0


def weigh_channel(missing: int, joints: int, slips: Sequence[float] = SLIP_SHARES, prior: float = CHANNEL) -> float:
    """The probability that the channel loses spaces, rather than that the author forgets one here and there.

    Args:
        missing: how many spaces are missing.
        joints: at how many places one might be.
        slips: the shares at which authors err there.
        prior: how many texts have it from the channel, of those that have it.

    >>> weigh_channel(1, 5) > 0.9, weigh_channel(1, 2000) < 0.1, weigh_channel(8, 2000) > 0.9
    (True, True, True)
    """
    lost, slip = (_likelihood(shares, missing, max(0, joints - missing)) for shares in (LOST_SHARES, slips))
    whole = prior * lost + (1 - prior) * slip
    return prior * lost / whole if whole else 0.0


def _likelihood(shares: Sequence[float], glued: int, spaced: int) -> float:
    """How likely so many joints of each sort are, at any of these shares."""
    return sum(_scaled(share, glued, spaced) for share in shares) / len(shares)


def _scaled(share: float, glued: int, spaced: int) -> float:
    """The likelihood of one share, against that of the best one, so that long texts do not underflow."""
    best = glued / (glued + spaced) if glued + spaced else 0.0
    log = glued * math.log(share) + spaced * math.log1p(-share)
    peak = glued * math.log(best or 1) + spaced * math.log1p(-best if best < 1 else 0)
    return math.exp(max(-700.0, log - peak))


def propose_gaps(text: str, gaps: Iterable[Gap], least: float) -> Iterator[Proposal]:
    """Proposals that put the spaces in: those of one chunk that are certain enough together, the others alone."""
    found = sorted({g.position: g for g in sorted(gaps, key=lambda g: g.confidence)}.values(), key=lambda g: g.position)
    certain = [gap for gap in found if gap.confidence >= least]
    for _, row in groupby(_number_chunks(text, certain), key=lambda item: item[0]):
        yield _propose(text, [gap for _, gap in row])
    yield from (_propose(text, [gap]) for gap in found if SUGGEST <= gap.confidence < least)


def _number_chunks(text: str, gaps: Iterable[Gap]) -> Iterator[tuple[int, Gap]]:
    """The gaps, each with a number that it shares with those in the same chunk."""
    number, last = 0, 0
    for gap in gaps:
        if any(map(str.isspace, text[last : gap.position])):
            number += 1
        last = gap.position
        yield number, gap


def _propose(text: str, gaps: list[Gap]) -> Proposal:
    start, end = _reach(text, gaps[0].position, -1), _reach(text, gaps[-1].position, 1)
    cuts = [start, *(gap.position for gap in gaps), end]
    after = " ".join(text[a:b] for a, b in pairwise(cuts))
    confidence = min(gap.confidence for gap in gaps)
    rule = "+".join(dict.fromkeys(gap.rule for gap in gaps))
    evidence = "; ".join(dict.fromkeys(gap.evidence for gap in gaps if gap.evidence))
    candidates = Candidate(after, confidence), Candidate(text[start:end], 1 - confidence)
    return Proposal(start, end, after, rule, confidence, candidates, evidence)


def _reach(text: str, position: int, step: int) -> int:
    """The far edge of the word on one side of a place, over the signs between."""
    at = position if step > 0 else position - 1
    is_word = False
    while 0 <= at < len(text) and not text[at].isspace() and abs(at - position) < _LONGEST:
        if bool(_EDGE.match(text[at])) < is_word:
            break
        is_word = bool(_EDGE.match(text[at]))
        at += step
    return at if step > 0 else at + 1


_LONGEST = 60
