"""On the benchmark's texts and the seeds: log and source give the output, output and log the source, byte for byte.

A text of each kind stands for the others, chosen by the hash of its path; `LIGAFIX_ALL_TEXTS=1` takes them all,
which lasts a quarter of an hour.
"""

import hashlib
import os
import random
from pathlib import Path

import pytest

from ligafix import Cleaner
from ligafix.audit.decided import decide_text
from ligafix.audit.decisions import Decision, Key, Verdict
from ligafix.audit.log import AuditLog
from ligafix.audit.record import clean_bytes
from ligafix.audit.series import place_key, series_of

PROJECT = Path(__file__).parents[2]
SHARED = PROJECT.parent / "shared"
MOST_BYTES = 20_000
"""A longer text is cut, so that the whole takes seconds."""


def texts() -> list[Path]:
    """One text of each kind that the folders hold; all where that is asked for."""
    folders = [PROJECT / "seeds", *(SHARED / "bench" / "dev").glob("*"), SHARED / "seeds"]
    found = [[p for p in sorted(folder.rglob("*")) if _is_text(p)] for folder in folders]
    if os.environ.get("LIGAFIX_ALL_TEXTS"):
        return [path for of_kind in found for path in of_kind]
    damaged = [[path for path in of_kind if path.stem != "gold"] or of_kind for of_kind in found if of_kind]
    return [min(of_kind, key=lambda path: hashlib.sha256(path.name.encode()).digest()) for of_kind in damaged]


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix == ".txt"


def _decide(sha256: str, log: AuditLog, chosen: random.Random) -> dict[Key, Decision]:
    """Random decisions about a third of the places, and of the series."""
    keys = [place_key(sha256, c) for c in log.changes] + [k for c in log.changes for k in series_of(c)]
    decisions: dict[Key, Decision] = {}
    for key in keys:
        if chosen.random() < 0.3:
            verdict = chosen.choice(list(Verdict))
            decisions[key] = Decision(key, verdict, chosen.choice(["", "X", "a\nb"]) if verdict == "edit" else None)
    return decisions


@pytest.mark.parametrize("path", texts(), ids=lambda path: str(path.relative_to(PROJECT.parent)))
def test_a_log_leads_both_ways_before_and_after_random_decisions(path: Path, tmp_path: Path) -> None:
    data = path.read_bytes()
    if not os.environ.get("LIGAFIX_ALL_TEXTS"):
        data = data[:MOST_BYTES]
    cleaned = clean_bytes(data, Cleaner())
    place = tmp_path / "log"
    log = AuditLog.from_bytes(cleaned.make_log(place, path, tmp_path / "out"))
    assert log.replay(data) == cleaned.output.data
    assert log.undo(cleaned.output.data) == data
    decisions = _decide(cleaned.source.sha256, log, random.Random(path.name))  # noqa: S311
    decided = decide_text(cleaned.output.data, log, decisions, "Ada")
    after = AuditLog.from_bytes(decided.make_log(place, tmp_path / "new", place))
    assert after.replay(data) == decided.output.data
    assert after.undo(decided.output.data) == data
