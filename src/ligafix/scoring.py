"""The one scorer: weighs the readings of a place and says how probable each is.

    score(reading) = how likely the text is × how likely this document's channel turned it into what we see

The likelihood of the text is the word's frequency in the languages of the place, or in the document itself where
it stands intact there, times what its neighbours say.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import chain, repeat
from operator import mul
from typing import TYPE_CHECKING

from ligafix.document import LETTERS, LONGEST_WORD
from ligafix.evidence import Evidence
from ligafix.evidence.families import MOSTLY_LOST, SURELY_WORD, ending, family
from ligafix.evidence.losses import MISSPELT, is_like_misspelling
from ligafix.lexicon import load_context, load_languages
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.composition import Reading as Found
from ligafix.lexicon.context import ContextModel, are_many
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.readings import UNSEEN_PAIR, Vocabulary, split_elision, vocabulary_of
from ligafix.lexicon.words import MOST_KEPT
from ligafix.places import Place, Reading, compare
from ligafix.senses import find_shift

if TYPE_CHECKING:
    from ligafix.around import Around
    from ligafix.lexicon.context.arrays import Floats

OWN_WORDS = 0.3
"""How much a document's own spelling counts against the general frequency of a word."""

COMMON = SURELY_WORD
"""A word this frequent is one for sure."""

ESTABLISHED = MOSTLY_LOST
"""The share of a ligature that must be lost before words, names and abbreviations are taken for remains."""

KIN = 10.0
"""How much likelier a reading is where the document has lost another word of its family (`anking`, flanking), and one
that no list holds where it has lost another with its ending (`gatioxacin`, gatifloxacin)."""

FOREIGN_PASSAGE = 1e-3
"""How probable it is beforehand that a place is in a language that the document as a whole is not in."""

NEVER = 1e-5
"""A reading that is less probable than this before its neighbours are asked is not looked at any more."""


PARTS_COUNT = 1e-2
"""Where no ligature is lost oftener than this, what only its parts make another word is a name or a coinage: their
readings have at most the frequency of unlisted words, so that what is lost less often makes them unlikely."""

DOUBT = 1e-5
"""A form is never less probable as it stands than this share of its best reading: our lists are not the language."""


MOST_CONTEXT = 10.0
"""Neighbours never speak louder than this (nats)."""

MEANT = {1: 1.5, 2: 0.0, 3: 0.2}
MEANT_LONG = -0.2
"""How much likelier (nats) a form of so many letters is to be meant than its frequency tells, and one of more: letters
stand for quantities, three letters for abbreviations. Fitted on held-out English novels, papers and general prose; in
the novels of other languages forms of all lengths are as frequent as their lists tell."""

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

UNIT = math.log(4)
"""How much likelier (nats) a short form is to be meant behind a number or in brackets: in held-out papers all readings
above 0.9 were right there, and none of the few between 0.5 and 0.9."""

LONGEST_CRY, CRY = 3, 3.0
"""A form of so few letters, but not of one, that stands twice in a row is a cry (`ja, ja`), and so much likelier
(nats) to be meant. (English songs say *flow, flow*.)"""

FAMILIAR = 2e-5
"""A form this frequent is a word with a life of its own, and may well stand beside the other in one document."""

AT_ONCE = 1 << 14
"""Places of which the words around are held at a time."""

LONE_LETTER = 0.01
"""How often a letter stands before a hyphen with none before it, against all its uses, outside English: the t of a-t-il
never does."""

_RARE = math.log(1e-7)

_WORD = re.compile(rf"[{LETTERS}]+")
_INSIDE = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿ]+,?[ \n]\Z")
"""What stands before a word inside a sentence: a small one. Behind a capital one it may be a title. (In English it may
be one anywhere, or a term.)"""

PREFERENCE = math.log(100)
"""How much likelier (nats) a reading is that the user prefers: whoever says so is wrong once in a hundred times."""

UNHEARD = 1e-12
"""The probability of a word of which nothing is known at all."""


MANY_FORMS = 4000
"""Of so many distinct words of so many letters ..."""

TELLING = 5

MOST_UNLISTED = 0.8
"""... fewer than this are in no list (by how often they stand), or it is no writing that we can read. Books that lost
all their ligatures have far fewer."""

NEGLIGIBLE = 0.2
"""Odds below which nothing is even suggested."""


class Scorer:
    """Weighs readings by what one document tells about itself."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self.vocabulary = vocabulary_of(evidence.languages, evidence.listed, evidence.registers)
        self.loses_anything = any(e.lost / DOUBT > NEGLIGIBLE for e in evidence.losses.values())
        """Whether the channel loses enough of any ligature for the best reading of a form to count."""
        self.reads_parts = any(e.lost > PARTS_COUNT for e in evidence.losses.values()) and not self._is_unlisted()
        """Whether it loses enough for readings that no list holds, only their parts, to be likely at all."""
        self.readings = lru_cache(maxsize=1 << 18)(lambda form: self._readings(form, self.vocabulary))
        self._by_itself = lru_cache(maxsize=1 << 18)(self._weigh_by_itself)
        self._form = lru_cache(maxsize=1 << 18)(self._know_form)
        self._foreign_language = lru_cache(maxsize=1 << 10)(self._find_foreign_language)
        self._lead = _lead_of(frozenset(evidence.languages))
        self._vocabulary_of = lru_cache(maxsize=32)(self._make_vocabulary)
        self._scorer_of = lru_cache(maxsize=32)(self._make_scorer)

    def _is_unlisted(self) -> bool:
        """Whether a long document is no writing in languages that we know: nearly none of its words is in a list.

        What words have the parts or the letters of a language then says nothing, and it takes time.
        """
        counts = {form: n for form, n in self.evidence.vocabulary.items() if len(form) >= TELLING}
        if len(counts) < MANY_FORMS:
            return False
        unlisted = self.vocabulary.rarer(counts.keys(), math.nextafter(0.0, 1.0))
        return sum(map(counts.__getitem__, unlisted)) > MOST_UNLISTED * sum(counts.values())

    def weigh(self, place: Place) -> tuple[Reading, ...]:
        """The readings of a form at a place, the most probable first; none where there is no choice."""
        return self._weigh_each([place])[0]

    def weigh_all(self, places: Sequence[Place], least: float = 0.0) -> list[tuple[Reading, ...]]:
        """The same for places of one document, each weighed by the other places of its form, too.

        Args:
            places: the places.
            least: where the form is a familiar word and nothing else is so probable, there may be none.
        """
        found = self._weigh_each(places, least)
        by_form: defaultdict[str, list[int]] = defaultdict(list)
        for i, readings in enumerate(found):
            if readings:
                by_form[places[i].form].append(i)
        for form, same in by_form.items():
            for i, readings in zip(same, self._weigh_together(form, [found[i] for i in same]), strict=True):
                found[i] = readings
        return found

    def _weigh_each(self, places: Sequence[Place], least: float = 0.0) -> list[tuple[Reading, ...]]:
        """The readings of the forms at some places, each by itself."""
        around = _look_around(places)
        is_own = around.surely_lead(self._lead, [place.start for place in places]) if around else repeat(object=False)
        found: list[tuple[Reading, ...]] = [()] * len(places)
        asked: list[tuple[int, Place, _Form]] = []
        for i, (place, own) in enumerate(zip(places, is_own, strict=False)):
            form = self._form(place.form)
            if not own and (language := self._foreign_language(place.passage)):
                found[i] = self._weigh_beside(place, self._by_itself(form.text, language))
            elif form.question:
                if not form.is_familiar or form.may_need(least) or self._is_touched(place):
                    asked.append((i, place, form))
            elif not form.is_familiar or form.hope >= least or self._is_touched(place):
                found[i] = self._weigh_beside(place, form.readings)
        for start in range(0, len(asked), AT_ONCE):
            part = asked[start : start + AT_ONCE]
            for (i, place, form), heard in self._ask_neighbours(part, around, least):
                if not form.is_familiar or form.reaches(least, heard) or self._is_touched(place):
                    found[i] = self._weigh_beside(place, compare(form.readings, heard))
        return found

    def _is_touched(self, place: Place) -> bool:
        """Whether what touches a place may make its readings more probable."""
        return (place.is_joined and any(place.partners)) or (place.form[0].isupper() and not self.vocabulary.is_english)

    def _weigh_beside(self, place: Place, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Readings weighed by what touches the place."""
        found: Sequence[Reading] = readings
        if not self.vocabulary.is_english and place.form[0].isupper() and _INSIDE.search(place.surroundings[0]):
            found = [self._inside_sentence(reading) for reading in found]
        if any(joined := place.partners):
            found = [self._beside_hyphen(*joined, reading) for reading in found]
        if not self.vocabulary.is_english and 1 < len(place.form) <= LONGEST_CRY and place.is_repeated:
            found = [r.shifted(CRY) if r.text == place.form else r for r in found]
        if place.is_like_unit:
            found = [r.shifted(UNIT) if r.text == place.form else r for r in found]
        return readings if found is readings else compare(found)

    def in_passage(self, lines: str) -> Scorer:
        """The scorer for a place in these lines: this one, or one for their language if the document has another."""
        language = self._foreign_language(lines)
        return self.in_language(language) if language else self

    def in_language(self, language: str) -> Scorer:
        """The scorer for a word of a language that the document as a whole is not in."""
        return self._scorer_of(language)

    def in_regions(self, text: str) -> list[tuple[Scorer, tuple[tuple[int, int], ...]]]:
        """The scorers for the parts of a text that went through different channels, and these parts.

        Where one verdict holds for the whole text it is this scorer, and all of it.
        """
        regions = self.evidence.regions(text)
        if not regions:
            return [(self, ((0, len(text)),))]
        return [(Scorer(replace(self.evidence, losses=r.losses)), r.spans) for r in regions]

    def at(self, text: str, position: int) -> Scorer:
        """The scorer for the part of a text in which a place lies."""
        return next(s for s, spans in self.in_regions(text) if any(a <= position < b for a, b in spans))

    def _make_scorer(self, language: str) -> Scorer:
        return Scorer(replace(self.evidence, languages=self._vocabulary_of(language).shares))

    @cached_property
    def _contexts(self) -> list[tuple[float, ContextModel]]:
        """The context models of the document's languages and their weights."""
        shares = self.evidence.languages.items()
        return [(share, model) for code, share in shares if (model := load_context(code)) is not None]

    def _weigh_together(self, form: str, places: Sequence[tuple[Reading, ...]]) -> Sequence[tuple[Reading, ...]]:
        """The readings of all places of one form, as each is weighed by itself, weighed by what the others say.

        A word that a document has, it has more than once, and mostly in one sense (Gale, Church and Yarowsky, One
        Sense per Discourse, 1992). So the share of each reading among the places is estimated by expectation
        maximisation, held by its general share as firmly as the form is common. Neighbours that speak against a
        reading do not count here: in one document they are all unusual in the same way.
        """
        if len(places) < 2 or not places[0] or self.vocabulary.known(form) > FAMILIAR:
            return places
        base = {r.text: r.language + r.channel for r in places[0]}
        distinct = {id(readings): readings for readings in places}
        alike = {key: readings for key, readings in distinct.items() if {r.text for r in readings} == base.keys()}
        numbers = Counter(map(id, places))
        is_heard = any(r.context > 0 for readings in alike.values() for r in readings)
        if not is_heard or sum(numbers[key] for key in alike) < 2:
            return places
        firmness = 1.0 + math.exp(max(base.values())) * self.evidence.words
        shift = find_shift(base, [(readings, numbers[key]) for key, readings in alike.items()], firmness)
        weighed = {key: compare([r.shifted(shift[r.text]) for r in readings]) for key, readings in alike.items()}
        return [weighed.get(id(readings), readings) for readings in places]

    def _know_form(self, form: str) -> _Form:
        """What is known about a form wherever it stands in the document's own languages."""
        readings = self._by_itself(form, "")
        is_familiar = self.vocabulary.known(form) > FAMILIAR
        if not readings or _is_decided(readings):
            return _Form(form, readings, is_familiar)
        head, observed = split_elision(form)
        candidates = tuple(r.text[len(head) :] for r in readings)
        is_known = any(model.knows(observed, candidates) for _, model in self._contexts)
        return _Form(form, readings, is_familiar, (head, observed, candidates) if is_known else None)

    def _ask_neighbours(
        self, asked: Sequence[_Asked], around: Around | None, least: float
    ) -> Iterator[tuple[_Asked, Sequence[float]]]:
        """How much (nats) the words around places speak for each reading of their forms.

        Places of familiar forms, of which no reading may be so probable as `least`, may be left out.
        """
        if around and are_many(len(asked)):
            yield from self._ask_all_at_once(asked, around, least)
            return
        shares = [share for share, _ in self._contexts]
        questions = [form.asks for _, _, form in asked]
        sides = [place.tokens(head) for (_, place, _), (head, _, _) in zip(asked, questions, strict=True)]
        odds = [model.log_odds_each(sides, [each[1:] for each in questions]) for _, model in self._contexts]
        for one, *rows in zip(asked, *odds, strict=True):
            total = rows[0] if shares == [1.0] else [sum(map(mul, shares, said)) for said in zip(*rows, strict=True)]
            low, high = one[2].bounds
            yield one, [low if nats < low else high if nats > high else nats for nats in total]

    def _ask_all_at_once(
        self, asked: Sequence[_Asked], around: Around, least: float
    ) -> Iterator[tuple[_Asked, Sequence[float]]]:
        """The same for many places, form by form."""
        from ligafix.hearing import hear  # numpy is slow to load

        tokens = around.tokens([place[1:] for _, place, _ in asked], [form.asks[0] for _, _, form in asked])
        places: defaultdict[tuple[_Form, bool], list[int]] = defaultdict(list)
        for number, (_, place, form) in enumerate(asked):
            places[form, form.is_familiar and not self._is_touched(place)].append(number)
        enough = [form.needs(least if may_be_left_out else 0.0) for form, may_be_left_out in places]
        heard = hear(tokens, [form.asks[1:] for form, _ in places], list(places.values()), self._contexts, enough)
        for ((form, may_be_left_out), at), said in zip(places.items(), heard, strict=True):
            bounded = said.clip(*form.bounds)
            kept: Sequence[int] = range(len(at))
            if may_be_left_out:
                kept = [n for n, may in enumerate(form.may_reach(least, bounded)) if may]
            yield from zip((asked[at[n]] for n in kept), bounded[kept].tolist(), strict=True)

    def _inside_sentence(self, reading: Reading) -> Reading:
        """A reading with a capital that no sentence gave it."""
        return reading.in_context(reading.context + math.log(self.vocabulary.inside_sentence(reading.text)))

    def _beside_hyphen(self, before: str, behind: str, reading: Reading) -> Reading:
        """A reading weighed by how much oftener than by chance it stands with a hyphen beside these words."""
        context = reading.context
        if len(reading.text) == 1 and not before and not self.vocabulary.is_english:
            return reading.in_context(context + math.log(LONE_LETTER))
        for first, second in ((self.best(before), reading.text), (reading.text, self.best(behind))):
            if first and second:
                chance = UNSEEN_PAIR * self.vocabulary.probability(first) * self.vocabulary.probability(second)
                found = self.vocabulary.hyphenated(first, second)
                context += math.log(max(UNHEARD**2, found) / max(UNHEARD**2, chance))
        return reading.in_context(context)

    def best(self, form: str) -> str:
        """The most probable reading of a form by itself."""
        readings = self.readings(form)
        return max(readings, key=lambda r: r.weight).text if readings else form

    def form_probability(self, form: str) -> float:
        """How probable a form is in this document, damaged or not (tokens per token)."""
        readings = self.readings(form)
        if readings:
            return sum(math.exp(r.weight) for r in readings)
        return self.vocabulary.probability(form)

    def hyphenated_probability(self, first: str, second: str) -> float:
        """How probable two words are with a hyphen between them (tokens per token)."""
        return self.vocabulary.hyphenated(self.best(first), self.best(second))

    def _weigh_by_itself(self, form: str, language: str) -> tuple[Reading, ...]:
        """The readings of a form in the document's own language ('') or another, the most probable first."""
        return compare(self._readings(form, self._vocabulary_of(language)) if language else self.readings(form))

    def _make_vocabulary(self, language: str) -> Vocabulary:
        """The words of a passage in a language that the document as a whole is not in."""
        main = next(iter(self.evidence.languages))
        return vocabulary_of({language: 0.98, main: 0.02}, self.evidence.listed)

    def _readings(self, form: str, vocabulary: Vocabulary) -> tuple[Reading, ...]:
        """The form itself, then what it may have been; nothing where there is no choice."""
        found = vocabulary.readings(form)
        if not found:
            return ()
        doubt = _doubt(form) * max(self._probability(reading.text, reading.probability) for reading in found)
        misspelt = max((r.probability for r in found if _is_like_misspelling(r.losses)), default=0.0)
        doubt = max(doubt, MISSPELT * misspelt)
        if found[0].composed:
            doubt = max(doubt, vocabulary.coinage, vocabulary.unknown(form))
            if found[0].probability > doubt:
                doubt = max(doubt, vocabulary.slip(form))
        likely = max(doubt, vocabulary.probability(form))
        meant = _meant(form, found[0], vocabulary) if vocabulary.is_english else 0.0
        own = Reading(form, math.log(likely) + meant, self._kept(form))
        readings = [own]
        is_built = not vocabulary.marks_stress and all(reading.composed for reading in found)
        least = ESTABLISHED if _may_be_meant(form, vocabulary) else 0.0
        listed = self.evidence.listed
        for reading in found:
            losses = tuple(max(ways, key=self.evidence.lost) for ways in reading.losses)
            if min(map(self.evidence.lost, losses)) < least:
                continue
            channel = sum(math.log(self.evidence.lost(loss)) for loss in losses)
            likely = self._probability(reading.text, reading.probability)
            kin = KIN if channel > math.log(ESTABLISHED) and self._has_kin(reading) else 1.0
            wanted = PREFERENCE if listed and listed.preferred(form) == reading.text else 0.0
            if likely > 0:
                language = math.log(likely)
                if is_built:
                    spelt = math.log(vocabulary.unknown(reading.text) / vocabulary.unknown(form))
                    language = own.language + PARTS_SAY * (language - own.language) + LETTERS_SAY * spelt
                language += math.log(kin)
                readings.append(Reading(reading.text, language, channel, losses=losses, preference=wanted))
        top = max(r.weight for r in readings)
        kept = [r for r in readings[1:] if r.weight > top + math.log(NEVER)]
        return (own, *kept) if kept else ()

    def _has_kin(self, reading: Found) -> bool:
        """Whether the document has surely lost another word of a reading's family, or with its ending."""
        families = self.evidence.families
        return family(reading.text) in families or (reading.composed and ending(reading.text) in families)

    def _probability(self, text: str, general: float) -> float:
        """The frequency of a reading: in the language at large, or here, where the document has it intact."""
        if not _has_ligature(text):
            return general
        here = self.evidence.vocabulary.get(text, 0) / max(1000, self.evidence.words)
        return max(general, OWN_WORDS * max(here, self.evidence.neighbours.frequency(text)))

    def _kept(self, form: str) -> float:
        """The log probability that the channel left the ligatures of a form alone."""
        return sum(math.log1p(-min(0.999, self.evidence.lost(Loss(lig, "")))) for lig in LIGATURES if lig in form)

    def _find_foreign_language(self, passage: str) -> str:
        """The language of a passage, if it is none of the document's own; '' otherwise."""
        languages = self.evidence.languages
        if sum(map(self._lead.__getitem__, passage.split())) > 0:
            return ""
        scores = load_languages().scores(_WORD.findall(passage.lower()))
        own = max((scores.get(c, 0.0) + math.log(s) for c, s in languages.items()), default=0.0)
        others = [(s + math.log(FOREIGN_PASSAGE), c) for c, s in scores.items() if c not in languages]
        score, language = max(others, default=(0.0, ""))
        return language if score > max(own, 0.0) else ""


def _look_around(places: Sequence[Place]) -> Around | None:
    """The text of places as arrays, if there are many."""
    if not are_many(len(places)):
        return None
    from ligafix.around import Around  # numpy is slow to load

    return Around(places[0].text)


class _Lead(dict[str, int]):
    """By how many words those among the commonest of some languages outnumber the others in a chunk.

    As far as it was asked; emptied when there are too many.
    """

    def __init__(self, languages: frozenset[str]) -> None:
        super().__init__()
        self._languages = languages

    def __missing__(self, chunk: str) -> int:
        weights = (load_languages().weights(word) for word in _WORD.findall(chunk.lower()))
        lead = sum(-1 if self._languages.isdisjoint(found) else 1 for found in weights)
        if len(chunk) <= LONGEST_WORD:  # megabytes are not remembered
            if len(self) >= MOST_KEPT:
                self.clear()
            self[chunk] = lead
        return lead


_lead_of = lru_cache(maxsize=16)(_Lead)


_ROUNDING = 1e-9
"""What sums of powers, in proportion, may differ by."""


class _Form:
    """What is known about a form wherever it stands in the document's own languages.

    Attributes:
        text: the form.
        readings: its readings by themselves, the most probable first.
        is_familiar: whether it is a word with a life of its own.
        question: what neighbours are asked: the elided word before it ('' for none), the form and its readings
            without that; None where they cannot tell.
        hope: the probability of the best reading but itself.
        bounds: how much (nats) neighbours may speak against a reading and for it.
    """

    __slots__ = ("_needs", "_own", "_weights", "bounds", "hope", "is_familiar", "question", "readings", "text")

    def __init__(
        self,
        text: str,
        readings: tuple[Reading, ...],
        is_familiar: bool,
        question: tuple[str, str, tuple[str, ...]] | None = None,
    ) -> None:
        self.text = text
        self.readings = readings
        self.is_familiar = is_familiar
        self.question = question
        self.hope = next((r.probability for r in readings if r.text != text), 0.0)
        self._weights = [r.weight for r in readings]
        self._own = next((i for i, r in enumerate(readings) if r.text == text), 0)
        self._needs: dict[float, tuple[float, ...]] = {}
        self.bounds = _context_bounds(readings[self._own]) if readings else (0.0, 0.0)

    @property
    def asks(self) -> tuple[str, str, tuple[str, ...]]:
        """What neighbours are asked, if they can tell."""
        return self.question or ("", self.text, ())

    def needs(self, least: float) -> tuple[float, ...]:
        """How much (nats) must be said of each reading for all but the form itself to be together so probable.

        Infinite where neighbours never say so much; where less is said of each, they are less probable.
        """
        if least not in self._needs:
            odds = least / (1 - least) / max(1, len(self._weights) - 1)
            own = self._weights[self._own]
            found = [math.log(odds) + own - weight - _ROUNDING if odds else -math.inf for weight in self._weights]
            most = self.bounds[1]
            self._needs[least] = tuple(
                math.inf if nats > most or number == self._own else nats for number, nats in enumerate(found)
            )
        return self._needs[least]

    def may_need(self, least: float) -> bool:
        """Whether neighbours may make all readings but the form itself together so probable."""
        return min(self.needs(least)) < math.inf

    def may_reach(self, least: float, heard: Floats) -> list[bool]:
        """Whether it may reach that, for rows of what is heard: so but for the rounding of numbers."""
        weights = (heard + self._weights).T
        others = sum(
            math.e ** (weight - weights[self._own]).clip(None, 700.0)
            for number, weight in enumerate(weights)
            if number != self._own
        )
        return (others * (1 + _ROUNDING) >= least * (1 + others)).tolist()  # type: ignore[no-any-return]

    def reaches(self, least: float, heard: Sequence[float]) -> bool:
        """Whether its readings but itself are together so probable where the words around speak so for each."""
        weights = [weight + nats for weight, nats in zip(self._weights, heard, strict=True)]
        own = weights.pop(self._own)
        others = sum(math.exp(min(700.0, weight - own)) for weight in weights)
        return others >= least * (1 + others)


_Asked = tuple[int, Place, _Form]
"""A place with its number among those that are weighed and its form."""


def _is_decided(readings: Sequence[Reading]) -> bool:
    """Whether one reading is so far ahead that no neighbours can change it."""
    first, second = sorted((r.weight for r in readings), reverse=True)[:2]
    return first - second > MOST_CONTEXT + 5


def _context_bounds(own: Reading) -> tuple[float, float]:
    """How much (nats) neighbours may speak against a reading and for it: little where the form was rarely seen.

    Against a form that is hardly a word, unusual neighbours only show that the reading is met in other texts.
    """
    seen = 1.5 * (own.language - _RARE) / math.log(10)
    return -max(0.5, min(MOST_CONTEXT, 0.5 + seen)), max(3.0, min(MOST_CONTEXT, 3.0 + seen))


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
