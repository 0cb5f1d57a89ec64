"""Decisions on the record: from a text and its log to the output that the decisions ask for, and a log of that."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from ligafix.audit.apply import Outcome, apply_decisions
from ligafix.audit.decisions import Decision, Key
from ligafix.audit.log import AuditLog, LoggedChange, LoggedText, LogHeader, verify
from ligafix.audit.record import relative_to_log
from ligafix.changes import apply_changes
from ligafix.formats.text import EncodedText, LineIndex, encode_like


@dataclass(frozen=True, slots=True)
class DecidedText:
    """A source, the output that decisions ask for, and what came of the decisions."""

    source: EncodedText
    output: EncodedText
    outcome: Outcome
    header: LogHeader

    def make_log(self, log: Path, output: Path | None, old_log: Path) -> bytes:
        """The new audit log as it will stand at `log`, replayed both ways. It is a log as any other.

        Args:
            log: where the log will stand; it names the texts relative to its folder.
            output: where the output will stand; None for standard output.
            old_log: where the log stands that the decisions are about, which says where the source is.

        Raises:
            ReplayError: the log does not lead from source to output and back.
        """
        lines = LineIndex(self.source.text)
        entries = tuple(LoggedChange(change, *lines.locate(change.start)) for change in self.outcome.changes)
        data = AuditLog(self._make_header(log, output, old_log), entries).to_bytes()
        verify(data, self.source.data, self.output.data)
        return data

    def _make_header(self, log: Path, output: Path | None, old_log: Path) -> LogHeader:
        """The old header with the new output: the settings and the program are those that made the changes."""
        path = self.header.source.path
        source = None if path is None else relative_to_log(Path(os.path.normpath(old_log.parent / path)), log)
        return replace(
            self.header,
            source=replace(self.header.source, path=source),
            output=LoggedText.describe(self.output, relative_to_log(output, log)),
        )


def decide_text(
    data: bytes, log: AuditLog, decisions: Mapping[Key, Decision], reviewer: str | None = None
) -> DecidedText:
    """Carry out decisions on one text.

    Args:
        data: the bytes of the log's source, or those of its output, which lead back to the source.
        log: the log.
        decisions: what was decided, about this text and others.
        reviewer: who decided where a decision names nobody.

    Raises:
        ReplayError: the log is of another text, or the text was edited since.
        InputError: the output cannot be written in any encoding.
    """
    header = log.header
    is_output = header.output.describes(data) and not header.source.describes(data)
    if is_output:
        data = log.undo(data)
    else:
        log.replay(data)
    text = header.source.decode(data)
    source = EncodedText(text, data, header.source.encoding, header.source.bom)
    outcome = apply_decisions(header.source.sha256, log.changes, decisions, reviewer)
    return DecidedText(source, encode_like(apply_changes(text, outcome.changes), source), outcome, header)
