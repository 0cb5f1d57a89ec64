r"""Taking furniture out of a text so that it reads as if the page did not end there.

Where a word or a sentence runs on, its halves come to stand one line's end apart, and the page break between them
goes too: `recon-⏎⏎130 | The Harbour⏎⏎sider` becomes `recon-⏎sider`. Otherwise page breaks stay, and the white space
before them; without page breaks, the wider of the gaps above and below stays, so that a paragraph's end remains one.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

from ligafix.changes import Candidate, Proposal
from ligafix.spans import Spans
from ligafix.stages.furniture.context import ends_in_note, is_divided, runs_on
from ligafix.stages.furniture.judging import Judgement
from ligafix.stages.furniture.layout import TAG, Layout

DIVIDED = 0.99
"""How sure it is that a page break inside a word does not belong there ..."""

RUNS_ON = 0.96
"""... and inside a sentence."""

WORTH_SUGGESTING = 0.4
"""Lines at least this probably furniture are suggested."""


def remove_lines(layout: Layout, judged: Mapping[int, Judgement], least: float) -> Iterator[Proposal]:
    """Propose to remove the lines that are furniture, those of one place together.

    Args:
        layout: the text.
        judged: the lines that may be furniture.
        least: the probability from which a line goes; less probable ones are suggested, each by itself.
    """
    going = {n for n, j in judged.items() if j.probability >= least and not layout.is_tagged(n)}
    for block in _blocks(going):
        yield _remove(layout, block, [judged[line] for line in block], going)
    for line, judgement in sorted(judged.items()):
        if line not in going and judgement.probability >= WORTH_SUGGESTING and not layout.is_tagged(line):
            yield _remove(layout, [line], [judgement], going)


def remove_numbers(layout: Layout, numbers: Mapping[int, Judgement]) -> Iterator[Proposal]:
    """Propose to remove the page numbers before lines of the text."""
    for line, judgement in numbers.items():
        if judgement.probability >= WORTH_SUGGESTING and judgement.page is not None:
            raw = layout.raw(line)
            behind = raw.removeprefix(judgement.page).lstrip()
            start = layout.start(line)
            yield _propose(start, start + len(raw) - len(behind), "", [judgement])


def mark_lines(layout: Layout, judged: Mapping[int, Judgement]) -> Iterator[Proposal]:
    """Propose to put tags around the lines that are furniture."""
    for line, judgement in sorted(judged.items()):
        if not layout.is_tagged(line) and judgement.probability >= WORTH_SUGGESTING:
            after = layout.text[layout.start(line) : layout.end(line)].join(TAG)
            yield _propose(layout.start(line), layout.end(line), after, [judgement])


def join_pages(layout: Layout, going: Iterable[Proposal]) -> Iterator[Proposal]:
    """Propose to remove the page breaks inside sentences where nothing else is to be removed."""
    taken = Spans((p.start, p.end) for p in going)
    starts = layout.page_starts
    for page, behind in enumerate(starts[1:-1]):
        before = behind - 1
        if not starts[page] < behind < starts[page + 2] or not _joins(layout, before, behind, ()):
            continue
        start, end = layout.end(before), layout.start(behind)
        if not taken.meet(start, end):
            divided = is_divided(layout, before, behind)
            rule, confidence = "page-break", DIVIDED if divided else RUNS_ON
            evidence = f"a {'word' if divided else 'sentence'} runs on across it"
            yield Proposal(start, end, layout.newline, rule, confidence, (), evidence)


def _blocks(lines: Iterable[int]) -> Iterator[list[int]]:
    """Runs of lines that follow each other."""
    block: list[int] = []
    for line in sorted(lines):
        if block and line != block[-1] + 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _remove(layout: Layout, block: Sequence[int], judged: Sequence[Judgement], going: Container[int]) -> Proposal:
    before, behind = block[0] - 1, block[-1] + 1
    start = layout.end(before) if before >= 0 else 0
    end = layout.start(behind) if behind < len(layout) else len(layout.text)
    return _propose(start, end, _what_stays(layout, before, behind, going), judged)


def _what_stays(layout: Layout, before: int, behind: int, going: Container[int]) -> str:
    """The white space that parts the lines around a block that was removed."""
    gaps = [layout.gap(line) for line in range(max(before, 0), min(behind, len(layout)))]
    breaks = sum(gap.count("\f") for gap in gaps)
    if before < 0:
        return "\f" * breaks
    if behind >= len(layout):
        return (layout.newline if layout.newline in gaps[-1] or layout.newline in gaps[0] else "") + "\f" * breaks
    if _joins(layout, before, behind, going):
        return layout.newline
    if breaks:
        return gaps[0].partition("\f")[0] + "\f" * breaks
    return max(gaps[0], gaps[-1], key=lambda gap: gap.count(layout.newline))


def _joins(layout: Layout, before: int, behind: int, gone: Container[int]) -> bool:
    """Whether text runs on between two lines that a page's end parts, and no notes stand between."""
    return runs_on(layout, before, behind) and not ends_in_note(layout, before, gone)


def _propose(start: int, end: int, after: str, judged: Sequence[Judgement]) -> Proposal:
    confidence = min(j.probability for j in judged)
    rule = "+".join(dict.fromkeys(j.rule for j in judged))
    reasons = "; ".join(dict.fromkeys(reason for j in judged for reason in j.reasons))
    page = next((j.page for j in judged if j.page is not None), None)
    candidates = (Candidate(after, confidence),)
    return Proposal(start, end, after, rule, confidence, candidates, reasons, page=page)
