"""What a learner does in lesson 03, whatever they work with."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "03-micro-cultures", "Micro-cultures"
PROSE = "Many believe: more topics, more quarrels."
TASTE, PREDICTION, PLAY, GOAL = "walls-on-one-floor", "topics-and-cultures", "more-to-talk-about", "one-floor"
CONTROL, CHARTS = ".choreo-control-range", (PLAY, GOAL)
EXPECTED = (4, 8, 16, 24, 32, 40)  # more topics, more cultures: the common belief
WINNING = {
    "Topics they can have in common": 9,
    "Ways to see each topic": 12,
    "Who is next door": "Twelve teams",
}
CASE, WRONG = "dates-only", "Hold the same eleven minutes twice a week"
DONE = {
    "lorry": "workshop", "checked": "drawing", "third": "accounts", "handle": "drawing", "swept": "workshop",
    "signature": "accounts",
}  # fmt: skip
PROTECTED = {
    "third-test": "no-fault", "yes-first": "no-waiting", "four-cents": "traced", "night-crew": "no-surprise",
    "no-names": "safe-voice",
}  # fmt: skip
OF_COURSE = ("everything will be ready", "a small meal", "as long as they keep", "all of us secure")
CARDS = ("what-done-means", "what-they-protect", "dates-only", "of-course", "one-voice")


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"Ways to see each topic": 20})


def predict(hand: Hand) -> None:
    walk.predict_curve(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, GOAL), {"Topics they can have in common": 8})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def practise(hand: Hand) -> None:
    walk.sort(hand, "what-done-means", DONE)
    walk.match(hand, "what-they-protect", PROTECTED)
    walk.choose(hand, "dates-only", "Give ten minutes of the meeting")
    walk.mark(hand, "of-course", OF_COURSE)
    walk.choose(hand, "one-voice", "Which differences cost us something")


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "my-two-worlds")
    walk.commit(hand, "one-more-topic")


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    assert tuple(walk.all_of(one.get_by_role("slider"), "one => Number(one.value)")) == EXPECTED


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "my-two-worlds"))
    walk.promised(walk.card(page, "one-more-topic"))
    walk.whole_bar(page)
