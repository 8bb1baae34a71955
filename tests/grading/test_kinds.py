"""What every kind of exercise promises, whatever a browser sends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.grading.samples import ANSWERS, samples

from choreo.bank.loader import kinds
from choreo.grading.exercise import Exercise
from choreo.grading.verdict import AnswerError, Verdict

SAMPLES = samples()
IDS = [exercise.id for exercise in SAMPLES]

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
json_values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=8
)
NAMES = (
    "chosen",
    "placed",
    "order",
    "fields",
    "met",
    "curve",
    "number",
    "what",
    "whom",
    "purpose",
    "people",
    "stuck",
    "by",
    "settings",
    "reached",
    "matched",
    "filled",
    "marked",
    "low",
    "guess",
    "high",
    "path",
    "x",
    "y",
    "marks",
    "players",
    "ties",
)
near_answers = st.dictionaries(st.sampled_from(NAMES), json_values | st.lists(st.sampled_from(["a", "frame", "cue"])))


def test_there_is_a_sample_of_every_kind() -> None:
    assert {exercise.kind for exercise in SAMPLES} == set(kinds())


@pytest.mark.parametrize("exercise", SAMPLES, ids=IDS)
@settings(max_examples=60)
@given(answer=json_values | near_answers)
def test_any_json_is_graded_or_refused(exercise: Exercise, answer: Any) -> None:
    try:
        verdict = exercise.grade(answer)
    except AnswerError:
        return
    assert verdict.score is None or 0 <= verdict.score <= 1


@pytest.mark.parametrize("exercise", SAMPLES, ids=IDS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_true_answer_with_one_part_spoilt_is_graded_or_refused(exercise: Exercise, data: st.DataObject) -> None:
    answer = dict(ANSWERS[exercise.id])
    answer[data.draw(st.sampled_from(sorted(answer)))] = data.draw(json_values)
    try:
        verdict = exercise.grade(answer)
    except AnswerError:
        return
    assert isinstance(verdict, Verdict)


@pytest.mark.parametrize("exercise", SAMPLES, ids=IDS)
def test_a_true_answer_gets_words(exercise: Exercise) -> None:
    assert exercise.grade(ANSWERS[exercise.id]).feedback


@pytest.mark.parametrize("exercise", [e for e in SAMPLES if e.solution() is not None], ids=str)
def test_the_answer_that_is_shown_is_right(exercise: Exercise) -> None:
    solution = exercise.solution()
    assert solution is not None
    verdict = exercise.grade(solution)
    assert verdict.score == 1
    assert verdict.notes
