"""What a learner does in lesson 01, whatever they work with."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand, Keys

NAME, TITLE = "01-disconnect", "Why is it still so hard?"
PROSE = "Many believe: pay everybody for the whole, and they will find the best."
TASTE, PREDICTION, PLAY, GOAL = "two-on-one-rope", "paid-for-the-whole", "what-they-are-paid-for", "half-the-pay"
CONTROL, CHARTS = ".choreo-player-form", ()  # the stage says it all
EXPECTED = "Eight in ten"
WINNING = {"Pay for the whole": 50, "How far each can see": "Three changes"}
EXPERIMENT, WORN, GUESS = "eat-at-joes", "I would wear it", "70"
CASE, WRONG = "onions-and-bonus", "In a year or so they will have found"
SOURCES = {
    "wet-floors": "goals", "seven-in-the-morning": "alike", "urgent": "culture", "the-crane": "fear",
    "forty-functions": "alike", "same-week": "goals", "it-works": "culture", "water-table": "fear",
}  # fmt: skip
HIMSELF = ("A free Friday is what we have all", "nobody minds getting up early", "people come and say so")
CARDS = ("eight-stuck-mornings", "onions-and-bonus", "everybody-here")


def taste(hand: Hand) -> None:
    """Put the two somewhere: with a slider, and by a press on the map, for which there are the sliders by keyboard."""
    one = walk.card(hand.page, TASTE)
    walk.move(hand, one, {"Start: left or right": 20})
    if isinstance(hand, Keys):
        return
    start = one.get_by_role("slider", name="Start: top or bottom")
    before = start.input_value()
    ground = one.locator(".choreo-player-ground")
    expect(one.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"))
    box = ground.bounding_box()
    assert box is not None
    ground.click(position={"x": 0.3 * box["width"], "y": 0.25 * box["height"]})
    expect(start).not_to_have_value(before)


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    """Some pay for the whole, and short sight."""
    walk.move(hand, walk.card(hand.page, GOAL), {"Pay for the whole": 20})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def practise(hand: Hand) -> None:
    one = walk.card(hand.page, EXPERIMENT)
    hand.pick(one.get_by_role("radio"), one.locator("label", has_text=WORN).locator("input"))
    hand.write(one.get_by_role("textbox"), GUESS)
    hand.press(walk.button(one, "Keep my answer"))
    walk.kept(one)
    walk.sort(hand, "eight-stuck-mornings", SOURCES)
    walk.choose(hand, "onions-and-bonus", "They soon agree about the sacks")
    walk.mark(hand, "everybody-here", HIMSELF)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "two-best-years")
    walk.commit(hand, "one-guess-checked")


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    expect(one.locator("label", has_text=EXPECTED).locator("input")).to_be_checked()


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    experiment = walk.card(page, EXPERIMENT)
    expect(experiment.locator("label", has_text=WORN).locator("input")).to_be_checked()
    expect(experiment.get_by_role("textbox")).to_have_value(GUESS)
    expect(experiment.locator(".choreo-alike-bars")).to_contain_text("53 of 100")
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "two-best-years"))
    walk.promised(walk.card(page, "one-guess-checked"))
    walk.whole_bar(page)
