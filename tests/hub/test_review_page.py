"""Spaced review in the browser, without a script."""

from __future__ import annotations

import re
from typing import Any

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
    assert "You still had it." in page
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
    assert "comes back tomorrow" in page


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


def promise(hub: Hub, **changes: str) -> dict[str, Any]:
    words = {
        "when": "When the call begins",
        "will": "I will ask <Mara>.",
        "whom": "Mara",
        "by": "2030-01-02",
        **changes,
    }
    return hub.record("move", kind="commitment", score=None, answer=words)


def test_a_plan_is_called_to_mind_once_after_the_questions(hub: Hub, learner: Browser) -> None:
    learner.send(promise(hub))
    hub.clock.pass_(days=1)
    assert "3 questions are due" in re.sub(r"\s+", " ", learner.get("/").text)
    give(learner, "frame")
    give(learner, "frame")
    page = learner.get("/review").text
    assert "When the call begins, I will ask &lt;Mara&gt;." in page
    assert "checked" not in page
    form = fields(page)
    assert learner.post("/review", form).status_code == 400
    reply = learner.post("/review", form | {"came": "other"}).text
    assert "That happens to most plans" in reply
    entry = next(entry for entry in learner.entries() if entry["item"] == "move" and entry["kind"] == "review")
    assert (entry["answer"], entry["score"]) == ({"came": "other"}, None)
    hub.clock.pass_(days=30)
    assert all("Did it come up?" not in learner.get("/review").text for _ in range(2) if give(learner, "frame"))


def test_questions_come_in_another_order_each_time_and_stay_when_something_is_missing(learner: Browser) -> None:
    def order(page: str) -> list[str]:
        return re.findall(r'name="chosen" value="(\w+)"', page)

    seen = {tuple(order(learner.get("/review").text)) for _ in range(20)}
    assert len(seen) == 2
    page = learner.get("/review").text
    assert order(learner.post("/review", fields(page)).text) == order(page)


def test_a_day_has_twelve_questions_at_most_and_tomorrow_has_the_others(hub: Hub) -> None:
    folder = hub.settings.exercises / LESSON
    text = (folder / "later.yaml").read_text(encoding="utf-8")
    for number in range(13):
        (folder / f"more-{number}.yaml").write_text(text.replace("later", f"more-{number}"), encoding="utf-8")
    browser = hub.learner()
    browser.send(hub.record())
    hub.clock.pass_(days=1)
    assert "12 questions are due" in re.sub(r"\s+", " ", browser.get("/").text)
    for _ in range(12):
        give(browser, "frame")
    assert "Nothing is due" in browser.get("/review").text
    hub.clock.pass_(days=1)
    assert "3 questions are due" in re.sub(r"\s+", " ", browser.get("/").text)


def test_a_picture_beside_the_notebook_is_seen_in_review_before_and_after_an_answer(hub: Hub, learner: Browser) -> None:
    lessons = hub.settings.lessons
    (lessons / "plaza.png").write_bytes(b"\x89PNG")
    (lessons / "survey.csv").write_text("a,b", encoding="utf-8")
    file = hub.settings.exercises / LESSON / "later.yaml"
    text = "prompt: '![Forty people in a ring.](plaza.png) [All answers](survey.csv), [more](/review)'"
    file.write_text(re.sub("prompt:.*", text, file.read_text("utf-8")), encoding="utf-8")
    asked, explained = learner.get("/review").text, give(learner, "frame").text
    for page in (asked, explained):
        assert '<img src="/beside/plaza.png" alt="Forty people in a ring."' in page
        assert 'href="/beside/survey.csv"' in page
        assert 'href="/review"' in page
    picture, data = learner.get("/beside/plaza.png"), learner.get("/beside/survey.csv")
    assert (picture.status_code, picture.content, picture.headers["content-type"]) == (200, b"\x89PNG", "image/png")
    assert "sandbox" in picture.headers["content-security-policy"]
    assert data.headers["content-disposition"] == "attachment"


@pytest.mark.parametrize("path", ["course.yaml", f"{LESSON}.ipynb", "..%2Fsecret.png", "out.png", "nowhere.png", ""])
def test_nothing_else_beside_the_notebooks_is_handed_out(hub: Hub, path: str) -> None:
    (hub.settings.lessons.parent / "secret.png").write_bytes(b"secret")
    (hub.settings.lessons / "out.png").symlink_to(hub.settings.lessons.parent / "secret.png")
    assert hub.browser().get(f"/beside/{path}").status_code == 404
