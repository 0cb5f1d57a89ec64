r"""Where UTF-8 was read as another encoding (`Ã©`, `â€™`, `ï¬\x81rst`), and what it says.

ftfy decides whether a line is damaged and decodes it, and does nothing else here: quotes, widths, ligatures, control
characters and line ends stay as they are. It gives no positions, so line and result are aligned. It is loaded only
for a text with a line that could be damaged.

Control characters and U+FFFD outside sequences of UTF-8 are not shown to ftfy: they may be a ligature's code, ftfy
would read them in its own way, and one of them keeps it from decoding the rest of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from ligafix.chunks import find_chunks_of
from ligafix.chunks.kinds import ChunkKind
from ligafix.document import odd_characters
from ligafix.recent import of_last_text
from ligafix.spans import Edit, replace_spans

if TYPE_CHECKING:
    from ftfy import ExplanationStep, TextFixerConfig

ENCODINGS = (
    "latin-1", "cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1257", "iso-8859-2", "mac-roman", "cp437",
)  # fmt: skip
"""The encodings as which ftfy can tell that UTF-8 was read."""

CONTROLS = "\x80-\x9f"
"""The C1 control characters, for a character class: bytes read as Latin-1, or a font's codes."""

WINDOWS_1252 = {
    chr(value): reading for value in range(0x80, 0xA0) if (reading := bytes([value]).decode("cp1252", "ignore"))
}
"""What these controls are where Windows-1252 was read as Latin-1."""

LONGEST_KEPT = 2000
"""Longer lines are not remembered (code points)."""

_CONSISTENT = 0.99  # the whole line decodes
_IN_PART = 0.97  # other encodings, or signs that belong there, stand in the line
_UNSURE = 0.5  # signs with spaces among them, or letters by themselves: remains of formulas look so

_HIDDEN = "\0"  # any character that is the same in all encodings and part of no word
_AS_WINDOWS_1252 = str.maketrans(WINDOWS_1252)
_NEAR_EASTERN = re.compile("[\u0530-\u07ff]")  # Armenian to N'Ko: they do not touch Latin letters
_FAR_EASTERN = re.compile("[\u2e80-\ud7ff]")  # Chinese, Japanese, Korean: neither
_CYRILLIC = re.compile("[\u0400-\u052f]")  # neither; a caron or a macron that came loose looks so (`Šˇcerba`)
_BESIDE_FAR_EASTERN = re.compile("[A-Za-zÀ-ɏ][\u2e80-\ud7ff]")
_NEAR_EASTERN_WORD = re.compile("[\u0530-\u07ff](?=[\u0530-\u07ff]{2})")
_UNUSUAL = re.compile("[\u0180-\u0217\u021c-\u02bf]")  # what É, Ê, Ç and Æ lead to, less the Romanian letters
_LATIN = re.compile("[A-Za-z]")
_ENDS_WORD = re.compile(r"[^\W\d_]{3}\Z")
_QUOTES = "\"'“”„‘’‚«»"
_TWO_CAPITALS = re.compile("[A-Z]{2}\\Z")
_OPENING_QUOTE = re.compile(r"(?:\A|(?<=[^\w»«]))[»«][^\W\d_]")
"""A guillemet before a word: with an umlaut behind it, it looks like UTF-8 of a rare letter that Mac Roman read."""


def decodable_spans(text: str) -> list[tuple[int, int]]:
    r"""The spans of a text that are UTF-8 read as another encoding: the characters in them are no codes.

    They are in order and do not overlap; fast where there are none.

    >>> decodable_spans("ï¬\x81rst ï¬nd")
    [(0, 3)]
    """
    return [(edit.start, edit.end) for edit in find_decodable(text)]


@of_last_text
def find_decodable(text: str) -> tuple[Edit, ...]:
    """The spans of a text that ftfy decodes, in order and without overlap, and what they say; kept for who asks again.

    >>> [(e.start, e.end, e.after, e.evidence) for e in find_decodable("schÃ¶n und gut")]
    [(3, 5, 'ö', 'UTF-8 read as latin-1')]
    """
    if text.isascii():
        return ()
    found = [edit for start, end in _suspicious_lines(text) for edit in _decode_line(text[start:end], start)]
    if not found:
        return ()
    found = found if _has_near_eastern_words(text, found) else [e for e in found if not _NEAR_EASTERN.search(e.after)]
    weak = {edit for edit in found if _takes_space(text, edit) or _is_symbol(text, edit)}
    if 2 * len(weak) <= len(found):
        return tuple(found)
    return tuple(replace(edit, confidence=_UNSURE) if edit in weak else edit for edit in found)


def _has_near_eastern_words(text: str, edits: Iterable[Edit]) -> bool:
    """Whether a text has words of these scripts, as it stands or decoded: letters by themselves are TeX's symbols."""
    return any(_NEAR_EASTERN_WORD.search(edit.after) for edit in edits) or bool(_NEAR_EASTERN_WORD.search(text))


def _takes_space(text: str, edit: Edit) -> bool:
    """Whether a space was taken for the rest of a character that ends no word: formulas look so (`of 1/pÃ many`)."""
    is_taken = edit.end - edit.start == 1 or " " in text[edit.start : edit.end]
    return is_taken and not _ENDS_WORD.search(text, max(0, edit.start - 3), edit.start)


def _is_symbol(text: str, edit: Edit) -> bool:
    """Whether nothing but letters by themselves came of it: papers write estimates and matrices so (`Let Ä¹ be`).

    In quotation marks they are what the text speaks of (`it shows “Ã©” then`).
    """
    around = text[max(0, edit.start - 1) : edit.start] + text[edit.end : edit.end + 1]
    pieces = [piece.strip(_QUOTES) for piece in edit.after.split()]
    are_letters = bool(pieces) and all(len(piece) == 1 and piece.isalpha() for piece in pieces)
    return are_letters and not around.strip().strip("()[].,;:" + _QUOTES)


def _suspicious_lines(text: str) -> Iterator[tuple[int, int]]:
    """The lines with a sequence of characters that UTF-8 could have become."""
    end = -1
    for place in _find_sequences(text):
        if place > end:
            start, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
            end = len(text) if end < 0 else end
            yield start, end


def _find_sequences(text: str) -> Iterator[int]:
    """Where such sequences are, or where the chunks begin that hold them; a long text has few distinct ones."""
    if odd_characters(text).isdisjoint(_BEYOND_CHUNKS):
        chunks = find_chunks_of(text)
        return (start for _, start in chunks.find(frozenset(chunks.of_kind(_SUSPICIOUS))))
    return (found.start() for found in _sequence().finditer(text))


@cache
def _sequence() -> re.Pattern[str]:
    """Matches what a character of UTF-8 becomes in another encoding: one that leads, and those that continue it.

    A no-break space that continues is often a space by now; of ftfy's many such cases the two common ones count.
    """
    two, three, four = _class(range(0xC2, 0xE0)), _class(range(0xE0, 0xF0)), _class(range(0xF0, 0xF5))
    more = _class(range(0x80, 0xC0))
    any_lead = _class(range(0xC2, 0xF5))  # a class at the start is what `re` looks for fast
    return re.compile(f"{any_lead}(?:(?<={four}){more}{{3}}|(?<={three}){more}{{2}}|(?<={two}){more}|(?<=[ÂÃ]) )")


_SUSPICIOUS = ChunkKind(lambda: (_sequence(),))


def _class(values: Iterable[int]) -> str:
    """A character class of what bytes mean in any of the encodings."""
    means = {bytes([value]).decode(encoding, "ignore") for value in values for encoding in ENCODINGS}
    means |= {chr(value) for value in values}
    return "[" + "".join(sorted(means)) + "]"


_BEYOND_CHUNKS = frozenset("\x85\xa0ÂÃ")
"""What may belong to a sequence that reaches beyond a chunk: white space, and what leads where a space continues."""


def _decode_line(line: str, offset: int) -> Iterator[Edit]:
    """What ftfy decodes in a line that starts at `offset`."""
    shown = _hide_codes(line)
    fixed, steps = _decode(shown)
    if fixed == shown:
        return
    is_whole = all(step.action != "apply" for step in steps)
    for start, end, after in _align(shown, fixed):
        if _is_plausible(line, start, end, after):
            how = steps if is_whole else _decode(line[start:end])[1]
            confidence = _UNSURE if " " in after else _CONSISTENT if is_whole else _IN_PART
            yield Edit(offset + start, offset + end, after, confidence, _name_encodings(how))


def _is_plausible(line: str, start: int, end: int, after: str) -> bool:
    r"""Whether decoding makes sense: codes can look like UTF-8, too (`CAFÉ\x94` is no CAFɔ, `Groß\x8däche` is German).

    What was only read as Windows-1252 is not UTF-8.
    """
    if line[start:end].translate(_AS_WINDOWS_1252) == after:
        return False
    if _BESIDE_FAR_EASTERN.search(after) or _OPENING_QUOTE.match(line, start):
        return False
    if any(script.search(after) for script in (_NEAR_EASTERN, _FAR_EASTERN, _CYRILLIC)):
        return not (_LATIN.search(line, max(0, start - 1), start) or _LATIN.match(line, end))
    if _TWO_CAPITALS.search(line, max(0, start - 2), start):
        return after.startswith("ß") or not (after.islower() or _UNUSUAL.match(after))
    return True


def _hide_codes(line: str) -> str:
    """The line with something harmless in the place of every character that ftfy must not see."""
    return _codes().sub(lambda found: found[1] or _HIDDEN, line)


@cache
def _codes() -> re.Pattern[str]:
    return re.compile(f"((?:{_sequence().pattern})+)|[{CONTROLS}\ufffd\x1a]")


def _decode(line: str) -> tuple[str, Sequence[ExplanationStep]]:
    """A line as ftfy decodes it, and how: as it is where its own test finds nothing bad."""
    return _recall_decoded(line) if len(line) <= LONGEST_KEPT else _find_decoded(line)


def _find_decoded(line: str) -> tuple[str, Sequence[ExplanationStep]]:
    from ftfy import fix_and_explain  # loading it takes longer than most texts
    from ftfy.badness import is_bad

    if not is_bad(line):
        return line, ()
    fixed = fix_and_explain(line, _decoding_only())
    return fixed.text, fixed.explanation or ()


_recall_decoded = lru_cache(maxsize=1 << 9)(_find_decoded)
"""The next look at a text meets most of its lines again."""


@cache
def _decoding_only() -> TextFixerConfig:
    from ftfy import TextFixerConfig

    return TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        fix_encoding=True,
        restore_byte_a0=True,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=True,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )


def _name_encodings(steps: Iterable[ExplanationStep]) -> str:
    """What was taken for what, as often as it happened, the last time first."""
    names = [step.parameter.removeprefix("sloppy-") for step in steps if step.action in ("encode", "decode")]
    mistaken = zip(names[::2], names[1::2], strict=True)
    said = [f"{'UTF-8' if meant.startswith('utf-8') else meant} read as {read}" for read, meant in mistaken]
    return ", ".join(said) or "UTF-8 read as another encoding"


def _align(line: str, fixed: str) -> Iterator[tuple[int, int, str]]:
    """The spans of a line that decoding changed, and what is there instead.

    ASCII stays what it is, except for spaces, so what stands between two runs of it became what stands there now.
    """
    if _ASCII.findall(line) != _ASCII.findall(fixed):
        return
    starts = [0, *(run.end() for run in _ASCII.finditer(line))]
    for start, old, new in zip(starts, _ASCII.split(line), _ASCII.split(fixed), strict=True):
        if old != new:
            yield from _align_words(start, old, new)


_ASCII = re.compile(r"[\x00-\x1f!-\x7f]+")


def _align_words(start: int, old: str, new: str) -> Iterator[tuple[int, int, str]]:
    """The same for a stretch at `start` without other ASCII: word by word, unless a space was part of a character."""
    if old.count(" ") == new.count(" "):
        before, after = old.split(" "), new.split(" ")
    else:
        head = min(len(part) - len(part.lstrip(" ")) for part in (old, new))
        tail = min(len(part) - len(part.rstrip(" ")) for part in (old, new))
        before, after = [old[head : len(old) - tail]], [new[head : len(new) - tail]]
        start += head
    for word, instead in zip(before, after, strict=True):
        if word != instead:
            yield start, start + len(word), instead
        start += len(word) + 1


def hide_decodable(text: str) -> str:
    """A text with a space for every character that is part of UTF-8 read as another encoding."""
    spans = decodable_spans(text)
    return replace_spans(text, ((start, end, " " * (end - start)) for start, end in spans)) if spans else text
