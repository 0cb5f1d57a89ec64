"""Spaces that were lost, and spaces too many.

Lost where the font changes (`ofIzvestiia`, `Hayashi,Kantogun`, `sorengun(Tokyo`), between scripts (`ПольшаAuthors`),
behind note marks (`enemies.”⁷Even`), anywhere (`ofthepeople`), or in a whole line. Too many where letters were set wide
(`f i r s t`) and before punctuation (`end ,`).

The document is the witness: what it writes without a space by habit, and what it has as a word elsewhere, stays. It
refuses programs, settings and pages of markup as a whole: their comments, too, name what the code calls so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ligafix.changes import Proposal
from ligafix.programs import is_program
from ligafix.scoring import Scorer
from ligafix.settings import Settings
from ligafix.stages.spaces import letterspacing, lost, notes, punctuation, rows, segmentation
from ligafix.stages.spaces.gaps import Gap, propose_gaps, weigh_channel
from ligafix.stages.spaces.records import has_fields

JOINTS = 0.25
"""How many joints there are to a word at which a channel may lose a space: punctuation, brackets, changes of font."""

BEYOND_DOUBT = 0.9
"""A place at least this sure by itself tells that spaces are missing."""

NO_SLIPS = ("note-mark", "between-scripts")
"""Where no author forgets a space."""


def propose(text: str, scorer: Scorer, settings: Settings) -> list[Proposal]:
    """The places of a text where a space is missing or too many."""
    gaps = [*notes.find(text, scorer), *lost.find(text, scorer)]
    if any(gap.rule == "after-comma" for gap in gaps) and has_fields(text):
        gaps = [gap for gap in gaps if gap.rule != "after-comma"]
    in_rows = rows.find(text, scorer)
    sure, sure_in_rows = (sum(gap.confidence >= BEYOND_DOUBT for gap in found) for found in (gaps, in_rows))
    gaps += segmentation.find(text, scorer, sure + sure_in_rows, sure_in_rows)
    weighed = [*gaps, *in_rows] if in_rows else _weigh_together(gaps, round(JOINTS * scorer.evidence.words))
    missing = propose_gaps(text, weighed, settings.min_confidence)
    found = [*missing, *letterspacing.propose(text, scorer), *punctuation.propose(text, scorer)]
    return [] if found and is_program(text) else found


def _weigh_together(gaps: Iterable[Gap], joints: int) -> Iterator[Gap]:
    """The gaps of a text, less probable where they are so few that its author may have forgotten the spaces.

    No author forgets those of whole lines: where some lack them, the channel loses spaces.
    """
    gaps = list(gaps)
    channel = weigh_channel(sum(gap.confidence >= BEYOND_DOUBT for gap in gaps), joints)
    for gap in gaps:
        yield gap if gap.rule in NO_SLIPS else replace(gap, confidence=channel * gap.confidence)
