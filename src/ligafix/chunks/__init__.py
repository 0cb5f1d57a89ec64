"""The one view of a text's words that all parts share: its chunks.

A word is a run of Latin letters, with combining marks and inner apostrophes. Words are looked at through the text's
*chunks* (what stands between white space). A long text has few distinct ones, most of them the same as in other texts,
and a chunk tells at once whether it is an address, a formula or code, whose letters are no words. So what a chunk
holds is remembered from text to text, and each text is looked at as the table of its distinct chunks: the time that
a stage takes is that of a few look-ups for each of them, and not that of the words of the text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from typing import TYPE_CHECKING

from ligafix.chunks.kinds import ChunkKind
from ligafix.chunks.lines import Lines, outside
from ligafix.chunks.listed import ListedRows, ListedWords
from ligafix.chunks.words import words_in
from ligafix.document import (
    BEFORE_BRACKETS,
    CODE_IN_CHUNKS,
    CODE_LIKE_PROSE,
    HYPHENS,
    SOFT_HYPHENS,
    Seam,
    chunk_end,
    chunk_start,
    find_seams,
    is_code,
    odd_characters,
)
from ligafix.recent import when_forgotten

if TYPE_CHECKING:
    from ligafix.chunks.numbered import NumberedRows, NumberedWords

_LOOSE_MARKS = frozenset(map(chr, (*range(0x300, 0x370), 0xA8, 0xAF, 0xB4, 0xB8, *range(0x2C6, 0x2DE))))
_LOOSE_MARK = re.compile(f"[{''.join(sorted(_LOOSE_MARKS))}](?<=[ \t].)")

_SPACE = re.compile(r"\s*")

_OF_CODE = ChunkKind(lambda: (CODE_IN_CHUNKS,))

LONG_TEXT = 100_000
"""Code points from which on the chunks of a text are numbered: numpy is slow to load."""


class Chunks:
    """The distinct chunks of a text: a long one has few, so what is asked of each is asked once.

    Attributes:
        counts: how often each stands there, in the order in which they come first.
    """

    def __init__(self, text: str, before: Chunks | None = None) -> None:
        """Take a text apart.

        Args:
            text: the text.
            before: the chunks of a text that may be like it: what is the same in both is not taken apart again.
        """
        self.text = text
        self._rows: ListedRows | NumberedRows = _split(text, before._rows if before else None)
        self.counts = self._rows.counts
        self._asked: tuple[Set[str], Mapping[tuple[str, str], int]] | None = None
        self._code_lines: dict[str, Sequence[tuple[int, int]]] = {}

    def __iter__(self) -> Iterator[str]:
        """The chunks as they stand in the text, equal ones as one object."""
        return iter(self._rows)

    @cached_property
    def numbered(self) -> NumberedRows:
        """The chunks as they stand in the text, as numbers."""
        return self._rows if not isinstance(self._rows, ListedRows) else _number(self.text)

    @cached_property
    def lines(self) -> str:
        """Each of them in a line of its own."""
        return "\n".join(self.counts)

    def of_kind(self, kind: ChunkKind) -> list[str]:
        """Those of a kind, in order."""
        return self._rows.of_kind(kind)

    def of_length(self, least: int, most: int) -> list[str]:
        """Those of so many code points, in order."""
        return self._rows.of_length(least, most)

    def has_row(self, wanted: Collection[str]) -> bool:
        """Whether three of some chunks stand one behind the other."""
        return self._rows.has_row(wanted)

    @cached_property
    def divided(self) -> frozenset[str]:
        """Those that end in a hyphen."""
        lines = f"{self.lines}\n"
        ends = (end for hyphen in HYPHENS if hyphen in lines for end in _find_parts(lines, f"{hyphen}\n"))
        return frozenset(lines[lines.rfind("\n", 0, end) + 1 : end + 1] for end in ends)

    def beginning_with(self, signs: str) -> frozenset[str]:
        """Those that begin with one of some signs."""
        lines = f"\n{self.lines}\n"
        starts = (start + 1 for sign in signs for start in _find_parts(lines, f"\n{sign}"))
        return frozenset(lines[start : lines.find("\n", start)] for start in starts)

    @property
    def may_be_divided(self) -> bool:
        """Whether a word of the text may be divided by a line's end, or by what stood at one."""
        return bool(self.divided) or not odd_characters(self.text).isdisjoint(SOFT_HYPHENS)

    @cached_property
    def seams(self) -> Sequence[Seam]:
        """The divided words of the text, in order."""
        if not odd_characters(self.text).isdisjoint(SOFT_HYPHENS):
            return tuple(find_seams(self.text))
        return tuple(find_seams(self.text, self.hyphens_at_ends))

    @cached_property
    def hyphens_at_ends(self) -> Sequence[int]:
        """Where hyphens end a chunk, in order."""
        return [start + len(chunk) - 1 for chunk, start in self.find(self.divided)]

    @cached_property
    def edges_of_halves(self) -> frozenset[int]:
        """Where halves of divided words may start or end: a look around each word (`is_fragment`) takes longer."""
        behind = (_SPACE.match(self.text, hyphen + 1) for hyphen in self.hyphens_at_ends)
        return frozenset(self.hyphens_at_ends).union(found.end() for found in behind if found)

    @property
    def last(self) -> str:
        """The one that ends the text; '' where there is none."""
        return self._rows.last

    @cached_property
    def _index(self) -> ListedWords | NumberedWords:
        """The words in each."""
        if isinstance(self._rows, ListedRows):
            return ListedWords(self._rows)
        from ligafix.chunks.numbered import NumberedWords  # numpy is slow to load

        return NumberedWords(self._rows)

    @property
    def word_counts(self) -> Mapping[str, int]:
        """How often each word stands in the text."""
        return self._index.counts

    @cached_property
    def words(self) -> frozenset[str]:
        """The distinct words in them."""
        return frozenset(self.word_counts)

    def count_edges(self, opening: str, closing: str) -> int:
        """How often they begin with one of some signs or end with one of some, in the text."""
        return self._rows.count_edges(opening, closing)

    def having(self, wanted: Set[str]) -> frozenset[str]:
        """Those that have one of some words."""
        return self._index.having(wanted)

    def find(self, wanted: Collection[str]) -> Iterator[tuple[str, int]]:
        """Where some of them stand in the text, in order."""
        return self._rows.find(wanted) if wanted else iter(())

    def occurrences(self, wanted: Collection[str]) -> Iterator[str]:
        """Some of them as often as they stand in the text, in order."""
        return self._rows.occurrences(wanted)

    def find_pairs(self, wanted: Set[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        """Where some pairs of them stand side by side, in one line or two, in order: both, and where each starts."""
        return self._rows.find_pairs(wanted)

    @cached_property
    def may_be_code(self) -> bool:
        """Whether a line of the text may be one of a program; fast, and most texts have none."""
        return bool(self.of_kind(_OF_CODE)) or any(self._find_code("\r\n"))

    def code_lines(self, line_ends: str) -> Sequence[tuple[int, int]]:
        """Where the lines of programs start and end, in order.

        Args:
            line_ends: the characters that end lines.
        """
        if line_ends not in self._code_lines:
            self._code_lines[line_ends] = list(self._find_code(line_ends)) if self.may_be_code else []
        return self._code_lines[line_ends]

    def _find_code(self, line_ends: str) -> Iterator[tuple[int, int]]:
        brackets = self.beginning_with("(").difference(self.of_kind(_OF_CODE))
        lines = Lines(self.text, line_ends)
        end = -1
        for chunk, start in self.find(brackets.union(self.of_kind(_OF_CODE), CODE_LIKE_PROSE & self.counts.keys())):
            may_tell = chunk not in brackets or self.text.endswith(BEFORE_BRACKETS, 0, start + 1)
            if start > end and may_tell:
                line_start, end = lines.around(start)
                if is_code(self.text[line_start:end]):
                    yield line_start, end

    def pairs_with(self, wanted: Set[str]) -> Mapping[tuple[str, str], int]:
        """How often two stand side by side in the text, in one line or two, where one of both is wanted; in order.

        The last answer is kept, for who asks again.
        """
        if self._asked is None or self._asked[0] != wanted:
            self._asked = wanted, self._rows.pairs_with(wanted)
        return self._asked[1]

    def pairs_behind(self, wanted: Set[str]) -> Set[tuple[str, str]]:
        """The two that stand behind each of some of them."""
        return self._rows.pairs_behind(wanted)


def _split(text: str, before: ListedRows | NumberedRows | None) -> ListedRows | NumberedRows:
    """The chunks of a text; those of one that may be like it need not be taken apart again."""
    if len(text) < LONG_TEXT:
        return ListedRows(text)
    return _number(text, None if isinstance(before, ListedRows) else before)


def _number(text: str, before: NumberedRows | None = None) -> NumberedRows:
    from ligafix.chunks.numbered import NumberedRows  # numpy is slow to load

    return NumberedRows(text, before)


def _find_parts(text: str, part: str) -> Iterator[int]:
    """Where a part of a text stands, without overlaps."""
    start = text.find(part)
    while start >= 0:
        yield start
        start = text.find(part, start + len(part))


class _Recent:
    """The chunks of the last text, for one stage after the other asks, and the next text is mostly like it."""

    chunks: Chunks | None = None


_RECENT = _Recent()


@when_forgotten
def _forget_long_text() -> None:
    """Forget the chunks of a long text; what they share with the next one would have to wait beside it."""
    if _RECENT.chunks is not None and len(_RECENT.chunks.text) > LONG_TEXT:
        _RECENT.chunks = None


def find_chunks_of(text: str) -> Chunks:
    """The distinct chunks of a text; those of the last one are kept."""
    chunks = _RECENT.chunks
    if chunks is None or chunks.text != text:
        chunks = _RECENT.chunks = Chunks(text, chunks)
    return chunks


def find_in_prose(text: str, wanted: Collection[str], line_ends: str = "\n") -> Iterator[tuple[str, int]]:
    """Where some chunks of a text stand, in order, but for lines of code.

    Args:
        text: the text.
        wanted: the chunks.
        line_ends: the characters that end its lines.
    """
    chunks = find_chunks_of(text)
    found = chunks.find(wanted)
    lines = chunks.code_lines(line_ends) if wanted else ()
    return outside(lines, found) if lines else found


def count_words(text: str, changed: Iterable[str] = (), read_as: Callable[[str], str] = str) -> Mapping[str, int]:
    """How often each word stands in a text. The halves of words that a line's end divides do not count.

    Args:
        text: the text.
        changed: the chunks that are to be read as others.
        read_as: what a chunk, or a part of one, is read as.
    """
    chunks = find_chunks_of(text)
    torn = _count_torn(text)
    others = dict.fromkeys((*torn, *changed))
    if not others:
        return chunks.word_counts
    counts = Counter(chunks.word_counts)
    for chunk in others:
        known = chunks.counts[chunk]
        for word, _ in words_in(chunk):
            counts[word] -= known
        for word, _ in words_in(read_as(chunk)):
            counts[word] += max(0, known + torn[chunk])
    return +counts


def _count_torn(text: str) -> Counter[str]:
    """How often a chunk stands less often (below 0) than it seems, since line ends and marks tear it, or more often."""
    counts = Counter[str]()
    for mark in () if odd_characters(text).isdisjoint(_LOOSE_MARKS) else _LOOSE_MARK.finditer(text):
        start, end = chunk_start(text, mark.start() - 1), chunk_end(text, mark.end())
        behind = chunk_end(text, end + 1)
        for chunk in (*text[start:end].split(), *text[end:behind].split()):
            counts[chunk] -= 1
    for seam in find_chunks_of(text).seams:
        start, end = chunk_start(text, seam.start), chunk_end(text, seam.end)
        counts.subtract(text[start:end].split())
        counts.update(piece for piece in (text[start : seam.start], text[seam.end : end]) if piece)
    return counts
