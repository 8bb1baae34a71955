"""What a learner does in lesson 09, whatever they work with."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "09-choreography", "A flash mob, not a ballet"
PROSE = "Many believe: more contact, more harmony."
TASTE, PREDICTION, PLAY, GOAL = "clap-together", "two-places-away", "forty-new-voices", "plaza-together"
CONTROL, CHARTS = ".choreo-control-range", (PLAY, GOAL)
EXPECTED = "Close to a single clap"
WINNING = {"How strongly people listen": 5, "How many listen far": 40, "How far away they hear somebody": 12}
CASE, WRONG = "quiet-months", "Let us carry on exactly as we are"
RIGHT = {"all-green": ("mean by", "leaking pipe", "do something differently"), "quiet-months": ("call daily",),
         "five-laboratories": ("three weeks at a time",)}  # fmt: skip
WHERE_IT_STICKS = {
    "bakery": "listening", "permit": "tempo", "wards": "reach", "laboratory": "tempo", "valley": "reach",
    "newsletter": "listening",
}  # fmt: skip
FRAME_OR_STEPS = {
    "dusk": "frame", "gloves": "step", "flag": "cue", "knee": "frame", "welcome": "step", "bell": "cue", "soup": "step",
}  # fmt: skip
EIGHT_WEEKS = ("ask", "page", "signals", "trial", "mend", "watch")
CARDS = ("all-green", "where-it-sticks", "eight-weeks", "frame-or-steps", "five-laboratories", "quiet-months")


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"How strongly people listen": 3})


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, GOAL), {"How strongly people listen": 4})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def practise(hand: Hand) -> None:
    walk.choose(hand, "all-green", *RIGHT["all-green"])
    walk.sort(hand, "where-it-sticks", WHERE_IT_STICKS)
    walk.order(hand, "eight-weeks", EIGHT_WEEKS)
    walk.sort(hand, "frame-or-steps", FRAME_OR_STEPS)
    walk.choose(hand, "five-laboratories", *RIGHT["five-laboratories"])
    walk.choose(hand, "quiet-months", *RIGHT["quiet-months"])


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "choreography-card")
    walk.commit(hand, "my-next-move")


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
    steps = walk.card(page, "eight-weeks").locator("[data-step]")
    assert tuple(walk.all_of(steps, "one => one.dataset.step")) == EIGHT_WEEKS
    walk.written(walk.card(page, "choreography-card"))
    walk.promised(walk.card(page, "my-next-move"))
    walk.whole_bar(page)
