#!/usr/bin/env python3
"""How fast `ligafix batch` is, how much memory it takes, and whether it can be killed.

    python benchmarks/corpus.py CORPORA [--megabytes 5 20] [--records 4000 20000] [--kills 10] [--books 6] [--no-ray]

CORPORA is a folder of texts (gzipped UTF-8, as in `dictionaries/corpora.py`). They are cut into documents of 2 to 60
kilobytes and damaged by known channels (see `channels.py`), a third of them not at all, in folders of 50. Prints, as it
goes, time, throughput and peak memory with one job and with two at each size, the memory of the parent on small
records, kills survived, Ray against local, and how many words of damaged books are restored as a whole and in files of
a page each; and at the end the table of all of it. With the sizes given above that takes about ten minutes on two idle
cores; for the large ones ask `--megabytes 10 100 1000 --records 1000000`.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from channels import damage
from rapidfuzz.distance import LCSseq

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "dictionaries"))

from corpora import read_documents

CHANNELS = (
    "none",
    "drop-full",
    "none",
    "drop-times",
    "control-full",
    "drop-ffx+wrap-60",
    "none",
    "cid-full",
    "wrap-60",
)
"""How document after document is damaged: a folder of pages of one book is all damaged in one way."""

FOLDER = 50
PAGE = 2000
BOOK = 80_000
"""Sizes of a page and of a book (code points)."""
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_MEASURE = """
import json, pathlib, resource, sys
from ligafix.cli import batch, run
found = []
real = batch.run_batch
batch.run_batch = lambda *args: found.append(real(*args)) or found[0]
status = run(["batch", *sys.argv[1:], "-q"])
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
status_file = pathlib.Path("/proc/self/status")  # what getrusage says of itself may be the memory of who started it
lines = status_file.read_text().split("\\n") if status_file.exists() else []
peak = next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), None)
own = (peak if peak is not None else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) // 1024
s = found[0]
print(json.dumps([status, s.size, s.documents, s.seconds, s.survey_seconds, own, children]))
"""


@dataclass(frozen=True)
class Measured:
    """A run: sizes in bytes, times in seconds, memory in MB."""

    status: int
    size: int
    documents: int
    seconds: float
    survey: float
    parent: int
    worker: int

    @property
    def rate(self) -> float:
        """The throughput (MB/s)."""
        return self.size / 1e6 / self.seconds

    @property
    def survey_share(self) -> float:
        """The first pass's share of the time."""
        return self.survey / self.seconds


class Row(NamedTuple):
    """A row of the table: what is measured, what it must reach at least, what it should, and what it did."""

    what: str
    floor: str
    aim: str
    found: str


def measure(source: Path, out: Path, *options: str) -> Measured:
    """Run `ligafix batch` in a process of its own."""
    shutil.rmtree(out, ignore_errors=True)
    command = [sys.executable, "-c", _MEASURE, str(source), str(out), *options]
    done = subprocess.run(command, check=True, capture_output=True)
    return Measured(*json.loads(done.stdout))


def cut_documents(corpora: Path) -> Iterator[tuple[str, str]]:
    """Pieces of all corpora in turn, each with its language, again and again."""
    chosen = random.Random(1)  # noqa: S311
    files = sorted(corpora.glob("*.txt.gz"))
    rows = [[(path.name[:2], text) for text in read_documents(path)[:8]] for path in files]
    texts = [row for group in itertools.zip_longest(*rows) for row in group if row]
    for language, text in itertools.cycle(texts):
        start = chosen.randrange(max(1, len(text) - 60_000))
        yield language, text[start : start + chosen.randrange(2_000, 60_000)]


def write_folder(corpora: Path, folder: Path, megabytes: float) -> None:
    """Write damaged documents, about so many megabytes."""
    written = 0
    for number, (language, text) in enumerate(cut_documents(corpora)):
        channel = CHANNELS[number // FOLDER % len(CHANNELS)]
        data = damage(text, channel, seed=number, language=language).text.encode("utf-8", "surrogateescape")
        path = folder / f"{number // FOLDER:05}" / f"{number:07}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        written += len(data)
        if written >= megabytes * 1e6:
            return


def write_records(path: Path, number: int) -> None:
    """Write small records."""
    with path.open("w", encoding="utf-8") as file:
        for index in range(number):
            file.write(json.dumps({"id": index, "text": f"The rst ocer led entry {index} in the book."}) + "\n")


def tree(folder: Path) -> dict[str, str]:
    """The hashes of all files of a folder."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def measure_sizes(corpora: Path, work: Path, sizes: Sequence[float]) -> Iterator[Row]:
    """Time and memory at several sizes."""
    print("MB\tjobs\tseconds\tMB/s\tsurvey\tparent MB\tworker MB")
    for size in sizes:
        shutil.rmtree(work / "in", ignore_errors=True)
        write_folder(corpora, work / "in", size)
        one, two = (measure(work / "in", work / f"out{jobs}", "-j", str(jobs)) for jobs in (1, 2))
        for jobs, m in enumerate((one, two), start=1):
            times = f"{m.seconds:.1f}\t{m.rate:.3f}\t{m.survey_share:.0%}"
            print(f"{m.size / 1e6:.1f}\t{jobs}\t{times}\t{m.parent}\t{m.worker}")
        same = tree(work / "out1") == tree(work / "out2")
        print(f"two jobs against one: {one.seconds / two.seconds:.2f}×; the same bytes: {same}", flush=True)
    yield Row(f"throughput, two jobs over one, {size:g} MB", "1.7×", "1.95×", f"{one.seconds / two.seconds:.2f}×")
    yield Row(f"memory of a worker, {size:g} MB", "500 MB", "250 MB", f"{max(one.worker, two.worker)} MB")
    yield Row("the survey's share of the run, one job", "45 %", "25 %", f"{one.survey_share:.0%}")


def measure_records(work: Path, numbers: Sequence[int]) -> Iterator[Row]:
    """The parent's memory on many small records."""
    found = []
    for number in numbers:
        write_records(work / "records.jsonl", number)
        m = measure(work / "records.jsonl", work / "records", "-j", "2")
        print(f"{m.documents:,} records: {m.seconds:.1f} s; parent {m.parent} MB, worker {m.worker} MB", flush=True)
        found.append(f"{m.parent} MB on {number:,}")
    yield Row("memory of the parent on 1,000,000 small records", "1 GB", "300 MB", ", ".join(found))


def measure_kills(corpora: Path, work: Path, number: int) -> Iterator[Row]:
    """Kill runs at random times and go on with them, until so many were killed."""
    shutil.rmtree(work / "in", ignore_errors=True)
    write_folder(corpora, work / "in", 1.0)
    write_records(work / "in" / "records.jsonl", 300)
    whole = measure(work / "in", work / "whole", "-j", "2")
    wanted, chosen, kills, runs = tree(work / "whole"), random.Random(1), 0, 0  # noqa: S311
    while kills < number:
        shutil.rmtree(work / "killed", ignore_errors=True)
        while True:
            command = [sys.executable, "-m", "ligafix", "batch", str(work / "in"), str(work / "killed"), "-q"]
            process = subprocess.Popen([*command, "-j", "2"])
            try:
                process.wait(chosen.uniform(1.0, whole.seconds / 2))
                break
            except subprocess.TimeoutExpired:
                os.kill(process.pid, signal.SIGKILL)
                process.wait()
                kills += 1
        runs += 1
        if tree(work / "killed") != wanted:
            sys.exit(f"after {kills} kills the outputs differ")
    print(f"{kills} kills in {runs} runs: the same bytes as undisturbed", flush=True)
    yield Row("killed at random times and resumed", "the same bytes", "", f"the same bytes, {kills} kills")


def measure_ray(corpora: Path, work: Path) -> Iterator[Row]:
    """Ray against local."""
    shutil.rmtree(work / "in", ignore_errors=True)
    write_folder(corpora, work / "in", 1.0)
    local = measure(work / "in", work / "local", "-j", "2")
    ray = measure(work / "in", work / "ray", "-j", "2", "--engine", "ray")
    same = tree(work / "local") == tree(work / "ray")
    print(f"local {local.seconds:.1f} s, ray {ray.seconds:.1f} s; the same bytes: {same}", flush=True)
    yield Row("local against ray, same input", "the same bytes", "", "the same bytes" if same else "other bytes")


def measure_books(corpora: Path, work: Path, number: int) -> Iterator[Row]:
    """Books as one file and as files of a page."""
    texts = list(itertools.islice(read_documents(corpora / "en-novels.txt.gz"), number))
    wanted = [text[len(text) // 2 : len(text) // 2 + BOOK] for text in texts]
    found = {}
    for name in ("whole", "pages"):
        for book, text in enumerate(wanted):
            damaged = damage(text, "drop-full", seed=book, language="en").text
            write_pages(work / "books" / name / f"{book:02}", damaged, PAGE if name == "pages" else len(damaged))
        out = work / "books" / f"{name}-out"
        measure(work / "books" / name, out, "-j", "2")
        folders = sorted(path for path in out.iterdir() if path.name != ".ligafix")
        restored = ["".join(page.read_bytes().decode() for page in sorted(folder.iterdir())) for folder in folders]
        found[name] = recall(wanted, restored)
        print(f"books, {name}: {found[name]:.4f} of the words with ligatures", flush=True)
    difference = found["pages"] - found["whole"]
    yield Row("a page alone in its file against the whole book, recall", "− 0.01", "the same", f"{difference:+.4f}")


def write_pages(folder: Path, text: str, size: int) -> None:
    """Write a text as files of so many code points."""
    folder.mkdir(parents=True)
    for number, at in enumerate(range(0, len(text), size)):
        (folder / f"{number:04}.txt").write_bytes(text[at : at + size].encode())


def recall(wanted: Sequence[str], found: Sequence[str]) -> float:
    """The share of the words with ligatures that some texts have where they belong."""
    kept = words = 0
    for gold, text in zip(wanted, found, strict=True):
        first, second = _WORD.findall(gold), _WORD.findall(text)
        operations = (op for op in LCSseq.opcodes(first, second) if op.tag == "equal")
        same = {i for op in operations for i in range(op.src_start, op.src_end)}
        hit = [i for i, word in enumerate(first) if re.search("ff|fi|fl", word)]
        words += len(hit)
        kept += sum(i in same for i in hit)
    return kept / words


def print_table(rows: Iterable[Row]) -> None:
    """The table, in Markdown."""
    print("\n| | floor | aim | measured |\n|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="*", default=[5, 20], help="sizes of the corpus")
    parser.add_argument("--records", type=int, nargs="*", default=[4000, 20_000], help="numbers of small records")
    parser.add_argument("--kills", type=int, default=10, help="how often to kill a run")
    parser.add_argument("--books", type=int, default=6, help="how many books to cut into pages")
    parser.add_argument("--no-ray", action="store_true", help="leave Ray out")
    options = parser.parse_args()
    started = time.monotonic()
    rows: list[Row] = []
    print(f"load at the start: {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if options.megabytes:
            rows += measure_sizes(options.corpora, work, options.megabytes)
        if options.records:
            rows += measure_records(work, options.records)
        if options.kills:
            rows += measure_kills(options.corpora, work, options.kills)
        if not options.no_ray:
            rows += measure_ray(options.corpora, work)
        if options.books:
            rows += measure_books(options.corpora, work, options.books)
    print_table(rows)
    print(f"\nall in {time.monotonic() - started:.0f} s; load at the end: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
