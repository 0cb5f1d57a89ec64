"""Documents with logs, as the audit's tests need them."""

from collections.abc import Sequence
from pathlib import Path

from ligafix import Change
from ligafix.audit.collect import LoggedDocument
from ligafix.audit.log import AuditLog
from ligafix.changes import apply_changes
from ligafix.formats.text import decode, encode_like
from ligafix.settings import Settings
from tests.fakes import FakeCleaner


def write(folder: Path, source: str, name: str = "page.txt", changes: Sequence[Change] | None = None) -> LoggedDocument:
    """Write a text, its log, and what comes of it, by changes of one's own or else those of the fake cleaner."""
    read = decode(source.encode("utf-8", "surrogateescape"), "utf-8")
    changes = FakeCleaner().clean(read.text).changes if changes is None else changes
    made = AuditLog.record(
        read,
        encode_like(apply_changes(read.text, changes), read),
        changes,
        settings=Settings(),
        dictionaries="0" * 64,
        source_path=name,
        output_path=f"restored-{name}",
    )
    (folder / name).write_bytes(read.data)
    (folder / f"restored-{name}").write_bytes(made.replay(read.data))
    path = folder / f"{name}.changes.jsonl"
    path.write_bytes(made.to_bytes())
    log = AuditLog.from_bytes(path.read_bytes())
    return LoggedDocument(path, f"{folder.name}/{name}", log.header, log.entries)
