"""Words that a line's end divides: joined (`signi-⏎cant`), kept with their hyphen (`two-⏎fold`), or left alone.

A hyphen at a line's end was put there by the typesetter or belongs to the word. The stage weighs the joined word
against the hyphenated one: by what the document itself writes elsewhere, by the words of every language we know,
and by how productive the parts are in compounds. The mended word goes to the first line. Soft hyphens, U+FFFE and
`¬` are the same hyphen as other extractors write it.

It refuses: suspended hyphens (`nineteenth-⏎and`), page ends, and what stands in addresses.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ligafix.changes import Candidate, Proposal
from ligafix.document import LETTERS, Seam, chunk_start, find_seams, words_in
from ligafix.scoring import HYPHEN_OWN_WORDS, Scorer

SOFT = "\xad\ufffe¬"
"""Marks that stand for a hyphen which the line's end has put there, most of the time."""

BREAKS_AT_HYPHENS = math.log(4)
"""A line breaks this much more readily at a hyphen that is there than inside a word."""

SOFT_JOINS = 1.5
"""How much a soft mark speaks for joining (nats)."""

CAPITAL_KEEPS = 7.0
"""How much a capital behind the hyphen speaks for keeping it (nats)."""

LETTER_KEEPS = 6.0
"""How much a single letter before the hyphen speaks for keeping it (nats): no typesetter breaks a word there."""

SUGGEST = 0.5
"""A repair at least this probable is worth a suggestion."""

BOTH_SPELLINGS = (0.85, 0.58)
"""From log odds to the logit of joining being right, where we know the word with a hyphen and without: slope and
shift, fitted on the last 15 % of the English corpora, wrapped, with tables counted on the rest."""

JOINED_ONLY = (0.6, -0.57)
"""The same where we know the word only without the hyphen."""

HYPHENATED_ONLY = -5.0
"""The logit where we know the word only with the hyphen: what speaks against it says little."""

ENGLISH_COMPOUNDS = 0.01
"""How readily English closes compounds: NEITHER was fitted on it."""

NEITHER = (0.14, -1.15, 1e-7)
"""Where we know neither: slope, and how much a power of ten of the rarer part's frequency changes; words as common
as the third make it even."""

_SUSPENDED = frozenset(
    "and or to und oder bzw bis y e o u ou et i lub a en of og och eller ed".split()  # noqa: SIM905
)
_COMPOUND = re.compile(rf"(?<![\w-])[{LETTERS}]{{1,40}}(?:[-‐][{LETTERS}]{{1,40}}){{1,8}}(?![\w-])")
_CODE_BEFORE = re.compile(r"[\w@/\\]\Z")
_CODE_BEHIND = re.compile(r"[\d_@\\]")
_REST = re.compile(r"\S{0,200}")
_BLANKS = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class _Choice:
    """The two ways to mend a divided word, and how probable it is that the first is right."""

    joined: str
    kept: str
    join: float


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The divided words of a text, mended."""
    chains = list(_chains(text))
    if not chains:
        return []
    own = Counter(c.lower().replace("‐", "-") for c in _COMPOUND.findall(text))
    mended = (_mend(text, chain, scorer, own) for chain in chains if _is_prose(text, chain))
    return [p for p in mended if p is not None]


def _chains(text: str) -> Iterator[list[Seam]]:
    """The seams of a text; those that follow each other in one word together."""
    chain: list[Seam] = []
    for seam in find_seams(text):
        if chain and seam.start != chain[-1].right_start:
            yield chain
            chain = []
        chain.append(seam)
    if chain:
        yield chain


def _is_prose(text: str, chain: list[Seam]) -> bool:
    """Whether the parts belong to running text, not to an address, a formula or a number."""
    start, end = chain[0].start, chain[-1].end
    if _CODE_BEFORE.search(text, max(0, start - 1), start) or _CODE_BEHIND.match(text, end):
        return False
    return bool(words_in(text[chunk_start(text, start) : start + len(chain[0].left)]))


def _mend(text: str, chain: list[Seam], scorer: Scorer, own: Counter[str]) -> Proposal | None:
    """Decide every seam of a chain, from left to right."""
    word = chain[0].left
    sure = 1.0
    joins: list[bool] = []
    choices: list[_Choice] = []
    for seam in chain:
        choice = _choose(word.rpartition("-")[2], seam.mark, seam.right, scorer, own)
        if choice is None:
            return None
        head = word[: len(word) - len(word.rpartition("-")[2])]
        joins.append(choice.join >= 0.5)
        word = head + (choice.joined if joins[-1] else choice.kept)
        sure *= max(choice.join, 1 - choice.join)
        choices.append(choice)
    if sure < SUGGEST:
        return None
    start, end, after = _rewrite(text, chain, word)
    rule = "joined" if all(joins) else "kept-hyphen"
    return Proposal(start, end, after, rule, sure, _candidates(choices[-1]), _say(choices[-1], scorer, own))


def _choose(left: str, mark: str, right: str, scorer: Scorer, own: Counter[str]) -> _Choice | None:
    """Weigh joining against keeping; None where the hyphen is suspended."""
    joined, kept = left + right, f"{left}-{right}"
    join = scorer.joined_probability(left, right)
    if right.lower() in _SUSPENDED and not scorer.vocabulary.known(joined):
        return None
    keep = scorer.hyphenated_probability(left, right)
    words = max(1000, scorer.evidence.words)
    join += HYPHEN_OWN_WORDS * _own_joined(joined, scorer) / words
    keep += HYPHEN_OWN_WORDS * own[kept.lower()] / words
    odds = math.log(join) - math.log(keep) - BREAKS_AT_HYPHENS
    logit = _calibrate(odds, left, right, scorer, own)
    if mark in SOFT:
        logit += SOFT_JOINS
    if len(left) == 1:
        logit -= LETTER_KEEPS
    if right[0].isupper() and not left.isupper():
        logit -= CAPITAL_KEEPS
    return _Choice(joined, kept, 1 / (1 + math.exp(-max(-50.0, min(50.0, logit)))))


def _calibrate(odds: float, left: str, right: str, scorer: Scorer, own: Counter[str]) -> float:
    """The logit of joining being right. How far the odds can be trusted depends on which of the two we know."""
    joined = left + right
    is_word = scorer.vocabulary.known(joined) or scorer.readings(joined) or _own_joined(joined, scorer)
    is_pair = scorer.vocabulary.is_pair(left, right) or own[f"{left}-{right}".lower()]
    if is_word:
        slope, shift = BOTH_SPELLINGS if is_pair else JOINED_ONLY
        return slope * odds + shift
    if is_pair:
        return HYPHENATED_ONLY
    slope, per_power, even = NEITHER
    rarer = min(scorer.vocabulary.known(left), scorer.vocabulary.known(right))
    powers = math.log10(max(10**-9.5, min(10**-4.5, rarer)) / even)
    return slope * odds + per_power * powers + math.log(scorer.vocabulary.closed_compounds / ENGLISH_COMPOUNDS)


def _own_joined(joined: str, scorer: Scorer) -> int:
    counts = scorer.evidence.vocabulary
    return counts.get(joined, 0) + (counts.get(joined.lower(), 0) if joined != joined.lower() else 0)


def _rewrite(text: str, chain: list[Seam], word: str) -> tuple[int, int, str]:
    """The span to replace and what comes there: the whole word on its first line, the rest on the next.

    What follows the word without a space stays with it. Where it was the last of its line, the line is gone.
    """
    start = chain[0].start
    gap = next((seam.gap for seam in reversed(chain) if seam.gap), "").lstrip(" \t")
    if not gap:
        return start, chain[-1].end, word
    rest = _match(_REST, text, chain[-1].end)
    blanks = _match(_BLANKS, text, rest.end())
    if text[blanks.end() : blanks.end() + 1] in ("", "\n", "\r", "\f"):
        return start, rest.end(), word + rest.group()
    return start, blanks.end(), word + rest.group() + gap


def _match(pattern: re.Pattern[str], text: str, at: int) -> re.Match[str]:
    found = pattern.match(text, at)
    assert found is not None  # noqa: S101 - the patterns match the empty string
    return found


def _candidates(choice: _Choice) -> tuple[Candidate, ...]:
    both = Candidate(choice.joined, choice.join), Candidate(choice.kept, 1 - choice.join)
    return both if choice.join >= 0.5 else both[::-1]


def _say(choice: _Choice, scorer: Scorer, own: Counter[str]) -> str:
    joined, kept = _own_joined(choice.joined, scorer), own[choice.kept.lower()]
    return f"elsewhere here: {choice.joined} {joined}, {choice.kept} {kept}"
