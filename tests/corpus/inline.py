"""Workers that are none: tasks run one after the other in this process."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from ligafix.corpus.run import Batch, Engine, run_batch
from ligafix.corpus.summary import Summary


class InlineWorkers:
    def run(self, work: Callable[..., Any], tasks: Iterable[Any], on_document: Callable[[], None]) -> Iterator[Any]:
        for task in reversed(list(tasks)):  # no order is promised
            yield work(task, lambda _index, _seconds: on_document())


def inline_engine() -> Engine:
    return lambda: nullcontext(InlineWorkers())


def clean_folder(source: Path | str, out: Path, **options: Any) -> Summary:
    return run_batch(Batch(str(source), out, **options), inline_engine())


def tree(folder: Path) -> dict[str, bytes]:
    """All files of a folder, by their paths."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


DAMAGED = "The rst ocer of the sta found the le in his oce. It was a dicult aair of ve days.\n"
RESTORED = "The first officer of the staff found the file in his office. It was a difficult affair of five days.\n"
CLEAN = "The first officer of the staff found the file in his office, and the flowers on the floor.\n"
