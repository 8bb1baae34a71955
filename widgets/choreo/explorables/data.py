"""A curve that was drawn, laid over what was measured; told stretch by stretch in sentences that hold for any curve."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from choreo.explorables.compared import Compared
from choreo.grading.predict import Curve, Data, Stretch
from choreo.roles import Role, colour, in_role
from choreo.words import _

STEADY = 0.05  # of the axis: means of two stretches that differ by less are told as no change


def over_data(ask: Curve, data: Data, drawn: object) -> Compared:
    """A drawn curve (None where nothing was drawn) over the measurements, stretch by stretch."""
    mine = [float(value) for value in drawn] if isinstance(drawn, list) else None
    unit = ask.y.unit

    def say(value: float) -> str:
        return f"{round(value, 1):g} {unit}".strip()

    return Compared(
        figure=_figure(ask, data, mine),
        sentence=told(ask, data, mine),
        alt=_("Line chart of {what}, by {across}: what you drew, and what was measured.").format(
            what=ask.y.label, across=ask.x.label
        ),
        note=data.note,
        numbers={
            "columns": [ask.x.label, *([_("you said")] if mine else []), *(line.name for line in data.lines)],
            "rows": [
                [
                    f"{place:g}",
                    *([say(dict(zip(ask.x.values, mine, strict=True))[place])] if mine else []),
                    *(say(line.values[data.places.index(place)]) for line in data.lines),
                ]
                for place in ask.x.values
            ],
        },
    )


def told(ask: Curve, data: Data, mine: Sequence[float] | None) -> str:
    """What was measured in each stretch, on average, and what was drawn there; `mine` at the places that were asked for."""
    stretches = ask.x.stretches or (Stretch(label=ask.x.label, first=data.places[0], last=data.places[-1]),)
    real = _means(stretches, data.places, data.lines[0].values)
    own = None if mine is None else _means(stretches, data.places, np.interp(data.places, ask.x.values, mine))
    sentences = []
    for at, stretch in enumerate(stretches):
        where = stretch.label[:1].upper() + stretch.label[1:]
        sentences.append(_it_was(where, _moved(real, at, ask.y.most), f"{round(real[at], 1):g}"))
        if own is not None:
            sentences.append(_you_drew(_moved(own, at, ask.y.most), f"{round(own[at], 1):g}"))
    return " ".join(sentences)


def _means(stretches: Sequence[Stretch], places: Sequence[float], values: Sequence[float] | np.ndarray) -> list[float]:
    at, value = np.array(places), np.array(values)
    return [float(value[(at >= one.first) & (at <= one.last)].mean()) for one in stretches]


def _moved(means: Sequence[float], at: int, most: float) -> int | None:
    """Against the stretch before: 1 for more, -1 for less, 0 for no change; None for the first."""
    if at == 0:
        return None
    change = means[at] - means[at - 1]
    return 0 if abs(change) < STEADY * most else (1 if change > 0 else -1)


def _it_was(where: str, moved: int | None, value: str) -> str:
    text = {
        None: _("{where}: {value} on average."),
        1: _("{where}: it rose to {value}."),
        0: _("{where}: it stayed near {value}."),
        -1: _("{where}: it fell to {value}."),
    }[moved]
    return text.format(where=where, value=value)


def _you_drew(moved: int | None, value: str) -> str:
    text = {
        None: _("You drew {value}."),
        1: _("You drew a rise to {value}."),
        0: _("You drew little change, near {value}."),
        -1: _("You drew a fall to {value}."),
    }[moved]
    return text.format(value=value)


def _figure(ask: Curve, data: Data, mine: Sequence[float] | None) -> dict[str, Any]:
    first, last = data.places[0], data.places[-1]
    room = (last - first) * 0.03
    top = max(ask.y.most, *(value for line in data.lines for value in line.values))
    lines = [_line(_("you"), ask.x.values, mine, ask.y.unit, "you", {"width": 3, "dash": "dash"})] if mine else []
    for at, line in enumerate(data.lines):
        look = {"width": 2, "dash": "dot"} if at else {"width": 3}
        lines.append(_line(line.name, data.places, line.values, ask.y.unit, "quiet" if at else "others", look))
    return {
        "data": lines,
        "layout": {
            "xaxis": {"title": {"text": ask.x.label}, "range": [first - room, last + room]},
            "yaxis": {"range": [-0.02 * top, 1.08 * top]},
            "shapes": [_band(one) for one in ask.x.stretches if one.marked],
        },
    }


def _band(stretch: Stretch) -> dict[str, Any]:
    edges = {"x0": stretch.first, "x1": stretch.last, "y0": 0, "y1": 1, "yref": "paper", "layer": "below"}
    return {"type": "rect", **edges, "fillcolor": colour("others"), "opacity": 0.12, "line": {"width": 0}}


def _line(
    name: str, places: Sequence[float], values: Sequence[float], unit: str, role: Role, look: dict[str, Any]
) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": name,
        "x": list(places),
        "y": [round(value, 2) for value in values],
        "line": look,
        "marker": {"size": 6},
        "hovertemplate": "%{y:.3g}" + (f" {unit}" if unit else ""),
    } | in_role(role)
