"""What a learner does in lesson 05, whatever they work with."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "05-three-modes", "Three ways to work together"
PROSE = "Many believe: ask more people, and you get more minds."
TASTE, PREDICTION, PLAY, GOAL = "a-word-that-weighs", "ask-the-whole-yard", "two-hundred-guesses", "a-seat-at-the-end"
SECOND, EDGE = "who-opens-first", "over-the-edge"
CONTROL, CHARTS = ".choreo-control-range", ()  # the stages say it all
EXPECTED = "Ten times as many: about sixty"
MOST = "Most: about as many as they expected"
WINNING = {"How far people let go": 100, "How far the chair listens": 75, "When the chair speaks": "Last"}
CASE, WRONG = "agreed-or-aligned", "They vote, and the eight have won."
OCCASIONS = {"dyke": "one", "allergens": "one", "street": "turns", "hall": "turns", "river": "all", "leavers": "all"}
ROUND = ("facts", "alone", "wall", "ends", "chair", "act")
PULLING = ("I lean towards yes", "most of you see it the same way", "You would say we can do it")
CARDS = ("what-it-asks-for", "rewrite-the-round", "agreed-or-aligned", "minds-and-minutes")


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"How much the chair's word weighs": 20})


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    """A chair who listens to all, and speaks first."""
    walk.move(hand, walk.card(hand.page, GOAL), {"How far the chair listens": 100})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def second(hand: Hand, open_one: Callable[..., None]) -> None:
    """Say how many crews step in, and watch them."""
    open_one(hand)
    walk.predict_choice(hand, SECOND, MOST)
    open_one(hand)
    walk.play(hand, EDGE)


def practise(hand: Hand) -> None:
    walk.sort(hand, "what-it-asks-for", OCCASIONS)
    walk.order(hand, "rewrite-the-round", ROUND)
    walk.choose(hand, "agreed-or-aligned", "All order electric.")
    walk.mark(hand, "minds-and-minutes", PULLING)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "one-decision-of-ours")
    walk.commit(hand, "my-turn-to-speak")


def predicted(page: Page) -> None:
    said(page, PREDICTION, EXPECTED)


def said(page: Page, item: str, text: str) -> None:
    one = walk.card(page, item)
    expect(one).to_contain_text("Locked in")
    expect(one.locator("label", has_text=text).locator("input")).to_be_checked()


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    said(page, SECOND, MOST)
    walk.reached(walk.card(page, GOAL))
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "one-decision-of-ours"))
    walk.promised(walk.card(page, "my-turn-to-speak"))
    walk.whole_bar(page)
