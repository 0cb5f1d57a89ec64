"""Cleaning on the record: from the bytes of one text to its output and a log that is proven to lead back."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from ligafix.audit.log import AuditLog, LoggedChange, verify
from ligafix.changes import Change, apply_changes, undo_changes
from ligafix.cleaner import Cleaner
from ligafix.errors import ReplayError
from ligafix.evidence import OwnEvidence
from ligafix.evidence.neighbours import Neighbours
from ligafix.formats.text import EncodedText, LineIndex, decode, encode_like
from ligafix.lexicon import dictionaries_hash
from ligafix.settings import Settings


@dataclass(frozen=True, slots=True)
class CleanedText:
    """A source, the output that cleaning made of it, and the changes between them."""

    source: EncodedText
    output: EncodedText
    changes: Sequence[Change]
    settings: Settings

    @property
    def changed(self) -> bool:
        """Whether source and output differ."""
        return self.source.data != self.output.data

    def entries(self) -> tuple[LoggedChange, ...]:
        """The changes with their lines and columns."""
        lines = LineIndex(self.source.text)
        return tuple(LoggedChange(change, *lines.locate(change.start)) for change in self.changes)

    def make_log(self, log: Path, source: Path | None, output: Path | None) -> bytes:
        """The audit log as it will stand at `log`, replayed both ways.

        Args:
            log: where the log will stand; it names the texts relative to its folder.
            source: where the source stands; None for standard input.
            output: where the output will stand; None for standard output.

        Raises:
            ReplayError: the log does not lead from source to output and back.
        """
        record = AuditLog.record(
            self.source,
            self.output,
            self.changes,
            settings=self.settings,
            dictionaries=dictionaries_hash(),
            source_path=relative_to_log(source, log),
            output_path=relative_to_log(output, log),
        )
        data = record.to_bytes()
        verify(data, self.source.data, self.output.data)
        return data


def clean_bytes(data: bytes, cleaner: Cleaner, encoding: str | None = None) -> CleanedText:
    """Clean the bytes of one text.

    Args:
        data: the bytes of the whole text.
        cleaner: what cleans it.
        encoding: the encoding of `data`; None finds it out. The output is written in the same one, or in
            UTF-8 where a character does not fit.

    Raises:
        InputError: `data` cannot be read as text.
        ReplayError: the changes do not lead from source to output and back.
    """
    return clean_source(decode(data, encoding), cleaner)


def clean_source(
    source: EncodedText, cleaner: Cleaner, neighbours: Neighbours | None = None, own: OwnEvidence | None = None
) -> CleanedText:
    """Clean a text whose encoding is known, perhaps with what its neighbours know and what it told before.

    Raises:
        InputError: the cleaned text would not read the same again.
        ReplayError: the changes do not lead from source to output and back.
    """
    result = cleaner.clean(source.text, neighbours=neighbours, own=own)
    if apply_changes(source.text, result.changes) != result.text:
        raise ReplayError("the changes do not lead to the cleaned text; please report this as a bug")
    if undo_changes(result.text, result.changes) != source.text:
        raise ReplayError("the changes do not lead back to the source; please report this as a bug")
    return CleanedText(source, encode_like(result.text, source), result.changes, cleaner.settings)


def relative_to_log(path: Path | None, log: Path) -> str | None:
    """A path as seen from the folder of a log, with forward slashes; None, a stream, has none."""
    if path is None:
        return None
    place = Path(os.path.realpath(path.parent)) / path.name
    try:
        relative = os.path.relpath(place, os.path.realpath(log.parent))
    except ValueError:  # on another drive of Windows
        return place.as_posix()
    return PurePath(relative).as_posix()
