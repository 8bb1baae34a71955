"""Comparing: nothing of the result before the prediction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from choreo.bank.loader import load_exercise
from choreo.grading.exercise import Answer
from choreo.progress.entry import Entry, new_entry
from choreo.views.comparison import Compared, Comparison

FOLDER = Path(__file__).parents[2] / "exercises" / "09-choreography"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def entry(number: float) -> Entry:
    return new_entry("09-choreography", "far-listeners-needed", "prediction", 1, {"number": number}, None, NOON)


class Result:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[Answer] = []

    def __call__(self, answer: Answer) -> Iterator[Compared]:
        self.asked.append(answer)
        yield Compared({"data": []}, "", working="trying")
        yield Compared({"data": []}, "It took 45.")


def comparison(result: Result) -> Comparison:
    return Comparison(load_exercise(FOLDER / "far-listeners-needed.yaml"), result)


def test_without_a_prediction_there_is_an_invitation_and_nothing_is_computed() -> None:
    result = Result()
    shown = comparison(result)
    shown.restore([])
    shown.look()
    assert shown.state == {"stage": "invite"}
    assert result.asked == []


def test_a_prediction_made_now_is_compared_when_it_is_looked_at() -> None:
    result = Result()
    shown = comparison(result)
    shown.restore([])
    stages: list[str] = []
    shown.observe(lambda change: stages.append(change["new"]["stage"]), "state")
    shown.follow(entry(25))
    shown._receive(shown, {"type": "look"}, [])
    assert stages == ["ready", "working", "working", "there"]
    assert shown.state["sentence"] == "It took 45."


def test_the_first_prediction_stays() -> None:
    result = Result()
    shown = comparison(result)
    shown.restore([entry(25)])
    shown.follow(entry(45))
    shown.look()
    assert result.asked == [{"number": 25}]


def test_messages_that_make_no_sense_are_left_alone() -> None:
    shown = comparison(Result())
    for content in (None, [], {"type": "other"}):
        shown._receive(shown, content, [])
    assert shown.state == {"stage": "invite"}
