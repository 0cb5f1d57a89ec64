"""The ways to mend a place: which stretch of the text, what comes there, and how likely that is by the words alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ligafix.chunks.words import edge_words, words_in
from ligafix.document import HYPHENS, LETTERS
from ligafix.stages.codes.joints import Joiner, Repair, joints
from ligafix.stages.codes.pages import Page

_CLOSING = re.compile(r"[,.;:!?)\]}”’»\"]")
_OPENING = re.compile(rf"(?:(?:\A|[\s(\[])[(\[“‘„«\"]|[{LETTERS}][-‐])\Z")
_LAST_OPENING = '([“‘„«"-‐'
_BLANKS = re.compile(r"[ \t]*")


@dataclass(frozen=True, slots=True)
class Option:
    """A way to mend a stretch of the text.

    Attributes:
        start: where the stretch starts (code points).
        end: where it ends.
        after: what comes there.
        words: the words that stand there.
        repair: what they may have been.
    """

    start: int
    end: int
    after: str
    words: tuple[str, ...]
    repair: Repair


def has_inner_options(page: Page, number: int, joiner: Joiner) -> bool:
    """Whether there may be any such ways; fast where there are none."""
    is_last = number + 1 == len(page.chunks)
    if may_have_options(page.chunks[number], "" if is_last else page.chunks[number + 1], joiner):
        return True
    return not is_last and _is_beside_hyphen(page, number)


def _is_beside_hyphen(page: Page, number: int) -> bool:
    """Whether a line-end hyphen may join something to a chunk and the one behind it that end and begin in words."""
    if not edge_words(page.chunks[number])[1] or not edge_words(page.chunks[number + 1])[0]:
        return False
    return page.chunks[number - 1][-1] in HYPHENS or page.chunks[number + 1][-1] in HYPHENS


def may_have_options(first: str, second: str, joiner: Joiner) -> bool:
    """Whether there may be any at two chunks, whatever stands around them."""
    return may_run_together(first, joiner) or may_join(first, second, joiner)


def may_run_together(chunk: str, joiner: Joiner) -> bool:
    """Whether a word of a chunk may be two."""
    return "f" in chunk and any(joiner.run_together(word.text) for word in words_in(chunk))


def may_join(first: str, second: str, joiner: Joiner) -> bool:
    """Whether two chunks may end and begin in pieces of one word."""
    word, following = edge_words(first)[1], edge_words(second)[0]
    return bool(word and following and (joiner.torn(word, following) or joints(word, following)))


def inner_options(page: Page, number: int, joiner: Joiner) -> Iterator[Option]:
    """The ways to mend what a ligature tore inside a word, or ran together, from the end of a chunk on."""
    for last, words in page.rows(number):
        if len(words) == 2:
            yield from _torn(page, number, words, joiner)
        if not joints(*words[-2:]):
            break
        yield from _spaced(page, number, last, words, joiner)
    yield from _run_together(page, number, joiner)


def edge_options(page: Page, number: int, joiner: Joiner, stray: float) -> Iterator[Option]:
    """The ways to mend what a ligature tore at the edge of a word: between a chunk and the next one.

    There a sign stands apart from its word (`the sta , and`, `" at" collections`, `twenty- ve`) as it does in
    a share `stray` of the text at large. Where a space is the neighbour, nothing can be seen.
    """
    if number + 1 == len(page.chunks):
        return
    behind, before = page.chunks[number + 1], page.chunks[number]
    if not (may_end_edge(before) or may_begin_edge(behind)) or not page.is_one_space(number):
        return
    (start, end), (next_start, _) = page.span(number), page.span(number + 1)
    word, next_word = edge_words(before)[1], edge_words(behind)[0]
    if word and _CLOSING.match(behind) and not joiner.are_foreign(word, _word_before(page, number)):
        for repair in joiner.cut(word, stray, at_start=False):
            yield Option(end - len(word), next_start, repair.text, (word,), repair)
    opens = next_word and _OPENING.search(page.text, max(0, start - 1), end)
    if opens and not joiner.are_foreign(next_word, _word_behind(page, number + 1, joiner)):
        for repair in joiner.cut(next_word, stray, at_start=True):
            yield Option(end, next_start + len(next_word), repair.text, (next_word,), repair)
    if word and behind in HYPHENS and number + 2 < len(page.chunks) and page.gap(number + 1) == "\n":
        yield from _before_hyphen(page, number, joiner, stray)


def _word_before(page: Page, number: int) -> str:
    """The word before a chunk that is one itself ('' for none)."""
    is_word = number > 0 and edge_words(page.chunks[number])[0] == page.chunks[number]
    return edge_words(page.chunks[number - 1])[1] if is_word else ""


def _word_behind(page: Page, number: int, joiner: Joiner) -> str:
    """The word behind a chunk that is one itself ('' for none, and for a piece of one that is torn)."""
    if number + 1 == len(page.chunks) or edge_words(page.chunks[number])[1] != page.chunks[number]:
        return ""
    word, following = edge_words(page.chunks[number + 1])[0], page.chunks[number + 2 : number + 3]
    is_torn = word and following and joiner.torn(word, edge_words(following[0])[0])
    return "" if is_torn else word


def may_end_edge(chunk: str) -> bool:
    """Whether there may be any such ways behind a chunk, whatever follows."""
    return chunk[-1] in _LAST_OPENING


def may_begin_edge(chunk: str) -> bool:
    """Whether there may be any such ways before a chunk, whatever stands there."""
    return chunk in HYPHENS or _CLOSING.match(chunk) is not None


def stray_share(text: str) -> float:
    """How many of a text's signs stand apart from the word that they belong to."""
    apart, all_signs = len(_STRAY.findall(text)), len(_SIGN.findall(text))
    return (apart + 1) / (all_signs + 50)


_SIGN = re.compile(_CLOSING.pattern)
_STRAY = re.compile(rf"[ \t]{_CLOSING.pattern}")


def _torn(page: Page, number: int, words: tuple[str, ...], joiner: Joiner) -> Iterator[Option]:
    """Two pieces with a ligature between them, by themselves and with what line-end hyphens join to them."""
    first, second = words
    last = number + 1
    variants = [("", "")]
    if page.chunks[number] == first and (head := page.before_seam(number)):
        variants.append((head, ""))
    if page.chunks[last][:-1] == second and (tail := page.behind_seam(last)):
        variants.append(("", tail))
    for head, tail in variants:
        for repair in joiner.torn(head + first, second + tail):
            if repair.text.startswith(head) and page.is_one_space(number):
                after = repair.text[len(head) : len(repair.text) - len(tail)]
                yield Option(*_stretch(page, number, last, words), after, words, repair)


def _stretch(page: Page, first: int, last: int, words: tuple[str, ...]) -> tuple[int, int]:
    """Where words start and end that stand from the end of one chunk to the beginning of another."""
    return page.span(first)[1] - len(words[0]), page.span(last)[0] + len(words[-1])


def _spaced(page: Page, first: int, last: int, words: tuple[str, ...], joiner: Joiner) -> Iterator[Option]:
    gaps = page.gaps(first, last) if joiner.is_one_word(words) else ""
    for repair in joiner.spaced(words, gaps) if gaps else ():
        option = Option(*_stretch(page, first, last, words), repair.text, words, repair)
        yield _move_line_end(page, last, option) if "\n" in gaps else option


def _move_line_end(page: Page, last: int, option: Option) -> Option:
    """The same option with the line end behind the word, and what follows the word without a space on its line.

    Where the word was the last of its line, the line is gone.
    """
    text, (start, end) = page.text, page.span(last)
    rest = text[start + len(option.words[-1]) : end]
    blanks = _BLANKS.match(text, end)
    line_start = blanks.end() if blanks else end
    if text[line_start : line_start + 1] in ("", "\n", "\r", "\f"):
        return replace(option, end=end, after=option.after + rest)
    before = page.span(last - 1)[1]
    return replace(option, end=line_start, after=option.after + rest + text[before:start].strip(" \t"))


def _run_together(page: Page, number: int, joiner: Joiner) -> Iterator[Option]:
    """The words of a chunk parted where the space behind a ligature may have gone."""
    for word in words_in(page.chunks[number]) if "f" in page.chunks[number] else ():
        for repair in joiner.run_together(word.text):
            start = page.span(number)[0] + word.start
            yield Option(start, start + len(word.text), repair.text, (word.text,), repair)


def _before_hyphen(page: Page, number: int, joiner: Joiner, stray: float) -> Iterator[Option]:
    """A ligature torn out before a line-end hyphen (`signi -⏎cant`); the stage `hyphens` does the rest."""
    word, rest = edge_words(page.chunks[number])[1], edge_words(page.chunks[number + 2])[0]
    for repair in joiner.torn(word, rest) if rest else ():
        if len(repair.damages) == 1 and repair.text.startswith(word):
            after = word + repair.damages[0].form + page.chunks[number + 1]
            end = page.span(number)[1]
            likelier = replace(repair, ratio=repair.ratio / stray)
            yield Option(end - len(word), page.span(number + 1)[1], after, (word, rest), likelier)
