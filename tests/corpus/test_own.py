"""What a document told in the first pass is not asked again in the second."""

from pathlib import Path

import pytest

import ligafix.evidence
from ligafix import Cleaner
from ligafix.corpus.own import pack_own, read_own
from ligafix.evidence import OwnEvidence
from tests.corpus.inline import DAMAGED, clean_folder, tree

CODED = "The \x0brst o\x0ccer of the sta\x01 found the \x0ble in the o\x0cce /G31rst. L’a\x01aire est finie.\n" * 5


def test_evidence_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    found = {"a": Cleaner().survey(CODED).own, "b": Cleaner().survey("").own}
    (tmp_path / "own.json.gz").write_bytes(pack_own(found))
    assert read_own(tmp_path / "own.json.gz") == found
    assert found["a"].weights.gains


def test_evidence_that_is_gone_is_asked_again(tmp_path: Path) -> None:
    assert read_own(tmp_path / "nothing.json.gz") == {}


def test_cleaning_with_it_is_the_same() -> None:
    own = Cleaner().survey(CODED).own
    assert Cleaner().clean(CODED, own=own) == Cleaner().clean(CODED)


def test_each_source_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    ask = ligafix.evidence._ask

    def note(text: str, *rest: object) -> OwnEvidence:
        asked.append(text)
        return ask(text, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(ligafix.evidence, "_ask", note)
    (tmp_path / "in").mkdir()
    texts = [DAMAGED * number for number in (1, 2, 3)]
    for number, text in enumerate(texts):
        (tmp_path / f"in/{number}.txt").write_text(text)
    clean_folder(tmp_path / "in", tmp_path / "out")
    assert [asked.count(text) for text in texts] == [1, 1, 1]
    assert not (tmp_path / "out/.ligafix/own").exists()


def test_a_resumed_run_that_lacks_it_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / f"in/{number}.txt").write_text(CODED * (number + 1))
    clean_folder(tmp_path / "in", tmp_path / "out")
    expected = tree(tmp_path / "out")
    for log in (tmp_path / "out/.ligafix/logs").iterdir():
        log.unlink()
    clean_folder(tmp_path / "in", tmp_path / "out")
    assert tree(tmp_path / "out") == expected
