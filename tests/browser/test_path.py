"""The course with a path in front of everything: what a learner, a coach, a phone and a projector ask for stays beneath it."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect
from tests.browser.hands import Mouse
from tests.browser.lesson09 import PREDICTION, predict
from tests.browser.test_live import add, open_console, open_session
from tests.browser.walk import card
from tests.serve.course import ROOT, RunningCourse, one_lesson, own

pytestmark = pytest.mark.browser
FRONT = "/choreo"
LIVE = ROOT / "lessons" / "live.ipynb"


class Beneath(RunningCourse):
    flags = ("--public", FRONT, "--lesson-servers", "2")


@pytest.fixture(scope="module")
def beneath(tmp_path_factory):
    folder = tmp_path_factory.mktemp("beneath")
    small = one_lesson(folder / "course")
    (small / "lessons" / "live.ipynb").write_bytes(LIVE.read_bytes())
    course = Beneath(folder / "data", small, own(8740))
    yield course
    course.stop()


@pytest.fixture
def asked(new_learner):
    """Opens browsers, and lists what they ask for that is not beneath the path."""
    found = []

    def opened(**options):
        page = new_learner(**options)

        def look(request):
            place = urlsplit(request.url)
            if place.scheme in ("http", "ws") and not f"{place.path}/".startswith(f"{FRONT}/"):
                found.append(request.url)

        page.context.on("request", look)
        page.on("websocket", look)
        return page

    yield opened
    assert found == []


def test_a_learner_reads_answers_comes_back_and_is_forgotten(beneath, asked, open_lesson):
    page = asked()
    page.goto(f"{beneath.address}/")
    page.get_by_role("link", name="Begin").first.click()
    page.wait_for_selector("html[data-ready]")
    open_lesson(page, beneath)
    predict(Mouse(page))
    expect(card(page, PREDICTION)).to_contain_text("Locked in")
    assert {cookie["path"] for cookie in page.context.cookies()} == {f"{FRONT}/"}
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, PREDICTION)).to_contain_text("Locked in")
    page.goto(f"{beneath.address}/forget")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("heading", name="Forgotten")).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("link", name="To the home page").click()
    expect(page.get_by_role("link", name="Begin").first).to_be_visible()


def test_a_coach_a_projector_and_a_phone_meet(beneath, asked):
    coach = asked()
    open_console(coach, beneath)
    add(coach, "Pulse")
    code = open_session(coach)
    expect(coach.locator(".choreo-console-address")).to_have_text(f"127.0.0.1:{beneath.port}{FRONT}/join")
    phone = asked(viewport={"width": 390, "height": 844})
    phone.goto(f"{beneath.address}/join/{code}")
    expect(coach.locator(".choreo-console-count")).to_contain_text("1 here")
    screen = asked()
    screen.goto(coach.get_by_role("link", name="projector").first.get_attribute("href"))
    expect(screen.locator("#code")).to_have_attribute("aria-label", " ".join(code))
    assert screen.locator("#qr").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    phone.get_by_role("button", name="Leave this session").click()
    phone.get_by_role("button", name="Leave", exact=True).click()
    expect(phone.get_by_label("The code on the screen")).to_be_visible()
    assert urlsplit(phone.url).path == f"{FRONT}/join"


TRIED = """async ([front, ...posts]) => {
  const said = {};
  const tried = async (name, deed) => (said[name] = await deed().catch(() => "kept from it"));
  for (const [name, options] of posts) await tried(name, async () => (await fetch(front + name, options)).status);
  const socket = (path) => new Promise((done, fail) => {
    const line = new WebSocket(location.origin.replace("http", "ws") + front + path);
    line.onopen = () => done("open");
    line.onerror = fail;
  });
  await tried("phone's socket", () => socket("/live/phone"));
  await tried("coach's socket", () => socket("/live/host"));
  await tried("health", async () => (await fetch("health")).status);
  const form = Object.assign(document.createElement("form"), { method: "post", action: `${front}/forget` });
  document.body.append(form);
  form.submit();
  const frame = Object.assign(document.createElement("iframe"), { src: `${front}/forget` });
  await new Promise((done) => { frame.onload = done; document.body.append(frame); });
  await tried("frame", async () => frame.contentDocument.forms.length);
  return said;
}"""


def test_a_component_of_a_lesson_does_nothing_in_the_learner_s_name(beneath, browser, open_lesson):
    """Its policy keeps it from asking; what it may not ask for, the hub refuses besides (tests/hub/test_public.py)."""
    context = browser.new_context()
    page = context.new_page()
    open_lesson(page, beneath)
    predict(Mouse(page))
    post = {"method": "POST"}
    posts = [["/forget", post], ["/resume/code", {**post, "referrerPolicy": "no-referrer"}], ["/portfolio", {}]]
    said = page.evaluate(TRIED, [FRONT, *posts])
    kept = "kept from it"
    assert said == {
        "/forget": kept,
        "/resume/code": kept,
        "/portfolio": kept,
        "phone's socket": kept,
        "coach's socket": "open",
        "health": 200,
        "frame": kept,
    }
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(card(page, PREDICTION)).to_contain_text("Locked in")
    context.close()
