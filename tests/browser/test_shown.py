"""What Jupyter shows, the page shows: one notebook that has all of it, with forked kernels and with Voilà's."""

import re
import shutil

import pytest
from playwright.sync_api import expect
from tests.browser.axe import BEFORE, glance
from tests.browser.conftest import ready
from tests.browser.shown import notebook
from tests.serve.course import ROOT, own, running_course

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", params=["1", "0"], ids=["forked", "stock"])
def authors_course(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("shown")
    for name in ("lessons", "exercises"):
        shutil.copytree(ROOT / name, folder / name)
    notebook(folder / "lessons")
    port = own(8970) + 20 * int(request.param)
    with running_course(folder / "data", course=folder, port=port, CHOREO_FORK=request.param) as course:
        yield course


def test_what_jupyter_shows_is_shown(authors_course, learner):
    learner.goto(f"{authors_course.address}/lessons/all-shown?all")
    ready(learner)
    main = learner.locator("main")

    # prose
    expect(main.get_by_role("heading", level=1)).to_have_text("All that a notebook shows")
    steps = main.locator("[data-step] > h2")
    expect(steps).to_have_count(2)
    expect(steps.nth(1).locator("math, code")).to_have_count(2)
    for name in ("Two teams", "One team", "Teams", "A photo"):
        picture = main.get_by_role("img", name=name, exact=True)
        expect(picture).to_have_js_property("naturalWidth", 1)
    expect(main.locator("s")).to_have_text("Gone")
    expect(main.locator("video").first).to_have_attribute("controls", "")
    assert learner.evaluate("fetch('clip.vtt').then((reply) => reply.text())").startswith("WEBVTT")
    with learner.expect_download() as download:
        main.get_by_role("link", name="The data").click()
    assert download.value.path().read_text() == "team,ties\nred,3\n"

    # outputs
    for text in (
        "('a module beside the notebook', 'team,ties')",
        "two red and green",
        "left",
        "from the shell",
        "cell",
    ):
        expect(main.get_by_text(text, exact=True)).to_be_visible()
    for text in ("gone", "not yet", "one\r"):
        expect(main.get_by_text(text, exact=True)).to_have_count(0)
    expect(main.get_by_text("This cannot be shown:")).to_have_count(3)
    expect(main.get_by_text("scatter3d")).to_be_visible()
    expect(main.locator(".choreo-traceback")).to_contain_text("ZeroDivisionError: division by zero")
    expect(main.locator(".choreo-broken")).to_have_count(1)  # input()
    expect(main.get_by_role("group", name="A plain figure").locator(".main-svg")).not_to_have_count(0)
    expect(main.get_by_role("group", name="A heat map").locator(".main-svg")).not_to_have_count(0)
    expect(
        main.get_by_role("img", name="News rises to three and falls to two.").locator(".main-svg")
    ).not_to_have_count(0)

    # what answers
    slider = main.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(main.get_by_text("printed 4")).to_be_visible()
    expect(main.get_by_text("400", exact=True)).to_be_visible()
    slider.press("ArrowRight")
    expect(main.get_by_text("ValueError: too many")).to_be_visible()
    expect(main.get_by_text("shown anew")).to_be_visible()
    main.get_by_role("button", name="Say it").click()
    expect(main.get_by_text("said", exact=True)).to_be_visible()
    expect(main.get_by_text("a label made later")).to_be_visible()
    expect(main.get_by_text("changed by a button")).to_be_visible()
    expect(main.get_by_text("shown anew")).to_have_count(0)

    # one Plotly in the page, and no other host (conftest)
    plotlys = "performance.getEntriesByType('resource').filter(({name}) => /plotly/.test(name)).map(({name}) => name)"
    assert len(set(learner.evaluate(plotlys))) == 1
    assert re.search("cartesian", learner.evaluate(plotlys)[0])
    glance(learner, BEFORE)
