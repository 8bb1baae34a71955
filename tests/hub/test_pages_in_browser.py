"""Review and portfolio as a learner meets them: by keyboard alone, without scripts, on a phone, in light and dark."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.axe import COLOURS, RULES, violations
from tests.browser.chromium import launched
from tests.grading.samples import samples
from tests.hub.test_collaboration_page import MINE
from tests.hub.test_exercise_form import record_of
from tests.hub.test_portfolio_page import COMMIT
from tests.hub.test_running import running
from tests.hub.visiting import LESSON, Hub, hub_in

from choreo.hub import exercise_form
from choreo.hub.identity import COOKIE
from choreo.progress.entry import new_entry

pytestmark = pytest.mark.browser

WAYS = [("light", 1440, True), ("dark", 390, True), ("light", 390, False)]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """One for all tests, each of which has learners of its own."""
    with hub_in(tmp_path_factory.mktemp("hub")) as hub:
        folder = hub.settings.exercises / LESSON
        for exercise in samples():
            if exercise.kind in exercise_form.READERS:
                (folder / f"{exercise.id}.yaml").write_text(json.dumps(record_of(exercise)), encoding="utf-8")
        (folder / "one.yaml").write_text(json.dumps(record_of(samples()[0], review=False)), encoding="utf-8")
        (folder / "promise.yaml").write_text(COMMIT, encoding="utf-8")
        yield hub


@pytest.fixture(scope="module")
def address(hub: Hub) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with running(hub, port):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def only_choices(hub: Hub) -> Iterator[None]:
    """No other questions meanwhile."""
    paths = (hub.settings.exercises / LESSON).glob("*.yaml")
    taken = {path: path.read_bytes() for path in paths if path.stem not in ("one", "later", "much-later")}
    for path in taken:
        path.unlink()
    yield
    for path, content in taken.items():
        path.write_bytes(content)


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


def look(page: Page, rules: Sequence[str] = RULES) -> None:
    assert violations(page, rules) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize(("scheme", "width", "scripts"), WAYS)
def test_every_question_can_be_read_answered_and_understood(
    chromium: Browser, hub: Hub, address: str, scheme: str, width: int, scripts: bool
) -> None:
    page = visit(chromium, hub, address, scheme, width, scripts)
    page.goto(f"{address}/review")
    # What both have, question and verdict, is looked at in both ways; what one has in one of them, and its colours in the other.
    asked, told = (RULES, COLOURS) if scheme == "light" else (COLOURS, RULES)
    seen = set()
    while (item := page.locator("input[name=item]").get_attribute("value")) not in seen:  # until one comes again
        seen.add(item)
        if scripts:
            look(page, asked)
        expect(page.locator(":checked:not(option)")).to_have_count(0)
        for group in page.locator("main fieldset").all():
            if group.locator("input[type=radio], input[type=checkbox]").count():
                group.locator("label").first.click()
        for at, choice in enumerate(page.locator("main select").all()):
            choice.select_option(index=at + 1)
        for at, number in enumerate(page.locator("main input[inputmode=decimal]").all()):
            number.fill(str(10 + at))
        for gap in page.locator("main input.choreo-gap").all():
            gap.fill("cue")
        page.get_by_role("button", name="Answer").click()
        expect(page.locator(".choreo-verdict")).to_be_visible()
        if scripts:
            look(page, told)
        page.locator("main a.choreo-button").first.click()
    assert len(seen) >= len(exercise_form.READERS)
    page.context.close()


@pytest.mark.usefixtures("only_choices")
def test_number_keys_and_enter_are_enough(chromium: Browser, hub: Hub, address: str) -> None:
    page = visit(chromium, hub, address, "light", 1440, True)
    page.goto(f"{address}/review#question")
    expect(page.locator("[data-digits]").first).to_be_focused()
    options = page.locator("main label").all_inner_texts()  # shuffled anew for each review
    page.keyboard.press(str(1 + next(at for at, words in enumerate(options) if "A frame" in words)))
    page.keyboard.press("Enter")
    expect(page.get_by_text("You still had it.")).to_be_visible()
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


def test_the_browser_says_where_a_day_begins_only_once_somebody_has_begun(
    chromium: Browser, hub: Hub, address: str
) -> None:
    page = visit(chromium, hub, address, "light", 1440, True)
    cookies = page.context.cookies()
    page.context.close()
    context = chromium.new_context(
        timezone_id="Pacific/Kiritimati"
    )  # 14 hours ahead: two days ago is the next day there
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("link", name="I have a resume code")).to_be_visible()
    assert context.cookies() == []
    context.add_cookies(cookies)
    page.goto(address)
    page.wait_for_function("document.cookie.includes('choreo_zone=Pacific/Kiritimati')")
    page.goto(f"{address}/portfolio")
    ahead = datetime.now(UTC) - timedelta(days=2) + timedelta(hours=14)
    expect(page.locator(".choreo-lead")).to_contain_text(f"{ahead.day} {ahead:%B %Y}")
    context.close()


@pytest.mark.parametrize(("scheme", "width", "scripts"), WAYS)
def test_what_was_found_can_be_read_and_ones_own_collaboration_named(
    chromium: Browser, hub: Hub, address: str, scheme: str, width: int, scripts: bool
) -> None:
    (hub.settings.exercises / LESSON / "mine.yaml").write_text(MINE, encoding="utf-8")
    page = visit(chromium, hub, address, scheme, width, scripts)
    page.goto(f"{address}/found/{LESSON}")
    expect(page.get_by_text("A wave.")).to_be_visible()
    if scripts:
        look(page)
    page.goto(f"{address}/collaboration?from={LESSON}/one")
    page.get_by_label("What for").fill("One timetable")
    if scripts:
        look(page)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_role("status")).to_contain_text("Kept.")
    expect(page.get_by_label("What for")).to_have_value("One timetable")
    if scripts:
        look(page)
    page.context.close()
