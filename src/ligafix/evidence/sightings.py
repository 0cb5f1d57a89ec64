"""Where the odd signs of a text stand: in which words, and between what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from itertools import filterfalse

from ligafix.chunks.memory import MOST_CHUNKS
from ligafix.document import LONGEST_CHUNK
from ligafix.evidence.signs import Kind, Sample, as_lines, find_words_of_places, is_place, kind_of, located
from ligafix.recent import of_last_text

MOST_WORDS = 100
"""How many distinct words of a sign are weighed, the commonest."""

_FEW_NAMES = 8
"""Of so many signs the text is looked through for each."""


@dataclass(slots=True)
class Sightings:
    """A sign's places: the words it stands in, by the letters before and behind it, and the shapes of its places."""

    words: Counter[tuple[str, str]]
    shapes: Counter[str]


def collect_names(text: str, signs: Collection[str]) -> Mapping[str, Sightings]:
    """The places of some signs; where they are few each by itself, so that words with others in them count, too."""
    if len(signs) <= _FEW_NAMES:
        return {sign: collect(text, frozenset({sign}))[sign] for sign in signs}
    found = collect(text, frozenset(signs))
    return {sign: found.get(sign) or Sightings(Counter(), Counter()) for sign in signs}


@of_last_text
def collect(text: str, signs: frozenset[str]) -> Mapping[str, Sightings]:
    """The places of some signs in a text; kept for who asks again.

    Rows of dots and the like repeat, so each word is looked at once with what touches it.
    """
    seen = Counter[_Touched]()
    for places, number in _recall_touched(Sample(text).counts, signs):
        for place in places:
            seen[place] += number
    found: defaultdict[str, Sightings] = defaultdict(lambda: Sightings(Counter(), Counter()))
    for (parts, before, behind), number in seen.items():
        _collect_from(found, parts, before, behind, number)
    return dict(found)


_Touched = tuple[tuple[str, ...], str, str]
"""The parts of a coded word, and the characters before it and behind it; of numbers more than one."""


def _find_touched(text: str, signs: frozenset[str]) -> Iterator[tuple[int, _Touched]]:
    """The words of a text in which one of the signs stands in a place, and where they start."""
    for word in find_words_of_places(text, signs):
        yield word.start, (word.parts, _before(text, word.start), _behind(text, word.end))


_NUMBER = "0123456789.,"
_LONGEST_NUMBER = 12


def _before(text: str, at: int) -> str:
    """The character before a place, or the number."""
    near = text[max(0, at - _LONGEST_NUMBER) : at]
    return near[len(near.rstrip(_NUMBER)) :].lstrip(".,") if near[-1:].isdecimal() else near[-1:]


def _behind(text: str, at: int) -> str:
    """The character behind a place, or the number."""
    near = text[at : at + _LONGEST_NUMBER]
    return near[: len(near) - len(near.lstrip(_NUMBER))].rstrip(".,") if near[:1].isdecimal() else near[:1]


def _recall_touched(counts: Mapping[str, int], signs: frozenset[str]) -> Iterator[tuple[Sequence[_Touched], int]]:
    """The same for those of some pieces that have such words, and how often they stand in the text.

    Most pieces were met before, and had none.
    """
    memory = _memory_of(signs)
    asked = list(filterfalse(memory.untouched.__contains__, counts))
    unknown = list(filterfalse(memory.touched.__contains__, asked))
    found: dict[str, list[_Touched]] = {chunk: [] for chunk in unknown}
    lines = as_lines(unknown)
    for chunk, place in located(lines, _find_touched(lines, signs)):
        found[chunk].append(place)
    for chunk in asked:
        if places := found[chunk] if chunk in found else memory.touched[chunk]:
            yield places, counts[chunk]
    memory.learn(found)


class _TouchedMemory:
    """The words that some signs stand in, of the chunks that were met, and the chunks that have none."""

    def __init__(self) -> None:
        self.touched: dict[str, tuple[_Touched, ...]] = {}
        self.untouched: set[str] = set()

    def learn(self, found: Mapping[str, Sequence[_Touched]]) -> None:
        """Remember what was found in some chunks."""
        if len(self.touched) + len(self.untouched) + len(found) > MOST_CHUNKS:
            return
        for chunk, places in found.items():
            if len(chunk) > LONGEST_CHUNK:
                continue
            if places:
                self.touched[chunk] = tuple(places)
            else:
                self.untouched.add(chunk)


@lru_cache(maxsize=4)
def _memory_of(signs: frozenset[str]) -> _TouchedMemory:  # noqa: ARG001
    """What was found out about some signs, whatever text they stood in."""
    return _TouchedMemory()


def _collect_from(found: dict[str, Sightings], parts: tuple[str, ...], before: str, behind: str, number: int) -> None:
    """Note the places of the signs in a word that stands so often in the text."""
    if is_format(parts, before):
        return
    edges = (before, *parts, behind)
    places = list(zip(parts[1::2], parts[::2], parts[2::2], edges[::2], edges[4::2], strict=False))
    counts = Counter(places) if len(places) > 1 else {places[0]: 1}
    for (sign, left, right, last, following), times in counts.items():
        if is_place(sign, left, right):
            entry = found[sign]
            entry.shapes[_shape(left[-1:] or last, right[:1] or following)] += times * number
            if (left or right) and len(parts) == 3:
                entry.words[left, right] += number


LONGEST_UNIT = 2
"""No more letters than this stand behind a number, or behind the sign of a format."""


def is_format(parts: Sequence[str], before: str) -> bool:
    r"""Whether the letters between what stands before and a sign that authors write are no word (`%.2f°`).

    >>> is_format(("f", "°", ""), "%.2"), is_format(("Wasabur", "\t", "o"), "2")
    (True, False)
    """
    is_code = before[-1:] in ("%", "$", "\\") or before[-1:].isdecimal()
    return is_code and 0 < len(parts[0]) <= LONGEST_UNIT and kind_of(parts[1]) is Kind.ODD


def _shape(before: str, behind: str) -> str:
    """What stands on either side of a sign: a space or an edge (s), or something else (.); or how numbers compare."""
    if before[-1:].isdigit() and behind[:1].isdigit():
        return _compare(before, behind)
    return _side(before[-1:], "([“‘\"'") + _side(behind[:1], ")].,;:!?”’\"'")


def _compare(first: str, second: str) -> str:
    """Whether a number is smaller (<) or greater (>) than the one behind it; dd where that cannot be told.

    Of ranges the second number may be shortened: `1985–90`.
    """
    if first.isdecimal() and second.isdecimal() and len(first) > len(second):
        return "dd"
    with suppress(ValueError):
        one, other = (float(number.replace(",", "")) for number in (first, second))
        return "<" if one < other else ">" if one > other else "dd"
    return "dd"


def _side(sign: str, edges: str) -> str:
    return "s" if not sign or sign.isspace() or sign in edges else "."
