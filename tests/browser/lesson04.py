"""What a learner does in lesson 04, whatever they work with."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect
from tests.browser import walk
from tests.browser.hands import Hand, Spot

NAME, TITLE = "04-speaking-up", "Is it safe to say?"
PROSE = "Many believe: whoever has something to say will say it"
TASTE, PREDICTION, PLAY, GOAL = "nobody-asks", "one-person-replaced", "both-halls", "eight-voices"
SECOND, RULE = "ten-believers", "who-hushes-whom"
CONTROL, CHARTS = ".choreo-control-range", ()  # the stage says it all
EXPECTED, FEW = 99, 15  # the common belief, twice
WINNING = {"First voices": 8, "Whose voices they are": "The most hesitant", "How different people are": 0.34}
CASE, WRONG = "fourteen-nods", "I want complete honesty"
NEXT_VOICE = {
    "look-together": "less", "brave": "more", "your-job": "more", "last-week": "less", "joke": "more",
    "everyone-knows": "same",
}  # fmt: skip
RUNGS = ("notes", "pairs", "both-of-us", "own-name", "own-mistake", "board")
INFERRED = ("clear to everyone", "in favour of the change", "have no concerns", "the matter does not trouble him")
CARDS = ("fourteen-nods", "what-it-did-to-the-next", "rungs-of-courage", "no-objections")
ROW = 20  # the most who sit in one


def taste(hand: Hand) -> None:
    walk.move(hand, walk.card(hand.page, TASTE), {"First voices": 8})


def predict(hand: Hand) -> None:
    walk.predict_number(hand, PREDICTION, EXPECTED)


def second_seat(theatre: Locator) -> Spot:
    """Where the one sits who needs a single voice, in px of the ground: along the front row to the left."""
    for key in ("Escape", "Enter", *["ArrowDown"] * ROW):
        theatre.press(key)
    name = theatre.locator(".choreo-player-bubble strong")
    for _ in range(ROW):
        if name.text_content() == "person 2":
            break
        theatre.press("ArrowLeft")
    expect(name).to_have_text("person 2", ignore_case=True)
    where: Spot = theatre.locator(".choreo-player-ring").evaluate(
        "ring => [parseFloat(ring.style.left), parseFloat(ring.style.top)]"
    )
    theatre.press("Escape")
    return where


def play(hand: Hand) -> None:
    card = walk.play(hand, PLAY)
    theatre = card.locator(".choreo-player-theatre")
    hand.meet(theatre, second_seat(theatre))
    expect(card.locator(".choreo-player-drawn")).to_contain_text("person 2")
    card.get_by_role("slider", name="Moment").press("End")
    expect(card.locator(".choreo-player-number")).to_have_text("1")


def nearly(hand: Hand) -> None:
    """Whose voices they are and how many: the hall is too much alike."""
    walk.move(hand, walk.card(hand.page, GOAL), {"First voices": 8, "Whose voices they are": "The most hesitant"})


def reach(hand: Hand) -> None:
    walk.reach(hand, GOAL, WINNING)


def second(hand: Hand, open_one: Callable[..., None]) -> None:
    """Say how many keep quiet, and see who hushes whom."""
    open_one(hand)
    walk.predict_number(hand, SECOND, FEW)
    open_one(hand)
    card = walk.play(hand, RULE)
    walk.move(hand, card, {"From when on": "Once the rule stands"})


def practise(hand: Hand) -> None:
    walk.choose(hand, "fourteen-nods", "Write a date on a slip")
    walk.sort(hand, "what-it-did-to-the-next", NEXT_VOICE)
    walk.order(hand, "rungs-of-courage", RUNGS)
    walk.mark(hand, "no-objections", INFERRED)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "any-questions")
    walk.commit(hand, "second-voice")


def predicted(page: Page) -> None:
    one = walk.card(page, PREDICTION)
    expect(one).to_contain_text("Locked in")
    expect(one.get_by_role("slider")).to_have_value(str(EXPECTED))


def everything_is_there(page: Page) -> None:
    """All that was done is on the page."""
    predicted(page)
    walk.reached(walk.card(page, GOAL))
    expect(walk.card(page, SECOND)).to_contain_text("Locked in")
    for item in CARDS:
        walk.judged(walk.card(page, item))
    walk.written(walk.card(page, "any-questions"))
    walk.promised(walk.card(page, "second-voice"))
    walk.whole_bar(page)
