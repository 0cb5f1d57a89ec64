"""Where the channel changes inside a document: chapters from different files, quotations put in by hand, one bad font.

A text is a row of *events*: words with ligatures that stand, and words that look as if they had lost some. Which
pattern of lost ligatures each event lies under is a hidden Markov model, its likeliest path found by Viterbi's
algorithm; how often the pattern changes and how much of the text each has is learnt from the text itself in a few
rounds. Where one verdict for the whole document explains the events nearly as well, that verdict stands. The time is
linear in the length of the text.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, groupby, pairwise
from operator import add
from typing import NamedTuple

from ligafix.chunks import Chunks, count_words, find_chunks_of, find_in_prose
from ligafix.chunks.words import words_in
from ligafix.document import PARAGRAPH_BREAK, is_fragment
from ligafix.evidence.losses import LigatureEvidence, LossPrior, Suspects, weigh_losses
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LOST_TOGETHER, find_ligatures
from ligafix.lexicon.readings import Vocabulary

LEAST_DAMAGE = 20.0
"""How much (nats) the damaged words of a document must say: less is typing errors, or one or two quoted words."""

LOST_SHARE = 0.95
"""How much of its ligatures a damaged region has lost: a word in another font may stand in it."""

SHARES = (0.02, 0.05, 0.15, 0.5, 0.9, 0.99)
"""The lost shares that one verdict for the whole document may have."""

CHANGES = 1e-3
"""How often the channel changes from one event to the next, before anything is known about the document."""

BREAK = 20.0
"""How much oftener it does so at the end of a paragraph or a page than inside."""

FEW_CHANGES = 1.0
"""How many changes this expectation weighs."""

FEW_EVENTS = 20.0
"""How many events the expected shares of the patterns weigh."""

ROUNDS = 3
"""How often the rate of changes is learnt anew; it settles within as many."""

LEAST_GAIN = 10.0
"""By how much (nats) regions must explain the text better than one verdict does."""

PATTERNS = tuple(pattern for pattern, _ in LOST_TOGETHER)
"""The patterns of lost ligatures that a region may have; the first is none."""


@dataclass(frozen=True, slots=True)
class Region:
    """All parts of a text that went through one channel.

    Attributes:
        spans: where they are (code points, end exclusive), in order.
        losses: the evidence of these parts alone.
    """

    spans: tuple[tuple[int, int], ...]
    losses: Mapping[Loss, LigatureEvidence]


class _Event(NamedTuple):
    """A word that tells about the channel: what it says (nats) for each of the patterns.

    `opens` says whether a paragraph or a page ended since the last one.
    """

    start: int
    end: int
    weights: tuple[float, ...]
    opens: bool


def may_differ(losses: Mapping[Loss, LigatureEvidence]) -> bool:
    """Whether a document has enough damaged words to look for regions at all."""
    return sum(f.gains[-1] for loss, f in losses.items() if f.gains and not loss.left) >= LEAST_DAMAGE


def find_regions(
    text: str,
    suspects: Suspects,
    vocabulary: Vocabulary,
    stood: Callable[[str], bool],
    prior: LossPrior | None = None,
) -> tuple[Region, ...]:
    """The regions of a text; none where one verdict holds for all of it.

    Args:
        text: the text.
        suspects: the forms in it that may have lost ligatures, and how much likelier that is.
        vocabulary: the words of its languages.
        stood: whether a form with ligatures stood in the source; what did not is no survivor, but a repair.
        prior: what is known about the document's losses beforehand.
    """
    chunks = find_chunks_of(text)
    forms = (form for form in chunks.words if "f" in form)
    intact = {form for form in forms if find_ligatures(form) and stood(form)}
    suspects = {form: ways for form, ways in suspects.items() if len(form) > 1}  # letters in a row are formulas
    telling = intact | (suspects.keys() & chunks.words)
    weights = {form: _weigh(form, suspects, form in intact, chunks.word_counts[form]) for form in telling}
    found = _find_telling(chunks, telling)
    if not chunks.may_be_code:
        said = map(found.__getitem__, chunks.occurrences(found))
        if _is_surely_whole([weights[word] for words in said for word, _, _ in words]):
            return ()
    places = list(_find_events(text, found, intact))
    rows = [weights[form] for form, _, _ in places]
    if _is_surely_whole(rows):
        return ()
    numbers = Counter(rows)
    verdict = _best_verdict(numbers)
    if sum(number * max(row) for row, number in numbers.items()) - verdict < LEAST_GAIN:
        return ()
    events = _make_events(text, places, weights)
    path, gain = _best_path(events)
    if len(set(path)) < 2 or gain - verdict < LEAST_GAIN:
        return ()
    regions = []
    for _, spans in sorted(_spans(text, events, path).items()):
        counts = count_words("\n\n".join(text[start:end] for start, end in spans))
        told = {form: n for form, n in counts.items() if form in intact or not find_ligatures(form)}
        regions.append(Region(tuple(spans), weigh_losses(told, vocabulary, {}, prior=prior)))
    return tuple(regions)


_Words = Sequence[tuple[str, int, int]]
"""Words, and where they start and end."""


def _find_telling(chunks: Chunks, telling: Set[str]) -> dict[str, _Words]:
    """The chunks of a text that have words that tell about the channel, and which."""
    return {
        chunk: [(word, start, start + len(word)) for word, start in words_in(chunk) if word in telling]
        for chunk in chunks.having(telling)
    }


def _find_events(text: str, telling: Mapping[str, _Words], intact: Set[str]) -> Iterator[tuple[str, int, int]]:
    """The words that tell about the channel, and where they stand; half a word tells nothing but that a ligature is."""
    edges = find_chunks_of(text).edges_of_halves
    for chunk, at in find_in_prose(text, telling):
        for word, first, last in telling[chunk]:
            start, end = at + first, at + last
            is_half = (start in edges or end in edges) and word not in intact and is_fragment(text, start, end)
            if not is_half:
                yield word, start, end


def _make_events(
    text: str, places: Sequence[tuple[str, int, int]], weights: Mapping[str, tuple[float, ...]]
) -> list[_Event]:
    """The events at these places."""
    events, last = [], 0
    for form, start, end in places:
        opens = PARAGRAPH_BREAK.search(text, last, start) is not None
        events.append(_Event(start, end, weights[form], opens))
        last = end
    return events


_LINE_END = re.compile(r"\n")
_GAP = re.compile(r"\s")


def _weigh(form: str, suspects: Suspects, is_intact: bool, number: int) -> tuple[float, ...]:
    """What a form that stands so often in the text says (nats) for each of the patterns.

    A ligature that stands is a fact each time. That a form is damaged is a guess, wrong at all its places or at none
    (a name, a term of the trade): so its places do not count in full, but by their root.
    """
    standing = _weigh_standing(tuple(find_ligatures(form)) if is_intact else ())
    if form not in suspects:
        return standing
    ways = suspects[form].items()
    ratios = [max((r for loss, r in ways if loss.ligature in pattern), default=0.0) for pattern in PATTERNS]
    gained = (math.log1p(LOST_SHARE * ratio) / math.sqrt(number) for ratio in ratios)
    return tuple(map(add, gained, standing))


@lru_cache(maxsize=1 << 10)
def _weigh_standing(ligatures: tuple[str, ...]) -> tuple[float, ...]:
    """What ligatures that stand say for each of the patterns."""
    numbers = (sum(ligature in pattern for ligature in ligatures) for pattern in PATTERNS)
    return tuple(number * math.log1p(-LOST_SHARE) for number in numbers)


def _is_surely_whole(weights: Sequence[tuple[float, ...]]) -> bool:
    """Whether no part of a text is so damaged that a change of the channel could explain it better; fast.

    For that, what a stretch says for a pattern would have to outweigh the cheapest change into it; at the start of the
    text, that the text begins with the pattern.

    Args:
        weights: what each event says for each of the patterns.
    """
    none, *shares = [math.log(prior) for _, prior in LOST_TOGETHER]
    for number, share in enumerate(shares, 1):
        said = [row[number] for row in weights]
        if max(accumulate(said), default=0.0) >= none - share:
            return False
        if max(accumulate(said, _add_to_stretch), default=0.0) >= -CHEAPEST_CHANGE - share:
            return False
    return True


CHEAPEST_CHANGE = math.log(BREAK * CHANGES) + 0.1
"""What a change costs at least (nats), less what staying costs there."""


def _add_to_stretch(gained: float, weight: float) -> float:
    """What the best stretch that ends with an event says (Kadane's algorithm)."""
    return gained + weight if gained > 0 else weight


def _best_path(events: Sequence[_Event]) -> tuple[list[int], float]:
    """The likeliest pattern at each event, by number, and the logarithm of how much likelier than none at all."""
    shares = [prior for _, prior in LOST_TOGETHER]
    changes = CHANGES
    path: list[int] = []
    for _ in range(ROUNDS):
        last = path
        path, gain = _viterbi(events, shares, changes)
        if path == last or not (last or any(path)):  # where nothing is lost, a loss becomes less likely still
            break
        number = sum(a != b for a, b in pairwise(path))
        changes = min(0.5, (FEW_CHANGES + number) / (FEW_CHANGES / CHANGES + len(path)))
        seen = Counter(path)
        whole = FEW_EVENTS + len(path)
        shares = [(FEW_EVENTS * prior + seen[i]) / whole for i, (_, prior) in enumerate(LOST_TOGETHER)]
    return path, gain


def _viterbi(events: Sequence[_Event], shares: Sequence[float], changes: float) -> tuple[list[int], float]:
    """The likeliest row of states, where a change leads to each state as often as its share says; and its logarithm."""
    inside, across = (min(0.5, rate * changes) for rate in (1.0, BREAK))
    enter = [math.log(share) for share in shares]
    states = range(len(shares))
    scores = enter[:]
    came_from: list[tuple[int, ...]] = []
    for event in events:
        rate = across if event.opens else inside
        stay, change = math.log1p(-rate), math.log(rate)
        best = max(states, key=scores.__getitem__)
        jump = scores[best] + change
        kept = [scores[s] + stay >= jump + enter[s] for s in states]
        came_from.append(tuple(s if kept[s] else best for s in states))
        scores = [(scores[s] + stay if kept[s] else jump + enter[s]) + event.weights[s] for s in states]
    state = max(states, key=scores.__getitem__)
    gain, path = scores[state], []
    for row_of_states in reversed(came_from):
        path.append(state)
        state = row_of_states[state]
    return path[::-1], gain


def _best_verdict(numbers: Mapping[tuple[float, ...], int]) -> float:
    """The same logarithm for the best verdict on the whole text: one pattern, of which some share is lost.

    Args:
        numbers: how many events say what of each of the patterns.
    """
    best = math.log(LOST_TOGETHER[0][1])
    for i, (pattern, prior) in enumerate(LOST_TOGETHER):
        for share in SHARES if pattern else ():
            ease = math.log1p(-share) / math.log1p(-LOST_SHARE)
            fall = math.log(share / LOST_SHARE)
            said = ((row[i], number) for row, number in numbers.items())
            total = sum(n * (ease * weight if weight < 0 else max(0.0, weight + fall)) for weight, n in said)
            best = max(best, math.log(prior) + total)
    return best


def _spans(text: str, events: Sequence[_Event], path: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    """The parts of the text under each pattern."""
    found: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    start = 0
    numbers = [next(group) for _, group in groupby(range(len(path)), path.__getitem__)]
    for number in numbers[1:]:
        end = _cut(text, events[number - 1].end, events[number].start)
        found[path[number - 1]].append((start, end))
        start = end
    found[path[-1]].append((start, len(text)))
    return found


def _cut(text: str, start: int, end: int) -> int:
    """Where the channel most likely changed between two places: at a page's end, a paragraph's, a line's, a gap."""
    for mark in (PARAGRAPH_BREAK, _LINE_END, _GAP):
        if found := mark.search(text, start, end):
            return found.end()
    return end
