"""Workers that die, hang or run out of memory."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ligafix.corpus import pool
from ligafix.corpus.pool import MOST_MEMORY, ProcessPool
from ligafix.errors import LigafixError
from ligafix.formats.files import replacing


@dataclass(frozen=True)
class Deeds:
    """What a task does, document by document; `notes` is a file that tells a second try from the first."""

    names: tuple[str, ...]
    notes: Path
    skip: dict[int, str] = field(default_factory=dict)

    def skipping(self, index: int, reason: str) -> "Deeds":
        return Deeds(self.names, self.notes, {**self.skip, index: reason})


def perform(task: Deeds, progress: Callable[[int, float], None]) -> list[str]:
    done = []
    for index, name in enumerate(task.names):
        if index not in task.skip:
            progress(index, 30.0 if name == "write slowly" else 0.5)
            _do(name, task.notes)
        done.append(task.skip.get(index, name))
    return done


def _do(name: str, notes: Path) -> None:
    if name == "fail":
        raise LigafixError("the disk is full")
    if name == "hang":
        time.sleep(60)
    if name == "starve":
        raise MemoryError
    if name == "write slowly":
        with replacing(notes) as temporary:
            temporary.touch()
            time.sleep(60)
    if name == "die" or (name == "die once" and not notes.exists()):
        notes.touch()
        os.kill(os.getpid(), signal.SIGKILL)


def run(tmp_path: Path, *tasks: tuple[str, ...], jobs: int = 2) -> list[list[str]]:
    deeds = [Deeds(names, tmp_path / "notes") for names in tasks]
    with ProcessPool(jobs) as workers:
        return sorted(workers.run(perform, deeds, lambda: None))


@pytest.mark.parametrize(
    ("deed", "reason"),
    [("die", "the worker died"), ("hang", "took too long"), ("starve", "more memory than there is")],
)
def test_a_document_that_costs_a_worker_is_tried_again_and_then_left_out(
    tmp_path: Path, deed: str, reason: str
) -> None:
    done = run(tmp_path, ("a", deed, "c"), jobs=1)
    assert [done[0][0], done[0][2]] == ["a", "c"]
    assert reason in done[0][1]
    assert done[0][1].endswith("; tried 2 times")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_workers_leave_nothing_half_written_when_the_run_is_stopped(tmp_path: Path) -> None:
    task = Deeds(("write slowly",), tmp_path / "output")
    with pytest.raises(KeyboardInterrupt), ProcessPool(1) as workers:
        for _ in workers.run(perform, [task], lambda: stop_once_begun(tmp_path)):
            pass
    assert list(tmp_path.iterdir()) == []


def stop_once_begun(folder: Path) -> None:
    while not any(folder.iterdir()):
        time.sleep(0.02)
    raise KeyboardInterrupt


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX only")
def test_workers_leave_nothing_half_written_when_the_parent_is_killed(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ligafix.corpus.pool import ProcessPool\n"
        "from tests.corpus.test_pool import Deeds, perform\n"
        "with ProcessPool(1) as workers:\n"
        "    list(workers.run(perform, [Deeds(('write slowly',), Path(sys.argv[1]) / 'output')], lambda: None))"
    )
    with subprocess.Popen([sys.executable, "-c", code, tmp_path], cwd=Path(__file__).parents[2]) as parent:
        while not any(tmp_path.iterdir()):
            time.sleep(0.02)
        parent.kill()
    end = time.monotonic() + 20
    while any(tmp_path.iterdir()) and time.monotonic() < end:
        time.sleep(0.02)
    assert list(tmp_path.iterdir()) == []


def test_an_accident_costs_nothing(tmp_path: Path) -> None:
    assert run(tmp_path, ("a", "die once"), ("b",)) == [["a", "die once"], ["b"]]


def test_a_worker_that_has_grown_gives_way_to_another() -> None:
    with ProcessPool(1) as workers:
        done = list(workers.run(grow, [Deeds(("a",), Path()), Deeds(("b",), Path())], lambda: None))
    assert done[0] != done[1]


def grow(task: Deeds, progress: Callable[[int, float], None]) -> int:
    """Take more memory than a worker should have; answers with the worker's number."""
    progress(0, 60.0)
    return os.getpid() + 0 * len(bytearray(b"x") * (MOST_MEMORY + (1 << 20)))


def test_a_worker_uses_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    with ProcessPool(1) as workers:
        assert list(workers.run(tell_threads, [Deeds(("a",), Path())], lambda: None)) == ["1"]


def tell_threads(task: Deeds, progress: Callable[[int, float], None]) -> str | None:
    """How many threads numpy is to use."""
    progress(0, 60.0)
    return os.environ.get("OPENBLAS_NUM_THREADS")


def test_a_task_that_fails_as_a_whole_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(LigafixError, match="the disk is full"):
        run(tmp_path, ("a", "fail"))


def test_workers_that_cannot_even_start_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_serve", os.abort)
    with pytest.raises(LigafixError, match="a worker cannot start"):
        run(tmp_path, ("a",))
