"""The ligatures that are looked for, and which of them fonts lose together.

Fonts draw other pairs as one glyph, too (fj, ft, tt, ti). To look for one, add it here and rebuild the word tables:
everything else follows from this table.
"""

from __future__ import annotations

import re

LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")
"""The letter sequences that fonts commonly draw as one glyph, longest first (Unicode FB00-FB04)."""

LIGATURE = re.compile("|".join(LIGATURES))

find_ligatures = LIGATURE.findall
"""The ligatures in a word, from left to right."""

SPACED = (*LIGATURES, "fj", "ft", "Th", "tt", "ti")
"""What fonts draw as one glyph, and what may therefore stand apart; longest first."""

LOST_TOGETHER: tuple[tuple[frozenset[str], float], ...] = (
    (frozenset(), 0.98),
    (frozenset(LIGATURES), 0.008),
    (frozenset({"ff", "ffi", "ffl"}), 0.004),
    (frozenset({"fi", "fl"}), 0.004),
)
"""Which ligatures a document loses, and how probable that is before anything is known about it."""

RARELY_LOST_TOGETHER = 0.004
"""What all other combinations share among them."""
