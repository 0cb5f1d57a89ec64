"""Cases that live as data: a file in `tests/data` is a list of records, each with a comment that names it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

DATA = Path(__file__).parent / "data"


def load_cases(file: str, *fields: str, known_failures: bool = True) -> list[pytest.ParameterSet]:
    """The records of a file as parameters of a test.

    Those with a `known_failure` must fail, unless the test is about something else (`known_failures=False`).
    """
    records = json.loads((DATA / file).read_text(encoding="utf-8"))
    return [
        pytest.param(
            *(record[field] for field in fields),
            id=record["comment"],
            marks=expect_failure(record.get("known_failure") if known_failures else None),
        )
        for record in records
    ]


def expect_failure(reason: str | None) -> list[pytest.MarkDecorator]:
    """The mark of a case that must fail, and turns red when it does not any more; none without a reason."""
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []
