"""A chart as a drawing that needs no script."""

from __future__ import annotations

from choreo.hub.svg_chart import svg_chart


def test_bars_stand_on_the_axis_and_ticks_are_round_numbers() -> None:
    drawn = svg_chart({"data": [{"type": "bar", "name": "n", "x": [0, 50, 100], "y": [1, 2, 3], "width": 4}]})
    assert drawn is not None
    (series,) = drawn.series
    assert {y + height for _, y, _, height in series.bars} == {drawn.bottom}
    assert [text for _, text in drawn.x_ticks] == ["0", "20", "40", "60", "80", "100"]


def test_a_figure_without_lines_is_not_drawn() -> None:
    assert svg_chart({}) is None
    assert svg_chart({"data": [{"type": "pie", "values": [1]}]}) is None
    assert svg_chart({"data": [{"x": [1, 2], "y": [1]}]}) is None
