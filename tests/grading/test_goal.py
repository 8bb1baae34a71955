"""Goals reached in an explorable."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError
from tests.grading.samples import ANSWERS, sample

from choreo.grading.verdict import AnswerError

REACHED = ANSWERS["together"]
OLDER = {"settings": {"coupling": 5, "far": 45}, "reached": True, "order": 0.93}


def test_a_goal_that_is_reached_earns_all() -> None:
    assert sample("together").grade(REACHED).score == 1
    assert sample("together").entry_kind == "goal"


@pytest.mark.parametrize(
    "change",
    [
        {"held": 8},
        {"held": 11},
        {"held": True},
        {"of": 3},
        {"values": {}},
        {"values": {"order": "much"}},
        {"settings": {"far": 41}},
        {"settings": {"far": float("nan")}},
        {"settings": {"people": 20}},
        {"settings": {"coupling": {}}},
    ],
)
def test_what_falls_short_or_takes_too_much_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(AnswerError):
        sample("together").grade({**REACHED, **change})


def test_the_setting_that_wins_is_not_shown() -> None:
    assert "39.5" not in str(sample("together").face())


def test_a_winning_setting_beyond_the_means_is_a_fault() -> None:
    with pytest.raises(ValidationError, match="exceeds the most allowed"):
        sample("together", winning={"far": 41})


def test_where_luck_plays_no_part_once_is_enough() -> None:
    assert sample("together").grade({**REACHED, "held": 1, "of": 1}).score == 1


def test_what_was_reached_in_an_older_version_stays_reached() -> None:
    assert sample("together").grade(OLDER).score == 1
    with pytest.raises(AnswerError):
        sample("together").grade({**OLDER, "reached": False})


def test_what_must_not_be_given_up_is_kept() -> None:
    goal = sample("together", least={"coupling": 3})
    with pytest.raises(AnswerError, match="at least 3"):
        goal.grade({**REACHED, "settings": {"coupling": 2}})


def test_one_reach_may_be_written_without_a_list() -> None:
    one = {"measure": "order", "at_least": 0.5}
    assert sample("together", reach=one).reach == sample("together", reach=[one]).reach


def test_somebody_who_says_something_needs_a_name() -> None:
    when = {"measure": "order", "at_least": 0.5}
    with pytest.raises(ValidationError, match="add a person"):
        sample("taste", says=[{"when": when, "say": "Oh."}])
    with pytest.raises(ValidationError, match="name one of"):
        sample("taste", guide=[{"do": "Move.", "when": {"control": "far", "measure": "order", "at_least": 1}}])


def test_to_go_on_without_predicting_is_an_answer() -> None:
    assert sample("draw").grade({"declined": True}).score is None
    with pytest.raises(AnswerError):
        sample("draw").grade({"declined": False})
