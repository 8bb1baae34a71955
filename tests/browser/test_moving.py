"""A learner is writing while their lesson server leaves."""

import signal

import pytest
from playwright.sync_api import expect
from tests.browser.gallery import WRITTEN, open_gallery
from tests.browser.walk import button, card, kept
from tests.serve.course import one_lesson, own
from tests.serve.several import several

from choreo.serve.forking.nursery import POSSIBLE

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not POSSIBLE, reason="this system cannot fork: pages are tied to their server"),
]

HEAR = """() => {
    const banner = document.querySelector("[data-banner]");
    window.said = [];
    new MutationObserver(() => said.push(banner.textContent.trim())).observe(banner, { subtree: true, childList: true });
}"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("moving")
    with several(folder, one_lesson(folder / "course"), most=2, port=own(8540)) as found:
        found.more(2, CHOREO_DRAIN="30")
        yield found


def test_who_writes_while_the_server_leaves_notices_nothing(site, learner):
    open_gallery(learner, site)
    (leaving,) = [server for server in site.servers if server.kernels()]
    (stays,) = [server for server in site.servers if server is not leaving]
    written = card(learner, WRITTEN)
    box = written.get_by_role("textbox").first
    box.click()
    learner.keyboard.type("We agree on one cue, and one answer to it")
    for _ in " and one answer to it":
        learner.keyboard.press("ArrowLeft")
    learner.evaluate(HEAR)
    place, before = box.bounding_box()["y"], box.element_handle()
    leaving.process.send_signal(signal.SIGTERM)
    learner.wait_for_function(
        "old => !old.isConnected && !document.documentElement.hasAttribute('data-moved')", arg=before
    )
    expect(box).to_be_focused()
    learner.keyboard.type(" for all of us,")
    expect(box).to_have_value("We agree on one cue, for all of us, and one answer to it")
    assert abs(box.bounding_box()["y"] - place) <= 2  # in the window: parts above may stand a line higher or lower
    assert leaving.process.wait(10) == 0
    assert len(stays.kernels()) == 1
    for other in written.get_by_role("textbox").all()[1:]:
        other.fill("Somebody new comes in")
    written.get_by_role("checkbox").first.check()
    button(written, "Keep").click()
    kept(written)
    assert learner.evaluate("said") == []


@pytest.fixture(scope="module")
def full(site, tmp_path_factory):
    with several(tmp_path_factory.mktemp("full"), site.course, most=2, port=own(8545)) as found:
        found.more(2, CHOREO_MOST="1")
        yield found


def test_who_waits_longest_has_the_next_place_on_any_server(full, new_learner):
    pages = [new_learner() for _ in range(5)]
    holding, waiting = pages[:2], pages[2:]
    for page in holding:
        open_gallery(page, full)
    for number, page in enumerate(waiting, 1):
        page.goto(f"{full.address}/lessons/gallery?all")
        expect(page.get_by_text(f"You are number {number}; your place is kept")).to_be_visible()
    for number, page in enumerate(holding):
        page.goto("about:blank")
        expect(waiting[number].get_by_text("The course is full just now")).to_have_count(0)
        for place, behind in enumerate(waiting[number + 1 :], 1):
            expect(behind.get_by_text(f"You are number {place}; ")).to_be_visible()
    assert [len(server.kernels()) for server in full.servers] == [1, 1]
    written = card(waiting[1], WRITTEN)
    for box in written.get_by_role("textbox").all():
        box.fill("I have waited for this")
    written.get_by_role("checkbox").first.check()
    button(written, "Keep").click()
    kept(written)
