"""How probable it is that a line is furniture: what speaks for it and against it, added up as log odds."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from ligafix.evidence.neighbours import Elsewhere
from ligafix.stages.furniture.blank_lines import are_parted, is_with_text
from ligafix.stages.furniture.context import may_run_on, runs_on
from ligafix.stages.furniture.counting import Counted
from ligafix.stages.furniture.edges import DEPTH, Boundary, Kind, is_section_head
from ligafix.stages.furniture.layout import Layout
from ligafix.stages.furniture.numbered_heads import NEAR, find_numbered_heads
from ligafix.stages.furniture.numbers import Form
from ligafix.stages.furniture.repetition import count_repeats, key_of
from ligafix.stages.furniture.tables import is_heading, is_like_text, line_kind
from ligafix.stages.furniture.weights import (
    AS_PRINTED,
    CITED,
    COLUMN,
    COLUMNS,
    ELSEWHERE,
    FEW_HEADINGS,
    FEW_TEXTS,
    FLOWS,
    GOES_ON,
    GREETING,
    HEADING,
    IN_MOST_TEXTS,
    INSIDE,
    KNOWN_LINE,
    LEADERS,
    LONG,
    LONG_LINE,
    MANY_PAGES,
    MOST_PAGES,
    MOSTLY_OUTER,
    NUMBERED_HEAD,
    OTHER_TEXTS,
    PARTED,
    PRIOR,
    REPEATED_HEADING,
    SENTENCE,
    SHORTEST,
    SMALL,
    STRAY_NUMBER,
    TEXT_BESIDE,
    TITLE,
    TORN,
    WITH_TEXT,
    WORDLESS,
)

_NUMBERED = re.compile(r"\d{1,2}(?:\.\d{1,2})*\.?\s+[^\W\d_]")
_LEADERS = re.compile(r"(?:\.[ \xa0]?){5,}")
_SENTENCE = re.compile(r"[a-zß-öø-ÿ]{2}[.!?][\"”’)]?\Z")
_HEAD_WORD = re.compile(r"[^\W\d_]{3}|[\u2e80-\u9fff\uac00-\ud7af]")
_WORD = re.compile(r"[^\W\d_]{2,}")
_COLUMNS = re.compile(r"\S(?: {3,}|\t)\S")


@dataclass(slots=True)
class Weight:
    """What speaks for a line, so far."""

    odds: float
    rule: str = "running-head"
    page: str | None = None
    reasons: list[str] = field(default_factory=list)

    def add(self, odds: float, reason: str = "") -> None:
        """Add what a piece of evidence says, and name it where it says much."""
        self.odds += odds
        if reason:
            self.reasons.append(reason)


class Weigher:
    """Weighs the lines at the boundaries of one text, each by itself."""

    def __init__(
        self,
        layout: Layout,
        boundaries: Sequence[Boundary],
        counted: Mapping[int, Counted],
        elsewhere: Callable[[str], Elsewhere],
    ) -> None:
        """Take the text's evidence.

        Args:
            layout: the text.
            boundaries: where its pages may end.
            counted: its page numbers that count.
            elsewhere: tells what other texts say of a line.
        """
        self.layout = layout
        self._all = boundaries
        self._boundaries = len(boundaries)
        self._counted = counted
        self._elsewhere = elsewhere
        self._keys_of: dict[int, str] = {}
        self._keys_at = [self._keys(b) for b in boundaries if b.kind is not Kind.EDGE]
        self._alike = count_repeats(self._keys_at)
        self._running: dict[str, bool] = {}

    @cached_property
    def _is_counted(self) -> bool:
        """Whether the pages of this text are numbered: then a number that does not count is none of a page."""
        return any(c.pages >= 4 for c in self._counted.values())

    @cached_property
    def _totals(self) -> Mapping[str, int]:
        """How often each repeated line stands anywhere in the text."""
        lines = list(self.layout.lines_up_to(LONG_LINE))
        others = (self.layout.content(line) for line in lines if line not in self._counted)
        totals = Counter("\n".join(others).casefold().split("\n"))  # at once: most of them are in no other place
        totals.update(self.key(line) for line in lines if line in self._counted)
        return {key: totals[key] for key in self._alike}

    def outer_share(self, key: str) -> float:
        """At which share of the ends of pages with a line of a kind no text stands between it and the end."""
        return self._outer.get(key, 1.0)

    @cached_property
    def _outer(self) -> Mapping[str, float]:
        """The same of all kinds of which there is more than one line."""
        outer: dict[int, bool] = {}
        for boundary in self._all:
            for side in (boundary.above, boundary.below):
                is_outer = True
                for line in side if boundary.kind is not Kind.EDGE else ():
                    outer[line] = outer.get(line, False) or is_outer
                    is_outer = is_outer and self._may_be_outer(line)
        found: defaultdict[str, list[bool]] = defaultdict(list)
        for line, is_outer in outer.items():
            found[self.key(line)].append(is_outer)
        return {key: sum(lines) / len(lines) for key, lines in found.items() if len(lines) > 1}

    def _may_be_outer(self, line: int) -> bool:
        """Whether a line may be furniture: it repeats, counts, is known, or is a number or hardly a character."""
        return (
            line in self._counted
            or self.repeats(line)
            or self.layout.width(line) <= SHORTEST
            or any(number.form is not Form.BESIDE for number in self.layout.page_numbers.get(line, ()))
            or line_kind(self.layout.content(line)) is not None
        )

    def _keys(self, boundary: Boundary) -> dict[str, int]:
        keys = {self.key(line): line for line in (*boundary.above, *boundary.below)}
        return {key: line for key, line in keys.items() if key != "#"}

    def key(self, line: int) -> str:
        """What repeats of a line."""
        key = self._keys_of.get(line)
        if key is None:
            key = self._keys_of[line] = key_of(self.layout, line, self._counted)
        return key

    def weigh(self, boundary: Boundary, line: int) -> Weight:
        """What a line says for itself, without the text around it."""
        content = self.layout.content(line)
        weight = Weight(PRIOR[boundary.kind])
        kind = line_kind(content)
        if kind is not None:
            weight.rule = {"sharing": "site-line"}.get(kind, "stamp")
            weight.add(KNOWN_LINE, "such lines are put on pages")
            return weight
        self._weigh_number(weight, line)
        self._weigh_repeats(weight, boundary, line)
        self._weigh_shape(weight, line, content)
        if weight.rule == "running-head" and self._flows(boundary, line):
            weight.add(FLOWS, "is part of a sentence")
        if self._parts_heads and is_with_text(self.layout, boundary, line):
            weight.add(WITH_TEXT, "stands with the text")
        if self.has_text_beside(line):
            weight.add(TEXT_BESIDE, "has text beside its number")
        return weight

    def says_nothing(self, line: int) -> bool:
        """Whether nothing speaks for a line: no number or wording of its own, no other page or text that has it."""
        is_number = line in self._counted or line in self.layout.page_numbers
        if is_number or self.repeats(line) or line in self._numbered_heads:
            return False
        content = self.layout.content(line)
        return line_kind(content) is None and not self._elsewhere(content).texts

    def has_text_beside(self, line: int) -> bool:
        """Whether the words beside a line's number are those of the text or of a heading, which no other page has."""
        counted = self._counted.get(line)
        numbers = (counted.number,) if counted else self.layout.page_numbers.get(line, ())
        beside = [n.rest for n in numbers if n.form is Form.BESIDE and not (n.is_last and is_section_head(n))]
        is_text = bool(counted and counted.is_before_text and beside) or any(map(is_like_text, beside))
        return is_text and not self.repeats(line)

    def weigh_number_before_text(self, boundary: Boundary, line: int) -> Weight | None:
        """What speaks for a number before a line of the text being the page's; None where there is no such number."""
        counted = self._counted.get(line)
        if counted is None or counted.number.parted or not self.has_text_beside(line):
            return None
        number = counted.number
        if not self.layout.head(line).startswith(number.printed):
            return None
        weight = Weight(PRIOR[boundary.kind], page=number.printed)
        weight.add(counted.log_odds, f"{number.printed} counts over {counted.pages} pages")
        if number.rest[:1].islower():
            weight.add(GOES_ON, "the text goes on behind it")
        return weight

    def _weigh_number(self, weight: Weight, line: int) -> None:
        counted = self._counted.get(line)
        numbers = (counted.number,) if counted else self.layout.page_numbers.get(line, ())
        number = next((n for n in numbers if counted or n.parted or n.form is not Form.BESIDE), None)
        if number is None:
            return
        weight.page = number.printed
        if counted is not None:
            weight.add(counted.log_odds, f"{number.printed} counts over {counted.pages} pages")
        else:
            is_formula = number.rest and not _HEAD_WORD.search(number.rest)  # `|S |1/2`
            is_parted = number.parted and not is_formula
            shape = PARTED[number.parted] if is_parted else AS_PRINTED[number.form]
            shape = min(shape, STRAY_NUMBER) if self._is_counted else shape
            shape = COLUMN if self._is_in_column(line) else shape
            weight.add(shape, "stands as page numbers do" if shape > STRAY_NUMBER else "")
        if number.form is not Form.BESIDE:
            weight.rule = "page-number"

    def _is_in_column(self, line: int) -> bool:
        """Whether a number stands above or below another one on its page, neither of which counts with the pages."""
        layout = self.layout
        near = (n for n in (line - 1, line + 1) if 0 <= n < len(layout) and layout.page(n) == layout.page(line))
        return layout.is_number(line) and any(layout.is_number(n) and n not in self._counted for n in near)

    def _weigh_repeats(self, weight: Weight, boundary: Boundary, line: int) -> None:
        key = self.key(line)
        pages = self._alike.get(key, 1)
        if pages > 1 and key and key != "#":
            weight.add(for_repeats(pages - 1) - self._thin(pages), f"stands on {pages} pages")
            there = 1 - min(1.0, pages / max(1, self._totals.get(key, 0)))
            weight.add((ELSEWHERE if any(map(str.isalnum, key)) else 2 * ELSEWHERE) * there)
            weight.add(INSIDE * (1 - self.outer_share(key)))
            if self._is_title(boundary, line) or self._is_numbered_title(line):
                weight.add(TITLE, "may be the title")
        content = self.layout.content(line)
        texts, others, torn = self._elsewhere(content)
        if texts > 0:
            is_of_pages = torn >= TORN * texts or _is_longer_than_greetings(content)
            in_most = IN_MOST_TEXTS if is_of_pages and 2 * texts >= others >= FEW_TEXTS else 0.0
            weight.add(min(OTHER_TEXTS, for_repeats(texts)) + in_most, f"stands in {texts} other texts")

    def _thin(self, pages: int) -> float:
        """What it says against a repetition that it is thin: lines repeat by chance on a few of very many pages."""
        return max(-1.2, 0.8 * math.log2(self._boundaries / (4 * pages)))

    def _weigh_shape(self, weight: Weight, line: int, content: str) -> None:
        counted = self._counted.get(line)
        if is_heading(content) or (counted and is_heading(counted.number.rest)):
            is_head = not any(map(str.isdigit, content)) and self._is_running(line)
            weight.add(REPEATED_HEADING if is_head else HEADING, "heads a part")
        if _LEADERS.search(content):
            weight.add(LEADERS, "is an entry of a table of contents")
        if line in self._counted:
            return
        weight.odds += sum(odds for is_so, odds in _UNLIKE_HEADS if is_so(content))
        if line not in self.layout.page_numbers and _has_no_word(content):
            weight.add(WORDLESS)
        if line in self._numbered_heads:
            weight.add(NUMBERED_HEAD, "is a numbered title beside a page number")
        if _is_row(self.layout, line) and _is_row(self.layout, line + 1):
            weight.add(COLUMNS, "is a row of a table")

    def _is_running(self, line: int) -> bool:
        """Whether a line stands on page after page, rather than once in each of several parts or documents."""
        key = self.key(line)
        if key not in self._running:
            self._running[key] = self._runs(key)
        return self._running[key]

    def _runs(self, key: str) -> bool:
        """The same of what repeats of it."""
        if self._alike.get(key, 1) <= FEW_HEADINGS:
            return False
        pages = {keys[key]: page for page, keys in enumerate(self._keys_at) if key in keys}.values()
        near = {page for one, other in pairwise(pages) if other - one <= NEAR for page in (one, other)}
        return 2 * len(near) > len(pages)

    @cached_property
    def _numbered_heads(self) -> frozenset[int]:
        """The numbered titles beside page numbers that count, and are no chapter's own."""
        lines = {line for keys in self._keys_at for line in keys.values()} - self._counted.keys()
        return find_numbered_heads(self.layout, filter(self.is_beside_number, lines), self.key, self._counted)

    @cached_property
    def _parts_heads(self) -> bool:
        """Whether blank lines part the heads and numbers that most pages have from the text."""
        near = ((b, line) for b in self._all if b.kind is not Kind.EDGE for line in (*b.above, *b.below))
        return are_parted(self.layout, ((b, line) for b, line in near if self._is_on_most(line)))

    def _is_on_most(self, line: int) -> bool:
        """Whether a line is a number that counts, or stands on most pages."""
        return line in self._counted or 2 * self._alike.get(self.key(line), 1) > self._boundaries

    def is_beside_number(self, line: int) -> bool:
        """Whether a page number that counts has the line above or below for itself."""
        near = (self._counted.get(line - 1), self._counted.get(line + 1))
        return any(counted is not None and counted.number.form is Form.BARE for counted in near)

    def is_head_of_pages(self, line: int) -> bool:
        """Whether a line beside a page number has more words than what heads letters, which may be a page each."""
        return _is_longer_than_greetings(self.layout.content(line)) and self.is_beside_number(line)

    def _is_title(self, boundary: Boundary, line: int) -> bool:
        """Whether a line that repeats may be the title itself: above all others, and no text of full length follows."""
        if line in self._counted or line >= DEPTH or any(x not in self._counted for x in range(line)):
            return False
        below = (x for x in boundary.below if x > line and x not in self._counted and not self.repeats(x))
        behind = next((x for x in below if sum(map(str.isalpha, self.layout.content(x))) > 3), None)
        return behind is None or self.layout.width(behind) < 0.7 * self.layout.measure

    def _is_numbered_title(self, line: int) -> bool:
        """Whether a line with a number of its own stands only once just so: the heads say it in another way.

        `2 Simple Manipulations` opens the chapter whose later pages have `Chapter 2: Simple Manipulations`.
        """
        content = self.layout.content(line)
        return line not in self._counted and bool(_NUMBERED.match(content)) and self._exact[content] == 1

    @cached_property
    def _exact(self) -> Counter[str]:
        """How often each line stands at the boundaries, letter for letter."""
        lines = {line for b in self._all if b.kind is not Kind.EDGE for line in (*b.above, *b.below)}
        return Counter(self.layout.content(line) for line in lines)

    def _is_foot(self, line: int) -> bool:
        """Whether a line stands on so many pages that no sentence of theirs ends in it (`doi:10.5555/12`).

        The line before, of which it may be the rest, stands on as many, or on no other.
        """
        if self.outer_share(self.key(line)) < MOSTLY_OUTER:
            return False
        pages, before = (self._alike.get(self.key(n), 1) for n in (line, line - 1))
        return pages >= max(MANY_PAGES, MOST_PAGES * self._boundaries) and before in (1, pages)

    def repeats(self, line: int) -> bool:
        """Whether a line like this stands at other boundaries, too."""
        return self._alike.get(self.key(line), 1) > 1

    def _flows(self, boundary: Boundary, line: int) -> bool:
        """Whether a sentence runs on between a line and its own page; below a long head it may only seem to."""
        if line in boundary.above:
            return line > 0 and runs_on(self.layout, line - 1, line) and not self._is_foot(line)
        if line + 1 >= len(self.layout) or self.repeats(line) or line in self._numbered_heads:
            return False
        is_first = not boundary.above and line not in self._counted  # what stands before a sentence may begin it
        return runs_on(self.layout, line, line + 1) or (is_first and may_run_on(self.layout, line, line + 1))


_UNLIKE_HEADS: Sequence[tuple[Callable[[str], bool], float]] = (
    (lambda content: (content[:1], content[-1:]) == ("[", "]"), CITED),
    (lambda content: _SENTENCE.search(content) is not None, SENTENCE),
    (lambda content: len(content) >= LONG_LINE, LONG),
    (lambda content: content[:1].islower(), SMALL),
)
"""What a line may look like that is no head, and what that says against it."""


def for_repeats(others: int) -> float:
    """What it says that a line stands on so many other pages: 3.3 nats for one, 5.5 for four, 6.5 at most."""
    return min(6.5, 1.6 + 1.7 * math.log2(1 + others))


def _has_no_word(content: str) -> bool:
    """Whether there are letters in a line, but no word of three."""
    return any(map(str.isalpha, content)) and _HEAD_WORD.search(content) is None


def _is_longer_than_greetings(content: str) -> bool:
    """Whether a line has more words than the date, the greeting or the name of a letter, and is no part of one."""
    return len(_WORD.findall(content)) > GREETING and not content.endswith(",")


def _is_row(layout: Layout, line: int) -> bool:
    return line < len(layout) and len(_COLUMNS.findall(layout.raw(line))) > 1
