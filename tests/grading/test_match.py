"""Matching pairs."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.verdict import AnswerError


def test_the_score_is_the_share_of_pairs_found() -> None:
    verdict = sample("pair").grade({"matched": {"rhythm": "monday", "language": "budget"}})
    assert verdict.score == 0.5
    assert "All but one belong together" in verdict.feedback


def test_what_belongs_to_nothing_explains_itself_too() -> None:
    notes = sample("pair").grade({"matched": {"rhythm": "monday", "language": "budget"}}).notes
    assert [(note.part, note.right) for note in notes] == [("rhythm", True), ("language", False), ("budget", False)]


@pytest.mark.parametrize(
    ("matched", "words"),
    [
        ({"rhythm": "monday"}, "One is still to match"),
        ({}, "2 are still to match"),
        ({"rhythm": "monday", "language": "monday"}, "used twice"),
        ({"rhythm": "monday", "language": "rhythm"}, "not part of this exercise"),
        ({"rhythm": "monday", "budget": "glossary"}, "not part of this exercise"),
        ({"rhythm": ["monday"], "language": "glossary"}, "not an answer"),
        ([["rhythm", "monday"]], "not an answer"),
    ],
)
def test_what_is_no_matching_is_refused(matched: Any, words: str) -> None:
    with pytest.raises(AnswerError, match=words):
        sample("pair").grade({"matched": matched})


def test_right_sides_are_shuffled_alike_every_time_and_say_nothing_of_where_they_belong() -> None:
    face = sample("pair").face()
    assert face == sample("pair").face()
    assert sorted(side["id"] for side in face["to"]) == ["budget", "glossary", "monday"]
    assert not {side["id"] for side in face["from"]} & {side["id"] for side in face["to"]}


def test_a_pair_whose_sides_share_a_name_is_a_fault() -> None:
    same = {"left": {"id": "one", "text": "L"}, "right": {"id": "one", "text": "R"}, "why": "w"}
    other = {"left": {"id": "two", "text": "L"}, "right": {"id": "three", "text": "R"}, "why": "w"}
    with pytest.raises(ValidationError, match="the browser sees it"):
        sample("pair", pairs=[same, other])


def test_a_name_that_stands_twice_is_a_fault() -> None:
    with pytest.raises(ValidationError, match="monday is there twice"):
        sample("pair", extra=[{"id": "monday", "text": "T", "why": "w"}])
