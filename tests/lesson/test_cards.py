"""What a lesson gives its cards: the learner's earlier work in other lessons, and the answers of others."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml
from tests.grading.samples import _RECORDS, ANSWERS

from choreo.lesson import Lesson
from choreo.progress.entry import Entry, new_entry
from choreo.progress.store import StoreError

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MARKS: dict[str, int] = ANSWERS["self"]["marks"]


class Memory:
    """A store in memory, with other people in it."""

    whose = "somebody"

    def __init__(self, others: list[dict[str, Any]] | None = None, answers: bool = True) -> None:
        self.kept: list[Entry] = []
        self.others = others
        self.answers = answers

    def add(self, entry: Entry) -> None:
        self.kept.append(entry)

    def entries(self, lesson: str) -> list[Entry]:
        return [entry for entry in self.kept if entry.lesson == lesson]

    def cohort(self, lesson: str, item: str) -> list[dict[str, Any]] | None:
        assert (lesson, item) == ("10-last", "plane")
        if not self.answers:
            raise StoreError("The course server does not answer.")
        return self.others


def last_lesson(folder: Path, store: Memory) -> Lesson:
    """A lesson whose profile is laid over the one of the first lesson, and has the same name."""
    lesson = folder / "10-last"
    lesson.mkdir()
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


def test_a_place_is_shown_beside_those_of_others(tmp_path: Path) -> None:
    lesson = last_lesson(tmp_path, Memory([{"x": 10, "y": 20}] * 5))
    card = lesson.exercise("plane")
    lesson.open()
    state = say(card, type="answer", answer=ANSWERS["plane"])
    assert state["unfolded"]["cohort"]["middle"] == [10, 20]


def test_a_place_is_kept_even_if_nobody_can_be_asked_about_the_others(tmp_path: Path) -> None:
    store = Memory(answers=False)
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

    def away(_lesson: str) -> list[Entry]:
        raise StoreError("The course server does not answer.")

    store.entries = away  # type: ignore[method-assign]
    assert say(card, type="refresh") == before
