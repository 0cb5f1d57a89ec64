"""Words run together: `ofIzvestiia`, `theEditor`, `ofthepeople`, `ПольшаAuthors`.

Where it comes from: a space that the extractor took for none, most of all where the font changes. A form that no list
holds is weighed against its parts as words of their own (the unigram model of Norvig, *Natural Language Corpus Data*,
2009); how readily the document loses spaces is inferred from all such forms, against all the spaces that it has.

It refuses whatever any list has as a word, names with a capital inside (`McDonald`, `iPhone`, `PubMed`), names that
programs give (`toString`), compounds, and parts that are not surely words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Set
from itertools import chain, filterfalse, pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ligafix.chunks import Chunks, find_chunks_of, find_in_prose
from ligafix.chunks.kinds import ChunkKind
from ligafix.chunks.words import Word, words_in
from ligafix.document import LETTERS
from ligafix.lexicon.readings import Vocabulary
from ligafix.scoring import Scorer
from ligafix.scoring.alone import OWN_WORDS
from ligafix.stages.spaces import tables
from ligafix.stages.spaces.channel import infer_share, weigh
from ligafix.stages.spaces.gaps import SUGGEST, Gap

FUNCTION_WORD = 3e-4
"""A word this frequent is one of those that hold sentences together."""

SURELY_FUNCTION = 3.3e-3
"""Before a function word with a capital a less frequent word is part of an identifier (`groupBy`, `oneOf`)."""

BEGINS_TITLES = 2e-3
"""A word with a capital is only as frequent as this no part of a product's name (`ModelEntity`)."""

PART = 2e-6
"""What is less frequent is no sure part, unless it is a name behind a word: lists have `ofthe` half as often."""

FREQUENT = 1e-3
"""Lists have two words run together where both are this frequent."""

INNER_CAPITAL = 0.02
"""How many of the words that no list holds have a capital inside."""

FUNCTION_FIRST = 0.05
"""How many of these begin with a word that holds sentences together."""

ON_PURPOSE = {
    "function": 1e-8,
    "name": 1e-4,
    "title": 1e-6,
    "preposition": 3e-3,
    "identifier": 3e-2,
    "particle": 1e-2,
    "content": 1e-2,
}
"""How often two words are written as one on purpose, with a capital inside, against how often they stand apart."""

CLOSED = 1e-6
"""The same in small letters, where one of them is no affix."""

CAPITALS = 0.1
"""How many of the spaces stand between a small letter and a capital."""

FUNCTIONAL = ("function", "name")
"""Kinds of pairs that are hardly ever written as one."""

VOUCHING = ("function", "title")
"""Kinds of pairs that tell that the document loses spaces."""

SLIP = 3e-4
"""How often lists have two function words run together, against how often they stand side by side, at most
(`therein` has a hundred times as much)."""

MOST_LISTED = 2e-6
"""No list has words run together more often than this: the two most frequent words do not stand together so often."""

REPEATED = 3
"""What a document has this often it means, unless one part is a function word."""

ANOTHER = 1e-3
"""Each space that is missing makes a row of words this much less likely (`onto the`, not `on to the`)."""

LONG = 10
SURELY_ROW = 50.0
"""Three words or more, of so many letters, are a row where they are so much likelier than what lists have."""

COMPOSED = 1e-9
"""What is this probable by its parts is a word, though no list holds it."""

SURELY = 1e6
"""How much a space that is surely missing elsewhere, where the font changed, speaks for the channel's losing them."""

LONGEST = 40

_CAMEL = re.compile(rf"([{LETTERS}]*[a-zß-öø-ÿ](?:['’]s)?)([A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]+(?:['’]s)?|[A-Z]{{2,}}))\Z")
_GREEK_CYRILLIC = r"\u0370-\u03ff\u0400-\u052f"
_GREEK_OR_CYRILLIC = re.compile(f"[{_GREEK_CYRILLIC}]")
_IN_OTHER_SCRIPTS = ChunkKind(lambda: (_GREEK_OR_CYRILLIC,))
_SCRIPTS = re.compile(
    rf"(?<![\w])[{_GREEK_CYRILLIC}]{{2,}}[\u03b1-\u03ce\u0430-\u045f](?=[A-Z][a-z]{{2,}}(?!\w))"
    rf"|(?<![\w])[A-Za-z]{{2,}}[a-z](?=[\u0391-\u03a9\u0410-\u042f][\u03b1-\u03ce\u0430-\u045f]{{2,}}(?!\w))"
)
_NUMERAL = re.compile("hundert|tausend|zig|ßig|zehn|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun")

SCRIPT_CHANGE = 0.97
"""How surely a word in one script ends where one in another script begins with a capital."""


class Split(NamedTuple):
    """The parts that a form may be.

    Attributes:
        parts: the words.
        ratio: how much likelier they are than the form.
        share: how probable these parts are among all ways to part the form.
        vouches: whether the form tells how readily the document loses spaces: names of programs do not.
    """

    parts: tuple[str, ...]
    ratio: float
    share: float = 1.0
    vouches: bool = True


class Segmenter:
    """Finds the words that ran together in a form, by the words of a document's languages and its own."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._vocabulary = scorer.vocabulary
        self.frequency = self._vocabulary.known
        self._met = _met_with(self._vocabulary)
        self._affix_free = frozenset().union(*(tables.AFFIX_FREE.get(c, ()) for c in self._vocabulary.shares))

    def split(self, form: str) -> Split | None:
        """The likeliest parts of a form; None where there are none, or the document means it."""
        if not 4 <= len(form) <= LONGEST:
            return None
        if form.islower():
            return None if self._count(form) >= REPEATED else self._met.splits.get(form)
        camel = _CAMEL.match(form)
        return self._split_camel(form, *camel.groups()) if camel else None

    def part(self, forms: Set[str]) -> Set[str]:
        """At least those of some forms that may be split, but for what the document says; fast, if most were met."""
        new = set(filterfalse(self._met.splits.__contains__, forms - self._met.whole))
        small = set(filter(str.islower, new))
        promising = self._promising({f for f in self._vocabulary.uncommon(small) if 4 <= len(f) <= LONGEST})
        for form in small:
            if form in promising and form.isalpha() and (split := self._split_lower(form)):
                self._met.splits[form] = split
            else:
                self._met.whole.add(form)
        camel = {form for form in new - small if _CAMEL.match(form)}
        self._met.whole.update(new - small - camel)
        return (forms & self._met.splits.keys()) | camel

    def _listed(self, form: str) -> float:
        """The frequency of a form in the language that has it most often: lists have words run together, too."""
        return max(self.frequency(form), self._vocabulary.frequency_anywhere(form.lower()))

    def _split_camel(self, form: str, left: str, right: str) -> Split | None:
        """A word and one that begins with a capital."""
        kind = self._kind(left, right)
        if kind is None:
            return None
        if kind not in FUNCTIONAL and (self._listed(form) or self._count(form) >= REPEATED):
            return None
        apart = self._probability(left) * self._probability(right)
        whole = INNER_CAPITAL * self._whole(form, kind) + ON_PURPOSE[kind] * apart
        return Split((left, right), apart / whole, vouches=kind in VOUCHING)

    def _whole(self, form: str, kind: str) -> float:
        """How probable a form is as one word; function words are no parts of such."""
        if kind in FUNCTIONAL:
            return FUNCTION_FIRST * (self._vocabulary.unknown(form) + self.frequency(form))
        return self._vocabulary.probability(form)

    def _kind(self, left: str, right: str) -> str | None:
        """How such words come to stand as one on purpose; None where one of them is surely none."""
        stem = re.sub("['’]s$", "", left)
        frequency = self.frequency(stem.lower())
        are_words = len(left) > 1 and left[1:].islower() and frequency >= PART
        if not are_words or (right.isupper() and self.frequency(right) < PART):
            return None
        if stem.lower() in tables.PARTICLES:
            return "particle"
        if left[0].islower() and frequency < SURELY_FUNCTION and self.frequency(right.lower()) > BEGINS_TITLES:
            return "identifier"
        if left[0].isupper() or stem != left:
            return "title" if stem != left or frequency > BEGINS_TITLES else None
        if stem in tables.IDENTIFIER_PREFIXES and self.frequency(right.lower()) <= BEGINS_TITLES:
            return "name" if self._is_name(right) else tables.IDENTIFIER_PREFIXES[stem]
        holds_together = frequency >= BEGINS_TITLES or (frequency >= FUNCTION_WORD and self._is_name(right))
        return "function" if holds_together else "content"

    def _is_name(self, word: str) -> bool:
        """Whether a word with a capital is a name or a function word, which no identifier goes on with."""
        small = self.frequency(word.lower())
        return small > BEGINS_TITLES or small < self.frequency(word) or word.lower() in tables.PARTICLES

    def _split_lower(self, form: str) -> Split | None:
        if self.frequency(form) > MOST_LISTED or not self._vocabulary.knows_compounds:
            return None
        parts, share = _find_row(self._vocabulary, form)
        apart = math.prod(map(self.frequency, parts))
        slips = SLIP * apart if min(map(self.frequency, parts), default=0.0) > FREQUENT else 0.0
        if len(parts) > 2 and len(form) >= LONG:
            slips = apart / SURELY_ROW
        if len(parts) < 2 or self._listed(form) > slips or self._may_join(parts):
            return None
        if self._has_free_part(parts):
            return Split(parts, apart / (self._vocabulary.unknown(form) + CLOSED * apart), share)
        whole = self._vocabulary.probability(form) + self._vocabulary.closed_compounds * apart
        return Split(parts, apart / whole, share)

    def _promising(self, forms: Set[str]) -> Set[str]:
        """Those of some small forms that may be split: what is listed and short is a row of frequent words. Fast."""
        listed = forms - self._vocabulary.rarer(forms, math.nextafter(0.0, 1.0))
        short = {form for form in listed if len(form) < LONG}
        beginnings = frozenset(chain.from_iterable(map(_beginnings, short)))
        frequent = beginnings - self._vocabulary.rarer(beginnings, math.nextafter(FREQUENT, 1.0))
        return forms - {form for form in short if frequent.isdisjoint(_beginnings(form))}

    def _may_join(self, parts: tuple[str, ...]) -> bool:
        """Whether two parts that stand side by side may be one word (`they in here`, they inhere)."""
        pairs = pairwise(parts) if len(parts) > 2 else ()
        joined = (first + second for first, second in pairs if self._affix_free.isdisjoint((first, second)))
        return any(self._listed(word) or self._vocabulary.probability(word) > COMPOSED for word in joined)

    def _has_free_part(self, parts: tuple[str, ...]) -> bool:
        return not self._affix_free.isdisjoint(parts) and not any(map(_NUMERAL.search, parts))

    def _probability(self, word: str) -> float:
        own = OWN_WORDS * self._count(word) / max(1000, self._scorer.evidence.words)
        return max(own, self._vocabulary.probability(word))

    def _count(self, form: str) -> int:
        return self._scorer.evidence.vocabulary.get(form, 0)


def _beginnings(form: str) -> Iterator[str]:
    return (form[:end] for end in range(1, len(form) + 1))


_Row = tuple[tuple[str, ...], float]


class _Met:
    """What was found out about forms with one vocabulary: those that are whole, and small ones that are not."""

    def __init__(self) -> None:
        self.whole: set[str] = set()
        self.splits: dict[str, Split] = {}


_MET: WeakKeyDictionary[Vocabulary, _Met] = WeakKeyDictionary()
"""What was found out with each vocabulary, as long as it is in use: a cache with it among its keys would keep it, and
all that it remembers, for ever."""

MOST_MET = 1 << 17
"""So many forms are remembered from text to text, more than a long book has."""


def _met_with(vocabulary: Vocabulary) -> _Met:
    """What was found out with a vocabulary: whoever asks goes on with what he was given, however much it becomes."""
    met = _MET.get(vocabulary)
    if met is None or len(met.whole) + len(met.splits) >= MOST_MET:
        met = _MET[vocabulary] = _Met()
    return met


def _find_row(vocabulary: Vocabulary, form: str) -> _Row:
    best: list[tuple[float, tuple[str, ...]]] = [(1.0, ())]
    total = [1.0]
    rows: list[list[tuple[int, float, str]]] = [[] for _ in range(len(form) + 1)]
    for end in range(len(form) + 1):
        if end:
            ways = rows[end]
            if not ways:
                best.append((0.0, ()))
                total.append(0.0)
                continue
            best.append(max(((best[s][0] * f, (*best[s][1], word)) for s, f, word in ways), default=(0.0, ())))
            total.append(sum(total[s] * f for s, f, _ in ways))
        for word in vocabulary.words_beginning(form[end : end + tables.LONGEST_PART]) if total[end] else ():
            if frequency := _part(vocabulary, word):
                rows[end + len(word)].append((end, ANOTHER * frequency, word))
    likely, parts = best[-1]
    return parts, likely / total[-1] if total[-1] else 0.0


def _part(vocabulary: Vocabulary, word: str) -> float:
    """The frequency of a word that may be a part; 0.0 for what is no sure word."""
    frequency = vocabulary.known(word)
    least = tables.SHORT_PART.get(len(word), PART)
    return frequency if frequency >= least else 0.0


def find(text: str, scorer: Scorer, others: int = 0, in_rows: int = 0) -> Iterator[Gap]:
    """The places inside words where a space is missing.

    Args:
        text: the text.
        scorer: what is known of its words.
        others: how many spaces are surely missing elsewhere, where the font changed or in rows of words.
        in_rows: how many of these are in rows of words.
    """
    chunks = find_chunks_of(text)
    splits = _find_splits(chunks, Segmenter(scorer)) if scorer.evidence.is_readable else {}
    for small in (False, True):
        chosen = {form: split for form, split in splits.items() if form.islower() == small}
        if chosen:
            spaces = scorer.evidence.words if small else round(CAPITALS * scorer.evidence.words)
            ratios = [split.ratio for split in chosen.values() if split.vouches]
            shares = infer_share(ratios + [SURELY] * (in_rows if small else others), spaces)
            weighed = {form: split.share * weigh(split.ratio, shares) for form, split in chosen.items()}
            yield from _place(text, chunks, {f: (splits[f], c) for f, c in weighed.items() if c >= SUGGEST})
    yield from _find_scripts(text, chunks)


def _find_splits(chunks: Chunks, segmenter: Segmenter) -> dict[str, Split]:
    wanted = segmenter.part(chunks.words)
    forms = {word for chunk in chunks.having(wanted) if "-" not in chunk for word, _ in words_in(chunk)} & wanted
    found = ((form, segmenter.split(form)) for form in sorted(forms))
    return {form: split for form, split in found if split is not None}


def _place(text: str, chunks: Chunks, splits: dict[str, tuple[Split, float]]) -> Iterator[Gap]:
    for chunk, start in find_in_prose(text, chunks.having(splits.keys()), "\r\n"):
        for word in words_in(chunk):
            if word.text in splits and not _is_in_code(chunk, word):
                yield from _gaps(start + word.start, *splits[word.text])


def _is_in_code(chunk: str, word: Word) -> bool:
    """Whether a word is the name of a tag, or stands in code among prose (`<groupId>`, `).startswith(`)."""
    end = word.start + len(word.text)
    return chunk[: word.start].endswith(_BEFORE_NAMES) or chunk[end : end + 1] in _BEHIND_NAMES


_BEFORE_NAMES = ("<", "</", "`", ".", "$")
_BEHIND_NAMES = frozenset("(`")


def _gaps(start: int, split: Split, confidence: float) -> Iterator[Gap]:
    for part in split.parts[:-1]:
        start += len(part)
        yield Gap(start, "run-together", confidence, f"no list holds {''.join(split.parts)}")


def _find_scripts(text: str, chunks: Chunks) -> Iterator[Gap]:
    wanted = {chunk: match for chunk in chunks.of_kind(_IN_OTHER_SCRIPTS) if (match := _SCRIPTS.search(chunk))}
    for chunk, start in find_in_prose(text, wanted, "\r\n"):
        yield Gap(start + wanted[chunk].end(), "between-scripts", SCRIPT_CHANGE, "another script begins")
