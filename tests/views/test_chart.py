"""Charts: valid figures, and Plotly for the browser without Plotly in the kernel."""

from __future__ import annotations

import gzip
import subprocess
import sys
from typing import Any

from choreo.views.chart import Chart
from choreo.views.source import PLOTLY


def test_a_kernel_with_charts_does_not_import_plotly() -> None:
    code = "import sys, choreo.lesson, choreo.explorables.choreography; sys.exit('plotly' in sys.modules)"
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
    assert "Plotly Technologies" in (PLOTLY["basic"].parent / "LICENSES.txt").read_text(encoding="utf-8")
