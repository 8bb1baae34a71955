"""Safe to say?: the gap between what a room thinks and what it believes of itself, beside the Emperor's Dilemma."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live.hostile import anything
from tests.live.rooms import Room, opened, play

from choreo.live.activities.safe_to_say.activity import SafeToSay
from choreo.live.activities.safe_to_say.game import SafeToSaySettings
from choreo.live.activities.safe_to_say.model import followers
from choreo.live.scene import Scene


def answered(ballots: list[tuple[int, int]], virtual: int = 0) -> Room:
    """A room in which people gave (own, others), the last `virtual` of them bots."""
    room = opened("safe-to-say", len(ballots), virtual=virtual)
    for number, (own, others) in enumerate(ballots, 1):
        assert room.say(f"p{number}", {"own": own, "others": others}) == ""
    room.step("believed")
    return room


def facts(scene: Scene) -> dict[str, str]:
    return dict(scene.facts)


def test_first_the_guesses_then_the_gap() -> None:
    room = answered([(3, 30), (2, 20), (2, 30), (3, 40), (2, 30), (0, 50), (2, 10), (3, 30)])
    assert facts(room.activity.room()) == {"answers": "8", "we believe": "30% agree"}
    assert "88" not in str(room.activity.room())
    room.step("gap")
    scene = room.activity.room()
    assert facts(scene) == {"answers": "8", "we believed": "30% agree", "we think": "88% agree"}
    assert scene.lines == ("8 of 8 guessed too low: more of us think so than we believe.",)
    assert scene.figures[0].data[0]["y"] == [1, 0, 4, 3]
    assert scene.figures[1].data[0]["y"] == [0, 1, 1, 4, 1, 1, 0, 0, 0, 0, 0]
    assert scene.figures[1].data[1]["x"] == [87.5, 87.5]


def test_a_room_that_guesses_right_hears_it() -> None:
    room = answered([(3, 50), (2, 60), (0, 50), (1, 50), (2, 60), (0, 40)])
    room.step("gap")
    assert room.activity.room().lines[0].startswith("This room knows itself")


def test_a_room_that_guesses_too_high_hears_that() -> None:
    room = answered([(0, 80), (1, 90), (0, 70), (1, 80), (3, 100)])
    room.step("gap")
    assert room.activity.room().lines[0].startswith("5 of 5 guessed too high")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 10)), min_size=5, max_size=40))
def test_the_share_of_all_is_what_the_others_think_on_average(ballots: list[tuple[int, int]]) -> None:
    activity = SafeToSay(SafeToSaySettings(), 1, {}, 0.0)
    activity.counted([{"own": own, "others": 10 * others} for own, others in ballots])
    agree = [own >= 2 for own, _ in ballots]
    others = [(sum(agree) - mine) / (len(agree) - 1) for mine in agree]
    assert activity.share() == pytest.approx(100 * sum(others) / len(others))


def test_the_debrief_lays_a_view_that_few_hold_beside_the_model() -> None:
    room = answered([(3, 20)] * 18 + [(0, 20)] * 2)  # a tenth disagrees, and looks like eight tenths
    scene, model = room.activity.debrief(), room.activity.further()[-1]
    assert [trace["y"][0] for trace in scene.figures[0].data] == [10, 80]
    held, believed, public = (trace["y"][0] for trace in model.figures[0].data)
    assert (held, believed) == (10, 80)
    assert public > 90  # a few keep up in public what few believe
    assert facts(scene)["gap"] == "70 points"
    assert model.title.startswith("10% of us disagree")


def test_the_model_needs_some_believers_and_cheap_words() -> None:
    assert followers(0.0) == 0
    assert followers(0.1) > 0.9
    assert followers(0.1, cost=0.3) < 0.5
    assert followers(0.1, network="everyone") < 0.6


def test_what_ifs_change_the_model_in_one_thing_at_a_time() -> None:
    (scene,) = answered([(3, 20)] * 18 + [(0, 20)] * 2).activity.what_ifs()
    near, everybody, dear, half = scene.figures[0].data[0]["x"]
    assert near > everybody
    assert near > dear
    assert 0 <= half <= 100
    assert scene.title.startswith("If 10% disagree")


def mirror(room: Room) -> bool:
    return any(scene.title.startswith("Those who agree believe") for scene in room.activity.further())


def test_what_either_side_believes_is_shown_when_both_are_large_enough_to_hide_in() -> None:
    assert mirror(answered([(3, 80)] * 5 + [(0, 20)] * 5))
    assert not mirror(answered([(3, 80)] * 20 + [(0, 20)] * 4))
    assert not mirror(answered([(3, 80)] * 4 + [(0, 20)] * 20))


def test_bots_do_not_make_a_side_large_enough() -> None:
    people = [(3, 80)] * 8 + [(0, 20)] * 3
    assert not mirror(answered([*people, *[(0, 20)] * 6], virtual=6))
    assert not mirror(answered([(3, 80)] * 8 + [(0, 20)] * 6, virtual=6))  # no person on the second side
    assert mirror(answered([(3, 80)] * 6 + [(0, 20)] * 6, virtual=12))  # a rehearsal


def test_bots_are_in_no_count_and_no_result() -> None:
    room = answered([(3, 80)] * 6 + [(0, 10)] * 10, virtual=10)
    assert facts(room.activity.room())["answers"] == "6"
    room.step("gap")
    scene = room.session.scene()
    assert scene.figures[0].data[0]["y"] == [0, 0, 0, 6]
    assert "16" not in str(scene.json())


def test_under_five_answers_it_is_said_how_many_are_missing_and_that_what_came_is_destroyed() -> None:
    room = opened("safe-to-say", 14, virtual=10)
    for number in range(1, 15):
        room.say(f"p{number}", {"own": 3, "others": 50})
    scene = room.session.scene()
    assert facts(scene)["answers"] == "4 of 5"
    assert scene.lines[-1] == "One more answer, and they can be shown."
    assert not room.phone("p1")["too_few"]
    room.step("believed")
    assert room.phone("p1")["too_few"]
    room.step("ask")
    assert not room.phone("p1")["too_few"]


def test_where_all_are_virtual_the_room_reads_that_it_is_a_rehearsal() -> None:
    room = answered([(3, 80)] * 6, virtual=6)
    assert room.session.scene().lines[0] == "A rehearsal: everybody here is virtual."
    assert facts(room.session.scene())["answers"] == "6"
    assert "rehearsal" not in str(answered([(3, 80)] * 6).session.scene())


def test_four_people_and_a_hundred_bots_are_not_shown() -> None:
    room = answered([(3, 30)] * 104, virtual=100)
    assert "Fewer than 5" in room.activity.room().lines[0]
    assert not room.activity.debrief().figures
    assert room.activity.what_ifs() == ()


@given(anything, anything)
def test_only_a_view_and_a_guess_in_tenths_are_taken(own: Any, others: Any) -> None:
    activity = SafeToSay(SafeToSaySettings(), 1, {}, 0.0)
    good = type(own) is int and 0 <= own < 4 and type(others) is int and others in range(0, 101, 10)
    assert (activity.refusal("", {"own": own, "others": others}) == "") is good
    assert activity.refusal("", {"own": 1}) != ""
    assert activity.refusal("", {"others": 50}) != ""


@pytest.mark.parametrize("people", [5, 50, 1000])
def test_bots_play_it_to_the_end(people: int) -> None:
    room = play("safe-to-say", people, virtual=people, late=0, leaving=0)
    assert not room.refused
    assert facts(room.scenes["gap"])["answers"] == str(people)
