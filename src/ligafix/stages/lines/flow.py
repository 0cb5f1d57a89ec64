"""Whether a line goes on in the next one: by its last sign, the next one's first, and the room there was."""

from __future__ import annotations

import re
from typing import NamedTuple

from ligafix.document import LETTERS
from ligafix.stages.lines.layout import print_width

SPACE = 0.25
"""How wide a space is (ems), as in Times."""

SPEECH = frozenset('"“”„«»‘‚—–')
"""What the speech of another speaker begins with."""

ROOM = 0.04
"""A line is full if the next word would have exceeded the measure, or come within this share of it: glyphs are not
all as wide as we think, and lines of the same measure differ by as much."""

TIGHT = 0.03
"""The lines of a justified column are as wide as this, give or take what we do not know about the glyphs."""

MOST_SAID = 30.0
"""However much (nats) speaks for a seam or against it, no more than this is believed."""

_SENTENCE_END = re.compile(r"(?<![.][.])[.!?:…。][\"'”’»«)\]]*(?:[\d*†‡]{1,3}|[⁰¹²³⁴-⁹]{1,3}|\[\d{1,3}\])?[\"'”’)]?\Z")
_DIVIDED = re.compile(rf"[{LETTERS}][-‐\xad\ufffe¬]\Z")
_LOWER = re.compile(r"[\"'“‘„«(\[]*([^\W\d_])")
_OPEN = re.compile(
    r"(?:[,;(–—]|(?:^|\s)(?:the|an?|of|and|or|to|in|on|at|by|for|with|from|that|which|der|die|das|den|dem|des|und|oder"
    r"|ein|eine|von|zu|im|mit|auf|le|la|les|de|du|des|et|el|los|las|y|il|di|del|della|e|o|do|da|i|w|z|na))\Z"
)
"""Ends after which no sentence, heading or verse ends by itself."""


class Seam(NamedTuple):
    """What there is to see between a line and the next one.

    Attributes:
        goes_on: the sentence visibly goes on: in lower case, or in the middle of a word.
        ends: the first line ends a sentence.
        is_open: it ends with a comma or a word that cannot be the last one.
        slack: how much room was left on it, as a share of the measure.
        room: how much of that would have been left if the next word had been set there; less than 0 if it did not fit.
        opens_speech: the second one begins with a quotation mark, as when another speaker begins.
        is_lower: it begins in lower case.
    """

    goes_on: bool
    ends: bool
    is_open: bool
    slack: float
    room: float
    opens_speech: bool = False
    is_lower: bool = False

    @property
    def is_full(self) -> bool:
        """Whether the next word did not fit on the line."""
        return self.room <= ROOM

    @property
    def is_tight(self) -> bool:
        """Whether the line is as wide as its column."""
        return self.slack <= TIGHT

    @property
    def is_ending(self) -> bool:
        """Whether a paragraph may well end here: a sentence does, and the next line begins another, nobody's speech."""
        return self.ends and not self.is_lower and not self.opens_speech

    @property
    def is_title(self) -> bool:
        """Whether the first line is short and ends without an end, as headings do."""
        return not (self.goes_on or self.ends or self.is_open or self.is_full)


def inspect(line: str, following: str, width: float, measure: float) -> Seam:
    """Look at the seam between two lines; `width` is the first one's, `measure` that of the column (ems)."""
    line, following = line.rstrip(), following.lstrip()
    ends = ends_sentence(line)
    lower = is_lower(following)
    goes_on = not ends and (lower or (is_divided(line) and following[:1].isalpha()))
    slack = (measure - width) / measure
    room = slack - (SPACE + print_width(following.partition(" ")[0])) / measure
    return Seam(goes_on, ends, bool(_OPEN.search(line[-20:])), slack, room, following[:1] in SPEECH, lower)


def ends_sentence(line: str) -> bool:
    """Whether a line ends where a sentence may end.

    >>> ends_sentence("of our enemies.”⁷"), ends_sentence("across the bor-"), ends_sentence("(see note).")
    (True, False, True)
    """
    return bool(_SENTENCE_END.search(line[-16:].rstrip()))


def is_divided(line: str) -> bool:
    """Whether a line ends in the middle of a word."""
    return bool(_DIVIDED.search(line[-2:]))


def is_lower(line: str) -> bool:
    """Whether a line begins with a small letter."""
    first = _LOWER.match(line.lstrip()[:8])
    return bool(first and first.group(1).islower())


def weigh_continuation(seam: Seam) -> float:
    """How much (nats) speaks for the next line belonging to the paragraph of the line before.

    Where a sentence ends, the weights are round figures of what follows from two rates of running prose: about one
    line in twenty ends with a sentence by chance, and about one in ten is the last of its paragraph and as likely of
    one length as of another. A document's own rates say more (see `reflow`).
    """
    if seam.ends:
        return _weigh_behind_sentence(seam)
    if seam.goes_on:
        return 6.0 if seam.is_full else 0.5
    if seam.is_open:
        return 4.5 if seam.is_full else -1.0
    return 3.0 if seam.is_full else -3.0


def _weigh_behind_sentence(seam: Seam) -> float:
    """The same where a sentence ends; a small letter behind it tells that it was an abbreviation."""
    if seam.is_lower:
        return 4.0 if seam.is_full else -1.0
    if seam.opens_speech:
        return 0.0 if seam.is_full else -4.0
    if seam.is_full:
        return 2.4 if seam.is_tight else 1.5
    return max(-6.0, -0.5 - 40 * (seam.room - ROOM))
