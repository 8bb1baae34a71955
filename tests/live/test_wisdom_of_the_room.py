"""Wisdom of the room: two estimates each, the theorem with the room's own numbers, and no names."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.live.hostile import anything
from tests.live.rooms import Room, join, opened, play, text

from choreo.live.activities.wisdom_of_the_room.activity import WisdomOfTheRoom
from choreo.live.activities.wisdom_of_the_room.estimates import Estimates, Scale
from choreo.live.activities.wisdom_of_the_room.question import QUESTIONS, WisdomOfTheRoomSettings
from choreo.live.activity import Person

NUMBERS = st.lists(st.floats(1, 1e6), min_size=2, max_size=40)


def estimated(alone: list[float], again: list[float] | None = None, **settings: Any) -> Room:
    room = opened("wisdom-of-the-room", len(alone), settings)
    for number, estimate in enumerate(alone, 1):
        assert room.say(f"p{number}", {"alone": estimate}) == ""
    room.step("again")
    for number, estimate in enumerate(again or [], 1):
        assert room.say(f"p{number}", {"again": estimate}) == ""
    return room


def game(room: Room) -> WisdomOfTheRoom:
    assert isinstance(room.activity, WisdomOfTheRoom)
    return room.activity


def test_what_bots_estimate_is_seen_by_nobody_once_a_person_is_there() -> None:
    room = opened("wisdom-of-the-room", 6, virtual=6)
    for number in range(1, 7):
        assert room.say(f"p{number}", {"alone": 7777}) == ""
    assert room.activity.room().facts == (("estimates", "6"),)
    join(room, "p7")
    join(room, "p8")
    assert room.activity.room().facts == (("estimates", "0"),)
    room.event("say", "p1", alone=7777)  # one that was on its way
    for who, estimate in (("p7", 1000), ("p8", 3000)):
        assert room.say(who, {"alone": estimate}) == ""
    room.step("again")
    assert room.phone("p7")["others"] == [3000]
    room.step("truth")
    assert "7,777" not in text(room.session.scene().json())


def test_the_room_sees_no_estimate_before_the_truth() -> None:
    room = estimated([1000, 2222, 3333, 4444])
    seen = text(room.activity.room().json())
    assert not room.activity.room().figures
    assert "2222" not in seen
    assert "2,222" not in seen
    assert "2850" not in seen.replace(",", "")


def test_phones_of_people_never_show_the_truth() -> None:
    for question in QUESTIONS:
        room = opened("wisdom-of-the-room", 6, question)
        assert "truth" not in room.phone("p1")
        assert str(question["truth"]) not in text(room.phone("p1"))
        assert "hunch" not in room.phone("p1")


def test_everybody_sees_four_others_and_is_seen_by_four() -> None:
    alone = [float(1000 + number) for number in range(12)]
    room = estimated(alone)
    shown = [room.phone(f"p{number + 1}")["others"] for number in range(12)]
    for number, others in enumerate(shown):
        assert len(set(others)) == 4
        assert alone[number] not in others
        assert others == sorted(others)
    assert all(sum(estimate in others for others in shown) == 4 for estimate in alone)


def test_all_can_see_the_middle_or_one_person() -> None:
    room = estimated([1000, 2000, 9000], sees="middle")
    assert [room.phone(who)["others"] for who in ("p1", "p2", "p3")] == [[2000.0]] * 3
    room = estimated([1000, 2000, 9000, 500], sees="one")
    shown = [room.phone(f"p{number}")["others"][0] for number in range(1, 5)]
    assert sorted(shown.count(one) for one in set(shown)) == [1, 3]
    room = estimated([10, 1000], sees="middle", factors=True)
    assert room.phone("p1")["others"] == [100.0]


def test_what_was_shown_stays_when_others_come_late_or_the_coach_goes_back() -> None:
    room = estimated([1000, 2000, 3000, 4000, 5000, 6000])
    before = room.phone("p1")["others"]
    join(room, "p7")
    assert room.phone("p7")["step"] == "alone"
    assert room.say("p7", {"again": 5}) != ""
    assert room.say("p7", {"alone": 7000}) == ""
    assert len(room.phone("p7")["others"]) == 4
    assert room.say("p7", {"again": 6500}) == ""
    room.step("alone")
    assert "estimate again" in room.say("p1", {"alone": 900})  # has seen others
    room.step("again")
    assert room.phone("p1")["others"] == before
    assert game(room).again == {"p7": 6500.0}


def test_nothing_is_taken_once_the_answer_is_out() -> None:
    room = estimated([1000, 2000, 3000])
    room.step("truth")
    room.step("again")
    assert room.say("p1", {"again": 2850}) == "The answer is out already."
    assert room.phone("p1")["step"] == "closed"


def test_an_estimate_can_be_changed_until_others_were_seen() -> None:
    room = opened("wisdom-of-the-room", 3)
    room.say("p1", {"alone": 100})
    room.say("p1", {"alone": 200})
    room.step("again")
    assert room.phone("p1")["alone"] == 200
    assert room.phone("p1")["others"] == []  # nobody else has estimated
    room.say("p1", {"again": 300})
    room.say("p1", {"again": 250})
    assert game(room).again == {"p1": 250.0}


def test_error_spread_and_theorem_by_hand() -> None:
    room = estimated([2000, 3000, 4000, 5000], [3000, 3000, 4000, 4000], truth=3000, source="")
    room.step("truth")
    room.event("finish")
    first, errors, _ = (room.activity.debrief(), *room.activity.further())
    assert first.title == "Alone, our mean is off by 500 km: nearer than 3 of 4 of us"
    told = "True: 3,000 km. Alone: mean 3,500 km, middle 3,500 km. Again: mean 3,500 km, middle 3,500 km."
    assert told in first.small
    assert [bar["x"] for bar in first.figures[0].data] == [[0], [500], [1000]]  # the nearest, the mean, the middle one
    # squared: average 1.5e6, diversity 1.25e6, crowd 0.25e6; again 0.5e6, 0.25e6, 0.25e6
    alone, again = (trace["y"] for trace in errors.figures[0].data)
    assert alone == [100, 83.3, 16.7]
    assert again == [33.3, 16.7, 16.7]
    assert errors.title == "After seeing others we differ 45% as much, and our mean is as far off as before."


def test_the_estimates_stand_before_the_truth_comes_into_the_same_picture() -> None:
    room = estimated([2000, 3000, 4000, 5000], [3000, 3000, 4000, 4000], truth=9000)
    room.step("guesses")
    before = room.activity.room()
    assert "9,000" not in text(before.json())
    assert [trace["name"] for trace in before.figures[0].data] == ["alone", "again"]
    assert "already" in room.say("p1", {"again": 9000})
    room.step("again")
    assert room.phone("p1")["step"] == "closed", "who has seen all estimates gives none"
    room.step("truth")
    after = room.activity.room()
    assert after.title == "It is 9,000 km"
    assert after.figures[0].data[:2] == before.figures[0].data
    assert after.figures[0].data[2]["x"] == [9000, 9000]


def test_a_phone_is_told_how_far_off_its_own_estimate_was_and_nobody_elses() -> None:
    room = estimated([2000, 3000, 4000, 5000], [3000, 3000, 4000, 4000], truth=3000)
    assert room.activity.result_of("p1").lines == (
        "Alone you said 2,000 km. That is off by 1,000 km.",
        "1 of 3 others were nearer.",
        "Then you said 3,000 km.",
    )
    assert room.activity.result_of("ghost").json() == {}


@given(NUMBERS, st.floats(1, 1e6), st.booleans())
def test_the_rooms_error_is_the_average_error_less_the_diversity(
    alone: list[float], truth: float, factors: bool
) -> None:
    now = Estimates(Scale("", factors), truth, tuple(alone)).before
    assert now.crowd == pytest.approx(now.average - now.diversity, abs=1e-9 * max(1.0, now.average))
    assert now.off == pytest.approx(math.sqrt(now.crowd), abs=1e-6)


@given(NUMBERS, st.floats(1, 1e6), st.booleans())
def test_asking_everybody_is_off_as_the_mean_and_asking_one_as_people_are(
    alone: list[float], truth: float, factors: bool
) -> None:
    estimates = Estimates(Scale("", factors), truth, tuple(alone))
    offs = estimates.fewer().data[0]["y"]
    ends = estimates.scale.errors([math.sqrt(estimates.before.average), estimates.before.off])
    assert [offs[0], offs[-1]] == pytest.approx(ends, rel=1e-3, abs=1e-6)
    assert all(after <= before for before, after in pairwise(offs))


def test_asking_fewer_is_right_by_drawing() -> None:
    alone = tuple(np.random.default_rng(1).lognormal(7, 1, 20).tolist())
    figure = Estimates(Scale(), 1500, alone).fewer()
    draws = np.random.default_rng(2)
    means = [float(np.mean(draws.choice(alone, 5, replace=False))) for _ in range(20_000)]
    exact = figure.data[0]["y"][figure.data[0]["x"].index(5)]
    assert exact == pytest.approx(math.sqrt(np.mean((np.array(means) - 1500) ** 2)), rel=0.03)


def test_one_wild_guess_moves_the_mean_and_not_the_middle() -> None:
    room = estimated([2500, 2700, 2850, 3000, 3200, 100_000])
    room.step("truth")
    small = room.activity.debrief().small
    assert "Alone: mean 19,042 km, middle 2,925 km." in small[1]
    assert "cannot move" in small[-1]
    spread = room.activity.room().figures[0]
    assert sum(spread.data[0]["y"][:-1]) == 6  # the wild one is counted too


def test_errors_in_factors_use_the_geometric_mean() -> None:
    settings = {"question": "How many?", "unit": "", "truth": 1000, "least": 1, "most": 1e9, "factors": True}
    room = estimated([100, 10_000, 1_000_000, 10], **settings)
    room.step("truth")
    assert "Alone: mean in factors 1778" in room.activity.debrief().small[1]
    assert "off by a factor of 1.78" in room.activity.debrief().title
    assert room.activity.room().figures[0].layout["xaxis"]["type"] == "log"


def test_how_much_people_kept_is_told_from_their_two_estimates() -> None:
    estimates = Estimates(
        Scale(), 100, (100, 110, 150, 200), (100, 110, 125, 150), ((100 - 1e-9,), (50.0,), (100.0,), (100.0,))
    )
    assert estimates.kept == pytest.approx((1.0, 0.5))
    model = estimates.model("everyone", 1)
    assert model[0] == pytest.approx(40)
    assert model[-1] < model[0]  # who knows more moves less: the mean gets better


def test_alike_people_on_a_fair_network_keep_their_mean() -> None:
    estimates = Estimates(Scale(), 50, (10.0, 90.0, 70.0, 45.0, 5.0, 99.0))
    assert estimates.model("decentralised", 3) == pytest.approx([abs(np.mean(estimates.alone) - 50)] * 5)


@pytest.mark.parametrize("sees", ["some", "middle", "one"])
@pytest.mark.parametrize("people", [1, 2, 3, 5, 50, 1200])
def test_it_is_played_to_the_end_with_any_number(people: int, sees: str) -> None:
    room = play("wisdom-of-the-room", people, virtual=people, late=0, leaving=0, settings={"sees": sees})
    assert not room.refused
    assert len(game(room).again) == people
    assert room.debrief is not None
    assert room.debrief.ask
    assert len(room.what_ifs) == (2 if people > 1 else 0)


@given(anything)
def test_only_numbers_within_the_bounds_are_taken(value: Any) -> None:
    activity = WisdomOfTheRoom(WisdomOfTheRoomSettings(), 1, {"p1": Person()}, 0.0)
    good = type(value) in (int, float) and 10 <= value <= 100_000
    assert (activity.refusal("p1", {"alone": value}) == "") is good
    assert activity.refusal("p1", {"alone": 50, "again": value}) != ""
    assert activity.refusal("p1", {"again": value}) != ""


@given(st.lists(st.sampled_from([10.0, 1e5, 2850.0, 2850.000001, 10.5]), min_size=1, max_size=6), st.booleans())
def test_equal_and_extreme_estimates_give_finite_figures(alone: list[float], factors: bool) -> None:
    room = estimated(alone, alone[::-1], factors=factors)
    room.step("truth")
    for scene in (room.activity.room(), room.activity.debrief(), *room.activity.further(), *room.activity.what_ifs()):
        text(scene.json())


def test_no_scene_and_no_other_phone_names_who_estimated_what() -> None:
    room = play("wisdom-of-the-room", 30, seed=8)
    scenes = [*room.scenes.values(), room.debrief, *room.further, *room.what_ifs]
    shown = text([scene.json() for scene in scenes if scene]) + text([room.phone(who) for who in room.session.people])
    assert not any(f'"{who}"' in shown for who in room.session.people)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["question"][:20])
def test_each_ready_question_is_complete_and_playable(question: dict[str, Any]) -> None:
    settings = WisdomOfTheRoomSettings.model_validate(question)
    assert settings.source
    assert settings.least < settings.truth / 1.05
    assert settings.most > settings.truth * 1.05
    room = play("wisdom-of-the-room", 40, virtual=40, settings=question, seed=2)
    assert not room.refused


def test_the_distance_from_berlin_to_lisbon_is_right() -> None:
    north, east, north_too, west = map(math.radians, (52.520, 13.405, 38.722, 9.139))
    angle = math.acos(
        math.sin(north) * math.sin(north_too) + math.cos(north) * math.cos(north_too) * math.cos(east + west)
    )
    assert angle * 6371.0088 == pytest.approx(QUESTIONS[1]["truth"], abs=1)


def test_a_question_of_ones_own_needs_its_truth_and_does_not_borrow_a_source() -> None:
    with pytest.raises(ValidationError, match="needs its true value"):
        WisdomOfTheRoomSettings(question="How many beans are in the jar?")
    own = WisdomOfTheRoomSettings(question="How many beans are in the jar?", truth=812)
    assert (own.source, own.unit) == ("", "")


@pytest.mark.parametrize(
    "wrong", [{"truth": 1}, {"least": 3000}, {"factors": True, "least": 0}, {"truth": float("nan")}, {"most": 1e300}]
)
def test_bounds_that_do_not_fit_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        WisdomOfTheRoomSettings.model_validate(wrong)
