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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ligafix.calibration import SUGGEST
from ligafix.changes import Candidate, Proposal, Proposals
from ligafix.document import LETTERS
from ligafix.evidence.decoding import hide_decodable
from ligafix.evidence.meanings import ACCENTS, ANY, ITSELF, MARKS, SPACING_ACCENTS, CodeEvidence, put_accent
from ligafix.evidence.sightings import is_format
from ligafix.evidence.signs import NEVER_THEMSELVES, CodedWord, Kind, find_coded_words, is_place, kind_of
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.scoring import Scorer
from ligafix.stages.codes.symbols import find_symbols, is_in_formula, is_opened, is_variable, opens_word

ESTABLISHED = 0.5
"""A meaning at least this probable is weighed in words."""

AS_ITSELF = {
    Kind.ESCAPE: 1e-8,
    Kind.CONTROL: 1e-8,
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

_VARIABLE_BEFORE = re.compile(rf"(?:(?<![{LETTERS}])[{LETTERS}]{{1,2}}\d*|(?P<number>\d))[)\]]?[ \t]+\Z")
_VARIABLE_BEHIND = re.compile(rf"[ \t]+(?:[^\s\w]?[{LETTERS}]{{1,2}}(?![{LETTERS}])|(?P<number>\d))")
_TORN = re.compile(rf"[{LETTERS}][ \t]\Z")

_ACCENTS = "".join(SPACING_ACCENTS)
_ACCENT = f"[{_ACCENTS}]"
_ACCENTED_BEFORE = re.compile(rf"(?<![{LETTERS}{_ACCENTS}])[{LETTERS}{_ACCENTS}]++\Z")
_ACCENTED_BEHIND = re.compile(rf"(?:{_ACCENT}[{LETTERS}]+)+")
_HALF_BEFORE = re.compile(rf"([{LETTERS}]+)[-‐\xad\ufffe][ \t]*\r?\n[ \t]*\Z")
_SEAM_BEFORE = re.compile(r"[-‐\xad\ufffe][ \t]*\r?\n[ \t]*\Z")
_SEAM_BEHIND = re.compile(r"[-‐\xad\ufffe][ \t]*\r?\n")
_HALF_BEHIND = re.compile(rf"[-‐\xad\ufffe][ \t]*\r?\n[ \t]*([{LETTERS}]+)")


def propose(text: str, scorer: Scorer) -> Proposals:
    """The words of a text in which signs stand for letters, and signs that cannot be read."""
    table = scorer.evidence.codes
    known = frozenset(
        s
        for s, e in table.items()
        if e.meaning is not ITSELF and e.probability >= ESTABLISHED and not _is_anything(s, e.meaning, text)
    )
    unread = frozenset(s for s in table if s not in known and kind_of(s) in NEVER_THEMSELVES)
    readable = hide_decodable(text)
    torn = _tears_accents(readable, table, known)
    symbols = find_symbols(readable, known, table, scorer)
    read = _remember_readings(table, scorer)
    mended = (
        Proposal(word.start, word.end, found.text, "code", found.probability, found.candidates, found.evidence)
        for word in find_coded_words(readable, known)
        if not is_format(word.parts, readable[word.start - 1 : word.start])
        and (found := read(word.parts, _Around.of(readable, word, symbols, torn=torn)))
    )
    return Proposals(itertools.chain(mended, _suspect(readable, unread, table)))


def _suspect(text: str, signs: frozenset[str], table: Mapping[str, CodeEvidence]) -> Iterator[Proposal]:
    for word in find_coded_words(text, signs):
        sign = word.parts[1]
        evidence = f"{sign!r} stands here {table[sign].count} times; no meaning of it makes words"
        yield Proposal(word.start, word.end, None, "unread-code", 0.0, (), evidence)


def _tears_accents(text: str, table: Mapping[str, CodeEvidence], signs: Iterable[str]) -> bool:
    """Whether the extractor often sets a space before the accents inside words (`M ¨unchen`)."""
    accents = [re.escape(sign) for sign in signs if (table[sign].meaning or "") in _SPACING]
    places = re.findall(rf"([{LETTERS}]?[ \t]?)(?:{'|'.join(accents)})[a-z]", text) if accents else []
    apart = sum(len(before) == 2 for before in places)
    return apart > max(1, TORN * len(places))


TORN = 0.1
"""So many of a text's accents stand behind a space only if some of these spaces are no word's end."""


MOST_REMEMBERED = 1 << 14
"""So many words with signs are remembered while a text is read: most stand there again and again."""


class _Read(NamedTuple):
    """What a word with signs is read as, and how it could be read."""

    text: str
    probability: float
    candidates: tuple[Candidate, ...]
    evidence: str


def _remember_readings(
    table: Mapping[str, CodeEvidence], scorer: Scorer
) -> Callable[[tuple[str, ...], _Around], _Read | None]:
    """Reads the words of one text by their parts and what stands around them."""
    return lru_cache(maxsize=MOST_REMEMBERED)(lambda parts, around: _read(CodedWord(0, parts), table, scorer, around))


def _read(word: CodedWord, table: Mapping[str, CodeEvidence], scorer: Scorer, around: _Around) -> _Read | None:
    """The best reading of a word with signs in it; None where it is best left alone."""
    readings = _weigh(word, table, scorer, around)
    if not readings:
        return None
    best, probability = max(readings.items(), key=lambda item: (item[1], item[0]))
    if best == word.text or probability < SUGGEST:
        return None
    ranked = sorted(readings.items(), key=lambda item: (-item[1], item[0]))[:5]
    candidates = tuple(Candidate(t, p) for i, (t, p) in enumerate(ranked) if i < 2 or p > 1e-4)
    return _Read(best, probability, candidates, _say(word, table))


class _Around(NamedTuple):
    """What stands around a coded word.

    Whether it opens a line, whether digits touch it on both sides, whether it stands among the signs of a formula,
    whether it is a variable under a sign, whether the space in front of it may be none, whether a line's end divides
    it, whether a digit stands behind it, and what belongs to it before and behind: its other half if it is divided, and
    what loose accents part it from (`m´e(cid:12)e`).
    """

    opens_line: bool
    digits: bool
    formula: bool
    symbol: bool
    torn: bool
    divided: bool
    before_digit: bool
    before: str
    behind: str

    @classmethod
    def of(cls, text: str, word: CodedWord, symbols: frozenset[str] = frozenset(), *, torn: bool = False) -> _Around:
        start, end = word.start, word.end
        left, right = text[max(0, start - 40) : start], text[end : end + 40]
        opens = left.rstrip(" \t").endswith("\n")
        half, rest = _HALF_BEFORE.search(left) if opens else None, _HALF_BEHIND.match(right)
        before = _ACCENTED_BEFORE.search(left) if left[-1:] in SPACING_ACCENTS else None
        behind = _ACCENTED_BEHIND.match(right) if right[:1] in SPACING_ACCENTS else None
        return cls(
            not left or left[-1] in "\r\n",
            left[-1:].isdigit() and right[:1].isdigit(),
            _is_formula(left, right),
            is_variable(word, symbols) and is_in_formula(left, right),
            torn and bool(_TORN.search(left)),
            bool((opens and _SEAM_BEFORE.search(left)) or _SEAM_BEHIND.match(right)),
            right[:1].isdigit(),
            half.group(1) if half else before.group() if before else "",
            rest.group(1) if rest else behind.group() if behind else "",
        )


def _is_formula(left: str, right: str) -> bool:
    """Whether a sign by itself stands between variables, or a variable and a number."""
    behind = _VARIABLE_BEHIND.match(right)
    before = _VARIABLE_BEFORE.search(left) if behind else None
    return bool(before and behind and not (before["number"] and behind["number"]))


def _weigh(word: CodedWord, table: Mapping[str, CodeEvidence], scorer: Scorer, around: _Around) -> dict[str, float]:
    """Every way to read a word, and how probable it is."""
    if around.symbol:
        return {}
    places = range(1, len(word.parts), 2)
    options = [_options(word.parts, i, table, around) for i in places]
    least = 0.0 if around.divided else FORMULA_WORDS.get(sum(map(len, word.parts[::2])), 0.0)
    weights: dict[str, float] = {}
    for chosen in itertools.product(*options):
        meanings = [meaning for meaning, _ in chosen]
        text, pieces = _spell(word.parts, meanings, torn=around.torn)
        if around.before or around.behind:
            pieces[0] = _with_accents(around.before + pieces[0])
            pieces[-1] = _with_accents(pieces[-1] + around.behind)
        if least and not _is_word(meanings, pieces, least, scorer):
            continue
        if not LOST.isdisjoint(word.parts) and _is_guess(meanings, pieces, scorer):
            continue
        first = meanings[0]
        if first in LIGATURES and opens_word(word) and not (around.divided or is_opened(pieces[0], first, scorer)):
            continue
        weight = math.prod(p for _, p in chosen) * _likely(pieces, scorer)
        weights[text] = weights.get(text, 0.0) + weight
    whole = sum(weights.values())
    if not whole:  # so many signs that nothing they make is a word
        return {}
    sure = math.prod(table[sign].probability for sign in set(word.parts[1::2]))
    return {text: (weight / whole if text == word.text else sure * weight / whole) for text, weight in weights.items()}


def _options(
    parts: Sequence[str], index: int, table: Mapping[str, CodeEvidence], around: _Around
) -> list[tuple[str | None, float]]:
    """What a sign of a word may stand for, each with its weight."""
    sign, left, right = parts[index], parts[index - 1], parts[index + 1]
    found, kind = table[sign], kind_of(sign)
    letters = "".join((around.before, *parts[::2], around.behind))
    if not is_place(sign, left, right) or not _may_mean(found.meaning, kind, letters, around):
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
        return bool(letters) or (kind in NEVER_THEMSELVES and not around.formula)
    if meaning in MARKS and MARKS[meaning] in ("close", "apostrophe") and around.before_digit:
        return False
    if meaning in MARKS:
        return bool(letters) or kind in NEVER_THEMSELVES or (MARKS[meaning] == "dash" and around.digits)
    return bool(letters)


LOST = frozenset("\ufffd\uffff")
"""What stands for any byte that was no text (`�l�ment`), or any glyph that no font has (`Qur�ān` and `bha��a`, by
U+FFFF), so that each of its words must tell which letter that was."""


IN_A_ROW = 3
"""Where so many such signs follow each other, words of another script are lost, and the sign is no one letter."""


WHOLE = 5
"""A letter that stands as it is in so many different words of a text is none of those that are lost."""


def _is_anything(sign: str, meaning: str | None, text: str) -> bool:
    """Whether a sign stands for glyphs of all kinds: only ligatures can still be told then, by the words they make.

    It is so, too, where a letter that it seems to be is not lost: a font lacks ạ and ố, of which no list tells, not á.
    """
    if sign not in LOST or meaning is ITSELF or meaning in (*LIGATURES, ANY):
        return False
    return sign * IN_A_ROW in text or len(set(re.findall(rf"\w{{0,40}}{re.escape(meaning)}\w{{0,40}}", text))) >= WHOLE


def _is_guess(meanings: Sequence[str | None], pieces: Sequence[str], scorer: Scorer) -> bool:
    """Whether letters or accents, not ligatures, make a word that no list holds."""
    known = scorer.vocabulary.known
    return not any(meaning in LIGATURES for meaning in meanings) and not all(known(p) for p in pieces if p)


FORMULA_WORDS = {1: 5e-7, 2: 3e-8}
"""So few letters beside a sign may be the variables of a formula, in which other fonts use the codes of ligatures. What
they make is read only if it is a word this frequent (*off*, *iff*, *flit*)."""


def _is_word(meanings: Sequence[str | None], pieces: Sequence[str], least: float, scorer: Scorer) -> bool:
    """Whether signs read as letters make words at least so frequent; nothing is asked where none is read so."""
    if all(m in ACCENTS or m in MARKS for m in meanings if m is not ITSELF):
        return True
    return all(scorer.vocabulary.known(p) > least for p in pieces if p)


def _spell(parts: Sequence[str], meanings: Sequence[str | None], *, torn: bool = False) -> tuple[str, list[str]]:
    """A word with its signs read, and the runs of letters that it then has.

    An accent is set on the letter behind it, or where no such letter exists on the one before. It stays apart where it
    opens what seems to be `torn` from the word before (`M ¨unchen`): then the stage `marks` looks at both.
    """
    if torn and not parts[0] and meanings[0] in _SPACING and parts[2][:1].islower():
        rest, pieces = _spell(parts[2:], meanings[1:])
        return _SPACING[meanings[0]] + rest, pieces
    text, pieces, accent = parts[0], [parts[0]], ""
    for meaning, sign, letters in zip(meanings, parts[1::2], parts[2::2], strict=True):
        if meaning is ITSELF or MARKS.get(meaning, "apostrophe") != "apostrophe":
            text += accent + (sign if meaning is ITSELF else meaning) + letters
            pieces.append(letters)
            accent = ""
            continue
        if meaning in ACCENTS and not accent and _belongs_before(meaning, text, letters):
            text = text[:-1] + put_accent(meaning, text[-1]) + letters
            pieces[-1] = pieces[-1][:-1] + put_accent(meaning, pieces[-1][-1]) + letters
            continue
        added = letters if meaning in ACCENTS else meaning + letters
        if accent and added:
            added, accent = put_accent(accent, added), ""
        if meaning in ACCENTS:
            added, accent = (put_accent(meaning, added), accent) if added else ("", accent + meaning)
        text += added
        pieces[-1] += added
    return text + accent, pieces


def _with_accents(piece: str) -> str:
    """A run of letters with its loose accents on the letters behind them, as TeX sets them."""
    return _LOOSE_ACCENT.sub(lambda found: put_accent(SPACING_ACCENTS[found[1]], found[2]), piece)


_LOOSE_ACCENT = re.compile(rf"({_ACCENT})([{LETTERS}])")
_SPACING = {mark: sign for sign, mark in SPACING_ACCENTS.items()}


def _belongs_before(accent: str, before: str, behind: str) -> bool:
    """Whether only the letter before an accent can bear it, not the one behind.

    TeX sets a cedilla behind capitals (`S^Xevket`): an e that could bear it is a letter of hardly any language.
    """
    last, first = before[-1:], behind[:1]
    if accent == CEDILLA:
        return last in WITH_CEDILLA and first.isalpha() and first not in WITH_CEDILLA
    bears_last = last.isalpha() and last.isascii() and len(put_accent(accent, last)) == 1
    return bears_last and first.isalpha() and len(put_accent(accent, first)) > 1


CEDILLA, WITH_CEDILLA = "\u0327", frozenset("cstCST")


def _likely(pieces: list[str], scorer: Scorer) -> float:
    """How probable the runs of letters are as words."""
    return math.prod(max(_UNHEARD, scorer.vocabulary.probability(piece)) for piece in pieces if piece)


def _say(word: CodedWord, table: Mapping[str, CodeEvidence]) -> str:
    said = []
    for sign in dict.fromkeys(word.parts[1::2]):
        meaning = "any ligature" if table[sign].meaning == ANY else table[sign].meaning
        said.append(f"{sign!r} is {meaning!r} here ({table[sign].count} times, {table[sign].probability:.1%})")
    return "; ".join(said)
