"""Changes as SARIF 2.1.0, which editors and code hosts show beside the text.

Every change is a result at its place in the source, with a fix that puts the new text there. What was not applied
is a warning, what was applied a note, what a
reviewer rejected is suppressed. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

import ligafix
from ligafix.audit.collect import LoggedDocument
from ligafix.audit.diff import make_inline
from ligafix.audit.log import LoggedChange
from ligafix.audit.series import as_proposed
from ligafix.changes import Change, Status

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
"""Where the official schema stands."""


def to_sarif(documents: Iterable[LoggedDocument]) -> dict[str, Any]:
    """A SARIF log of one run, with the changes of all documents; `json.dumps` writes it in ASCII."""
    rules: dict[str, int] = {}
    artifacts, results = [], []
    for number, document in enumerate(documents):
        artifacts.append(_artifact(document))
        results += [_result(document, number, entry, rules) for entry in document.entries]
    driver = {
        "name": "ligafix",
        "version": ligafix.__version__,
        "rules": [{"id": rule, "shortDescription": {"text": f"{rule} of ligafix"}} for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "artifacts": artifacts,
        "results": results,
    }
    return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


def _artifact(document: LoggedDocument) -> dict[str, Any]:
    source = document.header.source
    return {
        "location": {"uri": _uri(document.name)},
        "hashes": {"sha-256": source.sha256},
        "encoding": source.encoding,
    }


def _result(document: LoggedDocument, artifact: int, entry: LoggedChange, rules: dict[str, int]) -> dict[str, Any]:
    change = entry.change
    step = as_proposed(change).steps[-1]
    rule = f"{step.stage}/{step.rule}"
    location = {"uri": _uri(document.name), "index": artifact}
    region = _region(document.header.source.line_ends, entry)
    return {
        "ruleId": rule,
        "ruleIndex": rules.setdefault(rule, len(rules)),
        "level": "note" if change.status == Status.APPLIED else "warning",
        "message": {"text": _message(change)},
        "locations": [{"physicalLocation": {"artifactLocation": location, "region": region}}],
        "partialFingerprints": {"ligafixChange/v1": _fingerprint(document, change)},
        "properties": {"status": change.status, "confidence": change.confidence},
        **_suppressions(change),
        **_fixes(change, location, region),
    }


def _region(line_ends: str, entry: LoggedChange) -> dict[str, Any]:
    """Where a change is; the end is exclusive, in columns counted from 1."""
    before = entry.change.before
    end = "\r" if line_ends == "cr" else "\n"
    *_, last = before.split(end)
    lines = before.count(end)
    return {
        "startLine": entry.line,
        "startColumn": entry.column,
        "endLine": entry.line + lines,
        "endColumn": len(last) + (1 if lines else entry.column),
        "charOffset": entry.change.start,
        "charLength": len(before),
    }


def _fixes(change: Change, location: dict[str, Any], region: dict[str, Any]) -> dict[str, Any]:
    if change.status == Status.SUSPECTED or _has_surrogates(change.after):
        return {}
    replacement = {"deletedRegion": region, "insertedContent": {"text": change.after}}
    return {"fixes": [{"artifactChanges": [{"artifactLocation": location, "replacements": [replacement]}]}]}


def _suppressions(change: Change) -> dict[str, Any]:
    """What was rejected is no longer of interest."""
    if change.status != Status.REJECTED:
        return {}
    by = f"rejected by {change.decided_by}" if change.decided_by else "rejected"
    return {"suppressions": [{"kind": "external", "status": "accepted", "justification": by}]}


def _message(change: Change) -> str:
    before, after = (_show(text) for text in (change.before, change.after))
    if change.status == Status.SUSPECTED:
        return f"“{before}” looks damaged"
    return f"“{before}” → “{after}” ({change.status}, {change.confidence:.2f}): {_reason(change)}"


def _show(text: str) -> str:
    return make_inline(text).encode("utf-8", "replace").decode()


def _reason(change: Change) -> str:
    step = as_proposed(change).steps[-1]
    return f"{step.rule}; {step.evidence}" if step.evidence else step.rule


def _has_surrogates(text: str) -> bool:
    """Whether a text has bytes that are no text, which JSON readers refuse."""
    return any("\ud800" <= c <= "\udfff" for c in text)


def _fingerprint(document: LoggedDocument, change: Change) -> str:
    """What a place is known by, over many runs."""
    key = [document.header.source.sha256, change.start, change.end, change.before]
    return hashlib.sha256(json.dumps(key).encode("ascii")).hexdigest()


def _uri(name: str) -> str:
    """A file's name as a relative reference, or, where it is an absolute path, as a URI."""
    path = PurePosixPath(name)
    return Path(path).as_uri() if path.is_absolute() else quote(os.fsencode(name))
