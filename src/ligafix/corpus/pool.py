"""Worker processes that may die, hang or run out of memory without taking more with them than one document.

Each worker has a pipe of its own and says before each document which it is and how long it may take, so that whoever
is to blame is known at once. (`concurrent.futures` gives up the whole pool when one process dies, and never stops one
that hangs.)
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol, TypeVar

from ligafix.errors import LigafixError, OutputError
from ligafix.formats.files import reason_of
from ligafix.signals import Stopped, stop_by_exception
from ligafix.threads import use_one_thread

TRIES = 2
"""A document is tried so often; a machine short of memory may do better the second time."""

_START_SECONDS = 300.0
"""So long a worker may take to start and to read a shard."""

_GRACE_SECONDS = 3.0
"""So long a worker that is asked to end may take to remove what it has half-written."""

MOST_MEMORY = 350 << 20
"""A worker that has taken more bytes than this goes after its shard, and another comes: tables and caches of many
languages add up."""

Result = TypeVar("Result")


class Task(Protocol):
    """Work on some documents, of which one may be left out."""

    def skipping(self, index: int, reason: str) -> Any:
        """The same task without one document."""
        ...


TaskT = TypeVar("TaskT", bound=Task)
Work = Callable[[TaskT, Callable[[int, float], None]], Result]


@dataclass(slots=True)
class _Worker:
    """A process, and what it is doing."""

    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    number: int = -1
    index: int | None = None
    deadline: float = field(default=0.0)


class ProcessPool:
    """Runs tasks in worker processes."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs
        self._context = multiprocessing.get_context("spawn")  # a fork would share locks that threads hold
        self._workers: list[_Worker] = []
        self._blamed: Counter[tuple[int, int | None]] = Counter()

    def __enter__(self) -> ProcessPool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in list(self._workers):
            worker.process.join(_GRACE_SECONDS)
            self._dismiss(worker)

    def run(
        self, work: Work[TaskT, Result], tasks: Iterable[TaskT], on_document: Callable[[], None]
    ) -> Iterator[Result]:
        """The results of all tasks, as they are finished.

        Args:
            work: does one task; picklable.
            tasks: taken one by one as workers are free.
            on_document: called as a document is begun.

        Raises:
            LigafixError: a task failed as a whole.
        """
        self._blamed.clear()
        waiting: deque[tuple[int, Task]] = deque()
        coming = enumerate(tasks)
        while True:
            while (item := waiting.popleft() if waiting else next(coming, None)) is not None:
                if (worker := self._find_free()) is None:
                    waiting.appendleft(item)
                    break
                self._send(worker, work, *item)
            busy = [worker for worker in self._workers if worker.task is not None]
            if not busy:
                return
            for worker in self._wait(busy):
                outcome = self._hear(worker, on_document)
                if isinstance(outcome, _Lost):
                    waiting.append(self._after_loss(worker, outcome.reason))
                elif outcome is not None:
                    worker.task = None
                    if outcome.is_last:
                        self._dismiss(worker)
                    yield outcome.result

    def _find_free(self) -> _Worker | None:
        for worker in self._workers:
            if worker.task is None:
                return worker
        if len(self._workers) < self._jobs:
            self._workers.append(self._start())
            return self._workers[-1]
        return None

    def _start(self) -> _Worker:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there,), daemon=True)
        process.start()
        there.close()
        return _Worker(process, here)

    def _send(self, worker: _Worker, work: Work[Any, Any], number: int, task: Task) -> None:
        worker.task, worker.number, worker.index = task, number, None
        worker.deadline = time.monotonic() + _START_SECONDS
        with contextlib.suppress(OSError):  # it died: that will be heard
            worker.pipe.send((work, task))

    def _wait(self, busy: list[_Worker]) -> list[_Worker]:
        """The workers that have something to say, or have been silent for too long."""
        rest = min(worker.deadline for worker in busy) - time.monotonic()
        heard = set(wait([worker.pipe for worker in busy], max(0.0, rest)))
        now = time.monotonic()
        return [worker for worker in busy if worker.pipe in heard or worker.deadline <= now]

    def _hear(self, worker: _Worker, on_document: Callable[[], None]) -> _Done | _Lost | None:
        """What a worker says: that it begins a document (None), or is done, or nothing any more."""
        try:
            if not worker.pipe.poll():
                return _Lost("it took too long")
            said = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            return _Lost(f"the worker died of it (exit code {worker.process.exitcode})")
        if isinstance(said, _Begun):
            worker.index, worker.deadline = said.index, time.monotonic() + said.seconds
            on_document()
            return None
        if isinstance(said, LigafixError):
            raise said
        return said  # type: ignore[no-any-return]

    def _dismiss(self, worker: _Worker) -> None:
        worker.process.kill()
        worker.process.join()
        worker.pipe.close()
        self._workers.remove(worker)

    def _after_loss(self, worker: _Worker, reason: str) -> tuple[int, Task]:
        """The task of a worker that was lost, without the document it was lost on if that is not the first time."""
        self._dismiss(worker)
        task, blamed = worker.task, (worker.number, worker.index)
        assert task is not None  # noqa: S101 - only busy ones are listened to
        self._blamed[blamed] += 1
        if self._blamed[blamed] < TRIES:
            return worker.number, task
        if worker.index is None:
            raise LigafixError(f"a worker cannot start: {reason}; try fewer --jobs")
        return worker.number, task.skipping(worker.index, f"{reason}; tried {TRIES} times")


@dataclass(frozen=True, slots=True)
class _Begun:
    index: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Done:
    result: Any
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class _Lost:
    reason: str


def _serve(pipe: Connection) -> None:
    """A worker's life: task after task, until the pipe is closed or its parent is gone."""
    use_one_thread()
    stop_by_exception()
    threading.Thread(target=_follow_parent, daemon=True).start()
    try:
        while True:
            work, task = pipe.recv()
            pipe.send(_attempt(work, task, lambda index, seconds: pipe.send(_Begun(index, seconds))))
    except (EOFError, OSError, KeyboardInterrupt, Stopped):
        return


def _attempt(work: Work[Any, Any], task: Any, progress: Callable[[int, float], None]) -> object:
    try:
        result = work(task, progress)
        return _Done(result, is_last=_peak_memory() > MOST_MEMORY)
    except LigafixError as error:
        return error
    except OSError as error:
        return OutputError(f"{error.filename or 'a file'}: {reason_of(error)}")
    except MemoryError:
        return _Lost("it needs more memory than there is")


def _peak_memory() -> int:
    """The most memory that this process ever had (bytes); 0 where the system does not tell."""
    try:
        import resource
    except ImportError:  # Windows
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10


def _follow_parent() -> None:
    """Leave when the parent is gone, in the middle of a document, too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(_GRACE_SECONDS)
        os._exit(1)
