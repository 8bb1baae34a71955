"""Comparing: nothing of the result before the prediction."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from choreo.explorables.compared import Compared
from choreo.grading.exercise import Answer
from choreo.grading.predict import Predict
from choreo.progress.entry import Entry, new_entry
from choreo.views.comparison import Comparison

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
COUNT = Predict(
    id="count",
    version=1,
    kind="predict",
    title="How many?",
    prompt="How many far listeners?",
    explorable="choreography",
    vary="far",
    reach={"measure": "order", "at_least": 0.85},
    ask={"form": "number", "label": "How many", "low": 0, "high": 60},
)


def entry(number: float) -> Entry:
    return new_entry("09-choreography", "count", "prediction", 1, {"number": number}, None, NOON)


class Result:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[Answer] = []

    def __call__(self, prediction: Predict, answer: Answer) -> Iterator[Compared]:
        self.asked.append(answer)
        yield Compared({"data": []}, "", working="trying")
        yield Compared({"data": []}, "It took 45.")


@pytest.fixture
def result(monkeypatch: pytest.MonkeyPatch) -> Result:
    asked = Result()
    monkeypatch.setattr("choreo.views.comparison.outcomes", asked)
    return asked


def test_a_prediction_after_going_on_without_is_compared_anew_and_the_first_stays(result: Result) -> None:
    shown = Comparison(COUNT)
    shown.restore([new_entry("09-choreography", "count", "prediction", 1, {"declined": True}, None, NOON)])
    shown.look()
    shown.follow(entry(40))
    assert shown.state == {"stage": "ready"}
    shown.look()
    shown.follow(entry(50))
    assert shown.state["stage"] == "there"
    assert result.asked == [{"declined": True}, {"number": 40}]


def test_what_stands_above_says_whether_somebody_predicted(result: Result) -> None:
    shown = Comparison(COUNT)
    assert shown.above == "What you predict, and what happens"
    shown.follow(new_entry("09-choreography", "count", "prediction", 1, {"declined": True}, None, NOON))
    assert shown.above == "What happens, without a prediction"
    shown.follow(entry(40))
    assert shown.above == "What you predicted, and what happened"


def test_without_a_prediction_there_is_an_invitation_and_nothing_is_computed(result: Result) -> None:
    shown = Comparison(COUNT)
    shown.restore([])
    shown.look()
    assert shown.state == {"stage": "invite"}
    assert result.asked == []


def test_a_prediction_made_now_is_compared_when_it_is_looked_at(result: Result) -> None:
    shown = Comparison(COUNT)
    shown.restore([])
    stages: list[str] = []
    shown.observe(lambda change: stages.append(change["new"]["stage"]), "state")
    shown.follow(entry(25))
    shown._receive(shown, {"type": "look"}, [])
    assert stages == ["ready", "working", "working", "there"]
    assert shown.state["sentence"] == "It took 45."


def test_the_first_prediction_stays(result: Result) -> None:
    shown = Comparison(COUNT)
    shown.restore([entry(25)])
    shown.follow(entry(45))
    shown.look()
    assert result.asked == [{"number": 25}]


def test_messages_that_make_no_sense_are_left_alone(result: Result) -> None:
    shown = Comparison(COUNT)
    for content in (None, [], {"type": "other"}):
        shown._receive(shown, content, [])
    assert shown.state == {"stage": "invite"}
