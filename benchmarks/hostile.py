"""Texts made to be slow: seconds per MB for each, beside ordinary prose.

    python benchmarks/hostile.py                 # 1 MB each
    python benchmarks/hostile.py --size 100000 roman digits

No text of 1 MB may take more than `MOST_TIMES` the median of all per byte. Each is cleaned twice: with the defaults,
and with everything on that is off by default.
"""

from __future__ import annotations

import argparse
import random
import re
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count, cycle, islice
from statistics import median
from typing import Any

from ligafix import Cleaner, Settings
from ligafix.threads import use_one_thread

MOST_TIMES = 10
"""What the slowest text may take per byte, in medians."""

EVERYTHING: dict[str, Any] = {"reflow": True, "footnotes": "end", "furniture": "mark", "restore_macrons": True}
"""The settings that make the most work."""

_WORDS = ("the", "first", "officer", "of", "his", "staff", "found", "an", "old", "file", "in", "office", "river")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ODD = [chr(c) for c in (*range(1, 9), *range(14, 32), *range(0x7F, 0xA0), *range(0xE000, 0xF900))]


def _prose(size: int) -> str:
    words = random.Random(1)  # noqa: S311 - no secrets here
    return _fill((" ".join(words.choices(_WORDS, k=11)) + "\n" for _ in count()), size)


def _fill(pieces: Iterator[str], size: int) -> str:
    """Pieces until there are so many code points."""
    found, length = [], 0
    while length < size:
        found.append(next(pieces))
        length += len(found[-1])
    return "".join(found)[:size]


def _any_of(alphabet: str, size: int) -> str:
    return "".join(random.Random(1).choices(alphabet, k=size))  # noqa: S311


def _lines(text: str) -> str:
    """A text in lines of 76 characters, as programs write data."""
    return "\n".join(text[at : at + 76] for at in range(0, len(text), 76))


def _repeat(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _from_prose(change: Callable[[str], str]) -> Callable[[int], str]:
    return lambda size: change(_prose(2 * size))[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "prose": _prose,
    "dropped ligatures": _from_prose(lambda text: text.replace("ffi", "").replace("ff", "").replace("fi", "")),
    "one line": _from_prose(lambda text: text.replace("\n", " ")),
    "one word": _repeat("a"),
    "one word of consonants": _repeat("rst"),
    "one word of doubles": _repeat("aabbcc"),
    "no spaces": _from_prose(lambda text: text.replace(" ", "")),
    "no white space": _from_prose(lambda text: "".join(text.split())),
    "a word a line": _from_prose(lambda text: text.replace(" ", "\n")),
    "letterspaced": _from_prose(" ".join),
    "capitals": _from_prose(str.upper),
    "distinct words": lambda size: _fill((_any_of("abcdefghilmnorstu", 5 + n % 4) + f"{n} " for n in count()), size),
    "random letters": lambda size: _any_of("abcdefghilmnorstu      ", size),
    "random Latin": lambda size: _any_of("".join(map(chr, range(1, 0x250))), size),
    "combining marks": _repeat("\u0301"),
    "a letter and marks": lambda size: "a" + "\u0301" * (size - 1),
    "spacing accents": _repeat("\u00a8"),
    "loose macrons": _repeat(" \u0304"),
    "stray macrons": _repeat("Sabur \u00afo "),
    "marks behind words": _from_prose(lambda text: re.sub("([a-z]{5,})", "\\1ional \u00af", text)),
    "a loose macron a word": _from_prose(lambda text: text.replace("o", "\u00af o")),
    "a loose caron a word": _from_prose(lambda text: text.replace(" ", " \u02c7 ")),
    "distinct codes": lambda size: "".join(islice(cycle(_ODD), size)),
    "distinct cid": lambda size: _fill((f"o(cid:{n % 99_999})ce " for n in count()), size),
    "words of distinct codes": lambda size: _fill((f"o{code}ce " for code in cycle(_ODD)), size),
    "codes in distinct words": lambda size: _fill(
        (f"{_any_of('aeiorst', 2 + n % 5)}(cid:{n % 4999}){_any_of('aeiorst', 2 + n % 3)} " for n in count()), size
    ),
    "names that begin alike": lambda size: _fill((f"o/G{n % 1000}ce o/uni{n % 65536:04X}ce " for n in count()), size),
    "one code": _repeat("speci\x03cation of the e\x04ect "),
    "NUL": _repeat("a\0"),
    "U+FFFD": _repeat("a\ufffd"),
    "U+FFFE": _repeat("a\ufffe"),
    "soft hyphens": _repeat("a\xad"),
    "surrogates": _repeat("\udc80"),
    "presentation forms": _repeat("\ufb01"),
    "cid": _repeat("(cid:12)"),
    "cid cut off": _repeat("(cid:"),
    "glyph names": _repeat("/G3"),
    "digits": _repeat("1"),
    "figure names": lambda size: "/one.oldstyle" + "1" * (size - 13),
    "mojibake": _repeat("\u00c3\u00a9"),
    "mojibake in prose": _from_prose(lambda text: text.replace("e", "\u00c3\u00a9")),
    "hyphens": _repeat("-"),
    "hyphens at line ends": _repeat("-\n"),
    "divided at each letter": _repeat("a-\n"),
    "line feeds": _repeat("\n"),
    "carriage returns": _repeat("\r"),
    "CR LF": _repeat("\r\n"),
    "form feeds": _repeat("\f"),
    "pages of a letter": _repeat("a\f"),
    "double-spaced": _from_prose(lambda text: text.replace("\n", "\n\n")),
    "blank lines": _repeat("a\n\n"),
    "lines of spaces": _repeat(" \t\r\n"),
    "spaces": _repeat(" "),
    "running heads": lambda size: _fill((f"{n} THE HISTORY OF THE RIVER\nthe first of\n\f" for n in count()), size),
    "pages that repeat": _repeat("".join(f"{n}\n{' '.join(_WORDS)} {n}\n" for n in range(1, 900))),
    "running heads over a line": lambda size: _fill(
        (f"{n} THE HISTORY OF THE RIVER\n{' '.join(_WORDS)}\n\f" for n in count()), size
    ),
    "chapters": lambda size: _fill((f"Chapter {n} HEAD {n % 7}\n{n}\n\f" for n in count()), size),
    "one head": _repeat("THE HISTORY OF THE RIVER\n"),
    "ruled heads": _repeat("_" * 60 + "\nTHE HEAD\n" + "_" * 60 + "\n"),
    "roman numerals": lambda size: _fill((number + "\n" for number in cycle(_ROMAN)), size),
    "roman numerals between words": lambda size: _fill((f"{n}\nthe\n" for n in cycle(_ROMAN)), size),
    "numbers": lambda size: _fill((f"{n}\n" for n in count()), size),
    "footnotes": lambda size: _fill((f"the first{n % 99} officer\n{n % 99} See the river.\n\f" for n in count()), size),
    "asterisks": _repeat("* the file\n"),
    "full stops": _repeat(". "),
    "abbreviations": _repeat("a."),
    "apostrophes": _repeat("a'"),
    "brackets": _repeat("[]"),
    "slashes": _repeat("/"),
    "bytes as Latin-1": lambda size: random.Random(1).randbytes(size).decode("latin-1"),  # noqa: S311
    "bytes as UTF-8": lambda size: random.Random(1).randbytes(2 * size).decode("utf-8", "surrogateescape")[:size],  # noqa: S311
    "hexadecimal": lambda size: _any_of("0123456789abcdef", size),
    "base64": lambda size: _lines(_any_of("".join(map(chr, (*range(48, 58), *range(65, 91), *range(97, 123)))), size))[
        :size
    ],
    "accents of all kinds": _repeat(" \u00a8a \u00b4b \u00afc \u00b8d \u02c7e \u02d9f \u02d8g \u02dah "),
    "alternating scripts": _repeat("a\u0431\u03b3\u05d0\u0627\u6f22"),
    "words of alternating scripts": _repeat("the \u0444\u0430\u0439\u043b first \u03b1\u03c1\u03c7\u03b5\u03af\u03bf "),
    "signs of direction": _repeat("a\u202eb\u2066"),
    "joined emoji": _repeat("\U0001f468\u200d\U0001f469\u200d\U0001f467 "),
    "mojibake of mojibake": _repeat("\u00c3\u0192\u00c2\u00a9"),
    "one bracket": _repeat("("),
    "backticks": _repeat("`a\n"),
    "tags": _repeat("<a>"),
    "addresses": _repeat("https://example.org/a?b=c&d "),
    "a table": _repeat("a\tb\t1.0\n"),
    "leaders": _repeat("The file . . . . . 12\n"),
    "a numbered list": lambda size: _fill((f"{n}. the first\n" for n in count()), size),
    "chains of hyphens": _repeat("file-office-first-"),
    "elisions": _repeat("l'a"),
    "soft-hyphened prose": _from_prose(lambda text: text.replace("ff", "f\xadf")),
    "codes at line ends": _repeat("of\x03\nce "),
    "underscores": _repeat("a_"),
    "nested quotes": _repeat("\u201c\u2018a\u2019\u201d"),
    "other scripts": _repeat("\u6f22\u5b57 \u0645\u0631\u062d\u0628\u0627 \U0001f600"),
}
"""What makes each text, by name; it is told how many code points to make."""


class TooSlow(BaseException):
    """A text took longer than anybody waits; no `except Exception` may stop it."""


@contextmanager
def at_most(seconds: float) -> Iterator[None]:
    """Stop what is inside after so many seconds of this process, where the system can.

    Raises:
        TooSlow: it was stopped.
    """

    def stop(*_: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def measure(text: str, settings: Settings, most: float) -> float:
    """The seconds per MB (of UTF-8) that cleaning a text takes this process; infinite where it was stopped."""
    start = time.process_time()
    try:
        with at_most(most):
            Cleaner(settings).clean(text)
    except TooSlow:
        return float("inf")
    return (time.process_time() - start) / (len(text.encode("utf-8", "surrogatepass")) / 1e6)


def main() -> int:
    """Measure the texts asked for; the exit status is 1 if one is too slow."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", help=f"of {', '.join(TEXTS)}; default: all")
    parser.add_argument("--size", type=int, default=1_000_000, help="code points of each")
    parser.add_argument("--most", type=float, default=120.0, help="seconds after which one is stopped")
    arguments = parser.parse_args()
    use_one_thread()  # as the command does: of more, those that wait would count, too
    Cleaner(Settings(**EVERYTHING)).clean(_prose(10_000))  # loads the tables
    rates: list[float] = []
    for name in arguments.names or TEXTS:
        text = TEXTS[name](arguments.size)
        row = [measure(text, settings, arguments.most) for settings in (Settings(), Settings(**EVERYTHING))]
        rates += row
        print(f"{name:24} {row[0]:8.2f} {row[1]:8.2f} s/MB", flush=True)
    bound = MOST_TIMES * median(rates)
    print(f"median {median(rates):.2f} s/MB, most {max(rates):.2f}, bound {bound:.2f}")
    return 1 if max(rates) > bound else 0


if __name__ == "__main__":
    sys.exit(main())
