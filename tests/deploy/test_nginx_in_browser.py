"""A learner, a coach, phones and a projector in real browsers, with nginx before the servers, under a host name and a path."""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.chromium import launched
from tests.browser.conftest import ready
from tests.browser.hands import Mouse
from tests.browser.lesson09 import CASE, NAME, RIGHT, TITLE, predict, predicted
from tests.browser.test_forgetting import OURS, box, forget
from tests.browser.test_live import add, choose, go_on, open_console, open_session, sealed, session_of
from tests.browser.walk import TEXT, card, judged
from tests.browser.walk import choose as decide
from tests.deploy.nginx import HOST, program
from tests.deploy.servers import servers
from tests.serve.course import ROOT, one_lesson

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)

PATH = "/choreo"


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    program("nginx")
    folder = tmp_path_factory.mktemp("behind")
    small = one_lesson(folder / "course")
    shutil.copy(ROOT / "lessons" / "live.ipynb", small / "lessons")
    with servers(small, folder, PATH) as running:
        yield running


@pytest.fixture(scope="module")
def browser(course):
    with launched(f"--host-resolver-rules=MAP {HOST} 127.0.0.1") as found:
        yield found


@pytest.fixture
def new_learner(browser, course):
    """Opens a browser of its own; nothing it asks for lies elsewhere, and no script fails."""
    contexts, faults = [], []

    def look(request):
        at = urlsplit(request.url)
        if at.scheme in ("http", "https", "ws", "wss") and not f"{request.url}/".startswith(f"{course.address}/"):
            faults.append(f"request to another place: {request.url}")

    def open_browser(**options):
        context = browser.new_context(
            **{"viewport": {"width": 1440, "height": 900}, **options}, ignore_https_errors=True
        )
        context.set_default_timeout(20_000)
        context.on("request", look)
        context.on("weberror", lambda error: faults.append(f"script error: {error.error}"))
        contexts.append(context)
        return context.new_page()

    yield open_browser
    for context in contexts:
        context.close()
    assert faults == []


def back(page):
    expect(page.get_by_role("alert")).to_contain_text("Everything is back")


def test_a_learner_s_work_outlives_kernel_and_lesson_server_and_goes_when_it_is_forgotten(course, new_learner):
    page = new_learner()
    page.goto(course.address)
    page.get_by_role("link", name=TITLE).first.click()
    ready(page)
    assert page.url == f"{course.address}/lessons/{NAME}/"
    page.goto(f"{course.address}/lessons/{NAME}?all")
    ready(page)
    predict(Mouse(page))
    page.reload()
    ready(page)
    predicted(page)
    box(page).fill(TEXT)
    for kernel in course.kernels():
        kernel.kill()
    back(page)
    predicted(page)
    decide(Mouse(page), CASE, *RIGHT[CASE])
    judged(card(page, CASE))
    course.at_work().kill()
    back(page)  # at the other server
    judged(card(page, CASE))
    expect(box(page)).to_have_value(TEXT)
    cookies = page.context.cookies()
    assert {cookie["name"] for cookie in cookies} == OURS
    assert {(cookie["path"], cookie["secure"]) for cookie in cookies} == {(f"{PATH}/", True)}
    forget(page, course)
    assert page.context.cookies() == []
    page.goto(f"{course.address}/lessons/{NAME}?all")
    ready(page)
    expect(box(page)).to_have_value("")
    expect(card(page, CASE).get_by_role("radio", checked=True)).to_have_count(0)


def test_a_coach_a_projector_and_phones_with_and_without_websockets(course, new_learner):
    coach = new_learner()
    open_console(coach, course)
    add(coach, "Pulse")
    code = open_session(coach)
    projector = new_learner(viewport={"width": 1280, "height": 720}, reduced_motion="reduce")
    projector.goto(coach.get_by_role("link", name="Open the projector view").get_attribute("href"))
    expect(projector.get_by_text(f"{code[:3]} {code[3:]}").first).to_be_visible()
    expect(projector.get_by_text(f"{HOST}:{course.front.secure}{PATH}/join").first).to_be_visible()

    def new_phone(**options):
        phone = new_learner(**options)
        if phones:  # the second one's network lets no websocket through
            phone.route_web_socket("**/live/phone", lambda line: line.close(code=1011))
        phones.append(phone)
        return phone

    phones = []
    session_of(coach, code, new_phone, course, people=2)
    go_on(coach, "Begin: Pulse")
    for number, phone in enumerate(phones):
        choose(phone, number)
    sealed(coach, 2)
    for phone in phones:
        expect(phone.get_by_text("Your answer is in.").first).to_be_visible()
    expect(projector.get_by_text("2 of 5")).to_be_visible()
