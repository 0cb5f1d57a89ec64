"""How a damaged form came from a word: which ligatures were lost, and what was left of each."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from ligafix.lexicon.ligatures import LIGATURES
from ligafix.lexicon.skeleton import run_pattern


class Loss(NamedTuple):
    """A ligature and what is left of it in the text: nothing, or one or two of its letters."""

    ligature: str
    left: str


class Alignment(NamedTuple):
    """The word as the observed form has its letters (capitals kept), and the losses that explain the form.

    `losses` holds one entry a damaged place: the ways in which it can have come about, simplest first.
    """

    restored: str
    losses: tuple[tuple[Loss, ...], ...]


_RUN = re.compile(f"({run_pattern(LIGATURES)})")


def align(observed: str, word: str) -> Alignment | None:
    """Explain an observed form as `word` (lower case) with ligatures lost; None where that is impossible.

    >>> align("Aairs", "affairs")
    Alignment(restored='Affairs', losses=((Loss(ligature='ff', left=''),),))
    >>> align("ofce", "office").losses
    ((Loss(ligature='fi', left=''), Loss(ligature='ffi', left='f')),)
    >>> align("Ve", "five") is None  # a capital is never inside a word, and Fi is no ligature
    True
    """
    parts = _part(word)
    found = _match(observed, observed.lower(), 0, parts, 0)
    if found is None or not found[1]:
        return None
    return Alignment("".join(found[0]), found[1])


@lru_cache(maxsize=1 << 15)
def _part(word: str) -> tuple[str, ...]:
    return tuple(_RUN.split(word))


def _match(
    observed: str, small: str, at: int, parts: tuple[str, ...], index: int
) -> tuple[tuple[str, ...], tuple[tuple[Loss, ...], ...]] | None:
    """Match the rest of a form with the rest of a word's parts: the plain ones at even places, runs at odd."""
    if index == len(parts):
        return ((), ()) if at == len(small) else None
    part = parts[index]
    if index % 2 == 0:
        if not small.startswith(part, at):
            return None
        rest = _match(observed, small, at + len(part), parts, index + 1)
        return rest and ((observed[at : at + len(part)], *rest[0]), rest[1])
    for left, losses in _remnants(part):
        if not small.startswith(left, at):
            continue
        seen = observed[at : at + len(left)]
        if losses and (seen != left or _capital_follows(observed, at, len(left))):
            continue
        rest = _match(observed, small, at + len(left), parts, index + 1)
        if rest is not None:
            return (part if losses else seen, *rest[0]), ((losses, *rest[1]) if losses else rest[1])
    return None


def _capital_follows(observed: str, at: int, length: int) -> bool:
    return at == 0 and observed[at + length : at + length + 1].isupper()


@cache
def _remnants(run: str) -> tuple[tuple[str, tuple[Loss, ...]], ...]:
    """What can be left of a run of ligature letters, and by which losses; intact first, then the longest."""
    found: dict[str, list[Loss]] = {run: []}
    for ligature in LIGATURES:
        at = run.find(ligature)
        if at >= 0:
            found.setdefault(run[:at] + run[at + len(ligature) :], []).append(Loss(ligature, ""))
    for ligature in LIGATURES:
        at = run.find(ligature)
        if at >= 0:
            for left in _fragments(ligature):
                found.setdefault(run[:at] + left + run[at + len(ligature) :], []).append(Loss(ligature, left))
    ordered = sorted(found, key=lambda left: (left != run, -len(left)))
    return tuple((left, tuple(found[left])) for left in ordered)


def _fragments(ligature: str) -> tuple[str, ...]:
    """The parts that a half-lost ligature leaves.

    >>> _fragments("ffi")
    ('f', 'i', 'fi')
    """
    if len(ligature) == 2:
        return tuple(dict.fromkeys(ligature))
    return ligature[0], ligature[-1], ligature[1:]
