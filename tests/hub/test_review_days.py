"""Reminders without an address: the days of review for a calendar."""

from __future__ import annotations

import re

from tests.hub.visiting import Hub


def days(calendar: str) -> list[tuple[str, str]]:
    return list(
        zip(re.findall(r"DTSTART;VALUE=DATE:(\d+)", calendar), re.findall(r"SUMMARY:(.*)\r", calendar), strict=True)
    )


def test_who_has_nothing_to_come_has_no_calendar(hub: Hub) -> None:
    for browser in (hub.browser(), hub.learner()):
        assert browser.get("/review/days.ics").status_code == 404
        assert "days.ics" not in browser.get("/").text + browser.get("/review").text


def test_the_days_on_which_questions_and_plans_come_back_are_events(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record("one"))
    plan = {"when": "it rains", "will": "ask", "whom": "Mara", "by": "2026-12-31"}
    learner.send(hub.record("promise", kind="commitment", score=None, answer=plan))
    for page in ("/", "/review"):
        assert 'href="/review/days.ics"' in learner.get(page).text
    reply = learner.get("/review/days.ics")
    assert reply.headers["content-disposition"] == 'attachment; filename="choreo-review.ics"'
    assert days(reply.text) == [("20261121", "Review: 3 questions")]
    assert "http://127.0.0.1:8000/review" in reply.text.replace("\r\n ", "")


def test_a_day_is_one_where_the_learner_is_and_an_event_that_comes_again_is_the_same(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record("one"))
    learner.client.cookies.set("choreo_zone", "Pacific/Kiritimati")  # 23:30 there: the next day is that after
    first = learner.get("/review/days.ics").text
    assert days(first) == [("20261121", "Review: 2 questions")]
    hub.clock.pass_(hours=1)
    learner.send(hub.record("two"))
    again = learner.get("/review/days.ics").text
    uid, version = (re.compile(rf"{name}:(.*)\r") for name in ("UID", "SEQUENCE"))
    assert uid.findall(first) == uid.findall(again)
    assert int(version.findall(first)[0]) < int(version.findall(again)[0])
