"""Lines of which the spaces are lost: `Theywereveryrestless,theseslenderwhitehands`.

Where it comes from: TeX sets a line tight, and its fonts have no glyph for a space; an extractor that does not know how
wide one would be takes all the gaps of the line for none. What stands there is a row of words of any case, names and
words that no list holds among them.

Each row is parted in all ways at once, and a space goes where the words say so in nearly all of them. It refuses
compounds, all rows in languages of which no table tells how they compound words, names of programs, sequences of a
genome; a row of few words tells nothing, but is parted where longer ones tell that the document loses spaces.
"""

from __future__ import annotations

import math
import re
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from ligafix.chunks import Chunks, find_chunks_of, find_in_prose
from ligafix.document import LETTERS, LONGEST_CHUNK
from ligafix.lexicon.elision import split_possessive
from ligafix.lexicon.readings import Vocabulary
from ligafix.lexicon.unlisted import UNLISTED_NAMES
from ligafix.scoring import Scorer
from ligafix.scoring.alone import OWN_WORDS
from ligafix.stages.spaces import tables
from ligafix.stages.spaces.gaps import SUGGEST, Gap

SHORTEST = 10
"""No row has fewer letters."""

TELLING = 16
"""A row that tells that spaces are lost has at least so many letters,"""

WORDS = 4
"""so many words,"""

FUNCTION_WORDS = 2
"""among them so many that hold sentences together,"""

SURELY = math.log(1e9)
"""and is so much likelier (nats) as words. In novels, papers and reviews in six languages, forms of one word reach 1e8
(`jaknajszczerszemu`); whole lines start at 1e12."""

FUNCTION_WORD = 3e-4
"""A word this frequent is one of those that hold sentences together."""

LISTED_PART = 2e-7
"""What is less frequent is weighed as a word that no list holds: lists have `ofthe` now and then."""

SHORTEST_UNLISTED = 3
"""No word that a list does not hold has fewer letters: they would be found everywhere."""

ANOTHER = 0.3
"""Each space makes a row this much less likely (`onto the`, not `on to the`)."""

SHORTEST_FRAGMENT = 2
"""TeX leaves no fewer letters of a word before the hyphen."""

WHOLE = 0.1
"""Of the words before a hyphen at a line's end so many are whole (`well-⏎known`)."""

LABEL = 1e-4
"""How frequent one or two capitals are before a figure or a hyphen (`S228`, `R-dependent`)."""

COVERED = 0.7
"""So many letters of a row, at least, belong to words that lists hold; of letters at random two in five may."""

MOST_LOST = 0.5
"""A channel is taken to lose no larger share of the spaces."""

MOST_FREQUENT = 0.1
"""No word is more frequent than this in any language."""

POSSESSIVE = 0.02
"""How often a word stands with 's, where no list has it so."""

_RUN = re.compile(rf"[{LETTERS}]+(?:['’][{LETTERS}]+)*")
_NO_PROSE = re.compile(r"[.](?:com|edu|gov|info|net|org)\b|[@\\_/=<>{}|~^]|www\.|[a-z]\.[a-z]+\.[a-z]")
_HYPHENS = "-\xad\u2010\ufffe"


class Row(NamedTuple):
    """A run of letters that may be words.

    Attributes:
        text: the letters, and apostrophes among them.
        is_open: whether the line's end divides its last word.
    """

    text: str
    is_open: bool


class Parted(NamedTuple):
    """What a row is as words.

    Attributes:
        parts: its likeliest words.
        log_ratio: how much likelier (nats) it is as words than as one.
        spaces: how probable a space is before each of its letters.
    """

    parts: tuple[str, ...]
    log_ratio: float
    spaces: tuple[float, ...]


def find(text: str, scorer: Scorer) -> list[Gap]:
    """The places in rows of words where a space is missing."""
    if not scorer.evidence.is_readable or not scorer.vocabulary.knows_compounds:
        return []
    chunks = find_chunks_of(text)
    parter = Parter(scorer)
    parted = parter.part_all(_find_rows(chunks, scorer.vocabulary, TELLING).values(), SURELY)
    lost = sum(len(p.parts) - 1 for p in parted.values() if p is not None and _tells(p, scorer.vocabulary))
    if not lost:
        return []
    found = _find_rows(chunks, scorer.vocabulary, SHORTEST)
    parted = parter.part_all(found.values())
    share = min(MOST_LOST, lost / (scorer.evidence.words + lost))
    wanted = {chunk: runs for chunk, runs in found.items() if any(parted.get(row) for _, row in runs)}
    places = find_in_prose(text, wanted, "\r\n")
    return [
        gap
        for chunk, start in places
        for at, row in wanted[chunk]
        if (one := parted.get(row)) is not None
        for gap in _gaps(start + at, one, share)
    ]


def _find_rows(chunks: Chunks, vocabulary: Vocabulary, shortest: int) -> dict[str, list[tuple[int, Row]]]:
    """The chunks with runs of so many letters that no list holds: these, and where they start."""
    long = chunks.of_length(shortest, LONGEST_CHUNK)
    return {chunk: runs for chunk in long if (runs := _find_runs(chunk, vocabulary, shortest))}


def _find_runs(chunk: str, vocabulary: Vocabulary, shortest: int) -> list[tuple[int, Row]]:
    found = [
        (run.start(), Row(run.group(), chunk[run.end() :] in _HYPHENS and run.end() < len(chunk)))
        for run in _RUN.finditer(chunk)
        if run.end() - run.start() >= shortest and not vocabulary.known(run.group())
    ]
    return [] if found and _NO_PROSE.search(chunk) else found


def _tells(parted: Parted, vocabulary: Vocabulary) -> bool:
    """Whether a row alone tells that its document loses spaces."""
    if parted.log_ratio < SURELY or len(parted.parts) < WORDS:
        return False
    return sum(len(part) > 1 and vocabulary.known(part) > FUNCTION_WORD for part in parted.parts) >= FUNCTION_WORDS


def _gaps(start: int, parted: Parted, share: float) -> Iterator[Gap]:
    odds = share * math.exp(min(parted.log_ratio, 100.0))
    surely = odds / (1 + odds)
    for at, space in enumerate(parted.spaces):
        if surely * space >= SUGGEST:
            yield Gap(start + at, "run-together", surely * space, f"{' '.join(parted.parts)}: words in a row")


class Parter:
    """Parts rows into words of a document's languages, its own and unlisted ones."""

    def __init__(self, scorer: Scorer) -> None:
        self._vocabulary = scorer.vocabulary
        self._own = scorer.evidence.vocabulary
        self._words = max(1000, scorer.evidence.words)
        self._parts: dict[str, bool] = {}

    def part_all(self, found: Iterable[list[tuple[int, Row]]], least: float = 0.0) -> dict[Row, Parted | None]:
        """The distinct rows of some chunks that may be words, as words.

        Args:
            found: the rows of each chunk.
            least: rows that cannot be so much likelier (nats) as words may be left out.
        """
        rows = dict.fromkeys(row for runs in found for _, row in runs)
        looked_up = ((row, self._find_listed(row.text)) for row in rows)
        promising = ((row, listed) for row, listed in looked_up if self._may_part(row, listed))
        return {row: self._part(row, listed) for row, listed in promising if self._may_reach(row, least)}

    def _may_reach(self, row: Row, least: float) -> bool:
        """Whether a row may be so much likelier (nats) as words; fast, and what parts make is mostly too likely as one.

        Where no word weighs more than some number, all ways to part a row weigh no more than they would if each did.
        """
        most = ANOTHER * (max(MOST_FREQUENT, self._most_own) + UNLISTED_NAMES)
        last = ANOTHER if row.is_open else most
        return last * (1 + most) ** (len(row.text) - 1) >= self._vocabulary.probability(row.text) * math.exp(least)

    @cached_property
    def _most_own(self) -> float:
        """How much the document's commonest word counts."""
        return OWN_WORDS * max(self._own.values(), default=0) / self._words

    def _find_listed(self, text: str) -> list[list[str]]:
        """The listed words that begin at each place of a row, in small letters."""
        small = text.lower()
        if len(small) != len(text):  # İ becomes two
            return []
        size = tables.LONGEST_PART
        return [self._vocabulary.words_beginning(small[at : at + size]) for at in range(len(small))]

    def _may_part(self, row: Row, listed: Sequence[Sequence[str]]) -> bool:
        """Whether listed words make up most of a row; fast, since letters at random hold few."""
        size = len(row.text)
        covered = [0] * (size + 1)
        for start, words in enumerate(listed):
            covered[start + 1] = max(covered[start + 1], covered[start])
            for word in filter(self._is_part, words):
                end = start + len(word)
                covered[end] = max(covered[end], covered[start] + len(word))
        return covered[size] >= COVERED * size

    def _part(self, row: Row, listed: Sequence[Sequence[str]]) -> Parted | None:
        """A row as words, by the likelihood of all ways to part it; None where it is likelier one word."""
        text, size = row.text, len(row.text)
        ends = [{start + len(word) for word in words} for start, words in enumerate(listed)]
        forward, best, back = [1.0], [1.0], [0]
        ways: list[list[tuple[int, float]]] = [[]]
        for end in range(1, size + 1):
            found = [(start, weight) for start, weight in self._words_ending(row, end, ends) if forward[start]]
            ways.append(found)
            forward.append(sum(forward[start] * weight for start, weight in found))
            best_here = max(((best[start] * weight, start) for start, weight in found), default=(0.0, 0))
            best.append(best_here[0])
            back.append(best_here[1])
        if not forward[size]:
            return None
        parts = _trace(text, back)
        log_ratio = math.log(forward[size]) - math.log(self._vocabulary.probability(text))
        if len(parts) < 3 or log_ratio <= 0 or self._is_name_of_program(parts):
            return None
        return Parted(parts, log_ratio, _spaces(forward, ways))

    def _is_name_of_program(self, parts: Sequence[str]) -> bool:
        """Whether all words of a row have capitals, and some are in no list (`LargePrimarySeq`) or have several."""
        if not all(part[0].isupper() for part in parts):
            return False
        return any(not self._is_part(part) or not (part.isupper() or part[1:].islower()) for part in parts)

    def _words_ending(self, row: Row, end: int, ends: Sequence[Container[int]]) -> Iterator[tuple[int, float]]:
        """Where words start that end in a place, and how likely each is.

        Args:
            row: the row.
            end: the place.
            ends: where the listed words end that begin at each place, but for those with another apostrophe.
        """
        text = row.text
        is_fragment = row.is_open and end == len(text)
        has_apostrophe = "’" in text
        for start in range(max(0, end - tables.LONGEST_PART), end):
            word = text[start:end]
            weight = 0.0
            if word[0].isalpha() and self._may_be_word(word):
                weight = self._frequency(word, may_be_listed=has_apostrophe or end in ends[start])
            if is_fragment and len(word) >= SHORTEST_FRAGMENT and word.isalpha():
                weight = weight * WHOLE + self._vocabulary.begun(word)
            if end == len(text) and len(word) < SHORTEST_UNLISTED and word.isupper():
                weight = max(weight, LABEL)
            if weight:
                yield start, ANOTHER * weight

    def _may_be_word(self, word: str) -> bool:
        """Whether its capitals allow a run to be one word: inside it only a word of the document has some."""
        return word[1:] == word[1:].lower() or word.isupper() or self._own.get(word, 0) > 1

    def _frequency(self, word: str, *, may_be_listed: bool = True) -> float:
        frequency = self._vocabulary.known(word) if may_be_listed and self._is_part(word) else 0.0
        if len(word) < SHORTEST_UNLISTED:
            return frequency
        stem, ending = split_possessive(word)
        if ending and not frequency:
            return POSSESSIVE * self._frequency(stem)
        elsewhere = max(0, self._own.get(word, 0) - 1)
        return max(frequency, OWN_WORDS * elsewhere / self._words) + self._vocabulary.unknown(word)

    def _is_part(self, word: str) -> bool:
        """Whether a word is frequent enough, small or as it stands, to be a part."""
        if word not in self._parts:
            known = max(self._vocabulary.known(word), self._vocabulary.known(word.lower()))
            self._parts[word] = known >= tables.SHORT_PART.get(len(word), LISTED_PART)
        return self._parts[word]


def _trace(text: str, back: list[int]) -> tuple[str, ...]:
    """The likeliest words, from where each starts."""
    parts, end = [], len(text)
    while end:
        parts.append(text[back[end] : end])
        end = back[end]
    return tuple(reversed(parts))


def _spaces(forward: list[float], ways: list[list[tuple[int, float]]]) -> tuple[float, ...]:
    """How probable a space is at each place, over all ways to part a row."""
    size = len(forward) - 1
    backward = [0.0] * size + [1.0]
    for end in range(size, 0, -1):
        for start, weight in ways[end]:
            backward[start] += weight * backward[end]
    inside = (forward[at] * backward[at] / forward[size] for at in range(1, size))
    return (0.0, *inside)
