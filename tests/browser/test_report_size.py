"""A hundred thousand corrections open in under three seconds and scroll without stopping."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from ligafix import Change
from ligafix.audit.collect import LoggedDocument
from ligafix.audit.report import make_page, make_payload
from ligafix.changes import Candidate, Status, Step
from ligafix.evidence import survey
from tests.audit.documents import write
from tests.browser.conftest import Report, Window

CHANGES = 100_000
LONGEST_OPENING = 3.0  # seconds, as the page is required to take at most


def make_document(folder: Path, number: int, changes: int) -> LoggedDocument:
    """A document with so many changes, most of them different ones."""
    words = [f"w{number}a{n}rst" for n in range(changes * 2 // 3)] + ["rst"] * (changes // 3 + 1)
    made, at = [], 0
    for word in words[:changes]:
        confidence = 0.5 + at * 7 % 5000 / 10_000
        candidates = (Candidate(word + "x", confidence), Candidate(word, 1 - confidence))
        step = Step("ligatures", "dropped-fi", word, word + "x", confidence, candidates, "fi: 97% lost, 0 intact")
        made.append(Change(at, at + len(word), word, word + "x", Status.APPLIED, confidence, (step,)))
        at += len(word) + len(" and so on and on\n")
    source = "".join(f"{word} and so on and on\n" for word in words[:changes])
    return write(folder, source, f"{number}.txt", made)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of forty texts of 2,500 changes each, which are ten texts four times."""
    folder = tmp_path_factory.mktemp("large")
    documents = [make_document(folder, number, CHANGES // 40) for number in range(10)]
    many = [replace(document, name=f"volume-{n}/{document.name}") for n in range(4) for document in documents]
    with pytest.MonkeyPatch.context() as patch:  # a survey of made-up words takes long and tells nothing
        patch.setattr("ligafix.audit.report.payload.survey", lambda _: survey(""))
        page = make_page(make_payload(many, "large"))
    path = folder / "report.html"
    path.write_bytes(page)
    return path


@pytest.fixture(scope="module")
def report(window: Window, page: Path) -> Report:
    """The report, opened."""
    return window.show(page)


def test_the_file_stays_small(page: Path) -> None:
    assert page.stat().st_size < 5e6


def test_it_opens_in_three_seconds(window: Window, page: Path) -> None:
    began = time.perf_counter()
    report = window.show(page)
    assert time.perf_counter() - began < LONGEST_OPENING
    assert report.text("#progress-text") == "0 of 100,000 decided"


def test_only_what_is_near_the_screen_is_on_the_page(report: Report) -> None:
    assert 0 < report.series.count() < 200
    assert report.tab.locator("*").count() < 15_000


def test_the_end_is_a_key_away(report: Report) -> None:
    report.press("j", "End")
    assert report.tab.evaluate("document.activeElement.ariaPosInSet") == "16661"
    report.press("a")
    assert report.text("#message").startswith("Accepted: ")
    report.press("Home")
    assert report.tab.evaluate("document.activeElement.ariaPosInSet") == "1"
    assert report.series.count() < 300


def test_scrolling_shows_what_is_there_and_drops_what_is_not(report: Report) -> None:
    for part in (0.3, 0.9, 0.1):
        report.tab.evaluate("part => scrollTo(0, document.body.scrollHeight * part)", part)
        seen = "document.elementFromPoint(innerWidth / 3, innerHeight / 2).closest('.series') !== null"
        report.tab.wait_for_timeout(100)
        assert report.tab.evaluate(seen)
        assert report.series.count() < 300


def test_a_search_is_answered_soon(report: Report) -> None:
    began = time.perf_counter()
    report.ask("text", "w7a1000rst")
    assert report.text("#found").endswith("4 places")
    assert time.perf_counter() - began < LONGEST_OPENING


def test_a_series_of_thousands_is_judged_at_once(report: Report) -> None:
    report.tab.locator("#clear").click()
    began = time.perf_counter()
    report.press("j", "a")
    assert report.text("#message").startswith("Accepted: rst becomes rstx, 33,")
    assert time.perf_counter() - began < LONGEST_OPENING
    report.tab.evaluate("localStorage.clear()")
