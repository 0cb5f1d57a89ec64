"""Marks of notes that lost the space behind them: `enemies.”⁷Even`, `Union),¹the`, `difficult.1The`, `fired.[3]Later`.

A mark stays a mark: it keeps its digits and its place at the word before it.

It refuses exponents and isotopes (`10⁻³M`, `¹³C`), formulas (`H2O`, `x2`), sections (`3.1The`), abbreviations
(`Fig.1`), ordinals and units (`2nd`, `.5mm`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ligafix.chunks import find_chunks_of
from ligafix.chunks.kinds import ChunkKind
from ligafix.document import LETTERS
from ligafix.scoring import Scorer
from ligafix.scoring.alone import COMMON
from ligafix.stages.spaces import tables
from ligafix.stages.spaces.gaps import Gap

SURE = 0.98
"""Raised figures behind a sentence's end and before a word: what else they may be is an isotope."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""Figures that are set high."""

PLAIN = 0.95
"""Plain figures, and stars, which stand for more."""

_END = '[.,;:!?)”’»"]'
_MARK = re.compile(  # a class at the start is what `re` looks for fast
    rf"(?P<mark>[{RAISED}\d\[*†‡§](?:(?<=[{RAISED}])[{RAISED}]{{0,2}}|(?<={_END}\d)\d{{0,2}}|(?<={_END}\[)\d{{1,3}}\]"
    rf"|(?<={_END}[*†‡§])[*†‡§]{{0,2}}))"
    rf"(?=(?P<word>[{LETTERS}]+(?:['’][a-z]+)?)(?![\d_@/\\(=]))"
)
_MARKED = ChunkKind(lambda: (_MARK,))
_BEFORE = re.compile(rf"(?:[{LETTERS}]{{4}}|[{LETTERS}\d]{{2}}[.,;:!?]?[)”’»\"]?(?<![{LETTERS}\d]))[.,;:!?]?\Z")
_LETTERS_BEFORE = re.compile(rf"[{LETTERS}]+\Z")
_LONGEST_BEFORE = 60
_ABBREVIATION = re.compile(r"(?:\b[A-Za-z]|\b(?:[Ff]igs?|[Nn][or]s?|[Vv]ols?|[Cc]h|pp?|[Ee]qs?|[Ss]ect?|[Tt]ab))\.\Z")


def find(text: str, scorer: Scorer) -> Iterator[Gap]:
    """The places behind note marks where a space is missing."""
    chunks = find_chunks_of(text)
    for chunk, start in chunks.find(frozenset(chunks.of_kind(_MARKED))):
        for match in _MARK.finditer(text, start, start + len(chunk)):
            yield from _find_gap(text, match, scorer)


def _find_gap(text: str, match: re.Match[str], scorer: Scorer) -> Iterator[Gap]:
    confidence = _weigh(text, match, scorer)
    if confidence:
        yield Gap(match.end("mark"), "note-mark", confidence, f"{match['mark']!r} marks a note")


def _weigh(text: str, match: re.Match[str], scorer: Scorer) -> float:
    word, at = match["word"], match.start("mark")
    if not _BEFORE.search(text, max(0, at - 8), at):
        return 0.0
    if word in tables.ORDINAL_ENDINGS or not _is_word(word, scorer):
        return 0.0
    if match["mark"][0] not in RAISED:
        return _weigh_plain(text, match)
    if text[at - 1].isalpha() and (len(word) < 2 or _is_inside_word(text, at, word, scorer)):
        return 0.0
    is_clause_end = text[at - 1] in '.!?”’»"'
    return SURE if is_clause_end or not (word in tables.ELEMENTS or word.isupper()) else 0.0


def _is_inside_word(text: str, at: int, word: str, scorer: Scorer) -> bool:
    """Whether a figure between small letters stands for letters of one word, since they are no two words."""
    before = _LETTERS_BEFORE.search(text, max(0, at - _LONGEST_BEFORE), at)
    if before is None or not (text[at - 1].islower() and word.islower()):
        return False
    known = scorer.vocabulary.known
    return not known(before.group()) or known(word) <= COMMON


def _weigh_plain(text: str, match: re.Match[str]) -> float:
    """Plain figures mark a note where a sentence of words ends before them and one begins behind."""
    before = text[max(0, match.start("mark") - 12) : match.start("mark")]
    is_word_before = re.search(rf"[{LETTERS}]{{3}}[.,;:!?]?[)”’»\"]?\Z", before)
    if not is_word_before or _ABBREVIATION.search(before):
        return 0.0
    word = match["word"]
    begins = word[0].isupper() and not word[1:2].isupper() and (len(word) > 1 or word in "AI")
    return PLAIN if begins and text[match.start("mark") - 1] not in ",:;" else 0.0


def _is_word(word: str, scorer: Scorer) -> bool:
    """Whether letters behind a mark are a word of the language or of the document."""
    if scorer.vocabulary.known(word) > COMMON:
        return True
    return len(word) > 2 and (word in scorer.evidence.vocabulary or scorer.vocabulary.known(word) > 0)
