"""How a written form can be read: as the word it is, or as a word that lost ligatures; and how likely each is.

Forms that no word list holds are read through their parts: a known ending on a known stem (`identiability`), a
prefix before a known word (`hyperossied`), two words in one (`Stogeschichte`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import replace
from functools import cached_property, lru_cache, partial

from ligafix.document import LONGEST_WORD
from ligafix.lexicon import load_words
from ligafix.lexicon.affixes import Affixes, load_affixes
from ligafix.lexicon.alignment import Alignment, Loss, align
from ligafix.lexicon.composition import Reading, find_compositions
from ligafix.lexicon.elision import split_elision, split_possessive
from ligafix.lexicon.hyphens import load_hyphens
from ligafix.lexicon.letters import load_letters
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.met import BarrenPairs, Met, met_with, remember
from ligafix.lexicon.rarity import Rarity
from ligafix.lexicon.skeleton import skeleton
from ligafix.lexicon.unlisted import SLIP, Unlisted, with_slips
from ligafix.lexicon.words import SENTENCE_STARTS, Words, WordTable, restore

SHIPPED = ("en", "de", "fr", "es", "it", "pt", "nl", "pl")
"""The languages whose words are known wherever they stand, as quotations and names do."""

FOREIGN_SHARE = 0.0002
"""How much of a text is in a language that is not its own."""


UNLISTED = 1e-8
"""What a word that no list holds can have at most: the lists reach down to here."""


POSSESSIVE = 0.02
"""How often a word stands with 's, where the lists have it only without: the median of English words that they have
both ways."""

ELIDED = 0.05
"""How often a word stands behind an elided one (l', dell', qu'), where the lists have it only without: about the median
of French, Italian and Portuguese words that they have both ways."""

LEFT_OUT = 0.1
"""How much rarer a built form is than its parts make it if a list has a word that it may be left of, and not itself:
inflected lists hold nearly all such forms. In novels that were not counted, with all ligatures lost, seven of 1,500
such forms were intact in German, two of 128 in Polish."""

LEAST_VARIANT = 3e-4
"""A form this frequent against the reading that would have it double an f is a spelling of its own. English has had one
spelling since there were novels: what lacks an f there is a slip."""

WORTH_SPELLING = 0.0
"""How much likelier (nats) by its letters an unlisted word is with a ligature than without, to be thought of."""

UNSEEN_PAIR = 1e-3
"""How often two words stand with a hyphen between them, against chance, where no table says more."""


COMMON = 2e-6
"""A word more frequent than this is no piece of another, nor two words run together."""


class Vocabulary:
    """The words of the languages that a text is written in, and its user's own. Forms keep their capitals; NFC."""

    def __init__(
        self,
        shares: Mapping[str, float],
        listed: Words | None = None,
        registers: Mapping[str, Sequence[float]] | None = None,
    ) -> None:
        self.shares = dict(shares)
        words = {code: table for code in shares if (table := load_words(code)) is not None}
        words |= {code: words[code].weighed(mixture) for code, mixture in (registers or {}).items() if code in words}
        self._tables: list[tuple[float, Words]] = [(shares[code], words[code]) for code in words]
        if listed is not None:
            self._tables.append((1.0, listed))
        self._affixes: list[tuple[float, Words, Affixes]] = [
            (shares[code], words[code], affixes) for code in words if (affixes := load_affixes(code))
        ]
        measured = sum(share * affixes.closed_compounds for share, _, affixes in self._affixes)
        self.closed_compounds = measured + sum(shares[code] for code in words if not load_affixes(code)) or 1.0
        self.coinage = sum(share * affixes.coinage for share, _, affixes in self._affixes)
        self.marks_stress = any(affixes.stressed_rate for _, _, affixes in self._affixes)
        self._foreign = [code for code in SHIPPED if code not in words]
        self._letters = [(shares[code], model) for code in shares if (model := load_letters(code))]
        self.known = lru_cache(maxsize=1 << 18)(self._known)
        main = max(shares, key=lambda c: shares[c], default="")
        self.is_english = main == "en"
        self.knows_compounds = main in words and load_affixes(main) is not None
        self.readings = lru_cache(maxsize=1 << 18)(self._readings)
        self._listed_readings = lru_cache(maxsize=1 << 16)(lambda form: self._readings(form, with_parts=False))
        self.probability = lru_cache(maxsize=1 << 18)(self._probability)
        self.probability_undivided = lru_cache(maxsize=1 << 16)(partial(self._probability, with_parts=False))
        self.single_losses = lru_cache(maxsize=1 << 16)(self._single_losses)
        self._recall_hyphenated = lru_cache(maxsize=1 << 14)(self._hyphenated)
        unlisted = Unlisted(self._letters, nouns_are_capital=main == "de", is_english=self.is_english)
        self.unknown = lru_cache(maxsize=1 << 14)(unlisted.probability)
        self._composed = lru_cache(maxsize=1 << 12)(self._compose)
        self._rarities: dict[float, Rarity] = {}
        self._met = met_with(tuple(words)) if listed is None else Met()

    def uncommon(self, forms: Set[str]) -> Set[str]:
        """The forms that are no more frequent than `COMMON`; fast, since most have been met before."""
        return self.rarer(forms, math.nextafter(COMMON, 1.0))

    def rarer(self, forms: Set[str], least: float) -> Set[str]:
        """The forms that are less frequent than that (tokens per token); fast, since most have been met before."""
        rarity = self._rarities.get(least) or Rarity(least, self.known)
        return self._rarities.setdefault(least, rarity).rarer(forms)

    def readable(self, forms: Set[str]) -> Set[str]:
        """The forms that have readings; fast, since most have been met before."""
        return {form for form in forms - self._met.barren if self.readings(form)}

    def readable_by_lists(self, forms: Set[str]) -> Set[str]:
        """Those of which a list has a reading: not those that only parts make."""
        forms = forms - self._met.unlisted - self._met.barren
        unlisted = set(filter(self._is_unlisted, forms - self._met.restorable))
        for form in unlisted:
            remember(self._met.unlisted, form)
        restorable = forms - unlisted
        for form in restorable:
            remember(self._met.restorable, form)
        return {form for form in restorable if self.readings(form)}

    def _is_unlisted(self, form: str) -> bool:
        """Whether surely no list has a reading of a form."""
        small = form.lower()
        return form.isalpha() and not any(table.may_restore(small) for _, table in self._tables)

    def _known(self, form: str) -> float:
        """The relative frequency of a form in the text's own languages; 0.0 where none has it."""
        small = form.lower().replace("’", "'")
        known = 0.0
        for share, table in self._tables:
            known += share * table.as_written(form, small)
        return known

    def _probability(self, form: str, *, with_parts: bool = True) -> float:
        """How probable a form is as it stands, known or not (tokens per token); never 0.

        A word that was never seen written small may be, as unlisted ones are. Without parts it is no more probable for
        what it might be put together of.
        """
        if len(form) > LONGEST_WORD:
            return self.unknown(form)
        known = self.known(form)
        head, rest = split_elision(form)
        if known and head and not self.is_english:
            known = max(known, ELIDED * self.known(rest))
        if not known:
            stem, tail = split_possessive(rest)
            known = _beside_rate(head, tail) * (self.known(stem) or (self._built(stem) if with_parts else 0.0))
        listed = known or any(table.frequency(form.lower()) for _, table in self._tables)
        found = known + FOREIGN_SHARE * self.frequency_abroad(form)
        return found + (0.0 if listed and found else self.unknown(form))

    def _built(self, form: str) -> float:
        """How probable a form is that no list holds, but the parts of which as they stand."""
        built = sum(r.probability for r in self._composed(form) if not r.losses)
        may_remain = built and not self.is_english and any(table.restored(form) for _, table in self._tables)
        return built * LEFT_OUT if may_remain else built

    def small_share(self, form: str) -> float:
        """How often, from 0 to 1, a word of the text's own languages is written small inside a sentence."""
        small = form.lower().replace("’", "'")
        found = [(share * table.frequency(small), table.lower_share(small)) for share, table in self._tables]
        whole = sum(frequency for frequency, _ in found)
        return sum(frequency * lower for frequency, lower in found) / whole if whole else 0.0

    def capital_share(self, form: str) -> float:
        """How often, from 0 to 1, a word has a capital inside a sentence; more than never."""
        lower = self.small_share(form)
        return 1 - lower + STRAY_CAPITALS * lower

    def inside_sentence(self, form: str) -> float:
        """How much oftener a word with a capital stands inside a sentence than `known` says, which knows no place."""
        lower = self.small_share(form)
        return self.capital_share(form) / (1 - lower + SENTENCE_STARTS * lower)

    @cached_property
    def frequency_anywhere(self) -> Callable[[str], float]:
        """Tells the relative frequency of a lower-case word in the language that has it most often, of those we know.

        It is the same function for all texts in the same languages.
        """
        return _frequency_in(frozenset((*self.shares, *SHIPPED)))

    def frequency_abroad(self, form: str) -> float:
        """The relative frequency of a form in the other language that has it most often, of those we ship."""
        return self._frequency_abroad(form.lower())

    @cached_property
    def _frequency_abroad(self) -> Callable[[str], float]:
        return _frequency_in(frozenset(self._foreign))

    def home_of(self, form: str) -> str:
        """The other language that has a form most often, of those we ship; the first of them where none has it."""
        small = form.lower()
        return max(self._foreign, key=lambda code: table.frequency(small) if (table := load_words(code)) else 0.0)

    def begins_word(self, beginning: str) -> bool:
        """Whether a word of the text's own languages begins so, or is this."""
        small = beginning.lower().replace("’", "'")
        return any(next(table.starting_with(small), None) is not None for _, table in self._tables)

    def begun(self, beginning: str) -> float:
        """How frequent the longer words of the text's own languages that begin so are together."""
        small = beginning.lower()
        longer = ((share, table, table.starting_with(small)) for share, table in self._tables)
        return sum(share * table.frequency(word) for share, table, words in longer for word in words if word != small)

    def words_beginning(self, form: str) -> list[str]:
        """The beginnings of a lower-case form that are words of the text's own languages."""
        if len(self._tables) == 1:
            return self._tables[0][1].words_beginning(form)
        return list(dict.fromkeys(word for _, table in self._tables for word in table.words_beginning(form)))

    @property
    def barren_pairs(self) -> BarrenPairs:
        """The memory of pairs that make no word: whoever asks goes on with what he was given."""
        return self._met.pairs

    def lists_skeleton(self, bare: str) -> bool:
        """Whether a list has words with ligatures whose skeleton this is."""
        return any(table.has_skeleton(bare) for _, table in self._tables)

    def torn(self, form: str) -> list[Reading]:
        """The readings that put one ligature back, by the lists; fewer than `readings` has, and found faster."""
        if "'" in form or "’" in form:
            return [r for r in self._listed_readings(form) if not r.composed]
        if form in self._met.whole or not 0 < len(form) <= LONGEST_WORD or (len(form) > 1 and form.isupper()):
            return []
        bare = skeleton(form.lower())
        found = self._listed(restore(form, words) for _, t in self._tables if (words := t.with_skeleton(bare)))
        if not found:
            remember(self._met.whole, form)
        return sorted(found.values(), key=lambda r: (-r.probability, r.text))

    def _single_losses(self, form: str) -> tuple[tuple[Loss, float, str], ...]:
        """The losses that explain a form alone: how much likelier it is so than as it stands, and its best reading.

        What needs two at once is no evidence for either, nor is a word that only its parts vouch for.
        """
        grouped: defaultdict[Loss, list[Reading]] = defaultdict(list)
        for reading in self.readings(form):
            if len(reading.losses) == 1 and not reading.composed:
                for loss in reading.losses[0]:
                    grouped[loss].append(reading)
        own = self.probability(form) if grouped else 1.0
        return tuple((loss, sum(r.probability for r in rs) / own, _best(rs).text) for loss, rs in grouped.items())

    def hyphenated(self, first: str, second: str) -> float:
        """How probable two words are with a hyphen between them, in the text's languages or another one."""
        return self._recall_hyphenated(first, second)

    def _hyphenated(self, first: str, second: str) -> float:
        small = first.lower(), second.lower()
        chance = 0.0
        for code in dict.fromkeys((*self.shares, *SHIPPED)):
            words, table = load_words(code), load_hyphens(code)
            if words is not None and table is not None:
                frequency = table.frequency(*small, words.frequency(small[0]), words.frequency(small[1]))
                chance += self.shares.get(code, FOREIGN_SHARE) * frequency
        return max(chance, UNSEEN_PAIR * self.probability(first) * self.probability(second))

    def is_pair(self, first: str, second: str) -> bool:
        """Whether any table has two words with a hyphen between them."""
        tables = (load_hyphens(code) for code in dict.fromkeys((*self.shares, *SHIPPED)))
        return any(table.has(first.lower(), second.lower()) for table in tables if table)

    def slip(self, form: str) -> float:
        """How probable a form is as a slip of the pen: a word but for a letter, or for two that changed places."""
        words = with_slips(form.lower())
        return SLIP * max(sum(share * table.frequency(word) for share, table in self._tables) for word in words)

    def _readings(self, form: str, *, with_parts: bool = True) -> tuple[Reading, ...]:
        """All readings of a form with ligatures put back, the most probable first.

        Args:
            form: the form.
            with_parts: also those for which no list vouches, but only their parts or letters.
        """
        if form in self._met.barren or not 0 < len(form) <= LONGEST_WORD or (len(form) > 1 and form.isupper()):
            return ()
        head, rest = split_elision(form)
        stem, tail = split_possessive(rest)
        elided = head[-2:-1].lower() in _ELIDED  # the next word begins with a vowel
        tables = [] if form in self._met.unlisted else [table for _, table in self._tables]
        found = self._listed(table.restored(stem) for table in tables)
        if with_parts and not found and len(stem) >= 5 and not self.known(stem):
            found = {r.text: self._coined(r) for r in self._composed(stem) if r.losses}
            if not found and (elided or not head):  # se'nnight begins in the middle of a word
                found = self._spelt(stem)
        found |= self._listed(table.half_restored(stem) for table in tables)
        found = {text: r for text, r in found.items() if _VOWEL.search(text)}
        if elided or (head and not self.is_english and head[:-1] not in _IRISH):
            found = {text: r for text, r in found.items() if text[0] not in "fF"}
        if not found and (len(stem) < 5 or self.known(stem)):  # no list of these languages has a word that it may be
            remember(self._met.barren, form)
        found = {text: r for text, r in found.items() if not self._is_variant(stem, r)}  # depends on the registers
        whole = (self._beside(head, r, tail) for r in found.values()) if head or tail else found.values()
        return tuple(sorted(whole, key=lambda r: (-r.probability, r.text)))

    def _coined(self, reading: Reading) -> Reading:
        """A reading that no list holds may also be put together in a way that we do not know."""
        return replace(reading, probability=reading.probability + self.unknown(reading.text))

    def _spelt(self, form: str) -> dict[str, Reading]:
        """The readings of a form that no list holds, nor parts of it, by how words are spelt: Byclie, Bycliffe."""
        small, found = form.lower(), dict[str, Reading]()
        if form[1:] != small[1:] or not small.isalpha():  # words in one with a capital between them are names in code
            return found
        for _, model in self._letters:
            least = model.log_probability(small) + WORTH_SPELLING
            for word, _ in model.insertions(small, LIGATURES, least):
                aligned = align(form, word)
                if aligned is not None and not self.known(aligned.restored):
                    text = aligned.restored
                    found[text] = Reading(text, self.unknown(text), aligned.losses, composed=True)
        return found

    def _beside(self, head: str, reading: Reading, tail: str) -> Reading:
        """A reading with what stands before it and behind it."""
        text = head + reading.text + tail
        rate = _beside_rate(head, tail)
        return replace(reading, text=text, probability=max(self.known(text), rate * reading.probability))

    def _is_variant(self, form: str, reading: Reading) -> bool:
        """Whether a form is but another spelling of a reading: afeição, affeição; hofte, hoffte."""
        if self.is_english or len(form) <= LONGEST_SIMPLE or not all(_HALF_FF in ways for ways in reading.losses):
            return False
        return self.known(form) > LEAST_VARIANT * reading.probability

    def _listed(self, restored: Iterable[Iterable[Alignment]]) -> dict[str, Reading]:
        return {a.restored: Reading(a.restored, self.known(a.restored), a.losses) for row in restored for a in row}

    def _compose(self, form: str) -> tuple[Reading, ...]:
        """The readings of a form through its parts, damaged or not.

        None is likelier than an unlisted word may be, and each keeps its distance to the others.
        """
        best: dict[str, Reading] = {}
        for share, words, affixes in self._affixes:
            for reading in find_compositions(form, words, affixes):
                weighed = replace(reading, probability=share * reading.probability, composed=True)
                if reading.text not in best or best[reading.text].probability < weighed.probability:
                    best[reading.text] = weighed
        scale = min(1.0, UNLISTED / (max((r.probability for r in best.values()), default=0.0) or UNLISTED))
        return tuple(replace(r, probability=scale * r.probability) for r in best.values())


@lru_cache(maxsize=8)
def _frequency_in(languages: frozenset[str]) -> Callable[[str], float]:
    """Tells the relative frequency of a lower-case word in the one of some languages that has it most often.

    What it told is remembered from text to text, whatever their registers are.
    """
    loaded = [table for code in sorted(languages) if (table := load_words(code))]
    tables = [table.forgetful() if isinstance(table, WordTable) else table for table in loaded]

    @lru_cache(maxsize=1 << 15)
    def frequency(word: str) -> float:
        return max([table.frequency(word) for table in tables], default=0.0)

    return frequency


def vocabulary_of(
    shares: Mapping[str, float],
    listed: Words | None = None,
    registers: Mapping[str, Sequence[float]] | None = None,
) -> Vocabulary:
    """The vocabulary of a text; the same object where texts, or two looks at one, have the same languages."""
    make = _make_vocabulary if registers else _make_plain_vocabulary
    return make(tuple(shares.items()), listed, tuple((registers or {}).items()))


def _make(
    shares: tuple[tuple[str, float], ...],
    listed: Words | None,
    registers: tuple[tuple[str, Sequence[float]], ...],
) -> Vocabulary:
    return Vocabulary(dict(shares), listed, dict(registers))


_make_vocabulary = lru_cache(maxsize=32)(_make)
"""Texts of one kind have the same registers; those of a corpus have a few."""

_make_plain_vocabulary = lru_cache(maxsize=16)(_make)
"""Without registers one for each language that a passage is in will do for all texts."""


STRAY_CAPITALS = 0.005
"""How often a word that is written small has a capital behind a small word: in titles, for emphasis."""

_ELIDED = frozenset("lmntsjcdu")
"""The last letters of words that lose their vowel before another one: l', d', qu', dell', quand', m'."""


_IRISH = ("O", "o")
"""O'Flaherty: before no other apostrophe than this, outside English, stands anything but what has lost a vowel."""

_VOWEL = re.compile("[^bcdfghjklmnpqrstvwxzçßñćłńśźż'’-]", re.IGNORECASE)
"""What has none is an abbreviation in the lists (`nfl`, `mff`), which is written with capitals, and those are no
ligatures; or a noise."""

_HALF_FF = Loss("ff", "f")

LONGEST_SIMPLE = 4
"""Shorter words with one f and with two are different ones: of, off; rife, riffe."""


def _best(readings: Iterable[Reading]) -> Reading:
    return max(readings, key=lambda r: r.probability)


def _beside_rate(head: str, tail: str) -> float:
    """How often a word stands with what is before and behind it, against all its uses."""
    return (ELIDED if head else 1.0) * (POSSESSIVE if tail else 1.0)
