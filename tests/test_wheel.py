"""The wheel holds all that the package needs."""

import hashlib
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from ligafix.lexicon.integrity import hash_files
from ligafix.lexicon.places import DICTIONARIES

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_the_wheel_ships_dictionaries_types_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for name in ("py.typed", "dictionaries/words/en.trie", "audit/schema.json", "audit/report/assets/template.html"):
        assert f"ligafix/{name}" in names
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_what_builds_the_dictionaries_is_not_in_the_wheel(wheel: Path) -> None:
    names = [name for name in zipfile.ZipFile(wheel).namelist() if name.startswith("ligafix/dictionaries/")]
    assert names
    assert [name for name in names if name.endswith(".py")] == []


def test_the_data_of_the_wheel_have_the_hash_of_those_of_the_checkout(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as packed:
        names = [n for n in packed.namelist() if n.startswith("ligafix/dictionaries/") and not n.endswith(".md")]
        shipped = {PurePosixPath(name): hashlib.sha256(packed.read(name)).digest() for name in names}
    kept = {PurePosixPath("ligafix/dictionaries", name): said for name, said in hash_files(DICTIONARIES).items()}
    assert kept == shipped


def test_the_wheel_stays_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 45e6


def test_the_installed_wheel_cleans_a_text_outside_the_checkout(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env", with_pip=False)
    python = next((tmp_path / "env").glob("[Bb]in/python*"), tmp_path / "env" / "Scripts" / "python.exe")
    site = next((tmp_path / "env").glob("[Ll]ib*/**/site-packages"))
    zipfile.ZipFile(wheel).extractall(site)  # what pip does with a pure wheel
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    text = "The most signicant of the diculties was to dene the eect.\n"
    command = [str(python), "-I", "-m", "ligafix", "clean"]
    done = subprocess.run(command, cwd=tmp_path, input=text, capture_output=True, text=True, check=True)
    assert done.stdout == "The most significant of the difficulties was to define the effect.\n"
    where = [str(python), "-I", "-c", "import ligafix; print(ligafix.__file__)"]
    assert str(site) in subprocess.run(where, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
