"""The report shows what happened, in a real browser."""

from pathlib import Path

import pytest

from ligafix import Change
from ligafix.changes import Candidate, Status, Step
from tests.audit.documents import write
from tests.browser.conftest import Show

TEXT = "The rst of them was led away.\nThe signicant rst xq\nTokyo was\n"
SPITEFUL = "<script>alert(1)</script> rst </script> <!-- <img src=x onerror=alert(2)> &amp;"
WIDTHS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]


def change(source: str, before: str, after: str, confidence: float = 0.95, status: Status = Status.APPLIED) -> Change:
    start = source.index(before)
    step = Step("ligatures", "dropped-fi", before, after, confidence, (Candidate(after, confidence),))
    return Change(start, start + len(before), before, after, status, confidence, (step,))


def test_the_page_tells_what_happened(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, TEXT), write(tmp_path, "All is well here, the first office says.", "b.txt")])
    assert report.text("#totals .applied") == "4\ncorrections made"
    assert report.text("#totals .suggested") == "1\nsuggested"
    assert report.text("#totals .suspected") == "1\nsuspected"
    assert report.text("#totals .files") == "1\nof 2 files concerned"
    assert report.text("#lead").startswith("Of 2 documents")
    assert report.tab.locator("#documents tr").count() == 2
    assert report.text("#stages").split()[:2] == ["fake", "6"]


def test_a_sign_that_stands_for_a_ligature_is_shown_with_the_document(show: Show, tmp_path: Path) -> None:
    source = "The ®rst of®ce is of no signi®cance, they ®nd. We sent the ®nal ®gures to our of®cers. " * 3
    report = show([write(tmp_path, source)])
    assert "wrote ligatures as other signs (®)" in report.text("#lead")
    assert report.tab.locator("#documents .coded").first.inner_text().strip().startswith("®")


def test_the_commonest_series_come_first_and_then_the_least_certain(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, TEXT)])
    assert report.pairs()[:2] == ["rst→first", "led→filed"]
    report.sort("Least certain")
    assert report.pairs()[0] == "led→filed"
    report.sort("Text order")
    assert report.pairs() == ["rst→first", "led→filed", "signicant→significant", "xqlooks damaged", "Tokyo→Tōkyō"]


def test_a_change_is_marked_in_its_lines(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "Long ago.\nBefore this line\nthe led stood,\nbehind it signicant\nthings.\n")])
    context = report.of("led").locator(".context")
    assert context.inner_text() == "Before this line\nthe ledfiled stood,\nbehind it significant"
    assert context.locator("del").inner_text() == "led"
    assert context.locator("ins").inner_text() == "filed"
    assert context.locator(".neighbour").inner_text() == "significant"  # as it was repaired


def test_markup_in_a_document_is_shown_as_it_stands(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, SPITEFUL)])
    assert report.text(".context") == SPITEFUL.replace("rst", "rstfirst")
    assert report.tab.locator("img").count() == 0


@pytest.mark.parametrize(
    ("before", "shown"),
    [
        ("\x0crst", "FFrst"),
        ("\x00rst", "NULrst"),
        ("a\u202ertsb", "aU+202Ertsb"),
        ("rst\udcff", "rstU+DCFF"),
        ("em-\nployed ", "em-⏎ployed␣"),
        ("ﬁrst", "ﬁrst"),
        ("\u0304rst", "◌\u0304rst"),
    ],
)
def test_what_cannot_be_seen_has_a_name(show: Show, tmp_path: Path, before: str, shown: str) -> None:
    source = f"The {before}. Behind"
    report = show([write(tmp_path, source, changes=[change(source, before, "first")])])
    assert report.tab.locator("h3 del").inner_text() == shown
    assert shown in report.text(".context")


def test_what_is_only_removed_says_so(show: Show, tmp_path: Path) -> None:
    source = "text\n— 12 —\nmore"
    report = show([write(tmp_path, source, changes=[change(source, "— 12 —\n", "")])])
    assert report.text("h3 ins") == "nothing"


def test_a_line_of_any_length_is_cut_and_says_so(show: Show, tmp_path: Path) -> None:
    source = "word " * 200_000 + "rst" + " more" * 200_000
    context = show([write(tmp_path, source, changes=[change(source, "rst", "first")])]).text(".context")
    assert len(context) < 400
    assert context.startswith("…")
    assert context.endswith("…")


def test_the_reasons_and_the_runners_up_are_shown_on_demand(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "He led it.")])
    assert report.tab.locator(".why").count() == 0
    report.tab.get_by_text("Why?").click()
    assert report.text(".evidence") == "as the test says"
    assert report.tab.locator(".candidate .reading").all_inner_texts() == ["filed", "led"]
    report.tab.get_by_text("Less").click()
    assert report.tab.locator(".why").count() == 0


def test_the_places_of_a_series_are_shown_one_by_one(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "a rst\n\n" * 120)])
    assert report.tab.locator(".place").count() == 1
    report.tab.get_by_text("Show 50 more places").click()
    assert report.tab.locator(".place").count() == 50
    report.tab.get_by_text("Show 50 more places").click()
    report.tab.get_by_text("Show 20 more places").click()
    assert report.tab.locator(".place").count() == 120
    report.tab.get_by_text("Show one").click()
    assert report.tab.locator(".place").count() == 1


def test_search_and_filters_leave_what_fits(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, TEXT), write(tmp_path, "rst " + "." * 300, "other.txt")])
    everything = ["rst→first", "led→filed", "Tokyo→Tōkyō", "signicant→significant", "xqlooks damaged"]
    cases = [
        ("text", "SIGNIF", ["signicant→significant"]),
        ("text", "away", everything),  # in their lines
        ("status", "suggested", ["led→filed"]),
        ("below", "60", ["led→filed"]),
        ("least", "60", [pair for pair in everything if pair != "led→filed"]),
        ("file", "other", ["rst→first"]),
        ("decision", "accept", []),
        ("text", "no such thing", []),
    ]
    for field, value, left in cases:
        report.ask(field, value)
        assert report.pairs() == left, (field, value)
        assert report.tab.locator("#empty").is_visible() == (not left)
        report.tab.locator("#clear" if left else "#empty-reset").click()
        assert report.pairs() == everything


def test_the_diagrams_lead_to_what_they_show(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, TEXT), write(tmp_path, "a rst", "b.txt")])
    report.tab.get_by_role("button", name="1 correction, confidence 50 to 60 %; show them").click()
    assert report.pairs() == ["led→filed"]
    report.tab.get_by_role("button", name="Show the corrections in b.txt").click()
    assert report.pairs() == ["rst→first"]
    assert report.text("#found") == "1 series, 1 place"
    report.tab.get_by_role("button", name="fake 7 corrections; show them").click()
    assert len(report.pairs()) == 5


def test_an_empty_report_says_so(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "All is well.")])
    assert report.text("#empty-text") == "Nothing was changed, and nothing looks damaged."
    assert report.text("#lead") == "This document lost no ligature."
    assert not report.tab.locator("#query").is_visible()


def test_without_sources_the_log_alone_speaks(show: Show, tmp_path: Path) -> None:
    document = write(tmp_path, "The rst of May\n")
    for path in tmp_path.glob("*page.txt"):
        path.unlink()
    report = show([document])
    assert report.text("#lead").startswith("The sources are not where the logs say")
    assert report.text(".context") == "rstfirst"


@pytest.mark.parametrize(("width", "theme"), WIDTHS)
def test_nothing_sticks_out_sideways(show: Show, tmp_path: Path, width: int, theme: str) -> None:
    long = "x" * 300 + " rst " + "مرحبا " * 40 + "漢字" * 90
    report = show([write(tmp_path, long, f"{'name' * 30}.txt"), write(tmp_path, TEXT)], width=width, theme=theme)
    report.press("j", "w", "e")
    inside = "document.documentElement.scrollWidth <= innerWidth"
    assert report.tab.evaluate(inside)
    report.press("Escape", "?")
    assert report.tab.evaluate(inside)


def test_right_to_left_text_stays_so(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, "مرحبا بالعالم rst مرحبا")])
    direction = "node => getComputedStyle(node).direction"
    assert report.tab.locator(".context").evaluate(direction) == "rtl"


def test_the_theme_follows_the_system_until_it_is_chosen(show: Show, tmp_path: Path) -> None:
    report = show([write(tmp_path, TEXT)], theme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = report.tab.evaluate(colour)
    report.tab.get_by_role("button", name="Theme").click()
    assert report.tab.evaluate(colour) != dark
    report.tab.reload()
    report.tab.wait_for_selector("html[data-ready=true]")
    assert report.tab.evaluate(colour) != dark
    report.tab.get_by_role("button", name="Theme").click()
    assert report.tab.evaluate(colour) == dark


def test_everything_is_printed(show: Show, tmp_path: Path) -> None:
    words = " ".join(f"w{n}" for n in range(200))
    changes = [change(words, f"w{n}", f"W{n}") for n in range(100, 200)]
    report = show([write(tmp_path, words, changes=changes)])
    report.tab.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert report.series.count() == 100
