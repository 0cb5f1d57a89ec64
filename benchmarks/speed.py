#!/usr/bin/env python3
r"""How fast texts are cleaned, beside what a Python program must pay for looking at every word, and what it takes.

    python benchmarks/speed.py [FILE...]

Examples:
    python benchmarks/speed.py --quick                 # the project's own samples; without the largest texts
    python benchmarks/speed.py novel.txt paper.txt.gz

FILE is undamaged UTF-8 text and may be gzipped; all of them together are repeated up to each size. Everything is
measured in one run, the programs in turn on the same text, so that the ratios hold on a busy machine; of several
measurements the fastest counts. Columns, in megabytes of UTF-8 per second on one core:

    clean      ligafix.clean
    ftfy       ftfy.fix_text
    scan       re.findall(r"\w+", text): what any program pays that looks at every word
    lookup     symspellpy, each word by itself (on the beginning of the text: it is slow)
    compound   symspellpy.lookup_compound, line by line (the same)

The kinds of text: *undamaged*; *dropped*, its ligatures lost without a trace; *extracted*, as an extractor writes it,
with control characters for ligatures, wrapped lines and divided words.

Then the growth from the middle size to the largest, peak memory, and the times of whole processes, with bytecode
compiled beforehand as an installed package has it. Each line says the floor it has to keep.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import ftfy
from channels import damage
from texts import read_text

import ligafix

if TYPE_CHECKING:
    from symspellpy import SymSpell

SEEDS = Path(__file__).parent.parent / "seeds"

SIZES = {"10 kB": 10_000, "1 MB": 1_000_000, "100 MB": 100_000_000}
"""The sizes of the texts, in bytes of UTF-8."""

MIDDLE, LARGEST = "1 MB", "100 MB"

KINDS = {"undamaged": "none", "dropped": "drop-full", "extracted": "control-full+wrap-80"}
"""The kinds of texts and the channels that make them."""

DAMAGED_AT_ONCE = 1_000_000
"""Code points. Larger texts repeat the damage of so many."""

REPEATS = {"10 kB": 7, "1 MB": 3, "100 MB": 1}
"""How often each text is cleaned; of short ones the noise is greater."""

COMPARED = 1_000_000
"""Bytes. What the others do to larger texts is told by as much: they take no notice of the document."""

SLOW = 5_000
"""Bytes that symspellpy is shown."""

OTHERS = ("Another text.", "And one more – with other signs.", "A third one.")
"""Texts that are cleaned before each measurement."""

PROCESSES = 5
"""How often each process is started."""


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured with one text: megabytes per second by program."""

    kind: str
    size: str
    rates: Mapping[str, float]

    def over(self, other: str) -> float:
        """How much faster the cleaner is than another program."""
        return self.rates["clean"] / self.rates[other]


def main(args: Sequence[str] | None = None) -> None:
    """Measure and print."""
    options = _parse(args)
    sizes = [size for size in SIZES if size != LARGEST or not options.quick]
    text = read_texts(options.files)
    rows = measure_rates(text, sizes)
    _print_rates(rows)
    _print_figures([*growth(rows), *measure_memory(text, sizes), *measure_processes(text)])


def _parse(args: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="undamaged text (UTF-8)")
    parser.add_argument("--quick", action="store_true", help=f"leave out the texts of {LARGEST}")
    return parser.parse_args(args)


def read_texts(files: Sequence[Path]) -> str:
    """The texts of some files, one after the other; the restored samples where there are none."""
    paths = list(files) or sorted(SEEDS.glob("*.restored.txt"))
    return "\n\n".join(read_text(path) for path in paths)


def make_text(text: str, channel: str, size: int) -> str:
    """A text damaged by a channel and repeated up to so many bytes of UTF-8."""
    part = repeat(text, min(size, DAMAGED_AT_ONCE))
    return repeat(damage(part, channel, seed=1).text, size)


def repeat(text: str, size: int) -> str:
    """A text as often as it takes to fill so many bytes of UTF-8.

    Its form feeds go: whatever stands at pages that repeat is a running head, and no undamaged text.
    """
    paragraph = text.replace("\f", "").rstrip() + "\n\n"
    data = paragraph.encode("utf-8")
    return (data * (size // len(data) + 1))[:size].decode("utf-8", "ignore")


def measure_rates(text: str, sizes: Sequence[str]) -> list[Row]:
    """How fast each program is with each kind and size of text."""
    return [
        Row(kind, size, _measure(make_text(text, channel, SIZES[size]), REPEATS[size]))
        for kind, channel in KINDS.items()
        for size in sizes
    ]


def _measure(text: str, repeats: int) -> dict[str, float]:
    """Megabytes per second by program, measured in turn."""
    compared, shown = repeat(text, min(len(text), COMPARED)), repeat(text, SLOW)
    fast: dict[str, tuple[Callable[[str], object], str]] = {
        "clean": (ligafix.clean, text),
        "ftfy": (ftfy.fix_text, compared),
        "scan": (_scan, compared),
    }
    slow = {"lookup": (_look_up, shown), "compound": (_look_up_compounds, shown)}
    _symspell()  # loading its dictionary is not measured
    seconds = {name: _time(*each) for name, each in (fast | slow).items()}
    for _ in range(repeats - 1):
        seconds |= {name: min(seconds[name], _time(*each)) for name, each in fast.items()}
    return {name: len(given.encode("utf-8")) / 1e6 / seconds[name] for name, (_, given) in (fast | slow).items()}


def _time(program: Callable[[str], object], text: str) -> float:
    for other in OTHERS:  # the cleaner keeps what it knows of the last texts; the next text of a user is another one
        ligafix.clean(other)
    start = time.perf_counter()
    program(text)
    return time.perf_counter() - start


def _scan(text: str) -> object:
    return re.findall(r"\w+", text)


@cache
def _symspell() -> SymSpell:
    from symspellpy import SymSpell

    speller = SymSpell()
    with resources.as_file(resources.files("symspellpy") / "frequency_dictionary_en_82_765.txt") as path:
        speller.load_dictionary(str(path), 0, 1)
    return speller


def _look_up(text: str) -> None:
    from symspellpy import Verbosity

    for word in re.findall(r"\w+", text):
        _symspell().lookup(word, Verbosity.TOP, 2, include_unknown=True)


def _look_up_compounds(text: str) -> None:
    for line in text.split("\n"):
        _symspell().lookup_compound(line, 2)


def _print_rates(rows: Sequence[Row]) -> None:
    names = list(rows[0].rates)
    print(f"{'MB/s':10} {'':7}", *(f"{name:>9}" for name in names), f"{'x ftfy':>8} {'x scan':>8}")
    for row in rows:
        rates = (f"{row.rates[name]:9.3f}" for name in names)
        print(f"{row.kind:10} {row.size:>7}", *rates, f"{row.over('ftfy'):8.2f} {row.over('scan'):8.2f}")


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, and what it has to keep to."""

    name: str
    value: str
    floor: str


def _print_figures(figures: Sequence[Figure]) -> None:
    print()
    print(f"{'':34} {'':>12}  floor")
    for figure in figures:
        print(f"{figure.name:34} {figure.value:>12}  {figure.floor}")


def growth(rows: Sequence[Row]) -> list[Figure]:
    """How much longer a megabyte takes in the largest text than in the middle one."""
    rates = {(row.kind, row.size): row.rates["clean"] for row in rows}
    return [
        Figure(f"{kind}, {LARGEST} for {MIDDLE}", f"{rates[kind, MIDDLE] / rates[kind, LARGEST] - 1:+.0%}", "+15%")
        for kind in KINDS
        if (kind, LARGEST) in rates
    ]


def measure_memory(text: str, sizes: Sequence[str]) -> list[Figure]:
    """Peak memory of a process that cleans one text."""
    figures = []
    for size, kind, name in ((3_000, "undamaged", "one page"), *((SIZES[s], k, s) for s in sizes[-1:] for k in KINDS)):
        peak = _peak(make_text(text, KINDS[kind], size))
        floor = "200 MB" if size < COMPARED else f"{max(200, 10 * size // 1_000_000)} MB"
        figures.append(Figure(f"memory, {name}, {kind}", f"{peak / 1e6:.0f} MB" if peak else "unknown", floor))
    return figures


def _peak(text: str) -> int:
    """The peak memory, in bytes, of a process that cleans a text; 0 where the system does not tell."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_bytes(text.encode("utf-8"))
        done = subprocess.run([sys.executable, "-c", _REPORT_PEAK, path], check=True, stdout=subprocess.PIPE)
    return int(done.stdout)


_REPORT_PEAK = """
import re, sys, pathlib, ligafix
ligafix.clean(pathlib.Path(sys.argv[1]).read_bytes().decode("utf-8"))
status = pathlib.Path("/proc/self/status")
if status.exists():  # elsewhere the peak of the parent may count
    print(1024 * int(re.search("VmHWM:\\s*([0-9]+)", status.read_text())[1]))
elif sys.platform == "win32":
    print(0)
else:
    import resource
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024))
"""


def measure_processes(text: str) -> list[Figure]:
    """How long it takes to import the package, to show the help, and to clean a page, as whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        page, out = Path(folder) / "page.txt", Path(folder) / "out.txt"
        page.write_bytes(make_text(text, KINDS["dropped"], 3_000).encode("utf-8"))
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(Path(folder) / "bytecode")}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def seconds(*args: str | Path) -> float:
            return _time_process([sys.executable, *args], environment)

        bare = seconds("-c", "pass")
        command = seconds("-m", "ligafix", "clean", page, "-o", out)
        return [
            Figure("import ligafix", f"{1000 * (seconds('-c', 'import ligafix') - bare):.0f} ms", "120 ms"),
            Figure("ligafix --help", f"{1000 * seconds('-m', 'ligafix', '--help'):.0f} ms", "250 ms"),
            Figure("ligafix clean, one page", f"{1000 * command:.0f} ms", "600 ms"),
            Figure("Python itself", f"{1000 * bare:.0f} ms", ""),
        ]


def _time_process(command: Sequence[str | Path], environment: Mapping[str, str]) -> float:
    """The shortest time of several starts, in seconds; the first one compiles the bytecode and does not count."""
    times = []
    for _ in range(PROCESSES + 1):
        start = time.perf_counter()
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        times.append(time.perf_counter() - start)
    return min(times[1:])


if __name__ == "__main__":
    main()
