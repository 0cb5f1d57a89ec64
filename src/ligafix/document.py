"""A document and the one view of its words that all parts share.

A word is a run of Latin letters, with combining marks and inner apostrophes. Words are looked at through the
document's *chunks* (what stands between white space): a long text has few distinct ones, and a chunk tells at
once whether it is an address, a formula or code, whose letters are no words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import compress, count
from typing import Any, NamedTuple, TypeVar

LETTERS = "A-Za-zªºÀ-ÖØ-öø-ʯḀ-ỿ\u0300-\u036f"
"""The letters of the Latin script and the marks that belong to them, for a character class."""

ACCENTS = "´`¨¯¸ˆˇ˘˙˚˛˜˝"
"""Accents that stand by themselves: what they touch is not a whole word."""

Number = TypeVar("Number", int, Any)
"""A number or an array of numbers."""

MASK = "\ufffc"
"""Stands for a sign that may be a letter, where words are counted: what it touches is not a whole word."""

_WORD = re.compile(
    rf"(?<![\w\\@#$&%{{}}^~{ACCENTS}'’{MASK}])(?<!\w\.)[{LETTERS}]+(?:['’][{LETTERS}]+)*"
    rf"(?![\w\\@{{}}^{ACCENTS}{MASK}])(?!\.[a-z])"
)
_ADDRESS = re.compile(
    r"://|www\.|@|^10\.\d{4,}/|^doi:|\w\.[a-z]{2,4}/|^[~.]{0,2}/|/.*/|\(\)|::|->|[\w)]=[\w(]|[\[\]{}]\w*[\[\]{};]",
    re.IGNORECASE,
)
"""Chunks that are no prose: addresses, paths, code."""

_CODE_LINE = re.compile(
    r"\s*(?:\$ |>>> |#include|#!|//|/\*|<\?|def |import |from \w+ import |for ?\(|if ?\(|while ?\(|else\s*\{)"
    r"|(?=[^\n]*[(){}=])[^\n]*[;{}]\s*(?://[^\n]*|/\*[^\n]*)?\Z"
    r"|[^\n]*=="
)

LONGEST_WORD = 60
"""What has more letters is no word. It bounds the time that any one takes, and fits the longest compounds."""

LONGEST_CHUNK = 200
"""How far the ends of a chunk are looked for."""

_SEAM = re.compile(  # the mark first: a class at the start is what `re` looks for fast
    rf"(?P<mark>[-‐\xad\ufffe¬])(?<=[{LETTERS}].)"
    r"(?P<gap>[ \t]{0,20}(?:\r\n|[\n\r\f])(?:[ \t]{0,20}(?:\r\n|[\n\r\f])){0,3}[ \t]{0,60}|(?<=[\xad\ufffe¬]))"
    rf"(?P<right>[{LETTERS}]{{1,60}})"
)
_LAST_WORD = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*\Z")
_LOOSE_MARK = re.compile(r"[\u0300-\u036f\xa8\xaf\xb4\xb8\u02c6-\u02dd](?<=[ \t].)")
_PLAIN_CHUNK = re.compile(rf"([\"“(]?)([{LETTERS}]+)[.,;!?\"”)]*")
"""A word and the signs around it: no address, and no other word."""

_OPENING = '"“('
_PLAIN_LINES = re.compile(rf"^([{_OPENING}]?([{LETTERS}]{{1,{LONGEST_WORD}}})[.,;!?\"”)]{{0,100}})$", re.MULTILINE)
"""Lines that are such chunks."""


@dataclass(frozen=True, slots=True)
class Seam:
    """A word that a line's end divides, or a page's: its halves, the hyphen between them, and the gap behind it.

    Soft hyphens, U+FFFE and `¬` once stood at a line's end, even where the line goes on (then `gap` is empty).
    """

    start: int
    left: str
    mark: str
    gap: str
    right: str

    @property
    def right_start(self) -> int:
        """Where the second half starts."""
        return self.start + len(self.left) + len(self.mark) + len(self.gap)

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.right_start + len(self.right)


def find_seams(text: str) -> Iterator[Seam]:
    """The divided words of a text; of one that is divided twice both seams, one after the other."""
    for match in _SEAM.finditer(text):
        at = match.start()
        left = _LAST_WORD.search(text[max(0, at - 60) : at])
        if left is not None:
            yield Seam(at - len(left.group()), left.group(), match["mark"], match["gap"], match["right"])


def chunk_start(text: str, position: int) -> int:
    """Where the chunk starts in which a place lies, as far as `LONGEST_CHUNK` code points before it."""
    least = max(0, position - LONGEST_CHUNK)
    while position > least and not text[position - 1].isspace():
        position -= 1
    return position


def chunk_end(text: str, position: int) -> int:
    """Where the chunk ends in which a place lies, as far as `LONGEST_CHUNK` code points behind it."""
    most = min(len(text), position + LONGEST_CHUNK)
    while position < most and not text[position].isspace():
        position += 1
    return position


class Word(NamedTuple):
    """A word and where it starts."""

    text: str
    start: int


class _WordsIn(dict[str, tuple[Word, ...]]):
    """The words of the chunks that were met, in any text; emptied when there are too many."""

    def __missing__(self, chunk: str) -> tuple[Word, ...]:
        found = _find_words(chunk)
        if len(chunk) <= LONGEST_CHUNK:  # megabytes are not remembered
            if len(self) >= MOST_CHUNKS:
                self.clear()
            self[chunk] = found
        return found

    def learn(self, chunks: Set[str]) -> None:
        """Remember the words of those chunks that are plain: fast, and they are most."""
        for found in _PLAIN_LINES.finditer("\n".join(chunks - self.keys())):
            chunk, word = found.groups()
            self[chunk] = (Word(word, int(chunk[0] in _OPENING)),)
            if len(self) >= MOST_CHUNKS:
                self.clear()
                return


MOST_CHUNKS = 1 << 17
"""So many chunks are remembered from text to text."""

_WORDS_IN = _WordsIn()


def words_in(chunk: str) -> tuple[Word, ...]:
    """The words of a chunk; none where it is an address or code, and none that is too long to be one.

    >>> [w.text for w in words_in("(ve-year)")], words_in("led@example.org"), words_in("x_led")
    (['ve', 'year'], (), ())
    """
    return _WORDS_IN[chunk]


def _find_words(chunk: str) -> tuple[Word, ...]:
    if plain := _PLAIN_CHUNK.fullmatch(chunk):
        return (Word(plain[2], len(plain[1])),) if len(plain[2]) <= LONGEST_WORD else ()
    if _ADDRESS.search(chunk):
        return ()
    return tuple(Word(m.group(), m.start()) for m in _WORD.finditer(chunk) if m.end() - m.start() <= LONGEST_WORD)


def is_code(line: str) -> bool:
    """Whether a line looks like a line of a program.

    >>> is_code("int nd = open(path);"), is_code("the first (of two) led;")
    (True, False)
    """
    return _CODE_LINE.match(line) is not None


_NO_WRITING = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\uf8ff\ufffd\uffff]+")
MOST_UNREADABLE = 0.1
"""In writing, however damaged, fewer characters than this are codes that stand for none."""

FEWEST_OF_BINARY = 2000
"""So short a text (code points) may hold as many."""


def is_writing(text: str) -> bool:
    r"""Whether a text is writing, and not the bytes of a program, an image or a PDF file that were taken for one.

    >>> is_writing("speci\x03cation of the e\x04ect"), is_writing("\x93\x00\x1f\ufffd\x02xK" * 999)
    (True, False)
    """
    if len(text) < FEWEST_OF_BINARY:
        return True
    return sum(map(len, _NO_WRITING.findall(text))) <= MOST_UNREADABLE * len(text)


def split_blocks(text: str) -> Iterator[str]:
    """A text in pieces of about `BLOCK` code points, which end with lines where they can, or else with chunks.

    What makes an object of each chunk takes a hundred bytes for it, and the memory of a few such pieces is used again
    and again.
    """
    at = 0
    while at < len(text):
        end = _block_end(text, at + BLOCK)
        yield text[at:end]
        at = end


def _block_end(text: str, at: int) -> int:
    """The end of a block: behind the next line feed, or white space if that is far away."""
    end = text.find("\n", at, at + BLOCK) + 1
    if end == 0 and (space := _SPACE.search(text, at)):
        end = space.end()
    return end or len(text)


BLOCK = 1 << 19
"""Code points that are split into chunks at a time."""

_SPACE = re.compile(r"\s")


class Chunks:
    """The distinct chunks of a text: a long one has few, so what is asked of each is asked once.

    Attributes:
        counts: how often each stands there.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._rows: list[list[str]] = []
        self.counts: Counter[str] = Counter()
        shared = _Shared()
        for block in split_blocks(text):
            row = list(map(shared.__getitem__, block.split()))
            self.counts.update(row)
            self._rows.append(row)

    @cached_property
    def lines(self) -> str:
        """Each of them in a line of its own."""
        return "\n".join(self.counts)

    def matching(self, pattern: re.Pattern[str]) -> Iterator[str]:
        """Those in which a pattern is found: one that does not look beyond white space, nor for a text's ends."""
        lines, at = self.lines, 0
        while (found := pattern.search(lines, at)) is not None:
            start = lines.rfind("\n", at, found.start()) + 1 or at
            at = lines.find("\n", found.end()) + 1 or len(lines) + 1
            yield lines[start : at - 1]

    @property
    def rows(self) -> Sequence[Sequence[str]]:
        """All of them in order, in rows."""
        return self._rows

    @property
    def last(self) -> str:
        """The one that ends the text; '' where there is none."""
        return next((row[-1] for row in reversed(self._rows) if row), "")

    @cached_property
    def items(self) -> tuple[tuple[str, tuple[Word, ...]], ...]:
        """Those that have words, and these."""
        _WORDS_IN.learn(self.counts.keys())
        return tuple(
            (chunk, words)
            for chunk, words in zip(self.counts, map(_WORDS_IN.__getitem__, self.counts), strict=True)
            if words
        )

    @cached_property
    def _having(self) -> dict[str, list[str]]:
        """For each word those that have it."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for chunk, words in self.items:
            for word, _ in words:
                found[word].append(chunk)
        return dict(found)

    @cached_property
    def words(self) -> frozenset[str]:
        """The distinct words in them."""
        return frozenset(self._having)

    @cached_property
    def word_counts(self) -> Counter[str]:
        """How often each word stands in the text."""
        counts, of_chunk = Counter[str](), self.counts
        for chunk, words in self.items:
            for word, _ in words:
                counts[word] += of_chunk[chunk]
        return counts

    @cached_property
    def _edges(self) -> tuple[Counter[str], Counter[str]]:
        """How often each character begins one of the text's chunks, and ends one."""
        first, last = Counter[str](), Counter[str]()
        for chunk, number in self.counts.items():
            first[chunk[0]] += number
            last[chunk[-1]] += number
        return first, last

    def count_edges(self, opening: str, closing: str) -> int:
        """How often they begin with one of some signs or end with one of some, in the text."""
        first, last = self._edges
        return sum(first[sign] for sign in opening) + sum(last[sign] for sign in closing)

    def having(self, wanted: Set[str]) -> frozenset[str]:
        """Those that have one of some words."""
        return frozenset(chunk for word in wanted & self._having.keys() for chunk in self._having[word])

    def find(self, wanted: Container[str]) -> Iterator[tuple[str, int]]:
        """Where some of them stand in the text, in order."""
        at = 0
        for row in self._rows:
            for chunk in filter(wanted.__contains__, row):
                start = _find_chunk(self._text, chunk, at)
                yield chunk, start
                at = start + len(chunk)

    def pairs_with(self, wanted: Container[str]) -> Counter[tuple[str, str]]:
        """How often two stand side by side in the text, in one line or two, where one of both is wanted; in order."""
        found = Counter[tuple[str, str]]()
        last = ""
        for row in self._rows:
            whole = [last, *row] if last else row
            numbers = compress(count(), map(wanted.__contains__, whole))
            found.update((whole[i], whole[i + 1]) for i in _with_neighbours(numbers, len(whole) - 1))
            last = row[-1] if row else last
        return found


def _with_neighbours(numbers: Iterable[int], most: int) -> Iterator[int]:
    """The numbers and those before them, each once and in order, less than `most`."""
    last = -1
    for number in numbers:
        for here in (number - 1, number):
            if last < here < most:
                last = here
                yield here


class _Shared(dict[str, str]):
    """Equal strings as one object."""

    def __missing__(self, text: str) -> str:
        self[text] = text
        return text


def _find_chunk(text: str, chunk: str, at: int) -> int:
    """Where a chunk stands next, that is known to stand there."""
    while True:
        start = text.find(chunk, at)
        end = start + len(chunk)
        if (start == 0 or text[start - 1].isspace()) and (end == len(text) or text[end].isspace()):
            return start
        at = start + 1


@lru_cache(maxsize=1)
def find_chunks_of(text: str) -> Chunks:
    """The distinct chunks of a text; those of the last one are kept, for one stage after the other asks."""
    return Chunks(text)


def find_in_prose(text: str, wanted: Container[str], line_ends: str = "\n") -> Iterator[tuple[str, int]]:
    """Where some chunks of a text stand, in order, but for lines of code.

    Args:
        text: the text.
        wanted: the chunks.
        line_ends: the characters that end its lines.
    """
    end, code = -1, False
    for chunk, start in find_chunks_of(text).find(wanted) if wanted else ():
        if start > end:
            line_start, end = _line_around(text, start, line_ends)
            code = is_code(text[line_start:end])
        if not code:
            yield chunk, start


def _line_around(text: str, position: int, line_ends: str) -> tuple[int, int]:
    """Where the line starts and ends that a place lies in."""
    start, end = 0, len(text)
    for sign in line_ends:
        start = text.rfind(sign, start, position) + 1 or start
        found = text.find(sign, position, end)
        end = end if found < 0 else found
    return start, end


def count_words(text: str, changed: Iterable[str] = (), read_as: Callable[[str], str] = str) -> Counter[str]:
    """How often each word stands in a text. The halves of words that a line's end divides do not count.

    Args:
        text: the text.
        changed: the chunks that are to be read as others.
        read_as: what a chunk, or a part of one, is read as.
    """
    chunks = find_chunks_of(text)
    counts = chunks.word_counts.copy()
    torn = _count_torn(text)
    for chunk in dict.fromkeys((*torn, *changed)):
        known = chunks.counts[chunk]
        for word, _ in words_in(chunk):
            counts[word] -= known
        for word, _ in words_in(read_as(chunk)):
            counts[word] += max(0, known + torn[chunk])
    return +counts


def _count_torn(text: str) -> Counter[str]:
    """How often a chunk stands less often (below 0) than it seems, since line ends and marks tear it, or more often."""
    counts = Counter[str]()
    for mark in _LOOSE_MARK.finditer(text):
        start, end = chunk_start(text, mark.start() - 1), chunk_end(text, mark.end())
        counts.subtract(text[start:end].split())
        behind = chunk_end(text, end + 1)
        counts.subtract(text[end:behind].split())
    for seam in find_seams(text):
        start, end = chunk_start(text, seam.start), chunk_end(text, seam.end)
        counts.subtract(text[start:end].split())
        counts.update(piece for piece in (text[start : seam.start], text[seam.end : end]) if piece)
    return counts


REACH = 120
"""So many code points before a place and behind it are its surroundings."""


def surroundings(text: str, start: int, end: int) -> tuple[str, str]:
    """The text before a place and behind it, within its paragraph and `REACH`."""
    before, behind = text[max(0, start - REACH) : start], text[end : end + REACH]
    stop = _BREAK.search(behind)
    return before[_last_break(before) :], behind[: stop.start()] if stop else behind


def find_breaks(text: str) -> Iterator[int]:
    """Where the breaks between paragraphs are."""
    return (found.start() for found in _BREAK.finditer(text))


def passage(text: str, position: int) -> str:
    """The few lines of text in which a place lies, the same for places close to each other."""
    start, end = passage_span(position)
    return text[max(0, start) : end]


def passage_span(position: Number) -> tuple[Number, Number]:
    """Where the passage of a place starts and ends, as far as the text goes."""
    block = position // _BLOCK * _BLOCK
    return block - _BLOCK // 2, block + _BLOCK + _BLOCK // 2


_BLOCK = 200


def partners(text: str, start: int, end: int) -> tuple[str, str]:
    """The words that a hyphen joins to the one that stands at a place, before and behind it ('' for none).

    >>> partners("a ve-year plan", 2, 4)
    ('', 'year')
    """
    before = _PARTNER_BEFORE.search(text, max(0, start - 40), start) if text[start - 1 : start] in _HYPHENS else None
    behind = _PARTNER_BEHIND.match(text, end)
    return before.group(1) if before else "", behind.group(1) if behind else ""


_HYPHENS = frozenset("-‐")
_PARTNER_BEFORE = re.compile(rf"(?<!\w)([{LETTERS}]+)[-‐]\Z")
_PARTNER_BEHIND = re.compile(rf"[-‐]([{LETTERS}]+)")


def is_fragment(text: str, start: int, end: int) -> bool:
    r"""Whether the word at a place is half of one that a line's end divides.

    >>> is_fragment("and-\nre (LIF)", 5, 7), is_fragment("led a", 0, 3)
    (True, False)
    """
    if text[end : end + 1] in _SEAM_MARKS and _SEAM_BEHIND.match(text, end):
        return True
    before = text[max(0, start - 12) : start]
    return ("\n" in before or "\r" in before) and _SEAM_BEFORE.search(before) is not None


_SEAM_MARKS = frozenset("-‐\xad\ufffe¬")
_SEAM_BEHIND = re.compile(r"[-‐\xad\ufffe¬][ \t]*[\r\n]")
_SEAM_BEFORE = re.compile(rf"[{LETTERS}][-‐\xad\ufffe¬][ \t]*[\r\n]\s*\Z")
_BREAK = re.compile(r"[\f\n](?:(?<=\f)|[ \t]*\n)")  # a class at the start is what `re` looks for fast


def _last_break(text: str) -> int:
    last = 0
    for match in _BREAK.finditer(text):
        last = match.end()
    return last
