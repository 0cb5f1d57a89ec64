"""Footnotes: found by their numbers, which stand as marks in the text above them, and gathered when asked to.

A block of notes is a row of lines that begin with ascending numbers, each of which stands as a mark in the text before
the block on the same page (`species,2 and`, `enemies.”⁷ Even`, `(SNPs). 2 Based`). It reaches to the page's end, or to
where the sentence goes on that the block interrupts, or to a caption. Only such blocks are moved, and only those that
read as notes do: numbers that extractors give a line of their own (indices of formulas, labels of axes) are none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from ligafix.changes import Proposal
from ligafix.document import chunk_end
from ligafix.stages.lines.flow import ends_sentence, is_divided, is_lower
from ligafix.stages.lines.layout import Line, has_pages, split_lines
from ligafix.stages.lines.wording import (
    begins_note,
    ends_with_abbreviation,
    ends_with_address,
    is_caption,
    is_head,
    is_item,
    is_list_title,
    is_prose,
)

LONGEST_PAGE = 80
"""Lines. A mark stands no further than this before its note where form feeds do not tell the pages."""

FULLEST_PAGE = 8000
"""Signs. Nor further than this, where lines are paragraphs."""

LONGEST_NOTE = 12
"""Lines. What runs on for longer is no footnote, or hides the end of one."""

LONGEST_REST = 6
"""Lines that a note may have on the page after its own."""

SHORTEST_ROW = 12
"""Signs. The first of several lines of a note is no shorter; what extractors part from formulas mostly is."""

SHORT = 0.85
"""A line shorter than this share of the longest one of its block may be a note's last."""

SURE = 0.97
"""How sure a block is where its end is seen: the page ends there, or the sentence goes on behind it."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DIGITS = r"(?:\d{1,3}|[⁰¹²³⁴-⁹]{1,3})"
_START = re.compile(rf"\s*(?P<number>{_DIGITS})(?:[.)]?\s+(?=\S)|(?=[^\W\d_a-zß-öø-ÿ]|[\"“„«(])|\s*\Z)")
_MARK = re.compile(
    r"(?:(?<=[^\W\d_]{2})|(?<=[.,;:!?”’\"')\]»]))(?:(?P<glued>\d{1,3})(?![\w%°])(?![.,]\d)|(?P<raised>[⁰¹²³⁴-⁹]{1,3}))"
    r"|(?<=[.,;:!?”’\"')\]»]) (?P<apart>\d{1,3})(?= +[^\W\d_a-z]| +[“\"„«(]| *\Z)"
    r"|(?<=\s)(?P<alone>[⁰¹²³⁴-⁹]{1,3})(?!\w)"
)
_BARE = re.compile(rf"\s*{_DIGITS}[.)]?\s*\Z")
_TEXT = re.compile(r"\s*[\"'“”„«‘(\[]*[^\W\d_]")
"""How the text of a note begins, and none of the numbers and signs of formulas and tables."""

_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—\[(]\s*)?(?:(?:page|p\.|seite|s\.)\s*)?\d{1,4}\s*(?:[-–—\])]\s*)?\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its number and the numbers of its lines, in one or two pieces (on its page and on the next)."""

    number: int
    pieces: tuple[range, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The notes at the foot of a page, and whether their end is certain."""

    notes: tuple[Note, ...]
    is_sure: bool

    @property
    def first(self) -> int:
        """The line it begins with."""
        return self.notes[0].pieces[0].start

    @property
    def stop(self) -> int:
        """The line behind it."""
        return self.notes[-1].pieces[0].stop


def propose(text: str) -> list[Proposal]:
    """The footnotes, gathered at the end of the text."""
    lines = split_lines(text)
    blocks = [block for block in find_blocks(lines) if block.is_sure]
    at_end = blocks[-1] if blocks and _is_end(lines, blocks[-1]) else None
    moved = blocks[:-1] if at_end else blocks
    if not moved:
        return []
    notes = [note for block in moved for note in block.notes]
    removed = [_remove(lines, piece) for note in notes for piece in note.pieces]
    return [*removed, _insert(text, lines, notes, at_end)]


def find_note_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of all lines that belong to footnotes, surely or probably."""
    notes = (note for block in find_blocks(lines) for note in block.notes)
    return frozenset(number for note in notes for piece in note.pieces for number in piece)


def find_blocks(lines: Sequence[Line]) -> list[Block]:
    """The blocks of footnotes of a text, in its order."""
    found = [block for page in _pages(lines) for block in _find_on_page(lines, page)]
    begin_again = has_pages(lines)
    is_row = begin_again or sum(block.notes[0].number == 1 for block in found) < 2  # else the first is no surer
    blocks: list[Block] = []
    for block in found:
        number, last = block.notes[0].number, blocks[-1].notes[-1].number if blocks else 0
        if number == 1 or not blocks or number > last:
            is_next = is_row and (not blocks or number == last + 1 or (number == 1 and begin_again))
            blocks.append(replace(block, is_sure=block.is_sure and is_next))
    return _join_rests(lines, blocks)


def _pages(lines: Sequence[Line]) -> Iterator[range]:
    """The lines of each page; all in one where form feeds do not tell."""
    start = 0
    if has_pages(lines):
        for number, line in enumerate(lines):
            if line.ends_page:
                yield range(start, number + 1)
                start = number + 1
    yield range(start, len(lines))


def _find_on_page(lines: Sequence[Line], page: range) -> Iterator[Block]:
    """The blocks of a page: one, or one for each column, or many where the text has no pages."""
    marks = _find_marks(lines, page)
    starts = [(line, number) for line in page if (number := _number_of(lines, line)) in marks]
    at = page.start
    for place, (line, number) in enumerate(starts):
        if not number or line < at or not _is_marked(lines, marks[number], at, line):
            continue
        chain = [(line, number)]
        for following, other in islice(starts, place + 1, None):
            if following - chain[-1][0] > LONGEST_NOTE:
                break
            if other == chain[-1][1] + 1 and _is_marked(lines, marks[other], at, line):
                chain.append((following, other))
        block = _make_block(lines, page, chain)
        if block:
            yield block
            at = block.stop


def _find_marks(lines: Sequence[Line], page: range) -> dict[int, list[int]]:
    """The lines in which each number stands as a mark."""
    marks: dict[int, list[int]] = {}
    for line in page:
        for found in _MARK.finditer(lines[line].text):
            digits = found["glued"] or found["raised"] or found["apart"] or found["alone"]
            marks.setdefault(int(digits.translate(_SUPERSCRIPTS)), []).append(line)
    return marks


def _is_marked(lines: Sequence[Line], marks: Sequence[int], start: int, stop: int) -> bool:
    """Whether one of a number's marks stands in the text of a page before a line."""
    place = bisect_left(marks, stop)
    if not place or marks[place - 1] < max(start, stop - LONGEST_PAGE):
        return False
    return lines[stop].start - lines[marks[place - 1]].after <= FULLEST_PAGE


def _number_of(lines: Sequence[Line], line: int) -> int:
    """The number of the note that a line begins; 0 where it begins none."""
    text = lines[line].text
    found = _START.match(text)
    if not found:
        return 0
    if _is_bare(text):
        if lines[line].ends_page or line + 1 == len(lines) or not _TEXT.match(lines[line + 1].text):
            return 0
    elif not _TEXT.match(text, found.end()):
        return 0
    return int(found["number"].translate(_SUPERSCRIPTS))


def _is_bare(text: str) -> bool:
    """Whether a line holds the number of a note and nothing else."""
    return bool(_BARE.match(text))


def _make_block(lines: Sequence[Line], page: range, chain: Sequence[tuple[int, int]]) -> Block | None:
    """The block whose notes begin where the chain says; None where they are none."""
    first, last = chain[0][0], chain[-1][0]
    before = next((line for line in range(first - 1, page.start - 1, -1) if not lines[line].is_blank), None)
    if before is None or is_list_title(lines[before].text):
        return None
    end, is_sure = _find_end(lines, page, before, first, last)
    bounds = [*(line for line, _ in chain), end]
    pieces = [range(start, stop) for start, stop in pairwise(bounds)]
    if any(len(piece) > LONGEST_NOTE for piece in pieces):
        return None
    notes = tuple(Note(n, (piece,)) for (_, n), piece in zip(chain, pieces, strict=True))
    return Block(notes, is_sure and _reads_as_notes(lines, notes))


def _reads_as_notes(lines: Sequence[Line], notes: Sequence[Note]) -> bool:
    """Whether notes hold words, and the first one begins as notes do."""
    texts = [" ".join(_rows(lines, note)) for note in notes]
    texts = [text[found.end() :] for text in texts if (found := _START.match(text))]
    first, *others = _rows(lines, notes[0])
    is_row = not others or len(first) >= SHORTEST_ROW
    return is_row and begins_note(texts[0]) and all(is_prose(text) or begins_note(text) for text in texts)


def _find_end(lines: Sequence[Line], page: range, before: int, first: int, last: int) -> tuple[int, bool]:
    """The line behind the last note of a block, and whether that is certain."""
    filled = [line for line in range(last, min(page.stop, last + LONGEST_NOTE + 1)) if not lines[line].is_blank]
    width = max(len(lines[line].text.strip()) for line in [*range(first, last), *filled[:2]])
    is_loose = any(lines[line].is_blank for line in range(first, last))
    for line, following in pairwise(filled):
        text = lines[line].text.strip()
        if line == last and _is_bare(text):
            continue
        is_over = _is_over(text)
        if is_over and _is_interrupted(lines[before].text, lines[following].text):
            return line + 1, True
        if is_over and following in filled[-1:] and _is_foot(lines, page, following):
            return line + 1, has_pages(lines)
        if is_caption(lines[following].text):
            return line + 1, is_over and _breaks_off(lines[before].text)
        is_parted = following > line + 1 and not is_loose
        is_short = len(text) < SHORT * width and is_over
        if is_short or is_parted or (is_over and is_head(lines[following].text)):
            return line + 1, False
    return filled[-1] + 1, all(lines[line].is_blank for line in range(filled[-1] + 1, page.stop))


def _is_over(text: str) -> bool:
    """Whether a note may end with a line."""
    is_end = ends_sentence(text) and not text.rstrip().endswith(":") and not ends_with_abbreviation(text)
    return is_end or ends_with_address(text)


def _breaks_off(text: str) -> bool:
    """Whether a line of prose ends in the middle of a sentence."""
    return not ends_sentence(text) and is_prose(text)


def _is_interrupted(text: str, following: str) -> bool:
    """Whether a line of prose goes on, in the middle of its sentence, in another one."""
    return _breaks_off(text) and _goes_on(text, following) and is_prose(following) and not is_item(following)


def _is_foot(lines: Sequence[Line], page: range, line: int) -> bool:
    """Whether a line is a page number, and the last thing on its page."""
    is_last = all(lines[number].is_blank for number in range(line + 1, page.stop))
    return is_last and bool(_PAGE_NUMBER.match(lines[line].text))


def _goes_on(text: str, following: str) -> bool:
    """Whether a line goes on, in the middle of its sentence, in another one."""
    return not ends_sentence(text) and (is_lower(following) or is_divided(text.rstrip()))


def _join_rests(lines: Sequence[Line], blocks: Sequence[Block]) -> list[Block]:
    """The same blocks, each last note with its rest on the next page; not sure where that cannot be told."""
    joined: list[Block] = []
    for number, block in enumerate(blocks):
        following = blocks[number + 1] if number + 1 < len(blocks) else None
        joined.append(_join_rest(lines, block, following) if _is_cut(lines, block) else block)
    return joined


def _is_cut(lines: Sequence[Line], block: Block) -> bool:
    """Whether a page ends within the last note of a block."""
    ends_page = any(line.ends_page for line in lines[block.stop - 1 : block.stop + 2])
    return ends_page and not _is_over(lines[block.stop - 1].text)


def _join_rest(lines: Sequence[Line], block: Block, following: Block | None) -> Block:
    """A block with the rest of its last note, which stands on the next page above that page's notes or at its foot."""
    page = next((page for page in _pages(lines[block.stop + 1 :])), range(0))
    stop = block.stop + 1 + page.stop
    foot = following.first if following and following.first < stop else stop
    last = lines[block.stop - 1].text
    found = [
        start
        for start in range(max(block.stop + 2, foot - LONGEST_REST), foot)
        if _goes_on(last, lines[start].text) and _is_break(lines, start, stop)
    ]
    if len(found) != 1 or not ends_sentence(lines[foot - 1].text):
        return replace(block, is_sure=False)
    note = replace(block.notes[-1], pieces=(*block.notes[-1].pieces, range(found[0], foot)))
    return replace(block, notes=(*block.notes[:-1], note))


def _is_break(lines: Sequence[Line], start: int, stop: int) -> bool:
    """Whether the text of a page ends above a line: a blank line parts them, or it goes on over the page's end."""
    above = lines[start - 1]
    behind = lines[stop].text if stop < len(lines) else ""
    return above.is_blank or (_goes_on(above.text, behind) and not _goes_on(above.text, lines[start].text))


def _is_end(lines: Sequence[Line], block: Block) -> bool:
    """Whether nothing follows a block."""
    return all(line.is_blank for line in lines[block.stop :])


def _remove(lines: Sequence[Line], piece: range) -> Proposal:
    """Take the lines of a note away, but not the form feed behind them."""
    start, end = lines[piece.start].start, lines[piece.stop - 1]
    stop = end.after - 1 if end.ends_page else end.after
    return Proposal(
        start, stop, "", "footnote-moved", SURE, evidence="its number stands as a mark on the page", group=0
    )


def _insert(text: str, lines: Sequence[Line], notes: Sequence[Note], at_end: Block | None) -> Proposal:
    """Put notes behind the last line of the text, or before the notes that stand there already."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    rows = line_end.join(row for note in notes for row in _rows(lines, note))
    if at_end:
        line = lines[at_end.first]
        start, end = line.start + line.indent, chunk_end(text, line.start + line.indent)
        gap = "" if lines[at_end.first - 1].is_blank else line_end
        after = gap + rows + line_end + text[start:end]
    else:
        moved = {number for note in notes for piece in note.pieces for number in piece}
        filled = (number for number in range(len(lines) - 1, -1, -1) if not lines[number].is_blank)
        end = lines[next(number for number in filled if number not in moved)].end
        start = end - 1
        after = text[start] + 2 * line_end + rows
    return Proposal(start, end, after, "footnotes-gathered", SURE, group=0)


def _rows(lines: Sequence[Line], note: Note) -> Iterator[str]:
    """The lines of a note, its number beside its first word."""
    rows = [lines[line].text.strip() for piece in note.pieces for line in piece if not lines[line].is_blank]
    if _is_bare(rows[0]):
        rows[:2] = [f"{rows[0]} {rows[1]}"]
    yield from rows
