"""What a document tells about itself, before any stage decides anything: its evidence and its channel.

Everything is counted on the source, so that a repair never counts as a survivor.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from ligafix.chunks import count_words
from ligafix.evidence.codes import SignWeights, infer_codes, keep_surest, weigh_signs
from ligafix.evidence.decoding import hide_decodable
from ligafix.evidence.doubling import find_doubling
from ligafix.evidence.families import find_families
from ligafix.evidence.losses import INTACT_LOSS, LigatureEvidence, find_suspects, weigh_losses
from ligafix.evidence.masking import choose_masked, find_masked, mask_signs
from ligafix.evidence.meanings import ANY, CodeEvidence
from ligafix.evidence.neighbours import Elsewhere, Neighbours
from ligafix.evidence.readable import is_readable
from ligafix.evidence.regions import Region, find_regions, may_differ
from ligafix.evidence.registers import find_registers
from ligafix.evidence.torn import count_pairs
from ligafix.lexicon import load_languages
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.forms import to_plain
from ligafix.lexicon.ligatures import LIGATURES, find_ligatures
from ligafix.lexicon.met import Pair
from ligafix.lexicon.readings import vocabulary_of
from ligafix.lexicon.words import UserWords

__all__ = [
    "Evidence",
    "LigatureEvidence",
    "OwnEvidence",
    "Region",
    "losses_to_dicts",
    "survey",
]

MAIN_LANGUAGE = 0.08
"""The share of a text above which a language is one of its own, and not that of a quotation."""

FEW_WORDS = 5.0
"""A second language shows by more words than this."""


LOWER_CASE, ENOUGH = 0.01, 200
"""Where fewer of the words than this have a capital, none has one for being a name: in most texts a tenth has. It takes
so many words to tell."""


@dataclass(frozen=True, slots=True)
class OwnEvidence:
    """What a document tells whatever its neighbours know: the dear part of its evidence, so that it is asked once.

    Attributes:
        languages: the languages it is written in and their shares.
        registers: for each of the languages that has several, the shares of its registers.
        weights: what its words say about its signs.
    """

    languages: Mapping[str, float]
    registers: Mapping[str, tuple[float, ...]]
    weights: SignWeights


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document tells about itself.

    Attributes:
        words: how many words it has.
        languages: the languages it is written in and their shares.
        losses: the evidence for each way to lose a ligature.
        registers: for each of the languages that has several, the shares of its registers.
        codes: what each odd sign stands for.
        vocabulary: how often each word stands in the source, as it is written there.
        families: the families of words that have lost a ligature, here or in its neighbours.
        neighbours: what the other documents of its folder or corpus know, if they were asked.
        listed: what its user says about words.
        weights: what its words say about its signs.
        is_readable: whether it is writing in languages that we know: otherwise no list tells what its words were.
        doubling: how much (nats) likelier ff is against f than in its languages, in words that some spell with both.
    """

    words: int
    languages: Mapping[str, float]
    losses: Mapping[Loss, LigatureEvidence]
    vocabulary: Mapping[str, int] = field(repr=False)
    codes: Mapping[str, CodeEvidence] = field(default_factory=dict)
    registers: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    listed: UserWords | None = field(default=None, repr=False)
    families: frozenset[str] = field(default_factory=frozenset, repr=False)
    neighbours: Neighbours = field(default_factory=Neighbours, repr=False)
    weights: SignWeights = field(default_factory=SignWeights, repr=False)
    is_readable: bool = True
    doubling: float = 0.0

    @property
    def is_lower_case(self) -> bool:
        """Whether names and sentences begin small in it, too."""
        most = LOWER_CASE * sum(self.vocabulary.values())
        capitals = accumulate(number for word, number in self.vocabulary.items() if word[0].isupper())
        return self.words >= ENOUGH and all(number < most for number in capitals)  # most texts have enough at once

    @property
    def own(self) -> OwnEvidence:
        """What of this does not depend on neighbours."""
        return OwnEvidence(self.languages, self.registers, self.weights)

    def elsewhere(self, line: str) -> Elsewhere:
        """What other texts tell of a line."""
        return self.neighbours.elsewhere(line)

    def lost(self, loss: Loss) -> float:
        """The share of a ligature that the channel loses in this way."""
        found = self.losses.get(loss)
        return found.lost if found else INTACT_LOSS

    def regions(self, text: str) -> tuple[Region, ...]:
        """The parts of the text that went through different channels; none where this evidence holds for all of it.

        Args:
            text: the text, as far as it is mended by now.
        """
        if not self.is_readable or not may_differ(self.losses):
            return ()
        coded = _count_coded(self.codes).keys()

        def stood(form: str) -> bool:
            return form in self.vocabulary or coded >= set(find_ligatures(form))

        vocabulary = vocabulary_of(self.languages, self.listed, self.registers)
        suspects = find_suspects(self.vocabulary, vocabulary)
        return find_regions(text, suspects, vocabulary, stood, self.neighbours.losses)

    def to_dict(self) -> dict[str, Any]:
        """The evidence as plain values, without the vocabulary."""
        return {
            "words": self.words,
            "languages": {code: round(share, 4) for code, share in self.languages.items()},
            "ligatures": losses_to_dicts(self.losses),
            "codes": [
                {
                    "sign": sign,
                    "count": found.count,
                    "meaning": found.meaning,
                    "probability": round(found.probability, 4),
                    "examples": [list(pair) for pair in found.examples],
                }
                for sign, found in self.codes.items()
            ],
        }


def losses_to_dicts(losses: Mapping[Loss, LigatureEvidence]) -> list[dict[str, Any]]:
    """The evidence for each way to lose a ligature as plain values."""
    return [
        {
            "ligature": loss.ligature,
            "left": loss.left,
            "intact": found.intact,
            "remains": round(found.remains, 2),
            "lost": round(found.lost, 6),
            "examples": [list(pair) for pair in found.examples],
        }
        for loss, found in losses.items()
    ]


def survey(
    text: str,
    languages: Sequence[str] = (),
    listed: UserWords | None = None,
    neighbours: Neighbours | None = None,
    own: OwnEvidence | None = None,
) -> Evidence:
    """Collect the evidence of a text, expecting `languages` or, where none are given, those it shows.

    Args:
        text: the text.
        languages: the languages to expect.
        listed: what the user says about words.
        neighbours: what the other documents of its folder or corpus know.
        own: what an earlier survey of this very text found that does not depend on them.
    """
    neighbours = neighbours or Neighbours()
    text = to_plain(hide_decodable(text))
    counts = count_words(text)
    own = own or _ask(text, counts, languages, listed)
    vocabulary = vocabulary_of(own.languages, listed, own.registers)
    codes = infer_codes(text, vocabulary_of(own.languages, listed), neighbours.codes, own.weights)
    signs = choose_masked(codes)
    masked = find_masked(text, signs)
    if masked is None:
        text, masked = mask_signs(text, signs), {}
        counts = count_words(text)
    elif masked:
        counts = count_words(text, masked, lambda chunk: masked.get(chunk) or mask_signs(chunk, signs))
    readable = is_readable(text, counts, vocabulary)
    codes = codes if readable else keep_surest(codes)
    pairs = count_pairs(text, vocabulary, masked.keys()) if readable else Counter[Pair]()
    losses = weigh_losses(counts, vocabulary, _count_coded(codes), pairs, neighbours.losses)
    families = find_families(counts, vocabulary, losses.values()) | neighbours.families
    doubling = find_doubling(counts, vocabulary, losses.values())
    found = (losses, counts, codes, own.registers, listed, families, neighbours, own.weights, readable, doubling)
    return Evidence(sum(counts.values()), own.languages, *found)


def _ask(text: str, counts: Mapping[str, int], languages: Sequence[str], listed: UserWords | None) -> OwnEvidence:
    """What a text tells whatever its neighbours know."""
    shares = dict.fromkeys(languages, 1 / len(languages)) if languages else _find_languages(counts)
    weights = weigh_signs(text, vocabulary_of(shares, listed))  # without registers: texts share what is found
    return OwnEvidence(shares, find_registers(counts, shares), weights)


def _count_coded(codes: Mapping[str, CodeEvidence]) -> Counter[str]:
    """How often each ligature stands as a code: so often it was not dropped."""
    coded: Counter[str] = Counter()
    for found in codes.values():
        if found.meaning is not None and found.probability > 0.5:
            for ligature in LIGATURES if found.meaning == ANY else (found.meaning,):
                coded[ligature] += found.count
    return coded


def _find_languages(counts: Mapping[str, int]) -> dict[str, float]:
    """The languages of a text and their shares, told from its commonest words.

    Each word votes for the languages in proportion to how much more likely it is in them, given the languages
    that the text as a whole is in (a few rounds of expectation maximisation).
    """
    found = zip(load_languages().votes(counts), counts.values(), strict=True)
    votes = [(math.sqrt(n), vote) for vote, n in found if vote is not None and vote.total > 0]
    shares: dict[str, float] = {}
    for number in range(6):
        if len(shares) == 1:
            return dict.fromkeys(shares, 1.0)
        gained: defaultdict[str, float] = defaultdict(float)
        for n, vote in votes:
            parts, whole = vote
            if number:
                parts = {code: shares[code] * ratio for code, ratio in parts.items()}
                whole = sum(parts.values())
            if whole > 0:
                for code, part in parts.items():
                    gained[code] += n * part / whole
        total = sum(gained.values())
        least = min(max(MAIN_LANGUAGE * total, FEW_WORDS), max(gained.values(), default=0.0))
        shares = {c: g / total for c, g in gained.items() if g >= least}
        if 1 < len(shares) < len(gained):
            votes = [(n, vote.among(shares)) for n, vote in votes]
    return dict(sorted(shares.items(), key=lambda item: -item[1])) or {"en": 1.0}
