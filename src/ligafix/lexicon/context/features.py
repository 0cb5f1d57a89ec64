"""What the context model sees of a place: its features, as numbers that are summed up in whole ones."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import marisa_trie

from ligafix.lexicon.context.tokens import WINDOW, normal_form

STOP_WORDS = 60
"""The most frequent words count only next to the place, not in the wider window."""

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

MASK = 0xFFFF_FFFF_FFFF_FFFF
_KIND, FIRST, SECOND, THIRD, PAIR = (  # odd numbers of 64 bits, for multilinear hashing
    0x9E3779B97F4A7C15,
    0xC2B2AE3D27D4EB4F,
    0x165667B19E3779F9,
    0xD6E8FEB86659FD93,
    0xA0761D6478BD642F,
)
CASE, NEAR_WORD, NEAR_TOPIC = (_KIND * kind & MASK for kind in (100, 101, 102))


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

    def number(self, token: str) -> int:
        """The number of a token's word; -1 if the vocabulary has none for it."""
        form = normal_form(token)
        for key in (form, "~" + form[-2:], "~"):
            place = self._trie.get(key)
            if place is not None:
                number: int = self._words[place]
                return number
        return -1

    def _look_up(self, token: str) -> Word:
        """What the vocabulary knows about a token."""
        word = self.number(token)
        return Word(word, *(table[word] for table in self._classes)) if word >= 0 else _ABSENT


def multipliers(template: str) -> tuple[int, ...]:
    """What the feature of a template is computed with: the number to begin with, and what each part is multiplied by.

    >>> len(multipliers("l2.word l1.word"))
    3
    """
    parts = template.split()
    return (_KIND * (_templates().index(parts) + 1) & MASK, *(FIRST, SECOND, THIRD)[: len(parts)])


def _templates() -> list[list[str]]:
    return [template.split() for line in _TEMPLATES.strip().split("\n") for template in line.split("|")]


def _compile_templates(size: int) -> tuple[tuple[int, ...], ...]:
    """The templates of so many parts: a salt of their own, then where the parts stand among all that is looked at."""
    names = [f"{place}.{name.rstrip('_')}" for place in ("l1", "l2", "l3", "r1", "r2", "r3") for name in Word._fields]
    return tuple(
        (_KIND * kind & MASK, *(names.index(part) for part in template))
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


def salt(pair: int) -> int:
    """What is added to a feature to make it the feature of one pair."""
    return pair * PAIR & MASK


def locate(hashed: int, slots: int) -> tuple[int, int]:
    """The slot where the search for a hashed feature starts, and the bits that tell it from others there."""
    hashed &= MASK
    return (hashed >> 32) * slots >> 32, hashed & 0xFFFF or 1
