"""The browser that the tests drive: Playwright's own, or the machine's. `python -m tests.browser.chromium` says which."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
REMEDY = (
    "no browser for the tests; install Chromium (Debian: apt-get install chromium), or name one in CHOREO_CHROMIUM."
)


def browser_path() -> str:
    """Where the browser is; raise FileNotFoundError with the remedy."""
    chosen = os.environ.get("CHOREO_CHROMIUM")
    found = chosen or next((path for name in NAMES if (path := shutil.which(name))), None)
    if found and os.path.exists(found):
        return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if os.path.exists(own):
        return own
    raise FileNotFoundError(REMEDY)


@contextmanager
def launched() -> Iterator[Browser]:
    """The browser, headless; as root without its sandbox, which does not work there."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    path = browser_path()
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*quiet, *(["--no-sandbox"] if root else [])])
        try:
            yield browser
        finally:
            browser.close()


if __name__ == "__main__":
    try:
        browser_path()
    except FileNotFoundError as error:
        sys.exit(f"tests: {error}")
