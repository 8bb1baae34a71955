"""What a learner does in lesson 07, whatever they work with."""

from __future__ import annotations

from playwright.sync_api import Page, expect
from tests.browser import walk
from tests.browser.hands import Hand

NAME, TITLE = "07-relationships", "More than working together"
PROSE = "Many believe: two slips cost two months"
TASTE, PREDICTION, PLAY, GOAL = "ten-months", "two-slips", "twenty-four-pairs", "neither-hard-nor-soft"
CONTROL, CHARTS = ".choreo-controls", ()  # the stage says it all
EXPECTED = "96"
PASSED, SLIPS = "Slights let pass", "Slips"
CASE, WRONG = "one-empty-box", "Send the box back just as it came"
PASS_OR_LINE = {
    "night": "pass", "invoice": "line", "merger": "pass", "credit": "line", "flood": "pass", "recipe": "line",
}  # fmt: skip
MEANT = ("You wanted us to look foolish", "since then you have been", "our work is beneath", "you will let us wait")
CARDS = ("one-empty-box", "slip-or-habit", "what-arrived", "three-of-each")


def taste(hand: Hand) -> None:
    """Ten months, and the game is over; one can begin again."""
    one = walk.card(hand.page, TASTE)
    for month in range(1, 11):
        expect(one.locator(".choreo-control-value")).to_have_text(f"month {month} of 10")
        hand.press(walk.button(one, "Give" if month % 3 else "Keep back"))
    expect(one.locator(".choreo-control-value")).to_have_text("all 10 played")
    expect(one.locator(".choreo-player-number")).to_contain_text("of 10")
    expect(walk.button(one, "Begin again")).to_be_visible()


def predict(hand: Hand) -> None:
    one = walk.card(hand.page, PREDICTION)
    hand.write(one.get_by_label("Months of a hundred in which both give").first, EXPECTED)
    walk.lock_in(hand, one)


def play(hand: Hand) -> None:
    walk.play(hand, PLAY)


def nearly(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, GOAL), {PASSED: 15})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, {PASSED: 15, SLIPS: 0.5})


def practise(hand: Hand) -> None:
    walk.choose(hand, "one-empty-box", "Fill the box as always, and ring him")
    walk.sort(hand, "slip-or-habit", PASS_OR_LINE)
    walk.mark(hand, "what-arrived", MEANT)
    walk.choose(hand, "three-of-each", "Forgiving may well lose here")


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "doubt-on-one-page")
    walk.commit(hand, "one-slight-passed")


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    expect(one.get_by_label("Months of a hundred in which both give").first).to_have_value(EXPECTED)


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "doubt-on-one-page"))
    walk.promised(walk.card(page, "one-slight-passed"))
    walk.whole_bar(page)
