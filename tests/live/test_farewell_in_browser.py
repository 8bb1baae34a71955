"""What a phone shows of the room's picture, and what it takes home."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser import axe
from tests.live.backstage import Coach, Person, Watch, Wire, coach_of

pytestmark = pytest.mark.browser

PLAN = {
    "title": "Team day",
    "items": [
        {"activity": "flash-mob", "minutes": 5, "settings": {}},
        {
            "activity": "ten-dots",
            "minutes": 5,
            "settings": {"question": "What first?", "proposals": ["A map", "A feast"]},
        },
    ],
}


@pytest.fixture
def coach(wire: Wire) -> Iterator[Coach]:
    with coach_of(wire.to, PLAN) as coach:
        yield coach


@pytest.fixture
def watch(browser: Browser) -> Iterator[Watch]:
    watch = Watch(browser)
    yield watch
    watch.close()


def joined(watch: Watch, wire: Wire, coach: Coach) -> tuple[Page, list[Person]]:
    page = watch.open(reduced_motion="reduce").new_page()
    page.goto(f"{wire.address}/join/{coach.code}")
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    return page, [Person(wire, coach.code) for _ in range(5)]


def test_dots_are_given_by_keyboard_and_the_result_is_seen_on_the_phone(watch: Watch, wire: Wire, coach: Coach) -> None:
    page, people = joined(watch, wire, coach)
    coach.begin(1)
    page.get_by_role("spinbutton", name="A map").press("ArrowUp")
    expect(page.get_by_text("9 dots are left.", exact=True).first).to_be_visible()
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".choreo-note")).to_have_text("Please give all 10 dots. 9 dots are left.")
    page.get_by_role("spinbutton", name="A feast").press("End")
    axe.look(page, (390, 844))
    page.get_by_role("button", name="Send my answer").click()
    expect(page.locator(".choreo-note")).to_have_attribute("data-state", "sent")
    for person in people:
        person.say({"dots": [10, 0]})
    coach.do("step", to="show")
    expect(page.locator("#picture")).to_be_hidden()
    coach.do("share")
    expect(page.get_by_role("img", name="A map (6 people): 51; A feast (1 person): 9.")).to_be_visible()
    expect(page.locator("#picture .main-svg").first).to_be_visible()
    axe.look(page, (390, 844))
    coach.do("finish")
    expect(page.get_by_role("heading", name="Look at it together")).to_be_visible()
    coach.do("unshare")
    expect(page.get_by_role("heading", name="Look at the screen in front")).to_be_visible()
    expect(page.locator("#picture")).to_be_hidden()


def test_a_phone_takes_home_the_picture_the_lesson_and_its_own_plan(watch: Watch, wire: Wire, coach: Coach) -> None:
    page, people = joined(watch, wire, coach)
    lesson = {"name": "09-flash-mob", "title": "A flash mob", "minutes": 20}
    page.route("**/live/lessons", lambda route: route.fulfill(json={"09": lesson}))
    coach.begin(0)
    coach.begin(1)
    for person in people:
        person.say({"dots": [10, 0]})
    coach.do("step", to="show")
    coach.do("end")
    expect(page.get_by_role("heading", name="Thank you for being here")).to_be_visible()
    expect(page.get_by_role("img", name="A map (5 people): 50")).to_be_visible()
    expect(page.get_by_role("link", name="Open: A flash mob")).to_have_attribute("href", "/lessons/09-flash-mob")
    axe.look(page, (390, 844))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Put it into my calendar").click()
    expect(page.locator("#after [role=status]")).to_contain_text("fill in all three")
    page.get_by_label("If …").fill("the meeting runs over")
    page.get_by_label("then I will …").fill("ask who needs it")
    with page.expect_download() as got:
        page.get_by_role("button", name="Put it into my calendar").click()
    text = Path(got.value.path()).read_text(encoding="utf-8").replace("\n ", "")
    assert "SUMMARY:If the meeting runs over\\, then I will ask who needs it\n" in text
    assert [url for url in asked if not url.startswith("blob:")] == []
    page.reload()
    expect(page.get_by_label("then I will …")).to_have_value("ask who needs it")
