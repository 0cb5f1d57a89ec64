"""What a document's neighbours know that it does not: the pages of its book, the other texts of its corpus."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ligafix.evidence.codes import CodePrior
from ligafix.evidence.losses import LossPrior
from ligafix.evidence.pages import RepeatedLines

MOST_TEXTS = 1000
"""Of more texts than this a line's share counts: what stands in twenty of a million stands there by chance."""

STEPS = 20
"""How finely the share of a corpus that has a line is told: a text more or less changes nothing for the others."""


class Elsewhere(NamedTuple):
    """What other texts tell of a line.

    Attributes:
        texts: how many of them have it at the edge of a page, numbers apart.
        others: how many there are.
        torn: in how many of them a sentence begins or ends beyond it, as it does where a page does.
    """

    texts: int = 0
    others: int = 0
    torn: int = 0


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What is known to a document from others.

    Attributes:
        losses: which ligatures they lost.
        codes: what they read signs as.
        words: how often words with ligatures stand intact in them (and in itself).
        total: how many words they have.
        families: the families of words that have lost a ligature in them.
        group: the lines that repeat in the texts of its group, itself among them.
        corpus: the lines that repeat in all texts.
        begins_inside: whether the text may begin in the middle of a word, as pages do.
        ends_inside: whether it may end in the middle of one.
    """

    losses: LossPrior = field(default_factory=LossPrior)
    codes: CodePrior = field(default_factory=dict, repr=False)
    words: Mapping[str, int] = field(default_factory=dict, repr=False)
    total: int = 0
    families: frozenset[str] = field(default_factory=frozenset, repr=False)
    group: RepeatedLines | None = field(default=None, repr=False)
    corpus: RepeatedLines | None = field(default=None, repr=False)
    begins_inside: bool = False
    ends_inside: bool = False

    def elsewhere(self, line: str) -> Elsewhere:
        """What other texts tell of a line. Of a corpus only the lines count that most of its texts have."""
        near = _elsewhere(line, self.group)
        if 2 * near.texts >= near.others > 0:
            return near
        return self.in_most(line) or near

    def in_most(self, line: str) -> Elsewhere | None:
        """In how many of `STEPS` parts of the corpus a line stands, if in most."""
        texts, others, torn = _elsewhere(line, self.corpus)
        share, torn = (STEPS * number // others if others else 0 for number in (texts, torn))
        return Elsewhere(share, STEPS, torn) if others >= STEPS and 2 * share >= STEPS else None

    def may_tear(self, text: str, start: int, end: int) -> bool:
        """Whether a word of a text may be half of one that goes on in the text before or behind."""
        return (self.begins_inside and start == 0) or (self.ends_inside and end == len(text))

    def frequency(self, word: str) -> float:
        """The relative frequency of a word with a ligature in the group (tokens per token)."""
        return self.words.get(word, 0) / max(1000, self.total)


def _elsewhere(line: str, lines: RepeatedLines | None) -> Elsewhere:
    if lines is None or lines.texts < 2 or not any(map(str.isalpha, line)):  # numbers stand in all texts
        return Elsewhere()
    texts, others, torn = max(0, lines.count(line) - 1), lines.texts - 1, lines.count_torn(line)
    if others <= MOST_TEXTS:
        return Elsewhere(texts, others, torn)
    return Elsewhere(texts * MOST_TEXTS // others, MOST_TEXTS, torn * MOST_TEXTS // others)
