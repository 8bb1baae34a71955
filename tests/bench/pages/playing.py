"""What a learner of lesson 09 waits for while playing."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from playwright.sync_api import Browser
from tests.bench.pages.columns import line
from tests.bench.pages.sites import Site, script
from tests.bench.pages.visits import new_browser, new_page, opened, until

WINS = {"How strongly people listen": 5, "How many listen far": 40, "How far away they hear somebody": 12}

# A page with nothing but a chart, that says when it is drawn.
BARE = """<!DOCTYPE html><script async src="{plotly}"></script><div></div><script>
document.querySelector("script").onload = () => {{
  Plotly.react(document.querySelector("div"), {figure});
  window.drawn = {{ at: performance.now() }};
}};
</script>"""


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


def play(browser: Browser, site: Site, visits: int, moves: int, seconds: float) -> None:
    """What learners who play, one after another, see of the wait."""
    taken, followed = [], []
    for _ in range(visits):
        with new_browser(browser) as context:
            some, rested = opened(context, site).evaluate(script("moves"), moves)
            taken += some
            followed.append(rested)
    stages, drawn, charts = zip(*taken, strict=True) if taken else ((), (), ())
    line("control moved -> the frame with the new stage", stages, "ms", 25, 40)
    line("control moved -> the chart's new lines are drawn", drawn, "ms", 25, 40)
    line("control moved -> the frame that shows them", charts, "ms")
    line("control rests -> Plotly has drawn them too", followed, "ms")
    with new_browser(browser) as context:
        page = opened(context, site)
        goal = page.locator(".choreo-player", has=page.locator(".choreo-player-goal")).last
        for name, value in WINS.items():
            goal.get_by_role("slider", name=name).fill(str(value))
        goal.get_by_text("More to play with").click()
        goal.get_by_role("slider", name="How many people").fill("300")
        goal.locator(".choreo-player-picture canvas").scroll_into_view_if_needed()
        page.wait_for_timeout(500)
        gaps, taken = zip(*page.evaluate(script("frames"), 1000 * seconds), strict=True)
        line("the stage with 300 people, drawn after a frame's begin", taken, "ms", late=16)
        line("                          from frame to frame", gaps, "ms", late=17)
        print(f"    {sum(gap > 25 for gap in gaps)} of {len(gaps)} frames came a beat late")
