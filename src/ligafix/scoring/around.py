"""What stands around many places of one text, found in arrays of numpy.

Says of each place what `document.surroundings` and `document.passage` show: the tokens next to it, within its paragraph
and reach, and whether its passage is surely in a language of the document.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import accumulate, chain, count

import numpy as np
import numpy.typing as npt

from ligafix.chunks import find_chunks_of
from ligafix.document import REACH, find_breaks, passage_span, surroundings
from ligafix.lexicon.context.arrays import Tokens
from ligafix.lexicon.context.tokens import WINDOW, tokens_before, tokens_behind, tokens_of

Ints = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

_SIDE = WINDOW + 1
"""The pieces on one side of a place that hold its tokens: what is left of its own chunk, and whole chunks."""

_EMPTY = 0
"""The piece that stands for none."""


class Around:
    """The chunks of a text, and what is known of each wherever it stands."""

    def __init__(self, text: str, lead: Mapping[str, int]) -> None:
        """Take a text, and by how many the words of its languages outnumber the others in a chunk."""
        self.text = text
        self.rows = find_chunks_of(text).numbered
        self.distinct = self.rows.names
        self.lengths = np.array([*map(len, self.distinct)], np.int64)
        self.leads = np.array([lead[chunk] for chunk in self.distinct], np.int32)
        self.pieces = _Pieces()
        self.piece_of = np.full(len(self.distinct), -1)
        self.edges: dict[tuple[int, int, int], tuple[int, int]] = {}

    def part(self, start: int, end: int) -> Part:
        """The part of the text in which the places between two are looked at."""
        first, last = passage_span(start)[0], passage_span(end)[1]
        return Part(self, *self.rows.between(min(first, start - REACH), max(last, end + REACH)))


class Part:
    """The chunks of a part of a text in arrays: which they are, and where they start."""

    def __init__(self, whole: Around, numbers: Numbers, starts: Numbers) -> None:
        self._whole = whole
        self._numbers = numbers
        self._starts = starts
        first, end = int(starts[0]), int(starts[-1])  # within white space is no end: a break would be cut there
        self._breaks = np.array(list(find_breaks(whole.text[first:end])), np.int64) + first

    def surely_lead(self, positions: Sequence[int]) -> list[bool]:
        """Whether the words of the text's languages surely outnumber the others in the passages of some places."""
        of_chunk = self._whole.leads[self._numbers]
        summed = np.append(np.int32(0), np.cumsum(of_chunk, dtype=np.int32))
        start, end = passage_span(np.array(positions, np.int64))
        start, end = np.maximum(start, 0), np.minimum(end, len(self._whole.text))
        first, behind = np.searchsorted(self._starts, start), np.searchsorted(self._starts, end)
        last = np.maximum(behind - 1, 0)
        # the first and the last chunk may be cut: then each second letter of them may be a word of another language
        before = self._starts[np.minimum(first, len(self._starts) - 1)] - start
        cut = of_chunk[last] + (end - self._starts[last] + 1) // 2
        least = summed[behind] - summed[first] - cut - (np.maximum(before, 0) + 1) // 2
        return ((first < behind) & (least > 0)).tolist()  # type: ignore[no-any-return]

    def tokens(self, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> Tokens:
        """The tokens around places.

        Args:
            spans: where the places start and end, in order.
            heads: the elided word before each, which is part of it and counts as a token before it; '' for none.
        """
        pieces = self._whole.pieces
        starts, ends = np.array(spans, np.int64).reshape(-1, 2).T
        own = np.searchsorted(self._starts, starts, side="right") - 1
        prefixes, suffixes = self._find_edges(own, spans, heads)
        bounds = (starts - REACH)[:, np.newaxis], (ends + REACH)[:, np.newaxis]
        steps = np.arange(1, _SIDE)
        before, is_before_cut = self._find_chunks(own[:, np.newaxis], -steps, *bounds)
        behind, is_behind_cut = self._find_chunks(own[:, np.newaxis], steps, *bounds)
        left, is_left_cut = pieces.last(np.column_stack([prefixes, before]), is_before_cut)
        right, is_right_cut = pieces.first(np.column_stack([suffixes, behind]), is_behind_cut)
        rows = np.concatenate([left, right], axis=1)
        is_long = (starts - self._starts[own] > REACH) | (self._ends(own) - ends > REACH)
        for i in np.flatnonzero(is_left_cut | is_right_cut | is_long).tolist():
            rows[i] = self._look_at(*spans[i], heads[i])
        return Tokens(pieces.tokens, rows)

    def _ends(self, chunks: Ints) -> Ints:
        """Where some chunks end."""
        return self._starts[chunks] + self._whole.lengths[self._numbers[chunks]]

    def _paragraphs(self, chunks: Ints) -> Ints:
        """The numbers of the paragraphs that some chunks are in."""
        return np.searchsorted(self._breaks, self._starts[chunks])

    def _find_chunks(self, own: Ints, steps: Ints, start: Ints, end: Ints) -> tuple[Ints, Flags]:
        """The pieces that are chunks so many steps from others, in the same paragraph and within these bounds.

        And which of them are cut by the bounds.
        """
        at = np.clip(own + steps, 0, len(self._starts) - 1)
        is_near = (at == own + steps) & (self._paragraphs(at) == self._paragraphs(own))
        is_whole = is_near & (self._starts[at] >= start) & (self._ends(at) <= end)
        is_cut = is_near & ~is_whole & (self._ends(at) > start) & (self._starts[at] < end)
        numbers = self._numbers[at]
        piece_of, distinct = self._whole.piece_of, self._whole.distinct
        met = np.unique(numbers[is_whole])
        new = met[piece_of[met] < 0]
        piece_of[new] = self._whole.pieces.add_all([tokens_of(distinct[number]) for number in new.tolist()])
        return np.where(is_whole, piece_of[numbers], _EMPTY), is_cut

    def _find_edges(self, own: Ints, spans: Sequence[tuple[int, int]], heads: Sequence[str]) -> Ints:
        """The pieces that are what the chunks of places hold before these, and behind them."""
        known, pieces = self._whole.edges, self._whole.pieces
        found = []
        starts, numbers = self._starts[own].tolist(), self._numbers[own].tolist()
        for at, number, (start, end), head in zip(starts, numbers, spans, heads, strict=True):
            key = number, start - at, end - at
            if (edges := known.get(key)) is None:
                chunk = self._whole.distinct[number]
                before = tokens_of(chunk[: start - at]) + ([head] if head else [])
                edges = known[key] = pieces.add(before), pieces.add(tokens_of(chunk[end - at :]))
            found.append(edges)
        return np.array(found, np.int64).reshape(-1, 2).T

    def _look_at(self, start: int, end: int, head: str) -> list[int]:
        """The numbers of the tokens around one place."""
        before, behind = surroundings(self._whole.text, start, end)
        left = (tokens_before(before) + ([head] if head else []))[: -WINDOW - 1 : -1]
        right = tokens_behind(behind)[:WINDOW]
        number_of = self._whole.pieces.number
        sides = (left, right)
        return [n for side in sides for n in (*map(number_of, side), *[-1] * (WINDOW - len(side)))]


class _Pieces:
    """Pieces of text and their tokens, by numbers."""

    def __init__(self) -> None:
        self._number_of: defaultdict[str, int] = defaultdict(count().__next__)
        self._flat = array("q")
        self._ends = array("q", [0])
        self.add([])

    @property
    def tokens(self) -> list[str]:
        """The distinct tokens."""
        return list(self._number_of)

    def number(self, token: str) -> int:
        """The number of a token."""
        return self._number_of[token]

    def add(self, tokens: Sequence[str]) -> int:
        """Number a piece."""
        return self.add_all([tokens])[0]

    def add_all(self, pieces: Sequence[Sequence[str]]) -> range:
        """Number some pieces."""
        first, end = len(self._ends) - 1, self._ends.pop()
        self._ends.extend(accumulate(map(len, pieces), initial=end))
        self._flat.extend(map(self._number_of.__getitem__, chain.from_iterable(pieces)))
        return range(first, first + len(pieces))

    def last(self, pieces: Ints, is_cut: Flags) -> tuple[Ints, Flags]:
        """The last `WINDOW` tokens of rows of pieces, the nearest first, -1 for none, and whether cut ones have some.

        Args:
            pieces: a row for each place, the nearest piece first.
            is_cut: for all but the first piece of a row whether there is one in its stead of which this does not know.
        """
        return self._look_up(pieces, is_cut, is_last=True)

    def first(self, pieces: Ints, is_cut: Flags) -> tuple[Ints, Flags]:
        """The same for the first tokens."""
        return self._look_up(pieces, is_cut, is_last=False)

    def _look_up(self, pieces: Ints, is_cut: Flags, *, is_last: bool) -> tuple[Ints, Flags]:
        flat, ends = np.array(self._flat, np.int64), np.array(self._ends, np.int64)
        starts, lengths = ends[:-1], np.diff(ends)
        length = lengths[pieces]
        summed = np.cumsum(length, axis=1)
        found = np.full((len(pieces), WINDOW), -1, np.int64)
        rows = np.arange(len(pieces))
        for n in range(WINDOW):
            has_one = summed[:, -1] > n
            row = rows[has_one]
            at = (summed[row] <= n).sum(axis=1)
            within = n - summed[row, at] + length[row, at]
            first = starts[pieces[row, at]]
            found[row, n] = flat[first + (length[row, at] - 1 - within if is_last else within)]
        return found, np.any(is_cut & (summed[:, :-1] < WINDOW), axis=1)
