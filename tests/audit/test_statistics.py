"""Changes are counted, and their steps."""

from pathlib import Path

from ligafix.audit.collect import read_document
from ligafix.audit.statistics import commonest, count_changes
from tests.audit.test_chain import write_run


def test_changes_are_counted_by_status_stage_rule_and_pair(tmp_path: Path) -> None:
    log = write_run(tmp_path / "a", tmp_path / "b", data=b"rst rst led")
    statistics = count_changes([read_document(log)])
    assert statistics.files == 1
    assert {name: t.count for name, t in statistics.statuses.items()} == {"applied": 2, "suggested": 1}
    assert {name: t.count for name, t in statistics.stages.items()} == {"fake": 3}
    assert {name: t.count for name, t in statistics.rules.items()} == {"fake/table": 3}
    pairs = commonest(statistics.pairs)
    assert [(name, t.count) for name, t in pairs] == [("rst → first", 2), ("led → filed", 1)]
    assert pairs[1][1].mean_confidence == 0.5
    assert commonest(statistics.pairs, 1) == pairs[:1]
