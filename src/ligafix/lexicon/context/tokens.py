"""The tokens of a text, as the context model was trained on them, and the normal forms that they are looked up by."""

from __future__ import annotations

import re

from ligafix.lexicon.ligatures import LIGATURE

WINDOW = 8
"""How many tokens on each side the model looks at."""

TOKEN = re.compile(
    r"[^\W\d_]+(?:['’](?=[^\W\d_]{3}))?"  # a word, and an elided article before a longer one: l', dell'
    r"|(?<=[^\W\d_])['’][^\W\d_]{1,2}(?![^\W\d_])"  # a clitic: 's, 't, 're
    r"|\d+(?:[.,]\d+)*"
    r"|\S"
)
"""A token as the model was trained on: a word, a clitic, a number, or a single other character."""

_PUNCTUATION = {
    ord(variant): plain
    for plain, variants in {'"': "“”„«»‟″", "'": "‘’`´‚‹›′", "-": "—–―‐‑−\xad", ".": "…"}.items()
    for variant in variants
}


def tokenize(text: str) -> list[str]:
    """The tokens of a text, as the model was trained on them.

    >>> tokenize("the staff’s re-entry at 5.30")
    ['the', 'staff', '’s', 're', '-', 'entry', 'at', '5.30']
    """
    return TOKEN.findall(text)


class _TokensOf(dict[str, list[str]]):
    """The tokens of what stands between white space, as far as it was asked; emptied when there are too many."""

    def __missing__(self, chunk: str) -> list[str]:
        found = tokenize(_SURROGATE.sub("\ufffd", chunk))
        if len(self) >= _MOST_CHUNKS:
            self.clear()
        self[chunk] = found
        return found


_MOST_CHUNKS = 1 << 16
_SURROGATE = re.compile("[\ud800-\udfff]")
_TOKENS_OF = _TokensOf()


def tokens_of(chunk: str) -> list[str]:
    """The tokens of what stands between white space; what is no text is read as U+FFFD."""
    return _TOKENS_OF[chunk]


def tokens_before(left: str) -> list[str]:
    """The last `WINDOW` tokens of a short text, or somewhat more; what is no text is read as U+FFFD.

    >>> tokens_before("It is one of the oldest of all the large ")[-3:]
    ['all', 'the', 'large']
    """
    found: list[str] = []
    for chunk in left.rsplit(None, WINDOW)[: -WINDOW - 1 : -1]:
        found = _TOKENS_OF[chunk] + found
        if len(found) >= WINDOW:
            break
    return found


def tokens_behind(right: str) -> list[str]:
    """The first `WINDOW` tokens of a short text, or somewhat more; what is no text is read as U+FFFD."""
    found: list[str] = []
    for chunk in right.split(None, WINDOW)[:WINDOW]:
        found += _TOKENS_OF[chunk]
        if len(found) >= WINDOW:
            break
    return found


def normal_form(token: str) -> str:
    """What a token is looked up by: lower case, without ligatures, plain punctuation, numbers by their length.

    >>> [normal_form(token) for token in ("First", "rst", "of", "1995", "”")]
    ['rst', 'rst', 'of', '0000', '"']
    """
    if token[0].isdigit():
        return "0" * min(len(token), 4) if token.isdigit() else "0.0"
    if not token.isalpha():
        return token.lower().translate(_PUNCTUATION)
    token = token.lower()
    return LIGATURE.sub("", token) if "f" in token else token
