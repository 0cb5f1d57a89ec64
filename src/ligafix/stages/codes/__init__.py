r"""Ligatures and letters that came out as something else: `®rst`, `(cid:12)rst`, `speci\x0ccation`, `Erd}os`.

What a sign stands for is inferred for each document (see `ligafix.evidence.codes`); here each word is weighed with it
and without it. It runs first, since whatever throws control characters away destroys the evidence.

It refuses what makes no likelier word (`Acme®`, a form feed between pages), and leaves what it cannot decide in the
text, logged as suspected.
"""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ligafix.changes import Candidate, Proposal
from ligafix.document import LETTERS
from ligafix.evidence.codes import ACCENTS, ANY, ITSELF, MARKS, CodeEvidence, put_accent
from ligafix.evidence.decoding import hide_decodable
from ligafix.evidence.signs import NEVER_THEMSELVES, CodedWord, Kind, find_coded_words, is_place, kind_of
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.scoring import Scorer

ESTABLISHED = 0.5
"""A meaning at least this probable is weighed in words."""

SUGGEST = 0.3
"""A reading at least this probable is worth a suggestion."""

AS_ITSELF = {
    Kind.ESCAPE: 1e-6,
    Kind.CONTROL: 1e-6,
    Kind.BREAK: 0.05,
    Kind.ODD: 0.01,
    Kind.PUNCTUATION: 0.05,
    Kind.DIGIT: 0.1,
    Kind.TAB: 0.1,
}
"""How often a sign that is a code in this document stands in it as itself."""

BEFORE_WORDS = 0.01
"""How much rarer that is in front of a word: marks follow words, and pages break between lines."""

MOST_SIGNS = 4
"""In a word with more signs than this each is read as the table says."""

_UNHEARD = 1e-18

_HALF_BEFORE = re.compile(rf"([{LETTERS}]+)[-‐\xad\ufffe][ \t]*\r?\n[ \t]*\Z")
_HALF_BEHIND = re.compile(rf"[-‐\xad\ufffe][ \t]*\r?\n[ \t]*([{LETTERS}]+)")


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The words of a text in which signs stand for letters, and signs that cannot be read."""
    table = scorer.evidence.codes
    known = frozenset(s for s, e in table.items() if e.meaning is not ITSELF and e.probability >= ESTABLISHED)
    unread = frozenset(s for s in table if s not in known and kind_of(s) in NEVER_THEMSELVES)
    readable = hide_decodable(text)
    found = [_read(readable, word, table, scorer) for word in find_coded_words(readable, known)]
    proposals = [p for p in found if p is not None]
    return proposals + list(_suspect(readable, unread, table))


def _suspect(text: str, signs: frozenset[str], table: Mapping[str, CodeEvidence]) -> Iterator[Proposal]:
    for word in find_coded_words(text, signs):
        sign = word.parts[1]
        evidence = f"{sign!r} stands here {table[sign].count} times; no meaning of it makes words"
        yield Proposal(word.start, word.end, None, "unread-code", 0.0, (), evidence)


def _read(text: str, word: CodedWord, table: Mapping[str, CodeEvidence], scorer: Scorer) -> Proposal | None:
    """The best reading of a word with signs in it; None where it is best left alone."""
    readings = _weigh(word, table, scorer, _Around.of(text, word))
    best, probability = max(readings.items(), key=lambda item: (item[1], item[0]))
    if best == word.text or probability < SUGGEST:
        return None
    ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))[:5]
    candidates = tuple(Candidate(t, p) for i, (t, p) in enumerate(ranked) if i < 2 or p > 1e-4)
    return Proposal(word.start, word.end, best, "code", probability, candidates, _say(word, table))


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around a coded word.

    Whether it opens a line, whether digits touch it on both sides, and its other half where a line's end divides it.
    """

    opens_line: bool
    digits: bool
    before: str
    behind: str

    @classmethod
    def of(cls, text: str, word: CodedWord) -> _Around:
        left, right = text[max(0, word.start - 40) : word.start], text[word.end : word.end + 40]
        half, rest = _HALF_BEFORE.search(left), _HALF_BEHIND.match(right)
        return cls(
            not left or left[-1] in "\r\n",
            left[-1:].isdigit() and right[:1].isdigit(),
            half.group(1) if half else "",
            rest.group(1) if rest else "",
        )


def _weigh(word: CodedWord, table: Mapping[str, CodeEvidence], scorer: Scorer, around: _Around) -> dict[str, float]:
    """Every way to read a word, and how probable it is."""
    places = range(1, len(word.parts), 2)
    options = [_options(word.parts, i, table, around) for i in places]
    weights: dict[str, float] = {}
    for chosen in itertools.product(*options):
        text, pieces = _spell(word.parts, [meaning for meaning, _ in chosen])
        pieces[0], pieces[-1] = around.before + pieces[0], pieces[-1] + around.behind
        weight = math.prod(p for _, p in chosen) * _likely(pieces, scorer)
        weights[text] = weights.get(text, 0.0) + weight
    whole = sum(weights.values())
    sure = math.prod(table[sign].probability for sign in set(word.parts[1::2]))
    return {text: (weight / whole if text == word.text else sure * weight / whole) for text, weight in weights.items()}


def _options(
    parts: Sequence[str], index: int, table: Mapping[str, CodeEvidence], around: _Around
) -> list[tuple[str | None, float]]:
    """What a sign of a word may stand for, each with its weight."""
    sign, left, right = parts[index], parts[index - 1], parts[index + 1]
    found, kind = table[sign], kind_of(sign)
    if not is_place(sign, left, right) or not _may_mean(found.meaning, kind, left + right, around):
        return [(ITSELF, 1.0)]
    meanings = LIGATURES if found.meaning == ANY else (found.meaning,)
    read: list[tuple[str | None, float]] = [(m, 1 / len(meanings)) for m in meanings]
    itself = AS_ITSELF[kind] / (1 + found.count)
    if index == 1 and not left and not around.opens_line:
        itself *= BEFORE_WORDS
    if kind not in NEVER_THEMSELVES:
        itself += 1 - found.probability
    return read if len(parts) > 2 * MOST_SIGNS else [*read, (ITSELF, itself)]


def _may_mean(meaning: str | None, kind: Kind, letters: str, around: _Around) -> bool:
    """Whether a sign may have its meaning here: letters stand by letters, a dash that was a symbol between digits."""
    if meaning is not ITSELF and meaning in ACCENTS:
        return bool(letters) or kind in NEVER_THEMSELVES
    if meaning in MARKS:
        return bool(letters) or kind in NEVER_THEMSELVES or (MARKS[meaning] == "dash" and around.digits)
    return bool(letters)


def _spell(parts: Sequence[str], meanings: Sequence[str | None]) -> tuple[str, list[str]]:
    """A word with its signs read, and the runs of letters that it then has."""
    text, pieces, accent = parts[0], [parts[0]], ""
    for meaning, sign, letters in zip(meanings, parts[1::2], parts[2::2], strict=True):
        if meaning is ITSELF:
            text += accent + sign + letters
            pieces.append(letters)
            accent = ""
            continue
        added = letters if meaning in ACCENTS else meaning + letters
        if accent and added:
            added, accent = put_accent(accent, added), ""
        if meaning in ACCENTS:
            added, accent = (put_accent(meaning, added), accent) if added else ("", accent + meaning)
        text += added
        pieces[-1] += added
    return text + accent, pieces


def _likely(pieces: list[str], scorer: Scorer) -> float:
    """How probable the runs of letters are as words."""
    return math.prod(max(_UNHEARD, scorer.vocabulary.probability(piece)) for piece in pieces if piece)


def _say(word: CodedWord, table: Mapping[str, CodeEvidence]) -> str:
    said = []
    for sign in dict.fromkeys(word.parts[1::2]):
        meaning = "any ligature" if table[sign].meaning == ANY else table[sign].meaning
        said.append(f"{sign!r} is {meaning!r} here ({table[sign].count} times, {table[sign].probability:.1%})")
    return "; ".join(said)
