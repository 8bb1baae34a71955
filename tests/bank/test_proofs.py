"""The bank proves itself by the checks of its exercises."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.grading.samples import ANSWERS, sample

from choreo.bank.check import check, check_exercise
from choreo.bank.schema import schema, schema_text

EXERCISES = Path(__file__).parents[2] / "exercises"

RIGHT = {"answer": {"chosen": ["frame"]}, "score": 1}
WRONG = {"answer": {"chosen": ["steps"]}, "score": 0}
INVALID = {"answer": {"chosen": ["attic"]}, "invalid": True}


def test_the_courses_own_exercises_are_well() -> None:
    assert check(EXERCISES) == []


def test_the_schema_in_the_repository_is_that_of_the_kinds() -> None:
    assert (EXERCISES / "schema.json").read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text()) == schema()


def test_an_exercise_that_proves_all_three_is_well() -> None:
    assert check_exercise(sample("one", checks=[RIGHT, WRONG, INVALID])) == []


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
    ],
)
def test_what_is_not_proven_is_named(checks: list[dict[str, object]], fault: str) -> None:
    faults = check_exercise(sample("one", checks=checks))
    assert len(faults) == 1
    assert fault in faults[0]


def test_a_kind_without_scores_needs_a_valid_and_an_invalid_answer() -> None:
    assert len(check_exercise(sample("card"))) == 2
    checks = [{"answer": ANSWERS["card"]}, {"answer": {}, "invalid": True}]
    assert check_exercise(sample("card", checks=checks)) == []


def test_a_picture_without_words_is_a_fault() -> None:
    exercise = sample("one", prompt="![](plaza.png)", checks=[RIGHT, WRONG, INVALID])
    assert "for those who cannot see it" in check_exercise(exercise)[0]


def test_all_lessons_are_checked_and_ids_are_used_once(tmp_path: Path) -> None:
    for lesson in ("01-one", "02-two"):
        (tmp_path / lesson).mkdir()
        (tmp_path / lesson / "same.yaml").write_text(
            "id: same\nversion: 1\nkind: commit\ntitle: T\nprompt: P\nchecks:\n"
            "  - {answer: {what: a, whom: b, by: 2026-12-01}}\n  - {answer: {}, invalid: true}\n"
        )
    (tmp_path / "01-one" / "note.yml").write_text("")
    (tmp_path / "02-two" / "broken.yaml").write_text("kind: commit\nid: broken\n")
    faults = check(tmp_path)
    assert sum("is also in" in fault for fault in faults) == 1
    assert sum("note.yml: not an exercise" in fault for fault in faults) == 1
    assert sum("broken.yaml:1:" in fault and "is missing" in fault for fault in faults) == 3


def test_a_folder_that_is_not_there_is_a_fault_and_not_silence(tmp_path: Path) -> None:
    assert "no such folder" in check(tmp_path / "none")[0]
