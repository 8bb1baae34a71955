"""Choosing one option, or all that apply."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.verdict import AnswerError


def test_the_right_option_earns_all_and_another_nothing() -> None:
    assert sample("one").grade({"chosen": ["frame"]}).score == 1
    assert sample("one").grade({"chosen": ["steps"]}).score == 0


def test_with_several_each_option_rightly_taken_or_left_counts() -> None:
    exercise = sample("all")
    assert exercise.grade({"chosen": ["frame", "cue"]}).score == 1
    assert exercise.grade({"chosen": ["frame", "steps"]}).score == 0.5
    assert exercise.grade({"chosen": ["steps", "nothing"]}).score == 0


@pytest.mark.parametrize("chosen", [[], ["frame", "steps"], ["elsewhere"], "frame", [1], ["frame", "frame"]])
def test_what_is_no_choice_is_refused(chosen: object) -> None:
    with pytest.raises(AnswerError):
        sample("one").grade({"chosen": chosen})


def test_every_option_explains_itself() -> None:
    assert [note.part for note in sample("one").grade({"chosen": ["steps"]}).notes] == ["frame", "steps", "nothing"]


def test_a_choice_without_a_right_option_is_refused() -> None:
    options = [{"id": "a", "text": "A", "why": "w"}, {"id": "b", "text": "B", "why": "w"}]
    with pytest.raises(ValidationError, match="none is right"):
        sample("one", options=options)
