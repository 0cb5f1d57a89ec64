"""Dots below letters that came out as full stops: `Bhat.t.a`, `Muh.ammad`, `Pram¯an. asamuccaya`.

TeX sets the dot of ṭ, ṇ or ḥ as a full stop under its letter, and extractors write it behind. A single `h.i` tells
nothing; a text tells that it has such dots by many words with accents, as only transliterations have them. A dot at a
word's end may be a full stop, and stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass

from ligafix.changes import Candidate, Proposal
from ligafix.stages.marks.tables import ACCENTED, DOT_BEARERS, LATIN, compose
from ligafix.stages.marks.wording import Wording

DOT_BELOW = "\u0323"

WIDE = "dhmnDHLMNRST"
"""Letters so wide that a gap is left behind the dot under their middle, which extractors take for a space."""

FINAL = "mh"
"""Letters that end words of Sanskrit with a dot below (`namah. śivāya`), so that a space behind it is the text's."""

FEWEST_WORDS = 5
"""So many different words with macrons must have such dots inside them: Sumerian, whose signs dots part (`en.líl`), has
none. Where more letters have their dots below, full stops are what they are."""

MOSTLY = 0.8
"""More than this share of all dots between small letters must stand behind letters that bear one. Syllables that are
parted by dots end in vowels, and programs use all letters."""

CERTAIN = 0.96
"""How often a dot that is read so is one: of 2,500 in typeset transliterations, some 270 words, none was wrong, but
abbreviations are written as variously as their authors like."""

SHORTEST = 3
"""Pieces of fewer letters are those of abbreviations (`s.v.`), or single letters under a dot."""

COMMON = -6.5
"""What is more frequent (log10) is a word of its own."""

_MARKS = "¯´˜ˆ¨ˇ˘˙\u0300-\u036f"
_RUN = f"(?:{LATIN}|[{_MARKS}])"
_DOT = re.compile(rf"(?<=[{DOT_BEARERS}])( ?)\.( ?)(?=[a-zà-öø-ÿāīūēōṛṝḷśşıʿ¯´˜]{_RUN}*)")
_INSIDE = re.compile(r"(?<=[a-zà-ÿāīū])\.(?=[a-zà-ÿāīū¯´˜])")
_LEFT = re.compile(rf"{_RUN}+\Z")
_RIGHT = re.compile(f"{_RUN}+")
_TELLING = re.compile(f"{ACCENTED.pattern}|[{_MARKS}]")
_LONG = re.compile("[āēīōūĀĒĪŌŪ¯\u0304]")
_WHOLE = re.compile("[ḍḥḷṃṇṛṣṭẓḌḤḶṂṆṚṢṬẒ]")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class _Dot:
    """A full stop that may be a dot below, as what stands there with its spaces, and the letters before and behind."""

    at: int
    stop: str
    left: str
    right: str

    @property
    def apart(self) -> bool:
        """Whether a space stands beside it."""
        return len(self.stop) > 1

    @property
    def behind_space(self) -> bool:
        """Whether a space stands before it, where no author sets one before a small letter."""
        return self.stop[0] == " "

    @property
    def begins(self) -> int:
        """Where the letters before it begin."""
        return self.at - len(self.left)

    @property
    def ends(self) -> int:
        """Where the letters behind it begin."""
        return self.at + len(self.stop)


def set_dots(text: str, wording: Wording) -> Iterator[Proposal]:
    """The words of a text whose dots below came out as full stops; none in a text that has few of them."""
    dots = list(_find(text))
    rows = [row for row in _link(dots, apart=False) if not row[0].apart]
    spaced = [dot for dot in dots if dot.behind_space]
    if not (_are_many(rows, _INSIDE.findall(text), text) or _are_many([[dot] for dot in spaced], spaced, text)):
        return
    read = {dot for row in rows if _are_below(row, wording) for dot in row}
    for linked in _link(dots, apart=True):
        kept = list(_keep_below(text, linked, read, wording))
        for word in _link(kept, apart=True):
            yield _propose(word)


def _are_many(rows: Sequence[Sequence[_Dot]], alike: Sequence[object], text: str) -> bool:
    """Whether enough words have such dots, and most dots that stand alike are among them."""
    words = {row[0].left + row[0].right for row in rows if _is_telling(row, _LONG)}
    number = sum(map(len, rows))
    return len(words) >= FEWEST_WORDS and number > max(MOSTLY * len(alike), len(_WHOLE.findall(text)))


def _find(text: str) -> Iterator[_Dot]:
    for match in _DOT.finditer(text):
        left = _LEFT.search(text, max(0, match.start() - _LONGEST), match.start())
        right = _RIGHT.match(text, match.end())
        if left and right:
            yield _Dot(match.start(), match.group(), left.group(), right.group())


def _link(dots: Iterable[_Dot], *, apart: bool) -> Iterator[list[_Dot]]:
    """The dots of one word together: those between which there are letters only; or with spaces behind dots, too."""
    linked: list[_Dot] = []
    for dot in dots:
        if linked and (linked[-1].ends != dot.begins or not (apart or not (linked[-1].apart or dot.apart))):
            yield linked
            linked = []
        linked.append(dot)
    if linked:
        yield linked


def _is_telling(row: Sequence[_Dot], accents: re.Pattern[str]) -> bool:
    """Whether a word has such accents."""
    return any(accents.search(dot.left + dot.right) for dot in row)


def _are_below(row: Sequence[_Dot], wording: Wording) -> bool:
    """Whether the full stops inside a word, without spaces, are dots below."""
    pieces = [row[0].left, *(dot.right for dot in row)]
    letters = sum(map(len, pieces))
    if _is_telling(row, _TELLING):
        return letters >= SHORTEST
    if len(row) > 1:
        return letters > SHORTEST + 1
    return max(map(len, pieces)) >= SHORTEST and not all(_is_word(piece, wording) for piece in pieces)


def _keep_below(text: str, linked: Sequence[_Dot], read: Set[_Dot], wording: Wording) -> Iterator[_Dot]:
    """Those of linked dots that are read so: some have a space behind them, as abbreviations have.

    These have no accents, or no word behind them that nobody knows.
    """
    strong = False
    for number, dot in enumerate(linked):
        strong = strong or _TELLING.search(dot.left) is not None
        is_last = number + 1 == len(linked)
        goes_on = not is_last and linked[number + 1] in read
        if dot in read or (dot.apart and _is_below_apart(text, dot, wording, strong=strong, goes_on=goes_on)):
            strong = True
            yield dot
        else:
            strong = False


def _is_below_apart(text: str, dot: _Dot, wording: Wording, *, strong: bool, goes_on: bool) -> bool:
    """Whether a full stop before a space is a dot below.

    Args:
        text: the text.
        dot: the full stop.
        wording: how likely words are.
        strong: whether the word so far has accents, or dots below.
        goes_on: whether the letters behind have dots below.
    """
    if dot.left[-1] in FINAL and len(dot.left) > 1:
        return False
    is_short = len(dot.left) == 1 and (dot.left.isupper() or text[dot.begins - 1 : dot.begins] == "-")
    if not dot.behind_space and (dot.left[-1] not in WIDE or not (strong or is_short)):
        return False
    if len(dot.right) == 1 and not goes_on:
        return (strong or dot.behind_space) and dot.right in "aiu"
    return goes_on or (len(dot.right) >= SHORTEST and not _is_word(dot.right, wording))


def _is_word(letters: str, wording: Wording) -> bool:
    known = wording.known(letters)
    return len(letters) > 1 and known is not None and known > COMMON


def _propose(dots: Sequence[_Dot]) -> Proposal:
    """The change that sets the dots of one word."""
    after = dots[0].left
    for dot in dots:
        after = after[:-1] + (compose(after[-1], DOT_BELOW) or "") + dot.right
    end = dots[-1].ends + len(dots[-1].right)
    return Proposal(dots[0].begins, end, after, "dot below", CERTAIN, (Candidate(after, CERTAIN),))
