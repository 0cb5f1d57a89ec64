"""Hyphens of words that were lost with a line's end: `drawing-⏎room` came out as `drawingroom`.

Extractors that join divided words themselves take every hyphen at a line's end for the typesetter's. No line of their
text ends with a hyphen, and what they joined stands where a line ended in one that is as long as two.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median

from ligafix.changes import Candidate, Proposal
from ligafix.chunks import find_chunks_of
from ligafix.document import LETTERS
from ligafix.lexicon.hyphens import HyphenTable, load_hyphens
from ligafix.scoring import Scorer
from ligafix.stages.hyphens.features import RARE, OwnHyphens

ENOUGH_LINES = 30
"""So many lines that run on have a hyphen at the end of some, if the extractor leaves them."""

DIVIDED = 0.02
"""At most this share of the lines of a text ends with a hyphen if it was made by one that joins words."""

AT_END = 0.1
"""How often a hyphen of a word falls on a line's end."""

SUREST = 0.97
"""There are always words that no list has."""

NO_WORD = 1e-7
"""What is less frequent is no part of a pair, but of a word that was divided (`Indict-ment`)."""

SHORTEST = 6
"""Code points. What is shorter parts into words by chance."""

LONG, LONGEST, NEAR = 1.3, 3.5, 0.25
"""A line this many times as long as most was joined of two, or three, about so near (lines) to where these ended."""

FULL, MOSTLY = 0.75, 0.6
"""Lines of which so many are about as long as most, or longer, were set, and are no paragraphs."""

PART = 1 << 20
"""Code points of which the lines are looked at together; the first tell how long lines are."""

_RUN = re.compile(rf"[{LETTERS}]{{{SHORTEST},40}}")


def propose(text: str, scorer: Scorer) -> Iterator[Proposal]:
    """The words that lines ended in before they were joined, and that had a hyphen there, with it."""
    found = list(_find_joined(text))
    if not found:
        return
    counts = Counter(word for _, word in found)
    words = scorer.evidence.vocabulary
    rare = [word for word, count in counts.items() if words.get(word, 0) <= count and _is_rare(word, scorer)]
    if not rare:
        return
    own = OwnHyphens.of(text, scorer)
    tables = [table for code in scorer.evidence.languages if (table := load_hyphens(code)) is not None]
    mended = {word: part for word in rare if (part := _part(word, own, tables, scorer)) is not None}
    for start, word in found:
        if word in mended:
            after, confidence = mended[word]
            evidence = f"where a line ended; elsewhere here: {after} {own.pairs[after.lower()]}, {word} 0"
            candidates = Candidate(after, confidence), Candidate(word, 1 - confidence)
            yield Proposal(start, start + len(word), after, "lost-hyphen", confidence, candidates, evidence)


def _find_joined(text: str) -> Iterator[tuple[int, str]]:
    """The longer words where lines ended before they were joined, and where they start."""
    lines = text[:PART].split("\n")
    running_on = sum(line[:1].islower() for line in lines)
    divided = len(find_chunks_of(text).hyphens_at_ends)
    if running_on < ENOUGH_LINES or divided > DIVIDED * text.count("\n"):
        return
    widths = [len(line) for line in lines if line]
    measure = median(widths)
    if sum(FULL * measure < width < LONG * measure for width in widths) < MOSTLY * len(widths):
        return
    for start, line in _find_long(text, LONG * measure):
        if len(line) > LONGEST * measure:
            continue
        for run in _RUN.finditer(line):
            ends = run.end() / measure
            if ends > 0.5 and abs(ends - round(ends)) < NEAR:
                yield start + run.start(), run.group()


def _find_long(text: str, least: float) -> Iterator[tuple[int, str]]:
    """The lines of a text that are longer than this, and where they start."""
    at = 0
    while at < len(text):
        stop = text.find("\n", at + PART)
        for line in text[at : stop if stop >= 0 else len(text)].split("\n"):
            if len(line) > least:
                yield at, line
            at += len(line) + 1


def _is_rare(word: str, scorer: Scorer) -> bool:
    """Whether a word is hardly one, in any reading."""
    return scorer.vocabulary.known(word) < RARE and scorer.best(word) == word


def _part(word: str, own: OwnHyphens, tables: Iterable[HyphenTable], scorer: Scorer) -> tuple[str, float] | None:
    """A word with the hyphen that it most likely had, and how probable that is; None where no such pair is known."""
    total = max(1000, scorer.evidence.words)
    likely: dict[str, float] = {}
    for at in range(2, len(word) - 1):
        first, second = word[:at].lower(), word[at:].lower()
        here = own.pairs[f"{first}-{second}"] / total
        is_torn = not word[1:].islower() and not word[at].isupper()  # a capital inside opens the second part
        if is_torn or not (here or any(table.has(first, second) for table in tables)):
            continue
        rarer = min(map(scorer.vocabulary.known, (word[:at], word[at:])))
        if rarer > (NO_WORD if here else RARE) or word[at].isupper():
            likely[f"{word[:at]}-{word[at:]}"] = max(here, scorer.vocabulary.hyphenated(first, second))
    if not likely:
        return None
    after = max(likely, key=lambda pair: (likely[pair], pair))
    odds = AT_END * likely[after] / scorer.vocabulary.probability(word)
    confidence = min(SUREST, odds / (1 + odds))
    return (after, confidence) if confidence >= 0.5 else None
