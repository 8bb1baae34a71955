"""Ten minutes that a room leads itself, and pairs that phones make: two phones and a projector, against the real hub."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tests.browser import axe
from tests.live.backstage import Coach, Person, Watch, Wire

from choreo.live.activities import guide_to

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

Open = Callable[..., BrowserContext]
QUESTIONS = guide_to("pulse")


@pytest.fixture
def browse(browser: Browser) -> Iterator[Open]:
    watch = Watch(browser)
    yield watch.open
    watch.close()


def projector(browse: Open, wire: Wire, coach: Coach, **options: Any) -> Page:
    page = browse(viewport={"width": 1920, "height": 1080}, has_touch=False, **options).new_page()
    page.goto(f"{wire.address}/live/screen#{coach.opened['screen']}")
    expect(page.locator("#code")).to_have_attribute("aria-label", " ".join(coach.code))
    return page


def phone(browse: Open, wire: Wire, coach: Coach) -> Page:
    page = browse().new_page()
    page.goto(f"{wire.address}/join/{coach.code}")
    expect(page.get_by_role("heading", name="You are in.")).to_be_visible()
    return page


def head(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", name=words)).to_be_visible()


def at_debrief(wire: Wire, coach: Coach, phones: list[Page]) -> None:
    """A pulse whose answers are shown; who answers beside the phones leaves again."""
    coach.begin(0)
    people = [Person(wire, coach.code) for _ in range(6)]
    for number, person in enumerate(people):
        person.say({"answer": number % 5})
    coach.until(lambda desk: desk["ballots"] == 6)
    coach.do("step", to="show")
    coach.do("finish")
    for person in people:
        coach.do("remove", who=person.who)
    for page in phones:
        head(page, "Look at the screen in front")


def test_two_phones_lead_themselves_through_four_screens(browse: Open, wire: Wire, coach: Coach) -> None:
    room = projector(browse, wire, coach)
    one, other = phone(browse, wire, coach), phone(browse, wire, coach)
    at_debrief(wire, coach, [one, other])
    coach.do("guide", screen=0)
    head(room, QUESTIONS[0])
    expect(room.locator("#scene")).to_be_hidden()
    expect(room.locator("#countdown")).to_have_text(re.compile(r"^[12]:\d\d$"))
    head(one, "What did we expect?")
    expect(one.get_by_text(QUESTIONS[0])).to_be_visible()
    assert axe.violations(room) == []
    assert axe.violations(one) == []
    one.get_by_role("button", name="We can go on").click()
    expect(one.get_by_text("You can go on. The room goes on when most can.")).to_be_visible()
    expect(room.get_by_text("1 of 2 can go on.")).to_be_visible()
    other.get_by_role("button", name="We can go on").click()
    head(room, QUESTIONS[1])
    expect(room.get_by_role("img", name="5 very well: 1")).to_be_visible()
    for number in (1, 2):
        for page in (one, other):
            expect(page.get_by_text(QUESTIONS[number])).to_be_visible()
            page.get_by_role("button", name="We can go on").click()
    head(room, QUESTIONS[3])
    expect(room.locator("#scene")).to_be_hidden()
    for page in (one, other):
        page.get_by_role("button", name="We have it").click()
    head(one, "Look at the screen in front")
    expect(room.locator("#talk")).to_be_hidden()
    head(room, "How well do we work together")


def test_phones_make_pairs_and_who_comes_late_is_in_one(browse: Open, wire: Wire, coach: Coach) -> None:
    room = projector(browse, wire, coach)
    one, other = phone(browse, wire, coach), phone(browse, wire, coach)
    at_debrief(wire, coach, [one, other])
    coach.do("groups", size=2, seconds=360)
    for page in (one, other):
        head(page, "In pairs")
        expect(page.get_by_text("Blue 1", exact=True)).to_be_visible()
        expect(page.get_by_text("Find the one other phone that shows this.")).to_be_visible()
        expect(page.get_by_role("timer")).to_have_text(re.compile(r"^[56]:\d\d$"))
    assert axe.violations(one) == []
    expect(room.get_by_text("find the phone that shows the same colour")).to_be_visible()
    expect(room.locator("#countdown")).to_have_text(re.compile(r"^[56]:\d\d$"))
    assert axe.violations(room) == []
    late = browse().new_page()
    late.goto(f"{wire.address}/join/{coach.code}")
    expect(late.get_by_text("Blue 1", exact=True)).to_be_visible()
    expect(one.get_by_text("Find the 2 other phones that show this.")).to_be_visible()
    late.get_by_role("button", name="Leave this session").click()
    late.get_by_role("button", name="Leave", exact=True).click()
    expect(one.get_by_text("Find the one other phone")).to_be_visible()
    coach.do("groups", size=0)
    head(one, "Look at the screen in front")
