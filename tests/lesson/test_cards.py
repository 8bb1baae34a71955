"""What a lesson gives its cards: the learner's earlier work in other lessons, and the answers of others."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.grading.samples import _RECORDS, ANSWERS
from tests.progress.memory import NOON, Memory

from choreo.lesson import Lesson
from choreo.progress.entry import Entry, moment, new_entry

MARKS: dict[str, int] = ANSWERS["self"]["marks"]


def last_lesson(folder: Path, store: Memory) -> Lesson:
    """A lesson whose profile is laid over the one of the first lesson, and has the same name."""
    lesson = folder / "10-last"
    lesson.mkdir(parents=True)
    for name, more in (("self", {"first": "00-first/self"}), ("plane", {}), ("case", {})):
        record = {"id": name, "version": 1, "title": "T", "prompt": "P", **_RECORDS[name], **more}
        (lesson / f"{name}.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    return Lesson("10-last", folder=folder, store=lambda: store)


def say(card: Any, **message: Any) -> dict[str, Any]:
    card._handle_custom_msg(message, [])
    return dict(card.state)


def keep(store: Memory, lesson: str, marks: dict[str, int], minute: int) -> None:
    now = NOON.replace(minute=minute)
    store.add(new_entry(lesson, "self", "profile", 1, {"marks": marks}, None, now))


def test_a_profile_is_laid_over_that_of_an_earlier_lesson_which_does_not_count_as_done(tmp_path: Path) -> None:
    store = Memory()
    keep(store, "00-first", dict.fromkeys(MARKS, 1), minute=2)
    keep(store, "00-first", dict.fromkeys(MARKS, 3), minute=1)
    lesson = last_lesson(tmp_path, store)
    card = lesson.profile("self")
    lesson.open()
    assert not card.state["done"]
    state = say(card, type="answer", answer={"marks": MARKS})
    assert [(one["first"], one["now"]) for one in state["unfolded"]["dimensions"]] == [(3, 4), (3, 3), (3, 5), (3, 1)]
    again = lesson.profile("self")  # a card that comes after opening
    assert again.state["unfolded"] == state["unfolded"]


def test_all_that_cards_build_on_comes_with_the_lesson_in_one_request(tmp_path: Path) -> None:
    store = Memory()
    keep(store, "00-first", MARKS, minute=1)
    lesson = last_lesson(tmp_path, store)
    cards = [lesson.profile("self"), lesson.profile("self")]
    lesson.open()
    assert store.reads == 1
    for card in cards:
        assert say(card, type="answer", answer={"marks": MARKS})["unfolded"]["again"] is True


MINE = {"purpose": "One timetable", "people": "two ferries", "stuck": ""}


def threaded(folder: Path, store: Memory, name: str, collaboration: str = "00-first/mine") -> Lesson:
    """A lesson that asks about the collaboration which the lesson 00-first names, and its neighbour does, too."""
    for lesson, records in {
        "00-first": {"mine": {}, "next-move": {"collaboration": collaboration}},
        "01-next": {"card": {"collaboration": collaboration}},
        "02-other": {"card": {"collaboration": collaboration}, "next-move": {"collaboration": collaboration}},
    }.items():
        (folder / lesson).mkdir(parents=True, exist_ok=True)
        for item, more in records.items():
            record = {"id": item, "version": 1, "title": "T", "prompt": "P", **_RECORDS[item], **more}
            (folder / lesson / f"{item}.yaml").write_text(yaml.safe_dump(record), encoding="utf-8")
    return Lesson(name, folder=folder, store=lambda: store)


def test_cards_show_the_learners_collaboration_and_what_they_said_elsewhere_after_one_request(tmp_path: Path) -> None:
    store = Memory()
    store.add(new_entry("00-first", "mine", "collaboration", 1, MINE, None, NOON))
    store.add(new_entry("01-next", "card", "reflection", 1, ANSWERS["card"], None, NOON))
    lesson = threaded(tmp_path, store, "02-other")
    cards = [lesson.reflect("card"), lesson.commit("next-move")]
    assert [card.thread for card in cards] == [{"lesson": "00-first", "item": "mine", "title": "00-first"}] * 2
    lesson.open()
    assert store.reads == 1
    for card in cards:
        assert card.thread["named"] == MINE
        assert [said["lesson"] for said in card.thread["said"]] == ["01-next"]
        assert not card.state["done"]


def test_who_has_named_none_is_told_so_and_a_name_given_in_the_same_lesson_is_shown_at_once(tmp_path: Path) -> None:
    lesson = threaded(tmp_path, Memory(), "00-first")
    name, plan = lesson.exercise("mine"), lesson.commit("next-move")
    lesson.open()
    assert (plan.thread["named"], plan.thread["said"]) == (None, [])
    say(name, type="answer", answer=MINE)
    assert plan.thread["named"] == MINE
    say(name, type="answer", answer=dict.fromkeys(MINE, ""))
    assert plan.thread["named"] is None


def test_a_collaboration_that_no_lesson_names_is_not_asked_about(tmp_path: Path) -> None:
    lesson = threaded(tmp_path, Memory(), "02-other", collaboration="05-gone/mine")
    card = lesson.reflect("card")
    lesson.open()
    assert card.thread == {}


def test_a_place_is_shown_beside_those_of_others(tmp_path: Path) -> None:
    store = Memory([{"x": 10, "y": 20}] * 5)
    lesson = last_lesson(tmp_path, store)
    card = lesson.exercise("plane")
    lesson.open()
    state = say(card, type="answer", answer=ANSWERS["plane"])
    assert state["unfolded"]["cohort"]["middle"] == [10, 20]
    assert store.asked[-1] == ("10-last", "plane")


def test_a_place_is_kept_even_if_nobody_can_be_asked_about_the_others(tmp_path: Path) -> None:
    store = Memory()
    store.lonely = True
    lesson = last_lesson(tmp_path, store)
    card = lesson.exercise("plane")
    lesson.open()
    state = say(card, type="answer", answer=ANSWERS["plane"])
    assert (state["saved"], state["unfolded"]["cohort"]) == ("yes", None)
    assert json.loads(json.dumps(state["unfolded"]["expert"]))["x"] == 70


def test_only_a_case_tells_more_before_it_is_answered(tmp_path: Path) -> None:
    lesson = last_lesson(tmp_path, Memory())
    assert say(lesson.exercise("case"), type="unfold", answer={"path": ["plan"]})["unfolded"]["path"] == ["plan"]
    state = say(lesson.exercise("plane"), type="unfold", answer=ANSWERS["plane"])
    assert state["unfolded"] == {}
    assert "does not know" in state["error"]


def test_the_endings_seen_come_back(tmp_path: Path) -> None:
    store = Memory()
    lesson = last_lesson(tmp_path, store)
    card = lesson.exercise("case")
    lesson.open()
    for path in (["cue"], ["plan", "push"]):
        state = say(card, type="answer", answer={"path": path})
    places = state["unfolded"]["map"]["places"]
    assert [place["seen"] for place in places] == [True, True, True, False, True]
    again = lesson.exercise("case")
    assert {**again.state, "turn": 0} == {**state, "turn": 0}


def test_what_another_window_keeps_is_shown_when_it_is_asked_for(tmp_path: Path) -> None:
    store = Memory()
    lesson = last_lesson(tmp_path, store)
    lesson.open()
    card = lesson.profile("self")
    assert say(card, type="refresh")["answer"] is None
    keep(store, "10-last", MARKS, 5)
    state = say(card, type="refresh")
    assert state["answer"] == {"marks": MARKS}
    assert (state["saved"], state["tries"]) == ("yes", 1)


def test_what_another_window_keeps_is_told_to_the_rest_of_the_lesson_once(tmp_path: Path) -> None:
    store = Memory()
    lesson = last_lesson(tmp_path, store)
    lesson.open()
    card = lesson.profile("self")
    heard: list[Entry] = []
    card.follow = heard.append
    keep(store, "10-last", MARKS, 5)
    say(card, type="refresh")
    say(card, type="refresh")
    assert heard == store.kept


def test_while_nobody_can_say_what_another_window_kept_all_stays_as_it_is(tmp_path: Path) -> None:
    store = Memory()
    lesson = last_lesson(tmp_path, store)
    lesson.open()
    card = lesson.profile("self")
    say(card, type="answer", answer={"marks": MARKS})
    before = dict(card.state)
    store.fails = True
    assert say(card, type="refresh") == before


@pytest.mark.parametrize("back", [timedelta(minutes=2), timedelta(days=400)])
def test_the_newest_answer_is_the_newest_after_a_clock_went_back(tmp_path: Path, back: timedelta) -> None:
    store = Memory()
    store.add(new_entry("10-last", "plane", "attempt", 1, ANSWERS["plane"], None, datetime.now(UTC) + back))
    lesson = last_lesson(tmp_path, store)
    card = lesson.exercise("plane")
    lesson.open()
    for x in (20, 30):
        assert say(card, type="answer", answer={"x": x, "y": 10})["saved"] == "yes"
    again = last_lesson(tmp_path / "again", store)
    card = again.exercise("plane")
    again.open()
    assert card.state["answer"] == {"x": 30, "y": 10}


def test_a_date_far_ahead_is_not_followed_by_other_exercises(tmp_path: Path) -> None:
    store = Memory()
    store.add(new_entry("10-last", "gone", "attempt", 1, {}, None, datetime.now(UTC) + timedelta(days=400)))
    lesson = last_lesson(tmp_path, store)
    card = lesson.exercise("plane")
    lesson.open()
    say(card, type="answer", answer=ANSWERS["plane"])
    assert moment(store.kept[-1]) < datetime.now(UTC) + timedelta(minutes=1)


def test_a_component_that_breaks_takes_no_other_one_with_it(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = Memory()
    keep(store, "10-last", MARKS, 5)
    lesson = last_lesson(tmp_path, store)
    broken, card = lesson.exercise("plane"), lesson.profile("self")
    broken.restore = {}.__getitem__
    lesson.open()
    assert card.state["answer"] == {"marks": MARKS}
    assert "plane" in caplog.text
