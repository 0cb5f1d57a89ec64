"""Heads that are numbered titles (`Chapter 3 The Harbour`): those of short chapters stand on a page or two."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable

from ligafix.stages.furniture.context import STARTS_SMALL, weigh_place
from ligafix.stages.furniture.edges import DEPTH
from ligafix.stages.furniture.layout import Layout

NEAR = 2
"""Pages no farther apart than this are near: heads stand on every page of a chapter, or on every other one."""

FEWEST = 4
"""Numbered titles are heads where they stand on so many pages at least."""

_NUMBERED_TITLE = re.compile(r"(?:[^\W\d_]{4,10}\.? )?\d{1,2}(?:\.\d{1,2})*\.? +[^\W\d_a-zß-öø-ÿ][^.!?]{3,80}")


def find_numbered_heads(
    layout: Layout, lines: Iterable[int], key: Callable[[int], str], counted: Container[int]
) -> frozenset[int]:
    """The numbered titles among some lines, if there are several, but for those that may be the chapters' own.

    Where no page shortly before has one of its kind, it may be the title itself, unless a sentence runs on across it.

    Args:
        layout: the text.
        lines: lines beside page numbers that count.
        key: what repeats of a line.
        counted: the page numbers that count.
    """
    heads = sorted(line for line in lines if _NUMBERED_TITLE.fullmatch(layout.content(line)))
    if len(set(map(layout.page, heads))) < FEWEST:
        return frozenset()
    found, pages = set[int](), dict[str, int]()
    for line in heads:
        page, before = layout.page(line), pages.get(key(line), -NEAR - 1)
        pages[key(line)] = page
        if page - before <= NEAR or weigh_place(layout, line, counted.__contains__, DEPTH) >= STARTS_SMALL:
            found.add(line)
    return frozenset(found)
