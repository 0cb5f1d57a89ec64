"""Driving a chromium that the system brings along; nothing is downloaded."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_chromium() -> str | None:
    """Where a chromium stands; `LIGAFIX_CHROMIUM` names another."""
    return os.environ.get("LIGAFIX_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright: Playwright) -> Browser:
    """Start it. Its own sandbox does not work for the superuser or in containers, and the pages are ours."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])


def load(tab: Page, path: Path) -> None:
    """Open a report in a window, and wait until it is ready to use."""
    tab.goto(path.resolve().as_uri())
    tab.wait_for_selector("html[data-ready=true]")
