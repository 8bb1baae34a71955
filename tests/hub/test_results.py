"""What happened where something was predicted, as a drawing that needs no script."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from choreo.bank.loader import LessonBank, load_lesson
from choreo.hub.radar import CENTRE, RADIUS, radar
from choreo.hub.results import Results
from choreo.hub.sketch import HEIGHT, WIDTH, sketch
from choreo.progress.portfolio import Portrait


@pytest.fixture(scope="module")
def bank() -> LessonBank:
    return load_lesson(Path(__file__).parents[2] / "exercises", "09-choreography")


def test_the_explorable_of_the_lesson_says_what_happened_once(bank: LessonBank, monkeypatch) -> None:
    results = Results()
    prediction, answer = bank.get("tuning-in-curve"), {"curve": [0, 10, 20, 30, 40, 50, 60]}
    outcome = results.of(bank, prediction, answer)
    assert outcome is not None
    assert "plaza leaps" in outcome.sentence
    drawn = sketch(outcome.figure)
    assert drawn is not None
    assert {stroke.role for stroke in drawn.strokes} == {"you", "others", "quiet"}
    for stroke in drawn.strokes:
        assert all(0 <= x <= WIDTH and 0 <= y <= HEIGHT for x, y in (*stroke.line, *stroke.marks))
    monkeypatch.setattr("choreo.hub.results.import_module", pytest.fail)
    assert results.of(bank, prediction, dict(answer)) is outcome


def test_nothing_is_said_where_nobody_can_say(bank: LessonBank) -> None:
    results = Results()
    curve = bank.get("tuning-in-curve")
    assert results.of(bank, curve, {"curve": "nonsense"}) is None
    assert results.of(bank, None, {"curve": [0] * 7}) is None
    assert results.of(None, curve, {"curve": [0] * 7}) is None
    assert results.of(LessonBank("other", (curve,)), curve, {"curve": [0] * 7}) is None


def test_settings_are_told_in_the_words_of_their_explorable() -> None:
    settings = {"people": 200, "coupling": 5, "diversity": 0.5, "network": "far listeners", "far": 40}
    assert "40 listen far" in Results().words("choreography", settings)
    assert Results().words("choreography", {"people": 200}) == ""
    assert Results().words("", settings) == Results().words("unknown", settings) == ""


def test_bars_stand_on_the_axis_and_ticks_are_round_numbers() -> None:
    drawn = sketch({"data": [{"type": "bar", "name": "n", "x": [0, 50, 100], "y": [1, 2, 3], "width": 4}]})
    assert drawn is not None
    (stroke,) = drawn.strokes
    assert {y + height for _, y, _, height in stroke.bars} == {drawn.bottom}
    assert [text for _, text in drawn.x_ticks] == ["0", "20", "40", "60", "80", "100"]


def test_a_figure_without_lines_is_not_drawn() -> None:
    assert sketch({}) is None
    assert sketch({"data": [{"type": "pie", "values": [1]}]}) is None
    assert sketch({"data": [{"x": [1, 2], "y": [1]}]}) is None


def test_a_radar_begins_at_the_top_and_its_names_stand_outside() -> None:
    times = ((date(2026, 11, 20), (5.0, 2.5, 1.0, 5.0)),)
    drawn = radar(Portrait("L", "T", "never", "always", 5, ("A", "B", "C", "D"), times))
    assert drawn.shapes[0][0] == (CENTRE[0], CENTRE[1] - RADIUS)
    assert drawn.shapes[0][1] == (CENTRE[0] + RADIUS / 2, CENTRE[1])
    assert [axis.anchor for axis in drawn.axes] == ["middle", "start", "middle", "end"]
    assert len(drawn.rings) == 5
