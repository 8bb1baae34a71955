"""What a person does in the gallery, with one of every kind: with the mouse, with a finger, or with the keyboard alone."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from playwright.sync_api import Locator, Page, expect
from tests.browser.conftest import ready
from tests.browser.lesson09 import kept
from tests.browser.test_keyboard import press, tab_to, write

CHOICE, MATCH, ORDER, CLASSIFY = "which-is-a-cue", "plaza-in-town", "ballet-to-flash-mob", "whole-or-next-door"
CLOZE, MARK, ESTIMATE, SCENARIO = "postcard-from-the-plaza", "waiting-for-one", "lucky-plazas", "cold-boxes"
PLACE, WRITTEN, GOAL = "where-your-effort-stands", "strike-out-the-steps", "half-the-plaza"
PREDICT, PROFILE, COMMIT = "curve-of-difference", "collaboration-capacity", "one-morning-far-away"

CUE = "rolls in its awning"
PAIRS = {
    "conductor": "radio-pips", "far-listener": "exchange-nurse", "wave": "border-slip", "threshold": "fourth-call",
    "diversity": "week-and-minute",
}  # fmt: skip
STEPS = ("minute-plan", "fixed-programme", "menu", "frame-and-cues", "date-only", "no-word")
REPORTS = ("whole", "next-door", "neither", "whole", "next-door", "neither", "whole")
GAPS = (
    "next to none", "nearly all of it at once", "threshold", "higher", "less attentive", "does not agree", "far away",
    "frame",
)  # fmt: skip
BOTTLENECKS = ("reports both to Bożena", "Exceptions are decided", "the treasurer has to agree")
RANGE = {"low": 20, "high": 40, "guess": 30}
WAY = ("Visit six very different clinics", "Tell all twenty-three what happened")
ENDING = "The nearest lantern"
SPOT = (70, 30)
TEXT = "Nobody stands in the street without knowing where there is something for them."
CURVE = (100, 95, 90, 85, 60, 20, 10)
MARKS = (4, 3, 2, 5, 4, 1, 3, 2, 4, 1, 5, 3)
MOVE = ("The early shift in depot 9", "Nasrin", date.today() + timedelta(days=14))


def open_gallery(page: Page, course) -> None:
    page.goto(f"{course.address}/lessons/gallery")
    ready(page)


def card(page: Page, item: str) -> Locator:
    """Where that exercise stands."""
    return page.locator(f"[data-choreo-item={item}]")


def button(one: Locator, name: str) -> Locator:
    return one.get_by_role("button", name=name, exact=True)


class Hand(Protocol):
    """How somebody works with a page."""

    page: Page

    def press(self, goal: Locator) -> None:
        """Push a button."""

    def pick(self, options: Locator, wanted: Locator) -> None:
        """Take one of several radio buttons or boxes."""

    def write(self, field: Locator, text: str) -> None:
        """Fill in a field that is empty."""

    def select(self, field: Locator, text: str) -> None:
        """Take an entry of a list."""

    def match(self, one: Locator) -> None:
        """Bring the pairs together."""

    def order(self, one: Locator) -> None:
        """Put the steps into their order."""

    def estimate(self, one: Locator) -> None:
        """Give a range and a guess."""

    def place(self, one: Locator) -> None:
        """Put oneself on the plane."""

    def slide(self, slider: Locator, share: float) -> None:
        """Move a slider to about there."""

    def draw(self, one: Locator) -> None:
        """Draw a curve."""

    def day(self, field: Locator, day: date) -> None:
        """Give a date."""


class Pointing:
    """What the mouse and a finger have in common."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, goal: Locator) -> None:
        raise NotImplementedError

    def pick(self, options: Locator, wanted: Locator) -> None:
        self.press(wanted.locator("xpath=ancestor::label"))
        expect(wanted).to_be_checked()

    def write(self, field: Locator, text: str) -> None:
        self.press(field)
        field.fill(text)

    def select(self, field: Locator, text: str) -> None:
        field.select_option(label=text)  # the list itself is the system's

    def day(self, field: Locator, day: date) -> None:
        field.fill(day.isoformat())

    def spot(self, box: Locator, across: float, along: float) -> dict[str, float]:
        """A place in a box, as shares of its width and height."""
        found = box.bounding_box()
        assert found
        return {"x": found["width"] * across, "y": found["height"] * along}

    def at(self, box: Locator, across: float, along: float) -> None:
        raise NotImplementedError

    def place(self, one: Locator) -> None:
        plane = one.locator(".choreo-place-field")
        inner = (400 - 2 * 18) / 400  # what lies between the margins
        edge = 18 / 400
        self.at(plane, edge + inner * SPOT[0] / 100, edge + inner * (1 - SPOT[1] / 100))

    def slide(self, slider: Locator, share: float) -> None:
        self.at(slider, 0.03 + 0.94 * share, 0.5)


class Mouse(Pointing):
    """Clicks and drags."""

    def press(self, goal: Locator) -> None:
        goal.click()

    def at(self, box: Locator, across: float, along: float) -> None:
        box.click(position=self.spot(box, across, along))

    def stroke(self, *points: tuple[float, float]) -> None:
        """Hold the button over these places of the window."""
        self.page.mouse.move(*points[0])
        self.page.mouse.down()
        for point in points[1:]:
            self.page.mouse.move(*point, steps=4)
        self.page.mouse.up()

    def middle(self, what: Locator) -> tuple[float, float]:
        box = what.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def match(self, one: Locator) -> None:
        sides = {name: one.locator(f".choreo-match-side:has-text('{words}')") for name, words in SCENES.items()}
        for left, right in PAIRS.items():
            slot = one.locator(f"[data-row={left}]")
            slot.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
            start = sides[right].bounding_box()
            assert start
            grip = (start["x"] + 12, start["y"] + 12)
            if grip[1] > 840:  # pairs are dragged as long as both are in the window: at its edge the page scrolls
                sides[right].click()
                slot.click()
                continue
            self.stroke(grip, (grip[0] + 20, grip[1] - 10), self.middle(slot))

    def order(self, one: Locator) -> None:
        steps = one.locator("[data-step]")
        one.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
        for place, name in enumerate(STEPS):
            if steps.nth(place).get_attribute("data-step") == name:
                continue
            there = steps.nth(place).bounding_box()
            grip = one.locator(f"[data-step={name}] .choreo-order-grip")
            start = self.middle(grip)
            assert there
            self.stroke(start, (start[0], there["y"] + 20), (start[0], there["y"] + 3))
            expect(steps.nth(place)).to_have_attribute("data-step", name)

    def estimate(self, one: Locator) -> None:
        track = one.locator(".choreo-estimate-track")
        track.scroll_into_view_if_needed()
        box = track.bounding_box()
        assert box
        low, high, guess = (
            (box["x"] + box["width"] * RANGE[name] / 100, box["y"] + box["height"] / 2) for name in RANGE
        )
        self.stroke(low, high)
        self.stroke(guess, guess)

    def draw(self, one: Locator) -> None:
        plot = one.locator(".choreo-predict-plot")
        plot.scroll_into_view_if_needed()
        box = plot.bounding_box()
        assert box
        across = [box["x"] + 46 + at * (box["width"] - 68) / 6 for at in range(7)]
        along = [box["y"] + box["height"] - 38 - value / 100 * (box["height"] - 68) for value in CURVE]
        self.stroke(*zip(across, along, strict=True))


class Finger(Pointing):
    """Taps."""

    def press(self, goal: Locator) -> None:
        goal.tap()

    def at(self, box: Locator, across: float, along: float) -> None:
        box.tap(position=self.spot(box, across, along))

    def match(self, one: Locator) -> None:
        for left, right in PAIRS.items():
            side = one.locator(f".choreo-match-side:has-text('{SCENES[right]}')")
            side.tap()
            expect(side).to_have_attribute("aria-pressed", "true")
            one.locator(f"[data-row={left}]").tap()
            expect(one.locator(f"[data-row={left}] select")).to_have_value(right)

    def order(self, one: Locator) -> None:
        for place, name in enumerate(STEPS):
            up = one.locator(f"[data-step={name}]").get_by_role("button", name="Move up")
            while one.locator("[data-step]").nth(place).get_attribute("data-step") != name:
                up.tap()

    def estimate(self, one: Locator) -> None:
        for label, name in (("At least", "low"), ("At most", "high"), ("My best guess", "guess")):
            self.write(one.get_by_label(label), str(RANGE[name]))

    def draw(self, one: Locator) -> None:
        plot = one.locator(".choreo-predict-plot")
        box = plot.bounding_box()
        assert box
        width, height = box["width"], box["height"]
        for at, value in enumerate(CURVE):
            across = 46 + at * (width - 68) / 6
            along = height - 38 - value / 100 * (height - 68)
            plot.tap(position={"x": across, "y": along})


class Keys:
    """The keyboard alone."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, goal: Locator) -> None:
        press(self.page, goal, "Enter")

    def pick(self, options: Locator, wanted: Locator) -> None:
        if wanted.get_attribute("type") == "checkbox":
            press(self.page, wanted, "Space")
            return
        tab_to(self.page, options.first)
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown" if options.and_(self.page.locator(":checked")).count() else "Space")

    def write(self, field: Locator, text: str) -> None:
        write(self.page, field, text)

    def select(self, field: Locator, text: str) -> None:
        tab_to(self.page, field)
        for _ in field.locator("option").all():
            if field.evaluate("element => element.selectedOptions[0].label") == text:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {text}")

    def day(self, field: Locator, day: date) -> None:
        write(self.page, field, day.strftime("%m%d%Y"))

    def match(self, one: Locator) -> None:
        for left, right in PAIRS.items():
            field = one.locator(f"[data-row={left}] select")
            tab_to(self.page, field)
            while field.input_value() != right:
                self.page.keyboard.press("ArrowDown")

    def order(self, one: Locator) -> None:
        tab_to(self.page, one.locator("[data-step] button").first)
        for place, name in enumerate(STEPS):
            one.locator(f"[data-step={name}] button").first.focus()
            while one.locator("[data-step]").nth(place).get_attribute("data-step") != name:
                self.page.keyboard.press("ArrowUp")

    def estimate(self, one: Locator) -> None:
        for label, name in (("At least", "low"), ("At most", "high"), ("My best guess", "guess")):
            self.write(one.get_by_label(label), str(RANGE[name]))

    def place(self, one: Locator) -> None:
        for slider, value in zip(one.get_by_role("slider").all(), SPOT, strict=True):
            press(self.page, slider, "Home", *["PageUp"] * (value // 10))

    def slide(self, slider: Locator, share: float) -> None:
        step, low, high = (float(slider.get_attribute(name) or 0) for name in ("step", "min", "max"))
        press(self.page, slider, "Home", *["ArrowRight"] * round(share * (high - low) / step))

    def draw(self, one: Locator) -> None:
        for slider, value in zip(one.get_by_role("slider").all(), CURVE, strict=True):
            press(self.page, slider, "Home", *["PageUp"] * (value // 10), *["ArrowUp"] * (value % 10))


SCENES = {
    "radio-pips": "At the last pip", "exchange-nurse": "A nurse from", "border-slip": "Each village agrees",
    "fourth-call": "One call a week", "week-and-minute": "The museum plans",
}  # fmt: skip


def answer_choice(hand: Hand) -> None:
    one = card(hand.page, CHOICE)
    hand.pick(one.get_by_role("radio"), one.locator("label", has_text=CUE).locator("input"))
    hand.press(button(one, "Check"))
    judged(one)


def answer_match(hand: Hand) -> None:
    one = card(hand.page, MATCH)
    hand.match(one)
    hand.press(button(one, "Check"))
    judged(one)


def answer_order(hand: Hand) -> None:
    one = card(hand.page, ORDER)
    hand.order(one)
    hand.press(button(one, "Check this order"))
    judged(one)


def answer_classify(hand: Hand) -> None:
    one = card(hand.page, CLASSIFY)
    for case, bucket in zip(one.locator(".choreo-classify-case").all(), REPORTS, strict=True):
        hand.pick(case.locator("input"), case.locator(f"input[value={bucket}]"))
    hand.press(button(one, "Check"))
    judged(one)


def answer_cloze(hand: Hand) -> None:
    one = card(hand.page, CLOZE)
    for field, words in zip(one.locator(".choreo-cloze-field").all(), GAPS, strict=True):
        if field.evaluate("element => element.localName") == "select":
            hand.select(field, words)
        else:
            hand.write(field, words)
    hand.press(button(one, "Check"))
    judged(one)


def answer_mark(hand: Hand) -> None:
    one = card(hand.page, MARK)
    for words in BOTTLENECKS:
        hand.press(one.get_by_role("button", name=words))
    hand.press(button(one, "Check"))
    judged(one)


def answer_estimate(hand: Hand) -> None:
    one = card(hand.page, ESTIMATE)
    hand.estimate(one)
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
    hand.place(one)
    hand.press(button(one, "Compare"))
    kept(one)


def answer_written(hand: Hand) -> None:
    one = card(hand.page, WRITTEN)
    for box in one.get_by_role("textbox").all():
        hand.write(box, TEXT)
    first = one.get_by_role("checkbox").first
    hand.pick(first, first)
    hand.press(button(one, "Keep"))
    kept(one)


def reach_goal(hand: Hand) -> None:
    """As few as may be used, and new people until a crowd comes together."""
    one = card(hand.page, GOAL)
    hand.slide(one.get_by_role("slider", name="How strongly people listen"), 1)
    hand.slide(one.get_by_role("slider", name="How many listen far"), 24 / 60)
    reached = one.locator("[data-reached]")
    for _ in range(8):
        try:
            expect(reached).to_be_visible(timeout=4_000)
            break
        except AssertionError:
            hand.press(one.get_by_role("button", name="New people"))
    expect(reached).to_be_visible()


def predict(hand: Hand) -> None:
    one = card(hand.page, PREDICT)
    hand.draw(one)
    hand.press(button(one, "Lock in my prediction"))
    hand.press(button(one, "Yes, lock it in"))
    kept(one)


def answer_profile(hand: Hand) -> None:
    one = card(hand.page, PROFILE)
    for statement, mark in zip(one.locator(".choreo-profile-statement").all(), MARKS, strict=True):
        hand.pick(statement.locator("input"), statement.locator(f"input[value='{mark}']"))
    hand.press(button(one, "Draw my picture"))
    kept(one)


def commit(hand: Hand) -> None:
    one = card(hand.page, COMMIT)
    what, whom, by = MOVE
    hand.write(one.locator("textarea"), what)
    hand.write(one.locator("input[type=text]"), whom)
    hand.day(one.locator("input[type=date]"), by)
    hand.press(button(one, "I commit to this"))
    kept(one)


def judged(one: Locator) -> None:
    """Right, and kept."""
    expect(one.locator(".choreo-card-status")).to_have_attribute("data-tone", "right")
    kept(one)


def whole_gallery(hand: Hand) -> None:
    """All of it, in the order of the page."""
    answer_choice(hand)
    answer_match(hand)
    answer_order(hand)
    answer_classify(hand)
    answer_cloze(hand)
    answer_mark(hand)
    answer_estimate(hand)
    answer_scenario(hand)
    answer_place(hand)
    answer_written(hand)
    reach_goal(hand)
    predict(hand)
    answer_profile(hand)
    commit(hand)


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
    assert tuple(all_of(card(page, CLASSIFY).locator("input:checked"), "e => e.value")) == REPORTS
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
    for box in card(page, WRITTEN).get_by_role("textbox").all():
        expect(box).to_have_value(TEXT)
    expect(card(page, WRITTEN).get_by_role("checkbox").first).to_be_checked()
    expect(card(page, WRITTEN)).to_contain_text("worked example")
    expect(card(page, GOAL).locator("[data-reached]")).to_contain_text("You did it.")
    drawn = all_of(card(page, PREDICT).get_by_role("slider"), "e => Number(e.value)")
    assert all(abs(value - wanted) <= 2 for value, wanted in zip(drawn, CURVE, strict=True)), drawn
    expect(card(page, PREDICT)).to_contain_text("Locked in")
    assert tuple(all_of(card(page, PROFILE).locator("input:checked"), "e => Number(e.value)")) == MARKS
    expect(card(page, PROFILE).locator(".choreo-profile-radar")).to_be_visible()
    for words in MOVE[:2]:
        expect(card(page, COMMIT)).to_contain_text(words)
    expect(page.locator(".choreo-outline progress")).to_have_js_property("value", 1)


def all_of(found: Locator, say: str) -> list:
    """What each of them says."""
    return found.evaluate_all(f"all => all.map({say})")
