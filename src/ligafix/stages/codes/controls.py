r"""C1 control characters that are Windows-1252 read as Latin-1: `\x93first\x94` is “first”.

They have no other use in text, but a font's codes come out as such characters, too, and `di\x85cult` is difficult. So
one of them is certain only where its reading would stand: quotes around words, an apostrophe before an ending, a dash
between spaces. Where nearly all of a text do, the others are read with them; a symbol amid letters never is. What
remains is a suggestion.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from ligafix.document import odd_characters
from ligafix.evidence.decoding import CONTROLS, WINDOWS_1252
from ligafix.spans import Edit

_LIKELY = 0.97
_POSSIBLE = 0.4
_MOST = 0.7  # the share that must stand where they would for the others to be read with them
_ENOUGH = 3

_CONTROL = re.compile(f"[{CONTROLS}]")
_QUOTED = re.compile(  # a class at the start is what `re` looks for fast
    r"[\x82\x84\x91\x93](?<!\w.)(?=\S)(?:(?<=\x93)[^\x93\x94]{1,500}(?<=\S)\x94"
    r"|(?<=\x84)[^\x84\x93]{1,500}(?<=\S)\x93|(?<=\x91)[^\x91\n]{1,200}?(?<=\S)\x92"
    r"|(?<=\x82)[^\x82\x91]{1,200}(?<=\S)\x91)(?!\w)"
)
_IN_PLACE = re.compile(
    r"(?<=[^\W\d_])\x92(?=(?:s|t|d|m|re|ll|ve)\b)|(?<=\b[ldjcmnstLDJCMNST])\x92(?=[aeiouhàâéêèœ])"
    r"|(?<![^\n«\x93])[\x96\x97](?= ?[«\x93A-ZÀ-Þ])|(?<=[.,;:!?])[\x96\x97](?= )"
    r"|(?<=\d)\x96(?=\d)|(?<=\S )[\x96\x97](?= \S)|(?<=\d)\x80|\x80(?=\d)"
)
_AMID_LETTERS = re.compile(r"(?<=[^\W\d_])[\x80\x82\x84-\x89\x8b\x91\x93-\x95\x98\x99\x9b](?=[^\W\d_])")


def find_readable(text: str, taken: Collection[int]) -> list[Edit]:
    r"""The C1 controls that Windows-1252 gives a meaning, except at positions that are taken.

    >>> [e.after for e in find_readable("\x93first\x94", ())]
    ['“', '”']
    """
    if odd_characters(text).isdisjoint(WINDOWS_1252):
        return []
    places = [m.start() for m in _CONTROL.finditer(text) if m.group() in WINDOWS_1252 and m.start() not in taken]
    if not places:
        return []
    likely = _find_likely(text, places)
    return [_read(text, place, _LIKELY if place in likely else _POSSIBLE) for place in places]


def _find_likely(text: str, places: Collection[int]) -> set[int]:
    """The places where the reading stands as it would, or that follow the others."""
    likely = {place for place in places if _IN_PLACE.match(text, place)}
    for quoted in _QUOTED.finditer(text):
        likely |= {quoted.start(), quoted.end() - 1}
    likely &= set(places)
    if len(likely) >= max(_ENOUGH, _MOST * len(places)):
        likely |= {place for place in places if not _AMID_LETTERS.match(text, place)}
    return likely


def _read(text: str, place: int, confidence: float) -> Edit:
    return Edit(place, place + 1, WINDOWS_1252[text[place]], confidence, "windows-1252 read as latin-1")
