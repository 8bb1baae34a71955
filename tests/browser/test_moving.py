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
