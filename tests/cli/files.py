"""Files that the tests of the commands clean."""

from pathlib import Path

DAMAGED = b"the rst, signicant\n"
RESTORED = b"the first, significant\n"


def write(path: Path, data: bytes = DAMAGED) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
