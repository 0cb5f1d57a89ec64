"""The corpora that the tables are computed from: gzipped UTF-8 texts named LANGUAGE-KIND.txt.gz."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

_CODES = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}

_DAMAGE = re.compile(
    r"\b(?:rst|dened|specic|signicant(?:ly)?|e(?:f)?cient|dierent|dierence|classication|denitions?|of?ce"
    r"|suf?cient|dif?cult|identied|elds?|(?:speci|signi|identi|classi|con|de|ef|suf|dif) "
    r"(?:c|cally|cations?|cant|cantly|ned|nitions?|guration|ne|cient|ciency|culty|cult|ect))\b"
)
"""English words that have lost their ligatures, or have a space in their place."""


def read_documents(path: Path, blocks: int = 30) -> list[str]:
    """The documents of a corpus file; of English ones, those that have not lost ligatures themselves.

    A file that does not part its documents is cut into blocks of paragraphs instead.
    """
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    for code, letters in _CODES.items():
        text = text.replace(code, letters)
    documents = text.split("\n\n\n")
    if len(documents) == 1:
        paragraphs = text.split("\n\n")
        size = len(paragraphs) // blocks + 1
        documents = ["\n\n".join(paragraphs[i : i + size]) for i in range(0, len(paragraphs), size)]
    if not path.name.startswith("en-"):
        return documents
    return [d for d in documents if len(_DAMAGE.findall(d)) < max(3, len(d) / 50_000)]
