r"""Mojibake: text in one encoding that was read as another, decoded: `cafÃ©` becomes café, `ï¬\x81rst` first.

It refuses what only looks like it (`SÃO PAULO`, `1 Â`): ftfy's test of badness decides line by line. It does not
invent what is lost: `ï¬nd`, of which a character is missing, is a code and not mojibake.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ligafix.changes import Candidate, Proposal
from ligafix.evidence.decoding import find_decodable
from ligafix.spans import Edit, widen
from ligafix.stages.codes.controls import find_readable
from ligafix.stages.codes.presentation import expand_ligatures

_OF_WORD = re.compile(r"\w|[^\x00-\x7f]")  # what a damaged word is written with
_LIKELY = 0.9


def propose(text: str) -> list[Proposal]:
    """The damaged words of a text, decoded; fast where there are none.

    >>> [(p.start, p.end, p.after) for p in propose("un cafÃ© noir")]
    [(3, 8, 'café')]
    """
    decodable = find_decodable(text)
    taken = {place for edit in decodable for place in range(edit.start, edit.end)}
    edits = sorted([*decodable, *find_readable(text, taken)], key=lambda e: (e.start, e.end))
    return [_propose_word(text, start, end, within) for start, end, within in _group(text, edits)]


def _group(text: str, edits: Sequence[Edit]) -> list[tuple[int, int, list[Edit]]]:
    """The spans of the words in which edits lie, each with its edits."""
    words: list[tuple[int, int, list[Edit]]] = []
    for edit in edits:
        start, end = widen(text, edit.start, edit.end, _OF_WORD)
        if words and start < words[-1][1]:
            first, last, within = words[-1]
            words[-1] = first, max(last, end), [*within, edit]
        else:
            words.append((start, end, [edit]))
    return words


def _propose_word(text: str, start: int, end: int, edits: Sequence[Edit]) -> Proposal:
    """One proposal for a word: what is likely in it, or else what is possible."""
    best = max(edit.confidence for edit in edits)
    chosen = [edit for edit in edits if edit.confidence >= min(best, _LIKELY)]
    after = expand_ligatures(_rewrite(text, start, end, chosen))
    confidence = min(edit.confidence for edit in chosen)
    evidence = "; ".join(dict.fromkeys(edit.evidence for edit in chosen))
    return Proposal(start, end, after, "mojibake", confidence, (Candidate(after, confidence),), evidence)


def _rewrite(text: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    pieces = []
    for edit in edits:
        pieces += [text[start : edit.start], edit.after]
        start = edit.end
    return "".join([*pieces, text[start:end]])
