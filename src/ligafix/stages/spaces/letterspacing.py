"""Letters set wide: `f i r s t`, `T H E L AWS O F D I S I N H E R I TA N C E`.

Where it comes from: headings, and emphasis in older print, are spaced out by the typesetter; the extractor takes the
gaps for spaces, but where two capitals are kerned. Words end only where a space stands.

It refuses rows of letters that are not surely words: lists (`a b c d`, though some lists have `abcdef`), initials
(`J R R`), sequences (`A C G T`), variables; and rows of which pieces would stay behind (`Di s e a s e`).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import find_chunks_of
from ligafix.document import LETTERS, is_code, odd_characters
from ligafix.scoring import Scorer

SINGLE = 0.6
"""At least this share of the pieces are single letters."""

FEWEST = 4
"""One of the words has at least so many letters: shorter ones come about by chance."""

LEAST = {1: 3e-3, 2: 3e-4, 3: 1e-5, 4: 2e-6, 5: 2e-7, 6: 1e-7}
"""How frequent a word of so many letters must be to be one for sure; a longer one needs only to be listed."""

MARGIN = math.log(100)
"""How much likelier the words are than any others that the same pieces make (nats)."""

GUESSED = 0.8
"""The same where it has no wide gaps to tell its words, in a text whose other rows are cut: letters may be missing."""

REACH = 24
"""So many code points beside a row are looked at."""

SURE = 0.97
"""How surely a row that makes such words was one of words."""

LONGEST_WORD = 30
"""No word of a heading has more pieces."""

MOST_PIECES = 100
"""What is longer is no heading."""

_THREE = re.compile(rf"(?<!\S)[{LETTERS}](?:[ \xa0\u2002-\u200a\u202f]{{1,3}}[{LETTERS}]){{2}}(?!\S)")
_SPACE = r"[ \xa0\u2002-\u200a\u202f]"
_ODD_SPACES = frozenset(map(chr, (0xA0, *range(0x2002, 0x200B), 0x202F)))


def _find_lone(space: str) -> re.Pattern[str]:
    """Finds the space behind the first of single letters; the space first: single letters stand everywhere in words."""
    before = rf"(?:(?<=\s[{LETTERS}].)|(?<=\A[{LETTERS}].))"
    return re.compile(rf"{space}{before}(?={_SPACE}{{0,2}}[{LETTERS}]{_SPACE})")


_LONE, _LONE_OF_ASCII = _find_lone(_SPACE), _find_lone(" ")
"""The second is for texts without other spaces: `re` looks for one character faster than for a class."""

_OPERATOR = re.compile(r"[=^<>|∑∫∏√±×≤≥∈_\\{}]")
_GOES_ON = re.compile(rf" ?['’]| [{LETTERS}]{{2,3}}(?: [{LETTERS}]){{2}}(?!\S)")
_SHORT_BEHIND = re.compile(rf"(?:{_SPACE}{{1,3}}[{LETTERS}]{{1,3}}(?![^\s.,:;!?)])){{1,6}}")
_SHORT_BEFORE = re.compile(rf"(?:(?<![^\s(])[{LETTERS}]{{1,3}}{_SPACE}{{1,3}}){{1,6}}\Z")
_PIECE_BEHIND = re.compile(rf"([ \xa0\u2002-\u200a\u202f]{{1,4}})([{LETTERS}]{{1,3}})(?![^\s.,:;!?)])")
_PIECE_BEFORE = re.compile(rf"(?<![^\s(])([{LETTERS}]{{1,3}})([ \xa0\u2002-\u200a\u202f]{{1,4}})\Z")


class Row(NamedTuple):
    """A row of pieces, where it stands, and the widths of the gaps between the pieces."""

    start: int
    end: int
    pieces: tuple[str, ...]
    gaps: tuple[int, ...]


def propose(text: str, scorer: Scorer) -> Iterator[Proposal]:
    """The rows of single letters of a text that surely make words."""
    if not find_chunks_of(text).has_row(_single_letters()):
        return
    frequency = lru_cache(maxsize=1 << 12)(scorer.vocabulary.known)
    rows = [row for row in _find_rows(text) if not _is_in_formula(text, row)]
    whole = [row for row in rows if not _is_cut(text, row, frequency)]
    for row in whole:
        if words := _read(row, frequency):
            guessed = len(words) > 1 and not _is_wide(row) and len(whole) < len(rows)
            yield _propose(text, row, words, GUESSED if guessed else SURE)


def _propose(text: str, row: Row, words: tuple[str, ...], sure: float) -> Proposal:
    after, before = " ".join(words), text[row.start : row.end]
    candidates = Candidate(after, sure), Candidate(before, 1 - sure)
    return Proposal(row.start, row.end, after, "letter-spaced", sure, candidates, "single letters make words")


def _is_cut(text: str, row: Row, frequency: Callable[[str], float]) -> bool:
    """Whether pieces beside a row belong to it: letters that are no words (`Di s e a s e`, `p l a y in g`)."""
    behind, before = (
        _SHORT_BEHIND.match(text, row.end),
        _SHORT_BEFORE.search(text, max(0, row.start - REACH), row.start),
    )
    pieces = [*(behind.group().split() if behind else ()), *(before.group().split() if before else ())]
    return _GOES_ON.match(text, row.end) is not None or not all(_is_short_word(piece, frequency) for piece in pieces)


def _is_short_word(piece: str, frequency: Callable[[str], float]) -> bool:
    """Whether a piece of a few letters is a word by itself, and not an abbreviation or a name."""
    return frequency(piece.lower()) > LEAST[len(piece)]


@cache
def _single_letters() -> frozenset[str]:
    return frozenset(re.findall(f"[{LETTERS}]", "".join(map(chr, range(0x2000)))))


def _find_rows(text: str) -> Iterator[Row]:
    at = 0
    pattern = _LONE_OF_ASCII if odd_characters(text).isdisjoint(_ODD_SPACES) else _LONE
    for lone in pattern.finditer(text):
        three = _THREE.match(text, lone.start() - 1) if lone.start() > at else None
        if three is None:
            continue
        row = _extend(text, three)
        at = row.end
        if FEWEST <= len(row.pieces) < MOST_PIECES and sum(len(p) == 1 for p in row.pieces) >= SINGLE * len(row.pieces):
            yield row


def _extend(text: str, three: re.Match[str]) -> Row:
    """The row around three single letters: kerned pieces belong to it where all is in capitals."""
    letters = three.group().split()
    pieces, gaps = list(letters), [len(gap) for gap in re.findall(r"\s+", three.group())]
    start, end = three.span()
    most = 3 if all(letter.isupper() for letter in letters) else 1
    while len(pieces) < MOST_PIECES and (piece := _PIECE_BEHIND.match(text, end)) and _belongs(piece[2], most):
        pieces.append(piece[2])
        gaps.append(len(piece[1]))
        end = piece.end()
    while (
        len(pieces) < MOST_PIECES
        and (piece := _PIECE_BEFORE.search(text, max(0, start - 8), start))
        and _belongs(piece[1], most)
    ):
        pieces.insert(0, piece[1])
        gaps.insert(0, len(piece[2]))
        start = piece.start()
    return Row(start, end, tuple(pieces), tuple(gaps))


def _belongs(piece: str, most: int) -> bool:
    return len(piece) == 1 or (len(piece) <= most and piece.isupper())


def _is_wide(row: Row) -> bool:
    """Whether the gaps between a row's words are wider than those between letters."""
    return max(row.gaps) > min(row.gaps)


def _read(row: Row, frequency: Callable[[str], float]) -> tuple[str, ...]:
    """The words that the pieces of a row surely make; nothing where they do not."""
    is_wide = _is_wide(row)
    rows: list[list[tuple[float, tuple[str, ...]]]] = [[(0.0, ())]]
    for end in range(1, len(row.pieces) + 1):
        found: list[tuple[float, tuple[str, ...]]] = []
        for start in range(end - 1, max(-1, end - LONGEST_WORD), -1):
            word = "".join(row.pieces[start:end])
            if weight := _weigh(word, frequency):
                found += [(log + math.log(weight), (*words, word)) for log, words in rows[start]]
            if start and is_wide and row.gaps[start - 1] > min(row.gaps):
                break
        rows.append(sorted(found, reverse=True)[:2])
    best, *others = rows[-1] or [(0.0, ())]
    if max(map(len, best[1]), default=0) < FEWEST or (others and best[0] - others[0][0] < MARGIN):
        return ()
    return best[1]


def _weigh(word: str, frequency: Callable[[str], float]) -> float:
    """The frequency of a word that is one for sure; 0.0 otherwise."""
    if len(word) >= FEWEST and (len(set(word.lower())) < len(word) / 2 or word.lower() in ascii_lowercase):
        return 0.0
    small = frequency(word.lower()) + (0.0 if word.islower() else frequency(word.capitalize()))
    return small if small > LEAST.get(len(word), 0.0) else 0.0


def _is_in_formula(text: str, row: Row) -> bool:
    """Whether the line of a row looks like a formula or code."""
    start = max(text.rfind(sign, max(0, row.start - 200), row.start) for sign in "\r\n") + 1
    line = text[max(start, row.start - 200) : row.end]
    return is_code(line) or _OPERATOR.search(line + text[row.end : row.end + 20]) is not None
