"""Words that a lost ligature tore in two (`signi cant`), which tell that it is lost at the edges of words, too.

A glyph without a code leaves a gap, and some extractors put a space there. Before a word or behind it there is a space
anyway, and the same loss looks like a dropped ligature (`rst`, `o the page`). So torn words count for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import pairwise

from ligafix.document import words_in
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.readings import Vocabulary

PIECE = 1e-6
"""What is less frequent than this may be a piece of a word."""

Pair = tuple[str, str]
"""Two words that stand side by side."""


def count_pairs(text: str, vocabulary: Vocabulary) -> Counter[Pair]:
    """How often each pair of words stands side by side in a line, of which one may be a piece of a word."""
    rare: dict[str, bool] = {}
    counts: Counter[Pair] = Counter()
    for line in text.split("\n"):
        chunks = line.split()
        for first, second in pairwise(chunks):
            if _is_rare(first, rare, vocabulary) or _is_rare(second, rare, vocabulary):
                counts[first, second] += 1
    pairs: Counter[Pair] = Counter()
    for (first, second), number in counts.items():
        if pair := _inner_words(first, second):
            pairs[pair] += number
    return pairs


def _is_rare(chunk: str, rare: dict[str, bool], vocabulary: Vocabulary) -> bool:
    found = rare.get(chunk)
    if found is None:
        words = words_in(chunk)
        found = rare[chunk] = any(vocabulary.known(word.text) < PIECE for word in (*words[:1], *words[-1:]))
    return found


def _inner_words(first: str, second: str) -> Pair | None:
    """The word that a chunk ends in and the one that the next begins with; None where either is none, or no piece.

    >>> _inner_words("(non-signi", "cant)."), _inner_words("signi,", "cant"), _inner_words("Mr", "Cant")
    (('signi', 'cant'), None, None)
    """
    before, behind = words_in(first), words_in(second)
    if not before or not behind:
        return None
    last, following = before[-1], behind[0]
    meets = last.start + len(last.text) == len(first) and following.start == 0
    return (last.text, following.text) if meets and following.text.islower() else None


def find_torn(pairs: Mapping[Pair, int], vocabulary: Vocabulary) -> Iterator[tuple[Loss, float, int, Pair, str]]:
    """The pairs that may be one word less a ligature between them.

    Of each: the loss, how much likelier the word is than the pair, how often the pair stands there, the pair, the word.
    """
    for (first, second), number in pairs.items():
        for reading in vocabulary.readings(first + second):
            for loss in reading.losses[0] if len(reading.losses) == 1 and not reading.composed else ():
                if not loss.left and reading.text == first + loss.ligature + second:
                    apart = _likely(first, vocabulary) * _likely(second, vocabulary)
                    yield loss, reading.probability / apart, number, (first, second), reading.text


def _likely(word: str, vocabulary: Vocabulary) -> float:
    """How probable a word is, as it stands or less a ligature (`a xed` is no torn word, but a fixed one)."""
    return vocabulary.probability(word) + sum(r.probability for r in vocabulary.readings(word) if not r.composed)
