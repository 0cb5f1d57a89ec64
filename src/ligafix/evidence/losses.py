"""Which ligatures a document lost.

For each ligature the survey weighs the words in which it stands against the words that look as if it had been
lost, and infers how probable it is that the document's channel drops it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations

from ligafix.evidence.torn import find_torn
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LIGATURES, LOST_TOGETHER, RARELY_LOST_TOGETHER, find_ligatures
from ligafix.lexicon.met import Pair
from ligafix.lexicon.readings import Vocabulary
from ligafix.odds import to_probability

LOST_SHARES = ((0.15, 0.02), (0.5, 0.08), (0.9, 0.35), (0.99, 0.55))
"""How much of a ligature is gone where some of it is: share, and how probable this share is beforehand."""

HALF_LOST_SHARES = ((0.15, 0.3), (0.5, 0.3), (0.95, 0.4))
"""The same for ligatures that leave one of their letters."""

INTACT_LOSS = 1e-6
"""The chance that a single ligature is lost in a document that loses none: a typing error that looks like it."""

CAP, NAME_CAP, _SHORT_CAP, _PAIR_CAP, _LETTER_CAP = 3e4, 100.0, 30.0, 5.0, 3.0
"""No word may be likelier as damaged than this many times; one with a capital may be a name, one of three letters an
abbreviation, one of two a command (`ls`, `rm`), too, a letter by itself a quantity, or one of a word set wide."""


LIKELY = 0.5
"""What a document is less likely to lose than this, it loses nothing of."""

ALONE = 500.0
"""No word may be likelier as half damaged than this many times, where no other ligature is: one alone may be a slip of
its author, or a word of a language of which the lists are short (`sufix`)."""

HALF_LOST_PRIOR = 0.002
"""How often a font leaves one letter of a given ligature."""

MISSPELT = 5e-4
"""How often authors leave out a letter of a word's ff, ffi or ffl: `stifly`, `efect`; the most in the corpora."""

Pattern = frozenset[str]
"""Ligatures that a font loses together."""


@cache
def pattern_priors() -> Mapping[Pattern, float]:
    """How probable each set of lost ligatures is before anything is known about a document."""
    priors = dict(LOST_TOGETHER)
    every = [frozenset(c) for n in range(len(LIGATURES) + 1) for c in combinations(LIGATURES, n)]
    rare = RARELY_LOST_TOGETHER / (len(every) - len(priors))
    return {pattern: priors.get(pattern, rare) for pattern in every}


@dataclass(frozen=True, slots=True)
class LossPrior:
    """What is known about a document's losses beforehand; its neighbours tell more than what holds for any document.

    Attributes:
        patterns: how probable it is that just these ligatures are lost.
        shares: for each ligature the shares of it that may be lost, and how probable each is where some is.
        halves: how probable it is that a ligature is half lost in this way.
    """

    patterns: Mapping[Pattern, float] = field(default_factory=pattern_priors)
    shares: Mapping[str, Sequence[tuple[float, float]]] = field(default_factory=dict)
    halves: Mapping[Loss, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LigatureEvidence:
    """What a document tells about one ligature (or about what a half-lost one leaves).

    Attributes:
        intact: how many words have it.
        remains: how many words look as if they had lost it, each counted by how probable that is.
        lost: the share of it that the document's channel loses, from 0 to 1, as far as we know.
        examples: the commonest of the damaged words with the readings proposed.
        weight: how much the intact words weigh as evidence (repeats tell less).
        gains: how much likelier (nats) the damaged words are with each of the shares that may be lost than with
            none; names and abbreviations do not count, which stand on every page of a book.
        inside: how much the words weigh that lost it between two letters and left no gap there.
    """

    intact: int
    remains: float
    lost: float
    examples: tuple[tuple[str, str], ...] = ()
    weight: float = 0.0
    gains: tuple[float, ...] = ()
    inside: float = 0.0


def weigh_losses(
    counts: Mapping[str, int],
    vocabulary: Vocabulary,
    coded: Mapping[str, int],
    pairs: Mapping[Pair, int] | None = None,
    prior: LossPrior | None = None,
) -> dict[Loss, LigatureEvidence]:
    """The evidence for each way to lose a ligature that the text gives any reason to think of.

    Args:
        counts: how often each word stands in the text.
        vocabulary: the words of its languages.
        coded: how often a ligature stands as a code.
        pairs: how often words stand side by side that may be pieces of one.
        prior: what is known beforehand; None knows what holds for any document.
    """
    prior = prior or LossPrior()
    intact = count_intact(counts)
    for ligature, number in coded.items():
        intact.weight[ligature] += _weight(number)
    ratios = _ratios(counts, vocabulary)
    for loss, ratio, number, (first, second), word in find_torn(pairs or {}, vocabulary):
        ratios[loss].append((min(_cap(first + second), ratio), number, f"{first} {second}", word))
    chances = _lost_shares(intact.weight, ratios, prior)
    found = {}
    for loss in sorted({*ratios, *(Loss(ligature, "") for ligature in LIGATURES)}):
        lost = chances.get(loss, INTACT_LOSS)
        rows = ratios.get(loss, [])
        inside = sum(_weight(n) * _probability(lost, r) for r, n, seen, word in rows if _is_inside(loss, seen, word))
        likely = [(n * _probability(lost, r), seen, reading) for r, n, seen, reading in rows]
        likely.sort(key=lambda row: (-row[0], row[1]))
        examples = tuple((seen, reading) for part, seen, reading in likely[:5] if part > 0.5)
        remains = sum(row[0] for row in likely)
        weight = intact.weight[loss.ligature]
        gains = _gains(loss, rows)
        found[loss] = LigatureEvidence(intact.count[loss.ligature], remains, lost, examples, weight, gains, inside)
    return found


def _probability(lost: float, ratio: float) -> float:
    """How probable it is that a word lost a ligature of which a share is lost."""
    return lost * ratio / (1 + lost * ratio)


def _weight(number: int) -> float:
    """How much a word weighs as evidence that stands so often: repeats tell less."""
    return 1 + math.log(number)


def _is_inside(loss: Loss, seen: str, reading: str) -> bool:
    """Whether a word lost a ligature between two letters that stand side by side now."""
    return not reading.startswith(loss.ligature) and not reading.endswith(loss.ligature) and " " not in seen


@dataclass(slots=True)
class _Intact:
    """Words in which a ligature stands: how many, and how much they weigh as evidence (repeats tell less)."""

    count: Counter[str] = field(default_factory=Counter)
    weight: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))


def count_intact(counts: Mapping[str, int]) -> _Intact:
    """Count the ligatures that stand; capital Fi and Fl never were one."""
    intact = _Intact()
    for word in [word for word in counts if "f" in word]:
        for ligature in find_ligatures(word):
            intact.count[ligature] += counts[word]
            intact.weight[ligature] += _weight(counts[word])
    return intact


Suspects = Mapping[str, Mapping[Loss, float]]
"""Forms that may have lost a ligature: for each way, how much likelier they are so than as they stand."""

SUSPECT = 3.0
"""What is less than this many times likelier as damaged tells nothing about the place where it stands."""


def find_suspects(counts: Mapping[str, int], vocabulary: Vocabulary) -> Suspects:
    """The forms among these words that look as if they had lost a ligature."""
    found: defaultdict[str, dict[Loss, float]] = defaultdict(dict)
    for loss, rows in _ratios(counts, vocabulary).items():
        for ratio, _, word, _ in rows:
            if ratio >= SUSPECT:
                found[word][loss] = ratio
    return found


def _ratios(counts: Mapping[str, int], vocabulary: Vocabulary) -> defaultdict[Loss, list[tuple[float, int, str, str]]]:
    """For each loss the words that may have suffered it.

    In each row: how much likelier the word is so than as it stands, how often it stands there, the word, its best
    reading.
    """
    found: defaultdict[Loss, list[tuple[float, int, str, str]]] = defaultdict(list)
    readable = vocabulary.readable_by_lists(frozenset(counts))
    for word in filter(readable.__contains__, counts):
        number = counts[word]
        cap = _cap(word)
        for loss, ratio, best in vocabulary.single_losses(word):
            found[loss].append((min(cap, ratio), number, word, best))
    return found


def _cap(word: str) -> float:
    if len(word) <= 3:
        return (_LETTER_CAP, _PAIR_CAP, _SHORT_CAP)[len(word) - 1]
    return NAME_CAP if word[0].isupper() else CAP


def _gains(loss: Loss, rows: Iterable[tuple[float, int, str, str]]) -> tuple[float, ...]:
    """What the words that can be no names say for each of the shares that may be lost."""
    ratios = [ratio for ratio, _, word, _ in rows if len(word) > 3 and not word[0].isupper()]
    shares = HALF_LOST_SHARES if loss.left else LOST_SHARES
    return tuple(_gain(share, ratios) for share, _ in shares) if ratios else ()


def _gain(share: float, ratios: Iterable[float]) -> float:
    return sum(math.log1p(share * (ratio - INTACT_LOSS)) for ratio in ratios)


def _lost_shares(
    intact: Mapping[str, float], ratios: Mapping[Loss, list[tuple[float, int, str, str]]], prior: LossPrior
) -> dict[Loss, float]:
    """The expected lost share of each ligature, over all patterns of ligatures that a font may lose."""
    logs: dict[str, float] = {}
    means: dict[str, float] = {}
    for ligature in LIGATURES:
        values = [ratio for ratio, *_ in ratios.get(Loss(ligature, ""), [])]
        shares = prior.shares.get(ligature, LOST_SHARES)
        logs[ligature], means[ligature] = _weigh_shares(shares, intact.get(ligature, 0.0), values)
    chances = _weigh_patterns(logs, prior.patterns)
    lost = {Loss(lig, ""): _expect(means[lig], p) for lig, p in chances.items()}
    explained = {word for loss, rows in ratios.items() if lost.get(loss, 0.0) > 0.3 for _, _, word, _ in rows}
    halves: dict[Loss, float] = {}
    for is_alone in (True, False):
        sides = {_leaves_first(loss) for loss, share in halves.items() if share > INTACT_LOSS}
        for loss in [loss for loss in ratios if loss.left and (is_alone or _leaves_first(loss) in sides)]:
            most = ALONE if is_alone else 1 / MISSPELT if is_like_misspelling(loss) else CAP
            values = [min(most, ratio) for ratio in _best_of_stems(ratios[loss], explained)]
            whole = Loss(loss.ligature, "")
            gone = sum(_probability(lost[whole], ratio) for ratio, *_ in ratios.get(whole, []))
            log, mean = _weigh_shares(HALF_LOST_SHARES, intact.get(loss.ligature, 0.0) + gone, values)
            beforehand = prior.halves.get(loss, HALF_LOST_PRIOR)
            halves[loss] = _expect(mean, to_probability(log + math.log(beforehand)))
    return lost | halves


def _best_of_stems(rows: Iterable[tuple[float, int, str, str]], explained: Container[str]) -> Iterable[float]:
    """The ratios of the rows whose words nothing else explains, one for those that begin alike (`ofset`, `Ofset`)."""
    best: dict[str, float] = {}
    for ratio, _, word, _ in rows:
        if word not in explained:
            stem = re.split("['’]", word.lower())[-1][:STEM]
            best[stem] = max(ratio, best.get(stem, 0.0))
    return best.values()


STEM = 5
"""Words that begin with the same letters, so many, are of one stem, and are misspelt in the same way."""


def _leaves_first(loss: Loss) -> bool:
    """Whether it is the first letter of a ligature that is left; where one font leaves it, it does so of others."""
    return loss.ligature.startswith(loss.left)


def _expect(share: float, probability: float) -> float:
    """The expected lost share of a ligature, of which so much is lost if any is; none where that is unlikely.

    The one word that makes a loss conceivable must not be judged by it as well: it may be a slip of the author.
    """
    return (share * probability if probability > LIKELY else 0.0) + INTACT_LOSS


def is_like_misspelling(loss: Loss) -> bool:
    """Whether what is left of a ligature looks as if the author had forgotten a letter of two."""
    return bool(loss.left) and loss.ligature.startswith("ff")


def _weigh_shares(shares: Sequence[tuple[float, float]], intact: float, ratios: Sequence[float]) -> tuple[float, float]:
    """The log likelihood ratio of 'some of it is lost' against 'none is', and the mean share if some is."""
    logs = []
    for share, prior in shares:
        logs.append(math.log(prior) + _gain(share, ratios) + intact * math.log1p(-share))
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    whole = sum(weights)
    return top + math.log(whole), sum(w * s for w, (s, _) in zip(weights, shares, strict=True)) / whole


def _weigh_patterns(logs: Mapping[str, float], priors: Mapping[Pattern, float]) -> dict[str, float]:
    """The probability that each ligature is lost, given the log likelihood ratios of each alone."""
    scores = {p: math.log(prior) + sum(logs[x] for x in LIGATURES if x in p) for p, prior in priors.items()}
    top = max(scores.values())
    weights = {p: math.exp(s - top) for p, s in scores.items()}
    whole = sum(weights.values())
    return {lig: sum(w for p, w in weights.items() if lig in p) / whole for lig in LIGATURES}
