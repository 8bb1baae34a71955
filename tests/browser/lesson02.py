"""What a learner does in lesson 02, whatever they work with."""

from __future__ import annotations

import re
from collections.abc import Callable
from math import sqrt

import numpy as np
from playwright.sync_api import Locator, Page, expect
from tests.browser import walk
from tests.browser.hands import Hand, Spot

from choreo.explorables.silos import DEPARTMENTS

NAME, TITLE = "02-silos", "From silos to eco-system"
PROSE = "Many believe: the more connected, the better."
TASTE, PREDICTION, PLAY, GOAL = "four-departments", "three-or-all", "race-of-three", "bridges-that-last"
CONTROL, CHARTS = ".choreo-player-theatre", ()  # people are tied by hand, and the stage says it all
EXPECTED = "All with all is ahead: by 3 to 10"
FROM_THE_BROKER = ((0, 16), (0, 24))  # Jordi's, taken away
ROUND_THE_RING = ((11, 17), (19, 25), (27, 3))  # with the one he keeps: a ring on eight people
CASE, WRONG = "one-day-one-bridge", "Within rights, so that this floor"
CONNECT_OR_APART = {
    "recall": "connect", "battery": "apart", "invoices": "connect", "school-start": "apart", "outage": "connect",
    "chapel": "apart",
}  # fmt: skip
GLASSES = ("follow", "longest-wait", "two-people", "may-change", "measure-again", "second-pair")
ROOF = ("editors and printers sit", "they will run into each other", "more contact makes for better")
CARDS = ("one-day-one-bridge", "talk-now-or-later", "one-pair-of-glasses", "one-roof-memo")


Places = Callable[[int], np.ndarray]  # where people stand, in so many rows


def spot(hand: Hand, item: str, person: int, places: Places = DEPARTMENTS.places) -> Spot:
    """Where somebody stands on that exercise's stage."""
    return standing(walk.card(hand.page, item).locator(".choreo-player-ground"), person, places)


def standing(ground: Locator, person: int, places: Places = DEPARTMENTS.places) -> Spot:
    """Where somebody stands on the network's ground, in px; as stages/network.js places them."""
    width, height = ground.evaluate("ground => [ground.clientWidth, ground.clientHeight]")
    where = places(1 if width > 2.4 * height else 2)
    x, y = where[person].tolist()
    tall = max(24, min(64, sqrt(width * height / len(where)) * 0.5))
    left, top = tall * 0.5, tall * 1.35
    return left + x * (width - 2 * left), top + y * (height - top - tall * 0.3) - tall * 0.5


def tie(hand: Hand, item: str, one: int, other: int, says: str) -> None:
    """Draw a bridge, or take it away, and see what the stage says of it."""
    card = walk.card(hand.page, item)
    hand.tie(card.locator(".choreo-player-theatre"), spot(hand, item, one), spot(hand, item, other))
    drawn = card.locator(".choreo-player-drawn")
    expect(drawn).to_contain_text(says)
    for person in (one, other):
        expect(drawn).to_contain_text(f"person {person + 1},")


def taste(hand: Hand) -> None:
    tie(hand, TASTE, 3, 26, "A bridge from")


def predict(hand: Hand) -> None:
    walk.predict_choice(hand, PREDICTION, EXPECTED)


def play(hand: Hand) -> None:
    card = walk.card(hand.page, PLAY)
    expect(card.locator(".choreo-player-number")).to_have_text(re.compile(r"\d"))
    tie(hand, PLAY, 0, 9, "No bridge from")
    expect(card.locator(".choreo-player-bubble")).to_have_text(re.compile(r"\w+"))


def nearly(hand: Hand) -> None:
    """One more bridge for the broker, who leaves all the same."""
    tie(hand, GOAL, 0, 9, "A bridge from")
    card, broker = walk.card(hand.page, GOAL), spot(hand, GOAL, 0)
    card.get_by_role("slider", name="Moment").press("End")
    for says in ("in your hand", "Let go"):
        card.locator(".choreo-player-ground").click(position={"x": broker[0], "y": broker[1]})
        expect(card.locator(".choreo-player-bubble")).to_contain_text("I have left.")
        expect(card.locator(".choreo-player-drawn")).to_contain_text(says)


def reach(hand: Hand) -> None:
    card = walk.card(hand.page, GOAL)
    undo = walk.button(card, "Undo")
    if undo.is_enabled():
        hand.press(undo)
    for pair in FROM_THE_BROKER:
        tie(hand, GOAL, *pair, "No bridge from")
    for pair in ROUND_THE_RING:
        tie(hand, GOAL, *pair, "A bridge from")
    walk.reached(card)


def practise(hand: Hand) -> None:
    walk.choose(hand, "one-day-one-bridge", "Between rights and drama")
    walk.sort(hand, "talk-now-or-later", CONNECT_OR_APART)
    walk.order(hand, "one-pair-of-glasses", GLASSES)
    walk.mark(hand, "one-roof-memo", ROOF)


def transfer(hand: Hand) -> None:
    walk.reflect(hand, "bridge-on-one-page")
    walk.commit(hand, "one-tie-of-mine")


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
    walk.written(walk.card(page, "bridge-on-one-page"))
    walk.promised(walk.card(page, "one-tie-of-mine"))
    walk.whole_bar(page)
