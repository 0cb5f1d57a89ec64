"""Where a hyphen is not kept, since what stands behind it does not go on with the word.

A hyphen at a line's end that makes no word without it is real, or it breaks off a word whose rest stands elsewhere:
in the next column, on the next page, behind a caption or the journal's address.
"""

from __future__ import annotations

import math
import re

from ligafix.document import SOFT_HYPHENS, Seam
from ligafix.lexicon.hyphens import load_hyphens
from ligafix.lexicon.readings import SHIPPED
from ligafix.scoring import Scorer
from ligafix.stages.hyphens.features import RARE, Division, OwnHyphens

FREQUENT_PAIR = 3e-8
"""A pair that no table lists is one across a gap if it is at least this frequent (pairs per word)."""

SURE_REST = 0.98
"""A word that nobody knows goes on across a gap if it is at least this sure that its halves are joined."""

COMMON = 1e-3
"""Words at least this frequent (*are*, *the*) stand behind a dash rather than behind a hyphen."""

_ELSEWHERE = re.compile(
    r"(?:www\.|https?:|ftp:|doi:|[\w.+-]{1,60}@[\w-]|(?:Figs?|Tabs?|Tables?|Plates?|Box|Charts?|Schemes?)\b\.?[ \t]\d)"
)
_LINE_ENDS = re.compile(r"\r\n|[\n\r\f]")

_HEAD = re.compile(r"(\w{1,60}(?: \S{1,60}){1,12}?)(?: \d{1,4})?[ \t]*(?=[\r\n\f]|\Z)")
_BEFORE_HEADS = f"\n\f{SOFT_HYPHENS}"
_SPEAKER = re.compile(r"[^\W\d_][\w'’ -]{0,40}(?:[.:](?=\s)|(?=[ \t]*(?:[\r\n]|\Z)))")
"""A name before what is said, or in a line of its own."""

NAMED = 2
"""A speaker's name begins so many lines at least ..."""

NEAR = 20_000
"""... within so many code points before and behind."""

LONGEST_SPEECH = 1000
"""Code points. What a hyphen opens and another closes is no longer than this."""

_OPENS_SPEECH = re.compile(r"(?<![^\s(«“\"])-(?=[¡¿«“\"]?[^\W\d_])")
_CLOSES_SPEECH = re.compile(r"(?<=[^\s-])-(?=[ ,.;:!?)])")
_TIME = re.compile(r"-->|^[ \t]*[\[(]?\d{1,2}:\d\d(?!\d)", re.MULTILINE)


def is_far(seam: Seam) -> bool:
    """Whether a page ends between the halves, or an empty line stands there."""
    return "\f" in seam.gap or len(_LINE_ENDS.findall(seam.gap)) > 1


def begins_elsewhere(text: str, seam: Seam) -> bool:
    """Whether an address or a caption begins behind a line's end, and no rest of a word."""
    return bool(seam.gap) and _ELSEWHERE.match(text, seam.right_start) is not None


def begins_speech(text: str, seam: Seam) -> bool:
    """Whether a speaker's name begins behind a line's end, as it begins other lines: a speech was interrupted."""
    at = seam.right_start
    name = _SPEAKER.match(text, at) if seam.gap and seam.right[:1].isupper() else None
    if name is None:
        return False
    number = text.count(f"\n{name.group()}", max(0, at - NEAR), at + NEAR)
    return number + text.startswith(name.group()) >= NAMED


def begins_head(text: str, seam: Seam) -> bool:
    """Whether the head or the foot of a page follows, that of other pages, too: the word goes on behind it."""
    at = seam.right_start
    head = _HEAD.match(text, at) if seam.left.islower() and seam.right[0].isupper() else None
    if head is None:
        return False
    found = (text.count(sign + head[1], max(0, at - NEAR), at + NEAR) for sign in _BEFORE_HEADS)
    return sum(found) > 1


def ends_speech(text: str, seam: Seam) -> bool:
    """Whether another hyphen opened, before a word, what this one closes, as Spanish novels print speech."""
    start = max(0, seam.start - LONGEST_SPEECH)
    opening = max((m.end() for m in _OPENS_SPEECH.finditer(text, start, seam.start)), default=-1)
    return bool(seam.gap) and opening >= 0 and not _CLOSES_SPEECH.search(text, opening, seam.start)


def is_of_list(text: str, seam: Seam) -> bool:
    """Whether each half has a line for itself, as words have in a list."""
    before, behind = text[max(0, seam.start - 1) : seam.start], text[seam.end : seam.end + 1]
    return bool(seam.gap) and before in ("", "\n", "\r") and behind in ("", "\n", "\r")


def has_times(between: str) -> bool:
    """Whether lines say when something was said, as in subtitles."""
    return _TIME.search(between) is not None


def is_likely_word(division: Division, join: float, scorer: Scorer) -> bool:
    """Whether the document has the joined word elsewhere, or it surely is one; what is a word is no word's rest."""
    if join >= SURE_REST and scorer.vocabulary.known(scorer.best(division.right)) < RARE:
        return True
    return division.joined in scorer.evidence.vocabulary or division.joined.lower() in scorer.evidence.vocabulary


def is_attested(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether the document or any table has the pair with its hyphen."""
    if own.pairs[division.kept.lower()]:
        return True
    is_pair = scorer.vocabulary.is_pair
    return is_pair(division.left, division.right) or is_pair(scorer.best(division.left), scorer.best(division.right))


def is_likely_pair(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether both halves are words or parts of pairs, and often enough together to be one across a gap."""
    if is_attested(division, scorer, own):
        return True
    if scorer.hyphenated_probability(division.left, division.right) < FREQUENT_PAIR:
        return False
    return may_open(division, scorer, own) and scorer.vocabulary.known(scorer.best(division.right)) > RARE


def may_open(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether a pair may begin so: with a word, or with what opens other pairs (`electro-`)."""
    left = division.left.lower()
    if own.openings[left] or scorer.vocabulary.known(scorer.best(division.left)) > RARE:
        return True
    tables = (load_hyphens(code) for code in dict.fromkeys((*scorer.evidence.languages, *SHIPPED)))
    return any(table.opening_odds(left) is not None for table in tables if table)


def is_like_pair(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether two halves are a pair, or pairs often begin so, or some begin and others end so.

    What breaks off before another column is mostly followed by a word with which no pair ends. The tables of other
    languages than English hold too few pairs to say that there is none, and so does a text that lost ligatures.
    """
    left, right = scorer.best(division.left).lower(), scorer.best(division.right).lower()
    if scorer.loses_anything or not scorer.vocabulary.is_english or is_attested(division, scorer, own):
        return True
    if own.openings[left] and own.closings[right]:
        return True
    tables = [table for code in scorer.evidence.languages if (table := load_hyphens(code))]
    opens = max((odds for table in tables if (odds := table.opening_odds(left)) is not None), default=-math.inf)
    ends_pairs = any(table.closing_odds(right) is not None for table in tables)
    return opens >= 0 or (ends_pairs and opens > -math.inf)


def begins_clause(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether a very common word stands behind a line's end, as where another column or paragraph goes on there.

    In a document that lost ligatures halves may have lost theirs (`o-⏎set`, *offset*).
    """
    if (
        scorer.loses_anything
        or division.before
        or division.behind
        or not (len(division.right) >= LONG_ENOUGH or division.right[0].isupper())
    ):
        return False
    return scorer.vocabulary.known(division.right.lower()) >= COMMON and not is_attested(division, scorer, own)


LONG_ENOUGH = 3
"""Shorter common words (*to*, *on*) are ends of words, too."""


def are_two_words(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether both halves are very common words, of which no table has the pair: a dash stands between them."""
    halves = division.left, division.right
    are_common = all(len(half) > 2 and scorer.vocabulary.known(half.lower()) >= COMMON for half in halves)
    return are_common and not is_attested(division, scorer, own)


def is_dash(division: Division, scorer: Scorer, own: OwnHyphens) -> bool:
    """Whether a mark inside a line was a dash: a very common word stands behind it, and no table has the pair."""
    if division.before or division.behind or not division.right.islower() or len(division.right) == 1:
        return False
    is_common = scorer.vocabulary.known(division.right) >= COMMON
    return is_common and not is_attested(division, scorer, own)
