"""Words that no list holds, read through their parts.

A known ending on a known stem (`identiability`), a prefix before a known word (`hyperossied`), two words in one
(`Stogeschichte`); each part as it stands, or restored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ligafix.lexicon.affixes import Affixes
from ligafix.lexicon.alignment import Loss, align
from ligafix.lexicon.skeleton import skeleton
from ligafix.lexicon.words import Words


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading of a damaged form.

    `probability` is the relative frequency of the text that is read, before anything is known about the place
    (tokens per token); `losses` says for each damaged place how it can have come about; `composed` that no list
    holds the word, only its parts.
    """

    text: str
    probability: float
    losses: tuple[tuple[Loss, ...], ...]
    composed: bool = False


def _read_part(form: str, words: Words) -> list[Reading]:
    """A part of a form: as it stands, or restored."""
    small = form.lower()
    frequency = words.frequency(small)
    found = [Reading(form, frequency, ())] if frequency else []
    for word in words.with_skeleton(skeleton(small)):
        aligned = align(form, word)
        if aligned is not None:
            found.append(Reading(aligned.restored, words.frequency(word), aligned.losses))
    return found


def find_compositions(form: str, words: Words, affixes: Affixes) -> Iterator[Reading]:
    """Readings of a form through its parts."""
    for prefix, rate in affixes.prefixes_of(form.lower()):
        for reading in _read_part(form[len(prefix) :], words):
            text = form[: len(prefix)] + reading.text
            yield Reading(text, rate * reading.probability, reading.losses)
    for suffix, stem_endings, rate in affixes.suffixes_of(form.lower()):
        for ending in stem_endings:
            for reading in _read_part(form[: len(form) - len(suffix)] + ending, words):
                if reading.text.endswith(ending):
                    text = reading.text[: len(reading.text) - len(ending)] + form[len(form) - len(suffix) :]
                    yield Reading(text, rate * reading.probability, reading.losses)
    yield from _compounds(form, words, affixes)


SHORT_PART = 1e-6
"""A part of three letters is one only where it is a word this frequent."""


def _are_parts(first: Reading, second: Reading) -> bool:
    return all(
        len(part.text) > 3 or (len(part.text) == 3 and part.probability > SHORT_PART) for part in (first, second)
    )


SIBILANTS = ("s", "ß", "x", "z")
"""What ends in these takes no s before the next part: Genuß-sucht, never Genuß-s-ucht."""


def _compounds(form: str, words: Words, affixes: Affixes) -> Iterator[Reading]:
    if not affixes.compound_rate:
        return
    small = form.lower()
    beginnings = words.beginnings(small) if len(small) == len(form) else range(len(form) + 1)
    for split in range(3, len(form) - 2):
        for link in affixes.links:
            first_end = split - len(link)
            if first_end < 3 or first_end not in beginnings or not small.endswith(link, 0, split):
                continue
            if link.startswith("s") and small.endswith(SIBILANTS, 0, first_end):
                continue
            for first in _read_part(form[:first_end], words):
                for second in _read_part(form[split:], words):
                    losses = (*first.losses, *second.losses)
                    lower = words.lower_share(second.text.lower())
                    fits = lower if form[0].islower() else 1 - lower
                    if _are_parts(first, second):
                        chance = affixes.compound_rate * first.probability * second.probability * fits
                        yield Reading(first.text + link + second.text, chance, losses)
