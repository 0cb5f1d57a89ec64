"""A chromium for the tests of the report; where there is none they are skipped, and say so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ligafix.audit.collect import LoggedDocument
from ligafix.audit.report import make_page, make_payload
from tests.browser.chromium import find_chromium, launch, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page


@dataclass(frozen=True)
class Report:
    """A report in a window, and the ways to its parts."""

    tab: Page
    path: Path

    @property
    def series(self) -> Locator:
        """The series on the page."""
        return self.tab.locator(".series")

    def of(self, text: str) -> Locator:
        """The series that begin with a text."""
        return self.tab.locator(".series", has=self.tab.locator("h3", has_text=text))

    def pairs(self) -> list[str]:
        """What the series on the page say."""
        return self.tab.locator(".series h3").all_inner_texts()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.tab.keyboard.press(key)

    def sort(self, order: str) -> None:
        """Choose an order by its label."""
        self.tab.get_by_text(order, exact=True).click()
        self.wait()

    def ask(self, name: str, value: str) -> None:
        """Fill a field of the search, and wait for the answer."""
        field = self.tab.locator(f"#query [name={name}]")
        if self.tab.evaluate("name => document.forms.query.elements[name].matches('select')", name):
            field.select_option(value)
        else:
            field.fill(value)
        self.wait()

    def wait(self) -> None:
        """Wait until what was asked for is shown."""
        self.tab.wait_for_selector("#feed[aria-busy=false]", state="attached")

    def leave_dialog(self) -> None:
        """Close a dialog by the keyboard."""
        self.press("Escape")
        self.tab.wait_for_selector("dialog[open]", state="detached")

    def text(self, selector: str) -> str:
        """What a part of the page says."""
        return self.tab.locator(selector).inner_text()


Show = Callable[..., Report]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser, started once."""
    api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if find_chromium() is None:
        pytest.skip("no chromium was found; install one (apt-get install chromium) or name it in LIGAFIX_CHROMIUM")
    with api.sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@dataclass(frozen=True)
class Window:
    """A window that is used again and again, and what went wrong in it."""

    tab: Page
    problems: list[str]

    def show(self, path: Path, *, width: int = 1280, height: int = 900, theme: str = "light") -> Report:
        """Open a report."""
        self.tab.set_viewport_size({"width": width, "height": height})
        self.tab.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        load(self.tab, path)
        return Report(self.tab, path)


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[Window]:
    """The window."""
    window = Window(browser.new_page(reduced_motion="reduce"), [])
    window.tab.set_default_timeout(10_000)
    watch(window.tab, window.problems)
    yield window
    window.tab.close()


@pytest.fixture
def show(window: Window, tmp_path: Path) -> Iterator[Show]:
    """Opens a report of documents; in the end nothing may have been loaded or complained of."""

    def call(documents: Sequence[LoggedDocument], **options: Any) -> Report:
        path = tmp_path / "report.html"
        path.write_bytes(make_page(make_payload(documents, "test")))
        return window.show(path, **options)

    yield call
    window.tab.evaluate("localStorage.clear()")
    problems = window.problems.copy()
    window.problems.clear()
    assert problems == []


def watch(tab: Page, problems: list[str]) -> None:
    """Note what goes wrong in a window, and what it asks others for."""
    tab.on("pageerror", lambda error: problems.append(str(error)))
    tab.on("console", lambda message: problems.append(message.text) if message.type in ("error", "warning") else None)
    tab.on("dialog", lambda dialog: problems.append(f"a dialog: {dialog.message}"))
    tab.on("request", lambda r: None if r.url.startswith(("file:", "blob:")) else problems.append(r.url))
