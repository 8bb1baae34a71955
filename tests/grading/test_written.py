"""Writing in one's own words."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, sample

from choreo.grading.verdict import AnswerError


def test_there_is_no_score_and_the_example_comes_after() -> None:
    exercise = sample("card")
    verdict = exercise.grade(ANSWERS["card"])
    assert verdict.score is None
    assert set(verdict.reveal) == {"example", "about"}
    assert "kept back" not in str(exercise.face())
    assert exercise.entry_kind == "reflection"


def test_open_checks_are_named_without_scolding() -> None:
    assert (
        "One thing on the list is not ticked yet"
        in sample("card").grade({"fields": {"frame": "Noon"}, "met": []}).feedback
    )


def test_an_empty_field_is_refused_by_its_label() -> None:
    with pytest.raises(AnswerError, match="The frame"):
        sample("card").grade({"fields": {"frame": " \n"}, "met": []})


@pytest.mark.parametrize("text", ["\ud800", "nul\0", "x" * 5001])
def test_a_text_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(AnswerError):
        sample("card").grade({"fields": {"frame": text}, "met": []})


def test_an_example_for_a_field_that_is_none_is_a_fault() -> None:
    with pytest.raises(ValidationError, match='"cue" is no field'):
        sample("card", example={"cue": "..."})
