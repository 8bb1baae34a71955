"""What happened where something was predicted."""

from __future__ import annotations

import pytest

from choreo.bank.loader import LessonBank
from choreo.grading.predict import Predict
from choreo.hub.results import Results
from choreo.hub.svg_chart import HEIGHT, WIDTH, svg_chart

CURVE = Predict(
    id="curve",
    version=1,
    kind="predict",
    title="A curve",
    prompt="How together?",
    explorable="choreography",
    play={"network": "everyone", "people": 20},
    measure="order",
    vary="coupling",
    crowds=2,
    ask={"form": "curve", "x": {"label": "Listening", "values": [0, 1, 3]}, "y": {"label": "Together", "unit": "%"}},
)
BANK = LessonBank("09-choreography", (CURVE,))


def test_the_explorable_that_the_prediction_names_says_what_happened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    results, answer = Results(), {"curve": [0, 10, 60]}
    outcome = results.of(BANK, CURVE, answer)
    assert outcome is not None
    assert outcome.sentence
    drawn = svg_chart(outcome.figure)
    assert drawn is not None
    assert {series.role for series in drawn.series} == {"you", "others"}
    for series in drawn.series:
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in (*series.line, *series.marks))
    monkeypatch.setattr("choreo.hub.results.outcomes", pytest.fail)
    assert results.of(BANK, CURVE, dict(answer)) is outcome


def test_what_another_learner_drew_stands_beside_what_is_known_already(monkeypatch: pytest.MonkeyPatch) -> None:
    results = Results()
    first = results.of(BANK, CURVE, {"curve": [0, 10, 60]})
    monkeypatch.setattr("choreo.models.kuramoto.ends", pytest.fail)  # it may take a second
    second = results.of(BANK, CURVE, {"curve": [90, 50, 10]})
    assert first is not None
    assert second is not None
    assert [row[2] for row in first.numbers["rows"]] == [row[2] for row in second.numbers["rows"]]
    assert [row[1] for row in second.numbers["rows"]] == ["90%", "50%", "10%"]


def test_nothing_is_said_where_nobody_can_say() -> None:
    results = Results()
    assert results.of(BANK, CURVE, {"curve": "nonsense"}) is None
    assert results.of(BANK, None, {"curve": [0] * 3}) is None
    assert results.of(None, CURVE, {"curve": [0] * 3}) is None
    alone = CURVE.model_copy(update={"explorable": None})
    assert results.of(BANK, alone, {"curve": [0] * 3}) is None


def test_settings_and_what_they_came_to_are_told_in_the_words_of_their_explorable() -> None:
    settings = {"people": 200, "coupling": 5, "diversity": 0.5, "network": "far listeners", "far": 40}
    assert "40 hear somebody" in Results().words("choreography", settings)
    assert Results().words("choreography", {"people": "many", "gone": 3}).startswith("200 people")
    assert Results().words("", settings) == Results().words("unknown", settings) == ""
    assert Results().reached("choreography", {"order": 0.93, "gone": 1}) == "Together at the end: 93%"
    assert Results().reached("unknown", {"order": 0.93}) == ""
