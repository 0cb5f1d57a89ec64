"""Settings from a project's files: `ligafix.toml`, or `[tool.ligafix]` in `pyproject.toml`."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ligafix.cli.wording import show_path
from ligafix.errors import SettingsError
from ligafix.formats.files import write_files
from ligafix.settings import Settings, require_names

PROJECT_FILE = "ligafix.toml"
"""The file that holds a project's settings, unless they stand in `pyproject.toml`."""

PROJECT_DICTIONARY = "ligafix-words.txt"
"""The dictionary that decisions are learned into, unless the project names another one."""


def load_settings(folder: Path) -> Settings:
    """The settings of the nearest project: `folder`'s, or those of the first folder above it that has any.

    Raises:
        SettingsError: a file cannot be read, or says what ligafix does not know.
    """
    project = find_project(folder)
    return _to_settings(*project) if project else Settings()


def find_project(folder: Path) -> tuple[dict[str, Any], Path] | None:
    """What the nearest project sets, and the file that says so; None where there is no project.

    Raises:
        SettingsError: a file cannot be read.
    """
    for place in (folder, *folder.parents):
        for path in (place / PROJECT_FILE, place / "pyproject.toml"):
            values = _read_values(path)
            if values is not None:
                return values, path
    return None


def find_project_dictionary(folder: Path) -> Path:
    """The dictionary that the nearest project learns into: the first that it names, or one in its folder.

    Raises:
        SettingsError: the project's file cannot be read, or says what ligafix does not know.
    """
    values, file = find_project(folder) or ({}, folder / PROJECT_FILE)
    return file.parent / next(iter(_named_dictionaries(values, file)), PROJECT_DICTIONARY)


def name_dictionary(folder: Path, dictionary: Path) -> str | None:
    """Have a project name a dictionary: a new project file is made, one that is there is left to the user.

    Returns:
        What the user should add, and to which file; None where the dictionary is named already, or is now.

    Raises:
        SettingsError: the project's file cannot be read, or says what ligafix does not know.
    """
    project = find_project(folder)
    if project is None:
        line = f"dictionaries = [{json.dumps(_path_from(folder, dictionary))}]\n"
        write_files([(folder / PROJECT_FILE, line.encode())])
        return None
    values, file = project
    named = [file.parent / name for name in _named_dictionaries(values, file)]
    if any(path.resolve() == dictionary.resolve() for path in named):
        return None
    return f"dictionaries = [{json.dumps(_path_from(file.parent, dictionary))}] in {show_path(file)}"


def _named_dictionaries(values: Mapping[str, Any], file: Path) -> tuple[str, ...]:
    """The dictionaries that a project names, which need not be there yet; what else it sets has to be right."""
    _to_settings({name: value for name, value in values.items() if name != "dictionaries"}, file)
    try:
        return require_names("dictionaries", values.get("dictionaries", ()))
    except SettingsError as error:
        raise SettingsError(f"{file}: {error}") from None


def _path_from(folder: Path, path: Path) -> str:
    """A path as a project file names it."""
    path, folder = path.resolve(), folder.resolve()
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()


def _to_settings(values: dict[str, Any], path: Path) -> Settings:
    try:
        return Settings.from_mapping(values, path.parent)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from None


def _read_values(path: Path) -> dict[str, Any] | None:
    """What a file sets; None where there is no such file or it says nothing of ligafix."""
    try:
        data = path.read_bytes()
        if path.name == PROJECT_FILE:
            return _parse(data)
        return _find_table(data)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsError(f"{path}: it cannot be read: {(error.strerror or str(error)).lower()}") from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: it is not valid TOML: {error}") from None


def _parse(data: bytes) -> dict[str, Any]:
    return tomllib.loads(data.decode("utf-8-sig"))  # some editors write a byte order mark


def _find_table(pyproject: bytes) -> dict[str, Any] | None:
    if b"ligafix" not in pyproject:  # others' mistakes are none of ours
        return None
    tools = _parse(pyproject).get("tool", {})
    if "ligafix" not in tools:
        return None
    if not isinstance(tools["ligafix"], dict):
        raise ValueError("tool.ligafix is not a table")
    return dict(tools["ligafix"])
