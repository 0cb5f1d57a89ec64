"""What the documents of one group tell together, and what each of them learns from the others.

A group is a folder, or a file of records: often the pages of one book, each with too little evidence of its own. Its
evidence is a sum of integers and a sample by hash, so merging is the same in any order and grouping, and what it holds
is bounded. Fitted, it is a prior: the more of the others lost a ligature, the less a document must show of it itself.
What a document does show still decides, so one that is unlike its neighbours keeps its own judgement.
"""

from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from heapq import nsmallest
from typing import Any

from ligafix.evidence import Evidence
from ligafix.evidence.codes import CodePrior
from ligafix.evidence.losses import (
    HALF_LOST_PRIOR,
    HALF_LOST_SHARES,
    LOST_SHARES,
    LossPrior,
    Pattern,
    pattern_priors,
)
from ligafix.evidence.meanings import ITSELF
from ligafix.evidence.neighbours import Neighbours
from ligafix.evidence.pages import LineSum, RepeatedLines
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LIGATURES
from ligafix.odds import log_sum, to_probability

MOST_DOCUMENTS = 512
"""So many documents of a group are looked at one by one: enough to tell a share of one in a hundred."""

MOST_WORDS = 20_000
"""So many words with ligatures are kept of a group: more than a long book has."""

OWN_WEIGHT = 2.0
"""How many neighbours the general prior outweighs: one page is no book."""

ROUNDS = 12
"""Rounds of expectation maximisation; the priors hold still after fewer."""

_UNIT = 100
"""Weights are kept as integers of this part of a nat or of a word, since sums of fractions depend on their order."""

_SURELY = 0.9


@dataclass(frozen=True, slots=True)
class DocumentTally:
    """What one document shows.

    Attributes:
        intact: for each ligature the weight of the words in which it stands, in `1 / _UNIT`.
        gains: for each loss what the damaged words say for its shares, in nats / `_UNIT`.
        codes: what the document by itself reads its signs as, and how surely (parts of `_UNIT`).
    """

    intact: Mapping[str, int]
    gains: Mapping[Loss, tuple[int, ...]]
    codes: Mapping[str, tuple[str | None, int]]

    @classmethod
    def of_evidence(cls, evidence: Evidence) -> DocumentTally:
        """What a document shows, from its evidence collected without neighbours."""
        losses = evidence.losses.items()
        intact = {loss.ligature: round(_UNIT * found.weight) for loss, found in losses if not loss.left}
        gains = {loss: tuple(round(_UNIT * gain) for gain in found.gains) for loss, found in losses if found.gains}
        codes = {s: (found.meaning, round(_UNIT * found.probability)) for s, found in evidence.codes.items()}
        return cls(intact, gains, codes)

    def log_ratios(self, loss: Loss) -> list[float]:
        """How much likelier (nats) what the document shows is with each share lost than with none."""
        table = HALF_LOST_SHARES if loss.left else LOST_SHARES
        gains = self.gains.get(loss, (0,) * len(table))
        intact = self.intact.get(loss.ligature, 0)
        return [(gain + intact * math.log1p(-share)) / _UNIT for gain, (share, _) in zip(gains, table, strict=True)]


@dataclass(frozen=True, slots=True)
class GroupEvidence:
    """What the documents of a group show together. Instances are never changed; see `merge`.

    Attributes:
        documents: how many there are.
        words: how many words they have.
        sample: what some of them show, by their keys: those with the smallest.
        counts: how often words with ligatures stand intact: those with the smallest hashes.
        families: the families of words that have lost a ligature somewhere, in the same way.
        lines: the lines at the edges of their pages.
    """

    documents: int = 0
    words: int = 0
    sample: Mapping[str, DocumentTally] = field(default_factory=dict, repr=False)
    counts: Mapping[str, int] = field(default_factory=dict, repr=False)
    families: frozenset[str] = field(default_factory=frozenset, repr=False)
    lines: RepeatedLines = field(default_factory=RepeatedLines, repr=False)

    @classmethod
    def of_document(cls, key: str, text: str, evidence: Evidence) -> GroupEvidence:
        """What one document shows.

        Args:
            key: a hash that no other document of the group has; see `document_key`.
            text: its text.
            evidence: its evidence, collected without neighbours.
        """
        counts = {w: n for w, n in evidence.vocabulary.items() if any(lig in w for lig in LIGATURES)}
        sample = {key: DocumentTally.of_evidence(evidence)}
        kept = _keep_words(counts)
        families = frozenset(_smallest(evidence.families, MOST_WORDS))
        return cls(1, evidence.words, sample, kept, families, RepeatedLines.of_text(text))

    @classmethod
    def merge(cls, parts: Iterable[GroupEvidence]) -> GroupEvidence:
        """What several parts of a group show together; the same in whatever order and grouping they are merged."""
        total = GroupSum()
        for part in parts:
            total.add(part)
        return total.evidence()

    def to_json(self) -> dict[str, Any]:
        """The evidence as plain values, of which equal evidence has the same."""
        return {
            "documents": self.documents,
            "words": self.words,
            "sample": {key: _tally_to_json(tally) for key, tally in sorted(self.sample.items())},
            "counts": dict(sorted(self.counts.items())),
            "families": sorted(self.families),
            "lines": self.lines.to_json(),
        }

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> GroupEvidence:
        """The evidence that `to_json` made plain values of."""
        sample = {key: _tally_from_json(tally) for key, tally in record["sample"].items()}
        return cls(
            record["documents"],
            record["words"],
            sample,
            record["counts"],
            frozenset(record["families"]),
            RepeatedLines.from_json(record["lines"]),
        )


class GroupSum:
    """Sums up the evidence of a group, part by part, in bounded memory."""

    def __init__(self) -> None:
        self._documents = self._words = 0
        self._sample: dict[str, DocumentTally] = {}
        self._counts: Counter[str] = Counter()
        self._families: set[str] = set()
        self._lines = LineSum()

    def add(self, part: GroupEvidence) -> None:
        """Add the evidence of some documents."""
        self._documents += part.documents
        self._words += part.words
        self._sample.update(part.sample)
        self._counts.update(part.counts)
        self._families |= part.families
        self._lines.add(part.lines)
        if len(self._sample) > 2 * MOST_DOCUMENTS or max(len(self._counts), len(self._families)) > 2 * MOST_WORDS:
            self._prune()

    def evidence(self) -> GroupEvidence:
        """The evidence of all documents that were added."""
        self._prune()
        counts, families = dict(self._counts), frozenset(self._families)
        return GroupEvidence(self._documents, self._words, dict(self._sample), counts, families, self._lines.lines())

    def _prune(self) -> None:
        """Keep what has the smallest hashes; of what is kept nothing was ever dropped, so the counts are exact."""
        self._sample = _keep_documents(self._sample)
        self._counts = Counter(_keep_words(self._counts))
        self._families = set(_smallest(self._families, MOST_WORDS))


def document_key(name: str, data: bytes) -> str:
    """The key of a document: a hash of its name within the corpus and of its bytes."""
    return hashlib.blake2b(name.encode("utf-8", "surrogatepass") + b"\0" + data, digest_size=12).hexdigest()


class FittedGroup:
    """A group's evidence, ready to tell each document of it what its neighbours know."""

    def __init__(self, evidence: GroupEvidence) -> None:
        self.evidence = evidence
        self._tallies = evidence.sample
        halves = {loss for tally in self._tallies.values() for loss in tally.gains if loss.left}
        self._losses = _MixtureOfLosses(list(self._tallies.values()))
        self._halves = {loss: _MixtureOfHalves(loss, list(self._tallies.values())) for loss in sorted(halves)}
        self._places = {key: number for number, key in enumerate(self._tallies)}

    def neighbours_of(self, key: str, corpus: RepeatedLines | None = None) -> Neighbours | None:
        """What the other documents of the group know; None where there are none.

        Args:
            key: the document's own key.
            corpus: the lines at the edges of the pages of all groups.
        """
        if self.evidence.documents < 2:
            return Neighbours(corpus=corpus) if corpus else None
        place = self._places.get(key)
        halves = {loss: mixture.prior_without(place) for loss, mixture in self._halves.items()}
        return Neighbours(
            replace(self._losses.prior_without(place), halves=halves),
            self._codes_without(key),
            self.evidence.counts,
            self.evidence.words,
            self.evidence.families,
            self.evidence.lines,
            corpus,
        )

    def _codes_without(self, key: str) -> CodePrior:
        """What the other documents read signs as, as far as they do not contradict this one anywhere."""
        own = self._tallies[key].codes if key in self._tallies else {}
        weights: dict[str, Counter[str | None]] = {}
        numbers: Counter[str] = Counter()
        for other, tally in self._tallies.items():
            if other != key and tally.codes and not _contradict(own, tally.codes):
                for sign, (meaning, surety) in tally.codes.items():
                    weights.setdefault(sign, Counter())[meaning] += surety
                    numbers[sign] += 1
        return {
            sign: {m: w / _UNIT / (numbers[sign] + OWN_WEIGHT) for m, w in found.items() if w}
            for sign, found in weights.items()
        }


@dataclass(frozen=True, slots=True)
class _Expected:
    """How probable each set of lost ligatures is, and each share of each ligature together with its loss."""

    patterns: Mapping[Pattern, float]
    shares: Mapping[str, Sequence[float]]

    @classmethod
    def beforehand(cls, weight: float) -> _Expected:
        """As for any document, with some weight."""
        patterns = {pattern: weight * prior for pattern, prior in pattern_priors().items()}
        return cls(patterns, {lig: [weight * prior for _, prior in LOST_SHARES] for lig in LIGATURES})

    def plus(self, other: _Expected, times: int = 1) -> _Expected:
        """The sum of both, or with -1 the difference."""
        patterns = {p: max(0.0, own + times * other.patterns[p]) for p, own in self.patterns.items()}
        shares = {
            lig: [max(0.0, a + times * b) for a, b in zip(own, other.shares[lig], strict=True)]
            for lig, own in self.shares.items()
        }
        return _Expected(patterns, shares)

    def prior(self) -> LossPrior:
        """The sum as a prior, together with the general one."""
        found = self.plus(_Expected.beforehand(OWN_WEIGHT))
        whole = sum(found.patterns.values())
        return LossPrior(
            {pattern: weight / whole for pattern, weight in found.patterns.items()},
            {lig: _spread(weights) for lig, weights in found.shares.items()},
        )


def _spread(weights: Sequence[float]) -> list[tuple[float, float]]:
    whole = sum(weights)
    return [(share, weight / whole) for (share, _), weight in zip(LOST_SHARES, weights, strict=True)]


class _MixtureOfLosses:
    """How the documents of a group are spread over the sets of ligatures that fonts lose.

    Fitted by expectation maximisation, held by the general prior.
    """

    def __init__(self, tallies: Sequence[DocumentTally]) -> None:
        self._found: list[_Expected] = []
        self._sum = _Expected.beforehand(0.0)
        rows = [{lig: tally.log_ratios(Loss(lig, "")) for lig in LIGATURES} for tally in tallies]
        for _ in range(ROUNDS if len(tallies) > 1 else 0):
            prior = self._sum.prior()
            self._found = [_expect(row, prior) for row in rows]
            self._sum = reduce(_Expected.plus, self._found, _Expected.beforehand(0.0))

    def prior_without(self, place: int | None) -> LossPrior:
        """The prior that all documents but one give it."""
        return (self._sum if place is None else self._sum.plus(self._found[place], -1)).prior()


def _expect(row: Mapping[str, Sequence[float]], prior: LossPrior) -> _Expected:
    """What a document most likely lost, given the log likelihood ratios of each share of each ligature."""
    parts = {
        lig: [math.log(own) + log for (_, own), log in zip(prior.shares[lig], logs, strict=True)]
        for lig, logs in row.items()
    }
    logs = {lig: log_sum(part) for lig, part in parts.items()}
    patterns = _normalize({p: math.log(own) + sum(logs[lig] for lig in p) for p, own in prior.patterns.items()})
    shares = {}
    for lig, part in parts.items():
        lost = sum(chance for pattern, chance in patterns.items() if lig in pattern)
        shares[lig] = [lost * math.exp(value - logs[lig]) for value in part]
    return _Expected(patterns, shares)


class _MixtureOfHalves:
    """In how many documents of a group a ligature leaves one of its letters."""

    def __init__(self, loss: Loss, tallies: list[DocumentTally]) -> None:
        self._odds = [
            log_sum([math.log(p) + log for (_, p), log in zip(HALF_LOST_SHARES, tally.log_ratios(loss), strict=True)])
            for tally in tallies
        ]
        self._found: list[float] = []
        prior = HALF_LOST_PRIOR
        for _ in range(ROUNDS if len(tallies) > 1 else 0):
            self._found = [to_probability(math.log(prior / (1 - prior)) + odds) for odds in self._odds]
            prior = _with_prior(sum(self._found), len(self._found))

    def prior_without(self, place: int | None) -> float:
        """How probable the loss is for one document, as all others tell."""
        own = 0.0 if place is None else self._found[place]
        return _with_prior(max(0.0, sum(self._found) - own), len(self._found) - (place is not None))


def _with_prior(total: float, number: int) -> float:
    return (OWN_WEIGHT * HALF_LOST_PRIOR + total) / (OWN_WEIGHT + number)


def _contradict(own: Mapping[str, tuple[str | None, int]], other: Mapping[str, tuple[str | None, int]]) -> bool:
    """Whether two documents surely read a sign in two ways: then they come from different producers.

    That a sign is what it looks like is no reading: a page that has it once can tell no better.
    """
    return any(
        _is_sure(reading) and sign in other and _is_sure(other[sign]) and reading[0] != other[sign][0]
        for sign, reading in own.items()
    )


def _is_sure(reading: tuple[str | None, int]) -> bool:
    meaning, surety = reading
    return meaning is not ITSELF and surety > _SURELY * _UNIT


def _normalize(logs: Mapping[Pattern, float]) -> dict[Pattern, float]:
    whole = log_sum(logs.values())
    return {key: math.exp(value - whole) for key, value in logs.items()}


def _hash(word: str) -> bytes:
    return hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def _smallest(items: Iterable[str], number: int, key: Callable[[str], Any] = _hash) -> list[str]:
    items = list(items)
    return items if len(items) <= number else nsmallest(number, items, key=key)


def _keep_words(counts: Mapping[str, int]) -> dict[str, int]:
    return {word: counts[word] for word in _smallest(counts, MOST_WORDS)}


def _keep_documents(sample: Mapping[str, DocumentTally]) -> dict[str, DocumentTally]:
    return {key: sample[key] for key in sorted(_smallest(sample, MOST_DOCUMENTS, key=str))}


def _tally_to_json(tally: DocumentTally) -> list[Any]:
    gains = [[loss.ligature, loss.left, *found] for loss, found in sorted(tally.gains.items())]
    codes = [[sign, meaning, surety] for sign, (meaning, surety) in sorted(tally.codes.items())]
    return [dict(sorted(tally.intact.items())), gains, codes]


def _tally_from_json(record: list[Any]) -> DocumentTally:
    intact, gains, codes = record
    return DocumentTally(
        intact,
        {Loss(ligature, left): tuple(found) for ligature, left, *found in gains},
        {sign: (meaning, surety) for sign, meaning, surety in codes},
    )
