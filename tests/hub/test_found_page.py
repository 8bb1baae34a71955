"""What somebody has found in one lesson, as a page."""

from __future__ import annotations

import json
from html import unescape

import pytest
from tests.hub.test_portfolio_page import COMMIT, EVIL, GUESS
from tests.hub.visiting import COURSE, LESSON, Browser, Hub

PAGE = f"/found/{LESSON}"
AHA = "A few who listen far make it one."
WRITTEN = "id: seen\nversion: 1\nkind: written\ntitle: Seen\nprompt: P\nfields: [{id: seen, label: What I saw}]\n"


@pytest.fixture
def asking(hub: Hub) -> Hub:
    """A hub whose lesson asks for a prediction, a text and a plan, and has a sentence."""
    course = COURSE.replace("promise: Tune in.", f"promise: Tune in., aha: {AHA}")
    (hub.settings.lessons / "course.yaml").write_text(course, encoding="utf-8")
    for name, text in {"guess": GUESS, "promise": COMMIT, "seen": WRITTEN}.items():
        (hub.settings.exercises / LESSON / f"{name}.yaml").write_text(text, encoding="utf-8")
    return hub


def keep(learner: Browser, hub: Hub, item: str, kind: str, answer: dict[str, object]) -> None:
    record = hub.record(item, kind=kind, score=None, answer=answer)
    assert learner.send(json.dumps(record).encode()).status_code == 201


def test_a_stranger_sees_what_will_stand_there_and_leaves_nothing(asking: Hub) -> None:
    reply = asking.browser().get(PAGE)
    assert reply.status_code == 200
    assert "Nothing yet" in reply.text
    assert "set-cookie" not in reply.headers
    for item in ("guess", "seen", "promise"):
        assert f'href="/lessons/{LESSON}#at-{item}"' in reply.text
    assert AHA not in reply.text


def test_the_sentence_and_what_happens_stay_back_until_it_was_predicted(asking: Hub) -> None:
    learner = asking.learner()
    keep(learner, asking, "seen", "reflection", {"fields": {"seen": "A wave."}, "met": []})
    keep(learner, asking, "guess", "played", {"settings": {}})
    before = learner.get(PAGE).text
    assert AHA not in before
    assert "A wave." in before
    keep(learner, asking, "guess", "prediction", {"chosen": "slow"})
    after = learner.get(PAGE).text
    assert AHA in after
    assert "Rather slowly" in after
    assert "#at-guess" not in after


def test_to_go_on_without_predicting_opens_it_as_well(asking: Hub) -> None:
    learner = asking.learner()
    keep(learner, asking, "guess", "prediction", {"declined": True})
    page = learner.get(PAGE).text
    assert AHA in page
    assert "you went on without" in page


def test_texts_and_plans_are_shown_as_text_and_only_to_whom_they_belong(asking: Hub) -> None:
    learner, other = asking.learner(), asking.learner()
    keep(learner, asking, "seen", "reflection", {"fields": {"seen": EVIL}, "met": []})
    plan = {"when": EVIL, "will": "look up", "whom": EVIL, "by": "2026-12-01"}
    keep(learner, asking, "promise", "commitment", plan)
    page = learner.get(PAGE).text
    assert "<img" not in page.partition("<main")[2]
    assert unescape(page).count("<img src=x") == 3
    assert "1 December 2026" in page
    assert "#at-seen" not in page
    assert "Nothing yet" in other.get(PAGE).text


def test_only_lessons_of_the_path_that_are_written_have_one(asking: Hub) -> None:
    (asking.settings.lessons / "gallery.ipynb").write_text("{}", encoding="utf-8")
    for name in ("08-wisdom", "gallery", "nowhere"):
        assert asking.browser().get(f"/found/{name}").status_code == 404, name


def test_a_lesson_whose_exercises_are_broken_still_shows_what_was_done_and_gives_nothing_away(asking: Hub) -> None:
    learner = asking.learner()
    keep(learner, asking, "seen", "reflection", {"fields": {"seen": "A wave."}, "met": []})
    (asking.settings.exercises / LESSON / "guess.yaml").write_text("kind: nonsense", encoding="utf-8")
    asking.restart()
    returning = asking.browser()
    returning.client.cookies = learner.client.cookies
    page = returning.get(PAGE).text
    assert "A wave." in page
    assert AHA not in page


def test_a_finished_lesson_leads_there_from_the_home_page(asking: Hub) -> None:
    learner = asking.learner()
    for item, kind, answer in (
        ("one", "attempt", {"chosen": ["frame"]}),
        ("two", "attempt", {"chosen": ["frame"]}),
        ("guess", "prediction", {"declined": True}),
        ("seen", "reflection", {"fields": {"seen": "A wave."}, "met": []}),
    ):
        keep(learner, asking, item, kind, answer)
    assert PAGE not in learner.get("/").text
    keep(learner, asking, "promise", "commitment", {"what": "Look", "whom": "Mara", "by": "2026-12-01"})
    assert f'href="{PAGE}"' in learner.get("/").text
