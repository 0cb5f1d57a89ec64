"""The data files of the package: what is damaged is named, with the way to repair it."""

from __future__ import annotations

import base64
import hashlib
import importlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ligafix.errors import DataError
from ligafix.lexicon import DICTIONARIES, dictionaries_hash
from ligafix.lexicon.context import ContextModel
from ligafix.lexicon.divisions import DivisionModel
from ligafix.lexicon.hyphens import HyphenTable
from ligafix.lexicon.integrity import find_damaged, hash_files, map_bytes, open_trie, read_record, read_toml
from ligafix.lexicon.languages import LanguageTable
from ligafix.lexicon.letters import LetterModel
from ligafix.lexicon.tries import Trie
from ligafix.lexicon.words import WordTable


@pytest.fixture
def words(tmp_path: Path) -> Path:
    language = next(p.stem for p in sorted(DICTIONARIES.glob("words/*.stats"), key=lambda p: p.stat().st_size))
    for path in DICTIONARIES.glob(f"words/{language}.*"):
        shutil.copy(path, tmp_path)
    WordTable(tmp_path, language)
    return tmp_path / language


def cut(path: Path, share: float = 0.5) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


@pytest.mark.parametrize("ending", [".trie", ".remains.trie", ".stats", ".registers"])
@pytest.mark.parametrize("share", [0.0, 0.6])
def test_a_table_of_words_that_is_cut_off_is_named(words: Path, ending: str, share: float) -> None:
    path = words.with_name(words.name + ending)
    cut(path, share)
    with pytest.raises(DataError, match=r"damaged .*reinstall") as raised:
        WordTable(words.parent, words.name)
    assert str(path) in str(raised.value)
    assert "\n" not in str(raised.value)


def test_a_table_that_is_missing_is_named(words: Path) -> None:
    words.with_name(words.name + ".stats").unlink()
    with pytest.raises(DataError, match=rf"{words.name}\.stats"):
        WordTable(words.parent, words.name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("hyphens/und.weights.trie", DivisionModel), ("hyphens/pt.trie", HyphenTable)],
)
def test_a_table_of_hyphens_that_is_cut_off_is_named(tmp_path: Path, name: str, kind: type) -> None:
    path = tmp_path / Path(name).name
    shutil.copy(DICTIONARIES / name, path)
    kind(path)
    cut(path)
    with pytest.raises(DataError, match=str(path)):
        kind(path)


def test_a_table_of_languages_that_is_no_trie_is_named(tmp_path: Path) -> None:
    (tmp_path / "languages.trie").write_bytes(b"not a trie at all" * 100)
    with pytest.raises(DataError, match=r"languages\.trie"):
        LanguageTable(tmp_path)


@pytest.mark.parametrize("data", [b"", b"no header", b'{"tables": {"words": [20, 1000000]}, "unit": 1}\n'])
def test_a_context_model_that_is_damaged_is_named(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "en.bin").write_bytes(data)
    with pytest.raises(DataError, match=r"en\.bin"):
        ContextModel.load(tmp_path, "en")


@pytest.mark.parametrize("data", [b"", b"^?ab\n" + bytes(63)])
def test_a_model_of_letters_that_is_cut_off_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cut off"):
        LetterModel(Trie(["a"]), data)


def test_a_damaged_table_in_toml_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_bytes(b"a = [1,\xff")
    with pytest.raises(DataError, match=r"x\.toml"):
        read_toml(path)


@pytest.mark.parametrize(("module", "load"), [("affixes", "load_affixes"), ("calibration", "load_curves")])
def test_a_table_that_lacks_an_entry_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, load: str
) -> None:
    (tmp_path / "affixes").mkdir()
    (tmp_path / "affixes" / "en.toml").touch()
    (tmp_path / "calibration.toml").write_text("[ligatures]\nslope = 1.0\n")
    loader = importlib.import_module(f"ligafix.{'lexicon.' * (module == 'affixes')}{module}")
    monkeypatch.setattr(loader, "DICTIONARIES", tmp_path)
    with pytest.raises(DataError, match=r"\.toml: this data file"):
        getattr(loader, load).__wrapped__(*["en"] * (module == "affixes"))


def test_an_empty_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.stats"
    path.touch()
    with pytest.raises(DataError, match=r"x\.stats"):
        map_bytes(path)


def test_files_that_changed_or_are_gone_are_found() -> None:
    assert find_damaged({"a": b"1", "b": b"2", "own": b"3"}, {"a": b"1", "b": b"1", "c": b"1"}) == ["b", "c"]


def test_a_checkout_has_no_record_and_is_trusted() -> None:
    if "site-packages" not in DICTIONARIES.parts:
        assert read_record(DICTIONARIES) == {}
    assert dictionaries_hash() == dictionaries_hash()


def install(folder: Path, data: bytes) -> None:
    """What an installer leaves behind, in small."""
    (folder / "ligafix" / "dictionaries").mkdir(parents=True)
    (folder / "ligafix" / "dictionaries" / "a.toml").write_bytes(data)
    (folder / "ligafix-1.dist-info").mkdir()
    digest = base64.urlsafe_b64encode(hashlib.sha256(b"x = 1\n").digest()).rstrip(b"=").decode()
    (folder / "ligafix-1.dist-info" / "RECORD").write_text(f"ligafix/dictionaries/a.toml,sha256={digest},6\n")


@pytest.mark.parametrize(("data", "verdict"), [(b"x = 1\n", "whole"), (b"x = 2\n", "DataError")])
def test_what_was_installed_is_told_from_what_was_tampered_with(tmp_path: Path, data: bytes, verdict: str) -> None:
    install(tmp_path, data)
    program = (
        "from pathlib import Path\n"
        "from ligafix.lexicon.integrity import hash_files, read_record, require_whole\n"
        f"folder = Path({str(tmp_path / 'ligafix' / 'dictionaries')!r})\n"
        "assert len(read_record(folder)) == 1\n"
        "try:\n    require_whole(folder, hash_files(folder)); print('whole')\n"
        "except Exception as error:\n    assert 'a.toml' in str(error); print(type(error).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == verdict


def test_a_trie_of_another_kind_is_refused(tmp_path: Path) -> None:
    import marisa_trie

    path = tmp_path / "x.trie"
    path.write_bytes(b"")
    with pytest.raises(DataError, match=r"x\.trie"):
        open_trie(marisa_trie.Trie(), path)


def test_data_files_are_hashed_without_the_programs_beside_them(tmp_path: Path) -> None:
    for name in ("a.toml", "b.py", "README.md"):
        (tmp_path / name).write_bytes(b"")
    assert list(hash_files(tmp_path)) == ["a.toml"]
