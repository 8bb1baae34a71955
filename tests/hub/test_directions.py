"""A person's words go the way of their own script, on every page that shows them."""

from __future__ import annotations

import pytest
from tests.directions import HEBREW, astray
from tests.grading.samples import sample
from tests.hub.test_exercise_form import ask, fields, record_of
from tests.hub.test_portfolio_page import COMMIT
from tests.hub.visiting import LESSON, Browser, Hub
from tests.live.test_export import DRESS, words_session

from choreo.live.report import report

PLAN = {"when": HEBREW, "will": HEBREW, "whom": HEBREW, "by": "2026-11-24"}


@pytest.fixture
def learner(hub: Hub) -> Browser:
    (hub.settings.exercises / LESSON / "promise.yaml").write_text(COMMIT, encoding="utf-8")
    browser = hub.learner()
    text = {"fields": {"seen": HEBREW}, "met": []}
    pins = {"pinned": [{"words": HEBREW, "result": HEBREW}]}
    reached = {"settings": {HEBREW: HEBREW}, "values": {}}
    for record in (
        hub.record("promise", kind="commitment", score=None, answer=PLAN),
        hub.record("older", kind="commitment", score=None, answer={"what": HEBREW, "whom": HEBREW, "by": "2026-12-31"}),
        hub.record("gone", kind="reflection", score=None, answer=text),
        hub.record("pins", kind="settings", score=None, answer=pins),
        hub.record("goal", kind="goal", answer=reached),
        hub.record("guess", kind="prediction", score=None, answer={"number": HEBREW}),
    ):
        assert browser.send(record).status_code == 201
    return browser


@pytest.mark.parametrize("path", ["/portfolio", "/portfolio/file"])
def test_in_the_portfolio(learner: Browser, path: str) -> None:
    page = learner.get(path).text
    assert page.count(HEBREW[:4]) >= 8
    assert astray(page) == []


def test_where_a_plan_comes_up(hub: Hub, learner: Browser) -> None:
    hub.clock.pass_(days=9)
    page = learner.get("/review").text
    assert "Did it come up?" in page
    assert astray(page) == []


def test_in_a_gap_that_is_asked_again_and_explained(hub: Hub) -> None:
    browser = ask(hub, record_of(sample("fill")))
    form = fields(browser.get("/review").text)
    assert astray(browser.post("/review", {**form, "part.signal": HEBREW}).text) == []
    assert astray(browser.post("/review", {**form, "part.signal": HEBREW, "part.reach": "a few"}).text) == []


def test_in_a_code_that_is_none(hub: Hub) -> None:
    assert astray(hub.browser().post("/resume", {"code": HEBREW}).text) == []


def test_in_the_report_of_a_session() -> None:
    log = words_session([HEBREW, HEBREW, "b", "c", "d"], release=[0, 1, 2, 3], title=HEBREW)
    assert astray(report(log, DRESS)) == []
