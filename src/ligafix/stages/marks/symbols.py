"""Marks of formulas, over their symbols (`ˆv`, `¯x`) or for brackets, which are no accents of words and stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from ligafix.stages.marks.sites import SHORTEST_WORD, Site
from ligafix.stages.marks.tables import OVER_SYMBOLS, compose
from ligafix.stages.marks.wording import Wording

OPENING, CLOSING = "´", "µ"
"""Brackets of TeX's symbol fonts, as extractors read them that know only Latin-1."""

LONG_NAME = 6
"""What has so many letters around a mark is written with it, as the words of a language of which there is no list."""

LONG = 4
"""What has so many letters without a gap is a word, though none that is known: a name."""


def find_symbols(text: str, sites: Sequence[Site], wording: Wording) -> frozenset[str]:
    """The marks that a text sets over symbols oftener than they make known words, or that nothing makes accents."""
    found = [(sign, site) for site in sites if (sign := site.raw.strip()[0]) in OVER_SYMBOLS or sign == OPENING]
    over = Counter(sign for sign, site in found if site.over_symbol)
    accents = Counter(sign for sign, site in found if _makes_word(site, wording) or _is_inside_name(site))
    names = set[str]()
    for sign, site in found:
        if sign not in names and (_may_make_name(site) or _ends_line(text, site)):
            names.add(sign)
    signs = Counter(sign for sign, _ in found)
    symbols = {s for s in signs if over[s] > accents[s] or (not accents[s] and s not in names)} & OVER_SYMBOLS
    closed = text.count(CLOSING) if signs[OPENING] else 0
    symbols |= {OPENING} if closed > accents[OPENING] and 2 * closed > signs[OPENING] else set()
    return frozenset(symbols | ({ASPIRATE} if _are_aspirates(sites, wording) else set()))


def _are_aspirates(sites: Iterable[Site], wording: Wording) -> bool:
    """Whether the graves of a text are the apostrophes of Wade and Giles: few of them make known words."""
    inside = [s for s in sites if s.raw == ASPIRATE and s.left and s.right]
    fitting = sum(_ASPIRATED.search(site.left) is not None for site in inside)
    made = sum(_makes_word(site, wording) for site in inside)
    return fitting >= FEWEST_ASPIRATES and fitting > MOSTLY * len(inside) and 2 * made < len(inside)


ASPIRATE = "`"
_ASPIRATED = re.compile("(?:[Cc]h|[Tt]s|[Tt]z|[TtPpKk])\\Z")

FEWEST_ASPIRATES, MOSTLY = 3, 0.8
"""So many graves of a text, and this share of them, must stand behind the consonants that are aspirated in Chinese."""


def has_tones(sites: Iterable[Site]) -> bool:
    """Whether a text sets carons over vowels as Chinese does, and nobody else: behind what bears none itself."""
    around = ((site.left, site.right) for site in sites if site.raw == CARON)
    return len({sides for sides in around if _THIRD_TONE.search("|".join(sides))}) >= FEWEST_TONES


CARON = "ˇ"
_THIRD_TONE = re.compile(r"(?:[bpmfghkjqxwy]|[aeiou])\|[aoıui]")
FEWEST_TONES = 3
"""So many different words with the third tone of Chinese must stand in a text that has its tones."""


def _makes_word(site: Site, wording: Wording) -> bool:
    """Whether the marks make a known word with the letters around, be there a space or not."""
    words = (site.left + site.right, site.left, site.right)
    made = (word for before, behind in _sides(site) for word in (before + behind, before, behind) if word not in words)
    return any(len(word) >= SHORTEST_WORD and wording.known(word) is not None for word in made)


def _may_make_name(site: Site) -> bool:
    """Whether the marks touch a letter that can bear them, of a word that may be a name."""
    before = site.left if not site.left_spaces else ""
    behind = site.right if not site.right_spaces else ""
    letters = (before[-1:], behind[:1])
    return len(before + behind) >= LONG and any(compose(x, site.marks[0]) for x in letters if x)


def _is_inside_name(site: Site) -> bool:
    """Whether the marks stand between the letters of what is too long for a symbol with its index."""
    touches = not site.left_spaces and not site.right_spaces and bool(site.left) and bool(site.right)
    return touches and len(site.left + site.right) >= LONG_NAME and _may_make_name(site)


def _sides(site: Site) -> Iterator[tuple[str, str]]:
    """The letters before and behind, with the mark on the last one before or on the first one behind."""
    if site.left and (letter := compose(site.left[-1], site.marks[0])):
        yield site.left[:-1] + letter, site.right
    if site.right and (letter := compose(site.right[0], site.marks[0])):
        yield site.left, letter + site.right[1:]


def _ends_line(text: str, site: Site) -> bool:
    """Whether the marks come last in their line, where extractors put those of capitals."""
    return not site.opens and text[site.end : site.end + 1] in ("", "\r", "\n", "\f")
