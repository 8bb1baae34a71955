"""What is laid beside a prediction is what the model does, and is said truly whatever was answered."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from choreo.explorables.compared import Compared
from choreo.explorables.fewest import fewest_in_words, needed
from choreo.explorables.finder import explorable
from choreo.explorables.outcome import outcomes, unanswerable
from choreo.grading.predict import Number, Predict

HALL: dict[str, Any] = {"id": "p", "version": 1, "kind": "predict", "title": "T", "prompt": "P", "explorable": "hall"}
START = dict(explorable("hall").start)
MEASURE = explorable("hall").measures[0]


def predict(ask: dict[str, Any], **more: Any) -> Predict:
    return Predict.model_validate({**HALL, "ask": ask, "measure": MEASURE.name, **more})


def last(prediction: Predict, answer: dict[str, Any]) -> Compared:
    return list(outcomes(prediction, answer))[-1]


CHOICE = {
    "form": "choice",
    "options": [{"id": "few", "text": "Few.", "high": 50}, {"id": "many", "text": "Many.", "low": 50}],
}


def mean() -> float:
    hall = explorable("hall")
    return float(np.mean(hall.ends(hall.params(START), range(10))[MEASURE.name])) * (100 if "%" in MEASURE.form else 1)


def test_a_choice_is_compared_with_the_mean_of_the_crowds():
    true = "many" if mean() >= 50 else "few"
    other = "few" if true == "many" else "many"
    assert "That is what you said." in last(predict(CHOICE), {"chosen": true}).sentence
    assert f"You said: {other.title()}." in last(predict(CHOICE), {"chosen": other}).sentence


def test_what_is_so_or_not_is_counted():
    climbers = {"explorable": "two-climbers", "play": {"share": 100}, "measure": "summit", "crowds": 30}
    found = last(predict(CHOICE, **climbers), {"chosen": "many"})
    assert re.match(r"On the summit: \d of 30\. You said: Many\.$", found.sentence)


def test_who_declined_is_told_what_happened_and_no_word_of_a_prediction():
    found = last(predict(CHOICE), {"declined": True})
    assert MEASURE.words(float(np.mean([mean() / (100 if "%" in MEASURE.form else 1)]))) in found.sentence
    assert "You" not in found.sentence
    assert "you" not in [trace["name"] for trace in found.figure["data"]]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"explorable": "nowhere"}, "there is no explorable"),
        ({"play": {"spreed": 1}}, "is no control"),
        ({"measure": "joy"}, "is no measure"),
        (
            {"vary": None, "ask": {"form": "curve", "x": {"label": "x", "values": [0, 1, 2]}, "y": {"label": "y"}}},
            "vary",
        ),
    ],
)
def test_what_nothing_can_answer_is_told_with_its_remedy(change, fault):
    prediction = Predict.model_validate({**HALL, "ask": CHOICE, "measure": MEASURE.name, **change})
    assert any(fault in one for one in unanswerable(prediction))
    with pytest.raises(ValueError, match=re.escape(fault)):
        next(iter(outcomes(prediction, {"declined": True})))


def test_what_can_be_predicted_can_be_played():
    slider = next(control for control in explorable("hall").controls if not control.options and not control.drawn)
    ask = {"form": "number", "label": "How many", "low": slider.low, "high": slider.high + 100}
    reach = {"measure": MEASURE.name, "at_least": 0}
    assert any(
        "can be predicted but not played" in one for one in unanswerable(predict(ask, vary=slider.name, reach=reach))
    )


ASK = Number(form="number", label="How many", low=0, high=60, unit="people")


@given(st.dictionaries(st.integers(0, 60), st.integers(0, 10), min_size=1), st.data())
@settings(max_examples=300)
def test_the_fewest_are_told_truly_whatever_was_tried(tried, data):
    said = data.draw(st.sampled_from(sorted(tried)))
    words = fewest_in_words(said, tried, ASK)
    assert f"With your {said}, {tried[said]} of ten got there." in words
    takes = needed(tried)
    if takes is not None:
        assert all(count >= 9 for value, count in tried.items() if value >= takes)
    if "need less" in words or "it takes about what you said" in words:
        assert tried[said] >= 9
    if "it takes more" in words:
        assert tried[said] < 9
        assert said < takes
    if "No number" in words:
        assert tried[max(tried)] < 9


def test_the_note_says_nothing_of_what_is_varied():
    ask = {"form": "curve", "x": {"label": "Topics", "values": [2, 5, 12]}, "y": {"label": "Cultures", "most": 64}}
    floors = predict(ask, explorable="micro-cultures", measure="regions", vary="features", crowds=1)
    words = last(floors, {"declined": True}).note
    assert "topics," not in words
    assert "ways to see each" in words


def test_a_lead_may_be_negative_and_is_drawn_all_the_same():
    silos = explorable("silos")
    play = {"bridges": [[0, 9], [11, 17], [19, 25]]}
    ask = {
        "form": "choice",
        "options": [{"id": "all", "text": "All.", "high": -10}, {"id": "few", "text": "Few.", "low": 3}],
    }
    prediction = Predict.model_validate(
        {**HALL, "explorable": "silos", "ask": ask, "measure": "lead", "play": play, "crowds": 20}
    )
    found = last(prediction, {"chosen": "all"})
    values = silos.ends(silos.params({**silos.start, **play}), range(20))["lead"]
    low, high = found.figure["layout"]["yaxis"]["range"]
    assert low < min(-10, values.min())
    assert high > values.max()
    assert "You said: All." in found.sentence


@pytest.mark.parametrize(("number", "words"), [(1, "That is what you said."), (99, "You said 99."), (0, "You said 0.")])
def test_a_number_beside_one_value_is_that_or_it_is_not(number, words):
    ask = {"form": "number", "label": "How many", "low": 0, "high": 100}
    ladder = predict(ask, play={"crowd": "ladder", "replaced": [1], "first_voices": 0}, measure="acting", crowds=1)
    assert last(ladder, {"number": number}).sentence.endswith(f": 1. {words}")
