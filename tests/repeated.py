"""The lines that texts share, summed up as a run over a corpus does it."""

from collections.abc import Iterable

from ligafix.evidence.pages import LineSum, RepeatedLines


def lines_of(texts: Iterable[str]) -> RepeatedLines:
    return merge(map(RepeatedLines.of_text, texts))


def merge(parts: Iterable[RepeatedLines]) -> RepeatedLines:
    total = LineSum()
    for part in parts:
        total.add(part)
    return total.lines()
