"""Pages of prose with heads and feet, made from a record of `tests/data/pages.json`."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import cycle
from typing import Any

PROSE = (
    "the engineers measured from the ring for nine weeks and found that the tide stood lower than it did when the "
    "charts were made which was not what the board had wanted to hear from them and the clerk wrote all of it into "
    "the ledger that he carried under his coat whenever it was raining as it did on most days of that year"
)
WORDS = PROSE.split()

TITLES = (
    "Tide",
    "Survey",
    "Weir",
    "Ledger",
    "Quarry",
    "Ferry",
    "Signal",
    "Orchard",
    "Chapel",
    "Mill",
    "Stone",
    "Bridge",
)

LINES = 24
"""So many lines of text a page has."""


def make_prose(seed: str, lines: int) -> list[str]:
    """Lines of sentences, of which no two texts have the same; the last ends with its sentence."""
    chosen = random.Random(seed)  # noqa: S311
    words: list[str] = []
    while len(words) < 12 * lines:
        sentence = chosen.choices(WORDS, k=chosen.randint(9, 26))
        words += [sentence[0].capitalize(), *sentence[1:-1], f"{sentence[-1]}."]
    words[12 * lines - 1] = f"{words[12 * lines - 1].rstrip('.')}."
    return [" ".join(words[at : at + 12]) for at in range(0, 12 * lines, 12)]


def make_pages(record: Mapping[str, Any]) -> tuple[list[str], list[str]]:
    """The pages of a record with their furniture, and the same without it, each with the lines that are the text's.

    In a record `pages` says how many there are, `first` the number of the first; `heads` and `feet` are lists of pages'
    furniture, which take turns, each a list of lines; `text` is the same of lines within the text that stay, and
    `boxes` are lines that stand at another place of each page, and tear its sentences. All but these may have
    `{page}`, `{count}` (from 1), the numbers of two columns, `{title}`, `{chapter}` and `{section}` in them.
    """
    number, first = record["pages"], record.get("first", 11)
    turns = zip(*(cycle(record.get(part) or [[]]) for part in ("heads", "feet", "text")), strict=True)
    start = LINES // 2  # the pages begin and end within the parts, and what stands in the text between two of them
    prose = [line for part in range(number + 1) for line in make_prose(f"{record['comment']} {part}", LINES)]
    full, bare = [], []
    for page, (head, foot, text) in zip(range(number), turns, strict=False):
        at = start + page * LINES
        lines = [*prose[at : at + start], *_fill(text, page, first), *prose[at + start : at + LINES]]
        lines[7 * page % LINES : 0] = record.get("boxes", ())
        bare.append("\n".join(lines) + "\n")
        full.append("\n".join([*_fill(head, page, first), *lines, *_fill(foot, page, first)]) + "\n")
    return full, bare


def _fill(lines: Sequence[str], page: int, first: int) -> list[str]:
    """Templates with what belongs to a page in them."""
    fields = {
        "page": first + page,
        "column": first + 2 * page,
        "next_column": first + 2 * page + 1,
        "count": page + 1,
        "title": f"{TITLES[page % len(TITLES)]} and the {TITLES[(5 * page + 3) % len(TITLES)]}",
        "chapter": page // 4 + 1,
        "section": page % 4 + 1,
    }
    return [line.format(**fields) for line in lines]
