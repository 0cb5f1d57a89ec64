"""Settings from a project's files: `ligafix.toml`, or `[tool.ligafix]` in `pyproject.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from ligafix.errors import SettingsError
from ligafix.settings import Settings


def load_settings(folder: Path) -> Settings:
    """The settings of the nearest project: `folder`'s, or those of the first folder above it that has any.

    Raises:
        SettingsError: a file cannot be read, or says what ligafix does not know.
    """
    for place in (folder, *folder.parents):
        for path in (place / "ligafix.toml", place / "pyproject.toml"):
            values = _read_values(path)
            if values is not None:
                return _to_settings(values, path)
    return Settings()


def _to_settings(values: dict[str, Any], path: Path) -> Settings:
    try:
        return Settings.from_mapping(values)
    except SettingsError as error:
        raise SettingsError(f"{path}: {error}") from None


def _read_values(path: Path) -> dict[str, Any] | None:
    """What a file sets; None where there is no such file or it says nothing of ligafix."""
    try:
        data = path.read_bytes()
        if path.name == "ligafix.toml":
            return tomllib.loads(data.decode())
        return _find_table(data)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise SettingsError(f"{path}: it cannot be read: {(error.strerror or str(error)).lower()}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: it is not valid TOML: {error}") from None


def _find_table(pyproject: bytes) -> dict[str, Any] | None:
    if b"ligafix" not in pyproject:  # others' mistakes are none of ours
        return None
    tools = tomllib.loads(pyproject.decode()).get("tool", {})
    if "ligafix" not in tools:
        return None
    if not isinstance(tools["ligafix"], dict):
        raise ValueError("tool.ligafix is not a table")
    return dict(tools["ligafix"])
