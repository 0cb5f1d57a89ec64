"""Whether a text is a table whose fields are parted by commas or semicolons: these have no space behind them."""

from __future__ import annotations

import re
from collections import Counter

from ligafix.recent import of_last_text

FEWEST = 3
"""So few lines tell nothing."""

LEAST, ALIKE = 0.8, 0.5
"""A text of which this share of the lines has fields, and this share as many as each other, is a table. Of the
paragraphs of a novel that has lost the space behind each comma three in four have two such commas, but no more than one
in seven as many as each other."""

FEWEST_SEPARATORS = 2
"""A single comma in a line parts no fields."""

LONGEST, LOOKED_AT = 2000, 50_000
"""Code points. Longer lines are no rows; of a long text the beginning tells."""

_PARTED = re.compile(r"[,;](?!\s)(?<!\d,(?=\d))")


@of_last_text
def has_fields(text: str) -> bool:
    r"""Whether most lines have two separators or more with nothing behind them; kept for who asks again.

    >>> has_fields("1,Flint,He had heard.\n2,Bly,You know.\n3,Flint,So I do.\n")
    True
    >>> has_fields("Ivan Gronskii,Iz proshlogo, says so.\nNobody read it.\nIt is in the library.\n")
    False
    """
    lines = [line for line in text[:LOOKED_AT].splitlines() if line.strip()]
    numbers = Counter(len(_PARTED.findall(line)) if len(line) <= LONGEST else 0 for line in lines)
    found = {number: times for number, times in numbers.items() if number >= FEWEST_SEPARATORS}
    if len(lines) < FEWEST or not found:
        return False
    return sum(found.values()) >= LEAST * len(lines) and max(found.values()) >= ALIKE * len(lines)
