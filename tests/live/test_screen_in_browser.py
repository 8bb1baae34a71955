"""The projector's page in a real browser against the real hub: the way in, what the room sees, and what it does not."""

from __future__ import annotations

import math
import re
import urllib.request
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser import axe
from tests.live.backstage import Coach, House, Person, Watch, Wire, coach_of

import choreo.live
from choreo.views.source import script

ROOM = Path(choreo.live.__file__).parent / "room"
pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

BACK_ROW = 28  # px at 1440, the least for what a room reads
Open = Callable[..., BrowserContext]


@pytest.fixture
def room(browser: Browser) -> Iterator[Open]:
    """Opens a projector."""
    watch = Watch(browser)

    def open_it(**options: Any) -> BrowserContext:
        return watch.open(**{"viewport": {"width": 1440, "height": 900}, "has_touch": False, **options})

    yield open_it
    watch.close()


def project(context: BrowserContext, wire: Wire, coach: Coach) -> Page:
    page = context.new_page()
    page.goto(f"{wire.address}/live/screen#{coach.opened['screen']}")
    expect(page.locator("#code")).to_have_attribute("aria-label", " ".join(coach.code))
    return page


def vote(wire: Wire, coach: Coach, answers: list[Any]) -> None:
    people = [Person(wire, coach.code) for _ in answers]
    for person, answer in zip(people, answers, strict=True):
        person.say({"answer": answer})
    coach.until(lambda desk: desk["ballots"] == len(answers))
    coach.do("step", to="show")


def size(page: Page, selector: str) -> float:
    return float(page.locator(selector).first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)"))


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


# -- the way in --------------------------------------------------------------------------------------------------------


def test_the_way_in_is_readable_from_the_back_row(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    head(page, "Collaboration day")
    expect(page.locator("#address")).to_have_text(f"127.0.0.1:{wire.port}/join")
    assert page.locator("#code").inner_text().replace(" ", "") == coach.code
    assert size(page, "#code") > 100
    assert size(page, "#address") > 40
    expect(page.locator("#people")).to_have_text("Nobody is here yet")
    box = page.locator("#qr").bounding_box()
    assert box is not None
    assert box["width"] > 350
    width = page.locator("#qr").evaluate("async (one) => { await one.decode(); return one.naturalWidth; }")
    assert width > 0


def test_the_qr_code_is_the_way_in_with_the_code(wire: Wire, coach: Coach) -> None:
    with urllib.request.urlopen(f"{wire.address}/live/qr/{coach.code}.svg") as reply:
        drawn = reply.read().decode()
    same = BytesIO()
    segno.make_qr(f"{wire.address}/join/{coach.code}", error="m").save(same, kind="svg", border=2, xmldecl=False)
    path = re.compile(r'stroke="#000" d="([^"]+)"|d="([^"]+)"')
    assert path.findall(drawn)[-1] == path.findall(same.getvalue().decode())[-1]


def test_people_are_counted_as_they_come(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    phone = room(viewport={"width": 390, "height": 844}).new_page()
    phone.goto(f"{wire.address}/join/{coach.code}")
    expect(page.locator("#people")).to_have_text("1 person is here")


def test_who_comes_late_can_be_shown_the_way_in_over_the_results(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(0)
    head(page, "How well do we work together")
    expect(page.locator("#small-qr")).to_be_visible()
    page.get_by_role("button", name="Show the way in").click()
    expect(page.locator("#qr")).to_be_visible()
    expect(page.locator("#scene")).to_be_hidden()
    page.get_by_role("button", name="Back to the results").click()
    head(page, "How well do we work together")


def test_a_wrong_link_shows_nothing_and_says_so(room: Open, wire: Wire, coach: Coach) -> None:
    page = room().new_page()
    page.goto(f"{wire.address}/live/screen#{coach.opened['screen'][:-4]}AAAA")
    expect(page.get_by_text("leads to no session")).to_be_visible()
    assert coach.code not in page.content()
    page.goto("about:blank")
    page.goto(f"{wire.address}/live/screen")
    expect(page.get_by_text("This link is not complete")).to_be_visible()


# -- what the room sees ------------------------------------------------------------------------------------------------


def test_answers_are_counted_then_shown_as_bars(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(0)
    head(page, "How well do we work together")
    expect(page.locator("dd")).to_have_text("0")
    vote(wire, coach, [0, 3, 3, 4, 4, 4])
    expect(page.locator("dd")).to_have_text("6")
    chart = page.get_by_role("img", name="5 very well: 3")
    expect(chart).to_be_visible()
    expect(chart.locator(".bars .point")).to_have_count(5)
    for words in ("1 not at all", "5 very well", "people"):
        expect(chart.get_by_text(words, exact=True)).to_be_visible()
    assert (
        float(chart.locator(".xtick text").first.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")) > 18
    )


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(11, 92, 173)"), ("dark", "rgb(127, 184, 245)")])
def test_charts_wear_the_palette_and_change_with_the_scheme(
    room: Open, wire: Wire, coach: Coach, scheme: Any, colour: str
) -> None:
    page = project(room(color_scheme=scheme), wire, coach)
    coach.begin(0)
    vote(wire, coach, [1, 1, 2, 2, 3])
    bar = page.locator(".bars .point path").nth(1)
    expect(bar).to_have_css("fill", colour)
    page.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    expect(bar).not_to_have_css("fill", colour)


def test_what_people_wrote_is_text_and_large_enough(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(2)
    said = ["time", "time", "time", "trust", "<img src=x onerror=alert(1)>", "a & <b>b</b>"]
    vote(wire, coach, said)
    desk = coach.until(lambda desk: len(desk["texts"]) == 4)
    expect(page.locator(".choreo-room-words li")).to_have_count(0)
    for text in desk["texts"]:
        coach.do("release", text=text["number"])
    words = page.locator(".choreo-room-words li")
    expect(words).to_have_count(4)
    expect(page.get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
    expect(page.get_by_text("a & <b>b</b>")).to_be_visible()
    assert page.locator(".choreo-room-words img, .choreo-room-words b").count() == 0
    sizes = words.evaluate_all("all => all.map((one) => parseFloat(getComputedStyle(one).fontSize))")
    assert min(sizes) >= BACK_ROW - 0.2
    assert size(page, ".choreo-word-most") == max(sizes) > min(sizes)


def test_hidden_results_are_not_on_the_page(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(0)
    vote(wire, coach, [1, 1, 2, 2, 3])
    expect(page.locator(".bars .point")).to_have_count(5)
    coach.do("hide")
    expect(page.get_by_text("The results are covered for now.")).to_be_visible()
    expect(page.locator("#scene")).to_be_hidden()
    coach.do("show")
    expect(page.locator(".bars .point").first).to_be_visible()


def test_a_pause_and_the_end_are_said(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(0)
    coach.do("pause")
    expect(page.locator("#state")).to_have_text("Paused")
    coach.do("resume")
    expect(page.locator("#state")).to_have_text("")
    coach.do("finish")
    expect(page.get_by_text("What would make it easier to answer?")).to_be_visible()
    coach.do("end")
    head(page, "Thank you. This session is over.")
    expect(page.locator("#show-code")).to_be_hidden()


def test_a_lost_line_keeps_the_last_picture_and_comes_back_by_itself(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)
    coach.begin(0)
    head(page, "How well do we work together")
    wire.cut()
    expect(page.locator("#trouble")).to_contain_text("Connection lost")
    head(page, "How well do we work together")
    coach.begin(1)
    wire.mend()
    head(page, "What helps most?")
    expect(page.locator("#trouble")).to_have_text("")


def test_only_pages_of_the_course_may_frame_the_page(wire: Wire, coach: Coach) -> None:
    with urllib.request.urlopen(f"{wire.address}/live/screen") as reply:
        policy = reply.headers["Content-Security-Policy"]
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["frame-ancestors"] == "'self'"
    assert "unsafe-inline" not in policy
    assert rules["script-src"] == "'self'"


# -- the renderer ------------------------------------------------------------------------------------------------------

KINDS: dict[str, dict[str, Any]] = {
    "bar": {"type": "bar", "x": ["A very long name of an option", "B", "C <b>& co"], "y": [1, 2, 3], "text": [1, 2, 3]},
    "scatter": {"type": "scatter", "mode": "lines+markers", "x": [0, 1, 2], "y": [1, 3, 2], "fill": "tozeroy"},
    "histogram": {"type": "histogram", "x": [1, 2, 2, 3, 3, 3]},
    "box": {"type": "box", "y": [1, 2, 2, 3, 9]},
    "heatmap": {"type": "heatmap", "z": [[1, 2], [3, 4]], "showscale": True},
    "contour": {"type": "contour", "z": [[1, 2, 3], [3, 4, 5], [2, 2, 1]]},
    "errors": {"type": "scatter", "x": [1, 2], "y": [1, 2], "error_y": {"type": "data", "array": [0.2, 0.3]}},
}
DRAW = """async ([scene, times, height = 420]) => {
  const sheet = document.querySelector("script[type=module]").src;
  const { drawScene } = await import(sheet.replace("screen.js", "room.js"));
  const place = (globalThis.testPlace ??= document.querySelector("main").appendChild(document.createElement("div")));
  Object.assign(place.style, { height: `${height}px`, flex: "none" });
  for (let time = 0; time < times; time += 1) {
    for (const figure of scene.figures) if (time) figure.data[0].y = figure.data[0].y.map((y) => y + 1);
    globalThis.testClear = drawScene(place, structuredClone(scene), Promise.resolve(globalThis.Plotly));
    await new Promise((done) => setTimeout(done, time ? 100 : 0));
  }
}"""


def scene(*traces: dict[str, Any], **layout: Any) -> dict[str, Any]:
    figure = {"data": list(traces), "layout": layout, "says": "A figure."}
    return {"title": "Drawn", "lines": [], "facts": [], "figures": [figure], "words": []}


WIPE = """() => {
  globalThis.testClear?.();
  globalThis.testPlace?.remove();
  globalThis.testPlace = globalThis.testClear = undefined;
}"""


@pytest.fixture(scope="module")
def board(browser: Browser, house: House) -> Iterator[Page]:
    """The projector's page with Plotly loaded, which takes long, and a place to draw."""
    watch, wire = Watch(browser), house.wire()
    with coach_of(wire.to) as coach:
        page = project(watch.open(viewport={"width": 1440, "height": 900}, has_touch=False), wire, coach)
        page.wait_for_function("() => globalThis.Plotly !== undefined")
        drawing = f"{script(ROOM / 'room.js')}\nexport {{ drawScene }};"
        page.route("**/room.js", lambda route: route.fulfill(body=drawing, content_type="text/javascript"))
        yield page
    watch.close()
    wire.close()


@pytest.fixture
def canvas(board: Page) -> Iterator[Page]:
    """The board, wiped afterwards."""
    yield board
    board.evaluate(WIPE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_figure_is_drawn_within_the_pages_policy(canvas: Page, kind: str) -> None:
    canvas.evaluate(DRAW, [scene(KINDS[kind] | {"meta": {"role": "goal"}}), 1])
    plot = canvas.locator(".choreo-room-plot[data-drawn]")
    expect(plot).to_be_visible()
    expect(plot.locator(".mlayer > *").first).to_be_attached()
    if kind == "heatmap":
        expect(plot.locator(".heatmaplayer image")).to_have_css("image-rendering", "pixelated")
    if kind == "bar":
        expect(plot.get_by_text("C <b>& co", exact=True)).to_be_attached()


def test_five_pictures_a_second_change_the_figure_in_place(canvas: Page) -> None:
    bars = scene({"type": "bar", "x": ["A", "B"], "y": [1, 2], "text": [1, 2]})
    canvas.evaluate(DRAW, [bars, 1])
    expect(canvas.locator(".bars .point")).to_have_count(2)
    canvas.evaluate("() => { globalThis.testBar = document.querySelector('.bars .point'); }")
    canvas.evaluate(DRAW, [bars, 12])
    assert canvas.evaluate("() => globalThis.testBar.isConnected")
    assert canvas.evaluate("() => testPlace.querySelector('.js-plotly-plot').data[0].y") == [12, 13]
    canvas.evaluate("() => globalThis.testClear()")
    expect(canvas.locator(".choreo-room-plot")).to_have_count(0)


def test_colours_follow_the_role_and_one_point_can_have_its_own(canvas: Page) -> None:
    trace = {"type": "bar", "x": ["A", "B"], "y": [1, 2], "meta": {"role": "others", "roles": ["goal", "apart"]}}
    canvas.evaluate(DRAW, [scene(trace), 1])
    bars = canvas.locator(".bars .point path")
    expect(bars.nth(0)).to_have_css("fill", "rgb(10, 107, 82)")
    expect(bars.nth(1)).to_have_css("fill", "rgb(134, 53, 143)")


def test_much_text_stands_beside_the_figure_and_fits(canvas: Page) -> None:
    full = scene({"type": "bar", "x": ["A", "B"], "y": [1, 2]})
    full["lines"] = ["What the room found, and what the model says of it, in a sentence of some length."] * 5
    full["facts"] = [[f"number {index}", "25,500 km"] for index in range(6)]
    canvas.evaluate(DRAW, [full, 1, 640])
    told, figure = canvas.locator(".choreo-room-told"), canvas.locator(".choreo-room-plot[data-drawn]")
    expect(figure).to_be_visible()
    told_box, figure_box = told.bounding_box(), figure.bounding_box()
    assert told_box is not None
    assert figure_box is not None
    assert told_box["height"] <= 641
    assert figure_box["height"] > 600
    assert told_box["x"] + told_box["width"] <= figure_box["x"]


def test_without_the_drawing_library_the_figure_says_what_it_shows(room: Open, wire: Wire, coach: Coach) -> None:
    context = room()
    context.route("**/plotly-cartesian*", lambda route: route.abort())
    page = project(context, wire, coach)
    coach.begin(0)
    vote(wire, coach, [1, 1, 2, 2, 3])
    expect(page.get_by_text("2: 2; 3: 2; 4: 1")).to_be_visible()


def test_a_circle_stays_round(canvas: Page) -> None:
    round_ = [index * math.pi / 10 for index in range(20)]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [math.cos(a) for a in round_],
        "y": [math.sin(a) for a in round_],
    }
    canvas.evaluate(DRAW, [scene(trace, yaxis={"scaleanchor": "x"}), 1])
    points = canvas.locator(".scatterlayer .point")
    expect(points).to_have_count(20)
    boxes = points.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
    wide = max(box["x"] for box in boxes) - min(box["x"] for box in boxes)
    high = max(box["y"] for box in boxes) - min(box["y"] for box in boxes)
    assert wide == pytest.approx(high, rel=0.02)


# -- for everybody -----------------------------------------------------------------------------------------------------


def test_nothing_that_axe_finds_is_wrong_and_nothing_is_cut_off(room: Open, wire: Wire, coach: Coach) -> None:
    page = project(room(), wire, coach)

    def look() -> None:
        for width, height in ((1440, 900), (1024, 768), (720, 450)):
            axe.look(page, (width, height))
            low = page.locator("footer").bounding_box()
            assert low is not None
            whole = page.evaluate("() => document.documentElement.scrollHeight")
            assert low["y"] + low["height"] <= max(height, whole) + 1

    look()
    coach.begin(1)
    head(page, "What helps most?")
    look()
    vote(wire, coach, [0, 1, 1, 2, 2, 2])
    expect(page.locator(".bars .point")).to_have_count(3)
    look()
    coach.do("hide")
    expect(page.get_by_text("The results are covered for now.")).to_be_visible()
    look()
    coach.do("show")
    coach.begin(2)
    vote(wire, coach, ["time", "time", "trust", "money", "a very long answer that goes on and on and on, to the end"])
    desk = coach.until(lambda desk: len(desk["texts"]) == 4)
    for text in desk["texts"]:
        coach.do("release", text=text["number"])
    expect(page.locator(".choreo-room-words li")).to_have_count(4)
    look()


def test_the_title_of_a_session_is_text(room: Open, wire: Wire) -> None:
    with coach_of(wire.to, {"title": "<b>Bold & brave</b>", "items": []}) as coach:
        page = project(room(), wire, coach)
        head(page, "<b>Bold & brave</b>")
        assert page.title() == "<b>Bold & brave</b> · Choreo"
        assert page.locator("main b").count() == 0
