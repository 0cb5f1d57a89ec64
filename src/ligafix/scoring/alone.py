"""How likely the readings of a form are before anything around it is asked."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain

from ligafix.evidence import Evidence
from ligafix.evidence.doubling import without_doubling
from ligafix.evidence.families import MOSTLY_LOST, SURELY_WORD, ending, family
from ligafix.evidence.losses import MISSPELT, is_like_misspelling
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.composition import Reading as Found
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import Vocabulary
from ligafix.odds import log_sum
from ligafix.places import Reading

OWN_WORDS = 0.3
"""How much a document's own spelling counts against the general frequency of a word."""

COMMON = SURELY_WORD
"""A word this frequent is one for sure."""

ESTABLISHED = MOSTLY_LOST
"""The share of a ligature that must be lost before words, names and abbreviations are taken for remains."""

KIN = 10.0
"""How much likelier a reading is where the document has lost another word of its family (`anking`, flanking), and one
that no list holds where it has lost another with its ending (`gatioxacin`, gatifloxacin)."""

NEVER = 1e-5
"""A reading that is less probable than this before its neighbours are asked is not looked at any more."""

DOUBT = 1e-5
"""A form is never less probable as it stands than this share of its best reading: our lists are not the language."""

MEANT = {1: 1.5, 2: 0.0, 3: 0.2, 4: -0.2, 5: -0.2}
MEANT_LONG = -0.8
"""How much likelier (nats) a form of so many letters is to be meant than its frequency tells, and one of more: letters
stand for quantities, three letters for abbreviations; long words that differ by a ligature only are seldom both meant.
Fitted on held-out English novels, papers and general prose; in the novels of other languages forms of all lengths are
as frequent as their lists tell."""

MEANT_UNLISTED = -2.0
"""How much likelier (nats) a form is to be meant, that no list holds, beside a reading that one holds. On held-out
books and papers all 60 such readings were right that their letters made 0.5 to 0.9 probable."""

MEANT_BUILT = 0.5
"""The same beside a reading that only its parts or its letters vouch for: of 47 such readings on held-out books and
papers that were at least four times as probable as the form, 43 were right, and 1 of 11 that were as probable."""

WELL_BUILT = 1e-9
"""Where a reading's parts make it as frequent as this, it is an inflection of a common word, and of those all were."""

PARTS_SAY, LETTERS_SAY = 0.8, 0.4
"""How much what its parts and what its letters say counts for a built reading against the form: two opinions, which say
more than one, but less than if neither knew the other. The parts of `tadelsflüchtig` are good, but it is spelt as no
word is; with `Affektation` it is the other way round. In held-out books of six languages, of the forms that only
parts or letters read, 1 was spoiled instead of 7, and 153 restored instead of 158 (each counted once). Where writers
mark a stress as they please, as in Italian, letters tell nothing, and there it lost."""

PREFERENCE = math.log(100)
"""How much likelier (nats) a reading is that the user prefers: whoever says so is wrong once in a hundred times."""

NAME_ENDINGS = ("'s", "’s", "s", "s'", "s’")
"""The endings of the genitive and the plural of a name."""

UNHEARD = 1e-12
"""The probability of a word of which nothing is known at all."""


class Alone:
    """Weighs the readings of forms by what one document tells about itself."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._is_lower_case = evidence.is_lower_case

    def readings(self, form: str, vocabulary: Vocabulary) -> tuple[Reading, ...]:
        """The form itself, then what it may have been; nothing where there is no choice."""
        found = vocabulary.readings(form)
        if all(reading.composed for reading in found) and (name := self._inflected_name(form, vocabulary)):
            return tuple(r._replace(text=r.text + form[len(name) :]) for r in self.readings(name, vocabulary))
        return self._weigh(form, found, vocabulary) if found else ()

    def _weigh(self, form: str, found: Sequence[Found], vocabulary: Vocabulary) -> tuple[Reading, ...]:
        """The same for a form that may have been something else."""
        doubt = _doubt(form) * max(self._probability(reading.text, reading.probability) for reading in found)
        misspelt = max((r.probability for r in found if _is_like_misspelling(r.losses)), default=0.0)
        doubt = max(doubt, MISSPELT * misspelt)
        if found[0].composed:
            doubt = max(doubt, vocabulary.coinage, vocabulary.unknown(form))
            if found[0].probability > doubt:
                doubt = max(doubt, vocabulary.slip(form))
        likely = max(doubt, vocabulary.probability(form))
        if self._is_lower_case:  # `fred` is a name
            likely = max(likely, vocabulary.probability(form.capitalize()))
        meant = _meant(form, found[0], vocabulary) if vocabulary.is_english else 0.0
        own = Reading(form, math.log(likely) + meant, self._kept(form))
        readings = [own]
        is_built = not vocabulary.marks_stress and all(reading.composed for reading in found)
        least = ESTABLISHED if _may_be_meant(form, vocabulary) else 0.0
        listed = self.evidence.listed
        kin = frozenset(_word_of(reading, vocabulary) for reading in found if self._has_kin(reading))
        for reading in found:
            losses = tuple(max(ways, key=self.evidence.lost) for ways in reading.losses)
            if min(map(self.evidence.lost, losses)) < least:
                continue
            channel = sum(math.log(self.evidence.lost(loss)) for loss in losses)
            likely = self._probability(reading.text, reading.probability)
            has_kin = channel > math.log(ESTABLISHED) and _word_of(reading, vocabulary) in kin
            wanted = PREFERENCE if listed and listed.preferred(form) == reading.text else 0.0
            if likely > 0:
                language = math.log(likely)
                if is_built:
                    spelt = math.log(vocabulary.unknown(reading.text) / vocabulary.unknown(form))
                    language = own.language + PARTS_SAY * (language - own.language) + LETTERS_SAY * spelt
                language += math.log(KIN) if has_kin else 0.0
                readings.append(Reading(reading.text, language, channel, losses=losses, preference=wanted))
        if self.evidence.doubling:
            readings[1:] = spell_alike(readings[1:], self.evidence.doubling)
        top = max(r.weight for r in readings)
        kept = [r for r in readings[1:] if r.weight > top + math.log(NEVER)]
        return (own, *kept) if kept else ()

    def _inflected_name(self, form: str, vocabulary: Vocabulary) -> str:
        """The name that a form is the genitive or the plural of, where no list holds it but this document; '' if none.

        The whole name is damaged as its forms are, and must not be read otherwise.
        """
        if not form[:1].isupper() or "s" not in form[-2:]:
            return ""
        names = (form.removesuffix(ending) for ending in NAME_ENDINGS if form.endswith(ending))
        return next((name for name in names if name in self.evidence.vocabulary and not vocabulary.known(name)), "")

    def _has_kin(self, reading: Found) -> bool:
        """Whether the document has surely lost another word of a reading's family, or with its ending."""
        families = self.evidence.families
        return family(reading.text) in families or (reading.composed and ending(reading.text) in families)

    def _probability(self, text: str, general: float) -> float:
        """The frequency of a reading: in the language at large, or here, where the document has it intact."""
        here = self.evidence.vocabulary.get(text, 0) / max(1000, self.evidence.words)
        own = OWN_WORDS * max(here, self.evidence.neighbours.frequency(text))
        return own if own > general and _has_ligature(text) else general

    def _kept(self, form: str) -> float:
        """The log probability that the channel left the ligatures of a form alone."""
        return sum(math.log1p(-min(0.999, self.evidence.lost(Loss(lig, "")))) for lig in LIGATURES if lig in form)


def _word_of(reading: Found, vocabulary: Vocabulary) -> str:
    """A reading, or what all spellings of it share: a family that one of them has is the others', too."""
    return reading.text if vocabulary.is_english else without_doubling(reading.text) or reading.text


def spell_alike(readings: Sequence[Reading], doubling: float) -> list[Reading]:
    """Readings of which those that differ by ff for f share their likelihood as the document doubles letters."""
    found = list(readings)
    for same in find_spellings(readings):
        shifted = [found[i].language + doubling * found[i].text.lower().count("ff") for i in same]
        change = log_sum([found[i].language for i in same]) - log_sum(shifted)
        for i, language in zip(same, shifted, strict=True):
            found[i] = found[i]._replace(language=language + change)
    return found


def find_spellings(readings: Sequence[Reading]) -> list[list[int]]:
    """Which of some readings are spellings of one word, f for ff: the numbers of each two or more."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for number, reading in enumerate(readings):
        found[without_doubling(reading.text)].append(number)
    return [same for single, same in found.items() if single and len(same) > 1]


def _may_be_meant(form: str, vocabulary: Vocabulary) -> bool:
    """Whether a form is likely to be right as it stands: a word, a name, an abbreviation."""
    return len(form) <= 3 or form[0].isupper() or vocabulary.known(form) > COMMON


def _meant(form: str, best: Found, vocabulary: Vocabulary) -> float:
    """How much likelier (nats) an English form is to be meant than its frequency tells."""
    if best.composed and best.probability < WELL_BUILT:
        return MEANT_BUILT
    unlisted = 0.0 if best.composed or vocabulary.known(form) else MEANT_UNLISTED
    return MEANT.get(len(form), MEANT_LONG) + unlisted


def _doubt(form: str) -> float:
    """The least share of its best reading that a form has as it stands.

    Short forms are often abbreviations, and those with a capital names.
    """
    doubt = DOUBT * {1: 300, 2: 300, 3: 100, 4: 10}.get(len(form), 1)
    return doubt * (5 if form[0].isupper() else 1)


def _is_like_misspelling(losses: Iterable[Iterable[Loss]]) -> bool:
    """Whether something is left of each lost ligature, of which authors forget letters themselves."""
    return all(map(is_like_misspelling, chain.from_iterable(losses)))


def _has_ligature(text: str) -> bool:
    return any(ligature in text for ligature in LIGATURES)
