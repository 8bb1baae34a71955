"""An author's Plotly figure as a chart of the course's own kind."""

from __future__ import annotations

import sys
from types import SimpleNamespace
from typing import Any, BinaryIO

import plotly.graph_objects as go
import pytest

from choreo.bank.fault import BankError
from choreo.lesson import Lesson
from choreo.serve.outputs import form_of
from choreo.views.figure import CARTESIAN, FigureError, build_for, numbers_of, own, undrawn


def test_a_figure_wears_the_course_s_colours_and_gives_its_title_away() -> None:
    figure = go.Figure(layout={"title": {"text": "News"}, "width": 900, "xaxis": {"title": {"text": "Round"}}})
    figure.add_scatter(y=[1.0, None, 3.0], name="heard")
    figure.add_bar(y=[2, 2, 2], name="said", marker={"color": "#EF553B"})
    figure.add_scatter(y=[1, 1, 1], line={"color": "black"}, mode="lines")
    drawn, title = own(figure)
    assert title == "News"
    assert set(drawn["layout"]) == {"xaxis"}
    heard, said, black = drawn["data"]
    assert heard["line"]["color"] == heard["marker"]["color"] == "var(--choreo-you)"
    assert said["marker"]["color"] == "var(--choreo-others)"
    assert black["line"]["color"] == "black"
    assert heard["y"] == [1, None, 3]


def test_its_numbers_are_a_table() -> None:
    figure = {"data": [{"y": [1, 2.5], "name": "a"}, {"x": [1, 2], "y": [3, 4]}], "layout": {}}
    drawn, _ = own(figure)
    assert numbers_of(drawn) == {
        "columns": ["x", "a", "Line 2"],
        "rows": [["0", "1", ""], ["1", "2.5", "3"], ["2", "", "4"]],
    }
    assert numbers_of({"data": [{"type": "pie", "values": [1]}], "layout": {}}) == {}


def test_numbers_that_plotly_packs_are_lists() -> None:
    import numpy as np

    drawn, _ = own(go.Figure(go.Heatmap(z=np.array([[1.5, np.nan], [3, 4]]))))
    assert drawn["data"][0]["z"] == [[1.5, None], [3.0, 4.0]]
    drawn, _ = own(go.Figure(go.Scatter(y=np.arange(5))))
    assert drawn["data"][0]["y"] == [0, 1, 2, 3, 4]


def test_what_cannot_be_drawn_is_said() -> None:
    assert undrawn({"data": [{"type": "surface"}, {"type": "bar"}, {"type": "surface"}, {}]}) == ["surface"]
    assert [build_for({"data": [{"type": kind}]}) for kind in ("bar", "pie", "scattergl")] == [
        "basic",
        "cartesian",
        "basic",
    ]
    with pytest.raises(FigureError, match="cannot draw surface; use one of scatter, bar"):
        own(go.Figure(go.Surface(z=[[1]])))
    with pytest.raises(FigureError, match="is no figure"):
        own([1, 2])


@pytest.mark.parametrize("kind", CARTESIAN)
def test_every_kind_that_is_named_is_one_of_plotly_s(kind: str) -> None:
    assert go.Figure({"data": [{"type": kind}]}).data[0].type == kind


class Matplotlibs:
    """What matplotlib's figures have of what is asked of them."""

    canvas, dpi = None, 72

    def savefig(self, file: BinaryIO, **options: Any) -> None:
        assert options == {"format": "png", "dpi": 144, "bbox_inches": "tight"}
        file.write(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (800).to_bytes(4, "big") + (400).to_bytes(4, "big"))


def test_a_figure_of_matplotlib_s_becomes_a_picture_with_words_that_is_not_shown_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closed: list[Any] = []
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", SimpleNamespace(close=closed.append))
    figure = Matplotlibs()
    picture = Lesson("gallery").chart(figure, alt="News rises to three.")
    data, metadata = picture._repr_mimebundle_()
    assert closed == [figure]
    html = form_of(data, {"image/png": metadata["image/png"]})["html"]
    assert html.endswith('alt="News rises to three." width="400" height="200">')


def test_a_lesson_s_chart_needs_words() -> None:
    lesson = Lesson("gallery")
    figure = go.Figure(go.Scatter(y=[1, 2]), layout={"title": {"text": "News"}})
    chart = lesson.chart(figure, alt="News doubles.")
    assert (chart.title, chart.alt, chart.numbers["rows"]) == ("News", "News doubles.", [["0", "1"], ["1", "2"]])
    with pytest.raises(BankError, match="alt is empty"):
        lesson.chart(figure, alt=" ")
    with pytest.raises(BankError, match="scatter3d"):
        lesson.chart(go.Figure(go.Scatter3d()), alt="x")
