"""How together a plaza is over time, as a figure and as a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from choreo.models.run import Run


def order_figure(found: Run, target: float | None, foreseen: float | None, tied: bool) -> dict[str, Any]:
    """Order over time in percent, with neighbours' agreement where people hear neighbours, goal and prediction."""
    time = found.series["time"]
    spacing = float(time[1] - time[0]) if len(time) > 1 else 1.0

    def line(name: str, values: np.ndarray, **look: Any) -> dict[str, Any]:
        percent = np.round(np.clip(values, 0, 1) * 100, 1).tolist()
        places = {"x0": 0, "dx": round(spacing, 6), "y": percent, "hovertemplate": "%{y:.0f}%"}
        return {"type": "scatter", "mode": "lines", "name": name, "line": look} | places

    def level(value: float, name: str, colour: str, dash: str) -> dict[str, Any]:
        ends = {"x": [0, float(time[-1])], "y": [round(value, 1)] * 2, "hoverinfo": "skip"}
        look = {"color": colour, "width": 2, "dash": dash}
        return {"type": "scatter", "mode": "lines", "name": name, "line": look} | ends

    data = []
    if tied:
        near = found.series["neighbour_order"]
        data.append(line("neighbours agree", near, color="var(--choreo-quiet)", width=1.5, dash="dot"))
    data.append(line("the whole plaza", found.series["order"], color="var(--choreo-others)", width=3))
    if target is not None:
        data.append(level(100 * target, f"goal {target:.0%}", "var(--choreo-goal)", "dash"))
    if foreseen is not None:
        data.append(level(foreseen, f"you predicted {foreseen:.0f}%", "var(--choreo-you)", "dash"))
    # No title, and all labels fit into the margins: for Plotly to measure them takes half of the drawing.
    fits = {"automargin": False, "tickangle": 0, "ticklabeloverflow": "allow"}
    seconds = {"dtick": 10, "ticksuffix": " s", "showticksuffix": "last"}
    layout = {
        "margin": {"l": 60, "r": 24, "t": 14, "b": 34},
        "xaxis": {"range": [0, float(time[-1])], "showgrid": False} | seconds | fits,
        "yaxis": {"range": [0, 102], "tickvals": [0, 25, 50, 75, 100], "ticktext": ["0", "25%", "50%", "75%", "100%"]}
        | fits,
    }
    return {"data": data, "layout": layout}


def order_table(found: Run, tied: bool) -> dict[str, Any]:
    """Seven moments of the run; neighbours' agreement where people hear neighbours."""
    time = found.series["time"]
    columns = {"the whole plaza": "order"} | ({"neighbours agree": "neighbour_order"} if tied else {})
    rows = []
    for part in range(7):
        index = round(part / 6 * (len(time) - 1))
        shares = [max(0.0, float(found.series[series][index])) for series in columns.values()]
        rows.append([f"{time[index]:.0f} s", *(f"{share:.0%}" for share in shares)])
    return {"columns": ["after", *columns], "rows": rows}
