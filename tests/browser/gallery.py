"""What a person does in the gallery, with one of every kind: with the mouse, with a finger, or with the keyboard alone."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect
from tests.browser import walk
from tests.browser.conftest import ready
from tests.browser.hands import Hand
from tests.browser.walk import Plan, all_of, button, card, judged, kept

CHOICE, MATCH, ORDER, CLASSIFY = "which-is-a-cue", "plaza-in-town", "ballet-to-flash-mob", "whole-or-next-door"
CLOZE, MARK, ESTIMATE, SCENARIO = "postcard-from-the-plaza", "waiting-for-one", "lucky-plazas", "cold-boxes"
PLACE, WRITTEN, GOAL = "where-your-effort-stands", "strike-out-the-steps", "half-the-plaza"
ALIKE, ALLIANCE = "the-other-sign", "town-lanterns"
PREDICT, PROFILE, COMMIT = "curve-of-difference", "collaboration-capacity", "one-morning-far-away"
COLLABORATION, CANVAS = "one-of-my-own", "on-one-page"

CUE = "rolls in its awning"
PAIRS = {
    "conductor": "radio-pips", "far-listener": "exchange-nurse", "wave": "border-slip", "threshold": "fourth-call",
    "diversity": "week-and-minute",
}  # fmt: skip
STEPS = ("minute-plan", "fixed-programme", "menu", "frame-and-cues", "date-only", "no-word")
REPORTS = {
    "parcel": "whole",
    "buddy": "next-door",
    "newsletter-clicks": "neither",
    "far-pair": "whole",
    "huddle": "next-door",
    "full-hall": "neither",
    "detour": "whole",
}
GAPS = (
    "next to none", "nearly all of it at once", "threshold", "higher", "less attentive", "does not agree", "far away",
    "frame",
)  # fmt: skip
BOTTLENECKS = ("reports both to Bożena", "Exceptions are decided", "the treasurer has to agree")
RANGE = {"low": 20, "high": 40, "guess": 30}
WAY = ("Visit six very different clinics", "Tell all twenty-three what happened")
ENDING = "The nearest lantern"
SPOT = (70, 30)
TEXT = walk.TEXT
CURVE = (100, 95, 90, 85, 60, 20, 10)
WINNING = {"How strongly people listen": 5, "How many listen far": 25, "How far away they hear somebody": 9}
MARKS = (4, 3, 2, 5, 4, 1, 3, 2, 4, 1, 5, 3)
OWN = ("one timetable", "the bus company", "each waits for the other")
PLAYERS = {  # and what each needs first
    "Mill": "one contact", "Bakery": "nobody (moves first)", "School <b>": "two contacts", "Market": "one contact",
    "Ünal & sons": "one contact",
}  # fmt: skip
TIES = (("Mill", "Bakery"), ("Bakery", "School <b>"), ("School <b>", "Market"), ("Market", "Ünal & sons"))
ON_THE_LIST = ("Mill", "School <b>")
PLAN = Plan(when="the rota is out", will="join the early shift in depot 9", whom="Nasrin")


def open_gallery(page: Page, course) -> None:
    page.goto(f"{course.address}/lessons/gallery?all")
    ready(page)


def answer_cloze(hand: Hand) -> None:
    one = card(hand.page, CLOZE)
    for field, words in zip(one.locator(".choreo-cloze-field").all(), GAPS, strict=True):
        if field.evaluate("element => element.localName") == "select":
            hand.select(field, words)
        else:
            hand.write(field, words)
    hand.press(button(one, "Check"))
    judged(one)


def answer_estimate(hand: Hand) -> None:
    one = card(hand.page, ESTIMATE)
    hand.estimate(one, RANGE)
    hand.press(button(one, "Keep my estimate"))
    judged(one)


def answer_scenario(hand: Hand) -> None:
    one = card(hand.page, SCENARIO)
    for words in WAY:
        hand.press(one.get_by_role("button", name=words))
    expect(one.get_by_role("heading", name=ENDING)).to_be_visible()
    kept(one)


def answer_place(hand: Hand) -> None:
    one = card(hand.page, PLACE)
    hand.place(one, SPOT)
    hand.press(button(one, "Compare"))
    kept(one)


def answer_alike(hand: Hand) -> None:
    one = card(hand.page, ALIKE)
    hand.pick(one.get_by_role("radio"), one.locator("input[value=refuse]"))
    hand.write(one.get_by_role("textbox"), "70")
    hand.press(button(one, "Keep my answer"))
    kept(one)


def answer_written(hand: Hand) -> None:
    one = card(hand.page, WRITTEN)
    for box in one.get_by_role("textbox").all():
        hand.write(box, TEXT)
    first = one.get_by_role("checkbox").first
    hand.pick(first, first)
    hand.press(button(one, "Keep"))
    kept(one)


def predict(hand: Hand) -> None:
    one = card(hand.page, PREDICT)
    hand.draw(one, CURVE)
    walk.lock_in(hand, one)


def answer_profile(hand: Hand) -> None:
    one = card(hand.page, PROFILE)
    for statement, mark in zip(one.locator(".choreo-profile-statement").all(), MARKS, strict=True):
        hand.pick(statement.locator("input"), statement.locator(f"input[value='{mark}']"))
    hand.press(button(one, "Draw my picture"))
    kept(one)


def name_collaboration(hand: Hand) -> None:
    one = card(hand.page, COLLABORATION)
    for box, words in zip(one.get_by_role("textbox").all(), OWN, strict=True):
        hand.write(box, words)
    hand.press(button(one, "Keep"))
    kept(one)


def fill_page(hand: Hand) -> None:
    """Two fields from the collaboration above and one from the text, taken over at once; the last one by hand."""
    one = card(hand.page, CANVAS)
    hand.press(button(one, "Take over all that I wrote earlier"))
    hand.write(one.get_by_role("textbox", name="First"), TEXT)
    hand.press(button(one, "Keep my page"))
    kept(one)


def player(one: Locator, name: str) -> Locator:
    return one.locator(".choreo-alliance-spot").filter(has_text=name)


def draw_alliance(hand: Hand) -> None:
    """Five players with a tie each, one tie too many that is taken back, and one on the list; then it is played."""
    one = card(hand.page, ALLIANCE)
    news = card(hand.page, "alliance-news")
    expect(news.get_by_role("button", name="Go there")).to_be_visible()
    hand.press(button(one, "Add a player"))
    for number, (name, needs) in enumerate(PLAYERS.items(), 1):
        hand.write(one.get_by_role("textbox", name=f"Player {number}: name"), name)
        hand.select(one.get_by_role("combobox", name=f"Player {number}: needs first"), needs)
    for a, b in (*TIES, ("Mill", "Ünal & sons")):
        hand.join(player(one, a), player(one, b))
        expect(one.locator(".choreo-alliance-told")).to_contain_text(f"{a} and {b} talk to each other.")
    hand.press(button(one, "Undo"))
    expect(one.locator(".choreo-alliance-tie")).to_have_count(len(TIES))
    hand.press(one.locator(".choreo-alliance-list summary"))
    box = one.locator(".choreo-alliance-boxes label", has_text=ON_THE_LIST[1]).locator("input")
    hand.pick(one.locator(".choreo-alliance-boxes input"), box)
    hand.press(button(one, "Keep my alliance"))
    kept(one)
    hand.press(news.get_by_text("Whose leaving would hurt most"))
    expect(news).to_contain_text("School <b>: without them 4 pairs of the others would be cut off.")


def whole_gallery(hand: Hand) -> None:
    """All of it, in the order of the page."""
    walk.choose(hand, CHOICE, CUE)
    walk.match(hand, MATCH, PAIRS)
    walk.order(hand, ORDER, STEPS)
    walk.sort(hand, CLASSIFY, REPORTS)
    answer_cloze(hand)
    walk.mark(hand, MARK, BOTTLENECKS)
    answer_estimate(hand)
    answer_scenario(hand)
    answer_place(hand)
    answer_alike(hand)
    answer_written(hand)
    walk.reach(hand, GOAL, WINNING)
    predict(hand)
    answer_profile(hand)
    name_collaboration(hand)
    fill_page(hand)
    walk.commit(hand, COMMIT, PLAN)
    draw_alliance(hand)


def everything_is_there(page: Page) -> None:
    """All that `whole_gallery` did is on the page."""
    for one in page.locator(".choreo-card").all():
        kept(one)
    for item in (CHOICE, MATCH, ORDER, CLASSIFY, CLOZE, MARK, ESTIMATE):
        judged(card(page, item))
    expect(card(page, CHOICE).locator("label", has_text=CUE).locator("input")).to_be_checked()
    for left, right in PAIRS.items():
        expect(card(page, MATCH).locator(f"[data-row={left}] select")).to_have_value(right)
    assert tuple(all_of(card(page, ORDER).locator("[data-step]"), "e => e.dataset.step")) == STEPS
    for name, bucket in REPORTS.items():
        expect(card(page, CLASSIFY).locator(f"input[name$='-{name}']:checked")).to_have_value(bucket)
    assert tuple(all_of(card(page, CLOZE).locator(".choreo-cloze-field"), "e => e.value")) == GAPS
    for words in BOTTLENECKS:
        expect(card(page, MARK).get_by_role("button", name=words)).to_have_attribute("aria-pressed", "true")
    expect(card(page, MARK).locator("[aria-pressed=true]")).to_have_count(len(BOTTLENECKS))
    for label, name in (("At least", "low"), ("At most", "high"), ("My best guess", "guess")):
        value = float(card(page, ESTIMATE).get_by_label(label).input_value())
        assert abs(value - RANGE[name]) <= 1, name  # a hand draws within one of it
    expect(card(page, SCENARIO).get_by_role("heading", name=ENDING)).to_be_visible()
    expect(card(page, SCENARIO)).to_contain_text("You have seen 1 of 5 endings")
    where = all_of(card(page, PLACE).get_by_role("slider"), "e => Number(e.value)")
    assert all(abs(value - wanted) <= 1 for value, wanted in zip(where, SPOT, strict=True)), where
    expect(card(page, PLACE)).to_contain_text("A planner of regional transport")
    expect(card(page, ALIKE).locator("input[value=refuse]")).to_be_checked()
    expect(card(page, ALIKE)).to_contain_text("70 of 100")
    for box in card(page, WRITTEN).get_by_role("textbox").all():
        expect(box).to_have_value(TEXT)
    expect(card(page, WRITTEN).get_by_role("checkbox").first).to_be_checked()
    expect(card(page, WRITTEN)).to_contain_text("worked example")
    walk.reached(card(page, GOAL))
    drawn = all_of(card(page, PREDICT).get_by_role("slider"), "e => Number(e.value)")
    assert all(abs(value - wanted) <= 2 for value, wanted in zip(drawn, CURVE, strict=True)), drawn
    expect(card(page, PREDICT)).to_contain_text("Locked in")
    assert tuple(all_of(card(page, PROFILE).locator("input:checked"), "e => Number(e.value)")) == MARKS
    expect(card(page, PROFILE).locator(".choreo-profile-radar")).to_be_visible()
    assert tuple(all_of(card(page, COLLABORATION).get_by_role("textbox"), "e => e.value")) == OWN
    assert tuple(all_of(card(page, CANVAS).get_by_role("textbox"), "e => e.value")) == (*OWN[:2], TEXT, TEXT)
    walk.promised(card(page, COMMIT), PLAN)
    alliance = card(page, ALLIANCE)
    for number, (name, needs) in enumerate(PLAYERS.items(), 1):
        expect(alliance.get_by_role("textbox", name=f"Player {number}: name")).to_have_value(name)
        chosen = "e => e.selectedOptions[0].label"
        assert alliance.get_by_role("combobox", name=f"Player {number}: needs first").evaluate(chosen) == needs
    for a, b in (*TIES, ON_THE_LIST):
        expect(player(alliance, a)).to_have_accessible_name(re.compile(f"talks to .*{re.escape(b)}"))
    for item in ("news", "silence", "voices", "rhythm", "one-tie"):  # open, as there is something to play
        expect(card(page, f"alliance-{item}").get_by_role("application")).to_have_accessible_name(
            re.compile("^5 players, 5 ties")
        )
    walk.whole_bar(page)
