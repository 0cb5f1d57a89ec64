"""What the wording of a line tells: prose, the beginning of a note, a caption, a list item, an address."""

from __future__ import annotations

import re

FEWEST_WORDS = 2
"""So many words make prose of a line."""

_WORD = re.compile(
    r"[\"'“”„«»‘’(\[]{0,4}[^\W\d_]{2,60}(?:['’-][^\W\d_]{1,60}){0,4}[.,;:!?\"'“”»’)\]]{0,5}\d{0,3}[-‐]?\Z"
)
_FIGURE = (
    r"\s*(?i:fig(?:ure|\.)?|table|tab\.|abbildung|abb\.|tabelle|algorithm|chart|scheme|plate) ?"
    r"(?:\d{1,3}|[IVX]{1,5})\b(?:\.\d{1,3})?[a-z]?\s*"
)
_CAPTION = re.compile(rf"{_FIGURE}(?:[.:(–—-]|[^\W\da-zß-öø-ÿ_]|\Z)")
_TITLED = re.compile(rf"{_FIGURE}(?:(?P<colon>:)|\.)\s+\S")
_REFERRING = re.compile(
    r"(?:[(,–—-]|(?:^|\s)(?:in|see|of|from|with|by|and|or|than|at|on|the|our|both|cf\.|e\.g\.|vgl\.|siehe))\Z"
)
_ADDRESS = r"(?:https?://|ftp://|www\.)\S{3,}"
_ADDRESS_ALONE = re.compile(rf"\s*{_ADDRESS}(?:\.\.\.|(?<![.,;:!?)\]>\"'”’-]))\s*\Z")
_AWAITING = re.compile(
    r"(?:[:(<,=–—-]|(?:^|\s)(?:at|from|see|in|is|are|under|via|on|of|to|by|and|or|the|site|website|page))\Z"
)
_ADDRESS_END = re.compile(rf"(?:\A|[\s(<]){_ADDRESS}(?<![-‐_=,;:])\Z")
_NOTE = re.compile(
    rf"\s*(?:{_ADDRESS}|[\"'“”„«‘(\[]*(?:[^\W\d_a-zß-öø-ÿ]|(?:ibid|id|cf|see|e\.g|i\.e|vgl|ebd|siehe|voir|op)\b))"
)
_ITEM = re.compile(r"\s*(?:\(?(?:[a-z]|[ivx]{1,4}|\d{1,3})[.)]\s|[-–—•*] )")
_ABBREVIATION = re.compile(
    r"(?:\b(?:al|cf|vs|figs?|eqs?|secs?|pp?|vols?|nos?|dr|mrs?|prof|st|resp|wrt|e\.g|i\.e|vgl|bzw|z\.\s?b|s|bd|nr|[a-z])\.|\d\.\d+)\Z",
    re.IGNORECASE,
)
_LIST_TITLE = re.compile(
    r"\W{0,9}(?:[\d.]{1,9}\s{1,4})?(?:(?:end)?notes|references|bibliography|literature|literatur|anmerkungen)\b.{0,20}\Z",
    re.IGNORECASE,
)
_HEAD = re.compile(r"\s*(?:\S.*[^\s\d.,:;–—-]\s+\d{1,4}|\d{1,4}\s+\S.*[^.!?\s]|\d{1,4})\s*\Z")


def is_prose(text: str) -> bool:
    """Whether most of a text is words.

    >>> is_prose("a careful man, wrote down"), is_prose("f(x) = 1 - g(hz b + 1)"), is_prose("T")
    (True, False, False)
    """
    chunks = text.split()
    words = sum(bool(_WORD.match(chunk)) for chunk in chunks)
    return words >= FEWEST_WORDS and 2 * words >= len(chunks)


def begins_note(text: str) -> bool:
    """Whether a text begins as notes do: with a capital, a reference or an address; and no caption.

    >>> begins_note("See above."), begins_note("ibid., p. 4."), begins_note("and A"), begins_note("Figure 3: Boats")
    (True, True, False, False)
    """
    return bool(_NOTE.match(text)) and not is_caption(text)


def is_caption(text: str) -> bool:
    """Whether a line begins the caption of a figure or a table.

    >>> is_caption("Figure 3: Boats"), is_caption("Fig. 3 shows"), is_caption("Table IV")
    (True, False, True)
    """
    return bool(_CAPTION.match(text))


def is_item(text: str) -> bool:
    """Whether a line begins an item of a list.

    >>> is_item("(b) Find the boats"), is_item("(and shown) in a few")
    (True, False)
    """
    return bool(_ITEM.match(text))


def is_head(text: str) -> bool:
    """Whether a line may be the head of a page or its number.

    >>> is_head("The Sixth Conference on Boats 815"), is_head("815"), is_head("in the year of 1907.")
    (True, True, False)
    """
    return bool(_HEAD.match(text))


def ends_with_address(text: str) -> bool:
    """Whether the last thing on a line is the whole of an address.

    >>> ends_with_address("See http://boats.org/list"), ends_with_address("http://boats.org/the-")
    (True, False)
    """
    return bool(_ADDRESS_END.search(text.rstrip()))


def ends_with_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of a line is that of an abbreviation, an initial or a decimal number.

    >>> ends_with_abbreviation("by Smith et al."), ends_with_abbreviation("for 3.9"), ends_with_abbreviation("boats.")
    (True, True, False)
    """
    return bool(_ABBREVIATION.search(text.rstrip()[-12:]))


def is_list_title(text: str) -> bool:
    """Whether a line is the heading of a list of notes or references.

    >>> is_list_title("References and Notes"), is_list_title("who kept his notes in a tin under")
    (True, False)
    """
    return bool(_LIST_TITLE.match(text))


def interrupts(line: str, following: str) -> bool:
    """Whether a line begins something of its own behind another: a caption that is no reference, or an address alone.

    >>> interrupts("to the nodes of", "Figure 3: Boats"), interrupts("as shown in", "Table 3. The boats")
    (True, False)
    >>> interrupts("our vision for ...", "http://boats.org/list"), interrupts("it is found at", "http://boats.org/list")
    (True, False)
    """
    end = line[-20:].rstrip()
    titled = _TITLED.match(following)
    if titled:
        return bool(titled["colon"]) or not _REFERRING.search(end)
    return bool(_ADDRESS_ALONE.match(following)) and not _AWAITING.search(end)
