"""Like me?: what either side believes of the same room, beside the study of 1977 and beside who knows only their own answer."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.live.hostile import anything
from tests.live.rooms import Room, opened, play, text

from choreo.live.activities.disconnect.activity import Disconnect, DisconnectSettings
from choreo.live.activities.disconnect.answers import Answers
from choreo.live.activities.disconnect.model import both_sides
from choreo.live.scene import Scene

DIVIDED = [(True, 80)] * 6 + [(True, 60)] * 6 + [(False, 70)] * 8  # 12 of 20 say yes


def answered(ballots: list[tuple[bool, int]], virtual: int = 0) -> Room:
    """A room in which people gave (own, same), the last `virtual` of them bots."""
    room = opened("disconnect", len(ballots), virtual=virtual)
    for number, (own, same) in enumerate(ballots, 1):
        assert room.say(f"p{number}", {"own": own, "same": same}) == ""
    room.step("believed")
    return room


def facts(scene: Scene) -> dict[str, str]:
    return dict(scene.facts)


def test_first_the_guesses_then_the_truth() -> None:
    room = answered(DIVIDED)
    scene = room.activity.room()
    assert scene.lines[0].startswith("20 of us take our own answer for that of the majority")
    assert scene.figures[0].data[0]["y"] == [0, 0, 0, 0, 0, 0, 6, 8, 6, 0, 0]
    assert "12" not in text(scene.json())  # nothing of who says what
    room.step("truth")
    scene = room.activity.room()
    assert scene.lines[0] == "12 of 20 say yes. 20 took theirs for the majority's. At most 12 can be right."
    assert facts(scene) == {"answers": "20", "say yes": "60%", "gap": "40 points"}
    assert scene.figures[0].data[0]["y"] == [30, 60, 70]


def test_what_came_before_the_truth_is_the_same_whichever_side_is_which() -> None:
    other = [(not own, same) for own, same in DIVIDED]
    assert answered(DIVIDED).activity.room() == answered(other).activity.room()


@pytest.mark.parametrize(
    ("ballots", "says"),
    [
        ([(True, 50)] * 5 + [(False, 50)] * 5, "We look beyond ourselves."),
        ([(True, 20)] * 5 + [(False, 20)] * 5, "either side takes itself for rare"),
        ([(True, 90)] * 5 + [(False, 90)] * 5, "It is the same room."),
        ([(True, 90)] * 20 + [(False, 90)] * 4, "too small to hide in"),
    ],
)
def test_each_kind_of_room_hears_a_true_sentence(ballots: list[tuple[bool, int]], says: str) -> None:
    room = answered(ballots)
    room.step("truth")
    assert says in room.activity.room().lines[1]
    assert says in room.activity.debrief().lines[0]


@given(st.lists(st.integers(0, 10), min_size=12, max_size=12), st.data())
def test_what_a_small_side_believed_cannot_be_told_from_all_that_was_shown(
    same: list[int], data: st.DataObject
) -> None:
    own = [True] * 8 + [False] * 4

    def seen(guesses: list[int]) -> str:
        room = answered([(says, 10 * guess) for says, guess in zip(own, guesses, strict=True)])
        believed = room.activity.room()
        room.step("truth")
        scenes = [believed, room.activity.room(), room.activity.debrief(), *room.activity.what_ifs()]
        return text([scene.json() for scene in scenes])

    assert seen(same) == seen(data.draw(st.permutations(same)))


def test_the_debrief_lays_the_room_beside_the_study_and_the_model() -> None:
    scene = answered(DIVIDED).activity.debrief()
    no, truth, yes = (trace["y"] for trace in scene.figures[0].data)
    assert no == [30, 33.0, 33.3]
    assert truth == [60, 60.0, None]
    assert yes == [70, 62.2, 66.7]
    assert facts(scene) == {"gap": "40 points"}
    assert len(answered([(True, 90)] * 20 + [(False, 90)] * 4).activity.debrief().figures[0].data[0]["x"]) == 2


def test_how_much_luck_there_is_in_a_gap_is_told_rightly() -> None:
    rng = np.random.default_rng(1)
    gaps, told = [], []
    for _ in range(2000):
        guesses = rng.choice([40, 60, 70, 90], 16).tolist()
        answers = Answers((True,) * 10 + (False,) * 6, tuple(guesses))
        assert answers.sides is not None
        gaps.append(answers.sides[0] - answers.sides[1])
        told.append(answers.luck**2)
    assert np.sqrt(np.mean(told)) == pytest.approx(np.std(gaps), rel=0.05)


@given(st.integers(1, 29), st.integers(0, 8))
def test_the_model_is_what_hearing_others_drawn_by_lot_comes_to(yes: int, heard: int) -> None:
    people, rng = 30, np.random.default_rng(yes)
    says = np.arange(people) < yes
    for side, own in ((0, True), (1, False)):
        others = np.delete(says, 0 if own else people - 1)
        drawn = [(1 + own + rng.permutation(others)[:heard].sum()) / (3 + heard) for _ in range(400)]
        assert both_sides(yes, people, heard)[side] == pytest.approx(np.mean(drawn), abs=0.03)


def test_one_s_own_answer_alone_is_worth_two_of_three() -> None:
    assert both_sides(5, 10, 0) == pytest.approx((2 / 3, 1 / 3))


def test_what_if_the_sides_meet_the_more_others_are_heard() -> None:
    (scene,) = answered(DIVIDED).activity.what_ifs()
    yes, no = (trace["y"] for trace in scene.figures[0].data[:2])
    apart = [one - other for one, other in zip(yes, no, strict=True)]
    assert apart == sorted(apart, reverse=True)
    assert "are 14 points apart, no longer 33." in scene.lines[0]
    assert answered([(True, 80)] * 9).activity.what_ifs() == ()
    assert answered([(True, 80)] * 2 + [(False, 80)], virtual=3).activity.what_ifs() == ()


def test_bots_are_in_no_count_and_no_result() -> None:
    room = answered([(True, 80)] * 6 + [(False, 10)] * 10, virtual=10)
    room.step("truth")
    assert "6 of 6 say yes" in room.activity.room().lines[0]
    assert "16" not in text(room.session.scene().json())


def test_under_five_answers_nothing_is_shown_and_the_question_stays_open_until_the_coach_closes_it() -> None:
    room = opened("disconnect", 14, virtual=10)
    for number in range(1, 15):
        room.say(f"p{number}", {"own": True, "same": 50})
    assert facts(room.session.scene())["answers"] == "4 of 5"
    assert "One more answer" in room.session.scene().lines[-1]
    room.step("believed")
    assert room.phone("p1")["too_few"]
    assert "Fewer than 5" in room.activity.room().lines[0]
    assert not room.activity.debrief().figures
    assert room.activity.what_ifs() == ()


@given(anything, anything)
def test_only_yes_or_no_and_a_guess_in_tenths_are_taken(own: Any, same: Any) -> None:
    activity = Disconnect(DisconnectSettings(), 1, {}, 0.0)
    good = type(own) is bool and type(same) is int and same in range(0, 101, 10)
    assert (activity.refusal("", {"own": own, "same": same}) == "") is good
    assert activity.refusal("", {"own": True}) != ""
    assert activity.refusal("", {"own": True, "same": 50, "who": "p1"}) != ""


@pytest.mark.parametrize("people", [5, 50, 1000])
def test_bots_play_it_to_the_end(people: int) -> None:
    room = play("disconnect", people, virtual=people, late=0, leaving=0)
    assert not room.refused
    assert facts(room.scenes["truth"])["answers"] == str(people)
