"""A collaboration of one's own: three lines that may stay empty, theirs alone."""

from __future__ import annotations

from typing import Any

import pytest
from tests.grading.samples import ANSWERS, sample

from choreo.grading.collaboration import Named, named
from choreo.grading.verdict import AnswerError

WHOLE = ANSWERS["mine"]
EMPTY = dict.fromkeys(WHOLE, "")


def test_a_collaboration_is_kept_as_a_kind_of_its_own_without_a_score_and_shown_to_nobody() -> None:
    exercise = sample("mine")
    assert exercise.entry_kind == "collaboration"
    assert exercise.grade(WHOLE).score is None
    assert not exercise.social


def test_it_can_be_emptied_again_and_says_so() -> None:
    exercise = sample("mine")
    assert exercise.grade(EMPTY).feedback != exercise.grade(WHOLE).feedback
    assert named(EMPTY) is None


@pytest.mark.parametrize("name", WHOLE)
def test_one_line_is_enough(name: str) -> None:
    answer = {**EMPTY, name: " a bridge "}
    assert sample("mine").grade(answer).feedback == sample("mine").grade(WHOLE).feedback
    assert named(answer) == Named(**{**EMPTY, name: "a bridge"})


@pytest.mark.parametrize("change", [{"stuck": None}, {"people": "x" * 1001}, {"more": "x"}, {"purpose": "a\0b"}])
def test_what_is_no_line_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("mine").grade({**WHOLE, **change})


@pytest.mark.parametrize("answer", [{}, {"purpose": 3}, {"what": "older"}])
def test_a_strange_answer_names_nothing(answer: dict[str, Any]) -> None:
    assert named(answer) is None


def test_who_can_read_it_is_said_beside_the_lines() -> None:
    face = sample("mine").face()
    assert [line["id"] for line in face["lines"]] == list(WHOLE)
    assert "no coach" in face["private"]["prose"]
