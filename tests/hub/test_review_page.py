"""Spaced review in the browser, without a script."""

from __future__ import annotations

import re

import httpx
import pytest
from tests.hub.visiting import LESSON, Browser, Hub


@pytest.fixture
def learner(hub: Hub) -> Browser:
    browser = hub.learner()
    browser.send(hub.record())
    hub.clock.pass_(days=1)
    return browser


def fields(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))


def give(browser: Browser, chosen: str | None, **changes: str) -> httpx.Response:
    form = fields(browser.get("/review").text) | changes
    return browser.post("/review", form | ({"chosen": chosen} if chosen else {}))


def reviews(browser: Browser) -> list[tuple[str, float]]:
    return [(entry["item"], entry["score"]) for entry in browser.entries() if entry["kind"] == "review"]


def test_a_question_is_asked_without_its_answer_and_nothing_is_chosen_for_you(learner: Browser) -> None:
    page = learner.get("/review").text
    assert "About later" in page
    assert "2 to go" in page
    assert "checked" not in page
    assert "Because" not in page
    assert "right" not in page.replace("right answer", "")
    assert "<script>alert" not in page


def test_a_right_answer_is_explained_kept_and_comes_back_in_three_days(hub: Hub, learner: Browser) -> None:
    page = give(learner, "frame").text
    assert "That’s it." in page
    assert "comes back in 3 days" in page
    assert "Because a frame leaves room." in page
    assert "Because steps leave none." in page
    assert reviews(learner) == [("later", 1.0)]
    assert "About much-later" in learner.get("/review").text


def test_a_missed_question_comes_again_after_the_others_in_the_same_sitting(hub: Hub, learner: Browser) -> None:
    assert "Not this time." in give(learner, "steps").text
    assert fields(learner.get("/review").text)["item"] == "much-later"
    give(learner, "frame")
    page = learner.get("/review").text
    assert fields(page)["item"] == "later"
    assert "Once more" in page
    give(learner, "frame")
    assert reviews(learner) == [("later", 0.0), ("much-later", 1.0), ("later", 1.0)]
    page = learner.get("/review").text
    assert "Nothing is due" in page
    assert "comes back in a day" in page


def test_a_missed_question_left_alone_waits_for_tomorrow(hub: Hub, learner: Browser) -> None:
    give(learner, "steps")
    give(learner, "frame")
    hub.clock.pass_(hours=2)
    assert "Nothing is due" in learner.get("/review").text


def test_no_choice_is_no_attempt(learner: Browser) -> None:
    reply = give(learner, None)
    assert reply.status_code == 400
    assert "Choose an option first." in reply.text
    assert reviews(learner) == []
    assert give(learner, "nonsense").status_code == 400


def test_sending_an_answer_twice_keeps_it_once(learner: Browser) -> None:
    form = fields(learner.get("/review").text) | {"chosen": "steps"}
    learner.post("/review", form)
    learner.post("/review", form)
    assert reviews(learner) == [("later", 0.0)]


def test_a_question_reworded_meanwhile_is_asked_anew(learner: Browser) -> None:
    assert "About later" in give(learner, "frame", version="7").text
    assert reviews(learner) == []


@pytest.mark.parametrize("changes", [{"item": "one"}, {"item": "nothing"}, {"lesson": "x"}, {"entry": "short"}])
def test_a_form_that_is_not_ours_stores_nothing(learner: Browser, changes: dict[str, str]) -> None:
    assert give(learner, "frame", **changes).status_code == 200
    assert reviews(learner) == []


def test_a_stranger_is_told_what_review_is(hub: Hub) -> None:
    stranger = hub.browser()
    assert "Nothing is due" in stranger.get("/review").text
    reply = stranger.post("/review", {"lesson": LESSON, "item": "later", "version": "1", "entry": "0" * 32})
    assert reply.status_code == 200
    assert stranger.token is None


def test_somebody_elses_answer_is_not_shown(hub: Hub, learner: Browser) -> None:
    give(learner, "steps")
    theirs = next(entry["id"] for entry in learner.entries() if entry["kind"] == "review")
    assert hub.learner().get(f"/review?answered={theirs}").status_code == 303
