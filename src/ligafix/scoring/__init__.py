"""The one scorer: weighs the readings of a place and says how probable each is.

    score(reading) = how likely the text is × how likely this document's channel turned it into what we see

The likelihood of the text is the word's frequency in the languages of the place, or in the document itself where
it stands intact there, times what its neighbours say.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache, partial
from itertools import islice, repeat
from operator import mul
from typing import TYPE_CHECKING

from ligafix.evidence import Evidence
from ligafix.lexicon import load_context
from ligafix.lexicon.context import ContextModel, are_many
from ligafix.lexicon.elision import split_elision
from ligafix.lexicon.readings import UNSEEN_PAIR, Vocabulary, vocabulary_of
from ligafix.odds import log_sum
from ligafix.places import LONGEST_UNIT, Place, Places, Reading, compare
from ligafix.scoring.alone import DOUBT, UNHEARD, Alone, find_spellings
from ligafix.scoring.forms import Asked, Form, is_decided
from ligafix.scoring.passages import find_foreign_language, lead_of
from ligafix.scoring.senses import find_shift

if TYPE_CHECKING:
    from ligafix.lexicon.context.arrays import Ints
    from ligafix.scoring.around import Around, Part

PARTS_COUNT = 1e-2
"""Where no ligature is lost oftener than this, what only its parts make another word is a name or a coinage: their
readings have at most the frequency of unlisted words, so that what is lost less often makes them unlikely."""

UNIT = math.log(4)
"""How much likelier (nats) a short form is to be meant behind a number or in brackets: in held-out papers all readings
above 0.9 were right there, and none of the few between 0.5 and 0.9."""

CRY = 3.0
"""How much likelier (nats) a short form, but not of one letter, is to be meant that stands twice in a row: it is a cry
(`ja, ja`). (English songs say *flow, flow*.)"""

ABBREVIATED = 3.0
"""How much likelier (nats) a short form is to be meant before a full stop that ends no sentence, outside English: in
held-out novels of five languages all 105 such forms with other readings were right, where 8 were thought damaged."""

ELIDED = 4.0
"""How much likelier (nats) a short English form is to be meant beside an apostrophe: its frequency is that of the form
by itself, and in novels `o'` and `t'` stand a hundred times as often. (In other languages it tells of both.)"""

FAMILIAR = 2e-5
"""A form this frequent is a word with a life of its own, and may well stand beside the other in one document."""

CAPITALS_SAY, MOST_DOUBT = 0.5, 7.0
"""How much the capital that a form always has inside sentences counts against readings that are written small, each
time but once, and how much (nats) at most: a writer may have a habit of writing some word with a capital."""

STRETCH = 1 << 20
"""Code points of the text in which places are looked at together."""

AT_ONCE = 1 << 14
"""Places of which the words around are held at a time."""

LONE_LETTER = 0.01
"""How often a letter stands before a hyphen with none before it, against all its uses, outside English: the t of a-t-il
never does."""

_INSIDE = re.compile(r"(?<![^\W\d_])[a-zß-öø-ÿ]+,?[ \n]\Z")
"""What stands before a word inside a sentence: a small one. Behind a capital one it may be a title. (In English it may
be one anywhere, or a term.)"""

NEGLIGIBLE = 0.2
"""Odds below which nothing is even suggested."""


class Scorer:
    """Weighs readings by what one document tells about itself."""

    def __init__(self, evidence: Evidence) -> None:
        self.evidence = evidence
        self._alone = Alone(evidence)
        self.vocabulary = vocabulary_of(evidence.languages, evidence.listed, evidence.registers)
        losses = evidence.losses.values() if evidence.is_readable else ()
        self.loses_anything = any(e.lost / DOUBT > NEGLIGIBLE for e in losses)
        """Whether the channel loses enough of any ligature for the best reading of a form to count."""
        self.reads_parts = any(e.lost > PARTS_COUNT for e in losses)
        """Whether it loses enough for readings that no list holds, only their parts, to be likely at all."""
        self.readings = lru_cache(maxsize=1 << 18)(self._find_readings)
        self._by_itself = lru_cache(maxsize=1 << 18)(self._weigh_by_itself)
        self._form = lru_cache(maxsize=1 << 18)(self._know_form)
        self._compare = lru_cache(maxsize=1 << 14)(_compare_heard)
        self._foreign_language = lru_cache(maxsize=1 << 10)(
            partial(find_foreign_language, languages=evidence.languages)
        )
        self._lead = lead_of(frozenset(evidence.languages))
        self._vocabulary_of = lru_cache(maxsize=32)(self._make_vocabulary)
        self._scorer_of = lru_cache(maxsize=32)(self._make_scorer)

    def _find_readings(self, form: str) -> tuple[Reading, ...]:
        """A form and what it may have been; nothing where there is no choice, or no reading would count."""
        return self._alone.readings(form, self.vocabulary) if self.loses_anything else ()

    def weigh(self, place: Place) -> tuple[Reading, ...]:
        """The readings of a form at a place, the most probable first; none where there is no choice."""
        return self._weigh_each(Places(place.text, [place[1:]]))[0]

    def weigh_all(self, places: Places, least: float = 0.0) -> list[tuple[Reading, ...]]:
        """The same for places of one document, each weighed by the other places of its form, too.

        Args:
            places: the places.
            least: where the form is a familiar word and nothing else is so probable, there may be none.
        """
        found = self._weigh_each(places, least)
        by_form: defaultdict[str, array[int]] = defaultdict(partial(array, "I"))
        for i, (form, readings) in enumerate(zip(places.forms, found, strict=True)):
            if readings:
                by_form[form].append(i)
        for form, same in by_form.items():
            for i, readings in zip(same, self._weigh_together(form, [found[i] for i in same]), strict=True):
                found[i] = readings
        if not self.vocabulary.is_english:
            self._doubt_names(places, found, by_form)
        return found

    def _doubt_names(
        self, places: Places, found: list[tuple[Reading, ...]], by_form: Mapping[str, Sequence[int]]
    ) -> None:
        """Weigh the readings found at places by whether their form always has a capital, as names do."""
        counts = Counter(places.forms)
        for form, same in by_form.items():
            if form[0].isupper() and len(same) > max(2, counts[form.lower()]):
                shift = self._weigh_capitals([places[i] for i in same], found[same[0]], counts[form.lower()])
                for i in same if shift else ():
                    found[i] = compare([r.shifted(shift.get(r.text, 0.0)) for r in found[i]])

    def _weigh_capitals(self, places: Sequence[Place], readings: Sequence[Reading], small: int) -> dict[str, float]:
        """How much less likely (nats) readings are for having a capital inside sentences, at all places of a form.

        A word that is written small takes a capital there now and then, but not oftener than none.

        Args:
            places: the places of a form with a capital.
            readings: its readings, itself among them.
            small: how often it stands without.
        """
        inside = sum(_INSIDE.search(place.surroundings[0]) is not None for place in places) - 1 - small
        if inside < 1:
            return {}
        own = self.vocabulary.capital_share(places[0].form)
        shares = {r.text: min(1.0, self.vocabulary.capital_share(r.text) / own) for r in readings}
        return {text: max(-MOST_DOUBT, CAPITALS_SAY * inside * math.log(share)) for text, share in shares.items()}

    def _weigh_each(self, places: Places, least: float = 0.0) -> list[tuple[Reading, ...]]:
        """The readings of the forms at some places, each by itself."""
        around = self._look_around(places)
        found: list[tuple[Reading, ...]] = [()] * len(places)
        for part in places.parts(STRETCH):
            near = around.part(places.starts[part[0]], places.ends[part[-1]]) if around else None
            asked = self._weigh_without_words(places, part, near, least, found)
            while some := list(islice(asked, AT_ONCE)):
                for alike, heard in self._ask_neighbours(some, near, least):
                    _, _, form, may_be_left_out = alike[0]
                    if not may_be_left_out or form.reaches(least, heard):
                        readings = self._compare(form, tuple(heard))
                        for i, place, _, _ in alike:
                            found[i] = self._weigh_beside(place, readings)
        return found

    def _look_around(self, places: Places) -> Around | None:
        """The text of places as arrays, if there are many."""
        if not are_many(len(places)):
            return None
        from ligafix.scoring.around import Around  # numpy is slow to load

        return Around(places.text, self._lead)

    def _weigh_without_words(
        self, places: Places, part: range, near: Part | None, least: float, found: list[tuple[Reading, ...]]
    ) -> Iterator[Asked]:
        """Note the readings of those places of a part where the words around say nothing, and give the others."""
        starts, ends = (column[part[0] : part[-1] + 1] for column in (places.starts, places.ends))
        is_own = near.surely_lead(starts) if near else repeat(object=False)
        here = map(Place, repeat(places.text), starts, ends)
        for i, place, own in zip(part, here, is_own, strict=False):
            form = self._form(place.form)
            if not own and (language := self._foreign_language(place.passage)):
                found[i] = self._weigh_beside(place, self._by_itself(form.text, language))
                continue
            may_be_left_out = form.is_familiar and not self._is_touched(place)
            if form.question:
                if not may_be_left_out or form.may_need(least):
                    yield i, place, form, may_be_left_out
            elif not may_be_left_out or form.hope >= least:
                found[i] = self._weigh_beside(place, form.readings)

    def _is_touched(self, place: Place) -> bool:
        """Whether what touches a place may make its readings more probable."""
        return (place.is_joined and any(place.partners)) or (not self.vocabulary.is_english and place.form[0].isupper())

    def _weigh_beside(self, place: Place, readings: tuple[Reading, ...]) -> tuple[Reading, ...]:
        """Readings weighed by what touches the place."""
        is_english = self.vocabulary.is_english
        found: Sequence[Reading] = readings
        if not is_english and place.form[0].isupper() and _INSIDE.search(place.surroundings[0]):
            found = [self._inside_sentence(reading) for reading in found]
        if place.is_joined and any(joined := place.partners):
            found = [self._beside_hyphen(*joined, reading) for reading in found]
        if place.end - place.start <= LONGEST_UNIT:
            found = self._weigh_short(place, found)
        if not is_english and len(readings) > 2 and (spellings := find_spellings(found)):
            found = _hear_alike(found, spellings)
        return readings if found is readings else compare(found)

    def _weigh_short(self, place: Place, readings: Sequence[Reading]) -> Sequence[Reading]:
        """The readings of a short form, weighed by the signs around it."""
        meant = []
        if self.vocabulary.is_english:
            meant += [ELIDED] if place.is_elided else []
        else:
            meant += [CRY] if place.end - place.start > 1 and place.is_repeated else []
            meant += [ABBREVIATED] if place.is_abbreviated else []
        meant += [UNIT] if place.is_like_unit else []
        for nats in meant:
            readings = [r.shifted(nats) if r.text == place.form else r for r in readings]
        return readings

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

    @cached_property
    def _informed_contexts(self) -> list[tuple[float, ContextModel, Ints | None]]:
        """The same, with what the document is about for each of them."""
        return [(share, model, model.describe(self.evidence.vocabulary)) for share, model in self._contexts]

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

    def _know_form(self, form: str) -> Form:
        """What is known about a form wherever it stands in the document's own languages."""
        readings = self._by_itself(form, "")
        is_familiar = self.vocabulary.known(form) > FAMILIAR
        if not readings or is_decided(readings):
            return Form(form, readings, is_familiar)
        head, observed = split_elision(form)
        candidates = tuple(r.text[len(head) :] for r in readings)
        is_known = any(model.knows(observed, candidates) for _, model in self._contexts)
        return Form(form, readings, is_familiar, (head, observed, candidates) if is_known else None)

    def _ask_neighbours(
        self, asked: Sequence[Asked], near: Part | None, least: float
    ) -> Iterator[tuple[Sequence[Asked], Sequence[float]]]:
        """How much (nats) the words around places speak for each reading of their forms, and at which it is so much.

        Places of familiar forms, of which no reading may be so probable as `least`, may be left out.
        """
        if near and are_many(len(asked)):
            from ligafix.scoring.hearing import hear  # numpy is slow to load

            yield from hear(asked, near, self._informed_contexts, least)
            return
        shares = [share for share, _ in self._contexts]
        questions = [form.asks for _, _, form, _ in asked]
        sides = [place.tokens(head) for (_, place, _, _), (head, _, _) in zip(asked, questions, strict=True)]
        plain = [each[1:] for each in questions]
        odds = [model.log_odds_each(sides, plain, document) for _, model, document in self._informed_contexts]
        for one, *rows in zip(asked, *odds, strict=True):
            total = rows[0] if shares == [1.0] else [sum(map(mul, shares, said)) for said in zip(*rows, strict=True)]
            low, high = one[2].bounds
            yield [one], [low if nats < low else high if nats > high else nats for nats in total]

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

    def remains_probability(self, form: str) -> float:
        """How probable a form is in this document as what is left of a listed word (tokens per token)."""
        return sum(math.exp(r.weight) for r in self.readings(form)[1:] if self.vocabulary.known(r.text))

    def hyphenated_probability(self, first: str, second: str) -> float:
        """How probable two words are with a hyphen between them (tokens per token)."""
        return self.vocabulary.hyphenated(self.best(first), self.best(second))

    def _weigh_by_itself(self, form: str, language: str) -> tuple[Reading, ...]:
        """The readings of a form in the document's own language ('') or another, the most probable first."""
        return compare(self._alone.readings(form, self._vocabulary_of(language)) if language else self.readings(form))

    def _make_vocabulary(self, language: str) -> Vocabulary:
        """The words of a passage in a language that the document as a whole is not in."""
        main = next(iter(self.evidence.languages))
        return vocabulary_of({language: 0.98, main: 0.02}, self.evidence.listed)


def _compare_heard(form: Form, heard: tuple[float, ...]) -> tuple[Reading, ...]:
    """The readings of a form where the words around speak so for each: at many places they say as much as they may."""
    return compare(form.readings, heard)


def _hear_alike(readings: Sequence[Reading], spellings: Iterable[Sequence[int]]) -> list[Reading]:
    """Readings of which those that are spellings of one word have the same context: that of all of them together."""
    found = list(readings)
    for same in spellings:
        alone = log_sum([found[i].weight - found[i].context for i in same])
        together = log_sum([found[i].weight for i in same]) - alone
        for i in same:
            found[i] = found[i].in_context(together)
    return found
