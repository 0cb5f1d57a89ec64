"""Where one book ends and the next begins, in a text that does not say: where its names change.

A novel's people and places are its own. Each book is taken for a draw of its own from the names of the whole text (a
Dirichlet-multinomial model), and the likeliest parting is found by dynamic programming; parts of one book that keep the
same names are joined again.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.special import gammaln

PIECE = 800
"""So many words are looked at together: a name counts once in them, for it comes in bursts."""
NAME = re.compile(r"(?<=[a-zß-ÿąćęłńóśźż,;] )[^\W\d_]{3,}")
STEM = 6
"""Names are inflected; so many of their letters are looked at."""
FEWEST = 3
"""A name that stands in fewer pieces tells nothing."""
FIRMNESS = 100.0
"""How many names of the whole text a book's own lean on."""
LEAST_GAIN = 150.0
"""How much likelier (nats) the text has to be where a book is taken for two. Between 100 and 200 the same are found in
all but a few of our 60 novels; 300 joins short ones."""
ALIKE = 0.2
"""The names of one book's parts are more alike than this (cosine); those of different ones lie below 0.12."""

Counts = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]


def part_books(text: str) -> list[str]:
    """The books that a text holds one after the other, each beginning with a paragraph."""
    paragraphs = text.split("\n\n")
    starts = [*_piece_starts(paragraphs), len(paragraphs)]
    pieces = [_names(" ".join(paragraphs[a:b])) for a, b in pairwise(starts)]
    names = _tell_names(pieces)
    counts = _count(pieces, names)
    ends = _join_alike(counts, _likeliest_ends(counts))
    cuts = [0]
    for before, end, behind in zip([0, *ends], ends, ends[1:], strict=False):
        telling = _compare(counts[end] - counts[before], counts[behind] - counts[end], counts[-1])
        first, last = starts[max(before, end - 1)], starts[min(behind, end + 1)]
        told = [sum(telling[names[n]] for n in _names(p) if n in names) for p in paragraphs[first:last]]
        cuts.append(first + int(np.argmax(np.cumsum([0.0, *told]))))
    return ["\n\n".join(paragraphs[a:b]) for a, b in pairwise([*cuts, len(paragraphs)])]


def _piece_starts(paragraphs: Sequence[str]) -> list[int]:
    starts, words = [0], 0
    for number, paragraph in enumerate(paragraphs[:-1], 1):
        words += len(paragraph.split())
        if words >= PIECE:
            starts.append(number)
            words = 0
    return starts


def _names(text: str) -> set[str]:
    """What has a capital inside a sentence."""
    return {word[:STEM] for word in NAME.findall(text) if word[0].isupper()}


def _tell_names(pieces: Iterable[set[str]]) -> dict[str, int]:
    """The names that stand often enough, numbered."""
    total = Counter(name for piece in pieces for name in piece)
    return {name: n for n, name in enumerate(sorted(name for name, count in total.items() if count >= FEWEST))}


def _count(pieces: Sequence[set[str]], names: Mapping[str, int]) -> Counts:
    """In how many of the first pieces each name stands, from none of them to all."""
    counts = np.zeros((len(pieces) + 1, len(names)), np.int32)
    for row, piece in enumerate(pieces, 1):
        counts[row, [names[name] for name in piece if name in names]] = 1
    return counts.cumsum(0, dtype=np.int32)


def _likeliest_ends(counts: Counts) -> list[int]:
    """The pieces before which books end."""
    leaning = FIRMNESS * counts[-1] / max(1, counts[-1].sum())
    best, origin = np.zeros(len(counts)), np.zeros(len(counts), int)
    for end in range(1, len(counts)):
        seen = counts[end] > 0
        inside = counts[end, seen] - counts[:end, seen]
        gains = (gammaln(inside + leaning[seen]) - gammaln(leaning[seen])).sum(1)
        gains += math.lgamma(FIRMNESS) - gammaln(FIRMNESS + inside.sum(1)) + best[:end] - LEAST_GAIN
        origin[end] = gains.argmax()
        best[end] = gains.max()
    ends = [len(counts) - 1]
    while origin[ends[-1]]:
        ends.append(int(origin[ends[-1]]))
    return ends[::-1]


def _join_alike(counts: Counts, ends: Sequence[int]) -> list[int]:
    """The ends without those inside books."""
    parts = np.diff(counts[[0, *ends]], axis=0)
    spread = (parts >= FEWEST).sum(0)
    weighted = parts * np.log(len(parts) / np.maximum(1, spread))
    weighted /= np.linalg.norm(weighted, axis=1, keepdims=True) + 1e-9
    alike = (weighted[1:] * weighted[:-1]).sum(1)
    return [*(end for end, near in zip(ends, alike, strict=False) if near < ALIKE), ends[-1]]


def _compare(first: Counts, second: Counts, whole: Counts) -> Floats:
    """What each name says for one book against another (nats)."""
    leaning = FIRMNESS * whole / whole.sum()
    one, other = ((book + leaning) / (book.sum() + FIRMNESS) for book in (first, second))
    return np.asarray(np.log(one / other))
