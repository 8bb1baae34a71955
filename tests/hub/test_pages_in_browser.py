"""Review and portfolio as a learner meets them: by keyboard alone, without scripts, on a phone, in light and dark."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect
from tests.browser.chromium import launched
from tests.grading.samples import samples
from tests.hub.test_portfolio_page import COMMIT
from tests.hub.test_review_kinds import record_of
from tests.hub.test_running import port, running  # noqa: F401
from tests.hub.visiting import LESSON, Hub

from choreo.hub import paper
from choreo.hub.identity import COOKIE
from choreo.progress.entry import new_entry

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WAYS = [("light", 1440, True), ("dark", 390, True), ("light", 390, False)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture
def address(hub: Hub, port: int) -> Iterator[str]:  # noqa: F811
    folder = hub.settings.exercises / LESSON
    for exercise in samples():
        if exercise.kind in paper.READERS:
            (folder / f"{exercise.id}.yaml").write_text(json.dumps(record_of(exercise)), encoding="utf-8")
    (folder / "one.yaml").write_text(json.dumps(record_of(samples()[0], review=False)), encoding="utf-8")
    (folder / "promise.yaml").write_text(COMMIT, encoding="utf-8")
    with running(hub, port):
        yield f"http://127.0.0.1:{port}"


def visit(chromium: Browser, hub: Hub, address: str, scheme: str, width: int, scripts: bool) -> Page:
    """The page of a learner who took the lesson two days ago."""
    then = datetime.now(UTC) - timedelta(days=2)
    database = hub.database()
    learner = database.add_learner(then)
    for item, kind, answer in (
        ("one", "attempt", {"chosen": ["frame"]}),
        ("promise", "commitment", {"what": "Ask", "whom": "Mara", "by": "2030-01-02"}),
        ("seen", "reflection", {"fields": {"seen": "A wave."}, "met": []}),
    ):
        database.add(learner, new_entry(LESSON, item, kind, 1, answer, None, then), then)
    database.close()
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=scripts
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": COOKIE, "value": hub.identity().token(learner), "url": address}])
    return context.new_page()


def look(page: Page) -> None:
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(fault["id"], [node["target"] for node in fault["nodes"]]) for fault in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scheme", "width", "scripts"), WAYS)
def test_every_question_can_be_read_answered_and_understood(
    chromium: Browser, hub: Hub, address: str, scheme: str, width: int, scripts: bool
) -> None:
    page = visit(chromium, hub, address, scheme, width, scripts)
    page.goto(f"{address}/review")
    seen = set()
    while (item := page.locator("input[name=item]").get_attribute("value")) not in seen:  # until one comes again
        seen.add(item)
        if scripts:
            look(page)
        expect(page.locator(":checked:not(option)")).to_have_count(0)
        for group in page.locator("main fieldset").all():
            if group.locator("input[type=radio], input[type=checkbox]").count():
                group.locator("label").first.click()
        for at, choice in enumerate(page.locator("main select").all()):
            choice.select_option(index=at + 1)
        for at, number in enumerate(page.locator("main input[type=number]").all()):
            number.fill(str(10 + at))
        for gap in page.locator("main input.choreo-gap").all():
            gap.fill("cue")
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".choreo-verdict")).to_be_visible()
        if scripts:
            look(page)
        page.locator("main a.choreo-button").first.click()
    assert len(seen) >= len(paper.READERS)
    page.context.close()


def test_number_keys_and_enter_are_enough(chromium: Browser, hub: Hub, address: str) -> None:
    for path in (hub.settings.exercises / LESSON).glob("*.yaml"):
        if path.stem not in ("one", "later", "much-later"):
            path.unlink()
    page = visit(chromium, hub, address, "light", 1440, True)
    page.goto(f"{address}/review#question")
    expect(page.locator("[data-digits]").first).to_be_focused()
    page.keyboard.press("1")
    page.keyboard.press("Enter")
    expect(page.get_by_text("That’s it.")).to_be_visible()
    expect(page.locator("a:focus")).to_have_text("Next question")
    page.context.close()


@pytest.mark.parametrize(("scheme", "width", "scripts"), WAYS)
def test_a_portfolio_goes_home_and_comes_back(
    chromium: Browser, hub: Hub, address: str, tmp_path, scheme: str, width: int, scripts: bool
) -> None:
    page = visit(chromium, hub, address, scheme, width, scripts)
    page.goto(address)
    page.get_by_role("link", name="Your portfolio").click()
    expect(page.get_by_text("A wave.")).to_be_visible()
    if scripts:
        look(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Take it home in one file").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    page.goto(f"{address}/forget")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", name="Forgotten")).to_be_visible()
    page.goto(f"{address}/portfolio/import")
    page.get_by_label("Portfolio file").set_input_files(file)
    page.get_by_role("button", name="Look what is in it").click()
    expect(page.get_by_text("1 commitment")).to_be_visible()
    if scripts:
        look(page)
    page.get_by_role("button", name="Bring all 3 in").click()
    expect(page.get_by_text("3 entries have come in")).to_be_visible()
    expect(page.get_by_text("A wave.")).to_be_visible()
    asked: list[str] = []
    taken = page.context.new_page()  # of its own: the page before may still be asking for its icon
    taken.on("request", lambda request: asked.append(request.url))
    taken.goto(file.as_uri())
    expect(taken.get_by_text("A wave.")).to_be_visible()
    assert asked == [file.as_uri()]
    if scripts:
        look(taken)
    page.context.close()
