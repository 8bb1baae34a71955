"""The bank proves itself by the checks of its exercises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.grading.samples import ANSWERS, sample

from choreo.bank.check import check, check_exercise
from choreo.bank.schema import schema, schema_text
from choreo.explorables.proof import played
from choreo.grading.exercise import Exercise

EXERCISES = Path(__file__).parents[2] / "exercises"

RIGHT = {"answer": {"chosen": ["frame"]}, "score": 1}
WRONG = {"answer": {"chosen": ["steps"]}, "score": 0}
INVALID = {"answer": {"chosen": ["attic"]}, "invalid": True}


def faults(exercise: Exercise) -> list[str]:
    return [fault for _, fault in check_exercise(exercise)]


def test_the_courses_own_exercises_are_well_and_their_goals_can_be_reached() -> None:
    assert check(EXERCISES, played) == []


def test_the_schema_in_the_repository_is_that_of_the_kinds() -> None:
    assert (EXERCISES / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text()) == schema()


def test_an_exercise_that_proves_all_three_is_well() -> None:
    assert faults(sample("one", checks=[RIGHT, WRONG, INVALID])) == []


@pytest.mark.parametrize(
    ("checks", "fault"),
    [
        ([WRONG, INVALID], "a right answer"),
        ([RIGHT, INVALID], "a wrong answer"),
        ([RIGHT, WRONG], "an invalid answer"),
        ([{**WRONG, "score": 1}, RIGHT, WRONG, INVALID], "checks 1: earns 0, not 1"),
        ([{"answer": {"chosen": []}, "score": 0}, RIGHT, WRONG, INVALID], "checks 1: the answer was refused"),
        ([{**RIGHT, "invalid": True}, RIGHT, WRONG, INVALID], "checks 1: the answer was graded"),
        ([{"answer": {"chosen": ["steps"]}}, RIGHT, WRONG, INVALID], "checks 1: has no score"),
        (
            [RIGHT, WRONG, {"answer": {"chosen": ["attic"]}, "score": 0}, INVALID],
            "'attic' is not part of this exercise",
        ),
    ],
)
def test_what_is_not_proven_is_named(checks: list[dict[str, object]], fault: str) -> None:
    found = faults(sample("one", checks=checks))
    assert len(found) == 1
    assert fault in found[0]


def test_a_kind_without_scores_needs_a_valid_and_an_invalid_answer() -> None:
    assert len(faults(sample("card"))) == 2
    checks = [{"answer": ANSWERS["card"]}, {"answer": {}, "invalid": True}]
    assert faults(sample("card", checks=checks)) == []


def test_a_case_with_scores_needs_a_right_a_wrong_and_an_invalid_way() -> None:
    checks = [
        {"answer": {"path": ["cue"]}, "score": 1},
        {"answer": {"path": ["plan", "wait"]}, "score": 0.25},
        {"answer": {"path": ["plan"]}, "invalid": True},
    ]
    assert faults(sample("case", checks=checks)) == []
    assert len(faults(sample("case"))) == 3


def test_every_variant_has_a_right_answer() -> None:
    variants = [{"title": "Another"}]
    found = faults(sample("one", variants=variants, checks=[RIGHT, WRONG, INVALID]))
    assert found == ["checks: no right answer to variant 1; add one (variant: 1)."]
    assert faults(sample("one", variants=variants, checks=[RIGHT, WRONG, INVALID, {**RIGHT, "variant": 1}])) == []


def goal_faults(ends: dict[str, list[float]]) -> list[str]:
    checks = [{"answer": ANSWERS["together"]}, {"answer": {}, "invalid": True}]
    seen = []

    def play(_goal: object, settings: object) -> list[float]:
        seen.append(settings)
        if "none" in ends:
            raise ValueError("far = 39.5: must be a whole number")
        return ends["winning" if settings["coupling"] == 4 else "losing"]  # type: ignore[index]

    found = [fault for _, fault in check_exercise(sample("together", checks=checks), play)]
    assert all(settings["people"] == 200 for settings in seen)  # type: ignore[index]
    return found


def test_a_goal_is_well_if_nine_of_ten_win_and_nobody_wins_at_the_start() -> None:
    assert goal_faults({"winning": [0.9] * 9 + [0.2], "losing": [0.3] * 10}) == []
    (fault,) = goal_faults({"winning": [0.9] * 8 + [0.2] * 2, "losing": [0.3] * 10})
    assert fault.startswith("winning: of 10 runs 8 reach 85% (they end at 20% to 90%)")
    (fault,) = goal_faults({"winning": [0.9] * 10, "losing": [0.3] * 9 + [0.85]})
    assert fault.startswith("losing: of 10 runs 1 reach 85%")
    assert all("cannot be played" in fault for fault in goal_faults({"none": []}))


def test_a_goal_of_an_explorable_or_a_setting_that_is_none_is_named() -> None:
    checks = [{"answer": ANSWERS["together"]}, {"answer": {}, "invalid": True}]
    for changes, words in (
        ({"explorable": "choreografy"}, 'no explorable "choreografy"'),
        ({"winning": {"coupling": 400}}, "coupling"),
        ({"winning": {"copling": 4}}, "copling"),
    ):
        found = [fault for _, fault in check_exercise(sample("together", checks=checks, **changes), played)]
        assert any(words in fault for fault in found)
