"""How fast a lesson opens: `python -m tests.bench.pages [--quick]`. Nothing here fails; what misses its aim gets a "!".

The same lesson from three servers in one browser, taking turns: ours (`choreo start`, entered by the hub) as a learner opens
it, step by step, and with all its steps open; stock Voilà (`voila lessons/09-choreography.ipynb`), and marimo (the notebook
as `marimo convert` makes an app of it), which know no steps. Medians of what a page sees of itself, in seconds from the start
of the navigation:

    text        the first paragraph of the lesson's story is painted
    control     the first control can be moved: that of the taste
    everything  all that is open can be used, and the taste has its stage
    answer      somebody goes on, the prediction is locked in as soon as it can be, and is kept (in a visit of its own)
    chart       somebody goes on without predicting as soon as that is possible, and Plotly has drawn the chart of what
                opens then. The page scrolls to it: charts are drawn where somebody looks
    HTTP kB     as it went over the wire, heads included, until a second after the last of it: with the chart and all runs
    socket kB   all websocket frames; a browser tells what they say and not how long they were, so where both ends agreed
                to compress they are compressed once more here

Then each of our lessons as it opens, at a first and a repeat visit, and what a learner of lesson 09 waits for while
playing (of lesson 02 while drawing), what learners of all lessons wait for who move a control, and when servers die.
`--only servers|lessons|plotly|playing|controls|breaking` measures one of these.
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

from playwright.sync_api import Browser
from tests.bench.pages.breaking import break_it
from tests.bench.pages.comparison import compare, each_lesson, table
from tests.bench.pages.controls import control
from tests.bench.pages.drawing import draw
from tests.bench.pages.playing import bare, play
from tests.bench.pages.sites import Site, marimo, ours, stock
from tests.browser.chromium import launched

PARTS = ("servers", "lessons", "plotly", "playing", "controls", "breaking")


def servers(browser: Browser, mine: list[Site], rounds: int) -> None:
    """Compare with the others, which run no longer than that."""
    with ExitStack() as others:
        sites = [*mine, others.enter_context(stock(_folder(others)))]
        if find_spec("marimo"):
            sites.append(others.enter_context(marimo(_folder(others))))
        else:
            print("No marimo: it is not installed.")
        table(compare(browser, sites, rounds), sites)


def _folder(stack: ExitStack) -> Path:
    return Path(stack.enter_context(tempfile.TemporaryDirectory()))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--rounds", type=int, default=7, help="visits of each kind")
    parser.add_argument("--quick", action="store_true", help="one round and few moves")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=PARTS, help="what is measured; all if left out")
    asked = parser.parse_args()
    rounds, moves, seconds = (1, 10, 2.0) if asked.quick else (asked.rounds, 40, 5.0)
    visits = min(rounds, 3)
    with ExitStack() as stack:
        browser = stack.enter_context(launched())
        on = f"Chromium {browser.version}, Python {platform.python_version()}, {os.cpu_count()} cores"
        print(f"{on}, medians of {rounds}\nload before: {os.getloadavg()[0]:.1f}", flush=True)
        stepwise, site, course = stack.enter_context(ours(_folder(stack)))
        parts = {
            "servers": lambda: servers(browser, [stepwise, site], rounds),
            "lessons": lambda: each_lesson(browser, stepwise, rounds),
            "plotly": lambda: bare(browser, site, rounds),
            "playing": lambda: (play(browser, site, visits, moves, seconds), draw(browser, site, moves)),
            "controls": lambda: control(browser, site, moves),
            "breaking": lambda: break_it(browser, site, course),
        }
        for name in PARTS:
            if name in asked.only:
                parts[name]()
    print(f"\nload after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
