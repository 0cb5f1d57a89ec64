"""On which side of its letter each mark stands, learned from the document, and the words that come of it.

A mark that stands at its letter has few readings: it belongs to the letter before or behind it, and spaces
around it are the text's or the extractor's. Which of them holds is the same over long stretches of a document,
so the readings that yield words decide for those that do not: each reading is weighed by how likely its words
are and by what happened at the sites of the same shape nearby.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from ligafix.stages.marks.sites import Site
from ligafix.stages.marks.steps import COMMON_WORD, Label, Step, find_steps
from ligafix.stages.marks.tables import BELOW, compose
from ligafix.stages.marks.wording import Wording

_BEAM = 24
_ROUNDS = 3
_NEARNESS = 0.93  # how much of a site's word the next site of its shape still hears
_ANYWHERE = 0.03  # how much of it is heard all through the document
_ROUGHLY = 0.3  # how much sites with other spaces tell


Odds = Sequence[float]
"""How probable each `Label` is, in their order."""

Columns = list[list[float]]
"""For each `Label` how often it was heard at each site."""

_DOUBTED = 0.1, 2.0  # how often, of how many, spaces between what seem to be words are taken to be the extractor's
_SELDOM = 0.0005  # how often a site is read in a way that its shape does not speak for


def _prior(site: Site, inserted: float) -> Odds:
    """How a site of this shape is read where the sites like it say nothing.

    `inserted` is how often a space at a mark is the extractor's.
    """
    before = after = before_apart = after_apart = _SELDOM
    if site.attached:
        before, after, before_apart, after_apart = 0.02, 0.96, 0.01, 0.96
    elif not site.left_spaces and not site.right_spaces:
        before, after = (0.25, 0.75) if site.marks[0] in BELOW else (0.7, 0.3)
    elif not site.left_spaces:
        before, after, before_apart, after_apart = 0.45 * inserted, 0.03 * inserted, 0.02, 0.5
    elif site.left_spaces > 1:  # one space is the text's, one the extractor's
        before_apart, after_apart = 0.95, 0.03
    elif not site.right_spaces:
        before, after, before_apart, after_apart = 0.45 * inserted, 0.05 * inserted, 0.4, 0.1
    else:
        before, after, before_apart, after_apart = 0.35, 0.1, 0.25, 0.3
    return before, after, before_apart, after_apart, _SELDOM, _SELDOM


_Shape = tuple[bool, ...]


class Reading(NamedTuple):
    """One text for a whole chain, its probability among all, and how it reads each site."""

    text: str
    probability: float
    labels: tuple[Label, ...]


def read_chains(chains: Sequence[Sequence[Site]], wording: Wording) -> list[list[Reading]]:
    """The readings of every chain of a document, the likeliest first."""
    sites = [site for chain in chains for site in chain]
    between = [site is links[-1] and _is_between_words(site, wording) for links in chains for site in links]
    telling = [site for site, is_so in zip(sites, between, strict=True) if not is_so]
    inserted, inside = _inserted(telling, 1.0, 1.0), _inserted(telling, *_DOUBTED)
    exactly, roughly = _group(site.shape for site in sites), _group(site.rough_shape for site in sites)
    spaces = (inside if is_so else inserted for is_so in between)
    priors = list(zip(*map(_prior, sites, spaces), strict=True))
    steps = _remember_steps(chains, wording)
    read = lru_cache(maxsize=_MOST_STEPS)(_read_chain)  # before they are heard many are alike
    readings: list[list[Reading]] = [[] for _ in chains]
    ends = list(accumulate(map(len, chains)))
    left = [1.0] * len(sites)
    for number in range(_ROUNDS if sites else 0):
        told: Columns = [[0.0] * len(sites) for _ in Label]
        if number:
            heard = list(zip(*_find_marginals(readings), strict=True))
            left = _how_often_left(sites, heard)
            for label in (Label.BEFORE, Label.AFTER):  # such spaces may be the text's all the same
                heard[label] = tuple(h * (not is_so) for h, is_so in zip(heard[label], between, strict=True))
            _listen(exactly, 1.0, heard, told)
            _listen_roughly(roughly, sites, heard, told, inserted)
        odds = _mix(priors, told, left)
        for at, (chain, end) in enumerate(zip(chains, ends, strict=True)):
            if len(readings[at]) == 1:  # whatever is heard
                continue
            here = slice(end - len(chain), end)
            score = wording.score_elided if chain[-1].elides else wording.score
            readings[at] = read(chain[0].half + chain[0].left, tuple(steps[here]), tuple(odds[here]), score)
    return [_without(links[0].half, found) for links, found in zip(chains, readings, strict=True)]


def _without(half: str, readings: list[Reading]) -> list[Reading]:
    """Readings without the half of their first word that stands in the line before."""
    return [found._replace(text=found.text[len(half) :]) for found in readings] if half else readings


def _group(shapes: Iterable[_Shape]) -> list[list[int]]:
    """The numbers of the sites that have one shape together."""
    members: defaultdict[_Shape, list[int]] = defaultdict(list)
    for number, shape in enumerate(shapes):
        members[shape].append(number)
    return list(members.values())


def _find_marginals(chains: Sequence[Sequence[Reading]]) -> Iterator[Odds]:
    """How probable each way to read each site of some chains is, by the readings of the chains."""
    known: dict[int, list[Odds]] = {}  # many chains have the same object for their readings
    for readings in chains:
        if id(readings) not in known:
            known[id(readings)] = [_marginal(readings, index) for index in range(len(readings[0].labels))]
        yield from known[id(readings)]


def _marginal(readings: Iterable[Reading], index: int) -> Odds:
    """How probable each way to read one site is."""
    odds = [0.0] * len(Label)
    for reading in readings:
        odds[reading.labels[index]] += reading.probability
    odds[Label.LEFT] = 0.0  # a mark that is content tells nothing about those that are not
    return odds


def _listen(groups: Sequence[Sequence[int]], weight: float, heard: Sequence[Sequence[float]], told: Columns) -> None:
    """Tell each site how often each way to read it was heard at sites that are like it.

    Args:
        groups: which sites are alike.
        weight: how much they tell each other.
        heard: how probable each way to read each site is.
        told: what each site was told so far.
    """
    for back in (False, True):
        for sites in groups:
            for said, column in zip(heard, told, strict=True):
                _pass_along(sites[::-1] if back else sites, said, weight, column)


def _listen_roughly(
    groups: Sequence[Sequence[int]],
    sites: Sequence[Site],
    heard: Sequence[Sequence[float]],
    told: Columns,
    inserted: float,
) -> None:
    """The same of sites that are alike but for their spaces.

    A mark inside a word tells on which side of its letter marks stand, but not that a space beside one is none.
    """
    spaced = [bool(site.left_spaces or site.right_spaces) for site in sites]
    _listen(groups, _ROUGHLY, [[h * s for h, s in zip(column, spaced, strict=True)] for column in heard], told)
    for glued, apart in ((Label.BEFORE, Label.BEFORE_APART), (Label.AFTER, Label.AFTER_APART)):
        inside: Columns = [[0.0] * len(sites)]
        _listen(groups, _ROUGHLY, [[h * (not s) for h, s in zip(heard[glued], spaced, strict=True)]], inside)
        for number, (is_spaced, count) in enumerate(zip(spaced, inside[0], strict=True)):
            told[glued][number] += inserted * count if is_spaced else count
            told[apart][number] += (1 - inserted) * count if is_spaced else 0.0


def _pass_along(sites: Sequence[int], heard: Sequence[float], weight: float, told: list[float]) -> None:
    """Tell sites, one after the other, how often one way to read them was heard at those before."""
    said = [heard[site] for site in sites]
    if not any(said):
        return
    echo = total = 0.0
    for site, new in zip(sites, said, strict=True):
        told[site] += weight * (echo + _ANYWHERE * total)
        echo, total = _NEARNESS * (echo + new), total + new


def _inserted(sites: Sequence[Site], seen: float, of: float) -> float:
    """How often a space at a mark is the extractor's: seldom where most marks have none.

    Args:
        sites: the sites.
        seen: how often it is taken to have been so before ...
        of: ... at so many marks.
    """
    inside = [site for site in sites if site.left and site.right]
    spaced = sum(bool(site.left_spaces or site.right_spaces) for site in inside)
    return (spaced + seen) / (len(inside) + of)


def _is_between_words(site: Site, wording: Wording) -> bool:
    """Whether the space before a mark may be the text's, so that it tells nothing of others (`llegar ´a la puerta`).

    Behind it stands a word with the mark, and before it another one.
    """
    if not (site.left and site.right and site.left_spaces == 1 and not site.right_spaces):
        return False
    bearer = compose(site.right[0], site.marks) or ""
    if len(site.right) == 1 and not wording.is_letter_word(bearer):
        return False
    behind = wording.known(bearer + site.right[1:])
    return behind is not None and behind > COMMON_WORD and wording.known(site.half + site.left) is not None


def _how_often_left(sites: Sequence[Site], heard: Sequence[Sequence[float]]) -> list[float]:
    """How often the marks of each site are what they look like, anywhere in the document."""
    total, kept = Counter[str](), Counter[str]()
    for site, said in zip(sites, zip(*heard, strict=True), strict=True):
        total[site.marks] += 1
        kept[site.marks] += 1.0 - min(1.0, sum(said))
    return [(1 + kept[site.marks]) / (1 + total[site.marks]) for site in sites]


def _mix(priors: Sequence[Sequence[float]], told: Columns, left: Sequence[float]) -> list[tuple[float, ...]]:
    """The odds of each site's readings, from its shape and from all other sites that are like it; and how it is left.

    Args:
        priors: how sites of each one's shape are read, by label.
        told: how often each way to read them was heard elsewhere, by label.
        left: how often such marks are left anywhere.
    """
    wholes = [1 + sum(counts) for counts in zip(*told, strict=True)]
    odds = [
        [(before + count) / whole for before, count, whole in zip(prior, counts, wholes, strict=True)]
        for prior, counts in zip(priors, told, strict=True)
    ]
    # the more marks are accents, the less is this one content
    odds[Label.LEFT] = [min(1 / whole, share) for whole, share in zip(wholes, left, strict=True)]
    return list(zip(*odds, left, strict=True))


_Steps = Callable[[str, str], Sequence[Step]]
"""Tells the ways to read a site behind a word, of which it is told how it stands without marks, too."""


_MOST_STEPS = 1 << 14
"""So many words before sites are remembered, with the ways to read these."""


def _remember_steps(chains: Sequence[Sequence[Site]], wording: Wording) -> list[_Steps]:
    """Tells of each site the ways to read it; they are the same wherever the same stands around such marks."""
    kinds: dict[tuple[object, ...], int] = {}
    by_number: list[tuple[Site, bool]] = []
    numbers = []
    for site, goes_on in ((site, site is not chain[-1]) for chain in chains for site in chain):
        number = kinds.setdefault((goes_on, *site[2:]), len(kinds))  # all but its place
        if number == len(by_number):
            by_number.append((site, goes_on))
        numbers.append(number)

    @lru_cache(maxsize=_MOST_STEPS)
    def find(number: int, before: str, bare: str) -> tuple[Step, ...]:
        site, goes_on = by_number[number]
        return tuple(find_steps(before, bare, site, wording, goes_on=goes_on))

    steps = [partial(find, number) for number in range(len(kinds))]
    return [steps[number] for number in numbers]


_Path = tuple[str, str, str, float, tuple[Label, ...]]
"""A reading of the first sites of a chain: the text before its last word, that word, as it stands without marks, log10
of how likely it is, and how each site is read."""


def _read_chain(
    left: str, steps: Sequence[_Steps], odds: Sequence[Odds], score: Callable[[str], float]
) -> list[Reading]:
    """The readings of the sites of a chain, which begins with some letters and ends with a word that is scored."""
    paths: list[_Path] = [("", left, "", 0.0, ())]
    for steps_behind, site_odds in zip(steps, odds, strict=True):
        *logs, left_log = map(math.log10, site_odds)
        longer: list[tuple[float, int, _Path]] = []
        for done, last, apart, so_far, labels in paths:
            for closed, word, bare, word_score, label, step_log, least in steps_behind(last, apart):
                log = so_far + max(step_log + logs[label], least + left_log)
                longer.append((-log - word_score, len(longer), (done + closed, word, bare, log, (*labels, label))))
        paths = [path for _, _, path in sorted(longer)[:_BEAM]]
    return _normalize((closed + word, log + score(word), labels) for closed, word, _, log, labels in paths)


def _normalize(found: Iterable[tuple[str, float, tuple[Label, ...]]]) -> list[Reading]:
    """Readings with probabilities that add up to one; those of the same text are one."""
    found = sorted(found, key=itemgetter(1), reverse=True)
    top = found[0][1]
    share: dict[str, float] = {}
    labels: dict[str, tuple[Label, ...]] = {}
    for text, log, path_labels in found:
        share[text] = share.get(text, 0.0) + 10 ** (log - top)
        labels.setdefault(text, path_labels)
    whole = sum(share.values())
    return [Reading(text, part / whole, labels[text]) for text, part in share.items()]
