"""Hyphens of words that were lost with a line's end: `drawing-⏎room` came out as `drawingroom`.

Extractors that join divided words themselves take every hyphen at a line's end for the typesetter's. No line of their
text ends with a hyphen, and what they joined stands at the end of a line, or, where they join the lines as well, as far
from the start of a longer one.
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

SHORTEST = 6
"""Code points. What is shorter parts into words by chance."""

LONG, NEAR = 1.3, 0.35
"""A line this many times as long as most was joined of two, or more, about so near (lines) to where these ended."""

_RUNNING_ON = re.compile(rf"[{LETTERS}],?\n(?=[a-zà-ÿ])")
_RUN = re.compile(rf"[{LETTERS}]{{{SHORTEST},40}}")


def propose(text: str, scorer: Scorer) -> Iterator[Proposal]:
    """The words at the ends of lines that had a hyphen, with it."""
    if not _joins_words(text):
        return
    found = list(_find_at_ends(text))
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
            evidence = f"at a line’s end; elsewhere here: {after} {own.pairs[after.lower()]}, {word} 0"
            candidates = Candidate(after, confidence), Candidate(word, 1 - confidence)
            yield Proposal(start, start + len(word), after, "lost-hyphen", confidence, candidates, evidence)


def _joins_words(text: str) -> bool:
    """Whether a text has lines, and hardly one of them ends with a hyphen."""
    lines = len(_RUNNING_ON.findall(text))
    return lines >= ENOUGH_LINES and len(find_chunks_of(text).hyphens_at_ends) <= DIVIDED * lines


def _find_at_ends(text: str) -> Iterator[tuple[int, str]]:
    """The longer words where lines end, or ended before they were joined, and where they start."""
    lines = text.split("\n")
    measure = median(map(len, filter(None, lines)))
    start = 0
    for line in lines:
        end = len(line)
        for run in _RUN.finditer(line):
            at = run.end() / measure
            is_last = " " not in line[run.end() :]
            is_inside = end > LONG * measure and at > 0.5 and abs(at - round(at)) < NEAR
            if is_last or is_inside:
                yield start + run.start(), run.group()
        start += end + 1


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
        if here or min(map(scorer.vocabulary.known, (word[:at], word[at:]))) > RARE:
            likely[f"{word[:at]}-{word[at:]}"] = max(here, scorer.vocabulary.hyphenated(first, second))
    if not likely:
        return None
    after = max(likely, key=lambda pair: (likely[pair], pair))
    odds = AT_END * likely[after] / scorer.vocabulary.probability(word)
    confidence = min(SUREST, odds / (1 + odds))
    return (after, confidence) if confidence >= 0.5 else None
