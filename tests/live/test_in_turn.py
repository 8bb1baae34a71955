"""In turn or at once: each sees only those before in the row, all rows end in time, and the model has this room's numbers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from tests.live.hostile import anything
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.in_turn.activity import InTurn
from choreo.live.activities.in_turn.counts import Counts, Voice, counted
from choreo.live.activities.in_turn.game import InTurnSettings, Question, Row
from choreo.live.activities.in_turn.model import wrong
from choreo.live.activities.in_turn.room import rows
from choreo.models import cascade


def game(room: Room) -> InTurn:
    assert isinstance(room.activity, InTurn)
    return room.activity


def dealt(people: int, virtual: int = 0, **settings: Any) -> Room:
    room = opened("in-turn", people, settings, seed=people, virtual=virtual)
    room.step("play")
    return room


def on(room: Room) -> Question:
    question = game(room).on
    assert question is not None
    return question


def speak(room: Room, who: str, say: int | None = None) -> str:
    view = room.phone(who)
    return room.say(who, {"question": view["round"], "say": view["hint"] if say is None else say})


def tick(room: Room) -> None:
    wake = game(room).wake
    assert wake is not None
    room.now = wake
    room.event("tick")


@pytest.mark.parametrize("people", [1, 2, 5, 6, 17, 100, 1000])
def test_half_the_room_sits_in_rows_and_everybody_has_a_hint(people: int) -> None:
    question = on(dealt(people))
    assert len(question.seat) == -(-people // 2)
    assert len(question.seat) + len(question.once) == len(question.hints) == people
    lengths = [len(row.members) for row in question.rows]
    assert max(lengths) <= 8
    assert max(lengths) - min(lengths) <= 1


def test_hints_are_right_as_often_as_they_say() -> None:
    question = on(dealt(1000, right=60))
    right = np.mean([hint == question.truth for hint in question.hints.values()])
    assert right == pytest.approx(0.6, abs=0.05)  # three standard errors


def test_one_sees_what_those_before_in_the_row_said_and_nothing_else() -> None:
    room = dealt(20)
    row = on(room).rows[0]
    first, second, third = row.members[:3]
    assert speak(room, second) == "It is not your turn yet."
    assert speak(room, first, 1) == ""
    assert speak(room, first, 0) == "Your turn is over."
    assert speak(room, second, 0) == ""
    view = room.phone(third)
    assert view["before"] == [1, 0]
    assert view["turn"]
    assert view["place"] == 3
    other = on(room).rows[1].members[0]
    assert room.phone(other)["before"] == []
    assert "before" not in room.phone(next(iter(on(room).once)))
    shown = text(room.activity.room().json())
    assert not room.activity.room().figures
    assert "wrong" not in shown


def test_a_hint_is_its_owner_s_alone() -> None:
    one, other = dealt(9), dealt(9)
    row = on(other).rows[0]
    hidden = row.members[0]
    on(other).hints[hidden] = 1 - on(other).hints[hidden]
    for who in one.session.people:
        assert (room_view := one.phone(who)) == other.phone(who) or who == hidden
        assert room_view["hint"] == on(one).hints[who]


def test_with_the_next_bag_the_halves_change_places() -> None:
    room = dealt(12)
    before = set(on(room).seat)
    finish_question(room)
    assert len(game(room).questions) == 2
    assert not before & set(on(room).seat)
    finish_question(room)
    assert game(room).over
    assert game(room).wake is None


def finish_question(room: Room) -> None:
    question = on(room)
    for who in list(question.once):
        speak(room, who)
    while game(room).on is question:
        for row in question.rows:
            if game(room).on is question and row.now:
                assert speak(room, row.now) == ""


@pytest.mark.parametrize("people", [5, 40, 1000])
def test_where_nobody_says_a_word_it_ends_within_three_minutes(people: int) -> None:
    room = dealt(people)
    begun = room.now
    while not game(room).over:
        tick(room)
    assert room.now - begun < 180


def test_rows_go_on_side_by_side_and_a_slow_one_holds_up_no_other() -> None:
    room = dealt(40)
    slow, quick = on(room).rows[:2]
    for who in list(quick.members):
        assert speak(room, who) == ""
    assert len(slow.said) == 0
    assert len(quick.said) == len(quick.members)
    tick(room)
    assert slow.said == [None]


def test_who_is_not_here_is_passed_over_at_once() -> None:
    room = dealt(20)
    row = on(room).rows[0]
    first, second, third = row.members[:3]
    room.event("leave", second)
    speak(room, first)
    assert row.now == third
    room.event("back", second)
    assert room.phone(second)["missed"]
    assert speak(room, second) == "Your turn is over."


def test_while_nobody_is_here_the_clocks_stand_still() -> None:
    room = dealt(6)
    for who in list(room.session.people):
        room.event("leave", who)
    assert game(room).wake is None
    held = [len(row.said) for row in on(room).rows]
    room.now += 1000
    back = on(room).rows[0].now or on(room).rows[0].members[-1]
    room.event("back", back)
    assert game(room).wake is not None
    assert game(room).wake > room.now
    assert len(on(room).rows) == len(held)


def test_a_pause_costs_nobody_their_turn() -> None:
    room = dealt(20)
    row = on(room).rows[0]
    due = row.due
    room.now += 5
    room.event("pause")
    room.now += 600
    room.event("resume")
    assert row.due == pytest.approx(due + 600)
    assert row.said == []


def test_after_a_look_at_the_debrief_everybody_has_their_time_again() -> None:
    room = dealt(20)
    room.event("finish")
    room.now += 600
    room.event("step", to="play")
    row = on(room).rows[0]
    assert row.said == []
    assert row.due > room.now
    assert game(room).wake is not None


def test_who_comes_late_answers_at_once() -> None:
    room = dealt(10)
    join(room, "p99")
    view = room.phone("p99")
    assert (view["place"], view["turn"]) == (0, True)
    assert speak(room, "p99") == ""
    assert "answered already" in speak(room, "p99")


def test_how_many_have_answered_is_told_of_people_who_are_here() -> None:
    room = dealt(10)
    told = game(room).round_on()
    assert told is not None
    assert (str(told), told.moved, told.due) == ("1 of 2", 0, 10)
    speak(room, next(iter(on(room).once)))
    told = game(room).round_on()
    assert told is not None
    assert (told.moved, told.due) == (1, 9)


def test_bots_are_in_no_row_beside_people() -> None:
    room = dealt(16, virtual=10)
    assert set(on(room).hints) == {f"p{number}" for number in range(1, 7)}


ROW = Row(["a", "b", "c", "d"], 0.0, [1, 1, 1, None])
PLAYED = Question(0, 0.0, [ROW], {"a": 1, "b": 0, "c": 0, "d": 0, "e": 0, "f": 1}, {}, {"e": 0, "f": None})


def test_what_came_is_counted_rightly() -> None:
    counts = counted([PLAYED])
    assert counts.rows == ((Voice(False, False), Voice(True, False), Voice(True, False)),)
    assert counts.lasts == [False]
    assert counts.votes == [1]
    assert counts.left == (2, 2)
    assert counts.longest == 4
    assert len(counts.voices) == 4
    empty = counted([])
    assert (empty.voices, empty.lasts, empty.votes, empty.longest) == ([], [], [], 0)


def test_the_room_sees_every_row_and_where_somebody_left_their_hint() -> None:
    room = dealt(12)
    truth = on(room).truth
    members = [list(row.members) for row in on(room).rows]
    for row in members:
        for who in row:
            speak(room, who, 1 - truth)
    room.step("show")
    scene = room.activity.room()
    right, wrong_, left = scene.figures[0].data
    assert right["x"] == []
    assert len(wrong_["x"]) == sum(map(len, members))
    hints = game(room).questions[0].hints
    assert len(left["x"]) == sum(hints[who] == truth for row in members for who in row)
    assert scene.lines[0] == "In turn: 1 of 1 row ended on the wrong bag."


def test_a_phone_keeps_what_its_person_was_told_and_said() -> None:
    room = dealt(12)
    question = on(room)
    truth, hints = "AB"[question.truth], question.hints
    for who in question.rows[0].members:
        speak(room, who, question.truth)
    room.step("show")
    told = [game(room).result_of(who).lines for who in question.rows[0].members]
    assert told == [
        (f"Bag 1: {truth} was right. Your hint was {'AB'[hints[who]]}, and you said {truth}.",)
        for who in question.rows[0].members
    ]
    late = next(iter(question.once))
    assert game(room).result_of(late).lines[0].endswith("you said nothing.")
    assert not game(room).result_of("nobody").lines


def test_the_debrief_gives_the_chances_of_the_model_for_this_room() -> None:
    room = play("in-turn", 40, seed=3, late=0, leaving=0)
    assert room.debrief is not None
    here, model = room.debrief.figures[0].data
    assert model["y"] == [
        40,
        round(100 * (1 - cascade.in_turn(0.6, 7)), 1),
        round(100 * (1 - cascade.independent_votes(0.6, 20)), 1),
    ]
    assert here["text"][1].endswith("of 6")
    assert here["text"][2].endswith("of 2")


def test_bots_who_count_as_the_model_does_err_as_often() -> None:
    lasts: list[bool] = []
    for seed in range(12):
        room = play("in-turn", 240, seed=seed, late=0, leaving=0, settings={"questions": 1})
        lasts += counted(game(room).questions).lasts
    assert len(lasts) == 12 * 15
    assert np.mean(lasts) == pytest.approx(cascade.in_turn(0.6, 8), abs=0.11)  # three standard errors


def test_other_orders_of_the_same_hints_follow_the_model_s_rule() -> None:
    rng = np.random.default_rng(1)
    draws = [rng.random(8) < 0.6 for _ in range(400)]
    in_rows = np.mean([wrong(hints, 1, rng, 20) for hints in draws])
    on_paper = np.mean([wrong(hints, 8, rng, 20) for hints in draws])
    assert in_rows == pytest.approx(1 - cascade.in_turn(0.6, 8), abs=0.05)
    assert on_paper == pytest.approx(1 - cascade.independent_votes(0.6, 8), abs=0.06)
    assert wrong(np.array([True] * 5 + [False] * 2), 7, rng, 50) == 0
    assert wrong(np.array([True, False]), 2, rng, 50) == 0.5


def test_what_if_all_had_written_first() -> None:
    room = play("in-turn", 30, seed=2, late=0, leaving=0)
    (scene,) = room.what_ifs
    assert len(scene.figures[0].data[0]["x"]) == 3
    assert play("in-turn", 4, late=0, leaving=0).what_ifs == ()


def test_a_large_room_shows_some_of_its_rows_and_says_so() -> None:
    counts = Counts(((Voice(True, True),) * 8,) * 126, (), 8, 0)
    figure = rows(counts)
    assert "The first 40 of 126 rows are drawn." in figure.says
    assert len(figure.data[0]["x"]) == 320


@given(anything, anything)
def test_only_a_or_b_to_the_question_that_is_on_is_taken(question: Any, say: Any) -> None:
    room = dealt(4)
    who = on(room).rows[0].now
    good = type(question) is int and question == 1 and type(say) is int and say in (0, 1)
    assert (game(room).refusal(who, {"question": question, "say": say}) == "") is good


def test_a_question_takes_no_more_time_than_it_says() -> None:
    settings = InTurnSettings()
    assert settings.places * settings.seconds * settings.questions < 180


@pytest.mark.parametrize("people", [5, 60, 1000])
def test_bots_play_it_to_the_end(people: int) -> None:
    room = play("in-turn", people, virtual=people, late=0, leaving=0)
    assert not room.refused
    assert game(room).over
    assert len(counted(game(room).questions).voices) == 2 * people
