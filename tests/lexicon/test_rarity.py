"""What is rarer than some frequency, in one mixture of registers and in all near it."""

import math

from ligafix.lexicon.readings import COMMON, Vocabulary, vocabulary_of
from ligafix.lexicon.words import UserWords

FORMS = frozenset(
    ["the", "The", "of", "signicant", "significant", "led", "Cliff", "rst", "first", "iPhone", "qwrtz", "3.5", "hath"]
)
MIXTURES = ((0.25, 0.25, 0.25, 0.25), (0.29, 0.21, 0.25, 0.25), (0.03, 0.03, 0.03, 0.91), (0.91, 0.03, 0.03, 0.03))


def test_it_says_what_the_frequencies_say_whatever_was_asked_before() -> None:
    registers = len(Vocabulary({"en": 1.0})._tables[0][1].in_registers("the"))
    for mixture in (*MIXTURES, *MIXTURES[::-1]):
        vocabulary = vocabulary_of({"en": 1.0}, None, {"en": mixture[:registers]})
        for least in (1e-6, math.nextafter(COMMON, 1.0), 1e-3, math.nextafter(0.0, 1.0)):
            assert vocabulary.rarer(FORMS, least) == {f for f in FORMS if vocabulary.known(f) < least}


def test_a_user_s_words_are_not_rare() -> None:
    plain, own = vocabulary_of({"en": 1.0}), vocabulary_of({"en": 1.0}, UserWords(["qwrtz"], {}))
    assert plain.rarer({"qwrtz"}, 1e-7) == {"qwrtz"}
    assert own.rarer({"qwrtz"}, 1e-7) == set()
    assert plain.rarer({"qwrtz"}, 1e-7) == {"qwrtz"}
