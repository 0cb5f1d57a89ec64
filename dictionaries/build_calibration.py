#!/usr/bin/env python3
"""Measure what the stages' confidence is worth, and write it to `dictionaries/calibration.toml`.

    python dictionaries/build_calibration.py CORPORA [--work FOLDER] [--documents N] [--language fr ...] [--turn N]

CORPORA holds gzipped UTF-8 text named LANGUAGE-KIND.txt.gz, books or articles as `corpora.py` parts them. Everything is
measured on books that no table has seen: every sixth is held out (of few books two, of six and more), the word and
context tables are built again from the rest, and the package with them, uncalibrated, cleans the held-out books after
they were damaged by the channels of `benchmarks/calibration.py`. Half of the held-out books are for fitting, the others
for testing. FOLDER keeps all of it:

    FOLDER/ligafix       the package with the tables that lack the held-out books; put FOLDER first on PYTHONPATH to
                         measure anything on FOLDER/test, e.g. with benchmarks/quality.py
    FOLDER/fit, test     the held-out books, as text
    FOLDER/outcomes      the outcomes of all changes of both

What is in FOLDER already is not made again. Each --turn holds out other books. Of some languages only, tables are built
and measured, but no curves are fitted, and the tables of `hyphens`, which learns all languages together, stay as they
are. A curve has three numbers: the log odds of a change being right are a
slope times the log odds of its confidence, plus a shift (Platt 1999); and some changes go wrong however certain they
are (the evidence was wrong, not the weighing), so the whole is multiplied by a ceiling. A stage's curve is expected
near the identity, and a rule's near its stage's.

Needs scipy, scikit-learn and PyTorch; half an hour on two cores. The same corpora, tables and versions give the same
bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from corpora import is_sound, mend_codes, part
from replacing import replacing
from scipy.optimize import minimize
from scipy.special import expit

from ligafix.calibration import Curve

sys.path.append(str(Path(__file__).resolve().parents[1] / "benchmarks"))
from reliability import calibration_error

ROOT = Path(__file__).resolve().parents[1]
OUT = ROOT / "dictionaries" / "calibration.toml"

HELD_OUT = 6
"""One document of so many is held out: of those, the even ones are for fitting. Of few documents it is one of fewer, so
that there are two."""

FIRST = 2
"""The first that is held out."""

MOST_HELD_OUT = 0.25
"""A book that is more of its file is never held out: the tables would be others."""

DOCUMENTS = 8
"""How many documents of each file are damaged, evenly spaced."""

STAGE_SPREAD, RULE_SPREAD = (0.3, 1.0, 1.0), (0.15, 0.5, 0.5)
"""How far a stage's slope, shift and log odds of a slip are expected to lie from the identity, and a rule's from its
stage's."""

REPEATED = 0.25
"""How much an outcome counts: several channels strike the same words, and the same words return in a text."""

MOST_ODDS = 9.0
"""Log odds beyond this are taken as this: no model knows more."""

LANGUAGES = ("de", "en", "es", "fr", "it", "pl", "pt")
"""The languages that have corpora."""

THRESHOLD = 0.9
"""What is at least as certain is applied."""

NOISY: Mapping[str, set[str]] = {"en-science-papers": {"ligatures"}}
"""Texts that are damaged themselves, and the stages that they can tell about all the same."""

ONE_CURVE = frozenset({"ligatures"})
"""Stages whose rules share a curve: what told them apart in some books was a name or two, which others do not have."""

FEWEST = 50
"""A rule seen less often has no curve of its own, but its stage's."""

UNFITTED = frozenset({"codes", "furniture", "hyphens", "marks", "several"})
"""`hyphens` is fitted where it is made; `several` is the product of what the stages say; `codes` and `marks` keep their
own confidence; `furniture` has next to nothing to do in books."""

Pair = tuple[float, bool]
"""The confidence of a change, and whether it was right."""


@dataclass(frozen=True)
class Fit:
    """A curve and what it was fitted on; before anything is known, one change in a thousand is a slip."""

    slope: float = 1.0
    shift: float = 0.0
    ceiling: float = 0.999
    changes: int = 0
    right: int = 0


def log_odds(confidence: float) -> float:
    """The log odds of a confidence, within bounds."""
    p = min(1 - 1e-9, max(1e-9, confidence))
    return max(-MOST_ODDS, min(MOST_ODDS, math.log(p / (1 - p))))


def fit_curve(pairs: Sequence[Pair], start: Fit, spread: tuple[float, float, float]) -> Fit:
    """The curve that is likeliest after these outcomes, where `start` was expected.

    Args:
        pairs: the outcomes.
        start: the curve expected.
        spread: by how much slope, shift and the log odds of a slip are expected to differ from it (standard
            deviations of normal priors).
    """
    odds = np.array([log_odds(p) for p, _ in pairs])
    outcome = np.array([right for _, right in pairs], bool)
    expected = np.array([start.slope, start.shift, log_odds(1 - start.ceiling)])

    def loss(parameters: npt.NDArray[np.float64]) -> float:
        slope, shift, slip = parameters
        p = (1 - expit(slip)) * expit(slope * odds + shift)
        likely = np.log(np.where(outcome, p, 1 - p)).sum()
        return float(-REPEATED * likely + (((parameters - expected) / spread) ** 2).sum() / 2)

    bounds = [(0.0, None), (None, None), (-MOST_ODDS, 0.0)]  # what is more certain is never less often right
    slope, shift, slip = minimize(loss, expected, method="L-BFGS-B", bounds=bounds).x
    return Fit(float(slope), float(shift), float(1 - expit(slip)), len(pairs), int(outcome.sum()))


def fit_all(outcomes: Iterable[Mapping[str, Any]]) -> dict[str, Fit]:
    """The curves of all stages and rules, by `stage` and `stage/rule`."""
    groups: defaultdict[str, defaultdict[str, list[Pair]]] = defaultdict(lambda: defaultdict(list))
    for outcome in outcomes:
        groups[outcome["stage"]][outcome["rule"]].append((outcome["confidence"], outcome["right"]))
    curves: dict[str, Fit] = {}
    for stage, rules in sorted(groups.items()):
        curves[stage] = fit_curve([pair for pairs in rules.values() for pair in pairs], Fit(), STAGE_SPREAD)
        for rule, pairs in sorted(rules.items()):
            if len(pairs) >= FEWEST and stage not in ONE_CURVE:
                curves[f"{stage}/{rule}"] = fit_curve(pairs, curves[stage], RULE_SPREAD)
    return curves


def split_corpora(corpora: Path, work: Path, languages: Sequence[str], turn: int) -> None:
    """Part every corpus into what tables may see and what they may not."""
    for name in ("corpora", "fit", "test"):
        (work / name).mkdir(parents=True, exist_ok=True)
    for path in (p for language in languages for p in sorted(corpora.glob(f"{language}-*.txt.gz"))):
        seen, fit, test = split(mend_codes(gzip.decompress(path.read_bytes()).decode("utf-8")), turn)
        write_gzip(work / "corpora" / path.name, "\n\n\n".join(seen))
        for folder, texts in (("fit", fit), ("test", test)):
            sound = "\n\n\n".join(d for d in texts if is_sound(d, path.name))
            (work / folder / path.name.removesuffix(".gz")).write_bytes(sound.encode("utf-8"))


def split(text: str, turn: int = 0) -> tuple[list[str], list[str], list[str]]:
    """What the tables may see, what the curves are fitted on, and what they are tested on."""
    documents = part(text)
    most = MOST_HELD_OUT * len(text)
    eligible = [number for number, document in enumerate(documents) if len(document) <= most]
    every = max(1, min(HELD_OUT, len(eligible) // 2))
    chosen = [number for n, number in enumerate(eligible) if n % every == (FIRST + turn) % every]
    seen = [document for number, document in enumerate(documents) if number not in chosen]
    return seen, [documents[number] for number in chosen[::2]], [documents[number] for number in chosen[1::2]]


def write_gzip(path: Path, text: str) -> None:
    """Write a text compressed, the same bytes each time."""
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))


def build_tables(work: Path, languages: Sequence[str]) -> None:
    """Make the tables in FOLDER again, from what they may see; no calibration is among them."""
    tables = work / "dictionaries"
    shutil.copytree(ROOT / "dictionaries", tables, ignore=shutil.ignore_patterns("calibration.*", "__pycache__"))
    copy_code(work)
    run(work, [str(tables / "build_words.py"), str(work / "corpora"), "--language", *languages])
    if set(languages) == set(LANGUAGES):
        run(work, [str(tables / "build_hyphens.py"), str(work / "corpora")])
    run(work, [str(tables / "build_context.py"), str(work / "corpora"), "--language", *languages])


def copy_code(work: Path) -> None:
    """Copy the code as it is now to FOLDER, beside the tables."""
    shutil.rmtree(work / "ligafix", ignore_errors=True)
    shutil.copytree(ROOT / "src" / "ligafix", work / "ligafix", ignore=shutil.ignore_patterns("__pycache__"))
    (work / "ligafix" / "dictionaries").symlink_to((work / "dictionaries").resolve())


def run(work: Path, command: Sequence[str]) -> None:
    """Run a Python script with the package in FOLDER."""
    environment = os.environ | {"PYTHONPATH": str(work.resolve()), "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, *command], check=True, env=environment)  # noqa: S603 - our own scripts


def measure(work: Path, half: str, documents: int) -> None:
    """Write the outcomes of the changes of all books in one half of those held out, `fit` or `test`."""
    folder = work / "outcomes" / half
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((work / half).glob("*.txt")):
        found = folder / f"{path.stem}.jsonl"
        if not found.exists():
            options = ["--language", language_of(path), "--documents", str(documents), "--outcomes", str(found)]
            print(f"{half}/{path.name}", flush=True)
            run(work, [str(ROOT / "benchmarks" / "calibration.py"), *options, str(path)])


def language_of(path: Path) -> str:
    """The language of a file by its name."""
    return path.name.partition("-")[0]


def read_outcomes(work: Path, half: str, language: str = "*") -> Iterator[Mapping[str, Any]]:
    """The outcomes of one half that a stage with curves made by itself; of noisy texts only what they can tell."""
    for path in sorted((work / "outcomes" / half).glob(f"{language}-*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            outcome = json.loads(line)
            if outcome["stage"] in NOISY.get(path.stem, {outcome["stage"]}) - UNFITTED:
                yield outcome


def report(work: Path, curves: Mapping[str, Fit]) -> None:
    """Print what the curves do to the half that they were not fitted on."""
    languages = sorted({language_of(path) for path in (work / "test").glob("*.txt")})
    print("language\tstage\tchanges\tright\tECE before\tECE after\tapplied\tright\tapplied after\tright")
    for language in [*languages, "*"]:
        outcomes = list(read_outcomes(work, "test", language))
        for stage in sorted({o["stage"] for o in outcomes}):
            chosen = [o for o in outcomes if o["stage"] == stage]
            before = [(o["confidence"], o["right"]) for o in chosen]
            after = [(carry_over(o, curves), o["right"]) for o in chosen]
            print("\t".join((language, stage, str(len(chosen)), share(before), *compare(before, after))))


def compare(before: Sequence[Pair], after: Sequence[Pair]) -> Iterator[str]:
    """The calibration errors before and after, then how many are applied and how many of them are right."""
    yield from (f"{calibration_error(pairs):.4f}" for pairs in (before, after))
    for pairs in (before, after):
        applied = [pair for pair in pairs if pair[0] >= THRESHOLD]
        yield str(len(applied))
        yield share(applied)


def share(pairs: Sequence[Pair]) -> str:
    """The share that is right."""
    return f"{sum(right for _, right in pairs) / len(pairs):.4f}" if pairs else "–"


def carry_over(outcome: Mapping[str, Any], curves: Mapping[str, Fit]) -> float:
    """The confidence of an outcome after calibration."""
    stage, rule = outcome["stage"], outcome["rule"]
    fit = curves.get(f"{stage}/{rule}") or curves.get(stage)
    curve = Curve(fit.slope, fit.shift, fit.ceiling) if fit else Curve()
    return curve(outcome["confidence"])


def write_curves(curves: Mapping[str, Fit], path: Path) -> None:
    """Write the curves as TOML."""
    lines = ["# Computed by dictionaries/build_calibration.py; see calibration.md."]
    for name, fit in sorted(curves.items()):
        lines += [
            f'\n["{name}"]',
            f"slope = {fit.slope:.4f}",
            f"shift = {fit.shift:.4f}",
            f"ceiling = {fit.ceiling:.5f}",
            f"changes = {fit.changes}  # {fit.right} right",
        ]
    with replacing(path.parent) as folder:
        (folder / path.name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Split, build, measure, fit, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--work", type=Path, help="keep everything in this folder, and go on from what is there")
    parser.add_argument("--documents", type=int, default=DOCUMENTS)
    parser.add_argument("--language", nargs="+", default=LANGUAGES, choices=LANGUAGES, help="only these")
    parser.add_argument("--turn", type=int, default=0, help="hold out other books [0]")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        build(options, options.work or Path(folder))


def build(options: argparse.Namespace, work: Path) -> None:
    """Do what of it is not done yet."""
    if not (work / "test").is_dir():
        split_corpora(options.corpora, work, options.language, options.turn)
    if not (work / "dictionaries").is_dir():
        build_tables(work, options.language)
    if not (work / "ligafix").is_dir():
        copy_code(work)
    for half in ("fit", "test"):
        measure(work, half, options.documents)
    curves = fit_all(read_outcomes(work, "fit"))
    if set(options.language) == set(LANGUAGES):
        write_curves(curves, OUT)
    report(work, curves)


if __name__ == "__main__":
    main()
