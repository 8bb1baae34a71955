"""The certificate: what it says, when, and that nothing of a name stays."""

from __future__ import annotations

import asyncio
import re
from html import unescape

import pytest
from tests.hub.visiting import LESSON, Browser, Hub


@pytest.fixture
def short(hub: Hub) -> Hub:
    """A course of one lesson."""
    course = hub.settings.lessons / "course.yaml"
    lines = [line for line in course.read_text().splitlines() if "name:" not in line or LESSON in line]
    course.write_text("\n".join(lines))
    return hub


def read(learner: Browser, path: str = "/certificate") -> str:
    return text_of(learner.get(path).text)


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", "", page)))


def test_who_has_done_nothing_is_told_so_and_becomes_no_learner(hub: Hub) -> None:
    for browser in (hub.browser(), hub.learner()):
        reply = browser.get("/certificate")
        assert "nothing that it could say" in reply.text
        assert "choreo-diploma" not in reply.text


def test_it_claims_no_lesson_that_is_not_finished(hub: Hub) -> None:
    learner = hub.learner()
    learner.send(hub.record("one"))
    assert "none of its three lessons is finished yet" in read(learner)
    learner.send(hub.record("two"))
    page = read(learner)
    assert "has finished one of the three lessons of this course so far" in page
    assert "What was done so far" in page
    assert "has worked through" not in page
    assert "Wisdom" not in page


def test_it_says_when_all_was_done_and_what(short: Hub) -> None:
    learner = short.learner()
    learner.send(short.record("one", score=0.0, answer={"chosen": ["steps"]}))
    short.clock.pass_(days=2)
    learner.send(short.record("one"))
    learner.send(short.record("two"))
    page = read(learner)
    assert "has worked through all one lessons" not in page
    assert "between 20 November 2026 and 22 November 2026, on two days" in page
    assert "A flash mob 22 November 2026" in page
    assert "2 exercises done, in 3 answers" in page
    assert "no examination" in page
    for claim in ("prediction", "goal", "plan", "review", "profile"):
        assert claim not in page.split("exercises done")[1].split("Made on")[0]
    assert "has worked through the one lesson" in read(learner, "/portfolio/file")


def test_the_name_stands_on_the_page_as_text_and_is_kept_nowhere(short: Hub) -> None:
    learner = short.learner()
    learner.send(short.record("one"))
    reply = learner.post("/certificate", {"name": "  <b>Zoë\u202e</b>\n Brandt "})
    assert "&lt;b&gt;Zoë&lt;/b&gt; Brandt" in reply.text
    assert "typed the name, and nobody has checked it" in text_of(reply.text)
    assert reply.headers["cache-control"] == "no-store"
    assert "Zoë" not in learner.get("/certificate").text
    assert "Zoë" not in str(learner.entries()) + str(learner.client.cookies)
    stored = b"".join(path.read_bytes() for path in short.settings.data.rglob("*") if path.is_file())
    assert "Zoë".encode() not in stored


@pytest.mark.parametrize("name", ["", " \u200b", "\u2800"])
def test_without_a_name_there_is_a_line_for_one(short: Hub, name: str) -> None:
    learner = short.learner()
    learner.send(short.record("one"))
    page = learner.post("/certificate", {"name": name}).text
    assert "choreo-diploma-line" in page
    assert "choreo-diploma-name" not in page


def test_another_site_puts_no_name_on_it(short: Hub) -> None:
    learner = short.learner()
    learner.send(short.record("one"))
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert asyncio.run(learner.client.post("/certificate", data={"name": "x"}, headers=headers)).status_code == 403
