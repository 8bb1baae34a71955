"""What a learner does in lesson 10, whatever they work with."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand
from tests.browser.lesson02 import spot

from choreo.explorables.second_voice import LOW, NAMES, PLACES

NAME, TITLE = "10-authoring", "Authoring together"
PROSE = "Many believe: a new contact opens a new door."
TASTE, PREDICTION, PLAY, GOAL = "nobody-first", "four-bridges", "one-voice-each", "whoever-begins"
CONTROL, CHARTS = ".choreo-player-theatre", ()  # bridges are drawn by hand, and the stage says it all
EXACT = True  # luck plays no part in the goal
EXPECTED = "Eight: all markets and all hostels"
FAIR = ((0, 6), (3, 7))  # taken away: a first voice for two hostels
SECOND_VOICES = ((1, 5), (6, 10))
CASE, WRONG = "third-visit", "The two largest choirs, one from each town"
SAVED_OR_MADE = {
    "kitchen": "value", "night": "world", "fleet": "value", "river": "world", "seats": "value", "record": "world",
}  # fmt: skip
WHERE = {"heard": "bridges", "ready": "language", "nods": "safety", "breaks": "rhythm", "grant": "pull"}
CARDS = ("third-visit", "saved-or-made", "where-to-look")
PAGE, PROFILE = "my-page", "then-and-now"


def tie(hand: Hand, item: str, one: int, other: int, says: str) -> None:
    """Draw a bridge, or take it away, and see what the stage says of it."""
    card = walk.card(hand.page, item)
    ends = (spot(hand, item, person, lambda rows: LOW if rows == 1 else PLACES) for person in (one, other))
    hand.tie(card.locator(".choreo-player-theatre"), *ends)
    drawn = card.locator(".choreo-player-drawn")
    expect(drawn).to_contain_text(says)
    for person in (one, other):
        expect(drawn).to_contain_text(NAMES[person])


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"How many each wants to see first": 1})


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    card = walk.card(hand.page, PLAY)
    expect(card.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"))
    tie(hand, PLAY, 1, 5, "A bridge from")
    expect(card.locator(".choreo-player-bubble")).to_have_text(re.compile(r"\w+"))


def nearly(hand: Hand) -> None:
    """A second voice on one shore only."""
    tie(hand, GOAL, *FAIR[0], "No bridge from")


def reach(hand: Hand) -> None:
    card = walk.card(hand.page, GOAL)
    undo = walk.button(card, "Undo")
    if undo.is_enabled():
        hand.press(undo)
    for pair in FAIR:
        tie(hand, GOAL, *pair, "No bridge from")
    for pair in SECOND_VOICES:
        tie(hand, GOAL, *pair, "A bridge from")
    walk.reached(card)


def practise(hand: Hand) -> None:
    walk.choose(hand, "third-visit", "A second choir from Tartu")
    walk.sort(hand, "saved-or-made", SAVED_OR_MADE)
    walk.match(hand, "where-to-look", WHERE)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "new-in-the-world")
    walk.commit(hand, "one-more-voice")


def afterwards(hand: Hand, open_one: Callable[..., None]) -> None:
    """Take over on the page what was written above, and draw the second picture of oneself."""
    open_one(hand, "on one page")
    page = walk.card(hand.page, PAGE)
    hand.press(walk.button(page, "Take over all that I wrote earlier"))
    hand.write(page.get_by_role("textbox", name="Players"), walk.TEXT)
    hand.press(walk.button(page, "Keep my page"))
    walk.kept(page)
    open_one(hand, "Then and now")
    profile = walk.card(hand.page, PROFILE)
    for statement in profile.locator("fieldset").all():
        marks = statement.get_by_role("radio")
        hand.pick(marks, marks.nth(3))
    hand.press(walk.button(profile, "Draw my picture"))
    walk.kept(profile)
    open_one(hand)
    expect(hand.page.locator(".choreo-plans")).to_contain_text(walk.Plan().will)


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    expect(one.locator("label", has_text=EXPECTED).locator("input")).to_be_checked()


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "new-in-the-world"))
    walk.promised(walk.card(page, "one-more-voice"))
    for field in ("Intent", "Players", "Bridges"):
        box = walk.card(page, PAGE).get_by_role("textbox", name=field)
        expect(box).to_have_value(re.compile(re.escape(walk.TEXT)))  # beside what came from other lessons
    expect(walk.card(page, PROFILE)).to_contain_text("It is a picture, not a mark.")
    expect(page.locator(".choreo-plans")).to_contain_text(walk.Plan().will)
    walk.whole_bar(page)
