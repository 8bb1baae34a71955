"""How long a page is without its kernel, or without its server."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import Any

import psutil
from playwright.sync_api import Browser
from tests.bench.pages.columns import line
from tests.bench.pages.sites import Site, script
from tests.bench.pages.visits import new_browser, opened, until
from tests.serve.course import RunningCourse

SETTLED = 11.0  # seconds after which a page tries again at once: before that it fears that each new kernel dies


def break_it(browser: Browser, site: Site, course: RunningCourse) -> None:
    """How long a page is without its kernel, or without its server, until a card answers again."""

    def revived(kind: str, at: int, breaks: Any) -> tuple[float, float]:
        """Seconds from the break's begin, and from its end, to the answer."""
        page.wait_for_timeout(1000 * SETTLED)
        page.evaluate(script("revival"), [kind, at])
        begin = time.time()
        breaks()
        end = time.time()
        found = until(page, "({ ...(window.choreoRevived && { at: window.choreoRevived }) })", "at", lambda: None)
        when = found.get("at", float("nan")) / 1000
        return when - begin, when - end

    def kill_kernels() -> None:
        for template in course.templates():
            for kernel in template.children():
                with suppress(psutil.NoSuchProcess):
                    kernel.kill()

    def kill_server() -> None:
        course.server("choreo.serve").kill()

    with new_browser(browser) as context:
        page = opened(context, site)
        kills = [revived(kind, at, kill_kernels)[0] for kind, at in (("choice", 0), ("classify", 0), ("choice", 1))]
        line("kernel killed -> a card answers again", kills, "s", middle=2)
        servers = [revived(kind, at, kill_server)[0] for kind, at in (("choice", 2), ("classify", 1))]
        line("lesson server killed -> a card answers again", servers, "s")
        restart = [revived("written", 0, course.restart)]
        line("all stopped and started -> a card answers again", [whole for whole, _ in restart], "s")
        line("    counted from when the address is printed", [rest for _, rest in restart], "s", middle=2)
        said = page.get_by_role("alert").filter(has_text="Everything is back").count()
        print(f"    the page {'says' if said else 'does not say'} that everything is back", flush=True)
