"""Somebody taps, and a crowd follows: by keyboard, by mouse and by finger, as stills, until they stop or go away."""

import re

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import MOVING, ready
from tests.browser.lesson00 import CONTROL, NAME, TASTE
from tests.browser.walk import card

pytestmark = pytest.mark.browser

BEAT = (510, 490, 520, 480, 505)  # ms from tap to tap: no hand is even
AWAY = """() => {
    Object.defineProperty(document, "hidden", { value: true, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


def opened(page, course):
    """The taste, on a page whose clock the test moves on."""
    page.clock.install()
    page.goto(f"{course.address}/lessons/{NAME}")
    ready(page)
    one = card(page, TASTE)
    expect(one.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"))
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    return one


def tapped(page, times, tap):
    for number in range(times):
        tap()
        page.clock.run_for(BEAT[number % len(BEAT)])


def test_a_crowd_follows_who_taps_by_keyboard_and_by_mouse_and_claps_on_when_they_stop(shared_course, new_learner):
    page = new_learner(viewport={"width": 1280, "height": 720}, **MOVING)
    one = opened(page, shared_course)
    button, words = one.locator(CONTROL), one.locator(".choreo-player-tapwords")
    number, play = one.locator(".choreo-player-number"), one.get_by_role("button", name="Play", exact=True)
    expect(number).not_to_have_text("40 of 40")
    button.focus()
    tapped(page, 3, lambda: page.keyboard.press("Space"))
    expect(words).to_have_text("Go on: a few more taps, and they hear a beat.")
    tapped(page, 30, lambda: page.keyboard.press("Enter"))
    expect(number).to_have_text("40 of 40")
    expect(words).to_have_text(re.compile(r"^1(19|20|21) a minute\. 40 of 40 clap with you\.$"))
    expect(one.get_by_role("status").filter(has_text="40 of 40 clap with you.")).not_to_have_count(0)  # and aloud
    page.clock.run_for(4000)
    expect(words).to_have_text("You have stopped. 40 of 40 clap together.")
    page.clock.run_for(6000)
    expect(words).to_have_text(re.compile(r"^Your beat has ended\. \d+ s: 40 of 40 clap together\."))
    expect(one).not_to_have_attribute("data-tapping", "")
    play.click()  # it is a run like any other now
    page.clock.run_for(500)
    expect(one.get_by_role("button", name="Pause")).to_be_visible()

    tapped(page, 30, button.click)
    expect(number).to_have_text("40 of 40")
    page.evaluate(AWAY)
    expect(words).to_have_text(re.compile("^Your beat has ended"))


def test_a_finger_taps_on_stills_for_who_asked_for_less_motion(shared_course, new_learner):
    page = new_learner(viewport={"width": 390, "height": 844}, has_touch=True)
    one = opened(page, shared_course)
    button = one.locator(CONTROL)
    button.scroll_into_view_if_needed()
    for _ in range(6):
        button.tap()
        page.clock.run_for(250)  # four a second: no crowd flickers so fast
    expect(one.locator(".choreo-player-tapwords")).to_contain_text("So fast that the picture rests.")
    page.clock.run_for(3000)
    tapped(page, 24, button.tap)
    expect(one.locator(".choreo-player-tapwords")).to_contain_text("40 of 40 clap with you.")
    page.clock.run_for(61_000)
    expect(one.locator(".choreo-player-tapwords")).to_contain_text("Your beat has ended.")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
