"""Lesson 10: every number that it states about the bay, without luck and so exact."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from tests.lessons.claims import said

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.explorables.second_voice import SHORE, Alliance
from choreo.grading.predict import Alternatives, Predict
from choreo.lesson import exercises_folder
from choreo.models.contagion import together

LESSON = "10-authoring"
BAY = explorable("second-voice")
FIRST = [[1, 4], [2, 5], [6, 9], [7, 10]]  # the bridges that Luz has
FAIR = [*FIRST, [0, 6], [3, 7]]  # one for every hostel
ZIGZAG = [[1, 4], [1, 5], [2, 5]]  # three that share ears
CROSSING = [
    [one, other]
    for one, other in combinations(range(SHORE.people), 2)
    if one // SHORE.size != other // SHORE.size and [one, other] not in FIRST
]


def came(bridges: list[list[int]], **settings: object) -> dict[str, float]:
    params = BAY.params({**BAY.start, **settings, "bridges": bridges})
    return dict(BAY.run(params, 0).summary)


def test_one_bridge_carries_news_and_a_second_voice_at_the_same_ear_carries_a_move() -> None:
    assert "One bridge carries news. A second voice at the same ear carries a move." in said(LESSON)
    assert "four bridges to four hostels moved nobody" in said(LESSON)
    assert "Three bridges moved all the hostels, and they did it in both directions" in said(LESSON)
    assert came(FIRST) == came(FAIR) == {"moved": 4, "heard": 12, "fewest": 4}
    for begin in ("markets", "hostels"):
        assert came(ZIGZAG, begin=begin)["moved"] == 8
    assert came([*ZIGZAG, [6, 9], [6, 10], [7, 10]])["fewest"] == 12


def test_two_bridges_are_enough_for_news_and_no_two_for_a_move() -> None:
    assert "Two bridges were enough for all twelve to hear" in said(LESSON)
    assert came([[1, 4], [6, 9]])["heard"] == came([[1, 4], [6, 9]], need=1)["fewest"] == 12
    between = [pair for pair in [*CROSSING, *FIRST] if pair[1] < 8]  # from a market to a hostel
    both = (
        min(came(list(two), begin=one)["moved"] for one in ("markets", "hostels")) for two in combinations(between, 2)
    )
    assert max(both) < 8


def test_of_44_more_bridges_six_wake_the_hostels_and_two_work_both_ways() -> None:
    assert "Of the 44 bridges that Luz could add to her first four, 38 change nothing. Six wake the hostels." in said(
        LESSON
    )
    assert len(CROSSING) == 44
    wake = [one for one in CROSSING if came([*FIRST, one])["moved"] == 8]
    idle = [one for one in CROSSING if came([*FIRST, one])["moved"] == 4]
    assert (len(wake), len(idle)) == (6, 38)
    back = [one for one in wake if came([*FIRST, one], begin="hostels")["moved"] == 8]
    assert back == [[1, 5], [2, 4]]
    assert {person for one in back for person in one} == {1, 2, 4, 5}  # each has a bridge already
    assert "She asks a second market, Norte, to go along. The Luna hears two, and moves." in said(LESSON)
    assert [1, 5] in back


def test_one_hostel_that_needs_one_voice_lets_the_first_four_bridges_move_eight() -> None:
    assert "Let one hostel, the Inti, be content with one voice, and Luz's first four bridges move eight" in said(
        LESSON
    )
    network = SHORE.joined(tuple((one, other) for one, other in FIRST))
    moved = together(network, (0, 1), 2)[-1]
    assert moved[1]
    assert not moved[4]
    assert together(network, (0, 1, 4), 2)[-1].sum() == 8


def test_the_taste_shows_what_waiting_for_one_two_or_three_does() -> None:
    assert "At 1, all move: the news runs round the bay, and two of the four bridges would be enough." in said(LESSON)
    assert "All have heard, and four move." in said(LESSON)
    assert [came(FIRST, need=need)["moved"] for need in (1, 2, 3)] == [12, 4, 2]


def test_the_prediction_is_answered_by_what_is_then_played() -> None:
    prediction = load_exercise(exercises_folder() / LESSON / "four-bridges.yaml")
    assert isinstance(prediction, Predict)
    assert isinstance(prediction.ask, Alternatives)
    assert dict(prediction.play)["bridges"] == [[1, 4], [2, 5], [0, 6], [3, 7], [6, 9], [7, 10]]
    markets = np.array([[one, other] for one, other in dict(prediction.play)["bridges"] if other < 8])  # type: ignore[index, union-attr]
    assert sorted(markets[:, 0]) == [0, 1, 2, 3]
    assert sorted(markets[:, 1]) == [4, 5, 6, 7]
    assert came(FAIR)["moved"] == 4


def test_six_bridges_can_do_without_none_of_them() -> None:
    """What the first invitation of the sandbox leads to, and the second."""
    six = [*ZIGZAG, [6, 9], [6, 10], [7, 10]]
    for gone in six:
        assert came([one for one in six if one != gone])["fewest"] < 12
    assert came([[1, 4], [6, 9]], need=1)["fewest"] == 12


def test_the_record_of_the_bay_checks_itself_without_the_bridges() -> None:
    assert [spec.name for spec in Alliance.specs()] == ["need", "begin"]
