"""The browser that the tests drive: Playwright's own, or the machine's. `python -m tests.browser.chromium` says which."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = (
    "chromium-headless-shell",  # the same without its windows, which cost a tenth of the time
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge",
)  # fmt: skip
# Chromium has two pages ready in each window for the list below its address bar, which is out of sight here: with them, a window
# costs twice the time of the processor. Named after what Playwright switches off by itself, as only the last such list counts.
OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay", "MediaRouter", "PaintHolding", "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch", "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)  # fmt: skip
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
def launched(*flags: str) -> Iterator[Browser]:
    """The browser, headless, with more flags of its own; as root without its sandbox, which does not work there."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    path = browser_path()
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run"]
    quiet += [f"--disable-features={','.join(OFF)}", *flags]
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
