"""The context model: how much the words around a place speak for one reading of it against another.

`led` may be what stood there, or what is left of `filed`. For each such pair, a form and one reading with its
ligatures put back, the model holds the weights of a log-linear classifier over the neighbours: the words next to
the place and the classes they belong to, alone and together, a wider window and its topics, numbers, punctuation
and case.

The neighbours of a damaged word may be damaged too, so words are looked up in a normal form that is the same
with and without ligatures (`first` and `rst` are both `rst`).

The data is computed by `dictionaries/build_context.py`; its card is `dictionaries/context/README.md`.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import marisa_trie

from ligafix.lexicon.integrity import damaged, map_bytes, open_trie, opening
from ligafix.lexicon.tries import Trie

if TYPE_CHECKING:
    from ligafix.lexicon.context_arrays import ContextArrays, Floats, Ints, Tokens
    from ligafix.lexicon.network import Around, Network

Question = tuple[str, tuple[str, ...]]
"""A form that stands in a text, and its readings."""

Sides = tuple[Sequence[str], Sequence[str]]
"""The tokens before a place, nearest last, and behind it, nearest first."""

WINDOW = 8
"""How many tokens on each side the model looks at."""

TOKEN = re.compile(
    r"[^\W\d_]+(?:['’](?=[^\W\d_]{3}))?"  # a word, and an elided article before a longer one: l', dell'
    r"|(?<=[^\W\d_])['’][^\W\d_]{1,2}(?![^\W\d_])"  # a clitic: 's, 't, 're
    r"|\d+(?:[.,]\d+)*"
    r"|\S"
)
"""A token as the model was trained on: a word, a clitic, a number, or a single other character."""

LIGATURE = re.compile("ff[il]?|fi|fl")
"""The letters that one glyph may draw, as they stand in the text."""

STOP_WORDS = 60
"""The most frequent words count only next to the place, not in the wider window."""

OVERFLOW = 64
"""Slots behind the last one that a search may start at, so that it never runs over the end."""

LAYOUT: Mapping[str, Literal["B", "H", "b", "f"]] = {
    "words": "H",
    "coarse": "B",
    "classes": "B",
    "fine": "H",
    "topics": "B",
    "priors": "f",
    "biases": "f",
    "checks": "H",
    "weights": "b",
}
"""The tables of a data file and what they hold, as `struct` names it; little-endian."""

_TEMPLATES = """
    l1.word | r1.word | l2.word | r2.word | l3.word | r3.word
    l1.fine | r1.fine | l2.fine | r2.fine | l1.class | r1.class | l2.class | r2.class
    l1.word r1.word | l2.word l1.word | r1.word r2.word | l1.word r1.class | l1.class r1.word
    l2.word l1.class | r1.class r2.word | l1.class r1.class | l2.class l1.class | r1.class r2.class
    l1.coarse r1.coarse | l2.coarse l1.coarse | r1.coarse r2.coarse
    l2.class l1.class r1.class | l1.class r1.class r2.class
    l2.coarse l1.coarse r1.coarse | l1.coarse r1.coarse r2.coarse
"""
"""The features of a place: what is looked at together, of the words to the left and to the right."""

_MASK = 0xFFFF_FFFF_FFFF_FFFF
_KIND, FIRST, SECOND, THIRD, _PAIR = (  # odd numbers of 64 bits, for multilinear hashing
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
)
CASE, NEAR_WORD, NEAR_TOPIC = (_KIND * kind & _MASK for kind in (100, 101, 102))
_PUNCTUATION = {
    ord(variant): plain
    for plain, variants in {'"': "“”„«»‟″", "'": "‘’`´‚‹›′", "-": "—–―‐‑−\xad", ".": "…"}.items()
    for variant in variants
}


def tokenize(text: str) -> list[str]:
    """The tokens of a text, as the model was trained on them.

    >>> tokenize("the staff’s re-entry at 5.30")
    ['the', 'staff', '’s', 're', '-', 'entry', 'at', '5.30']
    """
    return TOKEN.findall(text)


class _TokensOf(dict[str, list[str]]):
    """The tokens of what stands between white space, as far as it was asked; emptied when there are too many."""

    def __missing__(self, chunk: str) -> list[str]:
        found = tokenize(_SURROGATE.sub("\ufffd", chunk))
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        self[chunk] = found
        return found


_MOST_CHUNKS = 1 << 16
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKENS_OF = _TokensOf()


def tokens_of(chunk: str) -> list[str]:
    """The tokens of what stands between white space; what is no text is read as U+FFFD."""
    return _TOKENS_OF[chunk]


def tokens_before(left: str) -> list[str]:
    """The last `WINDOW` tokens of a short text, or somewhat more; what is no text is read as U+FFFD.

    >>> tokens_before("It is one of the oldest of all the large ")[-3:]
    ['all', 'the', 'large']
    """
    found: list[str] = []
    for chunk in left.rsplit(None, WINDOW)[: -WINDOW - 1 : -1]:
        found = _TOKENS_OF[chunk] + found
        if len(found) >= WINDOW:
            break
    return found


def tokens_behind(right: str) -> list[str]:
    """The first `WINDOW` tokens of a short text, or somewhat more; what is no text is read as U+FFFD."""
    found: list[str] = []
    for chunk in right.split(None, WINDOW)[:WINDOW]:
        found += _TOKENS_OF[chunk]
        if len(found) >= WINDOW:
            break
    return found


def normal_form(token: str) -> str:
    """What a token is looked up by: lower case, without ligatures, plain punctuation, numbers by their length.

    >>> [normal_form(token) for token in ("First", "rst", "of", "1995", "”")]
    ['rst', 'rst', 'of', '0000', '"']
    """
    if token[0].isdigit():
        return "0" * min(len(token), 4) if token.isdigit() else "0.0"
    if not token.isalpha():
        return token.lower().translate(_PUNCTUATION)
    token = token.lower()
    return LIGATURE.sub("", token) if "f" in token else token


class Word(NamedTuple):
    """A word's number, and the classes it belongs to: by its neighbours, in three sizes, and by its topic."""

    word: int
    coarse: int
    class_: int
    fine: int
    topic: int


_ABSENT = Word(-1, -1, -1, -1, -1)
"""What stands beyond the edge of the text."""


class Vocabulary:
    """The words that the model knows, and their classes.

    Keys are normal forms; a key that begins with `~` stands for all unknown words with these last letters.
    """

    def __init__(self, trie: marisa_trie.Trie, words: Sequence[int], classes: Sequence[Sequence[int]]) -> None:
        self._trie = trie
        self._words = words
        self._classes = classes
        self.look_up = lru_cache(maxsize=1 << 15)(self._look_up)

    def _look_up(self, token: str) -> Word:
        """What the vocabulary knows about a token."""
        form = normal_form(token)
        for key in (form, "~" + form[-2:], "~"):
            number = self._trie.get(key)
            if number is not None:
                word = self._words[number]
                return Word(word, *(table[word] for table in self._classes))
        return _ABSENT


def multipliers(template: str) -> tuple[int, ...]:
    """What the feature of a template is computed with: the number to begin with, and what each part is multiplied by.

    >>> len(multipliers("l2.word l1.word"))
    3
    """
    parts = template.split()
    return (_KIND * (_templates().index(parts) + 1) & _MASK, *(FIRST, SECOND, THIRD)[: len(parts)])


def _templates() -> list[list[str]]:
    return [template.split() for line in _TEMPLATES.strip().split("\n") for template in line.split("|")]


def _compile_templates(size: int) -> tuple[tuple[int, ...], ...]:
    """The templates of so many parts: a salt of their own, then where the parts stand among all that is looked at."""
    names = [f"{place}.{name.rstrip('_')}" for place in ("l1", "l2", "l3", "r1", "r2", "r3") for name in Word._fields]
    return tuple(
        (_KIND * kind & _MASK, *(names.index(part) for part in template))
        for kind, template in enumerate(_templates(), 1)
        if len(template) == size
    )


SINGLES, DOUBLES, TRIPLES = (_compile_templates(size) for size in (1, 2, 3))


def context_features(vocabulary: Vocabulary, left: Sequence[str], right: Sequence[str], observed: str) -> list[int]:
    """The features of a place, as numbers of which the lowest 64 bits count; none twice."""
    before = [vocabulary.look_up(token) for token in left[: -WINDOW - 1 : -1]]
    after = [vocabulary.look_up(token) for token in right[:WINDOW]]
    near: list[int] = []
    for side in (before, after):
        for n in range(3):
            near += side[n] if n < len(side) else _ABSENT
    features = [kind + FIRST * near[a] for kind, a in SINGLES]
    features += [kind + FIRST * near[a] + SECOND * near[b] for kind, a, b in DOUBLES]
    features += [kind + FIRST * near[a] + SECOND * near[b] + THIRD * near[c] for kind, a, b, c in TRIPLES]
    features.append(CASE + FIRST * _case(left, right, observed))
    telling = [word for word in (*before, *after) if word.word >= STOP_WORDS]
    features += [NEAR_WORD + FIRST * number for number in {word.word for word in telling}]
    features += [NEAR_TOPIC + FIRST * number for number in {word.topic for word in telling}]
    return features


def _case(left: Sequence[str], right: Sequence[str], observed: str) -> int:
    """The pattern of capitals: of the form itself, of the words before and after it."""
    before = bool(left) and left[-1][0].isupper()
    after = bool(right) and right[0][0].isupper()
    return shape(observed) * 4 + before * 2 + after


def shape(observed: str) -> int:
    """Whether a form is written small (0), with a capital (1) or in capitals (2)."""
    return 2 if len(observed) > 1 and observed.isupper() else int(observed[:1].isupper())


@dataclass(frozen=True, slots=True)
class _Weights:
    """A hash table of feature weights: 16 bits of the hash, and the weight, in the same slot of two arrays."""

    checks: Sequence[int]
    weights: Sequence[int]
    slots: int

    def total(self, features: Sequence[int], pair: int) -> int:
        """The sum of the weights that `features` have for a pair."""
        checks, slots, salt, total = self.checks, self.slots, pair * _PAIR, 0
        for feature in features:  # as `locate` does, which would take half of the time
            hashed = feature + salt & _MASK
            slot, check = (hashed >> 32) * slots >> 32, hashed & 0xFFFF or 1
            while found := checks[slot]:
                if found == check:
                    total += self.weights[slot]
                    break
                slot += 1
        return total


def locate(hashed: int, slots: int) -> tuple[int, int]:
    """The slot where the search for a hashed feature starts, and the bits that tell it from others there."""
    hashed &= _MASK
    return (hashed >> 32) * slots >> 32, hashed & 0xFFFF or 1


def salt(pair: int) -> int:
    """What is added to a feature to make it the feature of one pair."""
    return pair * _PAIR & _MASK


@dataclass(frozen=True, slots=True)
class Tables:
    """The numbers of a language's model, as `LAYOUT` orders them."""

    words: Sequence[int]
    coarse: Sequence[int]
    classes: Sequence[int]
    fine: Sequence[int]
    topics: Sequence[int]
    priors: Sequence[float]
    biases: Sequence[float]
    checks: Sequence[int]
    weights: Sequence[int]

    def word_classes(self) -> tuple[Sequence[int], ...]:
        """The tables of classes, in the order of `Word`."""
        return (self.coarse, self.classes, self.fine, self.topics)


MANY = 200
"""So many places take as long one by one as it takes to load numpy."""

LEARNT, SEEN_BY_NETWORK = 0.6, 0.6
"""How much the weights and the network of a language count, where both know a form and its reading. More than half
each, because both say too little; fitted on one half of the held-out text, and no worse on the other."""
MANY_WITH_NUMPY = 30
"""So many take as long one by one as together, once it is loaded."""


def are_many(places: int) -> bool:
    """Whether so many places are looked at together faster than one by one; both ways give the same answers."""
    return places >= (MANY_WITH_NUMPY if "numpy" in sys.modules else MANY)


class ContextModel:
    """What a language's contexts say about words that can be confused. Safe to share between threads.

    Use `load`. A place takes some 60 microseconds by itself, and some 10 among many. Where a language has a network, it
    has the same say as the weights.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        pairs: marisa_trie.Trie,
        priors: marisa_trie.Trie,
        tables: Tables,
        unit: float,
        *,
        network: Path | None = None,
    ) -> None:
        self._vocabulary = vocabulary
        self._pairs = pairs
        self._prior_words = priors
        self._tables = tables
        self._network_file = network
        self._pairs_of = lru_cache(maxsize=1 << 14)(self._find_pairs)
        self._rivals_of = lru_cache(maxsize=1 << 14)(self._find_rivals)
        self._weights = _Weights(tables.checks, tables.weights, len(tables.checks) - OVERFLOW)
        self._unit = unit

    @classmethod
    def load(cls, folder: Path, language: str) -> ContextModel | None:
        """The model of a language, mapped into memory; None where `folder` has none."""
        path = folder / f"{language}.bin"
        if not path.exists():
            return None
        with opening(path):
            tables, unit = _read_tables(path)
        words, pairs, priors = (
            open_trie(Trie(), folder / f"{language}.{kind}.trie") for kind in ("words", "pairs", "priors")
        )
        network = folder / f"{language}.network"
        vocabulary = Vocabulary(words, tables.words, tables.word_classes())
        return cls(vocabulary, pairs, priors, tables, unit, network=network if network.exists() else None)

    def log_prior(self, word: str) -> float | None:
        """The natural logarithm of a word's share of running text; None for words outside the confusable sets.

        Taken from the training text, with the frequencies of wordfreq where that is thin.
        """
        number = self._prior_words.get(word.lower())
        return None if number is None else self._tables.priors[number]

    def log_odds(
        self, left: Sequence[str], right: Sequence[str], observed: str, candidates: Sequence[str]
    ) -> list[float]:
        """For each candidate ln(P(context | candidate) / P(context | observed)), in nats.

        Args:
            left: the tokens before the place as `tokenize` makes them, nearest last; `WINDOW` of them are looked at.
            right: the tokens behind the place, nearest first.
            observed: the form that stands in the text.
            candidates: its readings; `observed` itself, and what the model has never seen, get 0.
        """
        return self.log_odds_each([(left, right)], [(observed, tuple(candidates))])[0]

    def log_odds_each(self, sides: Sequence[Sides], asked: Sequence[Question]) -> list[list[float]]:
        """What `log_odds` says of some places.

        Args:
            sides: the tokens before and behind each place.
            asked: the form at each place, and its readings.
        """
        if not self._network_file:
            return [self._weigh_one(*side, *question) for side, question in zip(sides, asked, strict=True)]
        arrays = self._arrays
        said = self.log_odds_in(arrays.gather(sides), asked, arrays.one_by_one(len(asked)))
        return [row for rows in said for row in rows.tolist()]

    def log_odds_in(
        self,
        tokens: Tokens,
        asked: Sequence[Question],
        places: Sequence[Ints],
        least: Sequence[Sequence[float]] | None = None,
    ) -> list[Floats]:
        """The same of many places.

        Args:
            tokens: the tokens around the places.
            asked: some forms, and the readings of each.
            places: the places of each, by number.
            least: for each form how much (nats) must be said of each of its readings to matter. At a place where
                that is out of reach for all of them, any numbers below may come back.

        Returns: for each form a row for each place, with a column for each reading.
        """
        pairs = [self._pairs_of(*question) for question in asked]
        salts = [[salt(pair) for pair in row if pair is not None] for row in pairs]
        around, shapes = self._arrays.see(tokens, [shape(observed) for observed, _ in asked], places)
        totals = self._arrays.totals(around, shapes, list(zip(places, salts, strict=True)))
        learnt = [self._weigh_all(*rows) for rows in zip(totals, pairs, strict=True)]
        return self._consult(self._network, learnt, around, asked, places, least=least) if self._network else learnt

    def _consult(
        self,
        network: Network,
        learnt: Sequence[Floats],
        around: Around,
        asked: Sequence[Question],
        places: Sequence[Ints],
        *,
        least: Sequence[Sequence[float]] | None,
    ) -> list[Floats]:
        """What the weights say, together with what the network says where it knows both words and may still matter."""
        import numpy as np

        known = [self._known_rivals(*question) for question in asked]
        for said, (columns, _) in zip(learnt, known, strict=True):
            said[:, columns] *= LEARNT
        open_rows = [np.arange(len(at)) for at in places] if least is None else _find_open(learnt, known, least)
        open_places = [at[rows] for at, rows in zip(places, open_rows, strict=True)]
        seen = np.unique(np.concatenate([np.zeros(0, np.int64), *open_places]))
        numbers = [np.searchsorted(seen, at) for at in open_places]
        heard = network.log_odds(around.of(seen), list(zip(numbers, (pairs for _, pairs in known), strict=True)))
        for said, rows, (columns, _), more in zip(learnt, open_rows, known, heard, strict=True):
            said[rows[:, np.newaxis], columns] += SEEN_BY_NETWORK * more
        return list(learnt)

    def _known_rivals(self, observed: str, candidates: tuple[str, ...]) -> tuple[list[int], list[tuple[int, int]]]:
        """The readings that the network is asked about, by number, and the words that it is asked for."""
        rivals = self._rivals_of(observed, candidates)
        return [column for column, pair in enumerate(rivals) if pair], [pair for pair in rivals if pair]

    def _weigh_one(
        self, left: Sequence[str], right: Sequence[str], observed: str, candidates: tuple[str, ...]
    ) -> list[float]:
        """What the weights say of one place."""
        if not self.knows(observed, candidates):
            return [0.0] * len(candidates)
        features = context_features(self._vocabulary, left, right, observed)
        pairs = self._pairs_of(observed, candidates)
        return [0.0 if pair is None else self._weigh(self._weights.total(features, pair), pair) for pair in pairs]

    def _weigh_all(self, totals: Ints, pairs: Sequence[int | None]) -> Floats:
        """The same as `_weigh` for a row for each place."""
        import numpy as np

        said = np.zeros((len(totals), len(pairs)))
        known = [column for column, pair in enumerate(pairs) if pair is not None]
        biases = [self._tables.biases[pair] for pair in pairs if pair is not None]
        said[:, known] = np.array(biases) + totals * self._unit
        return said

    def knows(self, observed: str, candidates: tuple[str, ...]) -> bool:
        """Whether the model has seen a form beside one of its readings; if not, `log_odds` says nothing."""
        return any(pair is not None for pair in self._pairs_of(observed, candidates))

    @cached_property
    def _arrays(self) -> ContextArrays:
        from ligafix.lexicon.context_arrays import ContextArrays  # numpy is slow to load

        return ContextArrays(self._tables, self._vocabulary.look_up)

    @cached_property
    def _network(self) -> Network | None:
        from ligafix.lexicon.network import Network

        return Network.load(self._network_file) if self._network_file else None

    def _find_pairs(self, observed: str, candidates: tuple[str, ...]) -> tuple[int | None, ...]:
        """The numbers of the pairs of a form and its readings; None for those that the model has never seen."""
        return tuple(self._pairs.get(f"{observed.lower()} {candidate.lower()}") for candidate in candidates)

    def _find_rivals(self, observed: str, candidates: tuple[str, ...]) -> tuple[tuple[int, int] | None, ...]:
        """The words that the network is asked for, a reading and its form; None where it is not asked."""
        form = self._prior_words.get(observed.lower())
        words = [self._prior_words.get(candidate.lower()) for candidate in candidates]
        pairs = self._pairs_of(observed, candidates)
        return tuple(
            None if None in (pair, form, word) or word == form else (word, form)
            for pair, word in zip(pairs, words, strict=True)
        )

    def _weigh(self, total: int, pair: int) -> float:
        return self._tables.biases[pair] + total * self._unit


def _find_open(
    learnt: Sequence[Floats], known: Sequence[tuple[Sequence[int], Any]], least: Sequence[Sequence[float]]
) -> list[Ints]:
    """The places of each form at which the network may say enough of a reading for it to matter.

    Args:
        learnt: what the weights say.
        known: of each form the readings that the network is asked about, by number.
        least: what is enough.
    """
    import numpy as np

    from ligafix.lexicon.network import MOST_SAID

    found = []
    for said, (columns, _), enough in zip(learnt, known, least, strict=True):
        most = said.copy()
        most[:, columns] += SEEN_BY_NETWORK * MOST_SAID
        found.append(np.flatnonzero((most >= np.array(enough)).any(axis=1)))
    return found


def _read_tables(path: Path) -> tuple[Tables, float]:
    """Map a data file: a line of JSON that tells each table's place and length, then the tables."""
    mapped = memoryview(map_bytes(path))
    end = bytes(mapped[:4096]).index(b"\n")
    header = json.loads(bytes(mapped[:end]))
    if max(start + size for start, size in header["tables"].values()) > len(mapped):
        raise damaged(path, "its end is cut off")
    tables: dict[str, Any] = {
        name: mapped[start : start + size].cast(LAYOUT[name]) for name, (start, size) in header["tables"].items()
    }
    return Tables(**tables), header["unit"]
