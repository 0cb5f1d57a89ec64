"""Words that a lost ligature tore in two (`signi cant`), which tell that it is lost at the edges of words, too.

A glyph without a code leaves a gap, and some extractors put a space there. Before a word or behind it there is a space
anyway, and the same loss looks like a dropped ligature (`rst`, `o the page`). So torn words count for it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from ligafix.chunks import Chunks, find_chunks_of
from ligafix.chunks.words import edge_words, words_in
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import SPACED
from ligafix.lexicon.met import MOST_PAIRS, BarrenPairs, Pair
from ligafix.lexicon.readings import Vocabulary
from ligafix.lexicon.skeleton import skeletons
from ligafix.recent import of_last_text

PIECE = 1e-6
"""What is less frequent than this may be a piece of a word."""


@dataclass(frozen=True, slots=True)
class PiecePairs:
    """The pairs of chunks of a text of which one has what may be a piece, or ends in a hyphen.

    Attributes:
        pieces: the words that may be pieces.
        chunks: the chunks that have one.
        counts: how often each stands side by side, in the order of the text.
        fertile: those that may be one word, or stand at a joint, by the lists; in the same order.
        barren: the others, and those of other texts.
    """

    pieces: Set[str]
    chunks: Set[str]
    counts: Mapping[Pair, int]
    fertile: Sequence[Pair]
    barren: BarrenPairs

    def having(self, bares: Iterable[str]) -> list[Pair]:
        """Those of the others that make something with one of some skeletons."""
        return self.barren.making(bares, self.counts)


@of_last_text
def find_pairs(chunks: Chunks, vocabulary: Vocabulary) -> PiecePairs:
    """The pairs of chunks of a text that may be pieces of one word; the stages ask again after the survey."""
    pieces = vocabulary.rarer(chunks.words, PIECE) | chunks.words.intersection(SPACED)
    having = chunks.having(pieces)
    counts = chunks.pairs_with(having | chunks.divided)
    barren = vocabulary.barren_pairs
    return PiecePairs(pieces, having, counts, _find_fertile(counts, vocabulary, barren), barren)


def count_pairs(text: str, vocabulary: Vocabulary, masked: Set[str] = frozenset()) -> Counter[Pair]:
    """How often each pair of words stands side by side in a line, that may be the pieces of one word.

    Args:
        text: the text.
        vocabulary: the words of its languages.
        masked: the chunks whose words are no whole ones.
    """
    chunks = find_chunks_of(text)
    pairs = find_pairs(chunks, vocabulary)
    torn = {
        pair: words
        for pair in pairs.fertile
        if masked.isdisjoint(pair)
        and (words := _inner_words(*pair))
        and vocabulary.torn(words[0] + words[1])
        and any(_is_rare(chunk, vocabulary) for chunk in pair)
    }
    over_lines = _count_over_lines(chunks, torn.keys())
    counts: Counter[Pair] = Counter()
    for pair, words in torn.items():
        counts[words] += pairs.counts[pair] - over_lines[pair]
    return +counts


def _find_fertile(pairs: Iterable[Pair], vocabulary: Vocabulary, barren: BarrenPairs) -> list[Pair]:
    """The pairs of chunks that may be one word, or stand at a joint, by the lists; in order.

    Which those are depends on nothing but the word lists, and most pairs were met before: the others are remembered.
    """
    fertile = []
    for pair in barren.without(pairs):
        bares = _skeletons_of(*pair)
        if bares is None or any(map(vocabulary.lists_skeleton, bares)):
            fertile.append(pair)
        elif len(barren) < MOST_PAIRS:
            barren.add(pair, bares)
        else:
            fertile.append(pair)
    return fertile


def _skeletons_of(first: str, second: str) -> tuple[str, ...] | None:
    """The skeletons of the word that two chunks may be together, none where they are no pieces; None for unknown."""
    last, following = edge_words(first)[1], edge_words(second)[0]
    if not last or not following:
        return ()
    if last.endswith(SPACED) or following.startswith(SPACED):
        return None
    if not following.islower():
        return ()
    joined = last + following
    return skeletons(joined.lower()) if joined.isalpha() else None


def _count_over_lines(chunks: Chunks, pairs: Set[Pair]) -> Counter[Pair]:
    """How often these pairs of chunks end a line and begin the next that holds anything."""
    places = chunks.find_pairs(pairs)
    return Counter((first, second) for first, second, start, end in places if "\n" in chunks.text[start:end])


def _is_rare(chunk: str, vocabulary: Vocabulary) -> bool:
    """Whether the first or the last word of a chunk is so rare that it may be a piece of another."""
    return any(vocabulary.known(word.text) < PIECE for word in (*words_in(chunk)[:1], *words_in(chunk)[-1:]))


def _inner_words(first: str, second: str) -> Pair | None:
    """The word that a chunk ends in and the one that the next begins with; None where either is none, or no piece.

    >>> _inner_words("(non-signi", "cant)."), _inner_words("signi,", "cant"), _inner_words("Mr", "Cant")
    (('signi', 'cant'), None, None)
    """
    last, following = edge_words(first)[1], edge_words(second)[0]
    return (last, following) if last and following.islower() else None


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
