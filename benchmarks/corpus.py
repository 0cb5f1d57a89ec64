#!/usr/bin/env python3
"""How fast `ligafix batch` is, how much memory it takes, and whether it can be killed.

    python benchmarks/corpus.py CORPORA [--megabytes 10 100 1000] [--records N] [--kills N] [--ray] [--book FILE GOLD]

CORPORA is a folder of texts (gzipped UTF-8, as in `dictionaries/corpora.py`). They are cut into documents of 2 to 60
kilobytes and damaged by known channels (see `channels.py`), a third of them not at all, in folders of 50. Prints, for
each size, time, throughput and peak memory with one job and with two; the share of the survey; then, where asked for:
the memory of the parent on many small records, kills survived, Ray against local, and how many damaged words of a book
are restored as a whole and in files of a page each.
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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

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
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_MEASURE = """
import json, resource, sys
from ligafix.cli import batch, run
found = []
real = batch.run_batch
batch.run_batch = lambda *args: found.append(real(*args)) or found[0]
status = run(["batch", *sys.argv[1:], "-q"])
own, children = (resource.getrusage(who).ru_maxrss // 1024 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
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


def print_sizes(corpora: Path, work: Path, sizes: Sequence[float]) -> None:
    """Time and memory at several sizes."""
    print("MB\tjobs\tseconds\tMB/s\tsurvey\tparent MB\tworker MB")
    for size in sizes:
        shutil.rmtree(work / "in", ignore_errors=True)
        write_folder(corpora, work / "in", size)
        found = [measure(work / "in", work / f"out{jobs}", "-j", str(jobs)) for jobs in (1, 2)]
        for jobs, m in enumerate(found, start=1):
            rate, survey = m.size / 1e6 / m.seconds, m.survey / m.seconds
            print(f"{m.size / 1e6:.1f}\t{jobs}\t{m.seconds:.1f}\t{rate:.3f}\t{survey:.0%}\t{m.parent}\t{m.worker}")
        same = tree(work / "out1") == tree(work / "out2")
        print(f"two jobs against one: {found[0].seconds / found[1].seconds:.2f}×; the same bytes: {same}", flush=True)


def print_records(work: Path, number: int) -> None:
    """Memory on many small records."""
    write_records(work / "records.jsonl", number)
    m = measure(work / "records.jsonl", work / "records", "-j", "2")
    print(f"{m.documents:,} records: {m.seconds:.1f} s; parent {m.parent} MB, worker {m.worker} MB", flush=True)


def print_kills(corpora: Path, work: Path, number: int) -> None:
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


def print_ray(corpora: Path, work: Path) -> None:
    """Ray against local."""
    shutil.rmtree(work / "in", ignore_errors=True)
    write_folder(corpora, work / "in", 1.0)
    local = measure(work / "in", work / "local", "-j", "2")
    ray = measure(work / "in", work / "ray", "-j", "2", "--engine", "ray")
    same = tree(work / "local") == tree(work / "ray")
    print(f"local {local.seconds:.1f} s, ray {ray.seconds:.1f} s; the same bytes: {same}", flush=True)


def print_book(work: Path, damaged: Path, gold: Path) -> None:
    """A book as one file and as files of a page."""
    text, wanted = (path.read_bytes().decode() for path in (damaged, gold))
    pages = [text[at : at + PAGE] for at in range(0, len(text), PAGE)]
    for name, parts in (("whole", [text]), ("pages", pages)):
        folder = work / name
        folder.mkdir(exist_ok=True)
        for number, part in enumerate(parts):
            (folder / f"{number:04}.txt").write_bytes(part.encode())
        measure(folder, work / f"{name}-out", "-j", "2")
        outputs = sorted((work / f"{name}-out").glob("*.txt"))
        restored = "".join(path.read_bytes().decode() for path in outputs)
        print(f"{name}: {recall(wanted, restored):.4f} of the words with ligatures", flush=True)


def recall(wanted: str, found: str) -> float:
    """The share of the words with ligatures that a text has where they belong."""
    first, second = _WORD.findall(wanted), _WORD.findall(found)
    kept = {i for op in LCSseq.opcodes(first, second) if op.tag == "equal" for i in range(op.src_start, op.src_end)}
    hit = [i for i, word in enumerate(first) if re.search("ff|fi|fl", word)]
    return sum(i in kept for i in hit) / len(hit)


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--megabytes", type=float, nargs="*", default=[10, 100, 1000])
    parser.add_argument("--records", type=int, default=0, help="small records, to measure the parent's memory")
    parser.add_argument("--kills", type=int, default=0, help="how often to kill a run")
    parser.add_argument("--ray", action="store_true", help="compare Ray with local")
    parser.add_argument("--book", type=Path, nargs=2, metavar=("FILE", "GOLD"), help="a damaged book, and undamaged")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        work, started = Path(folder), time.monotonic()
        print_sizes(options.corpora, work, options.megabytes)
        if options.records:
            print_records(work, options.records)
        if options.kills:
            print_kills(options.corpora, work, options.kills)
        if options.ray:
            print_ray(options.corpora, work)
        if options.book:
            print_book(work, *options.book)
        print(f"all in {time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
