"""A chart as a drawing that needs no script: the lines and bars of a Plotly figure, laid out for SVG."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from choreo.roles import Role, role_of

WIDTH, HEIGHT = 480, 280
LEFT, RIGHT, TOP, BOTTOM = 54, 14, 12, 52

Point = tuple[float, float]


@dataclass(frozen=True)
class Series:
    """One series: a line, the places marked on it, or bars."""

    name: str
    role: Role
    line: tuple[Point, ...]  # empty for bars
    dash: str  # "", "dash" or "dot"
    marks: tuple[Point, ...]
    bars: tuple[tuple[float, float, float, float], ...]  # x, y, width, height


@dataclass(frozen=True)
class SvgChart:
    """All that is drawn, in the units of the SVG."""

    width: int
    height: int
    left: float
    right: float
    top: float
    bottom: float
    series: tuple[Series, ...]
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    x_title: str
    y_title: str


def svg_chart(figure: Mapping[str, Any]) -> SvgChart | None:
    """The drawing of a figure's lines and bars; None if it has none."""
    traces = [trace for trace in figure.get("data", ()) if trace.get("type", "scatter") in ("scatter", "bar")]
    traces = [trace for trace in traces if len(trace.get("x", ())) and len(trace["x"]) == len(trace.get("y", ()))]
    if not traces:
        return None
    layout = figure.get("layout", {})
    across, up = layout.get("xaxis", {}), layout.get("yaxis", {})
    x_range = across.get("range") or _span([x for trace in traces for x in trace["x"]])
    y_range = up.get("range") or _span([0, *(y for trace in traces for y in trace["y"])])

    def x_at(value: float) -> float:
        return _between(value, x_range, LEFT, WIDTH - RIGHT)

    def y_at(value: float) -> float:
        return _between(value, y_range, HEIGHT - BOTTOM, TOP)

    return SvgChart(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        series=tuple(_series(trace, x_at, y_at) for trace in traces),
        x_ticks=tuple((x_at(value), text) for value, text in _ticks(across, x_range)),
        y_ticks=tuple((y_at(value), text) for value, text in _ticks(up, y_range)),
        x_title=str(across.get("title", {}).get("text", "")),
        y_title=str(up.get("title", {}).get("text", "")),
    )


def _series(trace: Mapping[str, Any], x_at: Any, y_at: Any) -> Series:
    points = [(x_at(x), y_at(y)) for x, y in zip(trace["x"], trace["y"], strict=True)]
    marker, line = trace.get("marker", {}), trace.get("line", {})
    name, role = str(trace.get("name", "")), role_of(trace)
    if trace.get("type") == "bar":
        half = (x_at(trace.get("width", 0.8)) - x_at(0)) / 2
        floor = y_at(0)
        bars = tuple((round(x - half, 1), y, round(2 * half, 1), round(floor - y, 1)) for x, y in points)
        return Series(name, role, (), "", (), bars)
    mode = trace.get("mode", "lines")
    sizes = marker.get("size", 8)
    marks = [
        point
        for at, point in enumerate(points)
        if "markers" in mode and (sizes[at] if isinstance(sizes, Sequence) else sizes)
    ]
    dash = {"dash": "dash", "dot": "dot"}.get(line.get("dash", ""), "")
    return Series(name, role, tuple(points) if "lines" in mode else (), dash, tuple(marks), ())


def _between(value: float, span: Sequence[float], low: float, high: float) -> float:
    share = (value - span[0]) / ((span[1] - span[0]) or 1)
    return round(low + share * (high - low), 1)


def _span(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values), max(values)
    room = (high - low) * 0.04 or 1
    return low - room if low else 0, high + room


def _ticks(axis: Mapping[str, Any], span: Sequence[float]) -> list[tuple[float, str]]:
    values = axis.get("tickvals")
    if values is None:
        rough = (span[1] - span[0]) / 6 or 1
        size = 10 ** math.floor(math.log10(abs(rough)))
        step = next(nice * size for nice in (1, 2, 5, 10) if nice * size >= abs(rough))
        values = [n * step for n in range(math.ceil(span[0] / step), math.floor(span[1] / step) + 1)]
    texts = axis.get("ticktext") or [f"{value:g}" for value in values]
    return list(zip(values, map(str, texts), strict=False))
