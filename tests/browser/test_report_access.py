"""The report can be used by keyboard and by screen readers."""

from itertools import pairwise
from pathlib import Path

import pytest

from tests.audit.documents import write
from tests.browser.conftest import Report, Show

NAMELESS = """() => [...document.querySelectorAll("button, input, select, a, [role=feed], article, dialog, section")]
  .filter((node) => node.checkVisibility() && !node.matches(".step"))
  .filter((node) => {
    const labels = [...(node.labels ?? [])].map((label) => label.textContent);
    const ids = (node.getAttribute("aria-labelledby") ?? "").split(" ");
    const texts = ids.map((id) => document.getElementById(id)?.textContent ?? "");
    const names = [node.getAttribute("aria-label") ?? "", node.innerText, ...labels, ...texts];
    return !names.join("").trim();
  }).map((node) => node.outerHTML.slice(0, 120))"""
"""What has no name that could be read out."""

UNSEEN_FOCUS = """() => {
  const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
  return outlineStyle === "none" || parseFloat(outlineWidth) < 2;
}"""


@pytest.fixture
def report(show: Show, tmp_path: Path) -> Report:
    return show([write(tmp_path, "The rst was led.\nAnd the rst xq\n")])


@pytest.mark.parametrize("width", [1280, 360])
def test_everything_has_a_name(report: Report, width: int) -> None:
    report.tab.set_viewport_size({"width": width, "height": 900})
    report.press("j", "w")
    assert report.tab.evaluate(NAMELESS) == []
    report.press("e")
    assert report.tab.evaluate(NAMELESS) == []
    report.press("Escape", "Control+s")
    assert report.tab.evaluate(NAMELESS) == []


def test_there_are_landmarks_and_ordered_headings(report: Report) -> None:
    for role in ("banner", "main", "contentinfo", "search", "feed"):
        assert report.tab.get_by_role(role).count() == 1, role
    levels = "[...document.querySelectorAll('main :is(h1, h2, h3)')].map((h) => Number(h.tagName[1]))"
    found = report.tab.evaluate(levels)
    assert found[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(found))


def test_a_series_says_where_it_stands_in_the_list(report: Report) -> None:
    article = report.tab.get_by_role("article", name="led becomes filed")
    assert article.get_attribute("aria-posinset") == "2"
    assert article.get_attribute("aria-setsize") == "3"
    assert "1 place" in report.tab.locator(f"#{article.get_attribute('aria-describedby')}").inner_text()


def test_what_was_done_is_announced(report: Report) -> None:
    assert report.tab.locator("#message").get_attribute("aria-live") == "polite"
    report.press("j", "a")
    assert report.text("#message") == "Accepted: rst becomes first, 2 places"


def test_tab_visits_the_list_once_and_the_focus_can_be_seen(report: Report) -> None:
    stops = []
    for _ in range(40):
        report.press("Tab")
        stops.append(report.tab.evaluate("document.activeElement.className"))
        if stops[-1] == "":
            continue
        assert not report.tab.evaluate(UNSEEN_FOCUS), stops[-1]
    assert stops.count("series") == 1


def test_the_focus_stays_where_it_was_when_something_is_decided(report: Report) -> None:
    report.of("led").get_by_role("button", name="Accept").focus()
    report.press("Enter")
    focused = "[document.activeElement.dataset.action, document.activeElement.getAttribute('aria-pressed')]"
    assert report.tab.evaluate(focused) == ["accept", "true"]


def test_single_keys_can_be_turned_off(report: Report) -> None:
    report.press("?")
    report.tab.locator("#single-keys").uncheck()
    report.leave_dialog()
    report.press("j", "a")
    assert report.text("#progress-text") == "0 of 4 decided"


def test_keys_that_are_typed_do_nothing_else(report: Report) -> None:
    report.press("/")
    report.tab.keyboard.type("ar?u")
    assert report.tab.locator("input[name=text]").input_value() == "ar?u"
    assert not report.tab.locator("#help").is_visible()


def test_the_help_tells_every_key(report: Report) -> None:
    report.press("?")
    told = set(report.tab.locator("#help kbd").all_inner_texts())
    known = report.tab.evaluate("[...Object.keys(KEYS), ...Object.keys(ANYWHERE)]")
    arrows = {"ArrowDown": "↓", "ArrowUp": "↑"}
    assert {arrows.get(key, key) for key in known} <= told
