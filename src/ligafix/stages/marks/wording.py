"""How likely a word is, in any language of Latin script, in romanized Japanese, and in this document."""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Set
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from typing import NamedTuple

from ligafix.lexicon import load_languages
from ligafix.lexicon.languages import FLOOR
from ligafix.lexicon.romanization import MACRONS, load_romanizations
from ligafix.stages.marks.tables import ACCENTED, ANY_OF_MARKS, BELOW, LATIN, rarity

Frequency = Callable[[str], float]
"""The relative frequency (tokens per token) of a lower-case word over all languages; 0.0 where it is unknown."""


class Words(NamedTuple):
    """How frequent words are.

    Attributes:
        frequency: over all languages.
        left_of: as what is left of other words, in a document that loses ligatures; None in others.
    """

    frequency: Frequency
    left_of: Frequency | None = None


UNKNOWN = -9.5  # log10 of the frequency of a word that nobody knows, of some six letters
_EXPLAINED = 1.0  # how much likelier is one that is made of known ones
_UNKNOWN_WORD, _UNKNOWN_LETTER = -5.5, -0.6
_INITIAL = -7.0  # a letter by itself; word lists have them all, from formulas and initials
_LETTER_WORD = -2.5  # log10 of how frequent those are that are words, if they are not among the following
_LETTER_WORDS = frozenset("aàáâeèéêiíoòóôöuyåæ")
_FOREIGN_LETTER = -4.5  # the same of one that no language has
_CAMEL = -3.0  # a capital in the middle of a word
_TONES = frozenset("ǎěǐǒǔǖǘǚǜ")
"""The vowels with a tone of Chinese that no other language has."""

_DOTTED = "İ"
_LONG_VOWELS = frozenset(MACRONS.values())


SHORTEST_REMAINS = 3
"""What is left of a word without its ligatures tells no less than so many letters: anything shorter is left of some."""

_MARK = f"[{''.join(map(re.escape, sorted(ANY_OF_MARKS)))}]"
_WITH_ACCENT = re.compile(f"(?<!{LATIN})(?<!{_MARK})[A-Za-z]*+{ACCENTED.pattern}{LATIN}*+(?!{_MARK})")
_APOSTROPHE = re.compile(f"['’](?<={LATIN}.)(?={LATIN})")


@dataclass(frozen=True, slots=True)
class OwnWriting:
    """What a document itself writes.

    Attributes:
        words: how often it has each of its words with accents, in small letters.
        total: how many words it has.
        apostrophes: how often an apostrophe, written as one, stands between letters.
    """

    words: Counter[str] = field(default_factory=Counter)
    total: int = 0
    apostrophes: int = 0

    @classmethod
    def of(cls, text: str) -> OwnWriting:
        """What a text writes."""
        words = Counter(map(str.lower, _WITH_ACCENT.findall(text)))
        return cls(words, text.count(" ") + text.count("\n"), len(_APOSTROPHE.findall(text)))

    def frequency(self, word: str) -> float:
        """The relative frequency of a word with accents (tokens per token): a few may be mistakes and say little."""
        count = self.words[word.lower()]
        return max(1e-6 * count, (count - FEW) / (self.total + RATHER_LONG))


FEW, RATHER_LONG = 5, 2_000
"""A word that a document has no oftener is as frequent as lists have it, and of a short one no word is told much."""


class Wording:
    """Scores words; remembers them, and what the document itself writes.

    Args:
        words: how frequent words are.
        own: what the document itself writes.

    Attributes:
        own: what the document itself writes.
        symbols: the marks that it sets over the symbols of formulas: they are accents only in words that are known.
        tones: whether it sets the tones of Chinese on vowels.
    """

    def __init__(self, words: Words, own: OwnWriting | None = None) -> None:
        self.symbols: Set[str] = frozenset()
        self.tones = False
        self.own = own or OwnWriting()
        self._words = words
        self.known = cache(self._known)
        self.score = cache(self._score)

    def _known(self, word: str) -> float | None:
        """log10 of a word's frequency; None where no lexicon and nothing in the document knows it."""
        listed = _find_listed(self._words.frequency, word)
        own = self.own.frequency(word)
        if not own and listed is None and self._words.left_of and len(word) >= SHORTEST_REMAINS:
            own = self._words.left_of(word)
        if not own:
            return listed
        return max(math.log10(own), -math.inf if listed is None else listed)

    def is_letter_word(self, letter: str) -> bool:
        """Whether a letter by itself is a word of some language."""
        known = self.known(letter)
        return letter.lower() in _LETTER_WORDS or (known is not None and known > _LETTER_WORD)

    def score_elided(self, word: str) -> float:
        """log10 of how likely a word is before an apostrophe and another word: a letter may be one there."""
        known = self.known(word)
        return known if known is not None and len(word) == 1 else self.score(word)

    def _score(self, word: str) -> float:
        """log10 of how likely a word is, known or not."""
        if not word:
            return 0.0
        known = self.known(word)
        if len(word) == 1 and not self.is_letter_word(word):
            return _INITIAL
        inner = word[1:]
        camel = _CAMEL if any(c.isupper() for c in inner) and not inner.isupper() and len(word) > 1 else 0.0
        if known is not None:
            return known + camel
        return unknown(word) + camel + sum(map(self._rarity, word))

    def _rarity(self, letter: str) -> float:
        """log10 of how much rarer a letter makes a word that nobody knows."""
        if self.tones and letter.lower() in _TONES:
            return 0.0
        return rarity(letter) if self.vouches_for(letter) else _FOREIGN_LETTER

    def vouches_for(self, letter: str) -> bool:
        """Whether a language has a letter with this one mark on it, romanized Japanese, or the document itself.

        Letters with marks below are those of many transliterations.
        """
        if letter.isascii():
            return True
        small, marks = letter.lower(), [c for c in unicodedata.normalize("NFD", letter) if unicodedata.combining(c)]
        if self.tones and small in _TONES:
            return True
        if len(marks) > 1:
            return False
        if not marks or marks[0] in BELOW or small in _LONG_VOWELS:
            return True
        return small in self._own_letters or small in load_languages().letters

    @cached_property
    def _own_letters(self) -> frozenset[str]:
        return frozenset[str]().union(*self.own.words)


@lru_cache(maxsize=1 << 15)
def _find_listed(frequency: Frequency, word: str) -> float | None:
    """log10 of a word's frequency; None where no lexicon has it. The next look at a text asks for the same words."""
    lower = word.lower()
    known = _turkish(word) if word.startswith(_DOTTED) else frequency(lower)
    found = [math.log10(known)] if known else []
    if not _LONG_VOWELS.isdisjoint(lower):
        japanese = load_romanizations().log_probability(word)
        found += [] if japanese is None else [max(japanese, unknown(word) + _EXPLAINED)]
    return max(found, default=None)


def _turkish(word: str) -> float:
    """The relative frequency of a word with a dotted capital, if it is Turkish rather than of any other language.

    In small letters it is written as all others are.
    """
    weights = load_languages().weights(f"i{word[1:].lower()}")
    most = max(weights.values(), default=0.0)
    return FLOOR * math.exp(most) if most and weights.get("tr") == most else 0.0


def unknown(word: str) -> float:
    """log10 of the frequency of a word that nobody knows: the longer, the less."""
    return _UNKNOWN_WORD + _UNKNOWN_LETTER * len(word)
