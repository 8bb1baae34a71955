"""Every screen of every debrief on a projector: one picture, one question, readable from the back row, nothing cut."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect
from tests.browser import axe
from tests.live.backstage import Coach, Person, Watch, Wire, coach_of
from tests.live.rooms import play

from choreo.live.activities import activities
from choreo.live.scene import Scene

pytestmark = pytest.mark.browser

SECONDS = {"flash-mob": 25}  # of a step, where bots do something every second
LONG = "Some of our projects go on only because nobody of those who could stop them wants to be the one who says so."
SETTINGS: dict[str, dict[str, Any]] = {"safe-to-say": {"statement": LONG}, "pulse": {"question": LONG}}
MEASURE = """() => {
  const seen = (one) => one.getClientRects().length > 0;
  const faults = [], high = innerHeight, scene = document.querySelector("#scene");
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: one, textContent: words } = walker.currentNode;
    const style = one && getComputedStyle(one);
    if (!words.trim() || !seen(one) || style.visibility === "hidden" || one.closest("noscript, script, .choreo-hidden"))
      continue;
    if (parseFloat(style.fontSize) < high / 40 /* for any text */)
      faults.push(`${style.fontSize}: ${words.trim()}`);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    for (const box of range.getClientRects())
      if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > high + 1)
        faults.push(`outside the screen: ${words.trim()}`);
    for (let clip = one.parentElement; clip && clip !== document.body; clip = clip.parentElement) {
      if (getComputedStyle(clip).overflow === "visible") continue;
      const edge = clip.getBoundingClientRect();
      for (const box of range.getClientRects())
        if (box.left < edge.left - 2 || box.right > edge.right + 2 || box.top < edge.top - 2 || box.bottom > edge.bottom + 2)
          faults.push(`cut: ${words.trim()}`);
    }
  }
  for (const one of [document.scrollingElement, scene, ...scene.querySelectorAll("div")])
    if (seen(one) && one.clientHeight && !one.closest(".js-plotly-plot") && !one.matches(".choreo-room-plot")
        && (one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2))
      faults.push(`scrolls: ${one.className || one.id || one.localName} ${one.scrollHeight} > ${one.clientHeight}`);
  const parts = [...scene.children].filter((one) => seen(one) && !one.matches("script"));
  for (const [index, one] of parts.entries()) for (const other of parts.slice(index + 1)) {
    const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()];
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1)
      faults.push(`${one.className} over ${other.className}`);
  }
  return faults;
}"""


class Projector:
    """The projector's page, shown scenes that no hub has to be led to."""

    def __init__(self, page: Page, wire: Wire) -> None:
        self.page = page
        self.lines: list[WebSocketRoute] = []
        page.route_web_socket("**/live/screen/socket", lambda line: self.lines.append(line))
        page.goto(f"{wire.address}/live/screen#none")
        self.address = wire.address

    def show(self, scene: Scene) -> None:
        """Show a scene, and wait until its picture is drawn, on a page without the one before."""
        for one in (Scene("One moment"), scene):
            self._send(one)
            place = self.page.locator("#scene")
            expect(place.get_by_role("heading", level=1)).to_have_text(one.title)
            expect(place.locator(".choreo-room-plot")).to_have_count(len(one.figures))
            expect(place.locator(".choreo-room-plot[data-drawn]")).to_have_count(len(one.figures))

    def _send(self, scene: Scene) -> None:
        head = {"title": "Collaboration day", "code": "ABCDEF", "join": self.address + "/join", "people": 20}
        told = head | {"virtual": 0, "state": "debrief", "shown": True, "scene": scene.json()}
        self.lines[-1].send(json.dumps({"screen": told}))


@pytest.fixture
def projector(browser: Browser, wire: Wire, coach: Coach) -> Iterator[Projector]:
    watch = Watch(browser)
    context = watch.open(viewport={"width": 1920, "height": 1080}, has_touch=False, reduced_motion="reduce")
    yield Projector(context.new_page(), wire)
    watch.close()


def screens(name: str) -> list[Scene]:
    """What the room sees of a game from the first screen of its debrief to the last what-if."""
    room = play(name, 24, seed=4, settings=SETTINGS.get(name), seconds=SECONDS.get(name, 300))
    assert room.debrief is not None
    first = room.debrief
    return [first, *room.further, *room.what_ifs]


@pytest.mark.parametrize("name", activities())
def test_every_screen_of_a_debrief_is_one_picture_and_one_question_for_the_back_row(
    name: str, projector: Projector
) -> None:
    for scene in screens(name):
        assert scene.ask.endswith("?"), scene.title
        assert len(scene.figures) == 1, scene.title
        assert len(scene.lines) <= 2, scene.title
        assert len(scene.facts) <= 2, scene.title
        for shown in (scene, replace(scene, lines=("A rehearsal: everybody here is virtual.", *scene.lines))):
            projector.show(shown)
            assert projector.page.evaluate(MEASURE) == [], scene.title


def test_the_estimates_stand_then_the_truth_then_the_mean_beside_the_nearest(projector: Projector) -> None:
    room = play("wisdom-of-the-room", 24, seed=4)
    assert room.debrief is not None
    moment = [room.scenes["guesses"], room.scenes["truth"], room.debrief]
    keys = [["alone", "again"], ["alone", "again", "true"], []]
    for scene, key in zip(moment, keys, strict=True):
        projector.show(scene)
        assert projector.page.locator(".choreo-room-key li:visible").all_inner_texts() == key
        assert projector.page.evaluate(MEASURE) == []


def test_the_map_of_micro_cultures_has_most_of_the_screens_height(projector: Projector) -> None:
    room = play("micro-cultures", 25, seed=4, late=0)
    assert room.debrief is not None
    projector.show(room.debrief)
    box = projector.page.locator(".heatmaplayer image").bounding_box()
    assert box is not None
    assert box["height"] > 0.7 * 1080


def test_ones_own_result_stays_on_the_phone_through_the_debrief(browser: Browser, wire: Wire) -> None:
    plan = {
        "title": "A test",
        "items": [{"activity": "micro-cultures", "minutes": 5}, {"activity": "pulse", "minutes": 5}],
    }
    watch = Watch(browser)
    with coach_of(wire.to, plan) as coach:
        phone = watch.open().new_page()
        phone.goto(f"{wire.address}/join/{coach.code}")
        expect(phone.get_by_role("heading", name="You are in.")).to_be_visible()
        for _ in range(8):
            Person(wire, coach.code)
        coach.begin(0)
        coach.do("finish")
        own = phone.locator(".choreo-own")
        expect(own).to_contain_text("You are the filled square: row ")
        expect(own.get_by_role("img", name="A map of 9 squares. You are in row")).to_be_visible()
        expect(own.locator("rect")).to_have_count(9)
        expect(own.locator(".choreo-own-me")).to_have_count(1)
        expect(phone.get_by_role("heading", name="Look at the screen in front")).to_be_visible()
        assert axe.violations(phone) == []
        coach.do("look", screen=1)
        phone.reload()
        expect(own).to_contain_text("You are the filled square: row ")
        coach.begin(1)
        expect(own).to_have_count(0)
        coach.do("finish")
        expect(phone.get_by_role("heading", name="Look at the screen in front")).to_be_visible()
        expect(own).to_have_count(0)  # what was sealed is nobody's
    watch.close()
