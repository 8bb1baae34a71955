"""What a learner does in lesson 00, whatever they work with."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "00-welcome", "Where do you stand?"
PROSE = "Many believe: whoever wants to move people must reach them all."
TASTE, PREDICTION, PLAY, GOAL = "clap-with-us", "how-many-must-hear-you", "some-of-them-hear-you", "all-hear-all"
CONTROL, CHARTS = ".choreo-player-tap", ()  # a goal there is not: the last stage is a play as well
EXPECTED = 40
CASE, WRONG = "twenty-to-win", "The twenty at the gate, all side by side."
PROFILE, OWN, PLAN = "collaboration-capacity", "my-collaboration", "my-first-beat"
LINES = ("one lift for two wards", "the night shift upstairs", "each finds the lift taken")
PLACES = {
    "bakery": "passed",
    "quarry": "passed",
    "night-porters": "stops",
    "tutors": "stops",
    "channel": "drowns",
    "assembly": "drowns",
}


def taste(hand: Hand) -> None:
    """A few taps: test_tapping.py taps for longer."""
    one = walk.card(hand.page, TASTE)
    button = one.locator(CONTROL)
    for _ in range(4):
        hand.press(button)
    expect(one.locator(".choreo-player-tapwords")).not_to_contain_text("Space or Enter")


def predict(hand: Hand) -> None:
    walk.predict_number(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def reach(hand: Hand) -> None:
    """Let each hear nobody but you: then all who hear you stay with you."""
    one = walk.play(hand, GOAL)
    walk.move(hand, one, {"Whom each of them hears besides": "Nobody"})
    expect(one.locator(".choreo-player-theatre")).to_have_attribute("aria-label", re.compile("nobody else"))


def practise(hand: Hand) -> None:
    one = walk.card(hand.page, OWN)
    for box, words in zip(one.get_by_role("textbox").all(), LINES, strict=True):
        hand.write(box, words)
    hand.press(walk.button(one, "Keep"))
    walk.kept(one)
    one = walk.card(hand.page, PROFILE)
    for number, statement in enumerate(one.locator(".choreo-profile-statement").all()):
        hand.pick(statement.locator("input"), statement.locator(f"input[value='{1 + number % 5}']"))
    hand.press(walk.button(one, "Draw my picture"))
    walk.kept(one)
    walk.choose(hand, CASE, "Every third stall")
    walk.sort(hand, "passed-on-or-drowned", PLACES)


def transfer(hand: Hand) -> None:
    walk.commit(hand, PLAN)


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    expect(one.get_by_role("textbox")).to_have_value(f"{EXPECTED}")


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    expect(walk.card(page, PROFILE).locator(".choreo-profile-radar")).to_be_visible()
    for item in (CASE, "passed-on-or-drowned"):
        walk.judged(walk.card(page, item))
    for box, words in zip(walk.card(page, OWN).get_by_role("textbox").all(), LINES, strict=True):
        expect(box).to_have_value(words)
    walk.promised(walk.card(page, PLAN))
    walk.whole_bar(page)
