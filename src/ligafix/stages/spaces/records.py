"""Whether a text is a table whose fields are parted by commas or semicolons: these have no space behind them."""

from __future__ import annotations

import re

from ligafix.recent import of_last_text

FEWEST = 3
"""So few lines tell nothing."""

LEAST = 0.8
"""A text of which this share of the lines has fields is a table: of text that lost spaces, a line in ten has two such
commas at most."""

LONGEST, LOOKED_AT = 2000, 50_000
"""Code points. Longer lines are no rows; of a long text the beginning tells."""

_PARTED = re.compile(r"(?:[,;](?!\s)(?<!\d,(?=\d))[^,;\r\n]*){2}")


@of_last_text
def has_fields(text: str) -> bool:
    r"""Whether most lines have two separators or more with nothing behind them; kept for who asks again.

    >>> has_fields("1,Flint,He had heard.\n2,Bly,You know.\n3,Flint,So I do.\n")
    True
    >>> has_fields("Ivan Gronskii,Iz proshlogo, says so.\nNobody read it.\nIt is in the library.\n")
    False
    """
    lines = [line for line in text[:LOOKED_AT].splitlines() if line.strip()]
    found = sum(len(line) <= LONGEST and _PARTED.search(line) is not None for line in lines)
    return len(lines) >= FEWEST and found >= LEAST * len(lines)
