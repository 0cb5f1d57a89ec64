"""What pieces that stand side by side may have been: one word that a ligature's glyph tore apart.

Every answer is a `Repair` with how much likelier it is than what stands there, before the channel is asked.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product

from ligafix.chunks import Chunks
from ligafix.chunks.words import edge_words
from ligafix.evidence.torn import PIECE, PiecePairs, find_pairs
from ligafix.lexicon import load_words
from ligafix.lexicon.ligatures import LIGATURES, SPACED
from ligafix.lexicon.met import Pair
from ligafix.lexicon.skeleton import has_ligature, skeletons
from ligafix.scoring import Scorer
from ligafix.scoring.alone import COMMON, OWN_WORDS, UNHEARD
from ligafix.stages.codes.habits import Damage

COLLOCATION = 3.0
"""How much more often than by chance two words stand side by side that could be one."""

MISUSED_ARTICLE = 0.03
"""The same for *a* before a vowel (`a air`, which was an affair): errors, and words such as *one*."""

FUNCTION_WORD = 1e-3
"""What is more frequent than this is a word even where it is short (`offto`)."""

LOOSE = 0.01
"""A word less frequent than this share of its rarer half is written as two as well (`fire fighting`, `tail fins`)."""

APART = 0.3
"""How many such words are written as two, against one."""

FOREIGN = 10.0
"""What is so much more frequent in another language is a word of that one, if the word beside it is, too."""

_VOWELS = "aeiouyhœæáàâäãåéèêëíìîïóòôöõúùûü"
"""What elided words stand before: what stands there before an apostrophe and another letter is a whole word."""

_STEM = re.compile(rf"((?:\w{{1,6}}['’](?=[{_VOWELS}]\w\w))?)(.*?)((?:['’][sS])?)", re.IGNORECASE)
_COMPLETE = re.compile(rf"['’](?![{_VOWELS}])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Repair:
    """A way to mend a place.

    Attributes:
        text: what comes there.
        damages: what must have happened to it; each is a habit of the channel.
        ratio: how much likelier it is than what stands there.
        share: how probable it is that the text is this, and not the same with a space in it.
    """

    text: str
    damages: tuple[Damage, ...]
    ratio: float
    share: float = 1.0


def joints(first: str, second: str) -> tuple[str, ...]:
    """The ligatures at the joint of two pieces, with a space on the side where they part.

    >>> joints("Th", "e"), joints("arti", "ficial"), joints("of", "fence")
    (('Th ',), ('ti ', ' fi'), ())
    """
    if not first.endswith(SPACED) and not second.startswith(SPACED):
        return ()
    after = next(((ligature + " ",) for ligature in SPACED if first.endswith(ligature)), ())
    return after + next(((" " + ligature,) for ligature in SPACED if second.startswith(ligature)), ())


class Joiner:
    """Finds what pieces may have been, by the words of a document's languages and its own."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._vocabulary = scorer.vocabulary
        self._is_english = next(iter(scorer.evidence.languages), "") == "en"
        self._lists = [words for code in self._vocabulary.shares if (words := load_words(code))]
        self.torn = lru_cache(maxsize=1 << 16)(self._torn)
        self.spaced = lru_cache(maxsize=1 << 16)(self._spaced)
        self.run_together = lru_cache(maxsize=1 << 16)(self._run_together)

    def is_piece(self, word: str) -> bool:
        """Whether a word is so rare that it may be a piece of another."""
        return self._vocabulary.known(word) < PIECE

    def pieces(self, words: Set[str]) -> Set[str]:
        """Those of some words that may be pieces of others."""
        return self._vocabulary.rarer(words, PIECE)

    def pairs_of_pieces(self, chunks: Chunks) -> PiecePairs:
        """The pairs of chunks of a text one of which has what may be a piece."""
        return find_pairs(chunks, self._vocabulary)

    def find_fertile(self, chunks: Chunks) -> Iterator[Pair]:
        """Those of these pairs that may be one word, by the lists or by the document's own words."""
        pairs = self.pairs_of_pieces(chunks)
        yield from pairs.fertile
        yield from pairs.having(self._own_words)

    def may_go_on(self, first: str, second: str) -> bool:
        """Whether what two chunks end and begin in may be one word, or the beginning of one in more pieces.

        Fast where what they make begins no word of the lists or of the document.
        """
        word, following = edge_words(first)[1], edge_words(second)[0]
        joined = word + following
        if not joined.isalpha() or self.torn(word, following):
            return True
        if following != second:  # the row ends there
            return self.is_one_word((word, following))
        return self._vocabulary.begins_word(joined) or f"\n{joined}" in self._own_lines

    @cached_property
    def _own_lines(self) -> str:
        """The document's own words, each in a line."""
        return "\n".join(("", *self._scorer.evidence.vocabulary))

    def _torn(self, first: str, second: str) -> tuple[Repair, ...]:
        """The words that two pieces make with a ligature between them, and perhaps another one before or behind.

        >>> from ligafix.evidence import survey
        >>> [repair.text for repair in Joiner(Scorer(survey("a signi cant e ect"))).torn("signi", "cant")]
        ['significant']
        """
        if not second.islower() or (len(first) > 1 and first.isupper()) or is_complete(first):
            return ()
        if not self.may_be_torn(first + second):
            return ()
        found = {text: lost for text, lost in self._find_torn(first, second) if self.frequency(text)}
        if not found:
            return ()
        apart = self._apart(first, second)
        return tuple(
            Repair(text, tuple(Damage("ligature-as-space", x) for x in lost if x), self.frequency(text) / apart)
            for text, lost in found.items()
        )

    def may_be_torn(self, form: str) -> bool:
        """Whether pieces may be a word together: fast, and mostly they are none."""
        if not form.isalpha():
            return True
        for bare in skeletons(form.lower()):
            if bare in self._own_words:
                return True
            for words in self._lists:
                if words.has_skeleton(bare):
                    return True
        return False

    def _apart(self, first: str, second: str) -> float:
        """How probable two pieces are as two words: as they stand, or the second with a ligature lost at its start.

        There nothing but the space is left (`control ow`), and it takes no other habit than a torn word does.
        """
        lost = max(self.frequency(ligature + second) for ligature in LIGATURES)
        likely = self._vocabulary.probability
        chance = likely(first) * lost
        if not self._vocabulary.known(first) > FUNCTION_WORD:
            chance *= COLLOCATION
        return self._collocation(first, second) * likely(first) * (likely(second) + self._half_lost(second)) + chance

    def _half_lost(self, word: str) -> float:
        """How probable a word is as one of which a ligature left a letter (`of ine`, of fine)."""
        readings = self._scorer.readings(word)
        return sum(math.exp(r.weight) for r in readings if any(loss.left for loss in r.losses))

    def _find_torn(self, first: str, second: str) -> Iterator[tuple[str, tuple[str, str, str]]]:
        """The words that two pieces may have been, with what was lost before, between and behind them."""
        mark = max(first.rfind("'"), first.rfind("’")) + 1
        head, begin = first[:mark], first[mark:]
        _, stem, tail = split_word(second)
        for word in self._with_skeletons((begin + stem).lower()):
            for lost in _losses(word, begin.lower(), stem):
                if not (lost[0] and (head or begin[:1].isupper())):
                    yield head + lost[0] + begin + lost[1] + stem + lost[2] + tail, lost

    def _with_skeletons(self, form: str) -> list[str]:
        """The words with the skeletons of a lower-case form, in the lists and in the document."""
        found: list[str] = []
        for bare in skeletons(form):
            for words in self._lists:
                found += words.with_skeleton(bare)
            found += self._own_words.get(bare, ())
        return found

    @cached_property
    def _own_words(self) -> Mapping[str, list[str]]:
        """The document's own words that bear a ligature, lower case, by their skeletons."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for word in {word.lower() for word in self._scorer.evidence.vocabulary if "f" in word and has_ligature(word)}:
            for bare in skeletons(word):
                found[bare].append(word)
        return found

    def cut(self, word: str, stray: float, *, at_start: bool) -> Iterator[Repair]:
        """The words that a piece makes with a ligature at one end, where a share `stray` of the spaces mean nothing.

        A capital is never inside a word, and before it no ligature stands.
        """
        if (at_start and not word[0].islower()) or (not at_start and is_complete(word)):
            return
        apart = stray * max(UNHEARD, self._vocabulary.probability(word))
        for ligature in LIGATURES:
            text = ligature + word if at_start else word + ligature
            if frequency := self.frequency(text):
                yield Repair(text, (Damage("ligature-as-space", ligature),), frequency / apart)

    def are_foreign(self, *words: str) -> bool:
        """Whether words that stand side by side are of another language (`" les vacances`)."""
        known, abroad = self._vocabulary.known, self._vocabulary.frequency_abroad
        return all(word and abroad(word) > FOREIGN * known(word) for word in words)

    def is_one_word(self, pieces: tuple[str, ...]) -> bool:
        """Whether pieces make a word as they stand."""
        text = "".join(pieces)
        return text[len(pieces[0]) :].islower() and not any(map(is_complete, pieces[:-1])) and self.frequency(text) > 0

    def _spaced(self, pieces: tuple[str, ...], gaps: str) -> tuple[Repair, ...]:
        """The word that pieces make as they stand, if they part at ligatures; each way in which it came about.

        `gaps` has a character for each joint.
        """
        if not self.is_one_word(pieces):
            return ()
        text = "".join(pieces)
        ways = product(*map(_damages, pieces, pieces[1:], gaps))
        ratio = self.frequency(text) / self.side_by_side(*pieces)
        share = 1 - APART if self._may_be_two(pieces) else 1.0
        return tuple(Repair(text, damages, ratio, share) for damages in ways)

    def _may_be_two(self, pieces: tuple[str, ...]) -> bool:
        """Whether pieces may as well be two words that are seldom written as one (`fi re fi ghters`)."""
        text = "".join(pieces)
        ends = [len("".join(pieces[:number])) for number in range(1, len(pieces))]
        return any(self._is_loose(text[:end], text[end:]) for end in ends)

    def _is_loose(self, first: str, second: str) -> bool:
        """Whether two words are so seldom written as one that they may well be two."""
        known = self._vocabulary.known
        return min(len(first), len(second)) > SHORT and known(first + second) < LOOSE * min(known(first), known(second))

    def _run_together(self, word: str) -> tuple[Repair, ...]:
        """The two words that a word may be which lost the space behind a ligature.

        Where nothing tells how readily a language builds words, it may be a compound or an inflection (`typografier`).
        """
        if not self._vocabulary.knows_compounds:
            return ()
        parts = [(word[:end], word[end:], ligature) for end, ligature in _ligature_ends(word)]
        parts = [(first, second, ligature) for first, second, ligature in parts if self._may_part(first, second)]
        if not parts or not self.is_piece(word):
            return ()
        whole = self._vocabulary.probability(word)
        return tuple(
            Repair(
                f"{first} {second}",
                (Damage("space-lost-after-ligature", ligature),),
                self.side_by_side(first, second) / whole,
            )
            for first, second, ligature in parts
        )

    def _may_part(self, first: str, second: str) -> bool:
        return len(first) > 2 and self._vocabulary.known(first) > COMMON and self._may_follow(second)

    def _may_follow(self, word: str) -> bool:
        known = self._vocabulary.known(word)
        return word.islower() and (known > FUNCTION_WORD or (known > PIECE and len(word) > 3))

    def frequency(self, text: str) -> float:
        """How frequent a word is in the language or in this document; 0.0 where neither has it."""
        _, stem, _ = split_word(text)
        here = self._scorer.evidence.vocabulary.get(stem, 0)
        return max(self._vocabulary.known(stem), OWN_WORDS * here / max(1000, self._scorer.evidence.words))

    def side_by_side(self, *words: str) -> float:
        """How probable words are one after the other, each as it stands or with ligatures dropped."""
        chance = math.prod(max(UNHEARD, self._scorer.form_probability(word)) for word in words)
        return chance * self._collocation(*words)

    def _collocation(self, *words: str) -> float:
        """How much more often words stand side by side than by chance."""
        if words[0].lower() == "a" and words[1][0] in "aeio" and self._is_english:
            return MISUSED_ARTICLE
        is_common = self._vocabulary.known(words[0]) > FUNCTION_WORD
        return COLLOCATION if is_common or not any(map(self.is_piece, words)) else 1.0


SHORT = 2
"""Words of so few letters are prefixes and endings as often."""


def is_complete(word: str) -> bool:
    """Whether a word ends in what is no beginning of another, as all do but those behind an elided one.

    >>> is_complete("Bava's"), is_complete("they’re"), is_complete("l’a"), is_complete("signi")
    (True, True, False, False)
    """
    return _COMPLETE.search(word) is not None


def split_word(word: str) -> tuple[str, str, str]:
    """What is left of an elided article, a word, and its 's.

    >>> split_word("officer’s"), split_word("l’affaire"), split_word("office")
    (('', 'officer', '’s'), ('l’', 'affaire', ''), ('', 'office', ''))
    """
    if "'" not in word and "’" not in word:
        return "", word, ""
    found = _STEM.fullmatch(word)
    return (found[1], found[2], found[3]) if found else ("", word, "")


def _losses(word: str, first: str, second: str) -> Iterator[tuple[str, str, str]]:
    """The ligatures that a word has before, between and behind two pieces of it, where that is all it has besides.

    >>> list(_losses("significant", "signi", "cant")), list(_losses("firefly", "re", "y"))
    ([('', 'fi', '')], [('fi', 'fl', '')])
    """
    for before in ("", *LIGATURES):
        for between in LIGATURES:
            head = before + first + between + second
            if word.startswith(head) and word[len(head) :] in ("", *LIGATURES):
                yield before, between, word[len(head) :]


def _damages(first: str, second: str, gap: str) -> list[Damage]:
    """What can have happened where a word parts between two pieces."""
    forms = joints(first, second)
    if gap != "\n":
        return [Damage("spaced-ligature", form) for form in forms]
    return [Damage("line-end-after-ligature", form.rstrip()) for form in forms if form.endswith(" ")]


@lru_cache(maxsize=1 << 13)
def _ligature_ends(word: str) -> tuple[tuple[int, str], ...]:
    """Where inside a word a ligature ends, and which."""
    return tuple(
        (found.end(), ligature)
        for ligature in LIGATURES
        for found in re.finditer(ligature, word)
        if found.end() < len(word)
    )
