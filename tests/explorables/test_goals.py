"""Every goal of the course holds where its file says so, over 200 crowds, and its near misses do not."""

from __future__ import annotations

import json
from itertools import product
from pathlib import Path

import pytest

from choreo.bank.loader import load_exercise
from choreo.explorables.finder import explorable
from choreo.explorables.judge import SETS, crowds, holds, means, tries
from choreo.explorables.proof import played, unknown
from choreo.grading.goal import Goal
from choreo.grading.play import Condition
from choreo.views.telling import beyond

FOLDER = Path(__file__).parents[2] / "exercises"
CROWDS = range(1000, 1200)  # none of those that anybody meets first
AT_ONCE = 20  # of them; some explorables play several side by side
GOALS = [
    pytest.param(goal, id=path.stem)
    for path in sorted(FOLDER.glob("*/*.yaml"))
    if "\nkind: goal\n" in path.read_text(encoding="utf-8") and isinstance(goal := load_exercise(path), Goal)
]


def share(goal: Goal, settings: dict[str, object]) -> float:
    held = played(goal, {**goal.begin, **settings}, CROWDS)
    return sum(held) / len(held)


def falls_short(goal: Goal, settings: dict[str, object]) -> bool:
    """Whether it holds in fewer than eight of ten crowds; no more of them are played than decide it."""
    if not explorable(goal.explorable).crowd:  # one run says it
        return share(goal, settings) < 0.8
    failed = 0
    for first in range(0, len(CROWDS), AT_ONCE):
        failed += played(goal, {**goal.begin, **settings}, CROWDS[first : first + AT_ONCE]).count(False)
        if failed > 0.2 * len(CROWDS):
            return True
    return False


@pytest.mark.parametrize("goal", GOALS)
def test_the_winning_setting_holds_in_95_of_100_crowds(goal: Goal) -> None:
    assert unknown(goal) == []
    assert share(goal, dict(goal.winning)) >= 0.95


@pytest.mark.parametrize("goal", GOALS)
def test_no_learners_own_ten_crowds_keep_them_from_the_goal(goal: Goal) -> None:
    found = explorable(goal.explorable)
    held = played(goal, {**goal.begin, **goal.winning}, range(goal.first_crowd, goal.first_crowd + SETS * 10))
    for mark in map(str, range(200)) if found.crowd else ():
        own = crowds(found, mark, goal.first_crowd)
        assert sum(held[seed - goal.first_crowd] for seed in own) >= goal.of_ten, own


@pytest.mark.parametrize("goal", GOALS)
def test_where_learners_start_and_what_tempts_them_does_not_hold(goal: Goal) -> None:
    for settings in ({}, *goal.near):
        assert falls_short(goal, dict(settings)), settings


@pytest.mark.parametrize("goal", [one for one in GOALS if one.values[0].controls])  # where all is free, there is no end
def test_no_goal_is_won_by_pushing_everything_to_an_end(goal: Goal) -> None:
    found = explorable(goal.explorable)
    pushed = [one for one in found.controls if one.name in goal.controls and one.drawn is None]
    ends = [[option.value for option in one.options] or [one.low, one.high] for one in pushed]
    for corner in product(*ends):
        settings = {**goal.begin, **dict(zip([one.name for one in pushed], corner, strict=True))}
        if not beyond(goal, found, settings):
            held = played(goal, settings, CROWDS[:30])
            assert sum(held) / len(held) < 0.8, corner


def test_a_learners_crowds_are_theirs_and_before_they_are_known_everybodys() -> None:
    plaza = explorable("choreography")
    assert crowds(plaza, "") == tuple(range(10))
    assert crowds(plaza, "ada") == crowds(plaza, "ada") != crowds(plaza, "bob")
    assert len(set(crowds(plaza, "ada"))) == 10


@pytest.mark.parametrize(
    ("when", "so"),
    [
        ({"deed": "played"}, True),
        ({"deed": "touched"}, False),
        ({"control": "far", "at_least": 10}, True),
        ({"control": "far", "at_most": 9}, False),
        ({"control": "network", "is": "everyone"}, True),
        ({"control": "bridges", "at_least": 2}, True),
        ({"control": "gone", "at_least": 2}, False),
        ({"measure": "order", "at_least": 0.5, "at_most": 0.6}, True),
        ({"measure": "nan", "at_most": 0.6}, False),
    ],
)
def test_conditions_speak_of_controls_measures_and_deeds(when: dict[str, object], so: bool) -> None:
    settings = {"far": 10, "network": "everyone", "bridges": [[0, 9], [1, 17]]}
    found = {"order": 0.55, "nan": float("nan")}
    assert holds(Condition.model_validate(when), settings, found, {"played"}) is so


def test_what_is_kept_of_a_goal_is_its_measures_and_no_number_that_json_lacks() -> None:
    goal = next(one.values[0] for one in GOALS if one.id == "plaza-together")
    plaza = explorable("choreography")
    found = list(tries(goal, plaza, {**plaza.start, **goal.begin}, (0, 1)))
    assert set(means(found)) == {measure.name for measure in plaza.measures}
    json.dumps(means(found), allow_nan=False)
