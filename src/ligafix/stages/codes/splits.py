r"""Words that a ligature tore apart, or ran together: `signi cant`, `a ffi nity`, `Th e`, `diffi⏎⏎cult`, `offthe`.

Where it comes from: the glyph of a ligature has no code that the extractor knows, and it puts a space there; or the
glyph has a wrong width, and the extractor sees a gap beside it, or none behind it. Each is a habit of the document's
channel, inferred from all its words before one of them is touched (see `habits`).

It refuses to glue what are two words (`of fence`, `no table`, `a fi eld`), and does nothing in a text where no piece of
a word stands that only such a habit explains.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import compress, count, pairwise
from operator import itemgetter

from ligafix.calibration import SUGGEST
from ligafix.changes import Candidate, Proposal
from ligafix.chunks import Chunks, find_chunks_of
from ligafix.chunks.words import edge_words
from ligafix.document import HYPHENS
from ligafix.evidence import Evidence
from ligafix.evidence.losses import CAP, NAME_CAP
from ligafix.lexicon.ligatures import LIGATURES, SPACED
from ligafix.lexicon.met import Pair
from ligafix.odds import log_sum
from ligafix.scoring import Scorer
from ligafix.scoring.alone import DOUBT
from ligafix.stages.codes.habits import Damage, Habit, infer_habits, may_be_open
from ligafix.stages.codes.joints import Joiner, Repair
from ligafix.stages.codes.options import (
    Option,
    edge_options,
    has_inner_options,
    inner_options,
    may_begin_edge,
    may_end_edge,
    may_join,
    may_run_together,
    stray_share,
)
from ligafix.stages.codes.pages import Page, page_around

NEGLIGIBLE = 0.01
"""Habits that are less probable than this are not looked at any more."""

_SPACED = re.compile("|".join(SPACED))
_CLOSED = Habit(0.0, 0.0)


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The torn words of a text mended, and those parted that ran together."""
    if not scorer.evidence.is_readable:
        return []
    joiner = Joiner(scorer)
    ratios = _sight(text, joiner)
    if not may_be_open(ratios, _possible_damages(), SUGGEST):
        return []
    habits = infer_habits(ratios, _weigh_intact(scorer.evidence))
    if not any(habit.open > SUGGEST for habit in habits.values()):
        return []
    clusters = _clusters(_find_options(text, joiner))
    return [proposal for cluster in clusters for proposal in _decide(text, cluster, habits)]


def _sight(text: str, joiner: Joiner) -> dict[Damage, list[float]]:
    """How likely the pieces of words in a text make each damage: a ratio for each distinct place."""
    chunks = find_chunks_of(text)
    pieces = joiner.pairs_of_pieces(chunks).pieces
    telling = _find_telling(chunks, joiner)
    sights: dict[tuple[tuple[str, ...], str], Repair] = {}
    starts = [start for _, _, start, _ in chunks.find_pairs(telling)]
    if (chunks.last, "") in telling:
        starts.append(text.rindex(chunks.last))
    for start in starts:
        page, number = page_around(text, start)
        if not has_inner_options(page, number, joiner):
            continue
        for option in inner_options(page, number, joiner):
            if option.repair.ratio > 1 and not pieces.isdisjoint(option.words):
                sights.setdefault((option.words, option.repair.text), option.repair)
    ratios: defaultdict[Damage, list[float]] = defaultdict(list)
    for (words, _), repair in sights.items():
        for damage in set(repair.damages):
            ratios[damage].append(min(_cap(words), repair.ratio) ** (1 / len(repair.damages)))
    return ratios


def _find_telling(chunks: Chunks, joiner: Joiner) -> frozenset[Pair]:
    """The pairs of chunks, one of which has what may be a piece, from the first of which on there may be any options.

    It is fast, since pairs repeat. Behind the last chunk of the text stands ''.
    """
    pairs = joiner.pairs_of_pieces(chunks)
    found = {pair for pair in joiner.find_fertile(chunks) if may_join(*pair, joiner) and joiner.may_go_on(*pair)}
    firsts = (first for first in set(map(itemgetter(0), pairs.counts)) if "f" in first)
    parted = {first for first in firsts if may_run_together(first, joiner)}
    if parted:
        found.update(pair for pair in pairs.counts if pair[0] in parted)
    if chunks.divided:
        beside = chunks.pairs_behind(chunks.divided) & pairs.counts.keys()
        beside |= {pair for pair in chunks.pairs_with(chunks.divided) if pair[1] in chunks.divided}
        found.update(pair for pair in beside if edge_words(pair[0])[1] and edge_words(pair[1])[0].islower())
    if may_run_together(chunks.last, joiner):
        found.add((chunks.last, ""))
    return frozenset(pair for pair in found if not pairs.chunks.isdisjoint(pair))


def _cap(words: Sequence[str]) -> float:
    """The most that one place may say: little where its letters are few, or a capital makes it likely to be a name."""
    letters = sum(map(len, words))
    if words[0] == "Th":
        return 300.0 if letters < 5 else CAP
    if letters < 5:
        return 30.0
    return NAME_CAP if words[0][0].isupper() else CAP


def _weigh_intact(evidence: Evidence) -> dict[Damage, float]:
    """The weight of the words that did not suffer each damage though they could have (repeats tell less).

    A ligature that went without leaving a space is no sign of a channel that puts one there.
    """
    intact = dict.fromkeys(_possible_damages(), 0.0)
    for loss, found in evidence.losses.items():
        if not loss.left:
            intact[Damage("ligature-as-space", loss.ligature)] += found.inside
    survived = map(_survived_by, evidence.vocabulary)
    for damages, number in zip(survived, evidence.vocabulary.values(), strict=True):
        if damages:
            weight = 1 + math.log(number)
            for damage in damages:
                intact[damage] += weight
    return intact


@lru_cache(maxsize=1 << 15)
def _survived_by(word: str) -> tuple[Damage, ...]:
    """What the ligatures in a word did not suffer."""
    return tuple(damage for found in _SPACED.finditer(word) for damage in _survived(found))


def _possible_damages() -> Iterator[Damage]:
    for ligature in LIGATURES:
        yield Damage("ligature-as-space", ligature)
        yield Damage("space-lost-after-ligature", ligature)
    for ligature in SPACED:
        yield Damage("spaced-ligature", " " + ligature)
        yield Damage("spaced-ligature", ligature + " ")
        yield Damage("line-end-after-ligature", ligature)


def _survived(found: re.Match[str]) -> Iterator[Damage]:
    """What a ligature in a word did not suffer."""
    ligature = found.group()
    if ligature in LIGATURES:
        yield Damage("ligature-as-space", ligature)
    if found.start() > 0:
        yield Damage("spaced-ligature", " " + ligature)
    if found.end() < len(found.string):
        yield Damage("spaced-ligature", ligature + " ")
        yield Damage("line-end-after-ligature", ligature)
    elif ligature in LIGATURES:
        yield Damage("space-lost-after-ligature", ligature)


def _find_options(text: str, joiner: Joiner) -> list[Option]:
    """All ways to mend all places of a text, in the order of the text."""
    stray = stray_share(text)
    page = Page(text, list(find_chunks_of(text)))
    found: list[Option] = []
    for number in _find_numbers(page.chunks, joiner):
        if has_inner_options(page, number, joiner):
            found += inner_options(page, number, joiner)
        found += edge_options(page, number, joiner, stray)
    return sorted(found, key=lambda option: (option.start, option.end))


def _find_numbers(chunks: Sequence[str], joiner: Joiner) -> Iterator[int]:
    """The numbers of the chunks from which on, or behind which, there may be options: those and some more."""
    wanted = _find_wanted(chunks, joiner)
    last = -1
    for number in compress(count(), map(wanted.__contains__, pairwise(chunks))):
        for near in (number, number + 1) if chunks[number][-1] in HYPHENS else (number,):
            if near > last:
                yield near
                last = near
    if chunks and last < len(chunks) - 1:
        yield len(chunks) - 1


def _find_wanted(chunks: Sequence[str], joiner: Joiner) -> frozenset[Pair]:
    """The pairs of chunks between which there may be options; what can be told of a chunk is asked once of each."""
    edges = {chunk: edge_words(chunk) for chunk in chunks}
    firsts = {chunk for chunk in edges if may_end_edge(chunk) or chunk[-1] in HYPHENS}
    firsts.update(chunk for chunk in edges if may_run_together(chunk, joiner))
    seconds = {chunk for chunk in edges if may_begin_edge(chunk) or chunk[-1] in HYPHENS}
    firsts.update(chunk for chunk, (_, last) in edges.items() if last.endswith(SPACED))
    seconds.update(chunk for chunk, (first, _) in edges.items() if first.startswith(SPACED))
    ends = {chunk: last for chunk, (_, last) in edges.items() if last}
    small = {chunk: first for chunk, (first, _) in edges.items() if first.islower()}
    return frozenset(
        pair
        for pair in dict.fromkeys(pairwise(chunks))
        if pair[0] in firsts
        or pair[1] in seconds
        or (pair[0] in ends and pair[1] in small and joiner.may_be_torn(ends[pair[0]] + small[pair[1]]))
    )


def _clusters(options: Sequence[Option]) -> Iterator[list[Option]]:
    """Options that stand in each other's way, directly or by others."""
    cluster: list[Option] = []
    end = 0
    for option in options:
        if cluster and option.start >= end:
            yield cluster
            cluster = []
        cluster.append(option)
        end = max(end, option.end)
    if cluster:
        yield cluster


def _decide(text: str, cluster: Sequence[Option], habits: Mapping[Damage, Habit]) -> Iterator[Proposal]:
    """Those of the options standing in each other's way that are probable, the most probable first."""
    options = sorted((o for o in cluster if _open(o.repair, habits) > NEGLIGIBLE), key=lambda option: option.end)
    chances: defaultdict[tuple[int, int, str], float] = defaultdict(float)
    for option, chance in zip(options, _weigh_choices(options, habits), strict=True):
        chances[option.start, option.end, option.after] += _open(option.repair, habits) * option.repair.share * chance
    taken: list[Option] = []
    for option in sorted(options, key=lambda o: -chances[o.start, o.end, o.after]):
        confidence = chances[option.start, option.end, option.after]
        if confidence >= SUGGEST and not any(o.start < option.end and option.start < o.end for o in taken):
            taken.append(option)
            yield _propose(text, option, confidence, habits)


def _weigh_choices(options: Sequence[Option], habits: Mapping[Damage, Habit]) -> list[float]:
    """How probable each option is, over all choices of options that do not overlap (sorted by their ends).

    What stands there is never less probable than a certain share of the best choice: our lists are not the language.
    """
    weights = [_log_weight(option.repair, habits) for option in options]
    ratios = [math.log(option.repair.ratio) for option in options]
    whole = log_sum((_total(options, weights, log_sum), math.log(DOUBT) + _total(options, ratios, max)))
    return [
        math.exp(weight + _around(option, options, weights) - whole)
        for option, weight in zip(options, weights, strict=True)
    ]


def _total(options: Sequence[Option], weights: Sequence[float], add: Callable[[Sequence[float]], float]) -> float:
    """The logarithm of what all choices of options that do not overlap add up to; choosing none weighs 1."""
    totals = [0.0]
    for number, (option, weight) in enumerate(zip(options, weights, strict=True)):
        before = bisect_right(options, option.start, hi=number, key=lambda other: other.end)
        totals.append(add((totals[-1], totals[before] + weight)))
    return totals[-1]


def _around(option: Option, options: Sequence[Option], weights: Sequence[float]) -> float:
    """The same for the options that stand before and behind one."""
    pairs = list(zip(options, weights, strict=True))
    total = 0.0
    for side in ([p for p in pairs if p[0].end <= option.start], [p for p in pairs if p[0].start >= option.end]):
        total += _total([o for o, _ in side], [w for _, w in side], log_sum)
    return total


def _log_weight(repair: Repair, habits: Mapping[Damage, Habit]) -> float:
    """How much likelier a repair is than what stands there (nats), if the channel has the habits that it takes."""
    return math.log(repair.ratio) + sum(math.log(habits[damage].share) for damage in repair.damages)


def _open(repair: Repair, habits: Mapping[Damage, Habit]) -> float:
    """How probable it is that the channel has the habits that a repair takes."""
    return min(habits.get(damage, _CLOSED).open for damage in repair.damages)


def _propose(text: str, option: Option, confidence: float, habits: Mapping[Damage, Habit]) -> Proposal:
    seen = text[option.start : option.end]
    candidates = Candidate(option.after, confidence), Candidate(seen, 1 - confidence)
    said = "; ".join(f"{d.form!r}: {habits[d].share:.0%} hit" for d in dict.fromkeys(option.repair.damages))
    rule = option.repair.damages[0].rule
    return Proposal(option.start, option.end, option.after, rule, confidence, candidates, said)
