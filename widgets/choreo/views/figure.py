"""A Plotly figure as data: what of it this course's two builds of Plotly draw, and how it becomes a chart of our own kind."""

from __future__ import annotations

import base64
import json
import math
import re
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from choreo.words import _

BASIC = ("scatter", "bar")  # what Plotly's basic build draws; views/shared/plotly.js knows it, too
CARTESIAN = (
    *BASIC,
    *[
        "box",
        "contour",
        "heatmap",
        "histogram",
        "histogram2d",
        "histogram2dcontour",
        "image",
        "pie",
        "scatterternary",
        "violin",
    ],
)
SAME = {"scattergl": "scatter"}  # the same picture by another way of drawing
ROLES = tuple(f"var(--choreo-{role})" for role in ("you", "others", "goal", "apart"))
# The first four of Plotly's own colours, which Plotly Express writes into a figure.
PLOTLYS = dict(zip(("#636efa", "#ef553b", "#00cc96", "#ab63fa"), ROLES, strict=True))
LONGEST = 200  # rows of a chart's table of numbers

Figure = Mapping[str, Any]


class FigureError(ValueError):
    """What is no figure, or one that cannot be drawn; the message names fault and remedy."""


def undrawn(figure: Figure) -> list[str]:
    """The kinds of traces in a figure that neither build draws."""
    return [kind for kind in dict.fromkeys(_kinds(figure)) if SAME.get(kind, kind) not in CARTESIAN]


def build_for(figure: Figure) -> str:
    """The build that draws a figure: a name in views.source.PLOTLY."""
    return "basic" if all(SAME.get(kind, kind) in BASIC for kind in _kinds(figure)) else "cartesian"


def drawable(figure: Figure) -> dict[str, Any]:
    """The figure with traces that the builds know, and no more of its template than it needs."""
    data = [
        {**trace, "type": SAME.get(kind, kind)}
        for trace, kind in zip(figure.get("data", ()), _kinds(figure), strict=True)
    ]
    layout = dict(figure.get("layout") or {})
    if isinstance(template := layout.get("template"), Mapping):
        used = {trace["type"] for trace in data}
        kept = {kind: looks for kind, looks in (template.get("data") or {}).items() if kind in used}
        layout["template"] = {**template, "data": kept}
    frames = {"frames": figure["frames"]} if figure.get("frames") else {}
    return {"data": data, "layout": layout, "config": dict(figure.get("config") or {}), **frames}


def _kinds(figure: Figure) -> list[str]:
    return [str(trace.get("type", "scatter")) for trace in figure.get("data", ())]


def own(figure: Any) -> tuple[dict[str, Any], str]:
    """An author's figure (Plotly's, or data and layout) in this course's colours and type, and its title; raise FigureError."""
    given = json.loads(figure.to_json()) if hasattr(figure, "to_json") else figure
    if not isinstance(given, Mapping) or "data" not in given:
        raise FigureError(_("is no figure; give one of Plotly's, or a dictionary with data and layout."))
    if kinds := undrawn(given):
        known = ", ".join(CARTESIAN)
        raise FigureError(_("cannot draw {kinds}; use one of {known}.").format(kinds=", ".join(kinds), known=known))
    drawn = _plain(drawable(given))
    layout = {
        key: value for key, value in drawn["layout"].items() if key not in ("template", "title", "width", "height")
    }
    title = drawn["layout"].get("title", "")
    traces = [_coloured(trace, ROLES[at % len(ROLES)]) for at, trace in enumerate(drawn["data"])]
    return {"data": traces, "layout": layout}, str(title.get("text", "") if isinstance(title, Mapping) else title)


def _coloured(trace: dict[str, Any], role: str) -> dict[str, Any]:
    """A trace of lines, points or bars in the colour of a role, where its author has chosen none."""
    if trace["type"] not in ("scatter", "bar", "box", "violin", "histogram"):
        return trace
    for part in ("line", "marker"):
        colour = (trace.get(part) or {}).get("color")
        if isinstance(colour, str):
            role = PLOTLYS.get(colour.lower(), colour)
    looks = {part: {"color": role, **(trace.get(part) or {})} for part in ("line", "marker") if _has(trace, part)}
    return trace | {
        part: {**look, "color": role} if isinstance(look.get("color"), str) else look for part, look in looks.items()
    }


def _has(trace: Mapping[str, Any], part: str) -> bool:
    mode = str(trace.get("mode", "lines+markers"))
    return (part == "line" and trace["type"] == "scatter" and "lines" in mode) or (
        part == "marker" and (trace["type"] != "scatter" or "markers" in mode)
    )


def numbers_of(figure: Figure) -> dict[str, Any]:
    """The figure's lines, points and bars as a table: columns, and rows of cells; empty for what has no x and y."""
    traces = [trace for trace in figure["data"] if isinstance(trace.get("y"), list) and trace["type"] in BASIC]
    if not traces or any(len(trace["y"]) > LONGEST for trace in traces):
        return {}
    across = [trace.get("x") or list(range(len(trace["y"]))) for trace in traces]
    at = list(dict.fromkeys(str(x) for xs in across for x in xs))
    columns = [
        {str(x): y for x, y in zip(xs, trace["y"], strict=False)} for xs, trace in zip(across, traces, strict=True)
    ]
    names = [str(trace.get("name") or _("Line {n}").format(n=n)) for n, trace in enumerate(traces, 1)]
    head = _axis_title(figure, "xaxis") or "x"
    single = _axis_title(figure, "yaxis")
    names = [single] if len(names) == 1 and single else names
    return {"columns": [head, *names], "rows": [[x, *(_said(column.get(x)) for column in columns)] for x in at]}


def _axis_title(figure: Figure, axis: str) -> str:
    title = (figure["layout"].get(axis) or {}).get("title", "")
    return str(title.get("text", "") if isinstance(title, Mapping) else title)


def _said(value: Any) -> str:
    return "" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


CODES = {"f8": "d", "f4": "f", "i1": "b", "u1": "B", "i2": "h", "u2": "H", "i4": "i", "u4": "I", "i8": "q", "u8": "Q"}


def _plain(value: Any) -> Any:
    """The same with numbers as lists: Plotly packs long ones as bytes."""
    if isinstance(value, Mapping):
        if "bdata" in value and (code := CODES.get(str(value.get("dtype")))):
            return _unpacked(array(code, base64.b64decode(value["bdata"])), str(value.get("shape", "")))
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _unpacked(numbers: Iterable[float], shape: str) -> Sequence[Any]:
    found: list[Any] = [None if isinstance(one, float) and not math.isfinite(one) else one for one in numbers]
    for size in reversed([int(one) for one in re.findall(r"\d+", shape)][1:]):
        found = [found[at : at + size] for at in range(0, len(found), size)]
    return found
