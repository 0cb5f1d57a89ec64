"""A run over a corpus: two passes, resumed, checked."""

import errno
import gzip
import json
import random
import signal
import subprocess
import sys
import tarfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ligafix import Cleaner, Settings
from ligafix.audit.log import AuditLog
from ligafix.corpus import plan
from ligafix.corpus.lock import hold_lock
from ligafix.corpus.marks import load_marks
from ligafix.corpus.run import Batch, local_engine, run_batch
from ligafix.errors import InputError, OutputError
from tests.corpus.inline import CLEAN, DAMAGED, RESTORED, clean_folder, inline_engine, tree

BATCH = [sys.executable, "-m", "ligafix", "batch"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    for place, text in (("book/1.txt", DAMAGED), ("book/2.txt", DAMAGED + "She led the way.\n"), ("a.txt", CLEAN)):
        (folder / place).parent.mkdir(parents=True, exist_ok=True)
        (folder / place).write_text(text)
    return folder


def write_records(path: Path, number: int = 5) -> Path:
    rows = [{"n": 1.0, "url": f"u{n}", "text": DAMAGED if n % 2 else CLEAN} for n in range(number)]
    lines = [json.dumps(row, separators=(",", ":")) for row in rows]
    path.write_bytes("".join(f"{line}\n" for line in lines).encode())
    return path


def outputs(out: Path) -> dict[str, bytes]:
    return {place: data for place, data in tree(out).items() if not place.startswith(".ligafix/")}


def test_a_folder_is_cleaned_and_its_tree_is_kept(source: Path, tmp_path: Path) -> None:
    summary = clean_folder(source, tmp_path / "out")
    found = outputs(tmp_path / "out")
    assert found["book/1.txt"].decode() == RESTORED
    assert found["a.txt"].decode() == CLEAN
    assert (summary.documents, summary.written, summary.changed, summary.failed) == (3, 3, 2, 0)
    assert summary.stages["ligatures"] >= 16
    assert json.loads((tmp_path / "out/.ligafix/summary.json").read_text())["changed"] == 2


def test_a_text_alone_comes_out_as_from_clean(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(DAMAGED)
    clean_folder(tmp_path / "a.txt", tmp_path / "out")
    assert (tmp_path / "out/a.txt").read_text() == Cleaner().clean(DAMAGED).text


def test_the_logs_lead_back(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "out")
    data = gzip.decompress((tmp_path / "out/.ligafix/logs/book/1.txt.changes.jsonl.gz").read_bytes())
    log = AuditLog.from_bytes(data)
    assert log.undo((tmp_path / "out/book/1.txt").read_bytes()) == (source / "book/1.txt").read_bytes()
    assert log.header.source.path == "../../../../in/book/1.txt"
    assert log.header.output.path == "../../../book/1.txt"


def test_a_page_is_judged_by_its_neighbours(tmp_path: Path) -> None:
    page = "She baked the bread from wheat our and salt.\n"
    for number in range(8):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.txt").write_text(DAMAGED.replace("ve days", f"ve days and {number} hours"))
    (tmp_path / "in" / "page.txt").write_text(page)
    clean_folder(tmp_path / "in", tmp_path / "out")
    assert Cleaner().clean(page).text == page
    assert (tmp_path / "out/page.txt").read_text() == page.replace("our", "flour")


def test_a_word_that_pages_divide_is_no_damaged_one(tmp_path: Path) -> None:
    pages = [
        DAMAGED + "He would go wherever they sa",
        "nd him, and the rst of the sta-\n",
        "led it. Ask the sta",
        "Rst, the o",
    ]
    for number, page in enumerate(pages):
        (tmp_path / "in").mkdir(exist_ok=True)
        (tmp_path / "in" / f"{number}.txt").write_text(page)
    clean_folder(tmp_path / "in", tmp_path / "out")
    found = [(tmp_path / "out" / f"{number}.txt").read_text() for number in range(4)]
    assert found[0] == RESTORED + "He would go wherever they sa"
    assert found[1] == "nd him, and the first of the sta-\n"  # the page before ends with a letter
    assert found[2] == "led it. Ask the staff"  # the page before ends with a hyphen; the one behind begins anew
    assert found[3].endswith("the o")


def test_a_line_of_every_file_is_furniture(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    words = ["harbour", "garden", "winter", "market", "copper", "valley", "bridge", "candle", "meadow", "thunder"]
    for number, word in enumerate(words):
        body = f"The {word} was quiet, and nobody spoke of the {words[number - 3]} until the evening came.\n" * 3
        (tmp_path / "in" / f"{word}.txt").write_text(f"{body}\nFree download pdf from Readers' Corner\n")
    clean_folder(tmp_path / "in", tmp_path / "out")
    assert not any(b"Free download" in data for data in outputs(tmp_path / "out").values())


def test_records_keep_their_fields_and_their_order(tmp_path: Path) -> None:
    path = write_records(tmp_path / "a.jsonl")
    summary = clean_folder(path, tmp_path / "out", id_field="url")
    expected = path.read_bytes().replace(DAMAGED.strip().encode(), RESTORED.strip().encode())
    assert (tmp_path / "out/a.jsonl").read_bytes() == expected
    assert (summary.documents, summary.changed) == (5, 2)


@pytest.mark.parametrize("ending", [".gz", ".zst"])
def test_compressed_records_stay_compressed(tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if ending == ".zst":
        pytest.importorskip("zstandard")
    from ligafix.formats.compression import compress, open_stream

    monkeypatch.setattr(plan, "SHARD_RECORDS", 2)
    path = write_records(tmp_path / "a.jsonl")
    clean_folder(path, tmp_path / "plain")
    (tmp_path / f"a.jsonl{ending}").write_bytes(compress(path.read_bytes(), ending))
    clean_folder(tmp_path / f"a.jsonl{ending}", tmp_path / "out")
    with open_stream(tmp_path / f"out/a.jsonl{ending}") as stream:
        assert stream.read() == (tmp_path / "plain/a.jsonl").read_bytes()


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.parquet"])
def test_a_file_without_records_comes_out_without_any(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name.endswith(".parquet"):
        pa = pytest.importorskip("pyarrow")
        pytest.importorskip("pyarrow.parquet").write_table(pa.table({"text": pa.array([], pa.string())}), path)
    else:
        path.write_bytes(gzip.compress(b"") if name.endswith(".gz") else b"")
    summary = clean_folder(path, tmp_path / "out")
    assert (summary.documents, summary.failed) == (0, 0)
    if name.endswith(".parquet"):
        parquet = pytest.importorskip("pyarrow.parquet")
        assert parquet.read_table(tmp_path / "out" / name).equals(parquet.read_table(path))
    else:
        out = (tmp_path / "out" / name).read_bytes()
        assert (gzip.decompress(out) if name.endswith(".gz") else out) == b""


def test_a_table_keeps_its_columns_and_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(plan, "SHARD_RECORDS", 2)
    texts = [DAMAGED, None, CLEAN, DAMAGED, CLEAN]
    table = pa.table({"n": [1, 2, 3, 4, 5], "text": texts, "deep": [{"a": 1}] * 5})
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=3)
    summary = clean_folder(tmp_path / "a.parquet", tmp_path / "out")
    out = pq.read_table(tmp_path / "out/a.parquet")
    assert out.schema.equals(table.schema)
    assert out.column("text").to_pylist() == [RESTORED, CLEAN, RESTORED, CLEAN]
    assert out.column("n").to_pylist() == [1, 3, 4, 5]
    assert pq.ParquetFile(tmp_path / "out/a.parquet").num_row_groups == 2
    assert (summary.documents, summary.written, summary.failed) == (5, 4, 1)


def test_an_archive_becomes_a_folder(source: Path, tmp_path: Path) -> None:
    clean_folder(source, tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        for path in source.rglob("*.txt"):
            packed.write(path, path.relative_to(source))
        packed.writestr("../evil.txt", "x")
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as packed_tar:
        packed_tar.add(source, ".")
    assert clean_folder(tmp_path / "a.zip", tmp_path / "zip").failed == 1
    assert clean_folder(tmp_path / "a.tar.gz", tmp_path / "tar").failed == 0
    assert outputs(tmp_path / "zip") == outputs(tmp_path / "tar") == outputs(tmp_path / "out")
    assert not (tmp_path / "zip/.ligafix/archive").exists()


def test_what_is_broken_is_told_with_its_place_and_nothing_is_lost(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(b'{"text": "x"}\n{"text\n\n{"id": 7}\n{"text": "\xff"}\n{"id": 8, "text": 5}\n')
    (folder / "b.pdf").write_bytes(b"%PDF-1.7\x00")
    (folder / "c.parquet").write_bytes(b"no")
    (folder / "d.txt").symlink_to("/etc/passwd")
    summary = clean_folder(folder, tmp_path / "out", id_field="id")
    lines = (tmp_path / "out/.ligafix/failures.jsonl").read_text().splitlines()
    found = [(row["place"], row["record"]) for row in map(json.loads, lines)]
    assert found == [("a.jsonl", 2), ("a.jsonl", 4), ("a.jsonl", 5), ("a.jsonl", 6)] + [
        (name, None) for name in ("b.pdf", "c.parquet", "d.txt")
    ]
    assert (summary.documents, summary.written, summary.failed) == (8, 1, 7)
    assert outputs(tmp_path / "out") == {"a.jsonl": b'{"text": "x"}\n\n'}


def test_a_bug_costs_a_document_and_not_the_run(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clean = Cleaner.clean

    def stumble(self: Cleaner, text: str, **options: object) -> object:
        if "led the way" in text:
            raise ZeroDivisionError("oops")
        return clean(self, text, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Cleaner, "clean", stumble)
    assert clean_folder(source, tmp_path / "out").failed == 1
    failures = (tmp_path / "out/.ligafix/failures.jsonl").read_text()
    assert "ligafix failed on it (ZeroDivisionError: oops); please report this" in failures


def test_an_output_whose_place_refuses_it_costs_a_document_and_not_the_run(source: Path, tmp_path: Path) -> None:
    long = "x" * 240 + ".txt"  # its log has a longer name than systems know
    (source / long).write_text(DAMAGED)
    (tmp_path / "out/a.txt").mkdir(parents=True)
    (tmp_path / "out/book").mkdir()
    (tmp_path / "out/book/2.txt").write_text("mine\n")
    (tmp_path / "out/book/2.txt").chmod(0o444)
    summary = clean_folder(source, tmp_path / "out")
    assert (summary.documents, summary.written, summary.failed) == (4, 1, 3)
    lines = (tmp_path / "out/.ligafix/failures.jsonl").read_text().splitlines()
    errors = {row["place"]: row["error"] for row in map(json.loads, lines)}
    assert "file name too long" in errors.pop(long)
    assert errors == {
        "a.txt": f"{tmp_path / 'out/a.txt'}: this is a folder; name a file",
        "book/2.txt": f"{tmp_path / 'out/book/2.txt'}: the file is read-only; make it writable or write elsewhere",
    }
    assert (tmp_path / "out/book/2.txt").read_text() == "mine\n"


def test_a_full_disk_ends_the_run(source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, target: Path) -> None:
        if path.name == "1.txt":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("ligafix.formats.files._refuse_unwritable", refuse)
    with pytest.raises(OutputError, match=r"1\.txt: it cannot be written: no space left on device"):
        clean_folder(source, tmp_path / "out")


def test_a_second_run_does_nothing_again_and_leaves_all_as_it_is(source: Path, tmp_path: Path) -> None:
    write_records(source / "r.jsonl")
    first = clean_folder(source, tmp_path / "out")
    before = {
        path: path.stat().st_mtime_ns for path in (tmp_path / "out").rglob("*") if path.suffix in (".txt", ".jsonl")
    }
    whole = tree(tmp_path / "out")
    second = clean_folder(source, tmp_path / "out")
    assert tree(tmp_path / "out") == whole
    assert (second.written, second.stages) == (first.written, first.stages)
    texts = [path for path in before if ".ligafix" not in path.parts]
    assert all(path.stat().st_mtime_ns == before[path] for path in texts)


@pytest.mark.parametrize(
    ("change", "redone"),
    [
        (lambda source: (source / "a.txt").write_text(CLEAN * 2), {"a.txt"}),
        (lambda source: (source / "book/1.txt").write_text(DAMAGED * 2), {"book/1.txt", "book/2.txt"}),
        (lambda source: (source / "book/3.txt").write_text(DAMAGED), {"book/1.txt", "book/2.txt", "book/3.txt"}),
        (lambda source: (source / "b").mkdir() or (source / "b/1.txt").write_text(CLEAN), {"b/1.txt"}),
    ],
)
def test_only_what_would_come_out_differently_is_done_again(
    source: Path, tmp_path: Path, change: Callable[[Path], object], redone: set[str]
) -> None:
    out = tmp_path / "out"
    clean_folder(source, out)
    for path in out.rglob("*.txt"):
        path.write_text("stale")
    change(source)
    clean_folder(source, out, force=True)
    assert {p.relative_to(out).as_posix() for p in out.rglob("*.txt") if p.read_text() != "stale"} == redone


def test_other_settings_and_a_fresh_start_do_everything_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    for options in ({}, {"settings": Settings(min_confidence=0.5)}, {"fresh": True}):
        clean_folder(source, out, force=True, **options)
        assert (out / "a.txt").read_text() == CLEAN
        (out / "a.txt").write_text("stale")
    clean_folder(source, out)
    assert (out / "a.txt").read_text() == "stale"


@pytest.mark.parametrize("again", [{"settings": Settings(stages=())}, {"fresh": True}])
def test_an_output_that_was_edited_stays_however_often_it_would_be_done_again(
    source: Path, tmp_path: Path, again: dict[str, object]
) -> None:
    out = tmp_path / "out"
    clean_folder(source, out)
    (out / "a.txt").write_text("edited")
    for _ in range(2):
        summary = clean_folder(source, out, **again)
        assert ((out / "a.txt").read_text(), summary.failed, summary.written) == ("edited", 1, 2)
        assert "edited since" in (out / ".ligafix/failures.jsonl").read_text()


def test_a_source_that_was_given_back_may_be_cleaned_again(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean_folder(source, out)
    (out / "book/1.txt").write_text(DAMAGED)  # as `revert` does
    assert not clean_folder(source, out, settings=Settings(min_confidence=0.95)).failed
    assert (out / "book/1.txt").read_text() == RESTORED


def test_an_output_of_the_run_before_the_one_that_was_killed_was_not_edited(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    clean_folder(source, out)
    before = (out / "book/1.txt").read_bytes()
    (source / "book/1.txt").write_text(DAMAGED * 2)
    state = tmp_path / "out/.ligafix"
    manifest = (state / "manifest.jsonl").read_bytes()
    clean_folder(source, out)
    (out / "book/1.txt").write_bytes(before)  # the log was written, and the run killed
    (state / "manifest.jsonl").write_bytes(manifest)
    assert not clean_folder(source, out).failed
    assert (out / "book/1.txt").read_text() == RESTORED * 2


def test_a_dry_run_counts_the_same_and_writes_nothing(source: Path, tmp_path: Path) -> None:
    write_records(source / "r.jsonl")
    dry = clean_folder(source, tmp_path / "dry", dry_run=True)
    wet = clean_folder(source, tmp_path / "out")
    assert (dry.documents, dry.changed, dry.stages) == (wet.documents, wet.changed, wet.stages)
    assert not (tmp_path / "dry").exists()


def test_a_second_run_at_once_is_refused(source: Path, tmp_path: Path) -> None:
    with hold_lock(tmp_path / "out/.ligafix"), pytest.raises(OutputError, match="another run is writing here"):
        clean_folder(source, tmp_path / "out")


def test_sources_are_never_overwritten(source: Path) -> None:
    for given, out in ((source, source), (source / "a.txt", source), (source / "book", source)):
        with pytest.raises(OutputError, match="name another"):
            clean_folder(given, out)


def test_a_torn_line_of_the_journal_is_no_mark(tmp_path: Path, source: Path) -> None:
    clean_folder(source, tmp_path / "out")
    manifest = tmp_path / "out/.ligafix/manifest.jsonl"
    lines = manifest.read_bytes().splitlines(keepends=True)
    (tmp_path / "out/.ligafix/journal.jsonl").write_bytes(lines[0] + lines[1][:40])
    manifest.unlink()
    assert len(load_marks(tmp_path / "out/.ligafix")) == 1


@pytest.mark.parametrize(
    "junk", [b"", b"junk", gzip.compress(b"{"), gzip.compress(b"[]"), gzip.compress(b"{}" * 9)[:-3]]
)
def test_evidence_that_others_damaged_is_named(tmp_path: Path, source: Path, junk: bytes) -> None:
    clean_folder(source, tmp_path / "out")
    for path in (tmp_path / "out/.ligafix/evidence").iterdir():
        path.write_bytes(junk)
    with pytest.raises(InputError, match=r"evidence/.*: this is no evidence of an earlier run; --fresh begins again"):
        clean_folder(source, tmp_path / "out")
    clean_folder(source, tmp_path / "out", fresh=True)


def test_parts_of_a_file_that_are_missing_are_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "SHARD_RECORDS", 2)
    path = write_records(tmp_path / "a.jsonl")
    clean_folder(path, tmp_path / "out")
    whole = tree(tmp_path / "out")
    part = tmp_path / "out/.ligafix/parts/a.jsonl/000001"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"".join(whole["a.jsonl"].splitlines(keepends=True)[2:4]))
    clean_folder(path, tmp_path / "out")
    assert tree(tmp_path / "out") == whole


def test_processes_give_the_same_bytes_whatever_their_number(source: Path, tmp_path: Path) -> None:
    write_records(source / "r.jsonl")
    clean_folder(source, tmp_path / "inline")
    run_batch(Batch(str(source), tmp_path / "two"), local_engine(2))
    assert tree(tmp_path / "two") == tree(tmp_path / "inline")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_a_killed_run_resumes_to_the_same_bytes(source: Path, tmp_path: Path) -> None:
    """`benchmarks/corpus.py --kills 50` does this fifty times."""
    for number in range(30):
        (source / "book" / f"{number:02}.txt").write_text(DAMAGED * (number + 1))
    write_records(source / "r.jsonl", 40)
    clean_folder(source, tmp_path / "whole")
    chosen = random.Random(7)  # noqa: S311
    started = time.monotonic()
    for _ in range(3):
        process = subprocess.Popen([*BATCH, source, tmp_path / "out", "-q", "-j", "1"])
        time.sleep(chosen.uniform(0.5, 2.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert time.monotonic() - started < 60
    subprocess.run([*BATCH, source, tmp_path / "out", "-q", "-j", "1"], check=True)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_what_came_out_of_a_bomb_does_not_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ligafix.formats.compression.FREE_EXPANSION", 1 << 20)
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", DAMAGED)
        archive.writestr("b.txt", bytes(8 << 20))
    with pytest.raises(InputError, match=r"bomb\.zip: .*decompression bomb"):
        run_batch(Batch(str(tmp_path / "bomb.zip"), tmp_path / "out"), inline_engine())
    assert list((tmp_path / "out").rglob("*.txt")) == []


def test_an_empty_archive_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    with pytest.raises(InputError, match=r"empty\.zip: there is nothing to clean"):
        run_batch(Batch(str(tmp_path / "empty.zip"), tmp_path / "out"), inline_engine())


def test_nothing_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file or folder"):
        run_batch(Batch(str(tmp_path / "no"), tmp_path / "out"), inline_engine())
    assert list(tmp_path.iterdir()) == []
