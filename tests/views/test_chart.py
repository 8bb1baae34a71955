"""Charts: valid figures, and Plotly for the browser without Plotly in the kernel."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import Any

import numpy as np
import plotly.graph_objects as go
import pytest

from choreo.explorables.order_chart import order_figure
from choreo.explorables.outcomes import OUTCOMES, curve_figure, far_figure
from choreo.explorables.plazas import Trials
from choreo.models.kuramoto import Kuramoto, run
from choreo.views.chart import Chart
from choreo.views.source import PLOTLY


def figures() -> list[Any]:
    found = run(Kuramoto(network="far listeners", far=5, seconds=10), np.random.default_rng(1), frames=50)
    return [
        pytest.param(order_figure(found, None, None, tied=False), id="order alone"),
        pytest.param(order_figure(found, 0.85, 40.0, tied=True), id="order with goal and prediction"),
        pytest.param(curve_figure([0, 10, 20, 30, 40, 50, 60], [6, 9, 71, 92, 96, 98, 99]), id="drawn curve"),
        pytest.param(far_figure(25, 7, Trials({0: 0, 20: 5, 40: 8})), id="far listeners"),
        pytest.param(far_figure(0, 0, Trials({})), id="far listeners, nothing tried yet"),
    ]


@pytest.mark.parametrize("figure", figures())
def test_plotly_accepts_every_figure(figure: dict[str, Any]) -> None:
    go.Figure(figure)


def test_figures_name_no_colour_of_their_own() -> None:
    for compare, answer in (
        (OUTCOMES["tuning-in-curve"], {"curve": [0] * 7}),
        (OUTCOMES["far-listeners-needed"], {"number": 30}),
    ):
        for trace in [trace for compared in compare(answer) for trace in compared.figure["data"]]:
            for look in (trace.get("line", {}), trace.get("marker", {})):
                assert look.get("color", "var(--choreo-you)").startswith("var(--choreo-")


def test_a_kernel_with_charts_does_not_import_plotly() -> None:
    code = "import sys, choreo.explorables.choreography, choreo.explorables.outcomes; sys.exit('plotly' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_browser_gets_plotly_when_it_asks_and_only_then() -> None:
    chart = Chart({"data": [], "layout": {}}, "nothing yet")
    sent: list[tuple[Any, Any]] = []
    chart.send = lambda content, buffers=None: sent.append((content, buffers))  # type: ignore[method-assign]
    chart._handle_custom_msg({"type": "hello"}, [])
    assert sent == []
    chart._handle_custom_msg({"type": "plotly"}, [])
    [(content, [packed])] = sent
    assert content == {"type": "plotly"}
    assert b"window.Plotly" in gzip.decompress(packed)


def test_plotly_travels_packed_and_with_its_licence() -> None:
    assert PLOTLY["basic"].stat().st_size < 400_000
    assert PLOTLY["cartesian"].stat().st_size < 520_000
    assert "Permission is hereby granted" in (PLOTLY["basic"].parent / "LICENSE").read_text(encoding="utf-8")
