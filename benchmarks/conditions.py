#!/usr/bin/env python3
"""How well conditions (iff) are told from variables (i).

    python benchmarks/conditions.py [--show] FILE ...

Looks at every lone *iff* and *i* of the files (UTF-8, may be gzipped) as if ff had been lost, and prints how many of
each are taken for conditions.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from texts import read_text

from ligafix.document import surroundings
from ligafix.stages.codes.conditions import is_condition


def find(text: str, word: str) -> list[tuple[str, str, bool]]:
    """The text before and behind each place of a word, and whether it is taken for a condition."""
    around = [surroundings(text, *found.span()) for found in re.finditer(rf"(?<=\s){word}(?=\s)", text)]
    return [(left, right, is_condition(left, right)) for left, right in around]


def main() -> None:
    """Count and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--show", action="store_true", help="print the variables taken for conditions")
    options = parser.parse_args()
    text = "\n\n".join(map(read_text, options.files))
    for word in ("iff", "i"):
        found = find(text, word)
        print(f"{word}: {sum(taken for *_, taken in found)} of {len(found)} taken for conditions")
        for left, right, taken in found if options.show and word == "i" else ():
            if taken:
                print(repr(f"{left[-60:]}[{word}]{right[:40]}"))


if __name__ == "__main__":
    main()
