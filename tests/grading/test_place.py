"""Putting something on a line or a plane, and comparing."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.grading.samples import SECRET, sample

from choreo.bank.fault import placed_faults
from choreo.grading.verdict import AnswerError

SCALE = st.integers(0, 100)


def test_no_place_is_right_and_the_words_say_how_it_lies_to_the_experts() -> None:
    verdict = sample("plane").grade({"x": 20, "y": 80})
    assert verdict.score is None
    assert verdict.feedback == (
        "You put it much nearer to “one of us” and much nearer to “much” than a coach of alliances does. "
        "Neither is wrong: read why."
    )
    assert "close to where you did" in sample("plane").grade({"x": 66, "y": 40}).feedback
    assert "nearer to “one of us”" in sample("strip").grade({"x": 40}).feedback


@pytest.mark.parametrize(
    "answer", [{}, {"x": 4}, {"x": 4, "y": 101}, {"x": 4, "y": True}, {"x": "4", "y": 4}, {"x": float("nan"), "y": 1}]
)
def test_what_lies_nowhere_on_the_plane_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("plane").grade(answer)


def test_a_line_has_no_second_number() -> None:
    with pytest.raises(AnswerError):
        sample("strip").grade({"x": 4, "y": 4})


def test_the_expert_comes_after_the_answer_only() -> None:
    assert SECRET not in str(sample("plane").face())
    told = sample("plane").unfold({"x": 4, "y": 4})
    assert told["expert"] == {"who": "A coach of alliances", "x": 70, "y": 35, "prose": f"{SECRET} a"}
    with pytest.raises(AnswerError):
        sample("plane").unfold({"x": 4})


def test_others_are_shown_from_five_people_on() -> None:
    plane, mine = sample("plane"), {"x": 4, "y": 4}
    four = [{"x": 10, "y": 20}] * 4
    assert plane.unfold(mine)["cohort"] is None
    assert plane.unfold(mine, others=four)["cohort"] is None
    assert plane.unfold(mine, others=[*four, {"x": 1}, {"chosen": ["a"]}])["cohort"] is None
    cohort = plane.unfold(mine, others=[*four, {"x": 90, "y": 20}])["cohort"]
    assert cohort["middle"] == [10, 20]
    assert cohort["text"].startswith("5 people so far.")


@given(st.lists(st.fixed_dictionaries({"x": SCALE, "y": SCALE}), max_size=30))
def test_the_middle_lies_among_the_points(others: list[dict[str, int]]) -> None:
    cohort = sample("plane").unfold({"x": 4, "y": 4}, others=others)["cohort"]
    if len(others) < 5:
        assert cohort is None
        return
    for axis, name in enumerate("xy"):
        assert min(o[name] for o in others) <= cohort["middle"][axis] <= max(o[name] for o in others)


@pytest.mark.parametrize(
    ("name", "expert", "fault"),
    [
        ("plane", {"x": 4, "why": "W"}, (("expert",), "y is missing; a plane needs both x and y.")),
        ("strip", {"x": 4, "y": 4, "why": "W"}, (("expert", "y"), "a line has no y; remove it, or add `up`.")),
    ],
)
def test_an_expert_without_a_place_is_a_fault(name: str, expert: dict[str, Any], fault: object) -> None:
    with pytest.raises(ValidationError) as caught:
        sample(name, expert=expert)
    assert placed_faults(caught.value) == [fault]
