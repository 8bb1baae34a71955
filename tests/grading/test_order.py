"""Putting steps into their order."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import sample

from choreo.grading.verdict import AnswerError

STEPS = ["intent", "cue", "trial"]


def line_up(names: list[str]) -> dict[str, Any]:
    return {"steps": [{"id": name, "text": name, "why": "w"} for name in names]}


def test_each_pair_in_the_right_order_counts() -> None:
    assert sample("line-up").grade({"order": ["cue", "intent", "trial"]}).score == pytest.approx(2 / 3)


@given(st.permutations(STEPS))
def test_the_reverse_earns_what_is_left(order: list[str]) -> None:
    exercise = sample("line-up")
    scores = [exercise.grade({"order": given}).score or 0 for given in (order, order[::-1])]
    assert sum(scores) == pytest.approx(1)


@given(st.permutations(STEPS))
def test_what_is_said_counts_cards_as_a_person_would(order: list[str]) -> None:
    told = sample("line-up").grade({"order": order}).feedback
    assert "pairs" not in told
    assert told.startswith(
        {
            ("intent", "cue", "trial"): "That is the order.",
            ("trial", "cue", "intent"): "You have them just the other way round.",
        }.get(tuple(order), "Nearly: move one card")
    )


def test_every_step_is_needed_once() -> None:
    for order in (["intent", "cue"], ["intent", "cue", "cue"]):
        with pytest.raises(AnswerError):
            sample("line-up").grade({"order": order})


@given(st.permutations(["apart", "beat", "cue", "drum"]), st.from_regex(r"[a-z]{4,9}", fullmatch=True))
def test_steps_are_never_shown_in_the_right_order(names: list[str], name: str) -> None:
    exercise = sample("line-up", id=name, **line_up(names))
    assert [step["id"] for step in exercise.face()["steps"]] != names
    assert exercise.face() == exercise.face()


@pytest.mark.parametrize("name", ["a", "2", "step-2"])
def test_an_id_that_tells_the_place_is_a_fault(name: str) -> None:
    with pytest.raises(ValidationError, match="tells the place"):
        sample("line-up", **line_up(["intent", name, "trial"]))
