"""Lesson 05: every number that it states about the chair and the crews, with its setting, groups and error."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from tests.lessons.claims import ROOT, Claim, ends, said

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.explorables.outcome import outcomes
from choreo.grading.predict import Alternatives, Predict
from choreo.models.influence import Influence, effective_minds, shares
from choreo.models.stag_hunt import StagHunt, prospects, tipping_belief

LESSON, CHAIR, CREWS = "05-three-modes", "weighty-voice", "stepping-in"
PER_SHARE = float(np.sqrt(2 / np.pi))  # how far a normal error is off on average, in standard deviations
YARDS = 400


def meeting(**settings: Any) -> Influence:
    found = explorable(CHAIR)
    params = found.params({**found.start, **settings})
    assert isinstance(params, Influence)
    return params


def minds(**settings: Any) -> float:
    return effective_minds(shares(meeting(**settings)))


def days_off(better: float, **settings: Any) -> float:
    """How far the group is off on average, if the chair alone judges so many times as well as the others."""
    params = meeting(**settings)
    share = shares(params)
    share[0] /= better
    return params.noise * PER_SHARE * float(np.sqrt(np.sum(share**2)))


@cache
def stay(**settings: Any) -> np.ndarray:
    """The share of crews that step in at the end, for each yard."""
    return ends(CREWS, YARDS, **settings)["stag"]


CLAIMS = [
    Claim("nineteen days apart", 19, "spread", {"susceptibility": 0}, half=0.5),
    Claim("Nearly all came back: 19.6 of twenty", 19.6, "minds", {"speaks": "last"}, half=0.05),
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.sentence)
def test_a_number_of_the_lesson_is_what_the_meeting_does(claim: Claim) -> None:
    claim.check(LESSON, CHAIR)


def test_more_people_hardly_help_and_the_order_does() -> None:
    assert "More people hardly helped. The order did: first hear, then weigh in." in said(LESSON)
    assert "Two hundred gave seven, where twenty had given six. Ten would have given five." in said(LESSON)
    assert [round(minds(people=people)) for people in (200, 20, 10)] == [7, 6, 5]
    for weight in (30, 60, 80):  # also where the chair is quieter, or louder
        gained = minds(hub_weight=weight, people=200) - minds(hub_weight=weight)
        assert minds(hub_weight=weight, speaks="last") - minds(hub_weight=weight) > gained


def test_alone_people_are_sixteen_days_off() -> None:
    assert "they are sixteen days off on average" in said(LESSON)
    assert round(Influence().noise * PER_SHARE) == 16


def test_where_nobody_lets_go_all_minds_are_left() -> None:
    assert "Then there are twenty minds, and they stay nineteen days apart" in said(LESSON)
    assert minds(susceptibility=0) == pytest.approx(20)


def test_a_quiet_chair_who_hears_nobody_has_nearly_all_the_say() -> None:
    """What the second invitation of the sandbox leads to."""
    assert "Put her weight to 5% and her listening to 0" in said(LESSON)
    assert shares(meeting(hub_weight=5, openness=0))[0] > 0.6


def test_a_chair_who_judges_more_than_twice_as_well_had_better_speak_first() -> None:
    assert "three times as accurate: then speaking first is better (3.0 days off against 3.6)" in said(LESSON)
    assert round(days_off(3, speaks="first"), 1) == 3.0
    assert round(days_off(3, speaks="last"), 1) == 3.6
    assert "The turning point is about 2.2 times" in said(LESSON)
    assert days_off(2.15) > days_off(2.15, speaks="last")
    assert days_off(2.25) < days_off(2.25, speaks="last")


def test_a_quieter_chair_gives_back_less_than_one_who_listens_first() -> None:
    assert "It is about 11.4. Half the weight gives back not even half of what was lost" in said(LESSON)
    assert round(minds(hub_weight=30), 1) == 11.4
    assert minds(hub_weight=30) - minds() < (20 - minds()) / 2
    assert "It is about 4.5" in said(LESSON)
    assert round(minds(hub_weight=80), 1) == 4.5
    assert "at 30% it was nine minds of twenty, at 60% fourteen" in said(LESSON)
    assert [round(20 - minds(hub_weight=weight)) for weight in (30, 60)] == [9, 14]
    assert "It is about 5. Half of the people may stay at home, and one mind is missing" in said(LESSON)
    assert round(minds(people=10)) == 5


def test_stepping_in_pays_as_soon_as_more_than_three_of_four_do() -> None:
    assert "gets 4 if all others do as well, and 0 if nobody does" in said(LESSON)
    assert "So it pays as soon as more than three of four step in" in said(LESSON)
    assert "with half of them it is 2" in said(LESSON)
    assert prospects(StagHunt(), np.array([0.0, 0.5, 1.0]))[0].tolist() == [0, 2, 4]
    assert prospects(StagHunt(), np.array([0.0, 1.0]))[1].tolist() == [3, 3]
    assert tipping_belief(StagHunt()) == 0.75


def test_the_careful_step_back_first_and_pull_the_others_after_them() -> None:
    assert "nobody was left in 92 of 100 yards" in said(LESSON)
    gone = np.mean(stay() == 0)
    assert abs(gone - 0.92) <= 0.005 + 2 * np.sqrt(0.92 * 0.08 / YARDS)
    crews = explorable(CREWS)
    run = crews.run(crews.params(crews.start), 0)
    expected, choice = run.frames["belief"][0], run.frames["choice"]
    fall = np.array([np.argmin(choice[:, person]) for person in range(choice.shape[1])])  # the round of stepping back
    assert run.summary["stag"] == 0
    assert expected[fall == 0].max() <= expected[fall > 0].min()
    assert fall.max() > 1  # one after the other, and not all at once


def test_expectations_close_together_take_all_over_the_edge() -> None:
    assert "With expectations close together (4% either way), all stepped in" in said(LESSON)
    assert np.all(stay(spread=4) == 1)


def test_in_a_gloomy_yard_a_softer_fall_does_what_a_bigger_prize_does_half_of_the_time() -> None:
    assert "In a gloomy yard (they expect 45%), 2.5 more points on the prize" in said(LESSON)
    assert "brought all in about half of the time" in said(LESSON)
    assert "The same points as a softer fall, for those who step in and stand alone, always did" in said(LESSON)
    prize, fall = (stay(belief=45, points=2.5, use=use) == 1 for use in ("prize", "fall"))
    assert abs(np.mean(prize) - 0.5) <= 0.1
    assert np.all(fall)


def test_with_less_to_give_the_prize_does_more_than_the_fall() -> None:
    assert "at 60% and 1.5 points, the prize did it in nine of ten yards, the fall in one of ten" in said(LESSON)
    prize, fall = (np.mean(stay(belief=60, points=1.5, use=use) == 1) for use in ("prize", "fall"))
    assert abs(prize - 0.9) <= 0.05
    assert abs(fall - 0.1) <= 0.05


@pytest.mark.parametrize(("name", "right"), [("ask-the-whole-yard", "same"), ("who-opens-first", "nobody")])
def test_of_each_prediction_the_same_option_stays_right(name: str, right: str) -> None:
    prediction = load_exercise(ROOT / f"exercises/{LESSON}/{name}.yaml")
    assert isinstance(prediction, Predict)
    assert isinstance(prediction.ask, Alternatives)
    for option in prediction.ask.options:
        last = [found.sentence for found in outcomes(prediction, {"chosen": option.id})][-1]
        assert ("That is what you said." in last) == (option.id == right), last


def test_a_control_that_moves_changes_nothing_else_of_a_group() -> None:
    chair, crews = explorable(CHAIR), explorable(CREWS)
    first = [chair.run(meeting(openness=share), 5).frames["opinion"][0] for share in (0, 50, 100)]
    assert np.all(first[0] == first[1])
    assert np.all(first[0] == first[2])
    more = [crews.ends(crews.params({**crews.start, "belief": share}), range(60))["stag"] for share in (75, 80, 85, 90)]
    assert np.all(np.diff(np.array(more), axis=0) >= 0)


def test_whoever_cannot_see_the_crews_is_told_of_them_in_the_words_of_the_lesson() -> None:
    crews = explorable(CREWS)
    told = crews.run(crews.params(crews.start), 3).trace
    assert told[0].endswith("and the most careful 60%. It pays from 75% on.")
    assert told[1] == "Round 1: 24 of 40 crews step in."
    assert told[-1] == "Round 10: 0 of 40 crews step in."
