from __future__ import annotations

import sys
from pathlib import Path

import pytest
from channels import Damaged, damage
from quality import main, read_documents, score

CLEAN = "He filed the suit in his office; Ratcliffe found the offer fine. The led lamp was stiff.\n" * 3


def test_a_text_restored_in_full_scores_one() -> None:
    found = score(damage(CLEAN, "drop-full"), CLEAN, "en")
    assert found.row() == [str(found.hit.total()), "1.0000", "1.0000", "1.0000", "0.0", "1.0000"]


def test_a_text_left_alone_restores_nothing_and_spoils_nothing() -> None:
    damaged = damage(CLEAN, "drop-full")
    found = score(damaged, damaged.text, "en")
    assert (found.restored.total(), found.spoiled.total(), found.written) == (0, 0, 0)


def test_the_classes_tell_words_from_names() -> None:
    found = score(damage(CLEAN, "drop-full"), CLEAN, "en")
    assert (found.hit["real"], found.hit["name"]) == (9, 3)  # `led`, `ne`, `sti`; Ratcliffe


def test_a_spoiled_word_is_counted_and_shown() -> None:
    damaged = damage(CLEAN, "drop-full")
    found = score(damaged, CLEAN.replace("The led", "The filed"), "en")
    assert found.spoiled.total() == 3
    assert found.spoils == {"led → filed": 3}
    assert (found.written, found.wrong) == (found.hit.total() + 3, 3)


def test_a_wrong_repair_lowers_precision_and_spoils_nothing() -> None:
    damaged = damage(CLEAN, "drop-full")
    found = score(damaged, CLEAN.replace("stiff", "stick"), "en")
    assert (found.wrong, found.spoiled.total(), found.misses) == (3, 0, {"stiff → stick": 3})


def test_words_that_lost_their_space_are_hit() -> None:
    found = score(damage("one two three", "spaces"), "one two three", "en")
    assert (found.hit.total(), found.restored.total()) == (3, 3)


def test_undamaged_text_must_come_back_as_it_was() -> None:
    assert score(Damaged(CLEAN, CLEAN, ()), CLEAN, "en").same == 1
    assert score(Damaged(CLEAN, CLEAN, ()), CLEAN + " ", "en").same == 0


def test_long_texts_are_cut_at_paragraphs_and_nothing_is_lost(tmp_path: Path) -> None:
    text = "\n\n".join(f"paragraph {n} of\nmany" for n in range(50)) + "\n"
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode())
    documents = read_documents(path, 20)
    assert "".join(documents) == text
    assert max(len(d.split()) for d in documents) <= 20
    assert len(read_documents(path, 20, 3)) == 3


def test_the_command_line_reports_by_file_and_class(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(CLEAN * 10, encoding="utf-8")
    main(["drop-full", str(tmp_path / "a.txt"), "--show", "5"])
    out = capsys.readouterr().out.split("\n")
    assert out[0].split("\t") == ["file", "hit", "recall", "real", "precision", "spoiled", "same"]
    assert out[1].startswith("a.txt\t")
    assert float(out[1].split("\t")[2]) > 0.5
    assert "class\thit\trecall\tplain\tspoiled" in out


def test_another_command_can_be_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    copy = f"{sys.executable} -c 'import shutil, sys; [shutil.copy(p, sys.argv[-1]) for p in sys.argv[1:-1]]'"
    main(["drop-full", str(tmp_path / "a.txt"), "--command", copy + " {inputs} {outdir}"])
    assert "\t0.0000\t0.0000\t–\t0.0\t" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["drip", "{text}"], "there is no channel 'drip'"),
        (["drop-full", "{folder}/nowhere.txt"], "No such file"),
        (["drop-full", "{text}", "--command", "true"], "left no output"),
        (["drop-full", "{latin}"], "not UTF-8"),
        (["wrap-60", "{text}", "--language", "xx"], "no hyphenation patterns for 'xx'"),
    ],
)
def test_errors_are_one_line(
    arguments: list[str], message: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(CLEAN, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("café".encode("latin-1"))
    names = {"text": tmp_path / "a.txt", "folder": tmp_path, "latin": tmp_path / "latin.txt"}
    filled = [a.format(**names, inputs="", outdir="") if a != "true" else a for a in arguments]
    with pytest.raises(SystemExit) as stopped:
        main(filled)
    assert stopped.value.code == 2
    error = capsys.readouterr().err
    assert message in error
    assert error.count("\n") == 1
