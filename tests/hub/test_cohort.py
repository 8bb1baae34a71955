"""Where others put it: only in company, only roughly, and nobody can be told apart."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.hub.visiting import LESSON, Browser, Hub

from choreo.grading.place import Place
from choreo.hub.cohort import told

PLACE = {
    "id": "power",
    "version": 2,
    "kind": "place",
    "title": "Where is it?",
    "prompt": "Put it.",
    "across": {"label": "Power", "low": "one", "high": "all"},
    "up": {"label": "Knowledge", "low": "little", "high": "much"},
    "expert": {"x": 10, "y": 20, "why": "So."},
}

SIGN = {
    "id": "sign",
    "version": 1,
    "kind": "alike",
    "title": "Would you?",
    "prompt": "Wear it.",
    "options": [{"id": "wear", "text": "Yes", "who": "They"}, {"id": "refuse", "text": "No", "who": "They"}],
    "ask": "How many of a hundred?",
    "study": {
        "who": "Some",
        "groups": [{"chosen": "wear", "people": 3, "guess": 65}, {"chosen": "refuse", "people": 2, "guess": 70}],
        "why": "So.",
    },
}


@pytest.fixture
def placed(hub: Hub) -> Hub:
    (hub.settings.exercises / LESSON / "power.yaml").write_text(json.dumps(PLACE), encoding="utf-8")
    return hub


def put(hub: Hub, x: float, y: float, browser: Browser | None = None, **changes) -> Browser:
    browser = browser or hub.learner()
    fields = {"score": None, "answer": {"x": x, "y": y}, "version": 2, **changes}
    assert browser.send(hub.record("power", **fields)).status_code == 201
    return browser


def cohort(browser: Browser, item: str = "power", lesson: str = LESSON):
    reply = browser.get(
        f"/api/cohort?lesson={lesson}&item={item}", headers={"Authorization": f"Bearer {browser.token}"}
    )
    assert reply.status_code == 200
    return reply.json()


def test_four_people_are_too_few(placed: Hub) -> None:
    for x in range(4):
        browser = put(placed, x, 50)
    assert cohort(browser) == {"answers": None}


def test_five_people_see_each_other_roughly_and_in_no_order(placed: Hub) -> None:
    for x in (3, 22, 41, 68, 99):
        browser = put(placed, x, 51.2)
    answers = cohort(browser)["answers"]
    assert sorted(answer["x"] for answer in answers) == [5, 20, 40, 70, 100]
    assert all(answer == {"x": answer["x"], "y": 50} for answer in answers)


def test_whoever_puts_it_twice_counts_once_with_the_newest(placed: Hub) -> None:
    browser = put(placed, 0, 0)
    for _ in range(4):
        put(placed, 50, 50)
    put(placed, 90, 90, browser)
    assert sorted(answer["x"] for answer in cohort(browser)["answers"]) == [50, 50, 50, 50, 90]


def test_one_more_person_is_not_seen_until_five_more_have_come(placed: Hub) -> None:
    for _ in range(9):
        browser = put(placed, 50, 50)
    assert len(cohort(browser)["answers"]) == 5
    put(placed, 50, 50)
    assert len(cohort(browser)["answers"]) == 10


def test_other_versions_and_nonsense_do_not_count(placed: Hub) -> None:
    for _ in range(4):
        browser = put(placed, 50, 50)
    put(placed, 50, 50, version=1)
    put(placed, 0, 0, answer={"x": "secret", "y": 1})
    assert cohort(browser) == {"answers": None}


@pytest.mark.parametrize(
    ("lesson", "item"), [(LESSON, "one"), (LESSON, "nothing"), ("nothing", "power"), ("../x", "y")]
)
def test_only_what_is_made_to_be_compared_is_given_out(placed: Hub, lesson: str, item: str) -> None:
    for _ in range(5):
        browser = placed.learner()
        browser.send(placed.record())
    assert cohort(browser, item, lesson) == {"answers": None}


def test_a_stranger_gets_nothing(placed: Hub) -> None:
    for headers in ({}, {"Authorization": "Bearer x"}):
        reply = placed.browser().get(f"/api/cohort?lesson={LESSON}&item=power", headers=headers)
        assert reply.status_code == 401


def test_where_a_kind_counts_only_counts_leave_the_hub_and_nothing_of_fewer_than_five(hub: Hub) -> None:
    (hub.settings.exercises / LESSON / "sign.yaml").write_text(json.dumps(SIGN), encoding="utf-8")

    def say(chosen: str, guess: float) -> Browser:
        browser = hub.learner()
        answer = {"chosen": chosen, "guess": guess}
        assert browser.send(hub.record("sign", score=None, answer=answer, version=1)).status_code == 201
        return browser

    for guess in (61, 62, 63, 64):
        browser = say("wear", guess)
    assert cohort(browser, "sign") == {"answers": None}
    say("refuse", 99)
    wear, refuse = cohort(browser, "sign")["answers"]
    assert wear == {"chosen": "wear", "people": 4, "guess": None}
    assert refuse == {"chosen": "refuse", "people": 1, "guess": None}
    for guess in (66, 70, 71, 72, 73):
        say("wear", guess)
    assert cohort(browser, "sign")["answers"][0] == {"chosen": "wear", "people": 9, "guess": 65}


@given(st.lists(st.fixed_dictionaries({"x": st.floats(0, 100), "y": st.integers(0, 100)}), max_size=23))
def test_groups_of_five_rounded_to_five(answers) -> None:
    shown = told(Place.model_validate(PLACE), answers, random.Random(1))
    if len(answers) < 5:
        assert shown is None
        return
    assert shown is not None
    assert len(shown) == len(answers) // 5 * 5
    assert all(value % 5 == 0 and 0 <= value <= 100 for point in shown for value in point.values())
