"""How probable a form is that no list holds: told by its letters, or as a word that the pen slipped in."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from ligafix.document import LONGEST_WORD
from ligafix.lexicon.letters import LetterModel

UNLISTED_WORDS = 0.003
"""The share of running text that no list holds and that is written small."""

UNLISTED_SHORT = {1: 0.02, 2: 0.1, 3: 0.2, 4: 0.2, 5: 0.5}
"""How many unlisted words of so many letters there are for each that the letter model foresees: nearly all that a
language can spell with few letters is taken. Counted in novels of seven languages; English papers have more."""

UNLISTED_NAMES = 0.01
"""The share of running text that no list holds and that takes a capital."""

INNER_CAPITALS = 0.01
"""How much rarer an unlisted word is that has a capital inside."""

ANY_SPELLING = 0.03
"""The probability of a letter where the letter model says nothing."""

SLIP = 1e-5
"""How often a word comes out as one certain slip of the pen: `communiction`, `Proeedings`."""

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


class Unlisted:
    """The words of a text that no list holds.

    Args:
        letters: the letter models of its languages, and their shares.
        nouns_are_capital: whether a capital is no sign of a name.
        is_english: whether it is mostly in English.
    """

    def __init__(
        self, letters: Sequence[tuple[float, LetterModel]], *, nouns_are_capital: bool, is_english: bool
    ) -> None:
        self._letters = letters
        self._nouns_are_capital = nouns_are_capital
        self._is_english = is_english

    def probability(self, form: str) -> float:
        """How probable a form is that no list holds: names, coinages, misspellings.

        Some words of every text are such; how they share out is told by their letters. Capitals are mostly
        names, which are open-ended.
        """
        if len(form) > LONGEST_WORD:
            return UNLISTED_WORDS * ANY_SPELLING**LONGEST_WORD
        small = form.lower()
        spelt = sum(share * math.exp(model.log_probability(small)) for share, model in self._letters)
        capital = form[:1].isupper() and not self._nouns_are_capital
        share = UNLISTED_NAMES if capital else UNLISTED_WORDS
        if form[1:] != small[1:]:
            share *= INNER_CAPITALS
        if not capital and not self._is_english:
            spelt *= UNLISTED_SHORT.get(len(form), 1.0)
        return share * (spelt + ANY_SPELLING ** len(form) / 100)


def with_slips(word: str) -> Iterator[str]:
    """What becomes of a word by one letter too many, too few or another one, and by two that change places."""
    for at in range(len(word) + 1):
        before, behind = word[:at], word[at:]
        yield before + behind[1:]
        yield before + behind[1:2] + behind[:1] + behind[2:]
        for letter in _ALPHABET:
            yield before + letter + behind[1:]
            yield before + letter + behind
