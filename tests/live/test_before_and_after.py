"""The same question as two rounds: both in one picture, and nobody to be read from the difference."""

from __future__ import annotations

from tests.live.rooms import Room, join, opened

from choreo.live.activity import FEWEST
from choreo.live.export import answers_csv, read_session, session_json
from choreo.live.session import Session
from choreo.live.shift import Round, can_be_shown
from choreo.live.story import chapters


def asked(room: Room, answers: list[int]) -> Room:
    """One round of the question: the first so many people answer, and the answers are shown."""
    for number, answer in enumerate(answers, 1):
        assert room.say(f"p{number}", {"answer": answer}) == ""
    room.step("show")
    return room


def again(room: Room) -> Room:
    room.now += 60
    room.tally()
    room.event("begin", item=0)
    return room


def twice(first: list[int], second: list[int], people: int = 12) -> Room:
    return asked(again(asked(opened("pulse", people), first)), second)


def test_a_second_round_stands_beside_the_first() -> None:
    room = twice([0, 1, 1, 2, 2, 2], [2, 3, 3, 4, 4, 4, 4])
    scene = room.activity.room()
    before, now = scene.figures[0].data
    assert (before["name"], now["name"]) == ("before", "now")
    assert before["text"] == ["17%", "33%", "50%", "0%", "0%"]
    assert scene.lines == ("Up from 2.3 to 4.4 on average.",)
    assert scene.facts == (("answers before", "6"), ("answers now", "7"))
    assert "1 not at all: 17% before, 0% now" in scene.figures[0].says
    assert "between the two answers" in room.activity.debrief().ask


def test_phones_and_room_are_told_that_it_is_asked_again() -> None:
    room = opened("pulse", 6)
    assert room.phone("p1")["again"] == ""
    again(asked(room, [0, 1, 1, 2, 2, 2]))
    assert "same question as before" in room.phone("p1")["again"]
    assert "once more" in room.activity.room().lines[0]


def test_what_came_first_stays_in_the_report() -> None:
    found = chapters(twice([0, 1, 1, 2, 2, 2], [2, 3, 3, 4, 4, 4]).log)
    assert [one.run for one in found] == [1, 2]
    assert len(found[0].scenes["Show what came"].figures[0].data) == 1
    assert len(found[1].scenes["Show what came"].figures[0].data) == 2


def test_one_who_came_in_between_is_not_read_by_difference() -> None:
    room = twice([2, 2, 3, 3, 3], [2, 2, 3, 3, 3, 0])
    scene = room.activity.room()
    assert "Fewer than 5 answers are other than before" in scene.lines[0]
    assert [trace["y"] for trace in scene.figures[0].data] == [[0, 0, 2, 3, 0]]
    assert session_json(room.log).count('"answer": 0') == 0
    assert answers_csv(room.log).count("Pulse") == 5
    assert Session.replay(read_session(session_json(room.log))).activity is not None


def test_a_third_round_is_not_read_beside_the_second() -> None:
    room = twice([0, 0, 0, 1, 1, 1], [3, 3, 3, 4, 4, 4])
    asked(again(room), [3, 3, 3, 4, 4, 4, 1])
    assert "Fewer than 5" in room.activity.room().lines[0]
    assert room.activity.room().figures[0].data[0]["y"] == [0, 0, 0, 3, 3]


def test_fewer_than_five_answers_are_no_round() -> None:
    room = twice([0, 0, 0, 1, 1, 1], [3, 3, 3])
    assert "Fewer than 5 answers came" in room.activity.room().lines[0]
    asked(again(room), [4, 4, 4, 4, 4])
    assert room.activity.room().figures[0].data[0]["text"][0] == "50%"


def test_another_question_and_words_stand_alone() -> None:
    room = asked(opened("pulse", 6, {"form": "words"}), [])
    for number in range(1, 7):
        room.say(f"p{number}", {"answer": "trust"})
    again(room)
    assert room.activity.shifts.before == ()


def test_answers_of_bots_are_nobody_s_before() -> None:
    room = asked(opened("pulse", 6, virtual=6), [0, 0, 0, 0, 0, 0])
    join(room, "p7")
    assert again(room).activity.shifts.before == ()


def test_a_move_that_is_taken_back_leaves_no_round_twice() -> None:
    room = again(asked(opened("pulse", 6), [0, 0, 0, 1, 1, 1]))
    room.event("undo", move=room.session.before.move if room.session.before else 0)
    assert len(again(room).activity.shifts.before) == 1


def test_what_can_be_shown_says_nothing_about_fewer_than_five() -> None:
    def round_of(*counts: int) -> Round:
        return Round("q", dict(enumerate(counts)))

    one = round_of(5, 5)
    assert can_be_shown(round_of(5, 5, 0), [one], FEWEST)
    assert not can_be_shown(round_of(5, 5, 1), [one], FEWEST)
    assert not can_be_shown(round_of(4, 5, 1), [one], FEWEST)
    assert can_be_shown(round_of(2, 5, 3), [one], FEWEST)
    assert not can_be_shown(round_of(2, 5, 3), [one, round_of(2, 5, 4)], FEWEST)


def test_a_step_that_is_played_again_keeps_what_it_was_before() -> None:
    room = opened("silo-search", 6, {"rounds": 3, "seconds": 20})
    for _ in range(2):
        room.step(type(room.activity).steps[1].name)
        for number in range(1, 7):
            room.say(f"p{number}", {"round": 1, "switch": 0})
        room.now += 30
        room.event("tick")
        room.step(type(room.activity).steps[0].name)
        room.now += 30
    played = type(room.activity).steps[1].title
    assert [name for name in chapters(room.log)[0].scenes if name.startswith(played)] == [played, f"{played} (2)"]


def voted(room: Room, ballots: list[tuple[int, int]]) -> Room:
    for number, (own, others) in enumerate(ballots, 1):
        assert room.say(f"p{number}", {"own": own, "others": others}) == ""
    room.step("gap")
    return room


FIRST = [(0, 30), (0, 30), (1, 30), (1, 40), (2, 40), (2, 40)]


def test_a_statement_that_is_asked_again_shows_what_moved() -> None:
    room = voted(again(voted(opened("safe-to-say", 6), FIRST)), [(3, 70), (3, 70), (3, 60), (2, 60), (2, 60), (2, 60)])
    scene = room.activity.room()
    assert scene.lines[-1] == "Before, 33% agreed; now 100% do."
    assert [trace["name"] for trace in scene.figures[0].data] == ["before", "now"]


def test_one_voice_more_on_a_delicate_statement_is_not_shown() -> None:
    room = voted(again(voted(opened("safe-to-say", 8), FIRST)), [*FIRST, (3, 90)])
    assert "Fewer than 5 answers are other than before" in room.activity.room().lines[0]
    assert not room.activity.room().figures
    assert not room.activity.debrief().figures
    assert '"others": 90' not in session_json(room.log)
    assert '"others": 30' in session_json(room.log)
