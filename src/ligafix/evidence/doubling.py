"""How a document spells what some write with one f and others with two: *afirmar* or *affirmar*, *öfnen* or *öffnen*.

Where fi and ffi are lost both leave the same, and what is around cannot tell two spellings of one word. But a document
has one spelling for all its words, and the ff of *soffrer* and the f of *sofrer* do not leave the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator

from ligafix.evidence.families import MOSTLY_LOST
from ligafix.evidence.losses import LigatureEvidence
from ligafix.lexicon.readings import LONGEST_SIMPLE, Vocabulary

HELD = 2.0
"""How many words with the share of ff that is expected stand against those of the document."""

TODAY = 1.0
"""A document is of today until it tells otherwise, and where spelling changed today's has one f: so many words that
might as well have had two say so beforehand."""

LEAST_KNOWN = 1e-9
"""A spelling less frequent than this is none that is in use."""

_SINGLE = re.compile("(?<!f)f(?!f)")


def without_doubling(text: str) -> str:
    """What the spellings of one word share: it with one f; '' for short words, which are different ones.

    >>> without_doubling("Affirmou"), without_doubling("offs")
    ('afirmou', '')
    """
    single = text.lower().replace("ff", "f")
    return single if len(single) > LONGEST_SIMPLE else ""


def find_doubling(counts: Iterable[str], vocabulary: Vocabulary, losses: Iterable[LigatureEvidence]) -> float:
    """How much (nats) likelier ff is against f in a document than in its languages, for words that have both.

    Nothing where it lost next to nothing, and in English, which has one spelling.
    """
    if vocabulary.is_english or all(found.lost < MOSTLY_LOST for found in losses):
        return 0.0
    witnesses = list(_find_witnesses(counts, vocabulary))
    number, doubled = len(witnesses) + TODAY, sum(is_double for is_double, _ in witnesses)
    expected = sum(share for _, share in witnesses) + TODAY / 2
    return math.log((doubled + HELD) / (expected + HELD)) - math.log(
        (number - doubled + HELD) / (number - expected + HELD)
    )


def _find_witnesses(counts: Iterable[str], vocabulary: Vocabulary) -> Iterator[tuple[bool, float]]:
    """The words of which a document tells whether it doubles their f, and how often they do elsewhere."""
    words = {word.lower() for word in counts}
    lost = vocabulary.readable_by_lists(frozenset(word for word in words if not vocabulary.known(word)))
    for form in sorted(lost):
        readings = vocabulary.readings(form)
        double = readings[0].text
        single = without_doubling(double)
        if single != double and not readings[0].composed and all(single != r.text for r in readings):
            yield from _weigh(True, single, double, vocabulary)
    for word in sorted(word for word in words if "f" in word):
        single = without_doubling(word)
        if single != word:
            yield from _weigh(True, single, word, vocabulary)
        for place in _SINGLE.finditer(word):
            yield from _weigh(False, word, f"{word[: place.end()]}f{word[place.end() :]}", vocabulary)


def _weigh(is_double: bool, single: str, double: str, vocabulary: Vocabulary) -> Iterator[tuple[bool, float]]:
    """A witness, if both spellings are in use, and the share of the doubled one."""
    one, two = (vocabulary.known(text) if without_doubling(text) else 0.0 for text in (single, double))
    if min(one, two) > LEAST_KNOWN:
        yield is_double, two / (one + two)
