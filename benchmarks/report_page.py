"""How large the report of many corrections is, how long making it takes, and how fast a browser opens and scrolls it.

    python benchmarks/report_page.py [CHANGES] [--keep page.html]

The documents are made of the words of our own sample texts, each damaged in one of many ways, so that about a third of
the series have one place only. The browser part needs playwright and a chromium (see tests/browser).
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from ligafix.audit.collect import LoggedDocument, find_logs, read_documents
from ligafix.audit.log import AuditLog
from ligafix.audit.report import make_page, make_payload
from ligafix.changes import Candidate, Proposal
from ligafix.draft import Draft
from ligafix.formats.text import EncodedText
from ligafix.settings import Settings

SEEDS = Path(__file__).parents[1] / "seeds"
PER_DOCUMENT = 500
EVERY = 8  # words from one correction to the next


def write_documents(folder: Path, changes: int, seed: int = 1) -> None:
    """Write texts and logs with so many changes to a folder."""
    chance = random.Random(seed)  # noqa: S311 - made-up damage
    words = re.findall(r"\w+", "".join(p.read_text(encoding="utf-8") for p in sorted(SEEDS.glob("*.restored.txt"))))
    for number in range(max(1, changes // PER_DOCUMENT)):
        source, proposals = _damage(words, chance, min(changes, PER_DOCUMENT))
        _write(folder / f"volume-{number // 20:02}" / f"page-{number:04}.txt", source, proposals)


def _damage(words: list[str], chance: random.Random, changes: int) -> tuple[str, list[Proposal]]:
    pieces: list[str] = []
    proposals = []
    at = 0
    for number in range(changes * EVERY):
        word = chance.choice(words)
        shown = word
        if number % EVERY == EVERY - 1:
            shown, after = word[: len(word) // 2] + chance.choice("aeiou"), word + chance.choice(("", "s", "ed", "ing"))
            proposals.append(_propose(at, shown, after, min(chance.betavariate(20, 1), 0.9999)))
        pieces.append(shown + ("\n" if number % 12 == 11 else " "))
        at += len(pieces[-1])
    return "".join(pieces), proposals


def _propose(at: int, before: str, after: str, confidence: float) -> Proposal:
    candidates = (Candidate(after, confidence), Candidate(before, 1 - confidence))
    return Proposal(at, at + len(before), after, "dropped-fi", confidence, candidates, "fi: 97% lost, 0 intact")


def _write(path: Path, source: str, proposals: list[Proposal]) -> None:
    draft = Draft(source)
    draft.apply("ligatures", proposals, 0.9)
    before, after = (EncodedText(text, text.encode(), "utf-8") for text in (source, draft.text))
    log = AuditLog.record(
        before,
        after,
        draft.changes(),
        settings=Settings(),
        dictionaries="0" * 64,
        source_path=path.name,
        output_path=None,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(before.data)
    path.with_name(f"{path.name}.changes.jsonl").write_bytes(log.to_bytes())


def read(folder: Path) -> Iterator[LoggedDocument]:
    """The documents of a folder."""
    return read_documents(find_logs([folder]))


def main() -> None:
    """Measure, and print what came of it."""
    parser = argparse.ArgumentParser(description="Measure the report of many corrections.")
    parser.add_argument("changes", type=int, nargs="?", default=100_000)
    parser.add_argument("--keep", type=Path, metavar="FILE", help="keep the page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_documents(folder, options.changes)
        began = time.perf_counter()
        page = make_page(make_payload(read(folder), "benchmark"))
        print(f"{options.changes:,} changes: {len(page) / 1e6:.1f} MB, made in {time.perf_counter() - began:.1f} s")
        path = options.keep or folder / "page.html"
        path.write_bytes(page)
        for name_of_figure, figure in measure(path).items():
            print(f"{name_of_figure}: {figure:.3f} s")


def measure(page: Path) -> dict[str, float]:
    """Seconds until the page is usable, until a search is answered, and the longest frame of a fast scroll."""
    from playwright.sync_api import sync_playwright
    from tests.browser.chromium import launch, load

    with sync_playwright() as playwright:
        browser = launch(playwright)
        tab = browser.new_page()
        began = time.perf_counter()
        load(tab, page)
        figures = {"open": time.perf_counter() - began}
        figures["longest frame"] = tab.evaluate(SCROLL) / 1000
        began = time.perf_counter()
        tab.fill("input[name=text]", "light")
        tab.wait_for_selector("#clear:not([hidden])")
        figures["search"] = time.perf_counter() - began
        browser.close()
    return figures


SCROLL = """() => new Promise((done) => {
  let longest = 0, last = performance.now(), frames = 0;
  const next = (now) => {
    longest = Math.max(longest, now - last);
    last = now;
    scrollBy(0, 400);
    if (++frames < 150) requestAnimationFrame(next); else done(longest);
  };
  requestAnimationFrame(next);
})"""
"""Scrolls 60,000 pixels; gives the longest time between two frames, in milliseconds."""


if __name__ == "__main__":
    main()
