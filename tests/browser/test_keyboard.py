import pytest
from playwright.sync_api import Locator, Page, expect
from tests.browser.lesson09 import (
    ALL_GREEN,
    CARD,
    EIGHT_WEEKS,
    FAR,
    FRAME_OR_STEPS,
    MOVE,
    PREDICTION,
    REFLECTION,
    RIGHT,
    WHERE_IT_STICKS,
    card,
    everything_is_there,
    kept,
)

pytestmark = pytest.mark.browser

FAR_ENOUGH = 400  # stops of the Tab key in the whole lesson

SHOWS_FOCUS = """element => [
    getComputedStyle(element), getComputedStyle(element, "::after"),
    ...["label", "svg", ".choreo-predict-stage"].map(one => element.closest(one)).filter(Boolean)
        .map(one => getComputedStyle(one)),
].some(style => style.outlineStyle !== "none" || style.boxShadow !== "none")"""


def shows_focus(goal: Locator) -> bool:
    """Whether the focus can be seen: by a style, or in the picture where no script can ask, as around a slider's knob."""
    if goal.evaluate(SHOWS_FOCUS):
        return True
    ring = goal.screenshot()
    goal.evaluate("element => element.style.setProperty('--choreo-focus', 'transparent')")
    bare = goal.screenshot()
    goal.evaluate("element => element.style.removeProperty('--choreo-focus')")
    return ring != bare


def tab_to(page: Page, goal: Locator) -> None:
    """Press Tab until `goal` has the focus, and see that the focus can be seen."""
    for _ in range(FAR_ENOUGH):
        if goal.evaluate("element => element === document.activeElement"):
            assert shows_focus(goal), f"the focus on {goal} cannot be seen"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {goal}")


def press(page: Page, goal: Locator, *keys: str) -> None:
    tab_to(page, goal)
    for key in keys:
        page.keyboard.press(key)


def write(page: Page, goal: Locator, text: str) -> None:
    tab_to(page, goal)
    page.keyboard.type(text)


def lock_in(page: Page, one: Locator) -> None:
    press(page, one.get_by_role("button", name="Lock in my prediction"), "Enter")
    page.keyboard.press("Enter")  # the question has the focus on its yes
    kept(one)


def choose(page: Page, at: int, *texts: str) -> None:
    one = card(page, "choice", at)
    for text in texts:
        option = one.locator("label", has_text=text).locator("input")
        if option.get_attribute("type") == "checkbox":
            press(page, option, "Space")
        else:
            first = one.locator("input[type=radio]").first
            tab_to(page, first)
            while not option.is_checked():
                page.keyboard.press("ArrowDown" if one.locator("input:checked").count() else "Space")
    press(page, one.get_by_role("button", name="Check", exact=True), "Enter")
    kept(one)
    expect(one.locator(".choreo-card-status")).to_be_focused()


def sort(page: Page, at: int, buckets: dict[str, str]) -> None:
    one = card(page, "classify", at)
    for case, bucket in zip(one.locator("fieldset").all(), buckets.values(), strict=True):
        tab_to(page, case.locator("input").first)
        wanted = case.locator(f"input[value={bucket}]")
        while not wanted.is_checked():
            page.keyboard.press("ArrowRight" if case.locator("input:checked").count() else "Space")
    press(page, one.get_by_role("button", name="Check", exact=True), "Enter")
    kept(one)


def test_the_whole_lesson_works_by_keyboard_alone(shared_course, learner):
    page = learner
    page.goto(shared_course.address)
    press(page, page.get_by_role("link", name="A flash mob, not a ballet").last, "Enter")
    page.wait_for_selector("html[data-ready]")
    press(page, page.get_by_role("link", name="Skip to the lesson"), "Enter")
    expect(page.locator("main")).to_be_focused()

    curve = card(page, "predict", 0)
    for slider, value in zip(curve.get_by_role("slider").all(), PREDICTION, strict=True):
        press(page, slider, "Home", *["PageUp"] * (value // 10), *["ArrowUp"] * (value % 10))
        assert float(slider.input_value()) == value
    lock_in(page, curve)
    number = card(page, "predict", 1)
    write(page, number.get_by_role("spinbutton"), str(FAR))
    lock_in(page, number)

    play = page.locator(".choreo-explorable")
    far = play.get_by_role("slider", name="How many listen far")
    press(page, play.get_by_role("slider", name="How strongly people listen"), "End")
    press(page, far, "Home", *["ArrowRight"] * 40)
    for _ in range(6):  # as with the mouse: a crowd in twenty-five does not come together
        try:
            expect(play.locator("[data-reached]")).to_be_visible(timeout=6_000)
            break
        except AssertionError:
            play.get_by_role("button", name="New people").focus()
            page.keyboard.press("Enter")
    expect(play.locator("[data-reached]")).to_be_visible()

    seen = card(page, "written", 0)
    for box in seen.get_by_role("textbox").all():
        write(page, box, REFLECTION)
    press(page, seen.get_by_role("button", name="Keep", exact=True), "Enter")
    kept(seen)

    choose(page, 0, RIGHT["quiet-months"])
    sort(page, 0, WHERE_IT_STICKS)
    choose(page, 1, *ALL_GREEN)
    sort(page, 1, FRAME_OR_STEPS)
    order = card(page, "order")
    for place, name in enumerate(EIGHT_WEEKS):
        while order.locator("[data-step]").nth(place).get_attribute("data-step") != name:
            up = order.locator(f"[data-step={name}]").get_by_role("button", name="Move up")
            up.focus()
            page.keyboard.press("Enter")
    press(page, order.get_by_role("button", name="Check this order"), "Enter")
    kept(order)
    choose(page, 2, RIGHT["five-laboratories"])

    postcard = card(page, "written", 1)
    for box in postcard.get_by_role("textbox").all():
        write(page, box, CARD)
    press(page, postcard.get_by_role("button", name="Keep", exact=True), "Enter")
    kept(postcard)
    promise = card(page, "commit")
    write(page, promise.locator("textarea"), MOVE["What"])
    write(page, promise.locator("input[type=text]"), MOVE["whom"])
    write(page, promise.locator("input[type=date]"), MOVE["by"].strftime("%m%d%Y"))
    press(page, promise.get_by_role("button", name="I commit to this"), "Enter")
    kept(promise)
    everything_is_there(page)
