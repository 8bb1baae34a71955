"""How fast a lesson opens: `python -m tests.bench.pages [--quick]`. Nothing here fails; what misses its aim gets a "!".

The same lesson from three servers in one browser, taking turns: ours (`choreo start`, entered by the hub), stock Voilà
(`voila lessons/09-choreography.ipynb`), and marimo (the notebook as `marimo convert` makes an app of it). Medians of what a
page sees of itself, in seconds from the start of the navigation:

    text        the first paragraph of the lesson's story is painted
    control     the first prediction can be locked in
    answer      it is locked in as soon as it can be, and is kept (in a visit of its own, as this changes the page)
    cards       all cards can be used, the explorable has its stage and its controls
    everything  and Plotly has drawn its chart. The page scrolls to the chart once the first control works: charts are drawn
                where somebody looks
    HTTP kB     as it went over the wire, heads included, until a second after everything
    socket kB   all websocket frames; a browser tells what they say and not how long they were, so where both ends agreed
                to compress they are compressed once more here
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from threading import Thread
from typing import Any

import psutil
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as BrowserError
from tests.browser.chromium import launched
from tests.browser.lesson09 import reach_the_goal
from tests.serve.course import PATIENCE, ROOT, RunningCourse, running_course

LESSON = "09-choreography"
STORY = "On a wet Monday in September"  # how the first paragraph begins
CARDS = 11
SETTLED = 11.0  # seconds after which a page tries again at once: before that it fears that each new kernel dies
OPENING = 0.5  # seconds in which a new window is not looked at
QUIET = 15  # percent of all cores that a machine at rest may use
AFTERWARDS = 1.0  # seconds of listening to the wire after everything is there
NARROW = {"offline": False, "latency": 40, "downloadThroughput": 20e6 / 8, "uploadThroughput": 20e6 / 8}
TIMES = ("text", "control", "answer", "cards", "everything")
WIRE = ("HTTP kB", "socket kB")
FIRST, REPEAT, SLOW = "first visit", "repeat visit", "first visit at 20 Mbit/s and 40 ms"
AIMS = {FIRST: {"text": 0.2, "control": 0.5, "everything": 1.1}, SLOW: {"text": 0.3, "control": 0.7, "everything": 1.4}}
WIRE_AIMS = {FIRST: 800, REPEAT: 40}  # kB, all protocols together
FASTER = 8  # times stock Voilà

# Runs in every page before its own scripts, and writes down when it sees what. marimo keeps widgets in shadow trees.
PROBE = """
(({ story, cards, act }) => {
  const seen = (window.choreoSeen = {});
  const roots = [];
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)]);
  const usable = (card) => {
    const button = card.querySelector("button.choreo-button-main");
    return Boolean(button) && !button.disabled && button.getAttribute("aria-disabled") !== "true";
  };
  const watch = (root) => {
    roots.push(root);
    const attributeFilter = ["class", "disabled", "aria-disabled", "data-saved"];
    new MutationObserver(look).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter });
  };
  const attach = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attach.call(this, options);
    watch(root);
    return root;
  };

  const holder = (root) => {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (data.trimStart().startsWith(story) && parentElement && parentElement.localName !== "script") return parentElement;
    }
    return null;
  };
  const uncovered = (one) => {
    const box = one.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + 4];
    if (!box.height || !one.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    return y > innerHeight || one.contains(one.getRootNode().elementFromPoint(x, y));
  };
  const read = () => {
    const painted = performance.getEntriesByName("first-contentful-paint")[0]?.startTime;
    if (seen.laid && painted) {
      seen.text = painted > seen.laid ? painted : performance.now(); // the frame in which it was laid out has been painted
      return;
    }
    if (!seen.laid) {
      const first = roots.map(holder).find(Boolean);
      if (first && uncovered(first)) seen.laid = performance.now();
    }
    requestAnimationFrame(read);
  };
  const scroll = () => {
    const goal = all(".choreo-chart")[0] ?? all(".choreo-explorable")[0];
    if (seen.control && goal) {
      const { top, bottom } = goal.getBoundingClientRect();
      if (bottom < 0 || top > innerHeight) goal.scrollIntoView({ behavior: "instant", block: "center" });
    }
    if (!seen.chart) requestAnimationFrame(scroll);
  };

  window.choreoAnswer = (card) => {
    const number = card.querySelector("input[type=number]");
    for (const input of number ? [number] : card.querySelectorAll("input[type=range]")) {
      input.value = "50";
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    for (const box of card.querySelectorAll("textarea")) {
      box.value = "Small groups agreed early, the whole plaza late.";
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    card.querySelector("input[type=radio], input[type=checkbox]")?.click();
    card.querySelector("button.choreo-button-main").click();
    card.querySelector(".choreo-card-sure:not([hidden]) .choreo-button-main")?.click();
  };
  window.choreoUsable = usable;
  let acted = false;
  function look() {
    if (seen.everything && (act === null || seen.answer)) return;
    const made = all(".choreo-card");
    const predictions = made.filter((card) => card.matches(".choreo-card-predict"));
    if (predictions[0] && usable(predictions[0])) seen.control ??= performance.now();
    const card = act === null ? null : predictions[act];
    if (card && !acted && usable(card)) {
      acted = true;
      window.choreoAnswer(card);
    }
    if (acted && card?.querySelector(".choreo-card-kept[data-saved=yes]")) seen.answer ??= performance.now();
    if (all(".choreo-chart .js-plotly-plot .scatterlayer .trace").length) seen.chart ??= performance.now();
    const plays = all(".choreo-plaza-canvas").length && all("input.choreo-control-range:not(:disabled)").length;
    if (!seen.cards && plays && made.length >= cards && made.every(usable)) seen.cards = performance.now();
    if (seen.chart && seen.cards) seen.everything ??= performance.now();
  }

  watch(document);
  requestAnimationFrame(read);
  requestAnimationFrame(scroll);
})"""

# Drags the explorable's first slider, ten moves a second; resolves with [ms to the frame in which the stage is new, ms
# until the chart's lines are drawn, ms to the frame in which they are] of each move, and with the ms until Plotly has drawn them
# too after the last one.
MOVES = """
async (count) => {
  const play = document.querySelector(".choreo-explorable");
  const slider = play.querySelector("input[id$='-coupling']");
  const box = play.querySelector(".choreo-chart .choreo-plot-box");
  const taken = [];
  let lines = () => {};
  new MutationObserver((changes) => {
    const added = changes.flatMap(({ addedNodes }) => [...addedNodes]).some((node) => node.matches?.(".choreo-plot-lines"));
    if (added || changes.some(({ attributeName }) => attributeName === "d")) lines();
  }).observe(box, { subtree: true, childList: true, attributeFilter: ["d"] });
  for (let move = 0; move <= count; move += 1) {
    slider.value = ((move * 7) % 49) / 10 + 0.1;
    const start = performance.now();
    const since = () => performance.now() - start;
    const frame = (done) => requestAnimationFrame(() => done(since()));
    const stage = new Promise((done) => play.addEventListener("choreo:frame", () => frame(done), { once: true }));
    const drawn = new Promise((done) => { lines = () => done(since()); });
    const chart = drawn.then(() => new Promise(frame));
    const late = new Promise((done) => setTimeout(done, 5000, null));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const all = await Promise.race([Promise.all([stage, drawn, chart]), late]);
    if (move && all) taken.push(all); // the first one stops what plays
    await new Promise((done) => setTimeout(done, Math.max(0, start + 100 - performance.now())));
  }
  const start = performance.now();
  return [taken, await new Promise((done) => box.once("plotly_afterplot", () => done(performance.now() - start)))];
}"""

# Resolves with [ms since the frame before, ms since this frame's begin] of each frame that the stage draws in that many ms.
FRAMES = """
(length) => new Promise((done) => {
  const play = document.querySelector(".choreo-explorable");
  const times = [];
  play.addEventListener("choreo:frame", () => times.push([document.timeline.currentTime, performance.now()]));
  setTimeout(() => done(times.slice(1).map(([begin, drawn], at) => [begin - times[at][0], drawn - begin])), length);
})"""

# A page with nothing but a chart, that says when it is drawn.
BARE = """<!DOCTYPE html><script async src="{plotly}"></script><div></div><script>
document.querySelector("script").onload = () => {{
  Plotly.react(document.querySelector("div"), {figure});
  window.drawn = {{ at: performance.now() }};
}};
</script>"""

# Answers a card as soon as it has been built anew, and notes when the answer is kept.
REVIVAL = """
([kind, at]) => {
  const find = () => document.querySelectorAll(`.choreo-card-${kind}`)[at];
  const before = find();
  let acted = false;
  window.choreoRevived = null;
  const look = () => {
    const card = find();
    if (card && card !== before && !acted && window.choreoUsable(card)) {
      acted = true;
      window.choreoAnswer(card);
    }
    if (acted && card?.querySelector(".choreo-card-kept[data-saved=yes]")) {
      window.choreoRevived = performance.timeOrigin + performance.now();
    } else requestAnimationFrame(look);
  };
  look();
}"""


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


@dataclass(frozen=True)
class Site:
    """One of the servers, with the lesson."""

    name: str
    address: str  # of the lesson
    kept: Path | None  # the folder of kept work where it is not each visitor's own

    def forget(self) -> None:
        """Make the next visitor a new learner."""
        if self.kept:
            shutil.rmtree(self.kept, ignore_errors=True)


def new_page(context: BrowserContext) -> Page:
    """A window that is at rest, on a machine that is: Chromium loads much for itself when it opens one."""
    page = context.new_page()
    page.wait_for_timeout(1000 * OPENING)
    deadline = time.monotonic() + PATIENCE
    while psutil.cpu_percent(0.5) > QUIET and time.monotonic() < deadline:
        pass
    return page


def visit(context: BrowserContext, address: str, act: int | None = None, narrow: bool = False) -> dict[str, float]:
    """Open the lesson; what was seen, until everything was there or the prediction `act` was answered."""
    page = new_page(context)
    page.add_init_script(f"{PROBE}({json.dumps({'story': STORY, 'cards': CARDS, 'act': act})});")
    wire = Wire()
    wire.listen(page, narrow)
    last = "everything" if act is None else "answer"
    seen = until(
        page, "window.choreoSeen", last, lambda: page.goto(address, wait_until="commit", timeout=1000 * PATIENCE)
    )
    if act is None:
        page.wait_for_timeout(1000 * AFTERWARDS)
        seen = page.evaluate("window.choreoSeen")  # a page hears later that its text has been painted than it was
    page.close()
    times = {name: seen[name] / 1000 for name in TIMES if name in seen}
    if act is not None:
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


Visits = dict[tuple[str, str], list[dict[str, float]]]  # (what kind of visit, server) -> what was seen


def compare(browser: Browser, sites: Sequence[Site], rounds: int) -> Visits:
    """Visit every server in turn, `rounds` times; once before that, so that nobody pays for a first start."""
    visits: Visits = {}

    def note(kind: str, site: Site, seen: dict[str, float]) -> None:
        visits.setdefault((kind, site.name), []).append(seen)

    for site in sites:
        with new_browser(browser) as context:
            visit(context, site.address)
    for turn in range(rounds):
        for site in sites:
            with new_browser(browser) as context:
                note(FIRST, site, visit(context, site.address))
                note(REPEAT, site, visit(context, site.address))
            site.forget()
            with new_browser(browser) as context:
                note(FIRST, site, visit(context, site.address, act=0))
                note(REPEAT, site, visit(context, site.address, act=1))
            site.forget()
            if site is sites[0] or turn % 3 == 0:
                with new_browser(browser) as context:
                    note(SLOW, site, visit(context, site.address, narrow=True))
        print(f"    round {turn + 1} of {rounds} done", file=sys.stderr, flush=True)
    return visits


def table(visits: Visits, sites: Sequence[Site]) -> None:
    """Print the medians, and how many times longer than ours the others take."""
    columns = (*TIMES, *WIRE)
    for kind in (FIRST, REPEAT, SLOW):
        print(f"\n{kind:36}" + "".join(f"{name:>12} " for name in columns))
        middle: dict[str, dict[str, float]] = {}
        for site in sites:
            seen = visits[kind, site.name]
            values = {name: [one[name] for one in seen if name in one] for name in columns}
            middle[site.name] = row = {name: median(each) for name, each in values.items() if each}
            ours = site is sites[0]
            aims = AIMS.get(kind, {}) if ours else {}
            cells = "".join(f"{number(row.get(name), name)}{over(row.get(name), aims.get(name))}" for name in columns)
            wire = row.get("HTTP kB", 0) + row.get("socket kB", 0)
            print(f"    {site.name:32}{cells} {wire:9.0f}{over(wire, WIRE_AIMS.get(kind) if ours else None)}kB in all")
        ours = middle[sites[0].name]
        for site in sites[1:]:
            ratios = {name: value / ours[name] for name, value in middle[site.name].items() if ours.get(name)}
            aim = FASTER if site is sites[1] else 0
            cells = "".join(
                f"{number(ratios.get(name), 'ratio')}{'!' if name in TIMES and ratios.get(name, aim) < aim else ' '}"
                for name in columns
            )
            print(f"    {f'{site.name}: times ours':32}{cells}")


def number(value: float | None, name: str) -> str:
    """A cell of the table."""
    if value is None:
        return f"{'-':>12}"
    return f"{value:12.2f}" if name in TIMES else f"{value:12.1f}"


def over(value: float | None, most: float | None) -> str:
    """A mark for what exceeds its aim; what is not a number does."""
    return "!" if most is not None and not (value is not None and value <= most) else " "


def line(what: str, values: Sequence[float], unit: str, middle: float | None = None, late: float | None = None) -> None:
    """Print the median of some values, and the value that 95 of 100 stay under."""
    if not values:
        print(f"{what:60} nothing was measured!")
        return
    p50, p95 = median(values), sorted(values)[min(len(values) - 1, int(0.95 * len(values)))]
    aim = ", ".join(f"{name} at most {most:g}" for name, most in (("p50", middle), ("p95", late)) if most)
    print(
        f"{what:60} p50 {p50:7.2f}{over(p50, middle)} p95 {p95:7.2f}{over(p95, late)} {unit:3} ({len(values)})  {aim}",
        flush=True,
    )


def bare(browser: Browser, site: Site, rounds: int) -> None:
    """What Plotly takes by itself: one chart, on a page with nothing else. No lesson with a chart of Plotly's can be faster."""

    class Bare(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            pass

    with new_browser(browser) as context:
        lesson = opened(context, site)
        plotly = lesson.evaluate("document.querySelector('meta[name=choreo-plotly-basic]').content")
        figure = lesson.evaluate(
            "(({ data, layout }) => ({ data, layout }))(document.querySelector('.js-plotly-plot'))"
        )
        origin = lesson.evaluate("location.origin")
    page = BARE.format(plotly=f"{origin}{plotly}", figure=json.dumps(figure))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bare)
    Thread(target=server.serve_forever, daemon=True).start()
    taken = []
    for _ in range(rounds + 1):
        with new_browser(browser) as context:
            seen = new_page(context)
            seen.goto(f"http://127.0.0.1:{server.server_port}/", wait_until="commit")
            taken.append(until(seen, "({ ...window.drawn })", "at", lambda: None)["at"])
    server.shutdown()
    line("a page with nothing but Plotly's chart", [at / 1000 for at in taken[1:]], "s")


def play(browser: Browser, site: Site, moves: int, seconds: float) -> None:
    """What a learner who plays sees of the wait."""
    with new_browser(browser) as context:
        page = opened(context, site)
        taken, followed = page.evaluate(MOVES, moves)
        stages, drawn, charts = zip(*taken, strict=True) if taken else ((), (), ())
        line("control moved -> the frame with the new stage", stages, "ms", 25, 40)
        line("control moved -> the chart's new lines are drawn", drawn, "ms", 25, 40)
        line("control moved -> the frame that shows them", charts, "ms")
        line("control rests -> Plotly has drawn them too", [followed], "ms")
        reach_the_goal(page)
        page.locator(".choreo-explorable").get_by_role("slider", name="How many people").fill("300")
        page.locator(".choreo-plaza-canvas").scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        gaps, taken = zip(*page.evaluate(FRAMES, 1000 * seconds), strict=True)
        line("the stage with 300 people, drawn after a frame's begin", taken, "ms", late=16)
        line("                          from frame to frame", gaps, "ms", late=17)
        print(f"    {sum(gap > 25 for gap in gaps)} of {len(gaps)} frames came a beat late")


def opened(context: BrowserContext, site: Site) -> Page:
    """A page on which everything is there, with the chart in view."""
    page = context.new_page()
    page.add_init_script(f"{PROBE}({json.dumps({'story': STORY, 'cards': CARDS, 'act': None})});")
    until(page, "window.choreoSeen", "everything", lambda: page.goto(site.address, wait_until="commit"))
    return page


def break_it(browser: Browser, site: Site, course: RunningCourse) -> None:
    """How long a page is without its kernel, or without its server, until a card answers again."""

    def revived(kind: str, at: int, breaks: Any) -> tuple[float, float]:
        """Seconds from the break's begin, and from its end, to the answer."""
        page.wait_for_timeout(1000 * SETTLED)
        page.evaluate(REVIVAL, [kind, at])
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
        kills = [revived(kind, at, kill_kernels)[0] for kind, at in (("predict", 0), ("choice", 0), ("choice", 1))]
        line("kernel killed -> a card answers again", kills, "s", middle=2)
        servers = [revived(kind, at, kill_server)[0] for kind, at in (("predict", 1), ("choice", 2))]
        line("lesson server killed -> a card answers again", servers, "s")
        restart = [revived("written", 0, course.restart)]
        line("all stopped and started -> a card answers again", [whole for whole, _ in restart], "s")
        line("    counted from when the address is printed", [rest for _, rest in restart], "s", middle=2)
        said = page.get_by_role("alert").filter(has_text="Everything is back").count()
        print(f"    the page {'says' if said else 'does not say'} that everything is back", flush=True)


@contextmanager
def served(folder: Path, module: str, *options: str) -> Iterator[str]:
    """A server in a copy of the course: its address, once it answers."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    plain = {
        "CHOREO_DATA": str(folder / "data"),
        "CHOREO_EXERCISES": str(ROOT / "exercises"),
        "PYTHONPATH": str(ROOT / "widgets"),
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    command = [sys.executable, "-m", module, *(option.format(port=port) for option in options)]
    with (folder / "log").open("wb") as log:
        process = psutil.Popen(command, cwd=folder, env=os.environ | plain, stdout=log, stderr=log)
    try:
        _wait_until_it_listens(port, process, folder / "log")
        yield f"http://127.0.0.1:{port}/"
    finally:
        with suppress(psutil.NoSuchProcess):
            kernels = process.children(recursive=True)
            process.terminate()
            psutil.wait_procs([process], PATIENCE)
            for left in psutil.wait_procs([process, *kernels], 1)[1]:
                left.kill()


def _wait_until_it_listens(port: int, process: psutil.Popen, log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{process.args} does not listen:\n{log.read_text()[-2000:]}")


@contextmanager
def ours(folder: Path) -> Iterator[tuple[Site, RunningCourse]]:
    """`choreo start`."""
    with running_course(folder / "data", port=8790) as course:
        yield Site("ours", f"{course.address}/lessons/{LESSON}", None), course


@contextmanager
def stock(folder: Path) -> Iterator[Site]:
    """Voilà as it comes; kernels whose pages are gone end after a while, so that they do not fill the machine."""
    notebook = shutil.copy(ROOT / "lessons" / f"{LESSON}.ipynb", folder)
    tidy = ("--MappingKernelManager.cull_interval=10", "--MappingKernelManager.cull_idle_timeout=60")
    with served(
        folder, "voila", str(notebook), "--no-browser", "--port={port}", "--Voila.ip=127.0.0.1", *tidy
    ) as address:
        yield Site("stock Voilà", address, folder / "data")


@contextmanager
def marimo(folder: Path) -> Iterator[Site]:
    """The notebook as a marimo app."""
    app = folder / "lesson.py"
    convert = [sys.executable, "-m", "marimo", "convert", str(ROOT / "lessons" / f"{LESSON}.ipynb"), "-o", str(app)]
    subprocess.run(convert, check=True, capture_output=True, timeout=PATIENCE)
    app.write_text(adapted(app.read_text(encoding="utf-8")), encoding="utf-8")
    with served(folder, "marimo", "run", str(app), "--headless", "--no-token", "--port={port}") as address:
        yield Site("marimo", address, folder / "data")


def adapted(app: str) -> str:
    """The app, with what marimo does not show by itself: the lesson's link, and widgets inside a widget."""
    linked = re.sub(r"(?m)^    lesson$", "    lesson._link", app)
    parts = r"    whole = \1\n    mo.vstack([whole, whole.stage, whole.controls, whole.chart])"
    return re.sub(r"(?<=def _\(lesson)\):\n    (lesson\.explore\(.*\))", rf", mo):\n{parts}", linked)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7, help="visits of each kind")
    parser.add_argument("--quick", action="store_true", help="one round and few moves")
    asked = parser.parse_args()
    rounds, moves, seconds = (1, 10, 2.0) if asked.quick else (asked.rounds, 40, 5.0)
    with ExitStack() as stack:
        browser = stack.enter_context(launched())
        print(
            f"Chromium {browser.version}, Python {platform.python_version()}, {os.cpu_count()} cores, medians of {rounds}"
        )
        print(f"load before: {os.getloadavg()[0]:.1f}", flush=True)

        def folder() -> Path:
            return Path(stack.enter_context(tempfile.TemporaryDirectory()))

        site, course = stack.enter_context(ours(folder()))
        with ExitStack() as others:  # ended before what is measured of ours alone
            sites = [site, others.enter_context(stock(folder()))]
            if find_spec("marimo"):
                sites.append(others.enter_context(marimo(folder())))
            else:
                print("No marimo: it is not installed.")
            table(compare(browser, sites, rounds), sites)
        print()
        bare(browser, site, rounds)
        play(browser, site, moves, seconds)
        break_it(browser, site, course)
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
