"""Lines whose marks went astray: taken apart into words and marks, and put together again."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ligafix.changes import Candidate, Proposal
from ligafix.stages.marks.hosts import Context, Hosts, Witness
from ligafix.stages.marks.placing import Choice, Gap, Habits, Option, Placed, Word, place_marks
from ligafix.stages.marks.sites import LETTERS, Site
from ligafix.stages.marks.tables import CONTENT, MACRON
from ligafix.stages.marks.wording import UNKNOWN

SURE = 0.9
"""A word more probable than this speaks for others, and its marks are set."""

DOUBTFUL = 0.5
"""Marks that are no more probably accents than this stay as they are, and tell nothing."""

_STRAYED_TRUST = 0.5  # of the logit: the words of a line are not as independent of each other as they are taken to be
_CANDIDATES = 4
_PLACES = 6  # places of marks that what we expect is worth
_AT_HOME, _STRAYED = "loose mark", "strayed mark"
_DOUBT = "a mark of this line strayed"
_USUALLY_GLUED, _RARELY_GLUED = 8.0, -0.5  # log10 of the odds that a space at a mark is the extractor's
_LONG = 3  # shorter ones may be pieces of words
_ABBREVIATION = 3
_GUESSED = 0.8  # the most that a word may be certain that is known without the mark, and with it is none
_CLOSING = re.compile("[\\s.,;:!?)\\]}]|$")


def _temper(probability: float) -> float:
    """What the probability of marks that went astray is worth: of those at 0.97, five in six were right."""
    odds = max(1e-12, min(1 - 1e-12, probability))
    return float(1 / (1 + (odds / (1 - odds)) ** -_STRAYED_TRUST))


@dataclass(slots=True)
class Part:
    """A word of a line with the marks in it, or marks apart from all words (then `letters` is empty).

    `marks` holds for each site the index of the letter behind it, that of the letter it should belong to, and how
    many marks there are; `lead` and `tail` are the spaces of the span that stay.
    """

    start: int
    end: int
    letters: str = ""
    marks: list[tuple[int, int, int]] = field(default_factory=list)
    lead: str = ""
    tail: str = ""

    def add(self, site: Site, own: int) -> None:
        """Take in the marks of a site behind the letters so far."""
        self.marks.append((len(self.letters), own, len(site.marks)))
        self.end = site.end

    def is_home(self, bearers: tuple[int, ...]) -> bool:
        """Whether these are just the letters at which the marks stand."""
        return len(self.letters) > 0 and sorted((own, 1) for own in bearers) == [(o, n) for _, o, n in self.marks]


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of text within which marks strayed, and its sites."""

    start: int
    end: int
    sites: tuple[Site, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """A line taken apart, and for each part what was chosen: the letters that bear a mark."""

    parts: tuple[Part, ...]
    options: tuple[tuple[Option, ...], ...]
    placed: Placed
    bearers: tuple[tuple[int, ...], ...]
    certainty: float  # the probability that the marks are accents at all

    def chosen(self) -> Iterator[tuple[Part, Choice, tuple[int, ...]]]:
        """Each part with what was chosen for it."""
        return zip(self.parts, self.placed.choices, self.bearers, strict=True)


class Placer:
    """Puts stray marks of one kind back, line by line, with what the document's other lines tell.

    Args:
        text: the document.
        hosts: the ways in which its words can bear the mark.
        spaced: in how many cases, from 0 to 1, the extractor sets a space at marks inside words.
        after: whether marks usually stand behind their letters.
    """

    def __init__(self, text: str, hosts: Hosts, *, spaced: float, after: bool) -> None:
        self._text = text
        self._hosts = hosts
        self._spaced = spaced
        self._after = after
        self._witness = Witness()
        self._seen: Counter[str] = Counter()

    def take_apart(self, line: Line) -> tuple[Part, ...]:
        """The words and the marks of a line, in order."""
        return tuple(self._take_apart(line))

    def solve(self, line: Line, parts: tuple[Part, ...]) -> Solved | None:
        """Place the marks of a line, taken apart; None where its letters cannot bear them."""
        items = self._items(parts)
        placed = place_marks(items, self._habits())
        if placed is None:
            return None
        bearers = tuple(
            item.options[choice.option].bearers if isinstance(item, Word) else ()
            for item, choice in zip(items, placed.choices, strict=True)
        )
        options = tuple(item.options if isinstance(item, Word) else () for item in items)
        return Solved(parts, options, placed, bearers, _certainty(line, items, placed.log))

    def learn(self, solved: Solved | None) -> Solved | None:
        """Let the words of a line that are certain speak for those of other lines; gives the line back.

        Where the marks are hardly accents, the likeliest letters for them tell nothing.
        """
        self._count(solved, 1)
        return solved

    def unlearn(self, solved: Solved | None) -> None:
        """Take back what was learned from a line."""
        self._count(solved, -1)

    def _count(self, solved: Solved | None, times: int) -> None:
        for part, choice, bearers in solved.chosen() if solved and solved.certainty > DOUBTFUL else ():
            if choice.probability > SURE:
                if part.letters:
                    self._witness.see(part.letters, bearers, self._context(part), times)
                self._seen["place"] += times * len(part.marks)
                self._seen["bypassed"] += times * sum(own not in bearers for _, own, _ in part.marks if part.letters)
                self._seen["late"] += times * bool(part.marks and choice.outstanding)

    def _habits(self) -> Habits:
        """How marks stray in what was learned so far; before that one in thirty is at a wrong place."""
        places = self._seen["place"] + _PLACES
        late, bypassed = (self._seen[what] + _PLACES / 30 for what in ("late", "bypassed"))
        return Habits(math.log10(late / places), math.log10(bypassed / places))

    def proposals(self, solved: Solved) -> Iterator[Proposal]:
        """What a solved line changes, stretch by stretch: as far as marks went from one word to another."""
        first = 0
        for i, choice in enumerate(solved.placed.choices):
            if not choice.outstanding:
                yield from self._propose_stretch(solved, range(first, i + 1))
                first = i + 1

    def _propose_stretch(self, solved: Solved, stretch: range) -> Iterator[Proposal]:
        """The changes of a stretch, one group; where some words are uncertain, their marks stay loose."""
        shares = {k: solved.placed.choices[k].probability for k in stretch}
        doubtful = [k for k in stretch if shares[k] < SURE and solved.parts[k].letters]
        left = sum(len(solved.bearers[k]) for k in doubtful)
        last = stretch[-1]
        raw = self._text[solved.parts[last].start : solved.parts[last].end]
        too_many = left > len("".join(raw.split()))
        if not left or too_many or solved.parts[last].letters or any(solved.parts[k].marks for k in doubtful):
            doubtful, left = [], 0
        confidence = solved.certainty * min(shares[k] for k in stretch if k not in doubtful)
        strayed = any(not solved.parts[k].is_home(solved.bearers[k]) for k in stretch if k not in doubtful)
        if strayed and self._is_japanese(solved.parts):
            confidence = _temper(confidence)
        elif any(self._is_guess(solved, k) for k in stretch if k not in doubtful):
            confidence = min(confidence, _GUESSED)
        group = solved.parts[stretch[0]].start
        for k in stretch:
            part, kept = solved.parts[k], left if k == last else 0
            if k in doubtful:
                yield Proposal(part.start, part.end, None, _STRAYED, confidence, self._candidates(solved, k), _DOUBT)
                continue
            after = self._write(part, solved.bearers[k], kept)
            if after != self._text[part.start : part.end]:
                rule = _AT_HOME if part.is_home(solved.bearers[k]) else _STRAYED
                candidates = self._candidates(solved, k)
                yield Proposal(part.start, part.end, after, rule, confidence, candidates, "", group)

    def _is_guess(self, solved: Solved, k: int) -> bool:
        """Whether a mark went to a word that does not need it: see `_needs_no_mark`, `_has_rival`."""
        part, bearers = solved.parts[k], solved.bearers[k]
        return self._needs_no_mark(part, bearers) or self._has_rival(solved, part, bearers)

    def _has_rival(self, solved: Solved, part: Part, bearers: tuple[int, ...]) -> bool:
        """Whether a mark went from afar to a word that nobody knows, and another of the line is known with it."""
        hosts = self._hosts
        if not bearers or part.marks or hosts.mark == MACRON or hosts.is_listed(hosts.bear(part.letters, bearers)):
            return False
        return any(
            hosts.is_listed(hosts.bear(other.letters, option.bearers))
            for other, options, chosen in zip(solved.parts, solved.options, solved.bearers, strict=True)
            for option in options
            if option.bearers and not chosen and not other.marks
        )

    def _needs_no_mark(self, part: Part, bearers: tuple[int, ...]) -> bool:
        """Whether a mark went to an abbreviation, or to a word that is known without it, and is none with it.

        Of two known words that differ in nothing else, one that strayed makes the commoner.
        """
        if not bearers or (part.is_home(bearers) and self._hosts.mark == MACRON):
            return False
        if part.letters.isupper() and len(part.letters) <= _ABBREVIATION:
            return True
        return self._hosts.is_listed(part.letters) and not (
            self._hosts.is_listed(self._hosts.bear(part.letters, bearers))
            and (part.marks or self._hosts.is_commoner(part.letters, bearers))
        )

    def _write(self, part: Part, bearers: tuple[int, ...], kept: int) -> str:
        """A part with its marks set; of those that stand apart, as many stay as found no certain place."""
        if kept:
            return _keep_marks(self._text[part.start : part.end], kept)
        return part.lead + self._hosts.bear(part.letters, bearers) + part.tail

    def _candidates(self, solved: Solved, k: int) -> tuple[Candidate, ...]:
        """The likeliest ways to write a part."""
        part, options, shares = solved.parts[k], solved.options[k], solved.placed.choices[k].shares
        likely = sorted(shares, key=lambda option: -shares[option])[: _CANDIDATES if options else 0]
        return tuple(Candidate(self._write(part, options[o].bearers, 0), shares[o]) for o in likely)

    def _is_japanese(self, parts: Sequence[Part]) -> bool:
        """Whether most words of a line read as romanized Japanese."""
        words = [part.letters for part in parts if len(part.letters) > 2]
        return 2 * sum(map(self._hosts.is_romanized, words)) > len(words)

    def _items(self, parts: Sequence[Part]) -> list[Word | Gap]:
        japanese = self._is_japanese(parts)
        items: list[Word | Gap] = []
        for part in parts:
            if part.letters:
                options = self._hosts.options(part.letters, self._context(part), self._witness, japanese=japanese)
                homes = {own for _, own, _ in part.marks}
                items.append(Word(tuple(part.marks), self._hosts.discount(part.letters, options, homes)))
            else:
                items.append(Gap(sum(count for *_, count in part.marks)))
        return items

    def _context(self, part: Part) -> Context:
        before = self._text[part.start - 1] if part.start else ""
        return before, self._text[part.end : part.end + 1]

    def _take_apart(self, line: Line) -> Iterator[Part]:
        tokens: list[Site | re.Match[str]] = [
            *line.sites,
            *LETTERS.finditer(self._text, line.start, line.end),
        ]
        part: Part | None = None
        for token in sorted(tokens, key=_start):
            if part is not None and part.end != _start(token):
                yield part
                part = None
            if isinstance(token, Site):
                done, part = self._meet(part, token)
                yield from done
            else:
                part = part or Part(token.start(), token.end())
                part.letters += token.group()
                part.end = token.end()
        if part is not None:
            yield part

    def _meet(self, part: Part | None, site: Site) -> tuple[list[Part], Part | None]:
        """The parts that are complete at a site, and the one that goes on behind it."""
        done = [part] if part is not None else []
        if part is not None and site.right and self._is_glued(part.letters, site):
            part.add(site, len(part.letters) - self._after)
            return [], part
        if part is not None and self._after:
            part.add(site, len(part.letters) - 1)
            part.tail = " " if site.right else site.kept_right
            return done, None
        new = Part(site.start, site.start)
        new.add(site, 0)
        if site.right:
            new.lead = " " if part is not None else site.kept_left
            return done, new
        new.lead = self._gap_left(site)
        return [*done, new], None

    def _is_glued(self, left: str, site: Site) -> bool:
        """Whether one word goes on across a site: none of its spaces is the text's."""
        if not site.left_spaces and not site.right_spaces:
            return True
        begins_name = left[-1:].islower() and site.right[0].isupper()
        if site.left_spaces > 1 or begins_name or self._are_words(left, site.right):
            return False
        apart = self._hosts.score(left) + self._hosts.score(site.right)
        prior = _RARELY_GLUED + (_USUALLY_GLUED - _RARELY_GLUED) * self._spaced
        joined = left + site.right
        if joined.isascii() and UNKNOWN + prior >= apart:  # nothing is less likely than a word that nobody knows
            return True
        return self._hosts.score(joined) + prior >= apart

    def _are_words(self, left: str, right: str) -> bool:
        """Whether two words stand beside a site that are none together, whatever bears the mark.

        Of romanized Japanese too few are known, but articles and prepositions are no beginnings of its words.
        """
        if self._hosts.mark == MACRON:
            return self._hosts.is_common(left) and not self._hosts.is_known(left + right)
        is_known = self._hosts.is_known
        return min(len(left), len(right)) >= _LONG and is_known(left) and is_known(right) and not is_known(left + right)

    def _gap_left(self, site: Site) -> str:
        """The space that stays where marks are taken out from between words."""
        spaced = site.left_spaces or site.right_spaces
        return " " if spaced and not _CLOSING.match(self._text, site.end) else ""


def _start(token: Site | re.Match[str]) -> int:
    return token.start if isinstance(token, Site) else token.start()


def _keep_marks(raw: str, count: int) -> str:
    """The first `count` marks of a site, with the spaces around them."""
    at = [i for i, c in enumerate(raw) if not c.isspace()]
    return raw[: at[count - 1] + 1] + raw[at[-1] + 1 :]


def _certainty(line: Line, items: Sequence[Word | Gap], log: float) -> float:
    """The probability that the marks of a line are accents, against their being content."""
    content = 1.0
    for site in line.sites:
        content *= 1e-6 if site.combining else 2 * CONTENT.get(site.raw.strip()[0], 0.0005)
    bare = sum(option.log for item in items if isinstance(item, Word) for option in item.options if not option.bearers)
    return 1 / (1 + min(content, 0.9) * 10 ** min(99.0, bare - log))
