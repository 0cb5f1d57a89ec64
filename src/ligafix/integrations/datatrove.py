"""A step for datatrove's pipelines; needs `ligafix[datatrove]`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from datatrove.data import Document, DocumentsPipeline
from datatrove.pipeline.base import PipelineStep

from ligafix.changes import Status
from ligafix.corpus.records import clean_record
from ligafix.errors import LigafixError
from ligafix.evidence.neighbours import Neighbours
from ligafix.settings import Settings

CHANGES = "ligafix"
"""The key of a document's metadata under which its changes are kept."""

ERROR = "ligafix_error"
"""The key under which stands why a document could not be cleaned; it goes on as it was."""


class LigafixCleaner(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Restores the text of each document, and keeps the changes in its metadata, as an audit log has them.

    Args:
        settings: how to clean.
        neighbours: what other documents know; see `ligafix.corpus.FittedGroup`.
    """

    type = "✂️ - FORMAT"
    name = "ligafix"

    def __init__(self, settings: Settings | None = None, neighbours: Neighbours | None = None) -> None:
        super().__init__()
        self._clean = partial(
            clean_record, settings=settings or Settings(), changes_field=CHANGES, neighbours=neighbours
        )

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> Iterator[Document]:  # noqa: ARG002
        """The documents, cleaned one by one."""
        for document in data:
            self.stat_update("total")
            with self.track_time():
                self._restore(document)
            self.update_doc_stats(document)
            yield document

    def _restore(self, document: Document) -> None:
        try:
            found: dict[str, Any] = self._clean({"text": document.text})
        except LigafixError as error:
            document.metadata[ERROR] = str(error)
            self.stat_update("failed")
            return
        document.text = found["text"]
        document.metadata[CHANGES] = found[CHANGES]
        applied = sum(change["status"] == Status.APPLIED for change in found[CHANGES])
        self.stat_update("changed" if applied else "unchanged")
        self.stat_update("changes", value=applied)
