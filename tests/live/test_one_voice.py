"""One voice with weight: who is drawn may pass, how far the room goes is told rightly, and the model has this room's numbers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.live.hostile import anything
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.one_voice.activity import OneVoice
from choreo.live.activities.one_voice.game import PATIENCE, OneVoiceSettings
from choreo.live.activities.one_voice.judgements import Judgements
from choreo.models.influence import effective_minds

MANY = [20.0, 25, 30, 35, 40, 45, 50, 55, 60, 65]


def game(room: Room) -> OneVoice:
    assert isinstance(room.activity, OneVoice)
    return room.activity


def judged(alone: list[float], virtual: int = 0, **settings: Any) -> Room:
    """A room in which people judged alone, and the coach lets one voice speak."""
    room = opened("one-voice", len(alone), settings, virtual=virtual)
    for number, value in enumerate(alone, 1):
        room.say(f"p{number}", {"alone": value})
    room.step("voice")
    return room


def spoken(alone: list[float], weight: float) -> Room:
    """A room in which one voice was heard and everybody went so far to it."""
    room = judged(alone)
    voice = game(room).drawn_by_lot
    assert room.say(voice, {"speak": True}) == ""
    for number, value in enumerate(alone, 1):
        if f"p{number}" != voice:
            again = value + weight * (game(room).alone[voice] - value)
            assert room.say(f"p{number}", {"again": again}) == ""
    room.step("moved")
    return room


def test_nothing_is_seen_of_a_judgement_before_somebody_speaks() -> None:
    room = judged([11, 22, 33, 44, 55, 66])
    drawn = game(room).drawn_by_lot
    for who in room.session.people:
        seen = {number for number in game(room).alone.values() if str(number) in text(room.phone(who))}
        assert seen <= {game(room).alone[who]}
    scene = text(room.activity.room().json())
    assert not any(str(int(number)) in scene for number in game(room).alone.values())
    assert room.phone(drawn)["step"] == "drawn"
    assert {room.phone(who)["step"] for who in room.session.people if who != drawn} == {"wait"}
    assert room.say(drawn, {"speak": True}) == ""
    assert room.phone(drawn)["step"] == "spoke"
    assert dict(room.activity.room().facts)["one of us says"] == f"{game(room).alone[drawn]:g} meetings"


def test_who_would_rather_not_is_not_the_voice_and_nobody_sees_it() -> None:
    room = judged(MANY)
    before, drawn = room.activity.room(), game(room).drawn_by_lot
    others = [who for who in room.session.people if who != drawn]
    assert room.say(drawn, {"speak": False}) == ""
    assert game(room).drawn_by_lot not in ("", drawn)
    assert room.activity.room() == before
    assert {room.phone(who)["step"] for who in others if who != game(room).drawn_by_lot} == {"wait"}
    assert "passed on" in room.say(drawn, {"speak": True})


def test_nobody_waits_for_who_says_nothing_or_leaves() -> None:
    room = judged(MANY)
    first = game(room).drawn_by_lot
    assert game(room).wake == pytest.approx(room.now + PATIENCE)
    room.now += PATIENCE
    room.event("tick")
    second = game(room).drawn_by_lot
    assert second != first
    room.event("leave", second)
    third = game(room).drawn_by_lot
    assert third not in (first, second, "")
    room.event("leave", third)
    room.event("back", third)
    assert game(room).drawn_by_lot != third


def test_where_all_pass_a_virtual_voice_speaks_and_is_called_so() -> None:
    room = judged(MANY)
    for _ in MANY:
        room.say(game(room).drawn_by_lot, {"speak": False})
    assert game(room).voice in (24.5, 60.5)
    scene = room.activity.room()
    assert scene.lines[0] == "Nobody here said this."
    assert scene.facts[0][0] == "a virtual voice says"
    assert {room.phone(who)["step"] for who in room.session.people} == {"again"}


def test_the_coach_can_have_a_virtual_voice_from_the_start() -> None:
    room = judged(MANY, speaker="a virtual voice")
    assert game(room).voice in (24.5, 60.5)
    assert not room.phone("p1")["drawn"]


def test_the_lot_falls_on_everybody_alike() -> None:
    drawn = []
    for seed in range(300):
        room = opened("one-voice", 5, seed=seed)
        for number in range(1, 6):
            room.say(f"p{number}", {"alone": 10 * number})
        room.step("voice")
        drawn.append(game(room).drawn_by_lot)
    assert min(drawn.count(f"p{number}") for number in range(1, 6)) > 35


def test_who_comes_late_can_judge_until_a_voice_was_heard() -> None:
    room = judged([])
    assert game(room).drawn_by_lot == ""
    join(room, "p1")
    assert room.say("p1", {"alone": 30}) == ""
    assert room.phone("p1")["step"] == "drawn"
    assert room.say("p1", {"alone": 40}) != ""
    join(room, "p2")
    assert room.phone("p2")["step"] == "alone"
    room.say("p1", {"speak": True})
    assert room.phone("p2")["step"] == "late"
    assert room.say("p2", {"alone": 40}) != ""
    assert room.say("p2", {"again": 40}) != ""
    assert room.say("p1", {"again": 40}) != ""


@pytest.mark.parametrize("weight", [0.0, 0.3, 1.0])
def test_how_far_the_room_went_is_told_rightly(weight: float) -> None:
    found = game(spoken(MANY, weight)).judgements()
    assert found is not None
    assert found.weight == pytest.approx(weight)
    assert found.ways == ((9, 0, 0) if weight else (0, 9, 0))


def test_those_who_go_the_other_way_count() -> None:
    found = Judgements((10, 20, 30, 40, 50, 90), (15, 20, 35, 40, 45, 95), 60, "days")
    assert found.ways == (2, 2, 2)
    assert found.weight == pytest.approx(
        (5 * 50 + 5 * 30 - 5 * 10 - 5 * 30) / (50**2 + 40**2 + 30**2 + 20**2 + 10**2 + 30**2)
    )
    assert Judgements((5,) * 6, (5,) * 6, 5, "").weight is None


def test_the_room_hears_how_far_it_went() -> None:
    scene = spoken(MANY, 0.4).activity.room()
    assert scene.lines[0] == "We went 40% of the way to one voice."
    assert scene.lines[1] == "9 of 9 moved towards it, 0 stayed, 0 moved away."
    assert spoken(MANY, 0.0).activity.room().lines[0] == "The voice hardly moved us."
    assert "nowhere to go" in spoken([30.0] * 8, 0.5).activity.room().lines[0]


def test_minds_are_what_the_room_s_own_average_is_made_of() -> None:
    found = game(spoken(MANY, 0.6)).judgements()
    assert found is not None
    weights = np.array([1 + 9 * 0.6, *[0.4] * 9]) / 10  # of the room's mean: the voice keeps its own, the others 40 %
    assert found.minds(1) == pytest.approx(effective_minds(weights))
    assert found.minds(0) == pytest.approx(10)
    assert found.minds(20, last=True) > found.minds(20, listens=True) > found.minds(20)


def test_the_debrief_stands_beside_the_model_of_the_lesson() -> None:
    scene = spoken(MANY, 0.6).activity.debrief()
    alone, here, first, last = scene.figures[0].data[0]["x"]
    assert alone == 10
    assert here < first < last < 10
    assert "10 judge alone as 10 minds. After the voice, as 2.4 minds." in scene.lines[1]


def test_a_phone_keeps_the_two_judgements_of_its_person() -> None:
    one = game(spoken(MANY, 0.5))
    assert one.result_of(one.speaker).lines == (f"You were the voice: {one.alone[one.speaker]:g} meetings.",)
    other = next(who for who in one.again if who != one.speaker)
    (line,) = one.result_of(other).lines
    assert line.startswith(f"Alone you said {one.alone[other]:g} ")
    assert not one.result_of("nobody").lines


def test_what_if_somebody_else_had_spoken_is_what_would_have_come() -> None:
    room = spoken(MANY, 0.5)
    scene, order = room.activity.what_ifs()
    alone = np.array(game(room).judgements().alone)  # type: ignore[union-attr]
    ends = [np.mean([*(0.5 * np.delete(alone, one) + 0.5 * alone[one]), alone[one]]) for one in range(len(alone))]
    assert scene.figures[0].data[1]["x"] == pytest.approx(np.quantile(ends, [0.1, 0.9]), abs=0.01)
    assert [trace["y"][0] for trace in order.figures[0].data] == [10, 10, 10]
    assert spoken(MANY, 0.0).activity.what_ifs() == ()


def test_under_five_who_judged_twice_nothing_is_shown() -> None:
    room = spoken([10, 20, 30, 40, 50], 0.5)
    assert "Fewer than 5 people judged twice" in room.activity.room().lines[0]
    assert not room.activity.debrief().figures
    assert room.activity.what_ifs() == ()
    assert not spoken([10, 20, 30, 40, 50, 60], 0.5).activity.room().lines[0].startswith("Fewer")


def test_what_was_shown_stays_and_takes_nothing_more() -> None:
    room = spoken(MANY, 0.5)
    room.step("voice")
    assert "shown already" in room.say("p1", {"again": 3})
    assert room.phone("p1")["step"] == "closed"
    fresh = judged(MANY)
    fresh.step("moved")
    assert fresh.activity.room().lines == ("No voice was heard.",)
    fresh.step("voice")
    assert fresh.say(game(fresh).drawn_by_lot, {"speak": True}) == ""


def test_bots_are_neither_drawn_nor_counted() -> None:
    room = judged([*[30.0] * 6, *[99.0] * 10], virtual=10)
    assert len(game(room).alone) == 6
    assert game(room).drawn_by_lot in {f"p{number}" for number in range(1, 7)}
    assert dict(room.activity.room().facts)["judgements"] == "6"


@given(anything, st.sampled_from(["alone", "again", "speak"]))
def test_only_numbers_within_the_bounds_are_taken(value: Any, key: str) -> None:
    room = judged([10, 20, 30])
    fine = type(value) in (int, float) and 0 <= value <= 100
    room.step("alone")
    assert (game(room).refusal("p1", {key: value}) == "") is (
        fine and key == "alone" and game(room).drawn_by_lot != "p1"
    )


def test_settings_that_do_not_fit_are_refused() -> None:
    for wrong in ({"least": 5, "most": 5}, {"truth": 101}, {"speaker": "the boss"}):
        with pytest.raises(ValidationError):
            OneVoiceSettings.model_validate(wrong)


@pytest.mark.parametrize("people", [6, 60, 1000])
def test_bots_play_it_to_the_end(people: int) -> None:
    room = play("one-voice", people, virtual=people, late=0, leaving=0)
    assert not room.refused
    assert room.scenes["moved"].figures
    assert room.debrief is not None
    assert room.debrief.figures
