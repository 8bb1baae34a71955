"""A learner who took every lesson there is: portfolio, certificate and calendars, here and on another installation."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import Page, expect
from tests.browser.chromium import launched
from tests.hub import learned
from tests.hub.test_certificate import text_of
from tests.hub.test_pages_in_browser import WAYS, look
from tests.hub.test_portfolio_page import bring, upload
from tests.hub.test_running import running
from tests.hub.visiting import Browser, Clock, Hub

from choreo.hub.identity import COOKIE
from choreo.hub.settings import Settings
from choreo.progress.entry import new_entry

WRITTEN = learned.written()
NOW = learned.START + len(WRITTEN) * learned.APART
MORE = 3  # pages of a portfolio besides one for each lesson


def course(data: Path) -> Hub:
    """The real lessons, without the server that shows them."""
    return Hub(Settings(data, learned.ROOT / "lessons", learned.ROOT / "exercises"), Clock(NOW))


def known(hub: Hub) -> str:
    """The cookie of somebody who did it all, and named a collaboration of their own."""
    then = learned.START + timedelta(hours=5)  # also where lesson 00 has it named already
    own = new_entry("00-welcome", "my-collaboration", "collaboration", 1, learned.COLLABORATION, None, then)
    database = hub.database()
    learner = database.add_learner(then)
    for entry in (*learned.taken(WRITTEN), own):
        database.add(learner, entry, NOW)
    database.close()
    return hub.identity().token(learner)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    return course(tmp_path_factory.mktemp("here") / "data")


@pytest.fixture(scope="module")
def cookie(hub: Hub) -> str:
    return known(hub)


@pytest.fixture
def learner(hub: Hub, cookie: str) -> Browser:
    browser = hub.browser()
    browser.client.cookies.set(COOKIE, cookie)
    return browser


def certificate(learner: Browser) -> str:
    return text_of(learner.get("/certificate").text).split("Made on")[0]


def body(page: str) -> str:
    """A portfolio without what is said about the page that it is on."""
    found = re.search(r"<header class=\"choreo-folio-head\">.*</section>", page, re.DOTALL)
    assert found
    return text_of(found[0])


def test_the_portfolio_follows_the_learners_thread(learner: Browser) -> None:
    page = learner.get("/portfolio").text
    titles = [lesson.title for lesson in learned.course().lessons if lesson.name in WRITTEN]
    order = [learned.COLLABORATION["stuck"], "What I will do", *(f">{title}</h2>" for title in titles)]
    places = [page.index(text) for text in order]
    assert places == sorted(places)
    for chapter in re.findall(r'<section class="choreo-folio-part choreo-chapter".*?</section>', page, re.DOTALL)[1:]:
        parts = re.findall(r'<(?:article|div) class="choreo-(foreseen|writing|planned|reached|practised)"', chapter)
        assert parts == sorted(parts, key=("foreseen", "writing", "planned", "reached", "practised").index)


def test_the_certificate_counts_what_the_lessons_ask_for(learner: Browser) -> None:
    page = certificate(learner)
    banks = [bank for name in WRITTEN if (bank := learned.bank(name))]
    asked = [bank.get(item).entry_kind for bank in banks for item in bank.items]
    assert f"{asked.count('prediction')} predictions, all made before" in page
    assert f"{asked.count('goal')} goals reached, in" in page
    assert f"{asked.count('attempt')} exercises done" in page
    assert f"{asked.count('commitment')} plans made" in page
    for name in WRITTEN:
        assert next(lesson.title for lesson in learned.course().lessons if lesson.name == name) in page


def test_each_open_plan_is_one_event_in_its_own_sentence(learner: Browser) -> None:
    text = learner.get("/portfolio/commitments.ics").text.replace("\r\n ", "")
    plans = re.findall(r'choreo-promise-what" dir="auto">(When .*?)</p>', learner.get("/portfolio").text)
    said = re.findall(r"SUMMARY:(.*)\r", text)
    assert len(said) == len(plans) / 2 == text.count("BEGIN:VEVENT")  # in the list, and in its lesson
    assert all(re.match(r"When .+, I will .+\.$", one.replace("\\", "")) for one in said)


def test_everything_is_the_same_where_it_is_read_in(learner: Browser, tmp_path: Path) -> None:
    other = course(tmp_path / "there").browser()
    content = learner.get("/portfolio/file").content
    assert " collaboration" in text_of(upload(other, content).text)
    bring(other, content)
    assert body(other.get("/portfolio").text) == body(learner.get("/portfolio").text)
    assert certificate(other) == certificate(learner)
    for calendar in ("/portfolio/commitments.ics", "/review/days.ics"):
        events = [re.sub("DTSTAMP.*\r", "", browser.get(calendar).text) for browser in (learner, other)]
        assert events[0] == events[1]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Chromium]:
    with launched() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(hub: Hub, cookie: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    with running(hub, port):
        yield f"http://127.0.0.1:{port}"


def visit(chromium: Chromium, address: str, cookie: str, scheme: str, width: int, scripts: bool) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 844}, color_scheme=scheme, java_script_enabled=scripts
    )
    context.set_default_timeout(20_000)
    context.add_cookies([{"name": COOKIE, "value": cookie, "url": address}])
    return context.new_page()


def pages(page: Page) -> int:
    """How many sheets of A4 it takes."""
    page.evaluate("document.fonts.ready")
    return page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n")


@pytest.mark.browser
def test_it_prints_on_few_pages_and_the_certificate_on_one(chromium: Chromium, address: str, cookie: str) -> None:
    page = visit(chromium, address, cookie, "dark", 1280, True)
    page.goto(f"{address}/portfolio")
    assert 1 <= pages(page) <= len(WRITTEN) + MORE
    page.goto(f"{address}/certificate")
    page.get_by_label("Your name").fill("Wilhelmina Featherstonehaugh-Papadopoulos van der Zee")
    page.get_by_role("button", name="Put it on").click()
    expect(page.locator(".choreo-diploma-name")).to_contain_text("van der Zee")
    assert pages(page) == 1
    page.context.close()


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width", "scripts"), WAYS)
def test_home_portfolio_and_certificate_can_be_read_by_everybody(
    chromium: Chromium, address: str, cookie: str, scheme: str, width: int, scripts: bool
) -> None:
    page = visit(chromium, address, cookie, scheme, width, scripts)
    page.goto(address)
    page.get_by_role("link", name="What you found").first.click()
    page.wait_for_url("**/found/*")
    page.goto(address)
    for name, heading in (
        ("Your certificate", "What was done so far|Certificate"),
        ("Your portfolio", "Your portfolio"),
    ):
        if scripts:
            look(page)
        page.get_by_role("link", name=name).first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile(heading))
    if scripts:
        look(page)
    page.goto(f"{address}/certificate")
    expect(page.get_by_role("button", name="Print")).to_have_count(1 if scripts else 0)
    page.get_by_label("Your name").fill("Zoë")
    page.keyboard.press("Enter")
    expect(page.locator(".choreo-diploma-name")).to_have_text("Zoë")
    page.context.close()
