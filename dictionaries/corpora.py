"""The corpora that the tables are computed from: gzipped UTF-8 texts named LANGUAGE-KIND.txt.gz."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

from books import part_books

_CODES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

_DAMAGE = re.compile(
    r"\b(?:rst|dened|specic|signicant(?:ly)?|e(?:f)?cient|dierent|dierence|classication|denitions?|of?ce"
    r"|suf?cient|dif?cult|identied|elds?|(?:speci|signi|identi|classi|con|de|ef|suf|dif) "
    r"(?:c|cally|cations?|cant|cantly|ned|nitions?|guration|ne|cient|ciency|culty|cult|ect))\b"
)
"""English words that have lost their ligatures, or have a space in their place."""


def read_documents(path: Path) -> list[str]:
    """The documents of a corpus file; of English ones, those that have not lost ligatures themselves."""
    documents = part(mend_codes(gzip.decompress(path.read_bytes()).decode("utf-8")))
    return [document for document in documents if is_sound(document, path.name)]


def part(text: str) -> list[str]:
    """The documents of a text: what two empty lines part, or the books that it is found to hold."""
    documents = text.split("\n\n\n")
    return documents if len(documents) > 1 else part_books(text)


def mend_codes(text: str) -> str:
    """A text with the letters of ligatures for their codes."""
    for code, letters in _CODES.items():
        text = text.replace(code, letters)
    return text


def is_sound(document: str, name: str) -> bool:
    """Whether a document of a file of this name has not lost ligatures itself, as far as can be told."""
    return not name.startswith("en-") or len(_DAMAGE.findall(document)) < max(3, len(document) / 50_000)
