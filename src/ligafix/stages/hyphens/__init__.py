"""Words that a line's end divides: joined (`signi-⏎cant`), kept with their hyphen (`two-⏎fold`), or left alone.

A hyphen at a line's end was put there by the typesetter or belongs to the word. A model weighs the joined word
against the hyphenated one: by what the document itself writes elsewhere, by the words and hyphens of its languages,
and by how the parts look. The mended word goes to the first line, also where a page ends between its halves, or a
page's notes stand there. Soft hyphens, U+FFFE and `¬` are the same hyphen as other extractors write it.

It refuses: suspended hyphens (`nineteenth-⏎and`), headings behind a broken-off page, what stands in addresses, `¬`
where it is the logical *not* (`P(A¬B)`), and hyphens that interrupt or close a speech (`I was in-⏎JACK: Ah!`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import find_chunks_of
from ligafix.chunks.words import words_in
from ligafix.document import LETTERS, Seam, chunk_start, passage
from ligafix.scoring import Scorer
from ligafix.stages.hyphens.features import RARE, Division, OwnHyphens, is_word
from ligafix.stages.hyphens.keeping import (
    are_two_words,
    begins_clause,
    begins_elsewhere,
    begins_head,
    begins_speech,
    ends_speech,
    has_times,
    is_attested,
    is_dash,
    is_far,
    is_like_pair,
    is_likely_pair,
    is_likely_word,
    is_of_list,
    may_open,
)
from ligafix.stages.hyphens.places import NOT, Interruption, find_chains, find_interruptions, uses_not_as_hyphen
from ligafix.stages.hyphens.weighing import Weigher

SUGGEST = 0.5
"""A repair at least this probable is worth a suggestion."""

SURE_WORD = 1e-7
"""Halves that stand apart are joined only to a word at least this frequent (tokens per token)."""

NO_WORD = 1e-7
"""A half less frequent than this is none in any reading, not even a rare one."""

REMAINS_JOIN = 0.2
"""A hyphen beside what is no word is never surer than this leaves it, in a document that lost ligatures."""

UNTOLD = 0.6
"""How sure it is at most that halves belong together if nothing tells of what they make: it has no word without the
hyphen, no table has the pair, and what breaks off before another column looks the same."""

APART = 0.98
"""How sure it is that halves belong together which stand apart and make a word."""

_SUSPENDED = frozenset(
    "and or to und oder bzw bis y e o u ou et i lub a en of og och eller ed".split()  # noqa: SIM905
)
_CODE_BEFORE = re.compile(r"[\w@/\\]\Z")
_CODE_BEHIND = re.compile(r"[_@\\]|\d+[^\W\d]")
_SET_OFF = re.compile(r"(?:\A|[\s(\[])-[^\W\d_]")
_NOTE_MARK = re.compile(r"\d")
_QUOTES = "'’‘‚‛"
"""Quotation marks that words may have inside, too, so that what follows them is not at once a word."""

_HYPHEN_BEHIND = re.compile(rf"[-‐][{LETTERS}]")
_REST = re.compile(r"\S{0,200}")
_BLANKS = re.compile(r"[ \t]*")
_BLANKS_AND_END = re.compile(r"[ \t]*(?:\r\n|[\r\n])?")


@dataclass(frozen=True, slots=True)
class _Choice:
    """The two ways to mend a divided word, and how probable it is that the first is right.

    `most` is how sure it is at most that the halves belong together.
    """

    joined: str
    kept: str
    join: float
    most: float = 1.0


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The divided words of a text, mended."""
    if not find_chunks_of(text).may_be_divided:
        return []
    chains = [chain for chain in find_chains(text) if _is_prose(text, chain[0].start, chain[0].left, chain[-1].end)]
    chains = [chain for chain in chains if not _is_set_off(text, chain[0])]
    if NOT in text and not uses_not_as_hyphen(text, lambda seam: _is_whole(seam, scorer)):
        chains = [chain for chain in chains if all(seam.mark != NOT for seam in chain)]
    apart = list(find_interruptions(text))
    if not chains and not apart:
        return []
    weigher = Weigher(text, scorer)
    places = [(chain, scorer.in_passage(passage(text, chain[0].start))) for chain in chains]
    weigher.learn((_divide(text, chain[0], chain[0].left), chain[0].mark, local) for chain, local in places)
    mended = [p for chain, local in places if (p := _mend(text, chain, local, weigher))]
    groups = count()
    for interruption in apart:
        mended += _bring_together(text, interruption, scorer, weigher, next(groups))
    return mended


def _is_whole(seam: Seam, scorer: Scorer) -> bool:
    """Whether the halves of a word make one together."""
    return is_word(Division(seam.left, seam.right), scorer)


def _is_prose(text: str, start: int, left: str, end: int) -> bool:
    """Whether the parts belong to running text, not to an address, a formula or a number."""
    if _CODE_BEFORE.search(text, max(0, start - 1), start) or _CODE_BEHIND.match(text, end):
        return False
    return bool(words_in(text[chunk_start(text, start) : start + len(left)].lstrip(_QUOTES)))


def _is_set_off(text: str, seam: Seam) -> bool:
    """Whether a word stands between two hyphens, `-none-`, before a line that begins with a capital."""
    return seam.right[:1].isupper() and _SET_OFF.match(text, max(0, seam.start - 2)) is not None


def _divide(text: str, seam: Seam, word: str) -> Division:
    """A seam as the model sees it, behind what was made of the word before it."""
    _, hyphen, left = word.rpartition("-")
    before = bool(hyphen) or text[max(0, seam.start - 1) : seam.start] in ("-", "‐")
    return Division(left, seam.right, before, _HYPHEN_BEHIND.match(text, seam.end) is not None, not seam.gap)


def _mend(text: str, chain: list[Seam], scorer: Scorer, weigher: Weigher) -> Proposal | None:
    """Decide every seam of a chain: all as one, or from left to right."""
    whole = _choose_whole(text, chain, scorer, weigher) if len(chain) > 1 else None
    if whole is not None:
        start, end, after = _rewrite(text, chain, whole.joined)
        return Proposal(start, end, after, "joined", whole.join, _candidates(whole), _say(whole, scorer, weigher))
    word = chain[0].left
    sure = 1.0
    joins: list[bool] = []
    choices: list[_Choice] = []
    for seam in chain:
        choice = _choose(text, _divide(text, seam, word), seam, scorer, weigher)
        if choice is None:
            return None
        joins.append(choice.join >= 0.5)
        head = word[: len(word) - len(word.rpartition("-")[2])]
        word = head + (choice.joined if joins[-1] else choice.kept)
        sure *= min(choice.most, max(choice.join, 1 - choice.join))
        choices.append(choice)
    if sure < SUGGEST:
        return None
    start, end, after = _rewrite(text, chain, word)
    rule = "joined" if all(joins) else "kept-hyphen"
    return Proposal(start, end, after, rule, sure, _candidates(choices[-1]), _say(choices[-1], scorer, weigher))


def _choose_whole(text: str, chain: list[Seam], scorer: Scorer, weigher: Weigher) -> _Choice | None:
    """Join a word that is divided more than once; None where that makes no word, or hyphens may belong to it."""
    right = "".join(seam.right for seam in chain)
    division = _divide(text, Seam(chain[0].start, chain[0].left, chain[0].mark, "", right), chain[0].left)
    join = weigher.join(division, chain[0].mark, scorer)
    return _Choice(division.joined, division.kept, join) if is_word(division, scorer) and join >= SUGGEST else None


def _choose(text: str, division: Division, seam: Seam, scorer: Scorer, weigher: Weigher) -> _Choice | None:
    """Weigh joining against keeping; None where the hyphen is suspended, or what follows is not the word's rest."""
    is_closed = is_word(division, scorer)
    if begins_elsewhere(text, seam) or begins_speech(text, seam) or begins_head(text, seam):
        return None
    choice = _Choice(division.joined, division.kept, weigher.join(division, seam.mark, scorer))
    is_rest = is_closed and (not seam.gap or choice.join >= SUGGEST)
    if division.right.lower() in _SUSPENDED and not division.behind and not is_rest:
        return None
    if scorer.loses_anything and _has_remains(division, scorer):
        choice = replace(choice, join=max(choice.join, REMAINS_JOIN))
    if seam.mark == NOT and not seam.gap and not (is_closed and choice.join >= SUGGEST):
        return None
    if is_closed and choice.join >= SUGGEST:
        return choice
    if _NOTE_MARK.match(text, seam.end) or ends_speech(text, seam) or is_of_list(text, seam):
        return None
    return _doubt(division, seam, choice, scorer, weigher)


def _doubt(division: Division, seam: Seam, choice: _Choice, scorer: Scorer, weigher: Weigher) -> _Choice | None:
    """What makes no known word; None where what follows is not the word's rest, as far as can be told."""
    own, is_joined = weigher.own, choice.join >= SUGGEST
    if seam.gap and (begins_clause(division, scorer, own) or are_two_words(division, scorer, own)):
        return None
    if is_far(seam):
        is_camel = division.is_camel and not is_attested(division, scorer, own)
        if seam.gap.strip(" \t") == "\f" or is_camel or not (is_joined or may_open(division, scorer, own)):
            return None
        is_pair = not is_joined and is_likely_pair(division, scorer, own)
        is_told = is_pair or (is_joined and is_likely_word(division, choice.join, scorer))
        return choice if is_told else replace(choice, most=UNTOLD)
    return choice if is_joined else _doubt_pair(division, choice, scorer, own)


def _doubt_pair(division: Division, choice: _Choice, scorer: Scorer, own: OwnHyphens) -> _Choice | None:
    """What makes no word without its hyphen, and goes on in the next line or in its own."""
    if division.inside:
        return None if is_dash(division, scorer, own) else choice
    if not division.left.islower():
        return choice
    if not may_open(division, scorer, own):
        return None
    return choice if is_like_pair(division, scorer, own) else replace(choice, most=UNTOLD)


def _has_remains(division: Division, scorer: Scorer) -> bool:
    """Whether a half may be what is left of one that lost a ligature: it is no name, and no word in any reading."""
    halves = (half for half in (division.left, division.right) if half.islower())
    return any(scorer.vocabulary.known(scorer.best(half)) < NO_WORD for half in halves)


def _bring_together(text: str, found: Interruption, scorer: Scorer, weigher: Weigher, group: int) -> Iterator[Proposal]:
    """Join a word whose halves stand apart, if one of the lines below surely begins with its rest.

    The first half becomes the word where it stands; the second half goes. What stands between stays.
    """
    if found.before_capital and scorer.vocabulary.known(found.left) >= RARE:
        return
    for rest in found.rests:
        division = Division(found.left, rest.right)
        likely = scorer.form_probability(division.joined) if is_word(division, scorer) else 0.0
        is_half = scorer.vocabulary.known(rest.right) < RARE
        end = rest.start + len(rest.right)
        if likely < SURE_WORD or not (rest.is_fresh or is_half) or not _is_prose(text, found.start, found.left, end):
            continue
        if has_times(text[found.start : rest.start]):
            return
        join = APART * weigher.join(division, found.mark, scorer)
        if join < SUGGEST:
            continue
        behind = _match(_REST, text, end)
        after = division.joined + behind.group()
        why = _say(_Choice(division.joined, division.kept, join), scorer, weigher)
        left_end = found.start + len(found.left) + len(found.mark)
        yield Proposal(found.start, left_end, after, "joined-apart", join, (), why, group)
        stop = _match(_BLANKS_AND_END, text, behind.end()).end()
        yield Proposal(rest.start, stop, "", "joined-apart", join, (), why, group)
        return


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


@lru_cache(maxsize=1 << 14)
def _candidates(choice: _Choice) -> tuple[Candidate, ...]:
    """Both ways, the likelier first; of one word the same object each time, since a long text has many."""
    both = Candidate(choice.joined, choice.join), Candidate(choice.kept, 1 - choice.join)
    return both if choice.join >= 0.5 else both[::-1]


def _say(choice: _Choice, scorer: Scorer, weigher: Weigher) -> str:
    counts = scorer.evidence.vocabulary
    joined = sum(counts.get(form, 0) for form in {choice.joined, choice.joined.lower()})
    return f"elsewhere here: {choice.joined} {joined}, {choice.kept} {weigher.own.pairs[choice.kept.lower()]}"
