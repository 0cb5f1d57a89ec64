"""Words that a lost ligature tore in two (`signi cant`), which tell that it is lost at the edges of words, too.

A glyph without a code leaves a gap, and some extractors put a space there. Before a word or behind it there is a space
anyway, and the same loss looks like a dropped ligature (`rst`, `o the page`). So torn words count for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Set

from ligafix.document import Chunks, find_chunks_of, split_blocks, words_in
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.readings import Vocabulary

PIECE = 1e-6
"""What is less frequent than this may be a piece of a word."""

Pair = tuple[str, str]
"""Two words that stand side by side."""


def count_pairs(text: str, vocabulary: Vocabulary, masked: Set[str] = frozenset()) -> Counter[Pair]:
    """How often each pair of words stands side by side in a line, that may be the pieces of one word.

    Args:
        text: the text.
        vocabulary: the words of its languages.
        masked: the chunks whose words are no whole ones.
    """
    chunks = find_chunks_of(text)
    torn = {
        pair: (words, number)
        for pair, number in chunks.pairs_with(_find_rare(chunks, vocabulary)).items()
        if masked.isdisjoint(pair) and (words := _inner_words(*pair)) and vocabulary.torn(words[0] + words[1])
    }
    over_lines = _count_over_lines(text, torn.keys())
    counts: Counter[Pair] = Counter()
    for pair, (words, number) in torn.items():
        counts[words] += number - over_lines[pair]
    return +counts


def _count_over_lines(text: str, pairs: Set[Pair]) -> Counter[Pair]:
    """How often these pairs of chunks end a line and begin the next that holds anything."""
    counts: Counter[Pair] = Counter()
    last = ""
    for block in split_blocks(text) if pairs else ():
        for line in block.split("\n"):
            if ends := line.split(None, 1):
                if (last, ends[0]) in pairs:
                    counts[last, ends[0]] += 1
                last = line.rsplit(None, 1)[-1]
    return counts


def _find_rare(chunks: Chunks, vocabulary: Vocabulary) -> frozenset[str]:
    """The chunks of which the first or the last word is so rare that it may be a piece of another."""
    rare = {word for word in vocabulary.uncommon(chunks.words) if vocabulary.known(word) < PIECE}
    found = ((chunk, words_in(chunk)) for chunk in chunks.having(rare))
    return frozenset(c for c, words in found if words[0].text in rare or words[-1].text in rare)


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
        for reading in vocabulary.torn(first + second):
            for loss in reading.losses[0] if len(reading.losses) == 1 and not reading.composed else ():
                if not loss.left and reading.text == first + loss.ligature + second:
                    apart = _likely(first, vocabulary) * _likely(second, vocabulary)
                    yield loss, reading.probability / apart, number, (first, second), reading.text


def _likely(word: str, vocabulary: Vocabulary) -> float:
    """How probable a word is, as it stands or less a ligature (`a xed` is no torn word, but a fixed one)."""
    return vocabulary.probability(word) + sum(r.probability for r in vocabulary.readings(word) if not r.composed)
