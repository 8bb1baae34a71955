"""What a learner does in lesson 08, whatever they work with."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "08-capacity", "Wisdom or folly"
PROSE = "Many believe: the more people have spoken, the safer it is."
TASTE, PREDICTION, PLAY, GOAL = "fifteen-tongues", "the-hundredth-taster", "a-season-of-lots", "one-meeting"
CONTROL, CHARTS = ".choreo-control-range", ()  # the stages say it all
EXPECTED = "In hardly any: ninety-nine have helped"
SMALL = {
    "sixty-days-of-roasting": {"Days from meeting to meeting": 20},
    "a-handbook-that-learns": {"How fast people take over the handbook": 10},
    "the-same-blind-spot": {"How much of their errors they share": 20},
}
PEOPLE, RHYTHM = "Authorship: how many speak", "Rhythm: how many at a time"
PRESENCE, LANGUAGE = "Presence: keep their own taste", "Language: farms they come from"
WINNING = {PEOPLE: 25, RHYTHM: 20, PRESENCE: 10, LANGUAGE: 10}
CASE, WRONG = "seven-floors-of-cracks", "Twelve more should walk along."
FOLLIES = {
    "bridge": "think",
    "clinic": "think",
    "hall": "half",
    "signs": "half",
    "date": "pretend",
    "survey": "pretend",
}
RITUALS = {"round": "cards", "daily": "weeks", "newcomer": "notes", "alike": "outsider", "never": "together"}
CARDS = ("name-the-folly", "repair-a-ritual", "seven-floors-of-cracks")


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"How often a tongue is right": 80})


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    """Who has a voice, from where, and on time: but in turn."""
    walk.move(hand, walk.card(hand.page, GOAL), {PEOPLE: 25, LANGUAGE: 10})


def reach(hand: Hand) -> None:
    """The one meeting, after the three small stages where these come first."""
    if not walk.card(hand.page, GOAL).is_visible():
        for item, settings in SMALL.items():
            walk.move(hand, walk.card(hand.page, item), settings)
        walk.open_step(hand)
    walk.reach(hand, GOAL, WINNING)


def practise(hand: Hand) -> None:
    walk.sort(hand, "name-the-folly", FOLLIES)
    walk.match(hand, "repair-a-ritual", RITUALS)
    walk.choose(hand, "seven-floors-of-cracks", "Each marks a slip at the door")


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "one-meeting-of-ours")
    walk.commit(hand, "before-i-hear-you")


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
    walk.written(walk.card(page, "one-meeting-of-ours"))
    walk.promised(walk.card(page, "before-i-hear-you"))
    walk.whole_bar(page)
