"""Writing data files so that whoever has the old ones open, mapped into memory, goes on with those."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def replacing(folder: Path) -> Iterator[Path]:
    """A folder to write files to; when all is written each takes the place of the file of its name in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as beside:
        yield Path(beside)
        for path in sorted(Path(beside).iterdir()):
            path.replace(folder / path.name)
