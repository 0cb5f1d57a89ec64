"""The step in datatrove's own pipelines."""

import gzip
import json
from pathlib import Path

import pytest

from tests.corpus.inline import CLEAN, DAMAGED, RESTORED

pytest.importorskip("datatrove")
pytestmark = pytest.mark.filterwarnings("ignore")  # other people's


def test_a_pipeline_restores_documents_and_keeps_their_changes(tmp_path: Path) -> None:
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from ligafix.integrations.datatrove import LigafixCleaner

    (tmp_path / "in").mkdir()
    rows = [{"id": "a", "text": DAMAGED, "n": 1}, {"id": "b", "text": CLEAN, "n": 2}]
    (tmp_path / "in/a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    steps = [JsonlReader(str(tmp_path / "in")), LigafixCleaner(), JsonlWriter(str(tmp_path / "out"))]
    LocalPipelineExecutor(steps, logging_dir=str(tmp_path / "logs")).run()
    written = gzip.decompress((tmp_path / "out/00000.jsonl.gz").read_bytes()).decode().splitlines()
    first, second = map(json.loads, written)
    assert (first["id"], first["text"], first["metadata"]["n"]) == ("a", RESTORED, 1)
    assert [change["after"] for change in first["metadata"]["ligafix"]][:2] == ["first", "officer"]
    assert (second["text"], second["metadata"]["ligafix"]) == (CLEAN, [])


def test_a_step_can_be_pickled_and_counts() -> None:
    import pickle

    from datatrove.data import Document

    from ligafix.integrations.datatrove import LigafixCleaner

    step = pickle.loads(pickle.dumps(LigafixCleaner()))  # noqa: S301
    (document,) = step.run([Document(DAMAGED, "a")])
    assert document.text == RESTORED
    assert step.stats["changed"].total == 1
