"""The two passes on Ray Data: on this machine, or on a cluster that shares a file system.

Each shard is a row; Ray spreads them, and does again what a node that dies takes with it. The workers read and write
the same files as those of the local engine, each at once, so that the outputs are the same to the byte.
"""

from __future__ import annotations

import logging
import os
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from typing import Any

from ligafix.corpus.run import Engine
from ligafix.errors import InputError, LigafixError

_ONE_MACHINE = "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER"
"""Ray's variable that says, on any system, whether others may join: with 0 it listens on loopback alone."""


def ray_engine(jobs: int, address: str | None = None) -> Engine:
    """Workers on Ray.

    Args:
        jobs: how many at a time on this machine; a cluster has as many as it has processors.
        address: the cluster; None starts Ray here, for as long as this process lasts.

    Raises:
        InputError: Ray is not installed.
        LigafixError: it cannot be reached.
    """
    if address is None:
        os.environ.setdefault(_ONE_MACHINE, "0")  # read when Ray is imported, here and in the processes it starts
    ray = _import_ray()
    if not ray.is_initialized():
        _connect(ray, jobs, address)
    return lambda: nullcontext(RayWorkers())


class RayWorkers:
    """Runs tasks as the rows of a Ray dataset."""

    def run(self, work: Callable[..., Any], tasks: Iterable[Any], on_document: Callable[[], None]) -> Iterator[Any]:
        """The results of all tasks, as they are finished.

        Raises:
            LigafixError: a task failed as a whole.
        """
        import ray.data

        rows = [{"task": pickle.dumps(task), "documents": task.shard.documents} for task in tasks]
        if not rows:
            return
        blocks = ray.data.from_items(rows, override_num_blocks=len(rows))
        for row in blocks.map(_Perform(work)).iter_rows():
            outcome = pickle.loads(row["result"])  # noqa: S301 - our own workers' words
            if isinstance(outcome, LigafixError):
                raise outcome
            for _ in range(row["documents"]):
                on_document()
            yield outcome


class _Perform:
    """One task on one worker of Ray."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self._work = work
        self.__name__ = "perform"

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        try:
            outcome = self._work(pickle.loads(row["task"]), lambda _index, _seconds: None)  # noqa: S301
        except LigafixError as error:
            outcome = error
        return {"result": pickle.dumps(outcome), "documents": row["documents"]}


def _connect(ray: Any, jobs: int, address: str | None) -> None:
    quiet = {"log_to_driver": False, "include_dashboard": False, "logging_level": "ERROR"}
    try:
        if address is None:
            ray.init(address="local", num_cpus=jobs, **quiet)
        else:
            ray.init(address=address, log_to_driver=False, logging_level="ERROR")
    except (ConnectionError, RuntimeError, ValueError) as error:
        raise LigafixError(f"Ray cannot be reached: {str(error).split(chr(10), 1)[0]}; check --ray-address") from None
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)


def _import_ray() -> Any:
    try:
        import ray
        import ray.data
    except ImportError:
        raise InputError("the engine ray is not installed; install ligafix[ray]") from None
    return ray
