"""What furniture looks like, from `dictionaries/furniture.toml`."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from ligafix.document import LETTERS
from ligafix.lexicon.integrity import read_toml
from ligafix.lexicon.places import DICTIONARIES

MOST_LINES = 1 << 15
"""So many lines are remembered from one look at a text to the next."""

FEWEST_SMALL, SMALL_WORDS = 6, 0.6
"""Words beside a number are text where so many of them begin with a small letter, and this share: a head has few."""

_WORD = re.compile(rf"[{LETTERS}]{{2,}}")
_LEADERS = re.compile(r"(?:\. ?){3}")
_SECTION_HEAD = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,2}\.?\s[^\W\d_a-z]")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?\s+[^\W\d_]")


@cache
def _load() -> dict[str, Any]:
    return read_toml(DICTIONARIES / "furniture.toml")


@cache
def page_words() -> str:
    """A pattern for the words before a page number."""
    return "|".join(_load()["numbers"]["words"])


@cache
def of_words() -> str:
    """A pattern for what parts a page number from the number of pages."""
    return "|".join(_load()["numbers"]["of"])


@cache
def _heading() -> re.Pattern[str]:
    words, spelled = ("|".join(_load()["headings"][group]) for group in ("words", "spelled"))
    number = rf"(?:{spelled}|\d{{1,3}}\.)"
    return re.compile(
        rf"(?:{number}\s+)?(?:{words})\b(?:\s+(?:{spelled})\b)?[\s\dIVXLCDMivxlcdm.:#()-]*", re.IGNORECASE
    )


@cache
def _chapter_head() -> re.Pattern[str]:
    words = "|".join(_load()["headings"]["chapters"])
    return re.compile(rf"(?:{words})\s\d{{1,2}}[.:]\s[^\W\d_]", re.IGNORECASE)


def names_section(words: str, *, is_first: bool) -> bool:
    """Whether words beside a page number name a chapter, or a section where they stand before the number.

    >>> [names_section(words, is_first=True) for words in ("CHAPTER 1. TIDES", "1.2. WEIR", "1.2 Weir . . . .")]
    [True, True, False]
    >>> [names_section(words, is_first=False) for words in ("CHAPTER 1. TIDES", "1.2. WEIR AND TIDE")]
    [True, False]
    """
    if _LEADERS.search(words):
        return False
    return bool(_chapter_head().match(words) or (is_first and _SECTION_HEAD.match(words)))


@cache
def _announcement() -> re.Pattern[str]:
    words = "|".join(word.capitalize() for word in _load()["headings"]["numbered"])
    return re.compile(rf"[^\s(\[][\s(\[]+(?:{words})\Z")


def announces_number(before: str) -> bool:
    """Whether what stands before a number, at the end of a line, says what it counts.

    >>> announces_number("the results (see Figure"), announces_number("Figure"), announces_number("this figure")
    (True, False, False)
    """
    return _announcement().search(before) is not None


@cache
def _caption() -> re.Pattern[str]:
    words = "|".join(word.capitalize() for word in _load()["headings"]["numbered"])
    return re.compile(rf"(?:{words})\s\d")


@cache
def _any_kind() -> re.Pattern[str]:
    """Finds lines of all kinds, of the first that fits: to compile one pattern takes as long as to clean a page."""
    return re.compile("|".join(f"(?P<{k}>{'|'.join(lines)})" for k, lines in _load()["lines"].items()), re.IGNORECASE)


@lru_cache(maxsize=MOST_LINES)
def is_heading(line: str) -> bool:
    """Whether a line is a word that heads parts of a text, perhaps with a number.

    >>> is_heading("Chapter 4"), is_heading("PART TWO"), is_heading("REFERENCES"), is_heading("Chapter and verse")
    (True, True, True, False)
    >>> is_heading("Scène II"), is_heading("Erster Aufzug"), is_heading("2. Akt"), is_heading("Escena última")
    (True, True, True, True)
    """
    return _heading().fullmatch(line) is not None


@lru_cache(maxsize=MOST_LINES)
def line_kind(line: str) -> str | None:
    """What kind of line sites and archives put on pages this is, by its wording: 'sharing', 'stamps', 'arxiv'.

    >>> line_kind("Free download pdf"), line_kind("Downloaded from the archive, it was read again.")
    ('sharing', None)
    """
    found = _any_kind().fullmatch(line)
    return found.lastgroup if found else None


_IDENTIFIER = re.compile(r"\bdoi\b|\bissn\b|\bisbn\b|https?://", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|10\.)\S+")
_YEAR = re.compile(r"\b(?:1[89]|20)\d\d\b")


@lru_cache(maxsize=MOST_LINES)
def is_imprint(line: str) -> bool:
    """Whether a line tells where an article was published and when: an identifier or address, and a year.

    >>> is_imprint("PLoS Lit. | https://doi.org/10.5555/12 May 3, 2011"), is_imprint("The Harbour | 12")
    (True, False)
    """
    return bool(_IDENTIFIER.search(line) and _YEAR.search(_ADDRESS.sub("", line)))


def is_like_text(words: str) -> bool:
    """Whether words beside a page number are rather the page's first or last than those of a head.

    >>> [is_like_text(words) for words in ("through 9 come from here", "The Harbour at Ormsey", "LIST OF MAPS")]
    [True, False, True]
    >>> is_like_text("www.example.org cgi doi")
    False
    >>> is_like_text("Table 2. Drivers in Europe"), is_like_text("2.5 References")
    (True, True)
    """
    if _SECTION.match(words) or _caption().match(words):
        return True
    if is_heading(words) or (words[:1].islower() and words.split(maxsplit=1)[0].rstrip(",;:.").isalpha()):
        return True
    found: list[str] = _WORD.findall(words)
    small = sum(word.islower() for word in found)
    return small >= FEWEST_SMALL and small >= SMALL_WORDS * len(found)
