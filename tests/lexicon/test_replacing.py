"""Data files are written beside the old ones, and take their places when all are whole."""

import importlib.util
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest


@pytest.fixture(scope="module")
def replacing() -> Callable[[Path], AbstractContextManager[Path]]:
    """The function of `dictionaries/replacing.py`."""
    path = Path(__file__).parents[2] / "dictionaries" / "replacing.py"
    spec = importlib.util.spec_from_file_location("replacing", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[Path], AbstractContextManager[Path]] = module.replacing
    return found


def test_who_has_an_old_file_open_goes_on_with_it(
    tmp_path: Path, replacing: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    (tmp_path / "table").write_bytes(b"old")
    with (tmp_path / "table").open("rb") as opened:
        with replacing(tmp_path) as folder:
            (folder / "table").write_bytes(b"new one")
            assert (tmp_path / "table").read_bytes() == b"old"
        assert opened.read() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["table"]
    assert (tmp_path / "table").read_bytes() == b"new one"


def test_nothing_is_replaced_where_something_went_wrong(
    tmp_path: Path, replacing: Callable[[Path], AbstractContextManager[Path]]
) -> None:
    (tmp_path / "table").write_bytes(b"old")
    with pytest.raises(FileNotFoundError), replacing(tmp_path) as folder:
        (folder / "table").write_bytes((tmp_path / "missing").read_bytes())
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"old"]
