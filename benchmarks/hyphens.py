#!/usr/bin/env python3
"""How well line-end hyphens are mended.

    python benchmarks/hyphens.py [--characters N] [--show N] LANGUAGE FILE [LANGUAGE FILE ...]

Wraps the text of each file (UTF-8, may be gzipped) so that as many lines as possible end inside a word, wherever the
language's hyphenation patterns allow a break (pyphen), and so that every hyphen of the text stands at a line's end
once: in each of PASSES passes another part of them does, and the document shows the others. Then mends the text and
prints the share of joins that are right, of real hyphens that are kept, and what was left alone; last, for all files
together, how often the repairs of each tenth of confidence are right.

By default it takes the last 15 % of each file, which is what `dictionaries/build_hyphens.py` leaves out.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import pyphen
from texts import read_text

from ligafix import Settings, clean

WIDTH = 60
PASSES = 4
HELD_OUT = 0.15
_HYPHENATED = re.compile(r"[^\w\s-]*[^\W\d_]{2,}-(?=[^\W\d_]{2,})")
_WORD = re.compile(r"[^\w\s-]*(?P<word>[^\W\d_]{5,})(?!-)")


@dataclass(frozen=True)
class Seam:
    """A place where a word was divided: where it starts in the wrapped text, the word, whether the hyphen is real."""

    start: int
    word: str
    real: bool


@dataclass
class Result:
    """What became of the seams of a text, the wrong ones in words, and how often each tenth of confidence was right."""

    count: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    tenths: defaultdict[int, list[bool]] = field(default_factory=lambda: defaultdict(list))


class Wrapper:
    """Wraps a text to lines; of its hyphenated words, those of one pass are divided at their hyphen."""

    def __init__(self, patterns: pyphen.Pyphen, which: int) -> None:
        self._patterns = patterns
        self._which = which
        self._hyphens = 0
        self._out: list[str] = []
        self._length = self._column = 0
        self.seams: list[Seam] = []

    def wrap(self, text: str) -> str:
        """The wrapped text."""
        for token in text.split():
            self._add(token)
        return "".join(self._out) + "\n"

    def _add(self, token: str) -> None:
        room = WIDTH - self._column - 1
        hyphen = _HYPHENATED.match(token)
        if hyphen is not None:
            self._hyphens += 1
            if self._hyphens % PASSES == self._which:
                self._divide(token, hyphen.end(), is_real=True, starts_line=hyphen.end() > room)
                return
        if room >= len(token):
            self._put((" " if self._column else "") + token)
        elif hyphen is None and (cut := self._find_cut(token, room - 1)):
            self._divide(token, cut, is_real=False, starts_line=False)
        else:
            self._start_line()
            self._put(token)

    def _find_cut(self, token: str, room: int) -> int:
        """Where a token may be divided so that the first part fits; 0 for nowhere."""
        word = _WORD.match(token)
        if word is None:
            return 0
        fitting = [word.start("word") + at for at in self._patterns.positions(word["word"])]
        return max((at for at in fitting if at <= room), default=0)

    def _divide(self, token: str, cut: int, *, is_real: bool, starts_line: bool) -> None:
        if starts_line:
            self._start_line()
        self._put(" " if self._column else "")
        lead = len(token) - len(token.lstrip("\"'“”„«»’([*_—–.,;:!?"))
        word = token[lead:]
        self.seams.append(Seam(self._length + lead, word, is_real))
        self._put(token[:cut] + ("" if is_real else "-"))
        self._start_line()
        self._put(token[cut:])

    def _start_line(self) -> None:
        if self._column:
            self._put("\n")
        self._column = 0

    def _put(self, piece: str) -> None:
        self._out.append(piece)
        self._length += len(piece)
        self._column += len(piece)


def measure(language: str, text: str) -> Result:
    """What becomes of the words of a text that are divided in all passes."""
    result = Result()
    for which in range(PASSES):
        wrapper = Wrapper(pyphen.Pyphen(lang=language), which)
        changes = clean(wrapper.wrap(text), Settings(stages=("hyphens",))).changes
        found = {c.start: c for c in changes if c.status != "suspected"}
        for seam in wrapper.seams:
            kind = "real" if seam.real else "broken"
            change = found.get(seam.start)
            if change is None:
                result.count[f"{kind} left"] += 1
                continue
            is_right = change.after.rstrip().startswith(seam.word)
            result.tenths[min(9, int(change.confidence * 10))].append(is_right)
            verdict = ("right" if is_right else "wrong") if change.status == "applied" else "left"
            result.count[f"{kind} {verdict}"] += 1
            if verdict != "right":
                result.wrong.append(f"{verdict}: {seam.word} as {change.after.split()[0]} at {change.confidence:.2f}")
    return result


def report(name: str, count: Counter[str]) -> None:
    """Print the line of a file."""
    broken = sum(n for kind, n in count.items() if kind.startswith("broken"))
    real = sum(n for kind, n in count.items() if kind.startswith("real"))
    joined = count["broken right"] + count["real wrong"]
    print(
        f"{name}\t{broken}\t{count['broken right'] / max(1, joined):.4f}\t{count['broken left'] / max(1, broken):.4f}"
        f"\t{count['broken wrong'] / max(1, broken):.4f}\t{real}\t{count['real right'] / max(1, real):.4f}"
        f"\t{count['real left'] / max(1, real):.4f}"
    )


def main() -> None:
    """Measure every file named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pairs", nargs="+", metavar="LANGUAGE FILE")
    parser.add_argument("--characters", type=int, help="how much of each file, from its end (the last 15 %%)")
    parser.add_argument("--show", type=int, default=0, help="how many of the wrong ones to show")
    options = parser.parse_args()
    print("file\tbroken\tjoins right\tbroken left\tbroken wrong\treal\tkept\treal left")
    tenths: defaultdict[int, list[bool]] = defaultdict(list)
    for language, name in zip(options.pairs[::2], options.pairs[1::2], strict=True):
        text = read_text(Path(name)).replace("\xad", "-")  # inside lines they stand for hyphens that were lost
        result = measure(language, text[-(options.characters or round(HELD_OUT * len(text))) :])
        report(Path(name).name, result.count)
        for line in result.wrong[: options.show]:
            print("   ", line)
        for tenth, verdicts in result.tenths.items():
            tenths[tenth] += verdicts
    for tenth, verdicts in sorted(tenths.items()):
        print(f"confidence {tenth / 10:.1f}\t{len(verdicts)} repairs\t{sum(verdicts) / len(verdicts):.4f} right")


if __name__ == "__main__":
    main()
