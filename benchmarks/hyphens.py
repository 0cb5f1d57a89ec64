#!/usr/bin/env python3
"""How well line-end hyphens are mended.

    python benchmarks/hyphens.py [--characters N] [--show N] LANGUAGE FILE [LANGUAGE FILE ...]

Wraps the text of each file (UTF-8, may be gzipped) so that as many lines as possible end inside a word: at the
breaks that the language's hyphenation patterns allow (pyphen), and at the hyphens that the text has. Then mends it
and prints the share of joins that are right, of real hyphens that are kept, and what was left alone.
"""

from __future__ import annotations

import argparse
import gzip
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyphen

from ligafix import Settings, clean

WIDTH = 60
_HYPHENATED = re.compile(r"^[^\W\d_]{2,}-[^\W\d_]{2,}")
_WORD = re.compile(r"^[^\W\d_]{5,}")


@dataclass(frozen=True)
class Seam:
    """A place where a word was divided: where it starts in the wrapped text, the word, whether the hyphen is real."""

    start: int
    word: str
    real: bool


def wrap(text: str, dictionary: pyphen.Pyphen) -> tuple[str, list[Seam]]:
    """Wrap a text to lines, dividing the word that crosses the margin wherever that is allowed."""
    out: list[str] = []
    seams: list[Seam] = []
    length = column = 0
    for token in text.split():
        room = WIDTH - column - 1
        if room >= len(token) or column == 0:
            piece = ("" if column == 0 else " ") + token
            column += len(piece)
        else:
            cut, real = _cut(token, room - 1, dictionary)
            if cut:
                start = length + 1
                seams.append(Seam(start, token, real))
                piece = f" {token[:cut]}{'' if real else '-'}\n{token[cut:]}"
                column = len(token) - cut
            else:
                piece, column = "\n" + token, len(token)
        out.append(piece)
        length += len(piece)
    return "".join(out) + "\n", seams


def _cut(token: str, room: int, dictionary: pyphen.Pyphen) -> tuple[int, bool]:
    """Where to divide a token so that the first part fits, and whether a hyphen stands there; 0 for nowhere."""
    real = _HYPHENATED.match(token)
    if real:
        at = token.index("-") + 1
        return (at, True) if at <= room + 1 else (0, False)
    word = _WORD.match(token)
    if not word or token[word.end() : word.end() + 1] == "-":
        return 0, False
    fitting = [at for at in dictionary.positions(word.group()) if at <= room]
    return (fitting[-1], False) if fitting else (0, False)


def measure(language: str, text: str) -> tuple[Counter[str], list[str]]:
    """What became of the seams of a text."""
    damaged, seams = wrap(text, pyphen.Pyphen(lang=language))
    changes = clean(damaged, Settings(stages=("hyphens",))).changes
    applied = {c.start: c for c in changes if c.status == "applied"}
    count: Counter[str] = Counter()
    wrong = []
    for seam in seams:
        kind = "real" if seam.real else "broken"
        change = applied.get(seam.start)
        if change is None:
            count[f"{kind} left"] += 1
        elif change.after.rstrip().startswith(seam.word):
            count[f"{kind} right"] += 1
        else:
            count[f"{kind} wrong"] += 1
            wrong.append(f"{seam.word!r} became {change.after.rstrip()!r} at {change.confidence:.2f}")
    return count, wrong


def main() -> None:
    """Measure every file named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="LANGUAGE FILE")
    parser.add_argument("--characters", type=int, default=2_000_000, help="how much of each file, from its end")
    parser.add_argument("--show", type=int, default=0, help="how many of the wrong ones to show")
    options = parser.parse_args()
    print("file\tbroken\tjoins right\tbroken left\treal\tkept\treal left")
    for language, name in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        data = Path(name).read_bytes()
        text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
        count, wrong = measure(language, text[-options.characters :])
        joined = count["broken right"] + count["real wrong"]
        broken = sum(n for k, n in count.items() if k.startswith("broken"))
        real = sum(n for k, n in count.items() if k.startswith("real"))
        print(
            f"{Path(name).name}\t{broken}\t{count['broken right'] / max(1, joined):.4f}"
            f"\t{count['broken left'] / max(1, broken):.4f}\t{real}\t{count['real right'] / max(1, real):.4f}"
            f"\t{count['real left'] / max(1, real):.4f}"
        )
        for line in wrong[: options.show]:
            print("   ", line)


if __name__ == "__main__":
    main()
