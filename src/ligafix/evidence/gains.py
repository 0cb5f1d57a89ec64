"""How well each meaning explains the places of a sign: by the words that it makes there, and by what is around."""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import repeat
from operator import add, mul
from weakref import WeakKeyDictionary

from ligafix.evidence.meanings import (
    ACCENTS,
    ANY,
    ITSELF,
    LETTERS,
    MARKS,
    MEANINGS,
    NUMBERS,
    OWN_LETTERS,
    SPACING_ACCENTS,
    readings_of,
)
from ligafix.evidence.sightings import MOST_WORDS, Sightings
from ligafix.evidence.signs import NEVER_THEMSELVES, Kind, kind_of
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import FOREIGN_SHARE, Vocabulary

BARE_AS_ACCENTED = 0.1
"""How much of a bare word's probability goes to it with an accent that our lists do not have."""

MARKS_BESIDE_WORDS = 0.05
"""How often a mark stands beside a word."""

NOTHING = 0.01
"""How often a sign inside a word stands for nothing, against a letter."""

CLEARLY_LISTED = 1e-6
"""Where a meaning makes a word this frequent, the parts and letters of the words that others make do not matter: by
them a word is never more probable than a hundredth of that."""

LONGEST_ENDING, UNELIDED = 2, 1e-3
"""Behind an apostrophe stand so few letters (`don’t`), or before it a word that ends in no vowel (`quell’amore`), but
for one in so many."""

GUILLEMETS = "«»"
"""Signs that are marks by themselves, and stand as these do: each opens in one language and closes in another."""

ORDINALS, LONGEST_SHORTENED, UNSHORTENED = "ªº", 4, 1e-3
"""What ends ordinals and shortened words in Spanish, Portuguese and Italian, of so many letters at most (`Profª`), all
but for one in so many: it stands there as a closing mark does."""

SYMBOL = 1e-3
"""How probable a single letter is beside a sign that is written: a quantity, an index (`a[i,j]`)."""

UNHEARD = 1e-12
"""How probable at least what stands beside a sign is as a word of its own."""

WRITTEN_INSIDE_WORDS = (Kind.PUNCTUATION, Kind.DIGIT)
"""Signs that authors of programs write inside words."""

LEAST_WORDS = 0.3
"""Such a sign is a code only where more than this share of its words become listed ones."""

_NOISE = 1e-3
"""How often a sign stands in a word that no meaning explains."""

_SHAPES: Mapping[str, Mapping[str, float]] = {
    "open": {"s.": 0.9, "..": 0.05, "ss": 0.02, ".s": 0.02, "<": 0.004, ">": 0.003, "dd": 0.003},
    "close": {".s": 0.9, "..": 0.05, "ss": 0.02, "s.": 0.02, "<": 0.004, ">": 0.003, "dd": 0.003},
    "apostrophe": {"..": 0.6, ".s": 0.34, "s.": 0.04, "ss": 0.01, "<": 0.004, ">": 0.003, "dd": 0.003},
    "dash": {"<": 0.31, ">": 0.001, "dd": 0.189, "..": 0.2, "ss": 0.2, ".s": 0.05, "s.": 0.05},
    "itself": {"<": 0.03, ">": 0.04, "dd": 0.03, "..": 0.2, "ss": 0.3, ".s": 0.2, "s.": 0.2},
    "letters": {"..": 0.595, "s.": 0.2, ".s": 0.19, "ss": 0.01, "<": 0.0015, ">": 0.002, "dd": 0.0015},
}
"""How often a mark has a space or an edge (s) or something else (.) before and behind it, or numbers: a smaller one
before it (<), as where it stands for a dash, a greater one (>), as where it stands for plus or minus, or any (dd)."""

_BETTER_THAN_LETTERS = {
    shape: {s: math.log(share / _SHAPES["letters"][s]) for s, share in shares.items()}
    for shape, shares in _SHAPES.items()
}
"""How much better (nats) each place fits a mark than letters."""


_Counted = tuple[tuple[tuple[str, str], int], ...]
"""The letters before and behind a sign in each of its words, and how often each stands in a text."""

_Found = dict[tuple[Kind, bool, bool, str, str], "array[float]"]

_MET: WeakKeyDictionary[Vocabulary, _Found] = WeakKeyDictionary()
"""What was found out with each vocabulary, as long as it is in use."""

MOST_MET = 1 << 11
"""So many words are remembered from text to text; each takes a kilobyte."""


def _met_with(vocabulary: Vocabulary) -> _Found:
    """What was found out with a vocabulary: whoever asks goes on with what he was given, however much it becomes."""
    met = _MET.get(vocabulary)
    if met is None or len(met) >= MOST_MET:
        met = _MET[vocabulary] = {}
    return met


class LikelyWords:
    """Remembers what `_likely_words` says: signs of one kind stand in the same words, in text after text."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._of_word = _met_with(vocabulary)
        self._of_words: dict[tuple[Kind, bool, bool, _Counted], array[float]] = {}

    def of_all(self, sign: str, words: _Counted, *, may_be_letters: bool) -> array[float]:
        """For each of the `MEANINGS` the log likelihood of the words that a sign stands in (nats).

        Args:
            sign: the sign.
            words: the letters before and behind it in each word, and how often the word stands in the text.
            may_be_letters: whether the sign may stand for letters.
        """
        key = kind_of(sign), sign in SPACING_ACCENTS, may_be_letters, words
        if key not in self._of_words:
            self._of_words[key] = self._add(sign, words, may_be_letters=may_be_letters)
        return self._of_words[key]

    def _add(self, sign: str, words: _Counted, *, may_be_letters: bool) -> array[float]:
        gains = array("d", bytes(8 * len(MEANINGS)))
        for (left, right), count in words:
            shares: Iterable[float] = self._of_one(sign, left, right, may_be_letters=may_be_letters)
            if count > 1:
                shares = map(mul, shares, repeat(1 + math.log(count)))
            gains = array("d", map(add, gains, shares))
        return gains

    def _of_one(self, sign: str, left: str, right: str, *, may_be_letters: bool) -> array[float]:
        """The logs of the meanings' shares in one word; one that none makes likely says next to nothing (`_NOISE`)."""
        key = kind_of(sign), sign in SPACING_ACCENTS, may_be_letters, left, right
        if key not in self._of_word:
            likely = _likely_words(sign, left, right, self.vocabulary, may_be_letters=may_be_letters)
            whole = sum(likely.values())
            shares = ((1 - _NOISE) * likely.get(m, 0.0) / whole + _NOISE / len(MEANINGS) for m in MEANINGS)
            self._of_word[key] = array("d", map(math.log, shares))
        return self._of_word[key]


def weigh_meanings(sign: str, found: Sightings, most: int, likely_words: LikelyWords) -> Sequence[float]:
    """For each of the `MEANINGS` the log likelihood of the sign's places (nats), by so many words of it."""
    letters = _may_be_letters(sign, found, likely_words.vocabulary)
    words = tuple(found.words.most_common(most))
    gains = likely_words.of_all(sign, words, may_be_letters=letters)[:]
    fits = _fit_marks(tuple(found.shapes.items()))
    for meaning, shape in MARKS.items():
        gains[NUMBERS[meaning]] += fits[shape]
    itself = NUMBERS[ITSELF]
    gains[itself] += fits["itself"]
    if sign in GUILLEMETS:
        gains[itself] = max(gains[itself], *(gains[NUMBERS[mark]] for mark in GUILLEMETS))
    elif sign in ORDINALS:
        gains[itself] += max(0.0, fits["close"] - fits["itself"])
    return gains


def best_gain(words: Mapping[tuple[str, str], int], vocabulary: Vocabulary) -> float:
    """The log likelihood of a sign's words, the commonest, as its best ligature makes them (nats)."""
    common = Counter(words).most_common(MOST_WORDS)
    return max(
        sum(n * math.log(vocabulary.probability(left + meaning + right)) for (left, right), n in common)
        for meaning in LIGATURES
    )


def _may_be_letters(sign: str, found: Sightings, vocabulary: Vocabulary) -> bool:
    """Whether some meaning makes listed words of enough of a sign's words, where authors write such signs inside words.

    Punctuation and digits stand inside the names of programs, addresses and hashes (`mpfr_sin`, `e2fsprogs`), which no
    meaning makes words of, so that the one that does least harm would win.
    """
    if kind_of(sign) not in WRITTEN_INSIDE_WORDS:
        return True
    made = Counter[str]()
    words = [word for word, _ in found.words.most_common(MOST_WORDS)]
    for left, right in words:
        listed = {meaning for meaning, word in readings_of(left, right) if vocabulary.known(word)}
        made.update(listed if listed.isdisjoint(LIGATURES) else listed | {ANY})
    return max(made.values(), default=0) > LEAST_WORDS * len(words)


def _likely_words(
    sign: str, left: str, right: str, vocabulary: Vocabulary, *, may_be_letters: bool
) -> dict[str | None, float]:
    """How probable what each meaning makes of the letters before and behind a sign is.

    An accent beside a single letter tells nothing: mathematics puts hats on all of them (`ˆg`).
    """
    if sign in SPACING_ACCENTS and len(left) + len(right) == 1:
        return dict.fromkeys(MEANINGS, 1.0)
    likely = _likely_letters(sign, left, right, vocabulary) if may_be_letters else {}
    apart = _apart(left, right, vocabulary, SYMBOL if kind_of(sign) not in NEVER_THEMSELVES else UNHEARD)
    likely[ITSELF] = apart * kind_of(sign).as_itself
    if sign.isalpha():  # a letter of a word as well as a code: Croÿ
        likely[ITSELF] += vocabulary.probability(left + sign + right)
    if sign in SPACING_ACCENTS:
        likely[ITSELF] += max((likely[m] for m in ACCENTS if m in likely), default=0.0)
        return {m: likely[m] for m in (*LIGATURES, ANY, ITSELF) if m in likely}
    likely |= dict.fromkeys(MARKS, MARKS_BESIDE_WORDS * apart)
    if sign in ORDINALS and not right and len(left) <= LONGEST_SHORTENED:
        likely |= dict.fromkeys(MARKS, UNSHORTENED * likely[ITSELF])
    if left and right and not _may_be_elided(left, right):
        likely["’"] *= UNELIDED
    return likely


def _likely_letters(sign: str, left: str, right: str, vocabulary: Vocabulary) -> dict[str | None, float]:
    """The same of letters and accents, of ligatures, and of nothing where that may be meant."""
    readings = dict(readings_of(left, right))
    is_listed = any(vocabulary.known(word) > CLEARLY_LISTED for word in readings.values())
    likely: dict[str | None, float] = {
        meaning: _listed_probability(word, vocabulary) if is_listed else _probability(word, len(left), vocabulary)
        for meaning, word in readings.items()
    }
    accented = {m: p for m, p in likely.items() if m is not ITSELF and m in ACCENTS}
    if accented:
        bare = BARE_AS_ACCENTED * vocabulary.probability(left + right)
        likely |= {m: p + bare / len(ACCENTS) for m, p in accented.items()}
    likely[ANY] = sum(likely[m] for m in LIGATURES) / len(LIGATURES)
    if kind_of(sign) in NEVER_THEMSELVES and left and right:
        likely[""] = NOTHING * vocabulary.probability(left + right)
    return likely


def _may_be_elided(left: str, right: str) -> bool:
    """Whether an apostrophe may part two words: behind it stands an ending, or the one before lost its last vowel.

    >>> _may_be_elided("don", "t"), _may_be_elided("quell", "amore"), _may_be_elided("novia", "poco")
    (True, True, False)
    """
    return len(right) <= LONGEST_ENDING or left[-1].lower() not in "aeiou"


def _listed_probability(word: str, vocabulary: Vocabulary) -> float:
    """How probable a word is, as far as that matters beside a clearly listed one: its parts and letters do not."""
    return vocabulary.known(word) or FOREIGN_SHARE * vocabulary.frequency_abroad(word)


def _probability(word: str, place: int, vocabulary: Vocabulary) -> float:
    """How probable a word is that has what a sign stands for at a place; of parts with a foreign letter it has none."""
    letter = word[place].lower()
    if letter.isascii() or any(letter in OWN_LETTERS.get(code, LETTERS) for code in vocabulary.shares):
        return vocabulary.probability(word)
    return vocabulary.probability_undivided(word)


def _apart(left: str, right: str, vocabulary: Vocabulary, symbol: float) -> float:
    """The probability of what stands on both sides as words of their own."""
    sides = [max(vocabulary.probability(side), symbol if len(side) == 1 else UNHEARD) for side in (left, right) if side]
    return math.prod(sides)


@lru_cache(maxsize=1 << 10)
def _fit_marks(shapes: tuple[tuple[str, int], ...]) -> Mapping[str, float]:
    """How much better the shapes of a sign's places fit each kind of mark than letters, which stand between letters."""
    return {
        kind: sum((1 + math.log(n)) * better[shape] for shape, n in shapes)
        for kind, better in _BETTER_THAN_LETTERS.items()
    }
