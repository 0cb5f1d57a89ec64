"""One record: the unit that drops into Spark, Ray, Hugging Face datasets and the like."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ligafix.audit.log import entry_to_json
from ligafix.audit.record import clean_source
from ligafix.corpus.job import cleaner_of
from ligafix.evidence.neighbours import Neighbours
from ligafix.formats.text import encode_text
from ligafix.settings import Settings

_SETTINGS = Settings()


def clean_record(
    record: Mapping[str, Any],
    *,
    settings: Settings = _SETTINGS,
    text_field: str = "text",
    changes_field: str | None = None,
    neighbours: Neighbours | None = None,
) -> dict[str, Any]:
    """Clean the text of one record; a pure function, which can be pickled with `functools.partial`.

    Args:
        record: the record; it stays as it is.
        settings: how to clean.
        text_field: the field that is the text.
        changes_field: a field for the changes, as an audit log has them; None leaves them out.
        neighbours: what other records know; see `ligafix.corpus.FittedGroup`.

    Returns:
        The record with the cleaned text, all other fields as they were.

    Raises:
        KeyError: the record has no such field.
        TypeError: what it has there is no text.

    >>> clean_record({"id": 7, "text": "The rst ocer found it most signicant."})["text"]
    'The first officer found it most significant.'
    """
    text = record[text_field]
    if not isinstance(text, str):
        raise TypeError(f"the field {text_field!r} is no text")
    cleaned = clean_source(encode_text(text), cleaner_of(settings), neighbours)
    found = {**record, text_field: cleaned.output.text}
    if changes_field is not None:
        found[changes_field] = [entry_to_json(entry) for entry in cleaned.entries()]
    return found
