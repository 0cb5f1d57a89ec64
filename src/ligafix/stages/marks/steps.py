"""What the marks of a site make of the words around it, in each way to read it.

They belong to the letter before or behind them, or to both, or stay; one word goes on across them, or two stand there.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from ligafix.stages.marks.content import as_other, content_odds
from ligafix.stages.marks.sites import SHORTEST_WORD, Site
from ligafix.stages.marks.tables import BELOW, DOTLESS, compose, is_usual
from ligafix.stages.marks.wording import Wording

_RESPELT = -3.0  # log10 of the odds that a mark at its letter makes a word that nobody knows of a known one
_BEHIND_WORD = -1.0  # log10 of the odds that a space behind a common word is none, where nobody knows what it makes
_STRAY_GUESS = -2.0  # log10 of the odds that a mark between two spaces makes a word that nobody knows
_SIGN = -3.0  # log10 of how likely a letter by itself is the sign of a quantity
_SIGNS = frozenset("^~")  # accents only in words that are known
_CEDILLA, _WITH_CEDILLA, _WITH_OGONEK = "¸", frozenset("cstCST"), frozenset("aeAE")  # `K¸eplicz` is Kęplicz
_MACRON, _BREVE = "\u0304", "\u0306"


class Label(IntEnum):
    """How a site is read: the side of its letter it stands on, and whether one word goes on across it."""

    BEFORE = 0
    AFTER = 1
    BEFORE_APART = 2
    AFTER_APART = 3
    SHARED = 4
    """The first marks after their letter, the others before theirs."""
    LEFT = 5
    """The marks are the text's own and stay."""

    @property
    def side(self) -> str:
        """The side of its letter."""
        return self.name.lower().removesuffix("_apart")


_GLUED = {"before": Label.BEFORE, "after": Label.AFTER, "shared": Label.SHARED}
_APART = {"before": Label.BEFORE_APART, "after": Label.AFTER_APART}


class Step(NamedTuple):
    """A way to read one more site behind a word.

    Attributes:
        closed: what is added to the text before the last word.
        word: what is the last word then.
        bare: its letters without the marks that are set behind spaces; empty where none is.
        score: log10 of how likely that word is as it is.
        label: how the site is read.
        log: log10 of how likely the step is, beside the odds of its label.
        least: it is as likely as this whatever these are, as far as such marks are left anywhere.
    """

    closed: str
    word: str
    bare: str
    score: float
    label: Label
    log: float
    least: float = -math.inf


def find_steps(before: str, bare: str, site: Site, wording: Wording, *, goes_on: bool) -> Iterator[Step]:
    """The ways to read a site behind a word, of which it is told how it stands without marks that are behind spaces.

    Whether these spoil a known word shows where it ends: not at a site behind which it `goes_on`.
    """
    yield _leave(before, site, wording)
    if site.quotes and site.left_spaces and not site.right_spaces:  # no accent opens a quotation behind a space
        return
    spaced = site.left_spaces or site.right_spaces
    for side, word, rest in _bearers(before, site):
        if _is_none(side, word, rest, site, wording, goes_on=goes_on):
            continue
        if _may_be_glued(before, word, rest, site) and not _swallows_word(word + rest, site, wording, goes_on=goes_on):
            whole = (bare or before) + site.right if spaced or bare else ""
            is_spoilt = not goes_on and bool(whole) and _is_spoilt(whole, word + rest, site, wording)
            if not is_spoilt or _is_at_letter(side, site):
                log = (_RESPELT if is_spoilt else 0.0) + _likely_inside(before, word + rest, site, wording)
                yield Step("", word + rest, whole, wording.score(word + rest), _GLUED[side], log)
        alone, made = (before, word) if side == "after" else (site.right, rest)
        is_one = site.inserted and bool(before) and not site.right_spaces
        is_astray = _is_astray(side, alone, made, site, wording) or _is_of_capital(side, word, site, wording)
        if spaced and side != "shared" and not is_one and not is_astray:
            if bare and _is_spoilt(bare, word, site, wording):
                continue
            log = wording.score(word)
            if site.left_spaces and site.right_spaces and wording.known(word if side == "after" else rest) is None:
                log += _STRAY_GUESS
            closed = word + _spaces_kept(word, rest, site)
            yield Step(closed, rest, "", wording.score(rest), _APART[side], log)


def _is_none(side: str, word: str, rest: str, site: Site, wording: Wording, *, goes_on: bool) -> bool:
    """Whether what a mark makes on one side shows that it is no accent there, whatever other marks are."""
    is_known, length = wording.known(word + rest) is not None, len(word + rest)
    if side == "shared":  # rather one of them is late
        return not is_known
    if site.raw in _SIGNS or site.raw.strip() in wording.symbols:
        may_go_on = goes_on and site.raw not in _SIGNS
        return not may_go_on and (not is_known or length < SHORTEST_WORD)
    if is_known:
        return False
    if site.attached and side != "after" and length <= SHORTEST_WORD:  # an index behind a symbol
        return True
    if side == "after" and (site.broken or _is_of_dotless(site)):  # its letter begins the next line, or has no dot
        return True
    bearer = site.right[:1] if side == "before" else site.left[-1:]
    is_other = bearer.isupper() and not bearer.isascii()  # letters of a font that has other signs in their places
    return is_other or _may_be_ogonek(site)


def _is_of_dotless(site: Site) -> bool:
    """Whether marks above touch an i that lost its dot to them, as in TeX; Turkish has one behind ğ and ş."""
    touches = site.right[:1] in DOTLESS and bool(site.right) and not site.right_spaces
    return touches and BELOW.isdisjoint(site.marks) and site.marks != _BREVE


def _may_be_ogonek(site: Site) -> bool:
    """Whether a cedilla stands where fonts without an ogonek have one: it makes no word on either side."""
    return site.raw.strip() == _CEDILLA and site.right[:1] in _WITH_OGONEK and site.left[-1:] not in _WITH_CEDILLA


def _may_be_glued(before: str, word: str, rest: str, site: Site) -> bool:
    """Whether what stands on both sides of a site may be one word: of two spaces before a mark one is the text's."""
    if not (site.left_spaces or site.right_spaces):
        return True
    has_capital_inside = word[-1:].islower() and rest[:1].isupper()
    return bool(before and site.right) and not has_capital_inside and site.left_spaces < 2


def _likely_inside(before: str, made: str, site: Site, wording: Wording) -> float:
    """log10 of the odds that the space before a mark is inside a word (`and ¯agama`)."""
    if not site.left_spaces or len(before) < SHORTEST_WORD:
        return 0.0
    known, whole = wording.known(before), wording.known(made)
    is_word = whole is not None and whole > HARDLY_KNOWN
    return _BEHIND_WORD if known is not None and known > COMMON_WORD and not is_word else 0.0


def _is_spoilt(bare: str, made: str, site: Site, wording: Wording) -> bool:
    """Whether marks that may be those of another word spoil a known one."""
    return _MACRON not in site.marks and _spoils(bare, made, wording)


def _is_at_letter(side: str, site: Site) -> bool:
    """Whether marks touch the letter behind them that bears them, and a space parts them from the one before."""
    return side == "before" and site.left_spaces > 0 and not site.right_spaces


def _is_astray(side: str, bare: str, made: str, site: Site, wording: Wording) -> bool:
    """Whether marks with a space between them and the letter that would bear them belong to another word."""
    is_far = site.left_spaces if side == "after" else site.right_spaces
    return bool(is_far) and _MACRON not in site.marks and _spoils(bare, made, wording)


def _is_of_capital(side: str, word: str, site: Site, wording: Wording) -> bool:
    """Whether marks touch a capital that bears them, and would make a word that nobody knows of the one before."""
    touches = site.left_spaces > 0 and not site.right_spaces and site.right[:1].isupper()
    return (
        side == "after"
        and touches
        and is_usual(compose(site.right[0], site.marks))
        and len(word) > 1
        and wording.known(word) is None
    )


def _swallows_word(made: str, site: Site, wording: Wording, *, goes_on: bool) -> bool:
    """Whether marks that a space parts from a common word would join it to a piece, and nobody knows what comes of it.

    They belong to a letter before (`Piyale ˆ had`), or the next mark tells.
    """
    if goes_on or not site.right_spaces or len(site.right) < 2 or wording.known(made) is not None:
        return False
    known = wording.known(site.right)
    return known is not None and known > COMMON_WORD


COMMON_WORD = -4.0
"""What is more frequent (log10) behind a mark and a space is a word, and no end of one."""

HARDLY_KNOWN = -8.5
"""What is less frequent (log10) is made of syllables only, as romanized Japanese is."""


def _spoils(bare: str, made: str, wording: Wording) -> bool:
    """Whether a mark makes a word that nobody knows of a known one. Macrons do that to names in romanized Japanese."""
    return wording.known(made) is None and wording.known(bare) is not None


def _spaces_kept(word: str, rest: str, site: Site) -> str:
    """The spaces that stay where two words meet, or where a word has its edge at the site."""
    if word and rest:
        return " "
    return site.kept_right if word else site.kept_left


def _bearers(word: str, site: Site) -> Iterator[tuple[str, str, str]]:
    """The sides on which letters can bear the marks of a site, with what the words around it become."""
    for count in {0, len(site.marks), 1}:
        after, before = site.marks[:count], site.marks[count:]
        last = compose(word[-1], after) if word and after else word[-1:]
        first = compose(site.right[0], before) if site.right and before else site.right[:1]
        if (after and not word) or (before and not site.right) or last is None or first is None:
            continue
        side = "shared" if after and before else "after" if after else "before"
        yield side, word[:-1] + last, first + site.right[1:]


def _leave(before: str, site: Site, wording: Wording) -> Step:
    """The reading that takes the marks for what they look like."""
    content = 0.9 if site.raw.strip() in wording.symbols else content_odds(before, site)
    score = wording.score(before)
    log = math.log10(max(1e-300, content)) + score
    if len(before) == 1 and not site.left_spaces:
        log += _SIGN - score
    least = -math.inf
    if site.right and not site.right_spaces:
        word = "" if site.left_spaces else before
        other = as_other(word, site, wording) + wording.score(before if site.left_spaces else "")
        least = other - wording.score(site.right)
    return Step(before + site.raw, site.right, "", wording.score(site.right), Label.LEFT, log, least)
