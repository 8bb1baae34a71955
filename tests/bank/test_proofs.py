"""The bank proves itself by the checks of its exercises."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.grading.samples import ANSWERS, sample

from choreo.bank.check import check, check_exercise
from choreo.bank.document import read_document
from choreo.bank.schema import schema, schema_text
from choreo.explorables.proof import played, unknown
from choreo.grading.exercise import Exercise

EXERCISES = Path(__file__).parents[2] / "exercises"

RIGHT = {"answer": {"chosen": ["frame"]}, "score": 1}
WRONG = {"answer": {"chosen": ["steps"]}, "score": 0}
INVALID = {"answer": {"chosen": ["attic"]}, "invalid": True}


def faults(exercise: Exercise) -> list[str]:
    return [fault for _, fault in check_exercise(exercise)]


def test_the_courses_own_exercises_are_well_and_their_goals_can_be_reached() -> None:
    assert check(EXERCISES, played, unknown=unknown) == []


def test_the_schema_in_the_repository_is_that_of_the_kinds() -> None:
    assert (EXERCISES / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text()) == schema()


def test_an_editor_that_reads_the_schema_marks_nothing_in_the_courses_own_files() -> None:
    whole = schema()
    found = {}
    for path in EXERCISES.glob("*/*.yaml"):
        data = read_document(path).data
        kind = whole["discriminator"]["mapping"][data["kind"]]
        validator = Draft202012Validator({"$defs": whole["$defs"], "$ref": kind})
        found |= {f"{path.parent.name}/{path.stem}": error.message for error in validator.iter_errors(data)}
    assert found == {}


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
            [RIGHT, WRONG, {"answer": {"chosen": ["framm"]}, "score": 0}, INVALID],
            'checks 3: "framm" is not part of this exercise; did you mean "frame"?',
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


def goal_faults(held: dict[str, list[bool]]) -> list[str]:
    checks = [{"answer": ANSWERS["together"], "score": 1}, {"answer": {}, "invalid": True}]
    seen = []

    def play(_goal: object, settings: Mapping[str, object]) -> list[bool]:
        seen.append(settings)
        if "none" in held:
            raise ValueError("far = 39.5: must be a whole number")
        return held["winning" if settings["coupling"] == 4 else "losing"]

    found = [fault for _, fault in check_exercise(sample("together", checks=checks), play)]
    assert all(settings["people"] == 200 for settings in seen)
    return found


def test_a_goal_is_well_if_nine_of_ten_win_and_nine_of_ten_do_not_at_the_start() -> None:
    assert goal_faults({"winning": [True] * 9 + [False], "losing": [False] * 10}) == []
    (fault,) = goal_faults({"winning": [True] * 8 + [False] * 2, "losing": [False] * 10})
    assert fault.startswith("winning: it holds in 8 of 10")
    (fault,) = goal_faults({"winning": [True] * 10, "losing": [True] * 9 + [False]})
    assert fault.startswith("losing: it holds in 9 of 10")
    assert all("cannot be played" in fault for fault in goal_faults({"none": []}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"explorable": "choreografy"}, 'no explorable "choreografy"'),
        ({"winning": {"coupling": 400}}, "winning: coupling cannot be 400"),
        ({"winning": {"copling": 4}}, 'winning: "copling" is no control'),
        ({"near": [{"coupling": 4}, {"fur": 3}]}, 'near: "fur" is no control'),
        ({"near": [{"coupling": 4}, {"coupling": 999}]}, "near: coupling cannot be 999; make it"),
        ({"reach": {"measure": "ordr", "at_least": 0.5}}, '"ordr" is no measure'),
        ({"controls": ["far", "fur"]}, '"fur" is no control'),
        ({"guide": [{"do": "Move.", "when": {"control": "fur", "at_least": 1}}]}, '"fur" is no control'),
        ({"most": {"fur": 3}}, '"fur" is no control'),
        ({"given": {"coupling": "pick"}}, 'given: "coupling" takes no answer'),
        ({"tap": True}, "tap: choreography cannot be tapped along with"),
    ],
)
def test_what_a_goal_says_that_its_explorable_does_not_know_is_named(changes: dict[str, object], words: str) -> None:
    assert any(words in fault for fault in unknown(sample("together", **changes)))
