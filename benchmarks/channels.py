"""The channels: ways in which PDF extraction and OCR damage a text, to measure how it is restored.

A channel is a function from a text to *wounds*: spans of it and what is left there. Which of them are struck (a share
of them, some pages only) is decided afterwards, by a seeded generator: the same text, channel and seed give the same
damage. Names are put together from the tables below, and several channels follow one another with a plus sign:

    drop-full             ff, fi, fl, ffi, ffl are gone: `oce`
    drop-times            fi and fl are gone: `ofce`
    drop-ffx              ff, ffi, ffl are gone
    drop-fi,ft            the ligatures named are gone
    first-LIST last-LIST  their first letter stays, or their last: `ofce`, `oice`
    control-LIST cid-LIST glyph-LIST sign-LIST
                          a code stands for them: a control character, (cid:N), /uniFB01, a sign such as ®
    space-LIST spaced-LIST
                          a space, or spaces around them: `o ce`, `o ffi ce`
    next-LIST before-LIST a copy of the letter behind them, or before: `innnitely`
    marks-before marks-after marks-apart
                          accents stand before their letter, after it, or before it and a space: `G¨odel`
    marks-detached marks-displaced
                          the same with combining marks; displaced ones wait for the next or for the line's end
    wrap-60               lines of 60 characters, words divided by the language's hyphenation patterns
    spaces                spaces are lost
    none                  nothing happens

LIST is `full`, `times`, `ffx` or ligatures parted by commas. `drop-full@0.5` strikes half of the ligatures, each drawn
by itself, and `drop-full@0.3p` all of them on three pages of ten.
"""

from __future__ import annotations

import random
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ligafix.changes import Change, Proposal
from ligafix.draft import Draft

PAGE = 3000
"""About how many characters a page has, where only some pages are damaged."""

LISTS = {
    "full": ("ffi", "ffl", "ff", "fi", "fl"),
    "times": ("fi", "fl"),
    "ffx": ("ffi", "ffl", "ff"),
}
"""Ligatures that fonts lose together, by name."""

UNICODE = {"ff": "FB00", "fi": "FB01", "fl": "FB02", "ffi": "FB03", "ffl": "FB04", "ft": "FB05", "st": "FB06"}
SIGNS = "®¯°±²³¤¦§ÞÐ×"
"""Signs that stand for ligatures in fonts with an encoding of their own; the first for fi, the second for fl."""

CONTROLS = tuple(map(chr, (*range(0x01, 0x09), *range(0x0E, 0x20))))
"""Control characters that are no white space."""

ACCENTS = {
    "\u0300": "`", "\u0301": "´", "\u0302": "ˆ", "\u0303": "˜", "\u0304": "¯", "\u0306": "˘", "\u0307": "˙",
    "\u0308": "¨", "\u030a": "˚", "\u030b": "˝", "\u030c": "ˇ", "\u0327": "¸", "\u0328": "˛",
}  # fmt: skip
"""The combining marks and the accents that stand by themselves."""

_ACCENTED = re.compile("[À-ÖØ-öø-ſǍ-ȳḀ-ỿ]")
_TOKEN = re.compile(r"\S+")
_REAL_HYPHEN = re.compile(r"[^\W\d_]{2,}-(?=[^\W\d_]{2,})")
_DIVISIBLE = re.compile(r"[^\W\d_]{5,}(?!-)")
_BETWEEN_WORDS = re.compile(r"(?<=\w) (?=\w)|(?<=[.,;:)]) (?=\w)")


class ChannelError(ValueError):
    """There is no channel of this name, or it cannot be used so."""


@dataclass(frozen=True, slots=True)
class Wound:
    """A span of a text (never empty) and what a channel leaves of it."""

    start: int
    end: int
    left: str


Channel = Callable[[str, random.Random], Iterable[Wound]]
"""Finds what it could do to a text; the generator chooses what differs from document to document, such as codes."""


@dataclass(frozen=True)
class Damaged:
    """A text after a channel, and the way back.

    Attributes:
        clean: the text before.
        text: the text after.
        changes: what leads from `clean` to `text`.
    """

    clean: str
    text: str
    changes: Sequence[Change]
    _starts: list[int] = field(init=False, repr=False)
    _ends: list[int] = field(init=False, repr=False)
    _moved: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        starts, ends, moved = [], [], [0]
        for change in self.changes:
            starts.append(change.start + moved[-1])
            ends.append(starts[-1] + len(change.after))
            moved.append(ends[-1] - change.end)
        for name, value in (("_starts", starts), ("_ends", ends), ("_moved", moved)):
            object.__setattr__(self, name, value)

    def restored(self, start: int, end: int, after: str) -> tuple[str, str]:
        """What a change of the damaged text makes of the damage it touches, and what stood there before.

        The span grows to hold every wound whole that it overlaps or touches.
        """
        first, last = bisect_left(self._ends, start), bisect_right(self._starts, end)
        from_, to = start, end
        if first < last:
            from_, to = min(start, self._starts[first]), max(end, self._ends[last - 1])
        made = self.text[from_:start] + after + self.text[end:to]
        return made, self.clean[from_ - self._moved[first] : to - self._moved[last]]


def damage(
    clean: str, name: str, *, share: float = 1.0, pages: float = 1.0, seed: int = 0, language: str = "en"
) -> Damaged:
    """A text after one channel or several.

    Args:
        clean: the undamaged text.
        name: the channel's name; several, parted by plus signs, follow one another.
        share: how many of a channel's wounds strike, from 0 to 1; each is drawn by itself.
        pages: on how many pages it damages anything, from 0 to 1; at least on one.
        seed: what makes the draws.
        language: whose hyphenation patterns divide words, as pyphen names it.

    Raises:
        ChannelError: there is no such channel.
    """
    draft = Draft(clean)
    for part in name.split("+"):
        channel, *shares = part.split("@")
        draw = random.Random(f"{seed} {part}")  # noqa: S311 - not a secret
        own_share, own_pages = _read_shares(shares, share, pages)
        chosen = draw_pages(draft.text, own_pages, draw)
        wounds = find_channel(channel, language)(draft.text, draw)
        struck = [w for w in wounds if draw.random() < own_share and chosen(w.start)]
        draft.apply(channel, [Proposal(w.start, w.end, w.left, channel, 1.0) for w in struck], 1.0)
    return Damaged(clean, draft.text, draft.changes())


def _read_shares(written: Sequence[str], share: float, pages: float) -> tuple[float, float]:
    """The share and the pages that a channel's name asks for, or else those given."""
    for option in written:
        if not re.fullmatch(r"[01]?\.?\d*p?", option) or not option.rstrip("p"):
            raise ChannelError(f"{option!r} is no share; try @0.5, or @0.3p for pages")
        if option.endswith("p"):
            pages = float(option[:-1])
        else:
            share = float(option)
    return share, pages


def find_channel(name: str, language: str = "en") -> Channel:
    """The channel of a name.

    Raises:
        ChannelError: there is none.
    """
    kind, _, option = name.partition("-")
    if kind in LIGATURE_CHANNELS:
        return partial(LIGATURE_CHANNELS[kind], ligatures=_ligatures(option or "full"))
    if name in OTHER_CHANNELS:
        return OTHER_CHANNELS[name]
    if kind == "wrap" and (option or "60").isdigit():
        return partial(wrap, width=int(option or "60"), language=language)
    known = ", ".join([*(f"{k}-full" for k in LIGATURE_CHANNELS), *OTHER_CHANNELS, "wrap-60"])
    raise ChannelError(f"there is no channel {name!r}; there are: {known}")


def _ligatures(option: str) -> Sequence[str]:
    ligatures = LISTS.get(option) or tuple(option.split(","))
    if not all(re.fullmatch("[^\\W\\d_]{2,3}", ligature) for ligature in ligatures):
        raise ChannelError(f"{option!r} is no list of ligatures; try full, times, ffx or fi,fl")
    return ligatures


def draw_pages(text: str, share: float, draw: random.Random) -> Callable[[int], bool]:
    """Which places of a text lie on pages that are damaged; pages end at form feeds or after some paragraphs."""
    if share >= 1:
        return lambda _: True
    ends = [m.end() for m in re.finditer("\f", text)] or _page_ends(text)
    number = len(ends) + 1
    chosen = set(draw.sample(range(number), max(1, round(share * number))))
    return lambda place: bisect_right(ends, place) in chosen


def _page_ends(text: str) -> list[int]:
    ends, last = [], 0
    for gap in re.finditer(r"\n[ \t]*\n", text):
        if gap.end() - last >= PAGE:
            ends.append(gap.end())
            last = gap.end()
    return ends


def _places(text: str, ligatures: Sequence[str]) -> Iterator[re.Match[str]]:
    return re.finditer("|".join(sorted(ligatures, key=len, reverse=True)), text)


def drop(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that leave no trace."""
    return (Wound(*m.span(), "") for m in _places(text, ligatures))


def keep_first(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures of which the first letter is left."""
    return (Wound(*m.span(), m.group()[0]) for m in _places(text, ligatures))


def keep_last(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures of which the last letter is left."""
    return (Wound(*m.span(), m.group()[-1]) for m in _places(text, ligatures))


def _code(text: str, ligatures: Sequence[str], codes: Sequence[str]) -> Iterator[Wound]:
    table = dict(zip(ligatures, codes, strict=False))
    return (Wound(*m.span(), table[m.group()]) for m in _places(text, ligatures))


def control(text: str, draw: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as control characters, other ones in each document."""
    return _code(text, ligatures, draw.sample(CONTROLS, len(ligatures)))


def cid(text: str, draw: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as the numbers of their glyphs."""
    return _code(text, ligatures, [f"(cid:{n})" for n in draw.sample(range(2, 200), len(ligatures))])


def glyph(text: str, draw: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as the names of their glyphs: Unicode's, or numbers that say nothing."""
    numbers = draw.sample(range(1, 100), len(ligatures))
    named = draw.random() < 0.5
    codes = [
        f"/uni{UNICODE[x]}" if named and x in UNICODE else f"/G{n}" for x, n in zip(ligatures, numbers, strict=True)
    ]
    return _code(text, ligatures, codes)


def sign(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as signs of an encoding of the font's own."""
    order = sorted(ligatures, key=lambda x: (x not in LISTS["times"], x))
    return _code(text, order, SIGNS)


def space(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as a space."""
    return (Wound(*m.span(), " ") for m in _places(text, ligatures))


def spaced(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures with spaces around them, where they stand inside a word."""
    for match in _places(text, ligatures):
        before, behind = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        left = (" " if before.isalpha() else "") + match.group() + (" " if behind.isalpha() else "")
        if left != match.group():
            yield Wound(*match.span(), left)


def copy_next(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as a copy of the letter behind them."""
    for match in _places(text, ligatures):
        if text[match.end() : match.end() + 1].isalpha():
            yield Wound(*match.span(), text[match.end()].lower())


def copy_before(text: str, _: random.Random, ligatures: Sequence[str]) -> Iterator[Wound]:
    """Ligatures that come out as a copy of the letter before them."""
    for match in _places(text, ligatures):
        if match.start() and text[match.start() - 1].isalpha():
            yield Wound(*match.span(), text[match.start() - 1].lower())


def _split_accent(letter: str) -> tuple[str, str] | None:
    """A letter without its accent, and the accent; None where it is not one letter with one of our accents."""
    parts = unicodedata.normalize("NFD", letter)
    return (parts[0], parts[1]) if len(parts) == 2 and parts[1] in ACCENTS else None


def _accented(text: str) -> Iterator[tuple[re.Match[str], str, str]]:
    for match in _ACCENTED.finditer(text):
        parts = _split_accent(match.group())
        if parts:
            yield match, *parts


def marks_before(text: str, _: random.Random) -> Iterator[Wound]:
    """Accents that come out before their letter, as TeX sets them."""
    return (Wound(*m.span(), ACCENTS[mark] + base) for m, base, mark in _accented(text))


def marks_after(text: str, _: random.Random) -> Iterator[Wound]:
    """Accents that come out after their letter."""
    return (Wound(*m.span(), base + ACCENTS[mark]) for m, base, mark in _accented(text))


def marks_apart(text: str, _: random.Random) -> Iterator[Wound]:
    """Accents that come out before their letter, behind a space."""
    for match, base, mark in _accented(text):
        gap = " " if text[match.start() - 1 : match.start()].isalpha() else ""
        yield Wound(*match.span(), gap + ACCENTS[mark] + base)


def marks_detached(text: str, _: random.Random) -> Iterator[Wound]:
    """Accents that come out as combining marks behind a space, before their letter."""
    return (Wound(*m.span(), f" {mark}{base}") for m, base, mark in _accented(text))


def marks_displaced(text: str, draw: random.Random) -> Iterator[Wound]:
    """The same, a third of the marks late: at the next letter of the line that has one, or at the line's end."""
    for line in re.finditer(r"[^\n\f]+", text):
        waiting = ""
        found = list(_accented(line.group()))
        for match, base, mark in found:
            span = (line.start() + match.start(), line.start() + match.end())
            if match is not found[-1][0] and draw.random() < 1 / 3:
                waiting += f" {mark}"
                yield Wound(*span, base)
            else:
                yield Wound(*span, f"{waiting} {mark}{base}")
                waiting = ""


def wrap(text: str, _: random.Random, width: int, language: str) -> Iterator[Wound]:
    """Lines of some width; the word that crosses the margin is divided wherever that is allowed."""
    import pyphen

    if language not in pyphen.LANGUAGES:
        raise ChannelError(f"pyphen has no hyphenation patterns for {language!r}; try --language en")
    patterns = pyphen.Pyphen(lang=language)
    for line in re.finditer(r"[^\n\f]+", text):
        yield from _wrap_line(line.group(), line.start(), width, patterns.positions)


def _wrap_line(line: str, at: int, width: int, positions: Callable[[str], list[int]]) -> Iterator[Wound]:
    column = 0
    for token in _TOKEN.finditer(line):
        word, start = token.group(), at + token.start()
        room = width - column - 1
        if column == 0 or room >= len(word):
            column += len(word) + (column > 0)
            continue
        cut, hyphen = _cut(word, room - 1, positions)
        if cut:
            yield Wound(start + cut - 1, start + cut, word[cut - 1] + hyphen + "\n")
        else:
            yield Wound(start - 1, start, "\n")
        column = len(word) - cut


def _cut(word: str, room: int, positions: Callable[[str], list[int]]) -> tuple[int, str]:
    """Where to divide a word so that its first part fits, and the hyphen that this takes; 0 for nowhere."""
    if match := _REAL_HYPHEN.match(word):
        return (match.end(), "") if match.end() <= room + 1 else (0, "")
    if match := _DIVISIBLE.match(word):
        fitting = [at for at in positions(match.group()) if at <= room]
        return (int(fitting[-1]), "-") if fitting else (0, "")
    return 0, ""


def lose_spaces(text: str, _: random.Random) -> Iterator[Wound]:
    """Spaces between words that are lost; use it with a small share."""
    return (Wound(*m.span(), "") for m in _BETWEEN_WORDS.finditer(text))


def leave(_: str, __: random.Random) -> Iterator[Wound]:
    """No damage: what is changed all the same is spoiled."""
    return iter(())


LIGATURE_CHANNELS: dict[str, Callable[..., Iterable[Wound]]] = {
    "drop": drop,
    "first": keep_first,
    "last": keep_last,
    "control": control,
    "cid": cid,
    "glyph": glyph,
    "sign": sign,
    "space": space,
    "spaced": spaced,
    "next": copy_next,
    "before": copy_before,
}
"""What may become of ligatures; the list of them follows the name."""

OTHER_CHANNELS: dict[str, Channel] = {
    "marks-before": marks_before,
    "marks-after": marks_after,
    "marks-apart": marks_apart,
    "marks-detached": marks_detached,
    "marks-displaced": marks_displaced,
    "spaces": lose_spaces,
    "none": leave,
}
"""Channels that need no list."""
