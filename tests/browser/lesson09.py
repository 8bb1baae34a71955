"""What a learner does in lesson 09, with the mouse or with the keyboard alone."""

from __future__ import annotations

from datetime import date, timedelta

from playwright.sync_api import Locator, Page, expect

PREDICTION = (5, 10, 20, 40, 60, 80, 90)
FAR = 60
REFLECTION = "Small groups agreed early, the whole plaza late. It looked settled and was not."
CARD = "Every Friday the three laboratories post what failed."
MOVE = {
    "What": "Ask the three laboratories what they would need to hear",
    "whom": "Mara",
    "by": date.today() + timedelta(days=10),
}
RIGHT = {
    "quiet-months": "call daily",
    "five-laboratories": "three weeks at a time",
}
ALL_GREEN = ("mean by", "leaking pipe", "do something differently")
WHERE_IT_STICKS = {
    "bakery": "listening", "permit": "tempo", "wards": "reach", "laboratory": "tempo", "valley": "reach",
    "newsletter": "listening",
}  # fmt: skip
FRAME_OR_STEPS = {
    "dusk": "frame", "gloves": "step", "flag": "cue", "knee": "frame", "welcome": "step", "bell": "cue", "soup": "step",
}  # fmt: skip
EIGHT_WEEKS = ("ask", "page", "signals", "trial", "mend", "watch")
TITLES = {
    "tuning-in-curve": "Draw the curve",
    "far-listeners-needed": "How many must listen far?",
    "what-i-saw": None,
    "quiet-months": "Five quiet months",
}


def card(page: Page, kind: str, at: int = 0) -> Locator:
    """The card of that kind, counted from the top of the lesson."""
    return page.locator(f".choreo-card-{kind}").nth(at)


def kept(one: Locator) -> None:
    """Wait until the card says that the server has it."""
    expect(one.locator(".choreo-card-kept")).to_have_attribute("data-saved", "yes")


def predict_curve(page: Page) -> None:
    one = card(page, "predict", 0)
    for slider, value in zip(one.get_by_role("slider").all(), PREDICTION, strict=True):
        slider.fill(str(value))
    one.get_by_role("button", name="Lock in my prediction").click()
    one.get_by_role("button", name="Yes, lock it in").click()
    kept(one)


def predict_number(page: Page) -> None:
    one = card(page, "predict", 1)
    one.get_by_role("spinbutton").fill(str(FAR))
    one.get_by_role("button", name="Lock in my prediction").click()
    one.get_by_role("button", name="Yes, lock it in").click()
    kept(one)


def reach_the_goal(page: Page) -> None:
    play = page.locator(".choreo-explorable")
    play.get_by_role("slider", name="How strongly people listen").fill("5")
    far = play.get_by_role("slider", name="How many listen far")
    reached = play.locator("[data-reached]")
    for _ in range(6):  # honest luck: each crowd comes together with probability .96
        far.fill("40")
        try:
            expect(reached).to_be_visible(timeout=6_000)
            break
        except AssertionError:
            play.get_by_role("button", name="New people").click()
    expect(reached).to_be_visible()


def reflect(page: Page) -> None:
    one = card(page, "written", 0)
    for box in one.get_by_role("textbox").all():
        box.fill(REFLECTION)
    one.get_by_role("button", name="Keep", exact=True).click()
    kept(one)


def choose(page: Page, at: int, *texts: str) -> None:
    one = card(page, "choice", at)
    for text in texts:
        one.locator("label", has_text=text).click()
    one.get_by_role("button", name="Check", exact=True).click()
    kept(one)


def sort(page: Page, at: int, buckets: dict[str, str]) -> None:
    one = card(page, "classify", at)
    for case, bucket in zip(one.locator("fieldset").all(), buckets.values(), strict=True):
        case.locator(f"label:has(input[value={bucket}])").click()
    one.get_by_role("button", name="Check", exact=True).click()
    kept(one)


def put_in_order(page: Page) -> None:
    one = card(page, "order")
    for place, name in enumerate(EIGHT_WEEKS):
        step = one.locator(f"[data-step={name}]")
        while one.locator("[data-step]").nth(place).get_attribute("data-step") != name:
            step.get_by_role("button", name="Move up").click()
    one.get_by_role("button", name="Check this order").click()
    kept(one)


def practise(page: Page) -> None:
    choose(page, 0, RIGHT["quiet-months"])
    sort(page, 0, WHERE_IT_STICKS)
    choose(page, 1, *ALL_GREEN)
    sort(page, 1, FRAME_OR_STEPS)
    put_in_order(page)
    choose(page, 2, RIGHT["five-laboratories"])


def transfer(page: Page) -> None:
    one = card(page, "written", 1)
    for box in one.get_by_role("textbox").all():
        box.fill(CARD)
    one.get_by_role("button", name="Keep", exact=True).click()
    kept(one)
    promise = card(page, "commit")
    promise.locator("textarea").fill(MOVE["What"])
    promise.locator("input[type=text]").fill(MOVE["whom"])
    promise.locator("input[type=date]").fill(MOVE["by"].isoformat())
    promise.get_by_role("button", name="I commit to this").click()
    kept(promise)


def whole_lesson(page: Page) -> None:
    """All of it, in the order of the page."""
    predict_curve(page)
    predict_number(page)
    reach_the_goal(page)
    reflect(page)
    practise(page)
    transfer(page)


def everything_is_there(page: Page) -> None:
    """All that `whole_lesson` did is on the page."""
    for one in page.locator(".choreo-card").all():
        kept(one)
    curve = card(page, "predict", 0)
    assert [int(float(s.input_value())) for s in curve.get_by_role("slider").all()] == list(PREDICTION)
    expect(curve).to_contain_text("Locked in")
    expect(card(page, "predict", 1).get_by_role("spinbutton")).to_have_value(str(FAR))
    expect(page.locator(".choreo-explorable [data-reached]")).to_be_visible()
    expect(card(page, "written", 0).get_by_role("textbox").first).to_have_value(REFLECTION)
    expect(card(page, "written", 1).get_by_role("textbox").first).to_have_value(CARD)
    expect(card(page, "written", 1)).to_contain_text("worked example")
    expect(card(page, "commit")).to_contain_text(MOVE["What"])
    for at in range(3):
        expect(card(page, "choice", at).locator(".choreo-card-status")).to_have_attribute("data-tone", "right")
    order = [step.get_attribute("data-step") for step in card(page, "order").locator("[data-step]").all()]
    assert tuple(order) == EIGHT_WEEKS
    expect(page.locator(".choreo-outline progress")).to_have_js_property("value", 1)
