"""Rounds of placing marks: those at their letter, strayed ones, and what is left undecided."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from ligafix.calibration import SUGGEST
from ligafix.changes import Candidate, Change, Proposal, Status
from ligafix.draft import Draft
from ligafix.spans import Spans, widen
from ligafix.stages.marks.dots import CERTAIN, set_dots
from ligafix.stages.marks.lines import restore_strays
from ligafix.stages.marks.sides import Reading, read_chains
from ligafix.stages.marks.sites import LETTER, LETTERS, SHORTEST_WORD, Site, chain, find_sites
from ligafix.stages.marks.steps import Label
from ligafix.stages.marks.stretches import Stretches
from ligafix.stages.marks.suggesting import suggest_macrons
from ligafix.stages.marks.symbols import CARON, find_symbols, has_tones
from ligafix.stages.marks.tables import (
    COMPOSABLE,
    CONTENT,
    DECOMPOSED,
    MARKS,
    MAY_HAVE_DOTS,
    OF_DECOMPOSED,
    OVER,
    compose,
)
from ligafix.stages.marks.wording import OwnWriting, Wording, Words

_UNVOUCHED = 0.8  # the most that a reading may be certain with a letter that no language has
_MOST_ROUNDS = 6
_COMPOSED = 0.999  # Unicode itself says which letter bears the mark


DENSEST = 8
"""Where more than one character in so many is a loose mark, it is no writing; bibliographies have one in 16 ..."""

SHORT = 1000
"""... but for short ones (code points)."""

LONGEST_REMEMBERED = 1 << 20
"""Of no more marked lines than this (code points) it is remembered what was proposed."""


class Kinds(NamedTuple):
    """What the marks of a text are beside accents, asked of it as it came: marks that are set tell no more.

    Attributes:
        symbols: those that it sets over the symbols of formulas.
        tones: whether it has the tones of Chinese.
    """

    symbols: frozenset[str]
    tones: bool


def restore(text: str, words: Words, min_confidence: float) -> list[Proposal]:
    """A place for the loose diacritics of a text that has some (see `ligafix.stages.marks.propose`)."""
    stretches = Stretches(text)
    found = _propose(stretches.shown, len(text) - len(stretches.shown), words, min_confidence)
    return list(stretches.to_text(found))


def restore_all(text: str, words: Words, min_confidence: float) -> list[Proposal]:
    """The same, and macrons for romanized Japanese that has none."""
    return _propose(text, 0, words, min_confidence, restore_macrons=True)


def _propose(
    text: str, hidden: int, words: Words, min_confidence: float, *, restore_macrons: bool = False
) -> list[Proposal]:
    """The proposals for a text of which so many code points are not shown."""
    draft = Draft(text)
    find = _find_sites if len(text) > LONGEST_REMEMBERED else _recall_sites
    sites = find(text)
    symbols, tones = find_symbols(text, sites, Wording(words, OwnWriting.of(text))), has_tones(sites)
    kinds = Kinds(symbols - {CARON} if tones else symbols, tones)
    for number in range(_MOST_ROUNDS):
        sites = find(draft.text) if number else sites
        found = list(_restore(draft.text, sites, kinds, hidden, words))
        sure = [p for p in found if p.after is not None and p.confidence >= min_confidence]
        if not sure and min_confidence <= CERTAIN and MAY_HAVE_DOTS.search(draft.text):
            sure = list(set_dots(draft.text, Wording(words)))
        if not sure:
            break
        draft.apply("marks", sure, min_confidence)
    else:
        found = []
    if restore_macrons:
        found += suggest_macrons(draft.text, words.frequency)
    draft.apply("marks", found, 1.1)
    return [_as_proposal(change) for change in draft.changes()]


def _find_sites(text: str) -> tuple[Site, ...]:
    return tuple(find_sites(text))


_recall_sites = lru_cache(maxsize=1)(_find_sites)
"""The same, remembered: the next look at a text mostly begins with what the last one made of it."""


def _as_proposal(change: Change) -> Proposal:
    """What the rounds did to one place, as one proposal for the text as it was given."""
    last = change.steps[-1]
    after = None if change.status == Status.SUSPECTED else change.after
    confidence = min(step.confidence for step in change.steps)
    candidates = last.candidates if len(change.steps) == 1 else ()
    return Proposal(change.start, change.end, after, last.rule, confidence, candidates, last.evidence, change.group)


def _restore(text: str, sites: tuple[Site, ...], kinds: Kinds, hidden: int, words: Words) -> Sequence[Proposal]:
    """The proposals of one round."""
    if DENSEST * sum(not site.attached for site in sites) > len(text) + hidden > SHORT:
        return tuple(_compose(text))
    restore = _recall_restored if len(text) <= LONGEST_REMEMBERED and words.left_of is None else _restore_sites
    return restore(text, sites, kinds, words)


def _restore_sites(text: str, sites: Sequence[Site], kinds: Kinds, words: Words) -> Sequence[Proposal]:
    """The proposals for some sites: of those that meet, the strays' come first and others wait for the next round."""
    wording = Wording(words, OwnWriting.of(text))
    wording.symbols, wording.tones = kinds
    found, taken = restore_strays(text, [site for site in sites if wording.symbols.isdisjoint(site.raw)], wording)
    rest = _undecomposed([site for site in sites if site not in taken])
    for more in (_restore_chains(text, list(chain(rest)), wording), _compose(text)):
        spans = Spans((p.start, p.end) for p in found)
        found += [p for p in more if not spans.meet(p.start, p.end)]
    return tuple(found)


_recall_restored = lru_cache(maxsize=1)(_restore_sites)
"""The same, remembered: a text is looked at until nothing more comes of it, and mostly other things of it changed."""


def _runs(text: str, sign: re.Pattern[str], member: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The longest runs of members in which a sign stands; fast where signs are few."""
    end = 0
    while (found := sign.search(text, end)) is not None:
        start, end = widen(text, *found.span(), member)
        yield start, end


def _undecomposed(sites: Sequence[Site]) -> list[Site]:
    """The sites that have to be read: not combining marks on letters, where no such mark is at a wrong one."""
    sites = [site for site in sites if not (site.attached and _PHONETIC.match(site.left[-1]))]
    misplaced = any(s.attached and not s.right_spaces and s.hosts() == (False, True) for s in sites)
    return [s for s in sites if misplaced or not (s.attached and s.hosts()[0])]


_PHONETIC = re.compile("[ɐ-ʯ]")
"""A letter of phonetics: marks stand on it that compose with none (`ɔ̃`)."""


def _restore_chains(text: str, chains: Sequence[Sequence[Site]], wording: Wording) -> Iterator[Proposal]:
    keeps_spaces = _keeps_spaces(chains, wording)
    is_doubtful = lru_cache(maxsize=_MOST_KEPT)(partial(_is_doubtful, wording=wording))
    for links, readings in zip(chains, read_chains(chains, wording), strict=True):
        start = links[0].start - len(links[0].left)
        end = links[-1].end + len(links[-1].right)
        before = text[start:end]
        for found in _propose_chain(text, start, end, links, readings):
            loses_space = keeps_spaces and found.after is not None and _loses_space(before, found.after, wording)
            proposal = _keep_spaces(before, found, readings) if loses_space else found
            if proposal.confidence > _UNVOUCHED and proposal.after is not None and is_doubtful(before, proposal.after):
                proposal = proposal._replace(confidence=_UNVOUCHED)
            yield proposal


_MOST_KEPT = 1 << 12
"""Of so many chains that read alike it is remembered whether what they make is doubtful."""


def _is_doubtful(before: str, after: str, wording: Wording) -> bool:
    """Whether what marks make is hardly written so: too strange a letter, a name with a typed sign, or two words."""
    return (
        not _is_vouched_for(after, wording) or _is_typed(before, after, wording) or _joins_words(before, after, wording)
    )


def _propose_chain(
    text: str, start: int, end: int, links: Sequence[Site], readings: Sequence[Reading]
) -> Iterator[Proposal]:
    """The likeliest reading of a chain, or the next where leaving it is likelier, or that it looks damaged."""
    for reading in readings[:2]:
        confidence = _confidence(reading, readings)
        if reading.text != text[start:end] and confidence > SUGGEST:
            evidence = ", ".join(dict.fromkeys(f"mark {label.side} its letter" for label in reading.labels))
            yield Proposal(start, end, reading.text, "loose mark", confidence, _candidates(readings), evidence)
            return
    left = [site for site, label in zip(links, readings[0].labels, strict=True) if label is Label.LEFT]
    if any(map(_looks_damaged, left)):
        yield Proposal(start, end, None, "loose mark", 0.5, _candidates(readings), "no letter bears it")


def _confidence(reading: Reading, readings: Sequence[Reading]) -> float:
    """How probable it is that all marks are right that a reading sets; those that it leaves may be set yet."""
    if Label.LEFT not in reading.labels:
        return reading.probability
    set_alike = (
        other.probability
        for other in readings
        if all(own in (Label.LEFT, label) for own, label in zip(reading.labels, other.labels, strict=True))
    )
    return min(1.0, sum(set_alike))


def _candidates(readings: Sequence[Reading]) -> tuple[Candidate, ...]:
    return tuple(Candidate(r.text, r.probability) for r in readings[:4])


def _is_vouched_for(text: str, wording: Wording) -> bool:
    """Whether all words of a text are known, or are written with letters that some language has, or the document."""
    odd = [word for word in LETTERS.findall(text) if not all(map(wording.vouches_for, word))]
    return all(len(word) >= SHORTEST_WORD and wording.known(word) is not None for word in odd)


_TYPED = "`"
"""A mark that programmers, chatters and transliterators type inside words, with another meaning."""


def _is_typed(before: str, after: str, wording: Wording) -> bool:
    """Whether a mark that keyboards have makes no known word: `Piko`` is a name, and `Scoia`tael` one, too."""
    odd = (word for word in LETTERS.findall(after) if not word.isascii() and word not in before)
    if wording.tones and _TYPED not in wording.symbols:  # a tone of Chinese
        return False
    return _TYPED in before and any(wording.known(word) is None for word in odd)


def _keeps_spaces(chains: Sequence[Sequence[Site]], wording: Wording) -> bool:
    """Whether marks hardly ever have a space beside them inside the known words of a text, which has many."""
    sites = [site for links in chains for site in links if site.left and site.right]
    spaced = [site for site in sites if site.left_spaces or site.right_spaces]
    inside = sum(_makes_word(site, wording) for site in spaced)
    return len(sites) - len(spaced) >= max(MANY_SITES, MANY_SITES * inside)


MANY_SITES = 20
"""Marks inside words without a space, and so many for each that has one in a known word."""


def _makes_word(site: Site, wording: Wording) -> bool:
    """Whether the letters on both sides make a known word together, with the mark on either of them."""
    left, right = (compose(site.left[-1], site.marks[0]), compose(site.right[0], site.marks[0]))
    made = [site.left[:-1] + left + site.right] if left else []
    made += [site.left + right + site.right[1:]] if right else []
    return any(wording.known(word) is not None for word in made)


def _keep_spaces(before: str, proposal: Proposal, readings: Sequence[Reading]) -> Proposal:
    """The same proposal by the likeliest reading that keeps all spaces and leaves no mark."""
    kept = (r.text for r in readings if r.text.count(" ") == before.count(" ") and not MARKS.search(r.text))
    after = next(kept, None)
    return proposal._replace(after=after) if after is not None else proposal._replace(confidence=_UNVOUCHED)


def _loses_space(before: str, after: str, wording: Wording) -> bool:
    """Whether a space would go, and leave a word that nobody knows.

    One behind a capital with a mark below is no word's end (`T¸ it¸eica`).
    """
    kept = before.count(" ") - len(_CAPITAL_APART.findall(before))
    words = LETTERS.findall(after) if kept > after.count(" ") else ()
    return any(wording.known(word) is None for word in words)


_CAPITAL_APART = re.compile(rf"(?<!{LETTER.pattern})[A-Z][¸˛\u0327\u0328] (?=[a-zà-ÿı])")
"""A capital with a mark below that a space parts from its word: TeX sets it wider than the capital."""


def _joins_words(before: str, after: str, wording: Wording) -> bool:
    """Whether a mark with a space beside it would make a known word and the next one that nobody knows.

    So stands `¸` for a comma (`slutt¸ lsdev`), and an accent at the first letter of a rare word (`boyuta ¨olçülen`).
    """
    first, made = _WORD_AND_SPACE.match(before), LETTERS.match(after)
    if first is None or made is None or len(first[1]) < SHORTEST_WORD or made.end() <= first.end(1):
        return False
    if wording.known(made.group()) is not None:
        return False
    known = wording.known(first[1])
    least = RARE_WORD if first[2] and made.end() < LONG_WORD else -math.inf
    return known is not None and known > least


RARE_WORD, LONG_WORD = -6.0, 14
"""A word less frequent (log10) may be the beginning of another before a space and a mark (`proj ´etos`), unless that
would have so many letters."""

_WORD_AND_SPACE = re.compile(rf"({LETTERS.pattern})(?:( )[^\s\w]|[^\s\w] )(?={LETTERS.pattern})")


def _looks_damaged(site: Site) -> bool:
    """Whether marks that stay in the text cannot be meant: piled, on a space, or amid letters."""
    if site.symbol or site.numeric or site.after_digit or site.attached:
        return False
    touching = not site.left_spaces and not site.right_spaces and bool(site.left or site.right)
    return site.combining or site.piled or (touching and site.raw not in CONTENT)


def _compose(text: str) -> Iterator[Proposal]:
    """The words in which letters are followed by combining marks that compose with them, in any script."""
    for word in (word for run in _runs(text, OVER, OF_DECOMPOSED) for word in DECOMPOSED.finditer(text, *run)):
        composed = COMPOSABLE.sub(_compose_letter, word.group())
        if composed != word.group():
            yield Proposal(*word.span(), composed, "composed", _COMPOSED)


def _compose_letter(match: re.Match[str]) -> str:
    """A letter with its marks composed; as it was where that makes nothing shorter, as with a Kelvin sign.

    A letter that lost its dot to a mark (`naı̈ve`) has it back.
    """
    letter = match.group()
    composed = compose(letter[0], letter[1:]) or unicodedata.normalize("NFC", letter)
    return composed if len(composed) < len(match.group()) else match.group()
