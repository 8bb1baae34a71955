"""Marking phrases in a text."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.verdict import AnswerError


def test_marking_everything_earns_little() -> None:
    exercise = sample("spot")
    assert exercise.grade({"marked": ["all-want"]}).score == 1
    assert exercise.grade({"marked": ["all-want", "rain"]}).score == 0.5
    assert exercise.grade({"marked": ["all-want", "rain", "signed"]}).score == pytest.approx(1 / 3)
    assert exercise.grade({"marked": ["signed"]}).score == 0


def test_the_feedback_says_what_was_found_and_what_was_too_much() -> None:
    feedback = sample("spot").grade({"marked": ["all-want", "rain"]}).feedback
    assert feedback.startswith("You found 1 of 1, and marked one that we would leave.")


def test_every_phrase_explains_itself() -> None:
    notes = sample("spot").grade({"marked": ["rain"]}).notes
    assert [(note.part, note.right) for note in notes] == [("all-want", True), ("signed", False), ("rain", False)]


@pytest.mark.parametrize("marked", [[], ["snow"], "all-want", ["rain", "rain"], [1], None])
def test_what_marks_nothing_is_refused(marked: Any) -> None:
    with pytest.raises(AnswerError):
        sample("spot").grade({"marked": marked})


def test_the_text_goes_out_with_places_for_its_phrases() -> None:
    face = sample("spot").face()
    assert face["prose"] == "In May {{all-want}}.\n\n- {{signed}}.\n- {{rain}}."
    assert face["spans"][0] == {"id": "all-want", "text": "everybody *wants* this"}


def spans(*rights: bool) -> list[dict[str, Any]]:
    return [{"id": name, "right": right, "why": "w"} for name, right in zip("ab", rights, strict=True)]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": "[[one|a]] two"}, '"b" stands nowhere in the text; mark a phrase as'),
        ({"text": "[[one|a]] [[two|b]] [[three|c]]"}, '"c" is none of the spans'),
        ({"text": "[[one|a]] [[two|b]] [[three|b]]"}, "2 times"),
        ({"text": "[[one|a]] [[two|b]] [[three"}, "not closed"),
        ({"text": "[[one|a]] {{b}}"}, "not as"),
        ({"spans": spans(False, False)}, "none is right"),
        ({"spans": spans(True, True)}, "every one is right"),
    ],
)
def test_spans_that_make_no_sense_are_a_fault(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        sample("spot", **{"text": "[[one|a]] [[two|b]]", "spans": spans(True, False), **changes})
