"""The learner's own collaboration, named or changed from any lesson."""

from __future__ import annotations

import asyncio
from html import unescape

import pytest
from tests.hub.visiting import LESSON, Browser, Hub, learners

MINE = "id: mine\nversion: 1\nkind: collaboration\ntitle: Mine\nprompt: Name *one*.\n"
LINES = {"purpose": "One timetable", "people": "two </textarea><b>ferries", "stuck": ""}
PAGE = f"/collaboration?from={LESSON}/one"


@pytest.fixture
def naming(hub: Hub) -> Hub:
    """A hub whose lesson asks for a collaboration."""
    (hub.settings.exercises / LESSON / "mine.yaml").write_text(MINE, encoding="utf-8")
    return hub


def kept(learner: Browser) -> list[object]:
    return [entry["answer"] for entry in learner.entries() if entry["kind"] == "collaboration"]


def test_what_was_named_is_kept_as_the_lesson_keeps_it_and_leads_back_to_it(naming: Hub) -> None:
    learner = naming.learner()
    assert f'href="/lessons/{LESSON}#at-one"' in learner.get(PAGE).text
    reply = learner.post("/collaboration", {**LINES, "from": f"{LESSON}/one"}, follow=False)
    assert (reply.status_code, reply.headers["location"]) == (303, f"/collaboration?kept&from={LESSON}/one")
    assert kept(learner) == [LINES]
    page = learner.get(reply.headers["location"]).text
    assert 'role="status"' in page
    assert page.count(f'href="/lessons/{LESSON}#at-one"') == 2
    assert "<b>ferries" not in page
    assert LINES["people"] in unescape(page)
    assert "Who can read this?" in page


def test_it_can_be_changed_and_emptied_and_the_newest_counts(naming: Hub) -> None:
    learner = naming.learner()
    for answer in (LINES, {**LINES, "stuck": "each waits"}, dict.fromkeys(LINES, "")):
        learner.post("/collaboration", answer, follow=False)
    assert len(kept(learner)) == 3
    assert "One timetable" not in learner.get(PAGE).text


def test_lines_that_are_too_long_are_said_to_be_and_stay_in_the_form(naming: Hub) -> None:
    learner = naming.learner()
    reply = learner.post("/collaboration", {**LINES, "stuck": "warum " * 200})
    assert reply.status_code == 400
    assert "shorten it a little" in reply.text
    assert "warum warum" in reply.text
    assert kept(learner) == []
    long = dict.fromkeys(LINES, "\U0001f6f6" * 1000)
    assert learner.post("/collaboration", long, follow=False).status_code == 303


def test_nothing_but_space_is_kept_as_nothing_and_fits_into_the_portfolio_file(naming: Hub) -> None:
    learner = naming.learner()
    for lines in (dict.fromkeys(LINES, " " * 20_000), {**LINES, "stuck": "\r\n" * 5000 + " late \r\nagain "}):
        assert learner.post("/collaboration", lines, follow=False).status_code == 303
    assert kept(learner) == [dict.fromkeys(LINES, ""), {**LINES, "stuck": "late \nagain"}]


def test_a_stranger_begins_with_a_lesson_and_nothing_is_kept(naming: Hub) -> None:
    stranger = naming.browser()
    assert stranger.get("/collaboration").headers["location"] == "/"
    assert stranger.post("/collaboration", LINES, follow=False).headers["location"] == "/"
    assert learners(naming) == 0


@pytest.mark.parametrize("back", ["//evil.test/a", "nowhere/one", "../../x", f"{LESSON}/one/two", "https://evil.test/"])
def test_the_way_back_leads_to_lessons_only(naming: Hub, back: str) -> None:
    learner = naming.learner()
    reply = learner.post("/collaboration", {**LINES, "from": back}, follow=False)
    assert reply.headers["location"] == "/collaboration?kept"
    assert "evil.test" not in learner.get(f"/collaboration?from={back}").text


def test_a_post_from_elsewhere_is_refused(naming: Hub) -> None:
    learner = naming.learner()
    headers = {"Sec-Fetch-Site": "cross-site"}
    reply = asyncio.run(learner.client.post("/collaboration", data=LINES, headers=headers))
    assert reply.status_code == 403
    assert kept(learner) == []


def test_a_course_that_asks_for_none_has_no_such_page(hub: Hub) -> None:
    assert hub.learner().get("/collaboration").status_code == 404
