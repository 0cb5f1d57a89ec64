#!/usr/bin/env python3
"""How far the confidence of changes can be believed: of those logged at 0.95, are 95 in 100 right?

    python benchmarks/calibration.py FILE...

Examples:
    python benchmarks/calibration.py novel.txt paper.txt.gz
    python benchmarks/calibration.py --channel drop-full --channel drop-full@0.5 --picture curves.svg paper.txt
    python benchmarks/calibration.py --language de --show 20 buch.txt

Damages each text by each channel (a usual set, unless --channel names some; see channels.py) and not at all, cleans it,
and asks of every change that was applied or suggested whether it gives back what stood there before, white space aside.
FILE is UTF-8, may be gzipped, and must not be among the texts that the tables or the calibration were computed from. A
change made by several stages counts as `several`. What the undamaged text suffers as well counts once.

    changes     how many were logged with a confidence
    right       the share of them that are right
    mean        their mean confidence
    ECE         expected calibration error, 15 bins of equal width: the mean distance of accuracy and confidence in a
                bin, bins weighted by their changes (Naeini et al. 2015, Guo et al. 2017: 15 bins)
    ECE<.99     the same of the changes logged below 0.99 only, which those that are certain would outnumber
    applied, of them right    those at or above the threshold; a change pays when it is right 10 times in 11
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import reliability
from channels import Damaged, damage
from quality import add_damage_options, guard, read_documents

from ligafix import Change, Cleaner, Settings
from ligafix.changes import Status
from ligafix.settings import STAGES

CHANNELS = (
    "drop-full",
    "drop-times",
    "drop-ffx",
    "drop-full@0.5",
    "drop-full@0.3p",
    "first-full",
    "last-full",
    "control-full",
    "cid-full",
    "sign-full",
    "space-full",
    "spaced-full",
    "next-full",
    "before-full",
    "marks-before",
    "marks-after",
    "marks-apart",
    "marks-detached",
    "marks-displaced",
    "wrap-60",
    "wrap-60+drop-full",
    "spaces@0.01",
)
"""What texts are damaged by, unless others are asked for: each kind of damage that a stage repairs."""

SEVERAL = "several"
"""The stage of a change that several stages made."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A logged change, and whether it was right.

    Attributes:
        stage: the stage that proposed it.
        rule: the stage's rule.
        confidence: the probability logged.
        right: whether it gives back what stood there before.
        applied: whether it was applied, or only suggested.
        shown: what stood there, what it became, what it should be.
    """

    stage: str
    rule: str
    confidence: float
    right: bool
    applied: bool
    shown: str


def judge(damaged: Damaged, changes: Iterable[Change]) -> Iterator[Outcome]:
    """The outcome of every change of a damaged text that has a confidence."""
    for change in changes:
        if change.status in (Status.APPLIED, Status.SUGGESTED):
            made, gold = damaged.restored(change.start, change.end, change.after)
            step = change.steps[-1]
            yield Outcome(
                step.stage if len(change.steps) == 1 else SEVERAL,
                step.rule,
                change.confidence,
                made.split() == gold.split(),
                change.status == Status.APPLIED,
                f"{change.before!r} → {change.after!r}, was {gold!r}",
            )


def collect(
    documents: Sequence[str], channels: Sequence[str], cleaner: Cleaner, language: str = "en", seed: int = 0
) -> Iterator[Outcome]:
    """The outcomes of all changes of documents, damaged by each channel in turn.

    What is changed in the undamaged document as well is no channel's doing, and counts once.
    """
    for number, clean in enumerate(documents):
        undamaged = list(judge(Damaged(clean, clean, ()), cleaner.clean(clean).changes))
        known = {o.shown for o in undamaged}
        yield from undamaged
        for channel in channels:
            damaged = damage(clean, channel, seed=seed * 1000 + number, language=language)
            outcomes = judge(damaged, cleaner.clean(damaged.text).changes if damaged.changes else ())
            yield from (o for o in outcomes if o.right or o.shown not in known)


def print_table(outcomes: Sequence[Outcome], by_rule: bool) -> None:
    """The figures of each stage, or of each rule."""
    print("stage\tchanges\tright\tmean\tECE\tECE<.99\tapplied\tof them right")
    groups: defaultdict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        groups[f"{outcome.stage}/{outcome.rule}" if by_rule else outcome.stage].append(outcome)
    for name in sorted(groups, key=_stage_order):
        print("\t".join((name, *_row(groups[name]))))
    print("\t".join(("all", *_row(outcomes))))


def _stage_order(name: str) -> tuple[int, str]:
    stage = name.partition("/")[0]
    return (STAGES.index(stage) if stage in STAGES else len(STAGES), name)


def _row(outcomes: Sequence[Outcome]) -> Iterator[str]:
    pairs = [(o.confidence, o.right) for o in outcomes]
    unsure = [pair for pair in pairs if pair[0] < 0.99]
    applied = [o for o in outcomes if o.applied]
    yield str(len(pairs))
    yield f"{reliability.mean(right for _, right in pairs):.4f}"
    yield f"{reliability.mean(p for p, _ in pairs):.4f}"
    yield f"{reliability.calibration_error(pairs):.4f}"
    yield f"{reliability.calibration_error(unsure):.4f} ({len(unsure)})"
    yield str(len(applied))
    yield f"{reliability.mean(o.right for o in applied):.4f}"


def print_wrong(outcomes: Sequence[Outcome], show: int) -> None:
    """The commonest wrong changes of each stage that were applied."""
    wrong: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for o in outcomes:
        if o.applied and not o.right:
            wrong[o.stage][f"{o.shown} ({o.rule}, {o.confidence:.3f})"] += 1
    for stage, found in sorted(wrong.items()):
        print(f"\n{stage}: applied and wrong")
        for shown, number in sorted(found.items(), key=lambda item: (-item[1], item[0]))[:show]:
            print(f"{number:6}  {shown}")


def parse(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    about, _, rest = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=about, epilog=rest, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--channel", action="append", help="damage by this one; may be repeated")
    add_damage_options(parser, words=8_000)
    parser.add_argument("--picture", type=Path, metavar="SVG", help="draw the reliability curves into this file")
    parser.add_argument("--outcomes", type=Path, metavar="JSONL", help="write every outcome into this file")
    parser.add_argument("--by-rule", action="store_true", help="a row for each rule of a stage")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="N wrong changes of each stage")
    return parser.parse_args(arguments)


def run(options: argparse.Namespace) -> None:
    """Measure all files and print the figures."""
    cleaner = Cleaner(Settings())
    channels = options.channel or CHANNELS
    found = [
        outcome
        for path in options.files
        for outcome in collect(
            read_documents(path, options.words, options.documents), channels, cleaner, options.language, options.seed
        )
    ]
    print_table(found, options.by_rule)
    print_wrong(found, options.show)
    if options.outcomes:
        lines = (json.dumps(asdict(o), ensure_ascii=False) + "\n" for o in found)
        options.outcomes.write_text("".join(lines), encoding="utf-8", errors="surrogatepass")
    if options.picture:
        stages = [s for s in (*STAGES, SEVERAL) if any(o.stage == s for o in found)]
        panels = {s: [(o.confidence, o.right) for o in found if o.stage == s] for s in stages}
        options.picture.write_text(reliability.draw(panels), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line."""
    options = parse(arguments)
    guard(lambda: run(options))


if __name__ == "__main__":
    main()
