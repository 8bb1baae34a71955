"""How somebody works with a page: with the mouse, with a finger, or with the keyboard alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from playwright.sync_api import ElementHandle, Locator, Page, expect

FAR_ENOUGH = 400  # stops of the Tab key in the whole lesson
TYPED = 8  # letters of a text, with a space among them; the rest is pasted

SHOWS_FOCUS = """element => [
    getComputedStyle(element), getComputedStyle(element, "::after"),
    ...["label", "svg", ".choreo-predict-stage"].map(one => element.closest(one)).filter(Boolean)
        .map(one => getComputedStyle(one)),
].some(style => style.outlineStyle !== "none" || style.boxShadow !== "none")"""


def shows_focus(goal: ElementHandle) -> bool:
    """Whether the focus can be seen: by a style, or in the picture where no script can ask, as around a slider's knob."""
    if goal.evaluate(SHOWS_FOCUS):
        return True
    ring = goal.screenshot()
    goal.evaluate("element => element.style.setProperty('--choreo-focus', 'transparent')")
    bare = goal.screenshot()
    goal.evaluate("element => element.style.removeProperty('--choreo-focus')")
    return ring != bare


AT = "element => element === document.activeElement ? 'it' : element.isConnected ? 'elsewhere' : 'gone'"


# Puts the focus on what stands just before an element that is somewhere else, so that one more Tab leads to it.
HOP = """goal => {
    const stops = "a[href], button, input, select, textarea, summary, [tabindex]:not([tabindex='-1'])";
    const after = (one, other) => one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
    const [here, ahead] = [document.activeElement, after(document.activeElement, goal)];
    [...document.querySelectorAll(stops)].findLast(one => after(one, goal) && (!ahead || after(here, one))
        && !one.contains(goal) && !(goal.type === "radio" && one.name === goal.name)
        && !one.disabled && one.checkVisibility({ visibilityProperty: true }))?.focus();
}"""


def tab_to(page: Page, goal: Locator, every_stop: bool = False) -> None:
    """Press Tab until `goal` has the focus, and see that the focus can be seen.

    Without `every_stop` the way is left and entered by Tab, and what is between is passed over: a lesson has hundreds of
    stops, and each takes as long as a deed of the mouse.
    """
    element = goal.element_handle()  # to look it up at each stop costs six times as much as the key
    for number in range(FAR_ENOUGH):
        at = element.evaluate(AT)
        if at == "it":
            assert shows_focus(element), f"the focus on {goal} cannot be seen"
            return
        if at == "gone":  # and drawn anew
            element = goal.element_handle()
            continue
        page.keyboard.press("Tab")
        if not number and not every_stop:
            element.evaluate(HOP)
    raise AssertionError(f"Tab does not reach {goal}")


BELOW = "({ options, selectedIndex }, value) => [...options].findIndex(one => one.value === value) - selectedIndex"


def press(page: Page, goal: Locator, *keys: str) -> None:
    tab_to(page, goal, every_stop=True)
    for key in keys:
        page.keyboard.press(key)


Spot = tuple[float, float]  # px of a stage's ground


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

    def match(self, one: Locator, pairs: dict[str, str]) -> None:
        """Bring the pairs together."""

    def order(self, one: Locator, steps: Sequence[str]) -> None:
        """Put the steps into their order."""

    def estimate(self, one: Locator, share: dict[str, int]) -> None:
        """Give a range and a guess."""

    def place(self, one: Locator, spot: tuple[int, int]) -> None:
        """Put oneself on the plane."""

    def set(self, slider: Locator, value: float) -> None:
        """Move a slider to this value."""

    def choose(self, field: Locator, wanted: Locator) -> None:
        """Take one of a control's options."""

    def touch(self, theatre: Locator) -> None:
        """Touch somebody in the middle of a stage."""

    def meet(self, theatre: Locator, spot: Spot) -> None:
        """Pick somebody who stands at this place of a stage."""

    def tie(self, theatre: Locator, one: Spot, other: Spot) -> None:
        """Draw a tie between two who stand at these places of a stage, or take it away."""

    def draw(self, one: Locator, curve: Sequence[int]) -> None:
        """Draw a curve."""

    def join(self, one: Locator, other: Locator) -> None:
        """Draw a line from one button of a picture to another, or push both."""

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

    def join(self, one: Locator, other: Locator) -> None:
        self.press(one)
        self.press(other)

    def at(self, box: Locator, across: float, along: float) -> None:
        raise NotImplementedError

    def place(self, one: Locator, spot: tuple[int, int]) -> None:
        plane = one.locator(".choreo-place-field")
        inner = (400 - 2 * 18) / 400  # what lies between the margins
        edge = 18 / 400
        self.at(plane, edge + inner * spot[0] / 100, edge + inner * (1 - spot[1] / 100))

    def set(self, slider: Locator, value: float) -> None:
        slider.fill(f"{value:g}")

    def choose(self, field: Locator, wanted: Locator) -> None:
        self.pick(field.get_by_role("radio"), wanted)

    def meet(self, theatre: Locator, spot: Spot) -> None:
        ground = theatre.locator(".choreo-player-ground")
        across, along = ground.evaluate("ground => [ground.clientWidth, ground.clientHeight]")
        self.at(ground, spot[0] / across, spot[1] / along)

    def touch(self, theatre: Locator) -> None:
        ground = theatre.locator(".choreo-player-ground")
        for across in (0.5, 0.45, 0.55, 0.4, 0.6):
            for along in (0.6, 0.5, 0.7):
                self.at(ground, across, along)
                if theatre.locator(".choreo-player-bubble:visible").count():
                    return
        raise AssertionError("nobody stands in the middle of the stage")


# Until the page no longer scrolls, as it does for a moment after a step was opened.
STILL = """ground => new Promise((done) => {
    let before;
    const look = () => {
        const { top } = ground.getBoundingClientRect();
        if (top === before) return done();
        before = top;
        requestAnimationFrame(look);
    };
    look();
})"""


class Mouse(Pointing):
    """Clicks and drags."""

    def tie(self, theatre: Locator, one: Spot, other: Spot) -> None:
        ground = theatre.locator(".choreo-player-ground")
        self.bring(ground)
        box = ground.bounding_box()
        assert box
        self.stroke(*((box["x"] + x, box["y"] + y) for x, y in (one, other)))

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

    def join(self, one: Locator, other: Locator) -> None:
        self.bring(one.locator(".."))
        self.stroke(self.middle(one), self.middle(other))

    def bring(self, what: Locator) -> None:
        """Into the middle of the window, and wait until it stays there: a place that was measured before is missed."""
        what.evaluate("element => element.scrollIntoView({block: 'center', behavior: 'instant'})")
        what.evaluate(STILL)

    def middle(self, what: Locator) -> tuple[float, float]:
        box = what.bounding_box()
        assert box
        return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2

    def match(self, one: Locator, pairs: dict[str, str]) -> None:
        for left, right in pairs.items():
            slot, side = one.locator(f"[data-row={left}]"), one.locator(f"[data-side={right}]")
            self.bring(slot)
            start = side.bounding_box()
            assert start
            grip = (start["x"] + 12, start["y"] + 12)
            if grip[1] > 840:  # pairs are dragged as long as both are in the window: at its edge the page scrolls
                side.click()
                slot.click()
                continue
            self.stroke(grip, (grip[0] + 20, grip[1] - 10), self.middle(slot))

    def order(self, one: Locator, steps: Sequence[str]) -> None:
        rows = one.locator("[data-step]")
        self.bring(one)
        for place, name in enumerate(steps):
            if rows.nth(place).get_attribute("data-step") == name:
                continue
            there = rows.nth(place).bounding_box()
            grip = one.locator(f"[data-step={name}] .choreo-order-grip")
            start = self.middle(grip)
            assert there
            self.stroke(start, (start[0], there["y"] + 20), (start[0], there["y"] + 3))
            expect(rows.nth(place)).to_have_attribute("data-step", name)

    def estimate(self, one: Locator, share: dict[str, int]) -> None:
        track = one.locator(".choreo-estimate-track")
        self.bring(track)
        box = track.bounding_box()
        assert box
        low, high, guess = (
            (box["x"] + box["width"] * share[name] / 100, box["y"] + box["height"] / 2) for name in share
        )
        self.stroke(low, high)
        self.stroke(guess, guess)

    def draw(self, one: Locator, curve: Sequence[int]) -> None:
        plot = one.locator(".choreo-predict-plot")
        self.bring(plot)
        box = plot.bounding_box()
        assert box
        across = [box["x"] + 46 + at * (box["width"] - 68) / 6 for at in range(7)]
        along = [box["y"] + box["height"] - 38 - value / 100 * (box["height"] - 68) for value in curve]
        self.stroke(*zip(across, along, strict=True))


class Finger(Pointing):
    """Taps."""

    def tie(self, theatre: Locator, one: Spot, other: Spot) -> None:
        ground = theatre.locator(".choreo-player-ground")
        for x, y in (one, other):
            ground.tap(position={"x": x, "y": y})

    def press(self, goal: Locator) -> None:
        goal.tap()

    def at(self, box: Locator, across: float, along: float) -> None:
        box.tap(position=self.spot(box, across, along))

    def match(self, one: Locator, pairs: dict[str, str]) -> None:
        for left, right in pairs.items():
            side = one.locator(f"[data-side={right}]")
            side.tap()
            expect(side).to_have_attribute("aria-pressed", "true")
            one.locator(f"[data-row={left}]").tap()
            expect(one.locator(f"[data-row={left}] select")).to_have_value(right)

    def order(self, one: Locator, steps: Sequence[str]) -> None:
        for place, name in enumerate(steps):
            up = one.locator(f"[data-step={name}]").get_by_role("button", name="Move up")
            while one.locator("[data-step]").nth(place).get_attribute("data-step") != name:
                up.tap()

    def estimate(self, one: Locator, share: dict[str, int]) -> None:
        for label, name in (("At least", "low"), ("At most", "high"), ("My best guess", "guess")):
            self.write(one.get_by_label(label), str(share[name]))

    def draw(self, one: Locator, curve: Sequence[int]) -> None:
        plot = one.locator(".choreo-predict-plot")
        box = plot.bounding_box()
        assert box
        width, height = box["width"], box["height"]
        for at, value in enumerate(curve):
            across = 46 + at * (width - 68) / 6
            along = height - 38 - value / 100 * (height - 68)
            plot.tap(position={"x": across, "y": along})


class Keys:
    """The keyboard alone."""

    def __init__(self, page: Page, every_stop: bool = False) -> None:
        self.page, self.every_stop = page, every_stop

    def go(self, goal: Locator, *keys: str) -> None:
        """Bring the focus there, and press these keys."""
        tab_to(self.page, goal, self.every_stop)
        for key in keys:
            self.page.keyboard.press(key)

    def press(self, goal: Locator) -> None:
        self.go(goal, "Enter")

    def join(self, one: Locator, other: Locator) -> None:
        self.press(one)
        self.press(other)

    def pick(self, options: Locator, wanted: Locator) -> None:
        if wanted.get_attribute("type") == "checkbox":
            self.go(wanted, "Space")
            return
        self.go(options.first)
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown" if options.and_(self.page.locator(":checked")).count() else "Space")

    def write(self, field: Locator, text: str) -> None:
        self.go(field)
        self.page.keyboard.type(text[:TYPED])
        self.page.keyboard.insert_text(text[TYPED:])

    def select(self, field: Locator, text: str) -> None:
        self.go(field)
        for _ in field.locator("option").all():
            if field.evaluate("element => element.selectedOptions[0].label") == text:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"the arrow keys do not reach {text}")

    def day(self, field: Locator, day: date) -> None:
        self.write(field, day.strftime("%m%d%Y"))

    def match(self, one: Locator, pairs: dict[str, str]) -> None:
        for left, right in pairs.items():
            field = one.locator(f"[data-row={left}] select")
            self.go(field)
            for _ in range(field.evaluate(BELOW, right)):
                self.page.keyboard.press("ArrowDown")
            expect(field).to_have_value(right)

    def order(self, one: Locator, steps: Sequence[str]) -> None:
        self.go(one.locator("[data-step] button").first)
        for place, name in enumerate(steps):
            one.locator(f"[data-step={name}] button").first.focus()
            while one.locator("[data-step]").nth(place).get_attribute("data-step") != name:
                self.page.keyboard.press("ArrowUp")

    def estimate(self, one: Locator, share: dict[str, int]) -> None:
        for label, name in (("At least", "low"), ("At most", "high"), ("My best guess", "guess")):
            self.write(one.get_by_label(label), str(share[name]))

    def place(self, one: Locator, spot: tuple[int, int]) -> None:
        for slider, value in zip(one.get_by_role("slider").all(), spot, strict=True):
            self.go(slider, "Home", *["PageUp"] * (value // 10))

    def set(self, slider: Locator, value: float) -> None:
        step, low, high = slider.evaluate("({ step, min, max }) => [step, min, max].map(Number)")
        up, down = round((value - low) / step), round((high - value) / step)
        keys = ["Home", *["ArrowRight"] * up] if up <= down else ["End", *["ArrowLeft"] * down]
        self.go(slider, *keys)
        assert abs(float(slider.input_value()) - value) < step / 2

    def choose(self, field: Locator, wanted: Locator) -> None:
        self.go(field.locator(":checked"))
        while not wanted.is_checked():
            self.page.keyboard.press("ArrowDown")

    def touch(self, theatre: Locator) -> None:
        self.go(theatre, "Enter")
        expect(theatre.locator(".choreo-player-bubble")).to_be_visible()

    def meet(self, theatre: Locator, spot: Spot) -> None:
        press(self.page, theatre, "Enter")
        self.walk(theatre.locator(".choreo-player-ring"), spot)
        self.page.keyboard.press("Enter")

    def tie(self, theatre: Locator, one: Spot, other: Spot) -> None:
        self.go(theatre)
        ring = theatre.locator(".choreo-player-ring")
        if not ring.is_visible():
            self.page.keyboard.press("Enter")
        for goal in (one, other):
            self.walk(ring, goal)
            self.page.keyboard.press("Enter")

    def walk(self, ring: Locator, goal: Spot) -> None:
        """Press arrow keys until whoever stands there is ringed; where one way leads past them, try the other."""
        where = "ring => [parseFloat(ring.style.left), parseFloat(ring.style.top)]"
        seen: set[tuple[Spot, str]] = set()
        for _ in range(60):
            at = tuple(ring.evaluate(where))
            way = (goal[0] - at[0], goal[1] - at[1])
            if max(map(abs, way)) < 2:
                return
            keys = [("ArrowRight", way[0]), ("ArrowLeft", -way[0]), ("ArrowDown", way[1]), ("ArrowUp", -way[1])]
            wanted = [key for key, far in sorted(keys, key=lambda one: -one[1]) if (at, key) not in seen]
            seen.add((at, wanted[0]))
            self.page.keyboard.press(wanted[0])
        raise AssertionError(f"the arrow keys do not reach {goal}")

    def draw(self, one: Locator, curve: Sequence[int]) -> None:
        for slider, value in zip(one.get_by_role("slider").all(), curve, strict=True):
            self.set(slider, value)
