"""One visit to a page: what it sees of itself, and what went over the wire."""

from __future__ import annotations

import base64
import time
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from tests.bench.pages.sites import Site
from tests.serve.course import PATIENCE

OPENING = 0.5  # seconds in which a new window is not looked at
QUIET = 15  # percent of all cores that a machine at rest may use
AFTERWARDS = 1.0  # seconds of listening to the wire after everything is there
NARROW = {"offline": False, "latency": 40, "downloadThroughput": 20e6 / 8, "uploadThroughput": 20e6 / 8}
TIMES = ("text", "control", "everything", "answer", "chart")
WIRE = ("HTTP kB", "socket kB")
LAST = {"look": "everything", "decline": "chart"}  # what a visit ends with; any other with an answer


@dataclass
class Wire:
    """Counts what one page receives and sends."""

    http: float = 0.0
    socket: float = 0.0
    _squeezers: dict[tuple[str, bool], Any] = field(default_factory=dict)

    def listen(self, page: Page, narrow: bool) -> None:
        """Begin; other hosts do not answer (stock Voilà's page names one), and the line is as wide as asked for."""
        devtools = page.context.new_cdp_session(page)
        devtools.on("Network.loadingFinished", self._loaded)
        devtools.on("Network.requestWillBeSent", self._redirected)
        devtools.on("Network.webSocketHandshakeResponseReceived", self._agreed)
        devtools.on("Network.webSocketFrameReceived", lambda event: self._frame(event, sent=False))
        devtools.on("Network.webSocketFrameSent", lambda event: self._frame(event, sent=True))
        devtools.send("Network.enable")
        devtools.send("Network.setBlockedURLs", {"urls": ["https://*"]})
        if narrow:
            devtools.send("Network.emulateNetworkConditions", NARROW)

    def _loaded(self, event: dict[str, Any]) -> None:
        self.http += event["encodedDataLength"]

    def _redirected(self, event: dict[str, Any]) -> None:
        self.http += event.get("redirectResponse", {}).get("encodedDataLength", 0)

    def _agreed(self, event: dict[str, Any]) -> None:
        heads = {name.lower(): value for name, value in event["response"]["headers"].items()}
        if "permessage-deflate" in heads.get("sec-websocket-extensions", ""):
            for sent in (False, True):
                self._squeezers[event["requestId"], sent] = zlib.compressobj(1, zlib.DEFLATED, -15)

    def _frame(self, event: dict[str, Any], sent: bool) -> None:
        said = event["response"]
        text = said["payloadData"]
        payload = base64.b64decode(text) if said["opcode"] == 2 else text.encode()
        if squeezer := self._squeezers.get((event["requestId"], sent)):
            payload = (squeezer.compress(payload) + squeezer.flush(zlib.Z_SYNC_FLUSH))[:-4]
        head = 2 if len(payload) < 126 else 4 if len(payload) < 2**16 else 10
        self.socket += len(payload) + head + (4 if sent else 0)


def new_page(context: BrowserContext) -> Page:
    """A window that is at rest, on a machine that is: Chromium loads much for itself when it opens one."""
    page = context.new_page()
    page.wait_for_timeout(1000 * OPENING)
    deadline = time.monotonic() + PATIENCE / 3
    while psutil.cpu_percent(0.5) > QUIET and time.monotonic() < deadline:
        pass
    return page


def visit(context: BrowserContext, site: Site, act: str = "", narrow: bool = False) -> dict[str, float]:
    """Open the lesson and act, see the probe; what was seen, until all of it was there: without an act, the chart, too."""
    act = act or ("decline" if site.charts else "look")
    page = new_page(context)
    page.add_init_script(site.probe(act))
    wire = Wire()
    wire.listen(page, narrow)
    last = LAST.get(act, "answer")
    seen = until(
        page, "window.choreoSeen", last, lambda: page.goto(site.address, wait_until="commit", timeout=1000 * PATIENCE)
    )
    if last != "answer":
        page.wait_for_timeout(1000 * AFTERWARDS)
        seen = page.evaluate("window.choreoSeen")  # a page hears later that its text has been painted than it was
    page.close()
    times = {name: seen[name] / 1000 for name in TIMES if name in seen}
    if last == "answer":
        return {"answer": times.get("answer", float("nan"))}
    return {**times, "HTTP kB": wire.http / 1000, "socket kB": wire.socket / 1000}


def until(page: Page, expression: str, name: str, begin: Any) -> dict[str, float]:
    """Do `begin`, then look at the page now and then until the object has that member, or until the patience ends."""
    begin()
    seen: dict[str, float] = {}
    deadline = time.monotonic() + PATIENCE
    while name not in seen and time.monotonic() < deadline:
        page.wait_for_timeout(200)
        with suppress(BrowserError):  # the page is just going elsewhere
            seen = page.evaluate(expression) or {}
    return seen


def new_browser(browser: Browser) -> BrowserContext:
    """A browser that has never been here."""
    return browser.new_context(viewport={"width": 1440, "height": 900})


def opened(context: BrowserContext, site: Site) -> Page:
    """A page on which everything is there, with the chart in view."""
    page = context.new_page()
    page.add_init_script(site.probe("decline"))
    until(page, "window.choreoSeen", "chart", lambda: page.goto(site.address, wait_until="commit"))
    return page
