"""The pulse: one question, answers of three forms, and words that wait for the coach."""

from typing import Any

import pytest
from hypothesis import given
from pydantic import ValidationError
from tests.live.hostile import anything
from tests.live.rooms import Room, opened, play

from choreo.live.activities.pulse.activity import Pulse, PulseSettings
from choreo.typed import letters, line, visible


def asked(answers: list[Any], **settings: Any) -> Room:
    room = opened("pulse", len(answers), settings)
    for number, answer in enumerate(answers, 1):
        assert room.say(f"p{number}", {"answer": answer}) == ""
    return room


def test_a_scale_shows_how_many_chose_each_point() -> None:
    room = asked([0, 4, 4, 4, 2, 3])
    assert room.activity.room().facts == (("answers", "6"),)
    assert not room.activity.room().figures
    room.step("show")
    scene = room.activity.room()
    assert scene.figures[0].data[0]["y"] == [1, 0, 1, 1, 3]
    assert scene.figures[0].data[0]["x"] == ["1 not at all", "2", "3", "4", "5 very well"]


def test_a_changed_answer_counts_once() -> None:
    room = asked([0, 0, 0, 0, 0])
    room.say("p1", {"answer": 4})
    room.step("show")
    assert room.activity.room().figures[0].data[0]["y"] == [4, 0, 0, 0, 1]


def test_words_come_to_the_room_when_the_coach_releases_them_and_go_when_withheld() -> None:
    room = asked(["trust", "time ", "trust", "  two  words", "<b>bold</b>"], form="words")
    room.step("show")
    assert room.activity.room().words == ()
    numbers = {word: number for number, word in room.activity.wrote.texts.items()}
    assert set(numbers) == {"trust", "time", "two words", "<b>bold</b>"}
    room.event("release", text=numbers["trust"])
    room.event("release", text=numbers["two words"])
    assert room.activity.room().words == (("trust", 2), ("two words", 1))
    room.event("withhold", text=numbers["trust"])
    assert room.activity.room().words == (("two words", 1),)
    assert room.activity.debrief().words == (("two words", 1),)


def test_four_answers_are_not_shown() -> None:
    room = asked([0, 1, 2, 3])
    room.step("show")
    scene = room.activity.room()
    assert "Fewer than 5" in scene.lines[0]
    assert not scene.figures


def test_going_back_to_the_question_by_mistake_loses_nothing() -> None:
    room = asked([0, 1, 2, 3, 4])
    room.step("show")
    before = room.activity.room()
    room.step("ask")
    room.event("tally", ballots=[])
    room.step("show")
    assert room.activity.room() == before


@given(anything)
def test_only_answers_of_the_form_are_taken(answer: Any) -> None:
    pulse = Pulse(PulseSettings(), 1, {}, 0.0)
    good = type(answer) is int and 0 <= answer < 5
    assert (pulse.refusal("", {"answer": answer}) == "") is good
    words = Pulse(PulseSettings(form="words"), 1, {}, 0.0)
    good = isinstance(answer, str) and visible(answer) and len(letters(line(answer))) <= 60
    assert (words.refusal("", {"answer": answer}) == "") is good


def test_words_are_told_apart_by_what_can_be_seen() -> None:
    family = "👨‍👩‍👧"
    room = asked(["trust", "tr\u200bust", family, "two\u3164words", "two words"], form="words")
    room.step("show")
    assert set(room.activity.wrote.texts.values()) == {"trust", family, "two words"}
    words = Pulse(PulseSettings(form="words"), 1, {}, 0.0)
    assert words.refusal("", {"answer": family * 60}) == ""
    assert words.refusal("", {"answer": "\u2800\u200b"})


def test_a_choice_needs_options() -> None:
    with pytest.raises(ValidationError, match="at least two options"):
        PulseSettings(form="choice", options=("one",))


@pytest.mark.parametrize("settings", [{}, {"form": "words"}, {"form": "choice", "options": ["a", "b"]}])
def test_bots_answer_every_form(settings: dict[str, Any]) -> None:
    room = play("pulse", 40, settings=settings, virtual=40, late=0, leaving=0)
    assert not room.refused
    assert room.scenes["ask"].facts == (("answers", "40"),)
    assert room.scenes["show"].figures or room.activity.wrote.texts
