"""What somebody has found in one lesson, and what stays back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from tests.grading.samples import ANSWERS, sample

from choreo.bank.course import Lesson
from choreo.bank.loader import LessonBank
from choreo.progress.chapter import chapter
from choreo.progress.entry import Entry, new_entry
from choreo.progress.found import Found, found

LESSON = Lesson(name="first", title="The first", promise="p", aha="Few are enough.", minutes=5)
NAMES = ("guess", "count", "card", "next-move", "one")
BANK = LessonBank("first", tuple(sample(name) for name in NAMES))
SAID = {"guess": {"chosen": "slow"}, "count": {"number": 40}}


def did(item: str, kind: str, answer: dict[str, Any]) -> Entry:
    return new_entry("first", item, kind, 1, answer, None, datetime(2026, 11, 20, tzinfo=UTC))


def shown(*entries: Entry, bank: LessonBank | None = BANK, lesson: Lesson = LESSON) -> Found:
    return found(lesson, bank, chapter("first", 1, "The first", bank, entries, UTC))


def names(found: Found) -> list[list[str]]:
    return [[one.id for one in part] for part in (found.unsaid, found.unwritten, found.unplanned)]


def test_nothing_done_leaves_everything_open_and_the_sentence_unsaid() -> None:
    empty = shown()
    assert not empty.anything
    assert names(empty) == [["guess", "count"], ["card"], ["next-move"]]
    assert empty.aha == ""


def test_the_sentence_waits_for_every_prediction_and_to_decline_is_enough() -> None:
    one = did("guess", "prediction", SAID["guess"])
    assert shown(one).aha == ""
    assert shown(one, did("count", "prediction", {"declined": True})).aha == "Few are enough."
    assert shown(one, did("count", "played", SAID["count"])).aha == ""


def test_the_sentence_waits_while_nobody_knows_what_there_is_to_predict() -> None:
    entries = [did(name, "prediction", answer) for name, answer in SAID.items()]
    assert shown(*entries).aha
    assert shown(*entries, bank=None).aha == ""
    assert shown(*entries, lesson=LESSON.model_copy(update={"aha": None})).aha == ""


def test_what_the_notebook_does_not_ask_is_not_asked_for() -> None:
    needed = replace(BANK, needed=frozenset({"guess", "card"}))
    assert names(shown(bank=needed)) == [["guess"], ["card"], []]


def test_what_is_written_and_planned_is_no_longer_open() -> None:
    work = shown(did("card", "reflection", ANSWERS["card"]), did("next-move", "commitment", ANSWERS["next-move"]))
    assert names(work)[1:] == [[], []]
    assert work.anything
