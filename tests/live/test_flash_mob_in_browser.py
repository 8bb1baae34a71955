"""The flash mob's pad as people have it in their hands: taps go out in batches, beats come in as light and sound."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from tests.browser.axe import look
from tests.browser.chromium import launched

import choreo.live.activities
from choreo.views.source import VIEWS, script

pytestmark = pytest.mark.browser

SCRIPT = Path(choreo.live.activities.__file__).parent / "flash_mob" / "phone.js"
CSP = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'none'"
HTML = """<!doctype html><html lang="en"><title>Pad</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/theme.css">
<main><h1>Flash mob</h1><div id="place"></div></main>
<script type="module" src="/page.js"></script></html>"""
AHEAD = 5_000_000
PAGE = f"""
import flashMob from "/flash_mob.js";
const kept = new Map();
window.said = [];
window.told = [];
window.flashes = [];
window.tones = 0;
const animate = Element.prototype.animate;
Element.prototype.animate = function (frames, options) {{
  if (options.duration > 200) flashes.push([this.tagName, performance.now()]);
  return animate.call(this, frames, options);
}};
const start = OscillatorNode.prototype.start;
OscillatorNode.prototype.start = function (at) {{ window.tones += 1; return start.call(this, at); }};
window.answer = () => Promise.resolve();
window.running = new Set();
const [begin, stop] = [setInterval, clearInterval];
window.setInterval = (...all) => {{ const id = begin(...all); running.add(id); return id; }};
window.clearInterval = (id) => {{ running.delete(id); stop(id); }};
const room = {{
  say: (data) => {{ said.push(data); return answer(); }},
  now: (event) => (event ? event.timeStamp : performance.now()) + {AHEAD},
  align: () => Promise.resolve({AHEAD}),
  text: (tag, words, className = "") => Object.assign(document.createElement(tag), {{ textContent: words, className }}),
  announce: (words) => told.push(words),
  get reduced() {{ return matchMedia("(prefers-reduced-motion: reduce)").matches; }},
  keep: {{ get: (key) => kept.get(key), set: (key, value) => kept.set(key, value) }},
}};
window.part = flashMob(document.getElementById("place"), room);
window.view = (step, voices) => part.show({{ step, task: `Task of ${{step}}`, voices }});
view("calibrate", []);
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


def opened(context: BrowserContext) -> Page:
    files = {
        "/flash_mob.js": ("text/javascript", script(SCRIPT)),
        "/page.js": ("text/javascript", PAGE),
        "/theme.css": ("text/css", Path(VIEWS / "theme.css").read_text(encoding="utf-8")),
    }

    def answer(route: Route) -> None:
        kind, body = files.get("/" + route.request.url.rsplit("/", 1)[1], ("text/html", HTML))
        route.fulfill(body=body, content_type=kind, headers={"Content-Security-Policy": CSP})

    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"the page raised {error}"))
    page.on("console", lambda message: pytest.fail(message.text) if message.type == "error" else None)
    page.route("**/*", answer)
    page.goto("http://pad.test/pad")
    expect(page.get_by_text("Task of calibrate")).to_be_visible()
    return page


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True)
    yield opened(context)
    context.close()


def until(page: Page, condition: str) -> None:
    """Wait until a JavaScript expression holds, for 20 seconds at most."""
    look = f"const look = () => ({condition}) || --left < 0 ? done(left >= 0) : setTimeout(look, 25); look();"
    assert page.evaluate(f"() => new Promise((done) => {{ let left = 800; {look} }})"), condition


def said(page: Page, count: int) -> list[dict[str, Any]]:
    """What was said, once at least so many taps were."""
    until(page, f"said.flatMap((one) => one.taps).length >= {count}")
    messages: list[dict[str, Any]] = page.evaluate("said")
    return messages


def flashes(page: Page, tag: str, count: int) -> list[float]:
    """When elements of this kind flashed, once they did so often enough."""
    until(page, f"flashes.filter(([tag]) => tag === '{tag}').length >= {count}")
    return [at for kind, at in page.evaluate("flashes") if kind == tag]


def test_taps_of_finger_and_keys_go_out_in_batches_stamped_in_the_hubs_time(page: Page) -> None:
    pad = page.get_by_role("button", name="Tap here")
    before = page.evaluate("performance.now()")
    pad.tap()
    pad.click()
    pad.press("Space")
    pad.press("Enter")
    messages = said(page, 4)
    taps = [tap for message in messages for tap in message["taps"]]
    after = page.evaluate("performance.now()")
    assert len(taps) == 4
    assert len(messages) <= 3
    assert taps == sorted(taps)
    assert all(isinstance(tap, int) and AHEAD + before - 1 <= tap <= AHEAD + after + 1 for tap in taps)


def test_a_held_key_is_one_tap(page: Page) -> None:
    page.get_by_role("button", name="Tap here").focus()
    for _ in range(5):
        page.keyboard.down("Space")
    page.keyboard.up("Space")
    page.keyboard.press("Enter")
    assert sum(len(message["taps"]) for message in said(page, 2)) == 2


def test_a_click_of_a_screen_reader_is_a_tap(page: Page) -> None:
    until(page, "performance.now() > 1100")
    page.get_by_role("button", name="Tap here").evaluate("(pad) => pad.click()")
    assert len(said(page, 1)[0]["taps"]) == 1


def test_taps_wait_for_the_message_before_and_then_go_together(page: Page) -> None:
    page.evaluate("() => { window.answer = () => new Promise((done) => { window.arrived = done; }); }")
    pad = page.get_by_role("button", name="Tap here")
    pad.tap()
    said(page, 1)
    pad.tap()
    until(page, f"performance.now() > {page.evaluate('performance.now()') + 1100}")
    pad.tap()
    assert len(page.evaluate("said")) == 1
    page.evaluate("arrived()")
    assert [len(message["taps"]) for message in said(page, 3)] == [1, 2]


def test_a_refusal_stops_nothing(page: Page) -> None:
    page.evaluate("() => { window.answer = () => Promise.reject(new Error('late')); }")
    pad = page.get_by_role("button", name="Tap here")
    pad.tap()
    said(page, 1)
    pad.tap()
    said(page, 2)


def test_the_pulse_flashes_at_its_time_and_makes_no_sound_unless_asked(page: Page) -> None:
    page.get_by_role("button", name="Tap here").tap()
    page.evaluate(f"view('conductor', [[{AHEAD}, 600, 1]])")
    expect(page.get_by_text("The sound is off: watch the edge of the pad.")).to_be_visible()
    off = [min(at % 600, 600 - at % 600) for at in flashes(page, "BUTTON", 5)]
    assert sorted(off)[2] < 60
    assert page.evaluate("tones") == 0
    sound = page.get_by_role("button", name="Sound: off")
    expect(sound).to_have_attribute("aria-pressed", "false")
    sound.click()
    expect(page.get_by_role("button", name="Sound: on")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_text("You hear one beat.")).to_be_visible()
    until(page, "tones >= 2")


def test_large_flashes_stay_under_three_a_second_whatever_comes(page: Page) -> None:
    page.evaluate(f"view('everyone', [[{AHEAD}, 130, 1]])")
    assert min(late - early for early, late in pairwise(flashes(page, "BUTTON", 4))) >= 390


def test_neighbours_are_dots_and_the_pad_stays_calm(page: Page) -> None:
    page.evaluate(f"view('neighbours', [[{AHEAD}, 600, 1], [{AHEAD + 200}, 500, 1], [{AHEAD}, 600, 0]])")
    expect(page.get_by_text("watch the 3 dots above the pad")).to_be_visible()
    flashes(page, "SPAN", 4)
    assert {tag for tag, _ in page.evaluate("flashes")} == {"SPAN"}
    page.evaluate("view('alone', [])")
    expect(page.get_by_text("Nothing to follow: keep your own beat.")).to_be_visible()
    assert page.evaluate("told") == ["Task of calibrate", "Task of neighbours", "Task of alone"]


@pytest.mark.parametrize("width", [320, 390, 844])
def test_the_pad_stays_where_it_is_whatever_is_said_around_it(browser: Browser, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 700}, has_touch=True)
    page = opened(context)
    pad = page.get_by_role("button", name="Tap here")

    def place() -> list[float]:
        """On the page, which may be scrolled to a button below."""
        found: list[float] = pad.evaluate(
            "(pad) => [...['left', 'top', 'width', 'height'].map(side => pad.getBoundingClientRect()[side]), scrollY]"
        )
        found[1] += found.pop()
        return found

    before = place()
    long = "Everybody hears a few neighbours, and some also hear one person far away, wherever they are. " * 3
    voices = f"[{AHEAD}, 600, 1],"
    for step, count, task in (("conductor", 1, "Short."), ("far", 9, long), ("alone", 0, long), ("everyone", 1, "")):
        page.evaluate(f"part.show({{ step: '{step}', task: '{task}', voices: [{voices * count}] }})")
        assert place() == before, step
        page.get_by_role("button", name="Sound").click()
        assert place() == before, step
    context.close()


def test_reduced_motion_keeps_the_pad_calm(browser: Browser) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = opened(context)
    page.evaluate(f"view('conductor', [[{AHEAD}, 600, 1]])")
    flashes(page, "SPAN", 3)
    assert {tag for tag, _ in page.evaluate("flashes")} == {"SPAN"}
    context.close()


def test_nothing_runs_on_after_the_end(page: Page) -> None:
    page.evaluate(f"view('conductor', [[{AHEAD}, 500, 1]])")
    flashes(page, "BUTTON", 1)
    assert page.evaluate("running.size") == 3
    page.evaluate("part.end()")
    assert page.evaluate("running.size") == 0


def test_the_pad_is_accessible_in_both_schemes(browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 800}, reduced_motion="reduce")
    page = opened(context)
    page.evaluate(
        "document.body.style.background = 'var(--choreo-paper)'; document.body.style.color = 'var(--choreo-ink)'"
    )
    page.evaluate(f"view('neighbours', [[{AHEAD}, 600, 1], [{AHEAD}, 500, 1]])")
    look(page)
    context.close()
