"""Ligatures that came out as a copy of the letter beside them: `diierent`, `innnitely`, `conndence`.

Where it comes from: an OCR engine, or a font whose glyphs are numbered wrongly, reads the ligature as its neighbour.
What is left is a doubled letter in a word that no list holds. Whether the document's channel does this is inferred
from all such words before one of them is touched (see `habits`).

It refuses words that may be right as they stand: those that a list holds, all-capital ones, short ones (`oo`), and
what stands before an apostrophe or behind it for a word (`all’`, `’ll`).
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

from ligafix.calibration import SUGGEST
from ligafix.changes import Candidate, Proposal
from ligafix.chunks import find_chunks_of
from ligafix.chunks.words import words_in
from ligafix.evidence import Evidence
from ligafix.evidence.losses import CAP, NAME_CAP
from ligafix.lexicon.alignment import Loss
from ligafix.lexicon.ligatures import LIGATURES, find_ligatures
from ligafix.scoring import Scorer
from ligafix.scoring.alone import DOUBT
from ligafix.stages.codes.habits import Damage, Habit, infer_habits, may_be_open
from ligafix.stages.codes.joints import Joiner, Repair, split_word

RULE = "neighbour-for-ligature"

SHORTEST = 3
"""Shorter words with doubled letters are cries, numbers and names of all kinds."""

LISTED = 1e-7
"""A word of a list is one at this frequency: misreadings, which lists hold, too, are rarer."""

LONG = 5
"""A row of so many letters stands in no list by chance."""

_DOUBLE = re.compile(r"(?=([^\W\d_])\1)", re.IGNORECASE)


def propose(text: str, scorer: Scorer) -> list[Proposal]:
    """The words of a text in which a ligature was replaced by its neighbour, mended."""
    repairs = _find_repairs(text, scorer) if scorer.evidence.is_readable else {}
    ratios = _ratios(repairs)
    if not may_be_open(ratios, (Damage(RULE, ligature) for ligature in LIGATURES), SUGGEST):
        return []
    habits = infer_habits(ratios, _weigh_intact(scorer.evidence))
    if not any(habit.open > SUGGEST for habit in habits.values()):
        return []
    chunks = find_chunks_of(text)
    return [
        proposal
        for chunk, start in chunks.find(chunks.having(repairs.keys()))
        for word in words_in(chunk)
        if word.text in repairs and (proposal := _decide(start + word.start, word.text, repairs[word.text], habits))
    ]


def _find_repairs(text: str, scorer: Scorer) -> dict[str, list[Repair]]:
    """The distinct words of a text that a ligature would make likelier, and how."""
    joiner = Joiner(scorer)
    pieces = filter(_may_be_damaged, joiner.pieces(find_chunks_of(text).words))
    words = (word for word in pieces if not _is_listed(word, scorer))
    found = {word: list(_repair(word, joiner, scorer)) for word in _find_promising(words, scorer)}
    return {word: repairs for word, repairs in sorted(found.items()) if repairs}


def _find_promising(words: Iterable[str], scorer: Scorer) -> list[str]:
    """Those of some words of which a list or the document has what they may have been; fast, and mostly none has."""
    stems = {word: _stems_of_copies(word) for word in words}
    distinct = frozenset(chain.from_iterable(stems.values()))
    known = distinct - scorer.vocabulary.rarer(distinct, math.nextafter(0.0, 1.0))
    known |= distinct.intersection(scorer.evidence.vocabulary)
    return [word for word, own in stems.items() if not known.isdisjoint(own)]


@lru_cache(maxsize=1 << 13)
def _stems_of_copies(word: str) -> tuple[str, ...]:
    """What lists may hold of what a word may have been."""
    return tuple(dict.fromkeys(split_word(text)[1] for text in read_copies(word)))


def _may_be_damaged(word: str) -> bool:
    return bool(_DOUBLE.search(word)) and not word.isupper()


def _is_listed(word: str, scorer: Scorer) -> bool:
    """Whether a list of any language has a word, or one of its own has it less its ending (`Buu`, `verruchtes`).

    Lists hold all short rows of letters; of those only names count.
    """
    if len(word) < LONG and not word[0].isupper():
        return False
    is_word = scorer.vocabulary.frequency_anywhere(word.lower()) > LISTED
    return is_word or (len(word) > LONG and scorer.vocabulary.known(word[:-1]) > LISTED)


def _repair(word: str, joiner: Joiner, scorer: Scorer) -> Iterator[Repair]:
    likely = {text: ligature for text, ligature in read_copies(word).items() if joiner.frequency(text)}
    if not likely:
        return
    apart = max(scorer.vocabulary.probability(word), scorer.vocabulary.known(split_word(word)[1]))
    dropped = {r.text: math.exp(r.weight) for r in scorer.readings(word) if r.text != word}
    for text, ligature in likely.items():  # `lled` is filled, not filed; `traał` is trafiał, not trafił
        others = [weight for other, weight in dropped.items() if other != text]
        ratio = joiner.frequency(text) / max([apart, *others])
        if ratio > 1:
            yield Repair(text, (Damage(RULE, ligature),), ratio)


def read_copies(word: str) -> dict[str, str]:
    """What a word may have been in which one letter of a double stands for a ligature, and for which.

    >>> [text for text in read_copies("diierent") if text == "different"]
    ['different']
    """
    found: dict[str, str] = {}
    head, stem, _ = split_word(word)
    if len(stem) < SHORTEST or not {"'", "’"}.isdisjoint(stem):
        return found
    for double in _DOUBLE.finditer(stem):
        at = len(head) + double.start()
        if word[at + 1].islower():
            for ligature in LIGATURES:
                found[word[: at + 1] + ligature + word[at + 2 :]] = ligature
                if at or word[0].islower():
                    found[word[:at] + ligature + word[at + 1 :]] = ligature
    return found


def _ratios(repairs: Mapping[str, Sequence[Repair]]) -> dict[Damage, list[float]]:
    """What the words say for each damage; one that goes on where another ends (`uuids`, `uuid`) says nothing new."""
    found: defaultdict[Damage, list[float]] = defaultdict(list)
    last = ""
    for word, ways in repairs.items():
        if last and word.startswith(last):
            continue
        last = word
        for repair in ways:
            found[repair.damages[0]].append(min(NAME_CAP if word[0].isupper() else CAP, repair.ratio))
    return found


def _weigh_intact(evidence: Evidence) -> dict[Damage, float]:
    """The weight of the words that have their ligature, or lost it without a trace (repeats tell less)."""
    lost = {ligature: evidence.losses.get(Loss(ligature, "")) for ligature in LIGATURES}
    intact = {Damage(RULE, ligature): found.inside if found else 0.0 for ligature, found in lost.items()}
    for word in [word for word in evidence.vocabulary if "f" in word]:
        for ligature in find_ligatures(word):
            intact[Damage(RULE, ligature)] += 1 + math.log(evidence.vocabulary[word])
    return intact


def _decide(start: int, word: str, repairs: Sequence[Repair], habits: Mapping[Damage, Habit]) -> Proposal | None:
    """The most probable repair of a word, where it is worth a suggestion."""
    kept = max(1.0, DOUBT * max(repair.ratio for repair in repairs))
    weights = [repair.ratio * habits[repair.damages[0]].share for repair in repairs]
    whole = kept + sum(weights)
    chances = [habits[repair.damages[0]].open * w / whole for repair, w in zip(repairs, weights, strict=True)]
    confidence, best = max(zip(chances, repairs, strict=True), key=lambda pair: pair[0])
    if confidence < SUGGEST:
        return None
    said = f"{best.damages[0].form!r}: {habits[best.damages[0]].share:.0%} hit"
    candidates = Candidate(best.text, confidence), Candidate(word, 1 - confidence)
    return Proposal(start, start + len(word), best.text, RULE, confidence, candidates, said)
