"""Make the pictures of the report that the documentation shows, from the sample texts in seeds/.

    python docs/make_screenshots.py

It needs playwright and a chromium of the system (see tests/browser/chromium.py). The pictures go to docs/images/.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.chromium import launch, load  # noqa: E402

import ligafix.cli  # noqa: E402 - the checkout's

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

IMAGES = ROOT / "docs" / "images"
SIZES = {1280: 1000, 360: 760}
THEMES = ("light", "dark")


def main() -> None:
    """Clean the samples, make their report, and picture it at each width in each theme."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        page = make_report(Path(name))
        browser = launch(playwright)
        for width, height in SIZES.items():
            for theme in THEMES:
                picture(browser, page, width, height, theme)
        browser.close()


def make_report(folder: Path) -> Path:
    """The report of the samples, cleaned."""
    samples = sorted(str(path) for path in (ROOT / "seeds").glob("*.damaged.txt"))
    ligafix.cli.run(["clean", "-q", *samples, "-o", str(folder / "seeds")])
    ligafix.cli.run(["report", "-q", str(folder / "seeds"), "-o", str(folder / "report.html")])
    return folder / "report.html"


def picture(browser: Browser, page: Path, width: int, height: int, theme: str) -> None:
    """Picture the overview and the list, in which something is decided."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if theme == "dark" else "light",
        device_scale_factor=2 if width < 500 else 1,
        reduced_motion="reduce",
    )
    tab = context.new_page()
    load(tab, page)
    tab.screenshot(path=IMAGES / f"report-{width}-{theme}.png")
    decide(tab)
    tab.screenshot(path=IMAGES / f"report-{width}-{theme}-corrections.png")
    context.close()


def decide(tab: Page) -> None:
    """Look at the least certain series; accept, reject and explain some."""
    tab.get_by_text("Least certain", exact=True).click()
    tab.wait_for_selector("#feed[aria-busy=false]", state="attached")
    for key in ("j", "a", "r", "w"):
        tab.keyboard.press(key)
    tab.locator("#corrections").evaluate("node => scrollTo(0, node.offsetTop - 12)")
    tab.mouse.move(0, 0)


if __name__ == "__main__":
    main()
