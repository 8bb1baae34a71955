"""A curve laid over measurements is told truly, whatever was drawn."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from choreo.explorables.data import STEADY
from choreo.explorables.outcome import outcomes, unanswerable
from choreo.grading.predict import Curve, Predict

MOST = 24
ASK: dict[str, Any] = {
    "form": "curve",
    "x": {
        "label": "Week",
        "values": [1, 4, 6, 8],
        "stretches": [
            {"label": "before", "first": 1, "last": 3.5},
            {"label": "then", "first": 3.5, "last": 6.5, "marked": True},
            {"label": "after", "first": 6.5, "last": 8},
        ],
    },
    "y": {"label": "Late", "most": MOST},
}
DATA: dict[str, Any] = {
    "places": [1, 2, 3, 4, 5, 6, 7, 8],
    "lines": [
        {"name": "fined", "values": [8, 8, 8, 14, 15, 16, 16, 16]},
        {"name": "others", "values": [9, 9, 9, 9, 9, 9, 9, 9]},
    ],
    "note": "Somebody measured it.",
}
STRETCHES = (slice(0, 3), slice(3, 6), slice(6, 8))


def predict(**more: Any) -> Predict:
    common = {"id": "p", "version": 1, "kind": "predict", "title": "T", "prompt": "P"}
    return Predict.model_validate({**common, "ask": ASK, "data": DATA, **more})


def compared(answer: dict[str, Any]) -> Any:
    (found,) = outcomes(predict(), answer)
    return found


@given(st.lists(st.integers(0, MOST), min_size=4, max_size=4))
def test_each_stretch_is_told_with_the_mean_of_what_was_drawn_and_the_way_it_went(drawn: list[int]) -> None:
    told = re.findall(
        r"You drew (?:(a rise to|a fall to|little change, near) )?([\d.]+)\.(?= |$)",
        compared({"curve": drawn}).sentence,
    )
    line = np.interp(DATA["places"], ASK["x"]["values"], drawn)
    means = [float(line[part].mean()) for part in STRETCHES]
    assert [float(value) for _way, value in told] == pytest.approx(means, abs=0.051)
    assert told[0][0] == ""
    for at, (way, _value) in enumerate(told[1:], 1):
        change = means[at] - means[at - 1]
        steady = abs(change) < STEADY * MOST
        assert way == ("little change, near" if steady else "a rise to" if change > 0 else "a fall to")


@given(st.lists(st.integers(0, MOST), min_size=4, max_size=4))
def test_what_was_measured_is_told_the_same_whatever_was_drawn(drawn: list[int]) -> None:
    sentence = compared({"curve": drawn}).sentence
    for words in ("Before: 8 on average.", "Then: it rose to 15.", "After: it stayed near 16."):
        assert words in sentence


def test_who_declined_is_told_what_was_measured_and_no_word_of_a_drawing() -> None:
    found = compared({"declined": True})
    assert found.sentence == "Before: 8 on average. Then: it rose to 15. After: it stayed near 16."
    assert [trace["name"] for trace in found.figure["data"]] == ["fined", "others"]
    assert found.numbers["columns"] == ["Week", "fined", "others"]


def test_the_drawing_lies_over_all_that_was_measured_with_its_band() -> None:
    found = compared({"curve": [1, 2, 3, 4]})
    go.Figure(found.figure)
    assert [len(trace["x"]) for trace in found.figure["data"]] == [4, 8, 8]
    (band,) = found.figure["layout"]["shapes"]
    assert (band["x0"], band["x1"]) == (3.5, 6.5)
    assert found.note == "Somebody measured it."
    assert found.numbers["rows"][1] == ["4", "2", "14", "9"]


def test_what_was_measured_is_not_in_what_the_browser_sees_before() -> None:
    assert unanswerable(predict()) == []
    assert "values" not in predict().face()
    assert "fined" not in str(predict().face())


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"data": {**DATA, "places": [1, 2, 3, 5, 4, 6, 7, 8]}}, "the places must rise"),
        ({"data": {**DATA, "lines": [{"name": "fined", "values": [1, 2]}]}}, "fined has 2 values for 8 places"),
        ({"data": {**DATA, "places": [1, 2, 3, 4.5, 5, 6, 7, 8]}}, "nothing was measured at 4"),
        ({"explorable": "hall"}, "take one of them out"),
        ({"ask": {"form": "number", "label": "N", "low": 0, "high": 9}}, "they answer a curve"),
        (
            {"ask": {**ASK, "x": {**ASK["x"], "stretches": [{"label": "later", "first": 8.5, "last": 9}]}}},
            "measured later",
        ),
    ],
)
def test_data_that_do_not_answer_what_is_asked_are_refused(change: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValidationError, match=fault):
        predict(**change)


def test_without_stretches_the_whole_is_one() -> None:
    ask = {**ASK, "x": {"label": "Week", "values": [1, 4, 6, 8]}}
    (found,) = outcomes(predict(ask=ask), {"curve": [4, 4, 4, 4]})
    assert isinstance(predict(ask=ask).ask, Curve)
    assert found.sentence == "Week: 12.6 on average. You drew 4."
