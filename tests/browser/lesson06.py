"""What a learner does in lesson 06, whatever they work with."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "06-push-and-pull", "Push and pull"
PROSE = "Many believe: while there is a fine, people do it less"
TASTE, PREDICTION, PLAY, GOAL = "shelf-of-cups", "draw-twenty-weeks", "fine-on-the-street", "summer-and-after"
SECOND, SECOND_PLAY = "committed-share", "few-who-insist"
CONTROL, CHARTS = ".choreo-control-range", ()  # the stage says it all
EXPECTED = (8, 8, 5, 4, 4, 4, 4, 7, 8)  # it falls, and comes back: the common belief
FEW = 25
WINNING = {
    "Fine, of what washing costs": 70,
    "Who makes the rule": "The twenty themselves",
    "Always bring all": 6,
}
CASE, WRONG = "fifty-pounds-a-day", "Raise it to five hundred"
MEANS = {
    "permit": "push", "swim": "pull", "bonus": "push", "farmers-measure": "pull", "pledge-fee": "both",
    "boat-wash": "both",
}  # fmt: skip
PROMISE = ("glad", "picture", "own-promise", "show", "teeth", "look-back")
LETTER = ("Twenty-two houses have agreed", "As a responsible firm", "The town hall follows")
CARDS = ("push-pull-or-both", "fifty-pounds-a-day", "promise-without-police", "warm-invitation")


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"Always bring all": 5})


def predict(hand: Hand) -> None:
    walk.predict_curve(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, GOAL), {"Fine, of what washing costs": 70})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def second(hand: Hand, open_one: Callable[..., None]) -> None:
    """How few are enough: said, and played."""
    open_one(hand)
    walk.predict_number(hand, SECOND, FEW)
    open_one(hand)
    walk.play(hand, SECOND_PLAY)


def practise(hand: Hand) -> None:
    walk.sort(hand, "push-pull-or-both", MEANS)
    walk.choose(hand, "fifty-pounds-a-day", "Drop it, and not silently")
    walk.order(hand, "promise-without-police", PROMISE)
    walk.mark(hand, "warm-invitation", LETTER)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "sentence-that-pulls")
    walk.commit(hand, "one-push-less")


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    assert tuple(walk.all_of(one.get_by_role("slider"), "one => Number(one.value)")) == EXPECTED


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    expect(walk.card(page, SECOND)).to_contain_text("Locked in")
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "sentence-that-pulls"))
    walk.promised(walk.card(page, "one-push-less"))
    walk.whole_bar(page)
