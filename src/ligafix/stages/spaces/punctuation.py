"""Spaces before punctuation: `the end ,` or `the end .`, closed up.

Where it comes from: a gap before a mark in another font, or justified wide, taken for a space.

A space goes only where the document otherwise sets none. It refuses French, and older print,
whose high marks have a space before them; formulas; marks that begin something (`.NET`, `,000`, `. . .`); and a text
that sets such spaces by habit.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Set

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import Chunks, find_chunks_of
from ligafix.document import LETTERS, chunk_start, is_code, passage
from ligafix.lexicon import load_languages
from ligafix.scoring import Scorer
from ligafix.stages.spaces.gaps import weigh_channel, weigh_habit

SURE = 0.97
"""How surely a space before a mark is one too many where the text sets none otherwise."""

TYPED = (1e-4, 1e-3, 4e-3)
"""The shares of the marks before which typists leave a space: in the corpora up to 2 of a thousand."""

TYPED_HIGH = (*TYPED, 0.03)
"""The same for the high marks, which older print often sets apart."""

TYPED_ALONE = (*TYPED_HIGH, 0.15)
"""The same in a text that sets no low mark apart: so hasty typists write."""

CHANNEL = 0.5
"""How many of the texts with a space before a mark have it from the channel, and not from a typist."""

SPACED_BY_HABIT = frozenset({"fr"})
"""Languages with a space before some marks."""

FEWEST = 5
"""A text with fewer marks that have no space before them shows no habit."""

SURE_WORD = 1e-6
"""A word this frequent is one for sure."""

HIGH, LOW = ":;!?", ",."
"""Marks that older print sets apart, not always, and marks that nobody does."""

MANY_LOW, LESS = 50, 0.1
"""Where of so many low marks less than this share of what is set apart of the high ones is, it is the print's way: a
channel does not tell them from each other. (A held-out Portuguese novel sets a third of its high marks apart.)"""

FUNCTION_WORD = 3e-3
"""No clause ends in a word this frequent, most of the time: something is missing behind it."""

_BEFORE_NOTHING = (", ", "( ")
_BEHIND_NOTHING = ",.;)"
_WORD = re.compile(rf"[{LETTERS}]+")
LEAST_LETTERS = 3
"""Marks behind fewer letters than this may belong to an abbreviation."""

_SPACED = re.compile(  # the mark first, and the letters and the space before it
    rf"(?P<mark>[,.;:!?])(?<=[{LETTERS}]{{{LEAST_LETTERS}}}[ \xa0].)(?=[ \t]+[{LETTERS}]|[ \t]*(?:[\r\n]|\Z))"
)
_MARKS = frozenset(",.;:!?")


def propose(text: str, scorer: Scorer) -> Iterator[Proposal]:
    """The spaces of a text before punctuation that are one too many."""
    chunks = find_chunks_of(text)
    alone = chunks.find(_MARKS & chunks.counts.keys())
    spaced = (match for _, start in alone if (match := _SPACED.match(text, start)))
    places = [match for match in spaced if _is_in_line(text, match) and not _is_argument(text, match)]
    if (
        not places
        or not SPACED_BY_HABIT.isdisjoint(scorer.evidence.languages)
        or _lacks_something(places, text, scorer)
    ):
        return
    marks = Counter(match["mark"] for match in places)
    may_be_kept = sum(marks[mark] for mark in HIGH) >= FEWEST
    usual = _count_usual(chunks, _MARKS if may_be_kept else marks.keys())
    kept = HIGH if may_be_kept and _sets_high_ones_apart(marks, usual) else ""
    high = TYPED_HIGH if any(marks[mark] for mark in LOW) else TYPED_ALONE
    for match in places:
        mark = match["mark"]
        if mark not in kept and usual[mark] >= FEWEST and _is_word_of_language(text, match, scorer):
            chance = weigh_channel(marks[mark], usual[mark], TYPED if mark in LOW else high, CHANNEL) * weigh_habit(
                marks[mark], usual[mark]
            )
            evidence = f"{mark!r}: here {usual[mark]} without a space before, {marks[mark]} with one"
            yield _close_up(text, match, SURE * chance, evidence)


def _count_usual(chunks: Chunks, marks: Set[str]) -> Counter[str]:
    """How often each of some marks ends a chunk, behind letters."""
    found = Counter[str]()
    for chunk, number in chunks.counts.items():
        if chunk[-1] in marks and len(chunk) > LEAST_LETTERS and chunk[-1 - LEAST_LETTERS : -1].isalpha():
            found[chunk[-1]] += number
    return found


def _sets_high_ones_apart(marks: Mapping[str, int], usual: Mapping[str, int]) -> bool:
    """Whether a text sets high marks apart and no others."""
    (high, all_high), (low, all_low) = (
        (sum(marks[m] for m in group), sum(marks[m] + usual[m] for m in group)) for group in (HIGH, LOW)
    )
    return all_low >= MANY_LOW and low * all_high < LESS * high * all_low


def _is_in_line(text: str, match: re.Match[str]) -> bool:
    """Whether a mark stands in prose, not in a line of code."""
    start = max(text.rfind(sign, max(0, match.start() - 1 - 200), match.start() - 1) for sign in "\r\n") + 1
    end = min(
        (e for sign in "\r\n" if (e := text.find(sign, match.end(), match.end() + 200)) >= 0), default=match.end()
    )
    return not is_code(text[max(start, match.start() - 1 - 200) : end])


def _is_argument(text: str, match: re.Match[str]) -> bool:
    """Whether a full stop ends no sentence, since a small letter follows in its line: `git add . and then`."""
    return match["mark"] == "." and text[match.end() : match.end() + 40].lstrip(" \t")[:1].islower()


def _lacks_something(places: list[re.Match[str]], text: str, scorer: Scorer) -> bool:
    """Whether formulas or names are missing from a text: no clause ends in an article or a conjunction."""
    chunks = find_chunks_of(text)
    behind = chunks.find(chunks.beginning_with(_BEHIND_NOTHING))
    return any(text.endswith(_BEFORE_NOTHING, 0, start) for _, start in behind) or any(
        scorer.vocabulary.known(_word_before(text, match).lower()) > FUNCTION_WORD for match in places
    )


def _is_word_of_language(text: str, match: re.Match[str], scorer: Scorer) -> bool:
    """Whether a word of the text's own language stands before a mark, in a passage that is not French."""
    word = _word_before(text, match)
    if scorer.vocabulary.known(word) < SURE_WORD:
        return False
    scores = load_languages().scores(w.lower() for w in _WORD.findall(passage(text, match.start() - 1)))
    return max(scores, key=lambda code: scores[code], default="") not in SPACED_BY_HABIT


def _word_before(text: str, match: re.Match[str]) -> str:
    return text[chunk_start(text, match.start() - 1) : match.start() - 1]


def _close_up(text: str, match: re.Match[str], confidence: float, evidence: str) -> Proposal:
    start, end = chunk_start(text, match.start() - 1), match.end()
    before = text[start:end]
    after = text[start : match.start() - 1] + match["mark"]
    candidates = Candidate(after, confidence), Candidate(before, 1 - confidence)
    return Proposal(start, end, after, "before-mark", confidence, candidates, evidence)
