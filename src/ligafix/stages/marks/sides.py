"""On which side of its letter each mark stands, learned from the document, and the words that come of it.

A mark that stands at its letter has few readings: it belongs to the letter before or behind it, and spaces
around it are the text's or the extractor's. Which of them holds is the same over long stretches of a document,
so the readings that yield words decide for those that do not: each reading is weighed by how likely its words
are and by what happened at the sites of the same shape nearby.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import IntEnum
from functools import lru_cache, partial
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from ligafix.stages.marks.content import as_other, content_odds
from ligafix.stages.marks.sites import SHORTEST_WORD, Site
from ligafix.stages.marks.tables import BELOW, DOTLESS, compose, is_usual
from ligafix.stages.marks.wording import Wording

_BEAM = 24
_ROUNDS = 3
_NEARNESS = 0.93  # how much of a site's word the next site of its shape still hears
_ANYWHERE = 0.03  # how much of it is heard all through the document
_ROUGHLY = 0.3  # how much sites with other spaces tell
_RESPELT = -3.0  # log10 of the odds that a mark at its letter makes a word that nobody knows of a known one
_STRAY_GUESS = -2.0  # log10 of the odds that a mark between two spaces makes a word that nobody knows
_SIGN = -3.0  # log10 of how likely a letter by itself is the sign of a quantity
_SIGNS = frozenset("^~")  # accents only in words that are known
_CEDILLA, _WITH_CEDILLA, _WITH_OGONEK = "¸", frozenset("cstCST"), frozenset("aeAE")  # `K¸eplicz` is Kęplicz
_MACRON, _BREVE = "\u0304", "\u0306"


class Label(IntEnum):
    """How a site is read: the side of its letter it stands on, and whether one word goes on across it."""

    BEFORE = 0
    AFTER = 1
    BEFORE_APART = 2
    AFTER_APART = 3
    SHARED = 4
    """The first marks after their letter, the others before theirs."""
    LEFT = 5
    """The marks are the text's own and stay."""

    @property
    def side(self) -> str:
        """The side of its letter."""
        return self.name.lower().removesuffix("_apart")


_GLUED = {"before": Label.BEFORE, "after": Label.AFTER, "shared": Label.SHARED}
_APART = {"before": Label.BEFORE_APART, "after": Label.AFTER_APART}

Odds = Sequence[float]
"""How probable each `Label` is, in their order."""

Columns = list[list[float]]
"""For each `Label` how often it was heard at each site."""

_SELDOM = 0.0005


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
    inserted = _inserted(sites)
    alike = [(_group(site.shape for site in sites), 1.0), (_group(site.rough_shape for site in sites), _ROUGHLY)]
    priors = list(zip(*(_prior(site, inserted) for site in sites), strict=True))
    steps = _remember_steps(chains, wording)
    read = lru_cache(maxsize=_MOST_STEPS)(_read_chain)  # before they are heard many are alike
    told: Columns = [[0.0] * len(sites) for _ in Label]
    readings: list[list[Reading]] = [[] for _ in chains]
    ends = list(accumulate(map(len, chains)))
    for number in range(_ROUNDS if sites else 0):
        if number:
            told = _listen(alike, list(zip(*_find_marginals(readings), strict=True)))
        odds = _mix(priors, told)
        for at, (chain, end) in enumerate(zip(chains, ends, strict=True)):
            if len(readings[at]) == 1:  # whatever is heard
                continue
            here = slice(end - len(chain), end)
            score = wording.score_elided if chain[-1].elides else wording.score
            readings[at] = read(chain[0].left, tuple(steps[here]), tuple(odds[here]), score)
    return readings


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


def _listen(alike: Sequence[tuple[Sequence[Sequence[int]], float]], heard: Sequence[Sequence[float]]) -> Columns:
    """How often each way to read each site was heard at sites that are like it.

    Args:
        alike: groups of sites, and how much those of a group tell each other.
        heard: how probable each way to read each site is.
    """
    told: Columns = [[0.0] * len(column) for column in heard]
    for back in (False, True):
        for groups, weight in alike:
            for sites in groups:
                for said, column in zip(heard, told, strict=True):
                    _pass_along(sites[::-1] if back else sites, said, weight, column)
    return told


def _pass_along(sites: Sequence[int], heard: Sequence[float], weight: float, told: list[float]) -> None:
    """Tell sites, one after the other, how often one way to read them was heard at those before."""
    said = [heard[site] for site in sites]
    if not any(said):
        return
    echo = total = 0.0
    for site, new in zip(sites, said, strict=True):
        told[site] += weight * (echo + _ANYWHERE * total)
        echo, total = _NEARNESS * (echo + new), total + new


def _inserted(sites: Sequence[Site]) -> float:
    """How often a space at a mark is the extractor's: seldom where most marks have none."""
    inside = [site for site in sites if site.left and site.right]
    spaced = sum(bool(site.left_spaces or site.right_spaces) for site in inside)
    return (spaced + 1) / (len(inside) + 1)


def _mix(priors: Sequence[Sequence[float]], told: Columns) -> list[tuple[float, ...]]:
    """The odds of each site's readings, from its shape and from all other sites that are like it."""
    wholes = [1 + sum(counts) for counts in zip(*told, strict=True)]
    odds = [
        [(before + count) / whole for before, count, whole in zip(prior, counts, wholes, strict=True)]
        for prior, counts in zip(priors, told, strict=True)
    ]
    odds[Label.LEFT] = [1 / whole for whole in wholes]  # the more marks are accents, the less is this one content
    return list(zip(*odds, strict=True))


class _Step(NamedTuple):
    """A way to read one more site behind a word.

    Attributes:
        closed: what is added to the text before the last word.
        word: what is the last word then.
        bare: its letters without the marks that are set behind spaces; empty where none is.
        score: log10 of how likely that word is as it is.
        label: how the site is read.
        log: log10 of how likely the step is, beside the odds of its label.
        least: it is as likely as this whatever these are.
    """

    closed: str
    word: str
    bare: str
    score: float
    label: Label
    log: float
    least: float = -math.inf


_Steps = Callable[[str, str], Sequence[_Step]]
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
    def find(number: int, before: str, bare: str) -> tuple[_Step, ...]:
        site, goes_on = by_number[number]
        return tuple(_find_steps(before, bare, site, wording, goes_on=goes_on))

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
        logs = list(map(math.log10, site_odds))
        longer: list[tuple[float, int, _Path]] = []
        for done, last, apart, so_far, labels in paths:
            for closed, word, bare, word_score, label, step_log, least in steps_behind(last, apart):
                log = so_far + max(step_log + logs[label], least)
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


def _find_steps(before: str, bare: str, site: Site, wording: Wording, *, goes_on: bool) -> Iterator[_Step]:
    """The ways to read a site behind a word, of which it is told how it stands without marks that are behind spaces.

    Whether these spoil a known word shows where it ends: not at a site behind which it `goes_on`.
    """
    yield _leave(before, site, wording)
    if site.quotes and site.left_spaces and not site.right_spaces:  # no accent opens a quotation behind a space
        return
    spaced = site.left_spaces or site.right_spaces
    for side, word, rest in _bearers(before, site):
        if _is_none(side, word, rest, site, wording):
            continue
        if _may_be_glued(before, word, rest, site) and not _swallows_word(word + rest, site, wording, goes_on=goes_on):
            whole = (bare or before) + site.right if spaced or bare else ""
            is_spoilt = not goes_on and bool(whole) and _is_spoilt(whole, word + rest, site, wording)
            if not is_spoilt or _is_at_letter(side, site):
                log = _RESPELT if is_spoilt else 0.0
                yield _Step("", word + rest, whole, wording.score(word + rest), _GLUED[side], log)
        alone, made = (before, word) if side == "after" else (site.right, rest)
        is_one = site.inserted and bool(before) and not site.right_spaces
        is_astray = _is_astray(side, alone, made, site, wording) or _is_of_capital(side, word, site, wording)
        if spaced and side != "shared" and not is_one and not is_astray:
            if bare and _is_spoilt(bare, word, site, wording):
                continue
            log = wording.score(word)
            if site.left_spaces and site.right_spaces and wording.known(word if side == "after" else rest) is None:
                log += _STRAY_GUESS
            closed = word + _spaces_kept(word, rest, site)
            yield _Step(closed, rest, "", wording.score(rest), _APART[side], log)


def _is_none(side: str, word: str, rest: str, site: Site, wording: Wording) -> bool:
    """Whether what a mark makes on one side shows that it is no accent there, whatever other marks are."""
    is_known, length = wording.known(word + rest) is not None, len(word + rest)
    if side == "shared":  # rather one of them is late
        return not is_known
    if site.raw in _SIGNS or site.raw.strip() in wording.symbols:
        return not is_known or length < SHORTEST_WORD
    if is_known:
        return False
    if site.attached and side != "after" and length <= SHORTEST_WORD:  # an index behind a symbol
        return True
    if side == "after" and (site.broken or _is_of_dotless(site)):  # its letter begins the next line, or has no dot
        return True
    bearer = site.right[:1] if side == "before" else site.left[-1:]
    is_other = bearer.isupper() and not bearer.isascii()  # letters of a font that has other signs in their places
    return is_other or _may_be_ogonek(site)


def _is_of_dotless(site: Site) -> bool:
    """Whether marks above touch an i that lost its dot to them, as in TeX; Turkish has one behind ğ and ş."""
    touches = site.right[:1] in DOTLESS and bool(site.right) and not site.right_spaces
    return touches and BELOW.isdisjoint(site.marks) and site.marks != _BREVE


def _may_be_ogonek(site: Site) -> bool:
    """Whether a cedilla stands where fonts without an ogonek have one: it makes no word on either side."""
    return site.raw.strip() == _CEDILLA and site.right[:1] in _WITH_OGONEK and site.left[-1:] not in _WITH_CEDILLA


def _may_be_glued(before: str, word: str, rest: str, site: Site) -> bool:
    """Whether what stands on both sides of a site may be one word: of two spaces before a mark one is the text's."""
    if not (site.left_spaces or site.right_spaces):
        return True
    has_capital_inside = word[-1:].islower() and rest[:1].isupper()
    return bool(before and site.right) and not has_capital_inside and site.left_spaces < 2


def _is_spoilt(bare: str, made: str, site: Site, wording: Wording) -> bool:
    """Whether marks that may be those of another word spoil a known one."""
    return _MACRON not in site.marks and _spoils(bare, made, wording)


def _is_at_letter(side: str, site: Site) -> bool:
    """Whether marks touch the letter behind them that bears them, and a space parts them from the one before."""
    return side == "before" and site.left_spaces > 0 and not site.right_spaces


def _is_astray(side: str, bare: str, made: str, site: Site, wording: Wording) -> bool:
    """Whether marks with a space between them and the letter that would bear them belong to another word."""
    is_far = site.left_spaces if side == "after" else site.right_spaces
    return bool(is_far) and _MACRON not in site.marks and _spoils(bare, made, wording)


def _is_of_capital(side: str, word: str, site: Site, wording: Wording) -> bool:
    """Whether marks touch a capital that bears them, and would make a word that nobody knows of the one before."""
    touches = site.left_spaces > 0 and not site.right_spaces and site.right[:1].isupper()
    return (
        side == "after"
        and touches
        and is_usual(compose(site.right[0], site.marks))
        and len(word) > 1
        and wording.known(word) is None
    )


def _swallows_word(made: str, site: Site, wording: Wording, *, goes_on: bool) -> bool:
    """Whether marks that a space parts from a common word would join it to a piece, and nobody knows what comes of it.

    They belong to a letter before (`Piyale ˆ had`), or the next mark tells.
    """
    if goes_on or not site.right_spaces or len(site.right) < 2 or wording.known(made) is not None:
        return False
    known = wording.known(site.right)
    return known is not None and known > COMMON_WORD


COMMON_WORD = -4.0
"""What is more frequent (log10) behind a mark and a space is a word, and no end of one."""


def _spoils(bare: str, made: str, wording: Wording) -> bool:
    """Whether a mark makes a word that nobody knows of a known one. Macrons do that to names in romanized Japanese."""
    return wording.known(made) is None and wording.known(bare) is not None


def _spaces_kept(word: str, rest: str, site: Site) -> str:
    """The spaces that stay where two words meet, or where a word has its edge at the site."""
    if word and rest:
        return " "
    return site.kept_right if word else site.kept_left


def _bearers(word: str, site: Site) -> Iterator[tuple[str, str, str]]:
    """The sides on which letters can bear the marks of a site, with what the words around it become."""
    for count in {0, len(site.marks), 1}:
        after, before = site.marks[:count], site.marks[count:]
        last = compose(word[-1], after) if word and after else word[-1:]
        first = compose(site.right[0], before) if site.right and before else site.right[:1]
        if (after and not word) or (before and not site.right) or last is None or first is None:
            continue
        side = "shared" if after and before else "after" if after else "before"
        yield side, word[:-1] + last, first + site.right[1:]


def _leave(before: str, site: Site, wording: Wording) -> _Step:
    """The reading that takes the marks for what they look like."""
    content = 0.9 if site.raw.strip() in wording.symbols else content_odds(before, site)
    score = wording.score(before)
    log = math.log10(max(1e-300, content)) + score
    if len(before) == 1 and not site.left_spaces:
        log += _SIGN - score
    least = -math.inf
    if site.right and not site.right_spaces:
        word = "" if site.left_spaces else before
        other = as_other(word, site, wording) + wording.score(before if site.left_spaces else "")
        least = other - wording.score(site.right)
    return _Step(before + site.raw, site.right, "", wording.score(site.right), Label.LEFT, log, least)
