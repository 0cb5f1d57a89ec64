"""Spaces lost beside punctuation, brackets and quotation marks, and between scripts.

    Hayashi,Kantogun    tion.”Europe-Asia    sorengun(Tokyo: …)    1904–1944(Toruń: …)    ПольшаAuthors

Where it comes from: the font changes there, and the extractor, which tells spaces by gaps, measures the gap with the
wrong font. A text that sets no space there by habit (a catalogue, data, code) is told by its share of such joints.

It refuses numbers (`3,000`), lists without spaces (`a,b,c`), functions and formulas (`f(x)`, `log(odds ratio)`),
endings (`word(s)`), names of files and sites, abbreviations (`e.g.`, `U.S.`), initials, `p.12`, `[3,4]`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from html.entities import html5
from typing import NamedTuple

from ligafix.chunks import Chunks, find_chunks_of, find_in_prose
from ligafix.chunks.kinds import ChunkKind
from ligafix.chunks.words import words_in
from ligafix.document import LETTERS, LONGEST_CHUNK
from ligafix.scoring import Scorer
from ligafix.stages.spaces import tables
from ligafix.stages.spaces.gaps import Gap, weigh_habit

FUNCTION_WORD = 1e-3
"""A word this frequent shows that a bracket holds a phrase."""

FREQUENT = 1e-6
"""Beside a full stop and before small letters both sides are words this frequent: parts of addresses rarely are."""

_WORD_BEFORE = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*\Z")
_WORD_BEHIND = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*(?![\d_(])")
_NO_PROSE = re.compile(r"\(cid:|[=_@/\\|{}<>#$%^*+~&]|\d[A-Za-z]|[A-Za-z]\d")
_INSIDE = re.compile(r"\(([^()]{2,160})\)?")
_YEAR = re.compile(r"(?:1[4-9]|20)\d\d[a-z]?(?:[:,]|\Z)")
_ENDS_IN_YEAR = re.compile(r"(?<!\d)(?:1[4-9]|20)\d\d\Z")
_PLACE = re.compile(
    r"[^\W\d_][^\d:;=]{1,60}:\s[^\d]{2,80},?\s(?:1[4-9]|20)\d\d\b|[^\W\d_][^\d:;=]{1,60}, (?:1[4-9]|20)\d\d\Z"
)
_ABBREVIATION = re.compile(r"(?![IVXLCDM]{2,6}\Z)[A-Z]{2,6}s?")
_INITIAL = re.compile(rf"(?<![{LETTERS}])[{LETTERS}]+")
_NAME_OF_FILE = re.compile(r"\.[a-z]|\.[^.]*\.[^.]*\.")
_LABEL = re.compile(r"(?<!\w)\((?:[A-Z]{2,6}|\d{2,4})\)\Z")


class Joint(NamedTuple):
    """A joint in a chunk: where a space would go, and the words on both sides ('' for none)."""

    chunk: str
    position: int
    left: str
    right: str


class Kind(NamedTuple):
    """A kind of joint.

    Attributes:
        rule: its name.
        pattern: finds it in a chunk; a space would go to the match's end.
        glued: how such joints look without a space, in prose or not, to be counted.
        opening: the signs that stand behind the space where there is one.
        closing: those that stand before it.
        weigh: how probable it is by itself that the space was lost (0.0 for what never lost one).
    """

    rule: str
    pattern: re.Pattern[str]
    glued: re.Pattern[str]
    opening: str
    closing: str
    weigh: Callable[[Joint, Scorer], float]


def _is_capitalized(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and word[1:].islower()


def _is_word(word: str, scorer: Scorer, least: float = 1e-7) -> bool:
    return scorer.vocabulary.known(word) > least


def _weigh_comma(joint: Joint, scorer: Scorer) -> float:
    """Two words are needed, of which the first is not short, in a chunk that is no list."""
    _, position, left, right = joint
    is_topic = left.islower() and right.islower() and joint.chunk.endswith(":")  # `unix,win: fix the build`
    is_list = sum(joint.chunk.count(sign) for sign in ",;") > 1 + joint.chunk.endswith((",", ";"))
    is_sign = len(left) < 3 or not left[1:].islower() or "(" in joint.chunk[:position] or f"{left};" in html5
    if is_topic or is_list or is_sign:
        return 0.0
    if _is_capitalized(right):
        return 0.97 if len(left) > 3 or _is_word(left, scorer) else 0.8
    if right == "A":
        return 0.93 if position + 1 == len(joint.chunk) else 0.0
    if len(right) > 1 and right.islower() and _is_word(left, scorer, FREQUENT) and _is_word(right, scorer, FREQUENT):
        return 0.97 if min(len(left), len(right)) > 2 or _is_word(right, scorer, 1e-3) else 0.9
    return 0.0


def _weigh_stop(joint: Joint, scorer: Scorer) -> float:
    """A sentence of words ends and another begins."""
    _, position, left, right = joint
    if len(left) < 2 or not left[1:].islower() or _NAME_OF_FILE.search(joint.chunk):
        return 0.0
    begins = _is_capitalized(right) or (right in ("A", "I") and position + 1 == len(joint.chunk))
    if not begins or not _is_word(left, scorer, FREQUENT) or not _is_word(right, scorer, FREQUENT):
        return 0.0
    if left[0].isupper() or (len(left) < 4 and not _is_word(left, scorer, 1e-4)):
        return 0.7
    return 0.97


def _weigh_colon(joint: Joint, scorer: Scorer) -> float:
    fits = len(joint.left) > 3 and joint.left[1:].islower() and _is_capitalized(joint.right)
    return 0.9 if fits and _is_word(joint.left, scorer) and _is_word(joint.right, scorer) else 0.0


LONGEST_ENDING = 3
"""So many small letters behind a quoted word may be its ending, in languages that write it there (`«praksis»en`)."""

_WITHOUT_ENDINGS = frozenset(("en", "es", "fr", "it", "pt"))


def _weigh_quote(joint: Joint, scorer: Scorer) -> float:
    """A closing quotation mark and a word; behind `’` it may be an elided one (`’tis`), behind others an ending."""
    is_short = len(joint.right) <= LONGEST_ENDING and joint.right.islower()
    if is_short and joint.chunk[joint.position - 2].isalpha() and _WITHOUT_ENDINGS.isdisjoint(scorer.vocabulary.shares):
        return 0.0
    if joint.chunk[joint.position - 1] == "’":
        return 0.95 if _is_capitalized(joint.right) and joint.right not in tables.ELISIONS else 0.0
    return 0.97 if len(joint.right) > 1 or joint.right in ("A", "I", "a") else 0.0


def _weigh_open(joint: Joint, scorer: Scorer) -> float:
    if joint.chunk[joint.position - 1] in ",;:":
        return 0.95
    return 0.95 if len(joint.left) > 1 and _is_word(joint.left, scorer) else 0.0


def _weigh_bracket(joint: Joint, scorer: Scorer) -> float:
    """A word, or a year, before a bracket; what stands in the bracket decides later (`_opens_phrase`)."""
    chunk, position, left, _ = joint
    if chunk.count("(") > 1 or left.lower() in tables.FUNCTIONS:
        return 0.0
    if not left:
        return 0.95 if _ENDS_IN_YEAR.search(chunk, 0, position) else 0.0
    if len(left) < 3 or not left[1:].islower():
        return 0.0
    return 0.95 if len(left) > 4 or _is_word(left, scorer, FREQUENT) else 0.0


def _weigh_close(joint: Joint, scorer: Scorer) -> float:
    """A word, or a label, before a closing bracket, and a frequent word behind it."""
    chunk, position, left, right = joint
    if right.lower() in tables.FUNCTIONS or not _is_word(right, scorer, FREQUENT):
        return 0.0
    if not (right.islower() or _is_capitalized(right)):
        return 0.0
    is_frequent = _is_word(right, scorer, 1e-3)
    if "(" in chunk[:position]:
        return 0.95 if is_frequent and _LABEL.search(chunk, 0, position) else 0.0
    is_word_before = len(left) > 2 and _is_word(left, scorer, FREQUENT)
    return 0.95 if is_word_before and (is_frequent or len(right) > 2) else 0.0


def _opens_phrase(text: str, position: int, scorer: Scorer) -> bool:
    """Whether a bracket holds a phrase, a year, a place and year, or an abbreviation of the words before it."""
    inside = _INSIDE.match(text, position)
    if inside is None:
        return False
    if _YEAR.match(inside[1]) or _PLACE.match(inside[1]):
        return True
    if _ABBREVIATION.fullmatch(inside[1]):
        return _abbreviates(inside[1], text[max(0, position - 80) : position])
    words = inside[1].split()
    frequent = [
        word for word in words if len(word) > 1 and word.islower() and scorer.vocabulary.known(word) > FUNCTION_WORD
    ]
    return len(words) > 2 and words[0].isalpha() and len(frequent) * 5 >= len(words)


def _abbreviates(short: str, before: str) -> bool:
    """Whether an abbreviation ends in the initials of the words before it."""
    initials = "".join(word[0] for word in _INITIAL.findall(before)).upper()
    return initials.endswith(short.removesuffix("s")[-2:])


_L = LETTERS
KINDS = (
    Kind(
        "after-comma",
        re.compile(rf"(?<=[{_L}\])”])[,;](?=[{_L}])"),
        re.compile(rf"[{_L}]{{3}}[,;][{_L}]{{2}}"),
        "",
        ",;",
        _weigh_comma,
    ),
    Kind(
        "after-stop",
        re.compile(rf"(?<=[{_L}])[.!?](?=[{_L}])"),
        re.compile(rf"[{_L}][.!?][A-Z][a-z]"),
        "",
        ".!?",
        _weigh_stop,
    ),
    Kind(
        "after-colon",
        re.compile(rf"(?<=[{_L}]):(?=[{_L}])"),
        re.compile(rf"[{_L}]{{3}}:[{_L}]{{2}}"),
        "",
        ":",
        _weigh_colon,
    ),
    Kind(
        "after-quote",
        re.compile(rf"(?<=[.,;!?{_L}])[”»](?=[{_L}])|(?<=[.,;!?])’(?=[{_L}])"),
        re.compile(rf"[”»][{_L}]"),
        "",
        "”»’",
        _weigh_quote,
    ),
    Kind(
        "before-quote",
        re.compile(rf"(?<=[{_L},;:])(?=[“«][{_L}])"),
        re.compile(rf"[{_L}][“«]"),
        "“«",
        "",
        _weigh_open,
    ),
    Kind(
        "before-bracket",
        re.compile(rf"(?<=[{_L}\d])(?=\([{_L}\d])"),
        re.compile(rf"[{_L}]{{3}}\([{_L}\d]{{2}}"),
        "(",
        "",
        _weigh_bracket,
    ),
    Kind(
        "after-bracket",
        re.compile(rf"\)(?=[{_L}]{{2}})"),
        re.compile(rf"\)[{_L}]{{2}}"),
        "",
        ")",
        _weigh_close,
    ),
)
_ANY = re.compile("|".join(f"(?:{kind.pattern.pattern})" for kind in KINDS))
_MAY_BE_ANY = re.compile(rf"[,;.!?:”»’“«()](?<=[^\n].)(?=[{_L}\d])")
"""What stands at all of them; fast, since a class at the start is what `re` looks for."""

_JOINTED = ChunkKind(lambda: (_MAY_BE_ANY,))
_GLUED = ChunkKind(lambda: tuple(kind.glued for kind in KINDS))


def find(text: str, scorer: Scorer) -> Iterator[Gap]:
    """The joints of a text where a space is missing."""
    chunks = find_chunks_of(text)
    wanted = _weigh_chunks(chunks, scorer)
    if not wanted:
        return
    quotes = Quotes(text)
    found: defaultdict[Kind, list[tuple[int, float]]] = defaultdict(list)
    for chunk, start in find_in_prose(text, wanted, "\r\n"):
        for kind, position, confidence in wanted[chunk]:
            if _fits(text, kind, start + position, quotes, scorer):
                found[kind].append((start + position, confidence))
    for kind, places in found.items():
        spaced = chunks.count_edges(kind.opening, kind.closing)
        joints = ((chunk, kind.glued.findall(chunk)) for chunk in chunks.of_kind(_GLUED))
        glued = max(len(places), sum(chunks.counts[chunk] * len(found) for chunk, found in joints))
        habit = weigh_habit(glued, spaced)
        evidence = f"here {glued} without a space, {spaced} with one"
        yield from (Gap(position, kind.rule, habit * confidence, evidence) for position, confidence in places)


def _weigh_chunks(chunks: Chunks, scorer: Scorer) -> Mapping[str, list[tuple[Kind, int, float]]]:
    """The chunks with joints that may have lost their space, and these joints."""
    found = chunks.of_kind(_JOINTED)
    weighed = {chunk: list(_weigh_joints(chunk, scorer)) for chunk in found}
    return {chunk: joints for chunk, joints in weighed.items() if joints}


def _weigh_joints(chunk: str, scorer: Scorer) -> Iterator[tuple[Kind, int, float]]:
    if len(chunk) > LONGEST_CHUNK:
        return
    for kind, joint in _find_joints(chunk):
        confidence = kind.weigh(joint, scorer)
        if confidence:
            yield kind, joint.position, confidence


@lru_cache(maxsize=1 << 14)
def _find_joints(chunk: str) -> tuple[tuple[Kind, Joint], ...]:
    """The joints of a chunk, whatever they are worth; none where it is no prose."""
    if not _ANY.search(chunk) or _NO_PROSE.search(chunk) or not words_in(chunk):
        return ()
    return tuple((kind, _joint(chunk, match)) for kind in KINDS for match in kind.pattern.finditer(chunk))


def _joint(chunk: str, match: re.Match[str]) -> Joint:
    """The joint with the words on both sides, over the marks that stand between."""
    left = _WORD_BEFORE.search(chunk[: match.start()].rstrip("]”’)"))
    right = _WORD_BEHIND.match(chunk[match.end() :].lstrip("“«("))
    return Joint(chunk, match.end(), left.group() if left else "", right.group() if right else "")


def _fits(text: str, kind: Kind, position: int, quotes: Quotes, scorer: Scorer) -> bool:
    """Whether what stands around a chunk agrees."""
    if kind.rule == "after-quote":
        return quotes.has_role(text[position - 1], closes=True)
    if kind.rule == "before-quote":
        return quotes.has_role(text[position], closes=False)
    if kind.rule == "before-bracket":
        return _opens_phrase(text, position, scorer)
    if text.startswith("A ", position):
        return _TITLE.match(text, position) is not None
    return True


_TITLE = re.compile(rf"A (?!and\b|et\b|und\b)[{LETTERS}]{{3,}}(?![,.])")


class Quotes:
    """Which side of a quotation the marks of a text stand on: what closes in English opens in Swedish."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[str, bool], bool] = {}  # no memory that refers to its owner: it would keep the text

    def has_role(self, mark: str, *, closes: bool) -> bool:
        """Whether a mark stands in this text on that side, and mostly there."""
        key = mark, closes
        if key not in self._found:
            self._found[key] = self._find(mark, closes=closes)
        return self._found[key]

    def _find(self, mark: str, *, closes: bool) -> bool:
        opening = len(re.findall(rf"{mark}(?<![^\s(\[]{mark})(?=\w)", self._text))
        closing = len(re.findall(rf"{mark}(?<=[\w.,;:!?]{mark})(?!\w)", self._text))
        role, other = (closing, opening) if closes else (opening, closing)
        return role >= ONE_ROLE * other


ONE_ROLE = 10
"""A quotation mark has one role in a text where it stands in it this many times as often as in the other."""
